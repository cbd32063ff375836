/** Which languages a text may be in: `server/ledger/species/languages.py`, point for point (by test). Pure. */
import { isAscii } from './folding.js';
import table from './languages_table.js';

/** Points of a word of one language, and of one that several have. */
export const ALONE = 2;
export const SHARED = 1;
/** Points of the strongest; with fewer, nothing is known and every language is possible. */
const ENOUGH = 2;

const spokenBy = new Map();
for (const [language, words] of Object.entries(table.common)) {
  for (const word of new Set(words.split(' '))) spokenBy.set(word, [...(spokenBy.get(word) ?? []), language]);
}
const speltBy = new Map(Object.entries(table.letters).map(([letter, languages]) => [letter, languages.split(' ')]));
const writtenBy = Object.entries(table.scripts).map(([language, letters]) => [language, new RegExp(`[${letters}]`)]);

/** A language tag as the lexicon has it: `pt-BR` is pt, Malay is one with Indonesian. */
export function known(tag) {
  const language = tag.replaceAll('_', '-').split('-')[0].trim().toLowerCase();
  return Object.hasOwn(table.same, language) ? table.same[language] : language;
}

/**
 * @param {string} text in its native view
 * @param {[number, string[]][]} words points and languages of the lexicon's own words in it
 * @param {?string} stated the language that the page says it is in
 * @param {string[]} ofPlatform those of its platform's ads
 * @returns {?Set<string>} the languages that the text may be in; null: nothing is known
 */
export function possible(text, words = [], stated = null, ofPlatform = []) {
  const points = new Map();
  const give = (language, number) => points.set(language, (points.get(language) ?? 0) + number);
  const count = (most, languages) => {
    for (const language of languages) give(language, languages.length === 1 ? most : SHARED);
  };
  for (const word of new Set(text.match(/[a-z\u00df-\u024f\u1e00-\u1eff]+/g))) {
    if (spokenBy.has(word)) count(ALONE, spokenBy.get(word));
  }
  if (!isAscii(text)) for (const letter of new Set(text)) if (speltBy.has(letter)) count(ALONE, speltBy.get(letter));
  for (const [most, languages] of words) count(most, languages);
  const said = new Map(ofPlatform.map((each) => [known(each), SHARED]));
  if (stated) said.set(known(stated), ALONE);
  const isTold = (language) => Object.hasOwn(table.common, language);
  for (const [language, number] of said) if (isTold(language)) give(language, number);
  const best = Math.max(0, ...points.values());
  if (best < ENOUGH) return null;
  return new Set([
    ...[...points].filter(([, number]) => number * 2 >= best).map(([language]) => language),
    ...[...said.keys()].filter((language) => !isTold(language)),
    ...(isAscii(text) ? [] : writtenBy.filter(([, letters]) => letters.test(text)).map(([language]) => language)),
  ]);
}
