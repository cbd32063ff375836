/**
 * Which words of the lexicon a text uses, and where: `server/ledger/species/matching.py`, match for match (by test).
 * Pure.
 */
import { fold, isAscii, skeleton, spanOf, unmasked, unspaced } from './folding.js';
import { ALONE, possible, SHARED } from './languages.js';

/** Letters; a shorter word is matched neither unmasked nor without its accents, and counts in its language alone. */
const LONG = 5;
/** Letters; from here on a word that speaks for no taxon means the same wherever it stands. */
const CLEAR = 7;
const MAX_MATCHES = 2000;
const JOINTS = /[-\u2010-\u2014_'’`/\t\n\r\v\f\u2028\u2029]/g;
const UNSPACED = /^[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const KATAKANA = /^[\u30a1-\u30ff]/;
const HANGUL = /^[\uac00-\ud7a3]/;
const ARABIC = /^[\u0621-\u064a]/;
const LATIN = /^[A-Za-z\u00c0-\u024f\u1e00-\u1eff]/;
const ACCENTED = /[\u00df-\u024f\u1e00-\u1eff]/;
const FOREIGN = /[\u0370-\u1dff]/;
const WORDLIKE = /^[\p{L}\p{N}]/u;
const GOES_ON = /^[\p{L}\p{N}\u0900-\u0963\u0966-\u0dff]/u;

/** What Python takes for a space. */
const SPACES = /[\s\x1c-\x1f\x85]+/g;
const plain = (text) => text.replace(JOINTS, ' ').split(SPACES).filter(Boolean).join(' ');
const signAt = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : ' ');
const signBefore = (text, at) => (at > 0 ? Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) : ' ');

/** Words by their letters: a tree walked from each place of a text, so that a search takes no longer for more words. */
class Words {
  root = new Map();

  /** Terms that fold alike are one: their taxa together, the heavier weight. */
  add(key, term) {
    let node = this.root;
    for (let at = 0; at < key.length; at += 1) {
      const code = key.charCodeAt(at);
      if (!node.has(code)) node.set(code, new Map());
      node = node.get(code);
    }
    node.terms ??= [];
    const same = node.terms.find(
      (other) =>
        other.kind === term.kind &&
        other.about === term.about &&
        other.reach === term.reach &&
        !other.taxa.length === !term.taxa.length &&
        other.text.endsWith('*') === term.text.endsWith('*'),
    );
    if (same) {
      const everywhere = !same.languages.length || !term.languages.length;
      const merged = {
        ...(isAscii(same.text) || !isAscii(term.text) ? same : term), // "leopard" of "léopard"
        taxa: [...new Set([...same.taxa, ...term.taxa])],
        weight: Math.max(same.weight, term.weight),
        languages: everywhere ? [] : [...new Set([...same.languages, ...term.languages])],
      };
      node.terms[node.terms.indexOf(same)] = { ...merged, doubt: doubtOf(merged) };
    } else {
      node.terms.push({ ...term, doubt: doubtOf(term) });
    }
  }

  *search(text) {
    for (let start = 0; start < text.length; start += 1) {
      let node = this.root;
      for (let at = start; at < text.length; at += 1) {
        node = node.get(text.charCodeAt(at));
        if (!node) break;
        if (node.terms) for (const term of node.terms) yield [start, at + 1, term];
      }
    }
  }

  *find(text) {
    for (const [start, end, term] of this.search(text)) {
      const bounded = boundary(text, start, end, term.text.endsWith('*'));
      if (bounded) yield [start, bounded, term];
    }
  }
}

const isPositive = ({ kind }) => kind === 'taxon' || kind === 'trade';
const isPhrase = ({ kind, reach }) => kind === 'against' && reach === 'phrase';

const NEVER = 0;
/** Where its accents are left out. */
const BARE = 1;
const ALWAYS = 2;
/**
 * When a term that is found may as well be a word of another language: a short word always, and any word of up to six
 * letters that speaks for no taxon: Spanish "mantel" is no table cloth beside an English clock. What is of another
 * script than Latin letters is nobody's by chance.
 */
function doubtOf({ text, kind, languages, taxa }) {
  const { length } = Array.from(text.replace(/\*$/, ''));
  if (!languages.length || !LATIN.test(text)) return NEVER;
  const speaks = taxa.length > 0 && kind !== 'against';
  if (length < LONG || (length < CLEAR && !text.includes(' ') && !speaks)) return ALWAYS;
  return text.includes(' ') || isAscii(text) ? NEVER : BARE;
}
const isDoubtful = ({ text, masked }, doubt) =>
  doubt !== NEVER && !masked && (doubt === ALWAYS || isAscii(text));

/** Whether a word is written wholly in another alphabet. */
const isForeign = (text) => FOREIGN.test(text) && !/[a-z]/.test(text);

