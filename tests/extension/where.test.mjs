import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patterns, platformAt } from '../../extension/hints/where.js';

const mercado = { slug: 'mercado', domains: ['Mercado.test'], hosts: [] };
const bazaar = { slug: 'bazaar', domains: [], hosts: ['shop.bazaar.test'] };

test('marks may appear on a platform\'s domain with all below it, or on one host alone', () => {
  assert.deepEqual(patterns([mercado, bazaar, mercado]), ['*://*.mercado.test/*', '*://shop.bazaar.test/*']);
});

test('what is no name of a site asks for no leave', () => {
  for (const name of ['*', '*.com', 'a b.test', 'mercado.test/path', '', 'x'.repeat(300), '.', 'a..b']) assert.deepEqual(patterns([{ domains: [name], hosts: [name] }]), [], String(name));
  for (const none of [null, undefined, 'mercado.test', {}]) assert.deepEqual(patterns(none), []);
});

test('a page is on a platform by its exact name, never by a likeness', () => {
  const on = (url) => platformAt([mercado, bazaar], url)?.slug ?? null;
  for (const url of ['https://mercado.test/itm/1', 'http://www.mercado.test', 'https://mercado.test./itm/1', 'https://MERCADO.test:8443/']) assert.equal(on(url), 'mercado', url);
  assert.equal(on('https://shop.bazaar.test/ad/1'), 'bazaar');
  for (const url of ['https://notmercado.test/', 'https://mercado.test.evil.example/', 'https://bazaar.test/', 'https://www.shop.bazaar.test/', 'ftp://mercado.test/', 'file:///mercado.test', 'mercado.test', '', undefined]) assert.equal(on(url), null, String(url));
});
