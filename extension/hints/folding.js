/**
 * A text without its disguises: `server/core/folding.py`, letter for letter (by test). Pure.
 *
 * A view is `{text, starts, ends}`: a folded text, and for each of its UTF-16 units where that stood in the original,
 * in code points; `starts` and `ends` are null where the view is the original letter for letter.
 */
import table from './letters.js';

/** A base with more marks than any language writes is cut here (UAX #15, 13). */
const MAX_MARKS = 30;
/** Characters; a longer unbroken token is an address or noise, no masked word. */
const MAX_TOKEN = 60;
const LEET = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g', '!': 'i', '|': 'i', '@': 'a', $: 's' };
const SKELETON = { ...LEET, l: 'i' };

/** What the browser's own tables do not say: full case folding, and which Latin letter a character looks like. */
const CASE = new Map(Object.entries(table.case));
const LOOKS = new Map(
  Object.entries(table.looks).flatMap(([letter, signs]) => Array.from(signs, (sign) => [sign, letter])),
);

const JOINING =
  '\\u0300-\\u036f\\u0483-\\u0487\\u0653-\\u0655\\u09be\\u09d7\\u0b3e\\u0b56\\u0b57\\u0bbe\\u0bd7' +
  '\\u0cc2\\u0cd5\\u0cd6\\u0d3e\\u0d57' +
  '\\u1160-\\u11ff\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\u3099\\u309a\\ufe20-\\ufe2f';
const RUNS = new RegExp(`((?:[^${JOINING}](?![${JOINING}]))+)|(.?[${JOINING}]{1,${MAX_MARKS}})`, 'gsu');
const JOINS = new RegExp(`^[${JOINING}]`, 'u');
const PIECE = /[a-z0-9@!|$]+/g;
const TOKEN = /[^\s\x1c-\x1f\x85,;:/()[\]{}"?]+/gu;
const EDGE_START = /^(?:[^a-z0-9@!|$]|[@!|$](?![a-z0-9])|\$(?=[0-9]))+/u;
const EDGE_END = /[^a-z0-9]+$/u;
const FIRST_I = /^l[bcdfghjkmnpqrstvwxz]/;
const UNSPACED = '\\u0e00-\\u0e7f\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff';
const WEDGE = new RegExp(
  `(?<=[${UNSPACED}])(?![\\n，。、；：！？,;:!?])[^${UNSPACED}\\na-z]{1,2}(?=[${UNSPACED}])`,
  'gu',
);
/** Format characters, variation selectors, the Arabic stretching stroke and vowel signs carry no word. */
const SILENT = /[\p{Cf}\ufe00-\ufe0f\u0640\u064b-\u0652]/gu;
const ASCII = /^[\x00-\x7f]*$/;

export const isAscii = (text) => ASCII.test(text);
const size = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length);
const swapped = (text) => Array.from(text, (sign) => SKELETON[sign] ?? sign).join('');

const remembered = (compute) => {
  const cache = new Map();
  return (sign) => {
    let value = cache.get(sign);
    if (value === undefined) {
      value = compute(sign);
      if (cache.size > 20_000) cache.clear();
      cache.set(sign, value);
    }
    return value;
  };
};

const foldCase = (text) => Array.from(text, (sign) => CASE.get(sign) ?? sign.toLowerCase()).join('');
/** One character with what joins it, folded natively. */
const nativeOf = (cluster) => foldCase(cluster.normalize('NFKC')).normalize('NFKC').replace(SILENT, '');
/** One natively folded character, read as Latin. */
function latinOf(sign) {
  if (sign <= '\x7f') return sign;
  const letter = LOOKS.get(sign);
  if (letter) return letter;
  const base = Array.from(sign.normalize('NFD'));
  if (base.length > 1) return base.map(latinOf).join('');
  return JOINS.test(sign) ? '' : sign;
}
const nativeSign = remembered(nativeOf);
const latinSign = remembered((sign) => Array.from(nativeSign(sign), latinOf).join(''));

function builder() {
  const view = { text: '', starts: [], ends: [] };
  return {
    view,
    add: (part, start, end) => {
      view.text += part;
      for (let unit = 0; unit < part.length; unit += 1) {
        view.starts.push(start);
        view.ends.push(end);
      }
    },
  };
}

