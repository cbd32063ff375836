/** Judges the texts of a file with its words, for the server's tests: `node judge.mjs asked.json said.json`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fold, unmasked, unspaced } from '../../extension/hints/folding.js';
import { judge } from '../../extension/hints/judging.js';
import { compile } from '../../extension/hints/matching.js';

/** What both sides say of a text. */
export function judged(find, text, stated = null) {
  const folded = fold(text);
  const matches = find(text, stated);
  return {
    native: folded.native.text,
    latin: folded.latin.text,
    unmasked: unmasked(folded).map((piece) => [piece.view.text, piece.tag, piece.spelled]),
    unspaced: unspaced(folded)?.text ?? null,
    found: matches.map((match) => [match.start, match.end, match.text, match.term, match.kind, match.masked]),
    suspected: judge(matches).map((suspicion) => [suspicion.taxon, suspicion.score]),
  };
}

if (process.argv[3]) {
  const { words, endings, texts, stated } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const find = compile(words, endings);
  writeFileSync(process.argv[3], JSON.stringify(texts.map((text, at) => judged(find, text, stated[at]))));
}
