/** Finding a taxon in the list that came from the server, without a connection. Pure. */

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** All names of a taxon as `{text, language}`; the scientific one first. */
const namesOf = (taxon) => [
  { text: taxon.scientific_name, language: 'la' },
  ...(taxon.common_name ? [{ text: taxon.common_name, language: 'en' }] : []),
  ...(taxon.names ?? []).map((name) => (typeof name === 'string' ? { text: name } : { text: name.text ?? name.name ?? '', language: name.language ?? null })),
].filter((name) => name.text);

/**
 * Taxa with a name that holds every word of the query, best first: a name that begins with it, then a word that does,
 * then anywhere. @returns {{taxon, name: {text, language}}[]} the name that matched beside each; at most `most`
 */
export function findTaxa(taxa, query, most = 8) {
  const words = fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!words.length) return [];
  const found = [];
  for (const taxon of taxa) {
    let best = null;
    for (const name of namesOf(taxon)) {
      const text = fold(name.text);
      if (!words.every((word) => text.includes(word))) continue;
      const rank = text.startsWith(words[0]) ? 0 : words.every((word) => new RegExp(`(?:^|[^\\p{L}\\p{N}])${word}`, 'u').test(text)) ? 1 : 2;
      if (!best || rank < best.rank) best = { taxon, name, rank };
    }
    if (best) found.push(best);
  }
  return found.sort((one, other) => one.rank - other.rank || one.name.text.length - other.name.text.length).slice(0, most);
}

/** A name cut where the query matches: `[{text, hit}]`. A name whose folding changes its length stays whole. */
export function marked(text, query) {
  const words = fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean).sort((one, other) => other.length - one.length);
  const plain = Array.from(text, (sign) => fold(sign)).join('');
  if (plain.length !== text.length || !words.length) return [{ text, hit: false }];
  const parts = [];
  let at = 0;
  for (const match of plain.matchAll(new RegExp(words.join('|'), 'gu'))) {
    const end = match.index + match[0].length;
    parts.push({ text: text.slice(at, match.index), hit: false }, { text: text.slice(match.index, end), hit: true });
    at = end;
  }
  return [...parts, { text: text.slice(at), hit: false }].filter((part) => part.text);
}