/**
 * Whether a text with letters beyond ASCII can be `term`: look-alikes among Latin letters can be, a word written wholly
 * in another alphabet is one of that alphabet's; accents of a short word, or other accents than those of `term` and of
 * its forms, make it another.
 */
function isSpeltAs(text, { text: term, forms }) {
  const [written, meant] = [text, term.replace(/\*$/, '')].map((each) => Array.from(fold(each).native.text));
  if (!written.some((sign) => ACCENTED.test(sign))) return !isForeign(written.join(''));
  if (written.length < LONG) return false;
  return (
    written.length !== meant.length ||
    !written.some((sign, at) => sign !== meant[at] && ACCENTED.test(sign) && ACCENTED.test(meant[at])) ||
    forms.some((form) => fold(form).native.text === written.join(''))
  );
}

/** Where the word that starts at `start` ends, or 0 when it is only part of another word. */
function boundary(text, start, end, runsOn) {
  const [first, last, before, after] = [
    signAt(text, start),
    signBefore(text, end),
    signBefore(text, start),
    signAt(text, end),
  ];
  if (!WORDLIKE.test(first) && !UNSPACED.test(first)) return end; // an emoji
  if (KATAKANA.test(first) && KATAKANA.test(last)) return KATAKANA.test(before) || KATAKANA.test(after) ? 0 : end;
  if (UNSPACED.test(first)) return end;
  if (WORDLIKE.test(before)) return 0;
  if (HANGUL.test(last)) return end; // particles follow the word
  if (runsOn) return end + /^[\p{L}\p{N}_]*/u.exec(text.slice(end))[0].length;
  if (!GOES_ON.test(after)) return end;
  if (end - start >= 4 && /[a-z]/.test(last)) {
    // a plural
    for (const suffix of ['s', 'es']) {
      if (text.startsWith(suffix, end) && !GOES_ON.test(signAt(text, end + suffix.length))) return end + suffix.length;
    }
  }
  return 0;
}

/** `view` with every gap between words one space. */
function spaced(view) {
  const text = view.text.replace(JOINTS, ' ');
  if (!text.includes('  ')) return { ...view, text };
  const keep = [];
  for (let at = 0; at < text.length; at += 1) if (text[at] !== ' ' || text[at - 1] !== ' ') keep.push(at);
  return {
    text: keep.map((at) => text[at]).join(''),
    starts: keep.map((at) => view.starts?.[at] ?? at),
    ends: keep.map((at) => view.ends?.[at] ?? at + 1),
  };
}

/**
 * A form of a text, made word by word: `1|ами` of собака is собаками, `ال|0|0|` puts before, nothing leaves a word as
 * it is. After `=` stands the form itself.
 */
function inflected(text, made) {
  if (made.startsWith('=')) return made.slice(1);
  const words = text.split(' ');
  return made
    .split(' ')
    .map((change, at) => {
      if (!change) return words[at];
      const [behind, end, start = 0, before = ''] = change.split('|').reverse();
      const signs = Array.from(words[at]);
      return before + signs.slice(Number(start), signs.length - Number(end)).join('') + behind;
    })
    .join(' ');
}

/**
 * @param {{kind?, weight?, texts: string[], taxa?: string[], about?: string, reach?: string, languages?: string[],
 *   spoken?: string, forms?: number[]}[]} rows the lexicon, as the server gives it; `spoken`: the languages of each
 *   text; `forms`: for each its place in `endings`
 * @param {string[][]} endings how forms are made of a text (see `inflected`)
 * @returns {function(string, ?string, string[]): object[]} finds every term in a text, in order; of two positive words
 *   one inside the other, the longer. A word that could be one of another language counts where its own is possible:
 *   the page may state one, its platform's ads may have some. A match is `{start, end, text, term, kind, taxa, weight,
 *   about, reach, masked}`, places in code points.
 */
