import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { patterns, platformAt } from '../../extension/hints/sites.js';

const mercado = { slug: 'mercado', domains: ['Mercado.test'], hosts: [] };
const bazaar = { slug: 'bazaar', domains: [], hosts: ['shop.bazaar.test'] };

test("marks may appear on a platform's domain with all below it, or on one host alone", () => {
  assert.deepEqual(patterns([mercado, bazaar, mercado]), ['*://*.mercado.test/*', '*://shop.bazaar.test/*']);
});

/**
 * The server's schema reads the same names. A domain that is `null` it wants written as a host; a host that is `null`
 * it registers and marks pass over, for no browser gives permission for a part of a host.
 */
const NAMES = JSON.parse(readFileSync(new URL('site_names.json', import.meta.url), 'utf8'));

test('permission is asked for where the server registers a site, and for nothing that belongs to everybody', () => {
  for (const { name, domain, host } of NAMES) {
    if (domain !== null) {
      assert.equal(patterns([{ domains: [name], hosts: [] }]).length, Number(domain), `domain ${name}`);
    }
    assert.equal(patterns([{ domains: [], hosts: [name] }]).length, Number(host), `host ${name}`);
    if (domain === false && URL.canParse(`https://ad.${name}/`)) {
      assert.equal(platformAt([{ domains: [name], hosts: [] }], `https://ad.${name}/`), null, name);
    }
  }
});

test('what is no list of platforms asks for no permission', () => {
  for (const none of [null, undefined, 'mercado.test', {}]) assert.deepEqual(patterns(none), []);
});

test('an exact host goes before a domain, the longest path first, as on the server', () => {
  const world = { slug: 'world', domains: ['bazaar.test'], hosts: [] };
  const japan = { slug: 'japan', domains: [], hosts: ['JP.bazaar.test', 'bazaar.test/jp'] };
  const old = { slug: 'old', domains: [], hosts: ['bazaar.test/jp/old'] };
  for (const platforms of [
    [world, japan, old],
    [old, japan, world],
  ]) {
    for (const [url, slug] of [
      ['https://jp.bazaar.test/1', 'japan'],
      ['https://m.jp.bazaar.test/1', 'world'],
      ['https://bazaar.test/jp', 'japan'],
      ['https://bazaar.test/jp/old/1', 'old'],
      ['https://bazaar.test/jpx/1', 'world'],
      ['https://www.bazaar.test/jp/1', 'world'],
    ]) {
      assert.equal(platformAt(platforms, url).slug, slug, url);
    }
  }
});

test('a page is on a platform by its exact name, never by a likeness', () => {
  const on = (url) => platformAt([mercado, bazaar], url)?.slug ?? null;
  for (const url of [
    'https://mercado.test/itm/1',
    'http://www.mercado.test',
    'https://mercado.test./itm/1',
    'https://MERCADO.test:8443/',
  ]) {
    assert.equal(on(url), 'mercado', url);
  }
  assert.equal(on('https://shop.bazaar.test/ad/1'), 'bazaar');
  for (const url of [
    'https://notmercado.test/',
    'https://mercado.test.evil.example/',
    'https://bazaar.test/',
    'https://www.shop.bazaar.test/',
    'ftp://mercado.test/',
    'file:///mercado.test',
    'mercado.test',
    '',
    undefined,
  ]) {
    assert.equal(on(url), null, String(url));
  }
});
