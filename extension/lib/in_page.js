/**
 * What looks at a page from within. The browser loads no modules there: the scripts of `page/` are loaded in the order
 * in which each needs those before it, and leave their parts in `globalThis.cyberSpotterPage`, which only code of this
 * extension can see.
 */
import { loadIn, runIn } from './browser.js';

const scripts = (...names) => [...names, 'loaded'].map((name) => `/page/${name}.js`);

/** What `readPage` needs. */
export const READING = scripts('reader', 'structured', 'prices', 'read');
const VIEWING = scripts(
  ...['tree', 'name_shapes', 'names_in_state', 'names_in_data', 'sentence_patterns', 'names_in_sentences'],
  ...['account_sentences', 'own_words', 'chats', 'names', 'account_patterns', 'account', 'shown_names', 'viewer'],
);

/** Reads the page; see `page/read.js`. */
export async function readPage(tab, known) {
  await loadIn(tab, READING);
  return runIn(tab, (fields) => globalThis.cyberSpotterPage.readPage(fields), known);
}

/**
 * Learns from the page who is looking at it; see `page/names.js`. Loads what `findViewer` needs, too.
 *
 * @param {number} [budget] milliseconds for each part of the search
 * @returns {Promise<{names: string[], late: boolean}>} late: a busy machine ended the search before its end
 */
export async function learnNames(tab, budget = 500) {
  await loadIn(tab, VIEWING);
  const learn = (ms) => ({
    names: globalThis.cyberSpotterPage.learnNames(undefined, ms),
    late: globalThis.cyberSpotterLate,
  });
  return (await runIn(tab, learn, budget)) ?? { names: [], late: true };
}

/**
 * Finds where the page shows who is looking at it; see `page/viewer.js`. After `learnNames` alone: on a page that has
 * come since it finds nothing to run, and no picture leaves.
 */
export const findViewer = (tab, selectors, learnt, hide = false) =>
  runIn(tab, (...given) => globalThis.cyberSpotterPage.findViewer(...given), selectors, learnt, hide);
