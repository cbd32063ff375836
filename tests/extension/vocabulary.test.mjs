/** The server's words come in the language of the extension's own texts, or those of the extension stay. */
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const stored = new Map();
let language = 'fr';
globalThis.chrome = {
  storage: {
    local: {
      get: async (names) =>
        Object.fromEntries(names.filter((name) => stored.has(name)).map((name) => [name, stored.get(name)])),
      set: async (values) => Object.entries(values).forEach(([name, value]) => stored.set(name, value)),
      remove: async (names) => [].concat(names).forEach((name) => stored.delete(name)),
    },
  },
  i18n: { getMessage: (key) => (key === 'langCode' ? language : `${key} in ${language}`) },
};
const { settings } = await import('../../extension/lib/browser.js');
const { refreshVocabulary } = await import('../../extension/lib/server.js');
const { quickReasons } = await import('../../extension/popup/reason.js');

let asked = [];
const serve = (spoken) => {
  globalThis.fetch = async (url, { headers }) => {
    asked.push(headers);
    const body = JSON.stringify({ taxa: [], reasons: [`Reason in ${spoken}`] });
    return new Response(body, { headers: { ETag: `"${spoken}"`, 'Content-Language': spoken } });
  };
};

beforeEach(async () => {
  stored.clear();
  asked = [];
  language = 'fr';
  await settings.set({ connection: { base: 'https://s.example', token: 'cs_x' } });
});

test('the vocabulary is asked for in the language of the texts, and again when that has changed', async () => {
  serve('fr');
  const vocabulary = await refreshVocabulary();
  assert.equal(asked[0]['Accept-Language'], 'fr');
  assert.deepEqual(quickReasons({ vocabulary }), ['Reason in fr']);
  await refreshVocabulary();
  assert.equal(asked.length, 1);
  language = 'ar';
  serve('ar');
  await refreshVocabulary();
  assert.deepEqual([asked.length, asked[1]['Accept-Language'], asked[1]['If-None-Match']], [2, 'ar', undefined]);
});

test('a word has the ids of its taxa, whether the server names their places or themselves', async () => {
  const taxa = [{ id: 'manis' }, { id: 'panthera-leo' }];
  const rows = [
    { texts: ['lion cub'], places: [1] },
    { texts: ['scales'], taxa: ['manis'] },
    { texts: ['toy'], kind: 'against' },
  ];
  globalThis.fetch = async () => Response.json({ format: 2, taxa, words: rows, endings: [[]] });
  await refreshVocabulary();
  const { words } = await settings.get('lexicon');
  assert.deepEqual(words, [
    { texts: ['lion cub'], taxa: ['panthera-leo'] },
    { texts: ['scales'], taxa: ['manis'] },
    { texts: ['toy'], kind: 'against' },
  ]);
});

test('a vocabulary of a newer format is refused, and the one that is here stays', async () => {
  serve('fr');
  const vocabulary = await refreshVocabulary();
  globalThis.fetch = async () => Response.json({ format: 3, taxa: [], words: [] });
  await assert.rejects(refreshVocabulary(true), /format 3: this extension is too old/);
  assert.deepEqual(await settings.get('vocabulary'), vocabulary);
});

for (const [reader, spoken, ours] of [
  ['ar', 'en', true],
  ['zh-CN', 'en', true],
  ['fr', null, true],
  ['en-GB', 'en', false],
  ['en-GB', null, false],
]) {
  test(`a reader of ${reader} to whom the server speaks ${spoken} has ${ours ? 'our' : 'its'} reasons`, () => {
    language = reader;
    const reasons = quickReasons({ vocabulary: { reasons: ['Several at once'], language: spoken } });
    assert.equal(reasons[0] === 'Several at once', !ours);
  });
}
