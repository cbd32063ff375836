import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';

const parts = ['tree', 'name_shapes', 'names_in_state', 'names_in_data', 'sentence_patterns', 'names_in_sentences'];
const more = ['account_sentences', 'account_patterns', 'own_words', 'chats', 'names'];
for (const part of [...parts, ...more]) await import(`../../extension/page/${part}.js`);

const BIDDER = '<h1>Ivory figure</h1><p>You (Ana Quispe) are the highest bidder</p>';
const PAGE = BIDDER + '<p>An old one.</p>'.repeat(50);

/** Learns from a page, `PAGE` if none is given, while the clock goes on by so many milliseconds at each look at it. */
function learn(step, budget, page = PAGE) {
  const { window } = new JSDOM(page, { url: 'https://market.example/ad/1' });
  const [now, start] = [Date.now, Date.now()];
  let looks = 0;
  Date.now = () => start + step * looks++;
  try {
    return globalThis.cyberSpotterPage.learnNames(window.document, budget);
  } finally {
    Date.now = now;
  }
}

test('a search that ends early says so', () => {
  assert.deepEqual(learn(0), ['Ana Quispe']);
  assert.equal(globalThis.cyberSpotterLate, false);
  learn(200);
  assert.equal(globalThis.cyberSpotterLate, true);
  assert.deepEqual(learn(200, 1e6), ['Ana Quispe']);
  assert.equal(globalThis.cyberSpotterLate, false, 'with more time it is not late');
});

for (const [part, what] of [
  ['elements', '<i></i>'.repeat(801)],
  ['texts', 'old<br>'.repeat(401)],
]) {
  test(`a page with more ${part} than are looked at says so, and with more time is searched to its end`, () => {
    const page = `<p>${what}</p>${BIDDER}`;
    learn(0, 10, page);
    assert.equal(globalThis.cyberSpotterLate, true);
    assert.deepEqual(learn(0, 5000, page), ['Ana Quispe']);
    assert.equal(globalThis.cyberSpotterLate, false);
  });
}

const budgets = [];

/** A browser in whose page the searches go as `lates` says. */
function browser(lates) {
  const run = [];
  budgets.length = 0;
  globalThis.cyberSpotterPage.findViewer = (_selectors, names) => {
    run.push(names);
    return { names, places: [], view: {}, hidden: 0, signed_out: false };
  };
  globalThis.cyberSpotterPage.learnNames = (_doc, budget) => {
    budgets.push(budget);
    globalThis.cyberSpotterLate = lates.shift();
    return ['Ana Quispe'];
  };
  globalThis.chrome = {
    scripting: { executeScript: async ({ func, args = [] }) => [{ result: func?.(...args) ?? null }] },
  };
  return run;
}

test('no picture leaves where a busy machine has twice ended the search for the volunteer', async () => {
  const run = browser([true, true]);
  const { takePicture } = await import('../../extension/lib/picture.js');
  await assert.rejects(takePicture({ id: 1 }, []), /not searched to its end/);
  assert.deepEqual(run, []);
});

test('a second search in time is enough, and texts are searched for what is known', async () => {
  const { searchViewer } = await import('../../extension/lib/picture.js');
  browser([true, false]);
  assert.deepEqual((await searchViewer({ id: 1 }, [])).names, ['Ana Quispe']);
  assert.ok(budgets[1] >= 10 * budgets[0], 'the second has more time');
  browser([true, true]);
  assert.deepEqual((await searchViewer({ id: 1 }, [])).names, ['Ana Quispe']);
});