/** @returns {{native: object, latin: object}} the views of a text that serve any script, and readers of Latin */
export function fold(text) {
  if (isAscii(text)) {
    const view = { text: text.toLowerCase(), starts: null, ends: null };
    return { native: view, latin: view };
  }
  const [native, latin] = [builder(), builder()];
  let at = 0;
  for (const [, alone, joined] of text.matchAll(RUNS)) {
    if (alone) {
      for (const sign of alone) {
        native.add(nativeSign(sign), at, at + 1);
        latin.add(latinSign(sign), at, at + 1);
        at += 1;
      }
    } else {
      const end = at + size(joined);
      const folded = nativeOf(joined);
      native.add(folded, at, end);
      latin.add(Array.from(folded, latinOf).join(''), at, end);
      at = end;
    }
  }
  return { native: native.view, latin: latin.view };
}

/** Where `view.text.slice(start, end)` stood in the original, in code points. */
export const spanOf = ({ starts, ends }, start, end) => (starts ? [starts[start], ends[end - 1]] : [start, end]);

/** The letters alone of the Latin view, with figures and look-alike strokes made one: what a masked word equals. */
export const skeleton = (text) => swapped(fold(text).latin.text).replace(/[^\p{L}\p{N}]/gu, '');

/** A view of the units of `view` at `keep`, written as `text` where given. */
const subview = (view, keep, text = keep.map((at) => view.text[at]).join('')) => ({
  text,
  starts: keep.map((at) => view.starts?.[at] ?? at),
  ends: keep.map((at) => view.ends?.[at] ?? at + 1),
});
const squeezed = (view, keep) => subview(view, keep, swapped(keep.map((at) => view.text[at]).join('')));

/** Runs of four or more single letters with up to three signs between: `i.v.o.r.y`, `s.u.n.g t.e`. */
function spelled(view) {
  const pieces = [];
  let run = [];
  const close = () => {
    if (run.length >= 4) pieces.push({ view: squeezed(view, run), tag: false, spelled: true });
    run = [];
  };
  for (const piece of view.text.matchAll(PIECE)) {
    const single = piece[0].length === 1;
    if (
      run.length &&
      (!single || piece.index - run.at(-1) > 4 || view.text.slice(run.at(-1), piece.index).includes('\n'))
    ) {
      close();
    }
    if (single) run.push(piece.index);
  }
  close();
  return pieces;
}

/** Words with figures or signs inside, and hashtags. */
function tokens(view) {
  const pieces = [];
  for (const match of view.text.matchAll(TOKEN)) {
    let [token] = match;
    const length = size(token);
    if (length < 5 || length > MAX_TOKEN || (/^\p{L}+$/u.test(token) && !FIRST_I.test(token))) continue;
    const tag = token.startsWith('#');
    const edge = EDGE_START.exec(token)?.[0].length ?? 0;
    const offset = match.index + edge;
    token = token.slice(edge).replace(EDGE_END, '');
    if (size(token) < 5 || !/[a-z]/.test(token) || !(tag || /[^a-z]/u.test(token) || FIRST_I.test(token))) continue;
    const keep = [];
    for (let at = 0; at < token.length; at += 1) if (/[a-z0-9@!|$]/.test(token[at])) keep.push(offset + at);
    pieces.push({ view: squeezed(view, keep), tag, spelled: false });
  }
  return pieces;
}

/** The pieces that look masked: spelled letter by letter, with figures or signs inside, or run together (`tag`). */
export const unmasked = ({ latin }) => [...spelled(latin), ...tokens(latin)];

/** The native view without what was wedged between letters of Chinese, Japanese or Thai; null if nothing was. */
export function unspaced({ native }) {
  if (isAscii(native.text)) return null;
  const gaps = Array.from(native.text.matchAll(WEDGE));
  if (!gaps.length) return null;
  const keep = [];
  let last = 0;
  for (const gap of [...gaps, null]) {
    for (let at = last; at < (gap?.index ?? native.text.length); at += 1) keep.push(at);
    last = gap ? gap.index + gap[0].length : 0;
  }
  return subview(native, keep);
}
