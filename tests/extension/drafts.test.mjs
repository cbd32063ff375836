/** What was begun and not flagged: one for each page, for a week. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import 'fake-indexeddb/auto';
import * as drafts from '../../extension/lib/drafts.js';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

test('each page has its own, the last word counts, and what is taken out is gone', async () => {
  await drafts.keep('one', { form: { words: 'Six' } }, NOW);
  await drafts.keep('one', { form: { words: 'Six at once.' } }, NOW);
  await drafts.keep('two', { form: { words: 'Carved.' } }, NOW);
  await drafts.keep('two', null);
  assert.deepEqual(
    [(await drafts.get('one')).form.words, await drafts.get('two'), await drafts.get('three')],
    ['Six at once.', undefined, undefined],
  );
});

test('what nobody has come back to for a week is dropped', async () => {
  await drafts.keep('old', { form: {} }, NOW - 8 * DAY);
  await drafts.keep('recent', { form: {} }, NOW - 6 * DAY);
  await drafts.sweep(NOW);
  assert.deepEqual([await drafts.get('old'), Boolean(await drafts.get('recent'))], [undefined, true]);
});

test('what was begun in an account’s name goes with it; a report that waits keeps its draft', async () => {
  await drafts.keep('one', { form: {} }, NOW);
  await drafts.keep('answer-a', { text: 'It does.' }, NOW);
  await drafts.keep('fix-b', { reason: 'Six.' }, NOW);
  await drafts.dropAccount();
  assert.deepEqual(
    [await drafts.get('one'), await drafts.get('answer-a'), (await drafts.get('fix-b')).reason],
    [undefined, undefined, 'Six.'],
  );
});
