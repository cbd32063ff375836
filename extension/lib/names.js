/** The volunteer's names, as found where the page greets them: whether a text or a value tells of them. Pure. */
import { EMAIL, JWT } from './sharers.js';

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/**
 * Patterns that find the volunteer's names in a text. A full name is found in any case, joined or reversed (`Ana
 * Wildgoose`, `wildgoose-ana`); a single word only as it is written, for Jade and Rose are goods, too.
 *
 * @param {string[]} names names, account names, email addresses, numbers, as the page shows them
 * @returns {RegExp[]} one per name, global
 */
export function patterns(names) {
  // The longer first: where "Ana" is taken out of "Ana Wildgoose", nobody finds the rest.
  return names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => {
      const words = name
        .trim()
        .split(/[\s,]+/)
        .filter(Boolean);
      const [start, end] = UNSPACED.test(name) ? ['', ''] : ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'];
      const joined = (list) => list.map(escaped).join('[\\s,._+-]*');
      const plain = words.length === 1 && /^[\p{L}\p{M}'’]+$/u.test(name);
      const either = words.length === 2 ? `(?:${joined(words)}|${joined(words.toReversed())})` : joined(words);
      return new RegExp(`${start}${either}${end}`, plain ? 'gu' : 'giu');
    });
}

/** Whether one of the names stands in a text. */
export const holds = (namePatterns, text) => namePatterns.some((pattern) => text.search(pattern) >= 0);

/** Text hidden as base64, for the tokens that carry an email address. */
function unfolded(value) {
  try {
    return /^[\w+/-]{12,}={0,2}$/.test(value) ? atob(value.replaceAll('-', '+').replaceAll('_', '/')) : '';
  } catch {
    return '';
  }
}

/** Text written as hexadecimal figures. */
function spelledInHex(value) {
  const hex = /^(?:0x)?((?:[0-9a-f]{2}){6,})$/i.exec(value)?.[1] ?? '';
  return hex.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)));
}

/** A value that is percent-encoded once or twice more than others, as it reads. */
function unquoted(value) {
  try {
    return decodeURIComponent(decodeURIComponent(value));
  } catch {
    return '';
  }
}

/** Whether a value names the volunteer or opens a session. In an address, one word alone counts in any case. */
export function identifies(value, namePatterns) {
  const readings = [value, unfolded(value), spelledInHex(value), unquoted(value)];
  return (
    readings.some((text) => JWT.test(text) || EMAIL.test(text) || holds(namePatterns, text)) ||
    namePatterns.some((pattern) => new RegExp(`^${pattern.source}$`, 'iu').test(value))
  );
}
