/** Finds a taxon in the species list, without a connection. Pure. */

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** All names of a taxon as `{text, language}`; the scientific one first. */
const namesOf = (taxon) =>
  [
    { text: taxon.scientific_name, language: 'la' },
    ...(taxon.common_name ? [{ text: taxon.common_name, language: 'en' }] : []),
    ...(taxon.names ?? []).map((name) =>
      typeof name === 'string'
        ? { text: name }
        : { text: name.text ?? name.name ?? '', language: name.language ?? null },
    ),
  ].filter((name) => name.text);

/**
 * What a person with these languages (`['fr', 'en']`, best first) calls a taxon, never by a name of a species in it; in
 * English where the list knows none of theirs.
 */
export function nameFor(taxon, languages = []) {
  for (const language of languages) {
    const own = (taxon.names ?? []).find((name) => name.language === language && name.text && !name.of_kind);
    if (own) return own;
  }
  return taxon.common_name ? { text: taxon.common_name, language: 'en' } : null;
}

const SPACED = new RegExp(
  String.raw`^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}` +
    String.raw`\p{Script=Devanagari}\p{Script=Hangul}\p{N}\s\p{P}\p{M}]+$`,
  'u',
);

/**
 * Taxa named in a text, the longest name first: whole words, or anywhere in scripts written without spaces. They are
 * offered, never chosen automatically: a name in an ad may be a colour or a pattern.
 */
export function namedIn(taxa, text, most = 4) {
  const haystack = ` ${fold(text ?? '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  if (haystack.length < 4) return [];
  const named = taxa.map((taxon) => {
    const name = namesOf(taxon)
      .map((each) => ({
        ...each,
        folded: fold(each.text)
          .replace(/[^\p{L}\p{N}]+/gu, ' ')
          .trim(),
      }))
      .filter(({ folded }) =>
        SPACED.test(folded)
          ? folded.length > 2 && haystack.includes(` ${folded} `)
          : folded.length > 1 && haystack.includes(folded),
      )
      .sort((a, b) => b.folded.length - a.folded.length)[0];
    return name && { taxon, name: { text: name.text, language: name.language }, length: name.folded.length };
  });
  return named
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
    .slice(0, most);
}

/**
 * Taxa with a name that holds every word of the query, best first: a name that begins with it, then a word that does,
 * then anywhere; among equals a name in the person's languages, then the shorter.
 *
 * @returns {{taxon, name: {text, language}}[]} the name that matched beside each; at most `most`
 */
export function findTaxa(taxa, query, most = 8, languages = []) {
  const isForeign = ({ language }) => Number(!languages.includes(language));
  const words = fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (!words.length) return [];
  const matches = [];
  for (const taxon of taxa) {
    let best = null;
    for (const name of namesOf(taxon)) {
      const text = fold(name.text);
      if (!words.every((word) => text.includes(word))) continue;
      const rank = text.startsWith(words[0])
        ? 0
        : words.every((word) => new RegExp(`(?:^|[^\\p{L}\\p{N}])${word}`, 'u').test(text))
          ? 1
          : 2;
      if (!best || rank < best.rank || (rank === best.rank && isForeign(name) < isForeign(best.name))) {
        best = { taxon, name, rank };
      }
    }
    if (best) matches.push(best);
  }
  return matches
    .sort((a, b) => a.rank - b.rank || isForeign(a.name) - isForeign(b.name) || a.name.text.length - b.name.text.length)
    .slice(0, most);
}

/** A name with a capital, by the rules of its language: `server/core/capitals.py` in short. */
export function initial(name, language) {
  const length = language === 'nl' && name.startsWith('ij') ? 2 : 1;
  return name.slice(0, length).toLocaleUpperCase(language ?? 'en') + name.slice(length);
}

/** A name cut where the query matches: `[{text, hit}]`. A name whose folding changes its length stays whole. */
export function splitMatches(text, query) {
  const words = fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  const foldedText = Array.from(text, (sign) => fold(sign)).join('');
  if (foldedText.length !== text.length || !words.length) return [{ text, hit: false }];
  const parts = [];
  let at = 0;
  for (const match of foldedText.matchAll(new RegExp(words.join('|'), 'gu'))) {
    const end = match.index + match[0].length;
    parts.push({ text: text.slice(at, match.index), hit: false }, { text: text.slice(match.index, end), hit: true });
    at = end;
  }
  return [...parts, { text: text.slice(at), hit: false }].filter((part) => part.text);
}
