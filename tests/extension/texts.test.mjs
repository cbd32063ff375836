import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as words from '../../extension/lib/words.js';

const root = new URL('../../extension/', import.meta.url);
const file = (path) => readFileSync(new URL(path, root), 'utf8');
const english = JSON.parse(file('_locales/en/messages.json'));
const sources = readdirSync(root, { recursive: true }).filter((path) => /\.js$/.test(path)).map((path) => [path, file(path)]);
const families = [/^category_/, /^legality_/, /^confidence_/, /^access_/, /^status_/, /^said_/, /^field_/, /^from_/, /^kind_/];

test('every text that the code asks for is there in English', () => {
  const asked = sources.flatMap(([, source]) => [...source.matchAll(/\bt\('([A-Za-z_]+)'/g)].map((match) => match[1]));
  assert.ok(asked.length > 80);
  assert.deepEqual([...new Set(asked)].filter((key) => !english[key]), []);
});

test('every text in English is asked for', () => {
  const all = sources.map(([, source]) => source).join('\n') + file('manifest.json');
  assert.deepEqual(Object.keys(english).filter((key) => !families.some((family) => family.test(key)) && !new RegExp(`['_]${key}(?:'|__)`).test(all)), []);
});

test('every word of the server has its text', () => {
  const wanted = [...words.CATEGORIES.map((word) => `category_${word}`), ...words.LEGALITY.map((word) => `legality_${word}`), ...words.CONFIDENCE.map((word) => `confidence_${word}`),
    ...words.ACCESS.map((word) => `access_${word}`), ...words.STATUSES.flatMap((word) => [`status_${word}`, `said_${word}`])];
  assert.deepEqual(wanted.filter((key) => !english[key]), []);
});

test('every other language has the same texts, with the same blanks', () => {
  const blanks = (text) => [...text.matchAll(/\$\d/g)].map(String).sort();
  for (const language of readdirSync(new URL('_locales/', root))) {
    const texts = JSON.parse(file(`_locales/${language}/messages.json`));
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), language);
    for (const [key, { message }] of Object.entries(texts)) assert.deepEqual(blanks(message), blanks(english[key].message), `${language} ${key}`);
    assert.match(texts.dir.message, /^(?:ltr|rtl)$/);
  }
});

test('one file touches the browser, one names the messages', () => {
  const touching = sources.filter(([, source]) => /\b(?:chrome|browser)\.\w+\.\w+/.test(source) || /globalThis\.(?:chrome|browser)/.test(source)).map(([path]) => path);
  assert.deepEqual(touching, ['lib/browser.js']);
});

test('nothing is fetched from elsewhere and nothing is read as markup', () => {
  for (const [path, source] of sources) {
    assert.doesNotMatch(source, /\beval\(|new Function\(|innerHTML|insertAdjacentHTML|outerHTML|document\.write|import\(/, path);
  }
  for (const page of ['popup/popup.html', 'options/options.html']) assert.doesNotMatch(file(page), /(?:src|href)="(?:https?:)?\/\//);
});
