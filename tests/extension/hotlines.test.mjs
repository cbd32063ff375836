import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { COUNTRIES, HOTLINES } from '../../extension/lib/hotlines.js';
import { countryOf } from '../../extension/lib/country.js';

/** Every line: `[country, kind, line]`. */
const lines = Object.entries(HOTLINES).flatMap(([country, kinds]) =>
  Object.entries(kinds).map(([kind, line]) => [country, kind, line]),
);
const wrong = (right) =>
  lines.filter(([, , line]) => !right(line)).map(([country, kind, line]) => `${country} ${kind} ${line.name}`);

test('no line is shown that nobody found written somewhere, and on a day', () => {
  assert.ok(lines.length > 30);
  assert.deepEqual(
    wrong(
      ({ source, read }) =>
        /[a-z0-9-]+\.[a-z]{2,}/.test(source ?? '') &&
        /^20\d\d-\d\d-\d\d$/.test(read ?? '') &&
        !Number.isNaN(Date.parse(read)),
    ),
    [],
  );
});

test('a line can be opened or dialled, and goes nowhere in the clear', () => {
  assert.deepEqual(
    wrong(({ url, phone }) => url || phone),
    [],
  );
  assert.deepEqual(
    wrong(({ url }) => url === undefined || (new URL(url).protocol === 'https:' && !new URL(url).search)),
    [],
  );
  assert.deepEqual(
    wrong(({ phone }) => phone === undefined || /^\d[\d -]{1,14}\d$/.test(phone)),
    [],
  );
});

test('the choice of countries is exactly those with a line, each by its code', () => {
  assert.deepEqual(COUNTRIES, Object.keys(HOTLINES).sort());
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  assert.deepEqual(
    COUNTRIES.filter((code) => names.of(code) === code),
    [],
  );
  assert.deepEqual(
    Object.values(HOTLINES)
      .flatMap(Object.keys)
      .filter((kind) => !['child', 'people', 'emergency', 'wildlife'].includes(kind)),
    [],
  );
});

test('an emergency number is short and is never left to a guess', () => {
  const numbers = lines.filter(([, kind]) => kind === 'emergency');
  assert.ok(numbers.length >= 20);
  assert.deepEqual(
    numbers.filter(([, , { phone, url }]) => !/^(\d{3}|10111)$/.test(phone) || url).map(([country]) => country),
    [],
  );
  for (const country of ['SG', 'HK', 'TH', 'VN', 'ID', 'MY', 'KR', 'KE', 'CN', 'SA', 'AE']) {
    assert.ok(HOTLINES[country].emergency, country);
  }
});

test('a country is read from a language, or left open', () => {
  for (const [language, country] of [
    ['pt-BR', 'BR'],
    ['pl', 'PL'],
    ['zh-Hant', 'TW'],
    ['en-gb', 'GB'],
    ['not a language', null],
  ]) {
    assert.equal(countryOf(language), country, language);
  }
});

test('the lesson names the same emergency numbers for the same countries', () => {
  const lesson = readFileSync(new URL('../../training_modules/safe-and-well/module.md', import.meta.url), 'utf8');
  const said = new Map();
  for (const [entry] of lesson.matchAll(/^- \*\*(?:The police alone: )?\d+\*\*.*(?:\n {2}.*)*$/gm)) {
    for (const [, number, countries] of entry.matchAll(/(\d+)\*\*:?\s+([^*]+)/g)) {
      const listed = countries
        .split(/[,;]/)
        .map((country) => country.replace('(the police)', '').trim().replace(/^the /, ''));
      for (const country of listed.filter(Boolean)) said.set(country, number);
    }
  }
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const short = { HK: 'Hong Kong', VN: 'Viet Nam' };
  const union = ['AT', 'BE', 'DE', 'ES', 'FR', 'IE', 'IT', 'NL', 'PL', 'PT'];
  const known = lines
    .filter(([, kind]) => kind === 'emergency')
    .map(([code, , { phone }]) => [union.includes(code) ? 'European Union' : (short[code] ?? names.of(code)), phone]);
  assert.deepEqual(Object.fromEntries(said), Object.fromEntries(known));
});

test('a line for wildlife crime is named for every country for which a page confirms one', () => {
  const countries = Object.keys(HOTLINES).filter((country) => HOTLINES[country].wildlife);
  assert.deepEqual(countries.sort(), ['GB', 'KE', 'MY', 'NZ', 'PT', 'SG', 'TH', 'US', 'VN']);
});
