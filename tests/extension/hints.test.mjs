import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compile } from '../../extension/hints/matching.js';
import { judged } from './judge.mjs';

/** The same cases as `tests/unit/test_hints.py` reads: browser and server say one thing of a text. */
const { words, cases } = JSON.parse(readFileSync(new URL('folding_cases.json', import.meta.url), 'utf8'));
const find = compile(words);
for (const { why, text, stated, ...expected } of cases) {
  test(`a text is judged as on the server: ${why}`, () => {
    const output = judged(find, text, stated);
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, output[name]])), expected);
  });
}

test('a text made to be slow ends', { timeout: 60_000 }, () => {
  for (const text of [
    'a.'.repeat(20_000),
    'i v o r '.repeat(5000),
    `a${'\u0301'.repeat(40_000)}`,
    '象*'.repeat(20_000),
    'ivor'.repeat(10_000),
  ]) {
    assert.ok(Array.isArray(find(text)));
  }
});