export function compile(rows, endings = []) {
  const [native, latin, masked] = [new Words(), new Words(), new Words()];
  const add = (text, term) => {
    const views = fold(text);
    const [asWritten, asLatin] = [plain(views.native.text), plain(views.latin.text)];
    // As it is written, also where each of its letters looks like a Latin one ("сова").
    if (!isAscii(asLatin) || /^[\u0370-\u1dff]/.test(asWritten)) {
      native.add(asWritten, term);
      if (ARABIC.test(asWritten) && !asWritten.startsWith('ال')) native.add(`ال${asWritten}`, term);
    } else if (asLatin !== asWritten && asLatin.length < LONG) {
      native.add(asWritten, term);
    } else {
      latin.add(asLatin, term);
      const letters = skeleton(text);
      if (letters.length >= LONG && (isPositive(term) || isPhrase(term))) masked.add(letters, term);
    }
  };
  for (const { texts, forms = [], ...row } of rows) {
    const { kind = 'taxon', weight = 0.25, taxa = [], about = null, reach = 'phrase' } = row;
    const spoken = row.spoken?.split(' ').map((each) => (each === '-' ? [] : each.split('+')));
    for (const [at, text] of texts.entries()) {
      const languages = spoken?.[at] ?? row.languages ?? [];
      const others = (endings[forms[at]] ?? []).map((made) => inflected(text, made));
      const term = { text, kind, weight, taxa, about, reach, languages, forms: others };
      for (const form of [text.replace(/\*$/, ''), ...others]) add(form, term);
    }
  }
  return (text, stated = null, ofPlatform = []) => {
    const folded = fold(text);
    let found = [];
    for (const hit of findAll(text, folded)) if (found.push(hit) >= MAX_MATCHES) break;
    const isOpen = ([match, term]) => isDoubtful(match, term.doubt);
    if (found.some(isOpen)) {
      const clear = new Map(
        found
          .filter((hit) => hit[1].languages.length && hit[1].kind !== 'context' && !hit[0].masked && !isOpen(hit))
          .map(([, term]) => [
            JSON.stringify([term.text, term.kind === 'taxon', term.languages]),
            [term.kind === 'taxon' ? SHARED : ALONE, term.languages],
          ]),
      );
      const spoken = possible(folded.native.text, [...clear.values()], stated, ofPlatform);
      if (spoken) found = found.filter((hit) => !isOpen(hit) || hit[1].languages.some((each) => spoken.has(each)));
    }
    return longest(found.map(([match]) => match));
  };

  function* findAll(text, folded) {
    const signs = isAscii(text) ? null : Array.from(text);
    const match = (view, start, end, term, hidden) => {
      const [from, to] = spanOf(view, start, end);
      const original = signs ? signs.slice(from, to).join('') : text.slice(from, to);
      // Look-alike letters of another alphabet inside a word of Latin letters.
      const masks = hidden || (isAscii(term.text[0]) && /[\u0370-\u1dff]/.test(original));
      return {
        start: from,
        end: to,
        text: original,
        term: term.text,
        kind: term.kind,
        taxa: term.taxa,
        weight: term.weight,
        about: term.about,
        reach: term.reach,
        masked: masks,
      };
    };
    for (const [words, seen] of [
      [native, folded.native],
      [latin, folded.latin],
    ]) {
      if (words === native && !signs) continue;
      const view = spaced(seen);
      for (const [start, end, term] of words.find(view.text)) {
        const hit = match(view, start, end, term, false);
        if (words === native || isAscii(hit.text) || isSpeltAs(hit.text, term)) yield [hit, term];
      }
    }
    const together = unspaced(folded);
    if (together) {
      for (const [start, end, term] of native.find(together.text)) {
        const hit = match(together, start, end, term, false);
        const wide = (original) => Array.from(original).length > Array.from(together.text.slice(start, end)).length;
        // A space hides nothing.
        if (wide(hit.text)) yield [{ ...hit, masked: wide(hit.text.replace(SPACES, '')) }, term];
      }
    }
    for (const { view, tag, spelled } of unmasked(folded)) {
      const { length } = view.text;
      for (const [start, end, term] of masked.search(view.text)) {
        if (!isPositive(term) && !tag) continue; // an innocent phrase is run together in a tag, and hidden nowhere
        if ((start === 0 && end >= length - 1) || spelled || (tag && (start === 0 || end === length))) {
          const [from, to] = spanOf(view, 0, length);
          const tokenSigns = signs ? signs.slice(from, to) : Array.from(text.slice(from, to));
          // Whether the piece hides a word, rather than joining two with a hyphen.
          const hit = match(view, start, end, term, !tag && !tokenSigns.every((sign) => /[\p{L}\-/'_]/u.test(sign)));
          if (!isForeign(hit.text.toLowerCase())) yield [hit, term];
        }
      }
    }
  }
}

function longest(matches) {
  matches.sort(
    (hit, other) =>
      hit.start - other.start || other.end - hit.end || hit.masked - other.masked || other.weight - hit.weight,
  );
  const chosen = [];
  const seen = new Set();
  let reached = -1;
  const sameSpan = (match) => {
    const last = chosen.findLast(isPositive);
    return last && last.start === match.start && last.end === match.end && last.kind !== match.kind;
  };
  for (const match of matches) {
    const key = JSON.stringify([match.start, match.end, match.term, match.kind, match.taxa, match.about]);
    if (seen.has(key) || (isPositive(match) && match.end <= reached && !sameSpan(match))) continue;
    seen.add(key);
    chosen.push(match);
    if (isPositive(match)) reached = Math.max(reached, match.end);
  }
  return chosen;
}
