import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.chrome ??= { i18n: { getMessage: (name, given) => [name, ...[given ?? []].flat()].join(' ') } };
const { categoriesOf, hintFor, nameOf, MIN_SCORE } = await import('../../extension/hints/page_hints.js');

const parrot = { id: 'parrot', group: 'bird', common_name: 'Grey parrot', names: [] };
const taxa = new Map([
  ['parrot', parrot],
  ['turtle', { id: 'turtle', group: 'reptile', common_name: 'Turtle' }],
]);
const word = { text: 'grey parrot', kind: 'taxon', term: 'grey parrot' };
const suspected = (score = 0.9, taxon = 'parrot') => ({ taxon, score, words: [word] });
const none = new Set();

test('what is worth a look is said, what is not is left alone', () => {
  assert.ok(hintFor([suspected(MIN_SCORE)], taxa, none, none));
  assert.equal(hintFor([suspected(MIN_SCORE - 0.01)], taxa, none, none), null);
  assert.equal(hintFor([], taxa, none, none), null);
});

test('nothing is marked that somebody does not want to see: neither its group nor its category', () => {
  assert.equal(hintFor([suspected()], taxa, new Set(['bird']), none), null);
  assert.equal(hintFor([suspected()], taxa, new Set(['live']), new Set(['live'])), null);
  assert.ok(hintFor([suspected()], taxa, new Set(['reptile', 'part']), new Set(['live'])));
  assert.match(
    hintFor([suspected(), suspected(0.5, 'turtle')], taxa, new Set(['bird']), none).title,
    /Turtle/,
    'the other one is still said',
  );
});

test('"goods" may be a part or a product, and words that speak against it say nothing of what is offered', () => {
  assert.deepEqual([...categoriesOf([{ kind: 'trade', about: 'goods' }])], ['part', 'product']);
  assert.deepEqual(
    [
      ...categoriesOf([
        { kind: 'against', about: 'live' },
        { kind: 'trade', about: 'x' },
      ]),
    ],
    [],
  );
});

test("a taxon is named in the reader's language, else as it is known", () => {
  const named = {
    ...parrot,
    names: [
      { language: 'es', text: 'Loro de Fischer', of_kind: true },
      { language: 'es', text: 'Yaco' },
      { language: 'es', text: 'Loro gris' },
    ],
  };
  assert.equal(nameOf(named, 'es-ES'), 'Yaco');
  assert.equal(nameOf(named, 'th'), 'Grey parrot');
  assert.equal(nameOf(undefined, 'en'), null);
});
