/**
 * What the worker tells a page's script: which of its listings to mark, and why. The word list never goes to the page.
 */
import { settings, t } from '../lib/browser.js';
import { judge } from './judging.js';
import { compile } from './matching.js';
import { platformAt } from './sites.js';

/** A text with a lower score is not marked; the threshold of the server's own benchmark. */
export const MIN_SCORE = 0.3;
/** Limits: texts per call, their length, and the words named for each. */
const MOST = { texts: 400, text: 1000, words: 3 };

/** The compiled lexicon, for as long as this worker lives. */
let compiledLexicon = null;
function finderFor(lexicon) {
  if (compiledLexicon?.etag !== lexicon.etag) {
    compiledLexicon = { etag: lexicon.etag, find: compile(lexicon.words, lexicon.endings) };
  }
  return compiledLexicon.find;
}

/**
 * @param {{texts?: string[], lang?: string}} message without texts it asks what to look for on its site; `lang` is the
 *   language that the page says it is in
 * @param {{url?: string, tab?: object}} sender the page, as the browser tells it
 * @returns {Promise<object|null>} null where marks are off; `{listing, region, dir}`; or for each text null or `{title,
 *   lines}`
 */
export async function pageHints({ texts, lang }, sender) {
  const { hints, lexicon } = await settings.several(['hints', 'lexicon']);
  const platform = platformAt(lexicon?.platforms, sender.url);
  if (hints !== true || !platform || !sender.tab) return null;
  if (!texts) return { listing: platform.listing ?? [], region: t('hintsRegion'), dir: t('dir'), lang: t('langCode') };
  const { vocabulary, opted_out: optedOut } = await settings.several(['vocabulary', 'opted_out']);
  const taxa = new Map((vocabulary?.taxa ?? []).map((taxon) => [taxon.id, taxon]));
  const find = finderFor(lexicon);
  const topics = new Set(Array.isArray(optedOut) ? optedOut : []);
  return Array.from(texts)
    .slice(0, MOST.texts)
    .map((text) => {
      const matches = find(String(text).slice(0, MOST.text), String(lang ?? '').slice(0, 35), platform.languages ?? []);
      return hintFor(judge(matches), taxa, topics, categoriesOf(matches));
    });
}

/** The categories that trade terms name: "goods" does not tell a part from a product, so it means either. */
const CATEGORIES_OF_WORD = { live: ['live'], goods: ['part', 'product'] };
/** What a text may be offering, by its words; empty where they do not say. */
export const categoriesOf = (matches) =>
  new Set(matches.filter((word) => word.kind !== 'against').flatMap((word) => CATEGORIES_OF_WORD[word.about] ?? []));

/**
 * The strongest suspicion of a text as sentences; null when its score is too low or the volunteer has opted out of its
 * category or group.
 */
export function hintFor(suspected, taxa, optedOut, categories) {
  if ([...categories].some((category) => optedOut.has(category))) return null;
  const strongest = suspected.find(({ taxon, score }) => score >= MIN_SCORE && !optedOut.has(taxa.get(taxon)?.group));
  if (!strongest) return null;
  const name = nameOf(taxa.get(strongest.taxon), t('langCode')) ?? strongest.taxon;
  const words = [...new Map(strongest.words.map((word) => [word.text.toLowerCase(), word])).values()].slice(
    0,
    MOST.words,
  );
  return {
    title: t('hintSuspected', name),
    lines: [
      ...words.map((word) =>
        word.masked
          ? t('hintMasked', word.text, word.term.replace(/\*$/, ''))
          : t(word.kind === 'taxon' ? 'hintName' : 'hintTrade', word.text),
      ),
      t('hintAdvice'),
    ],
  };
}

/** A taxon's name in a language, else in English, else the scientific one. */
export function nameOf(taxon, language) {
  const [short] = String(language).split('-');
  const own = (taxon?.names ?? []).find((name) => name.language === short && !name.of_kind);
  return own?.text ?? taxon?.common_name ?? taxon?.scientific_name ?? null;
}
