/** What a text's words make one suspect: `server/ledger/species/judging.py`, weight for weight (by test). Pure. */

/** Code points between two words that are read together: about six words. */
const NEAR = 40;
/** A word of at most this weight has innocent senses, which words beside it can name. */
const PLAIN = 0.5;
/** An animal's own name: a figure can be of it; "ivory", what a figure can be made of, weighs more. */
const SHOWN = 0.4;
/** Code points between a name and what it is a figure of. */
const TOUCHING = 10;
const MASKED = 0.5;
const BESIDE = { goods: 0.6, live: 0.45, real: 0.35, offer: 0.25 };
const NAMED = 0.9;
const ELSEWHERE = 0.4;
const ECHO = 0.25;
const BARE = 0.5;
const PLAINLY = 0.9;
/** What news and teaching take from an ad that plainly offers nothing, and that is loud with them. */
const INFORMS = 0.5;
const INFORMS_LOUDLY = 0.8;
/** What their words must weigh together; to be loud; to be louder than a word of offer. */
const ENOUGH = 1;
const LOUD = 2;
const LOUDER = 3;
/** A word of this weight is of somebody who sells: "for sale", "genuine". */
const SELLS = { offer: PLAINLY, real: 0.6 };

const isAgainst = (match) => match.kind === 'against';
const appliesTo = (against, word) =>
  !(against.about === 'figure' && word.weight > SHOWN) &&
  (!against.taxa.length || against.taxa.some((taxon) => word.taxa.includes(taxon)));
const inOrder = (matches) => [...matches].sort((a, b) => a.start - b.start);
/** Rounded as Python does: half to even. Only odd sixteenths lie exactly between two thousandths. */
const rounded = (value) => Number((value - ((value * 16) % 4 === 1 ? 0.0005 : 0)).toFixed(3));

/**
 * @param {object[]} matches of `matching.js`, for one text
 * @returns {{taxon: string, score: number, words: object[]}[]} what the text makes one suspect, strongest first. A
 *   score is 0 to 1, no probability and no verdict.
 */
export function judge(matches) {
  const claims = inOrder(matches.filter((each) => each.about === 'real'));
  // "Not plastic" is a claim to be real: words against that the ad itself denies do not count.
  const positive = inOrder(matches.filter((each) => each.kind === 'taxon' || each.kind === 'trade'));
  // Nor do those, and those of news and teaching, that are only part of a longer word for: "feed" of "hand-fed".
  const isDenied = (each) => {
    if (!isAgainst(each)) return ['news', 'teaching'].includes(each.about) && isPart(each, positive);
    if (each.reach === 'phrase') return false;
    return phraseAround(each, claims) || (!tellsApart(each) && isPart(each, positive));
  };
  const relevant = matches.filter((each) => !isDenied(each));
  const [phrases, beside] = ['phrase', 'near'].map((reach) =>
    inOrder(relevant.filter((each) => each.reach === reach && isAgainst(each))),
  );
  const words = relevant.filter((each) => each.taxa.length && !isAgainst(each));
  const cues = new Map();
  for (const cue of inOrder(
    relevant.filter((each) => !each.taxa.length && each.kind === 'trade' && each.about && !phraseAround(each, phrases)),
  )) {
    cues.set(cue.about, [...(cues.get(cue.about) ?? []), cue]);
  }
  const denials = new Map(words.map((word) => [word, phraseAround(word, phrases) ?? nearest(word, beside)]));
  // A "trade ban" is on the very thing that an ad may offer: news tells nothing of the word elsewhere.
  const echoes = (denial) => denial?.reach === 'phrase' && denial.about !== 'news';
  const echoed = new Set(words.filter((word) => echoes(denials.get(word))).map((word) => word.term));
  const evidence = new Map();
  for (const [word, denial] of denials) {
    if (denial && denial.weight >= 1) continue;
    const weight = word.weight * (denial ? 1 - denial.weight : echoed.has(word.term) ? ECHO : 1);
    for (const taxon of word.taxa) {
      if (!evidence.has(taxon)) evidence.set(taxon, new Map());
      const byTerm = evidence.get(taxon);
      if (weight > (byTerm.get(word.term)?.[0] ?? 0)) byTerm.set(word.term, [weight, word]);
    }
  }
  const told = informing(relevant);
  const sells =
    told < LOUDER && matches.some((each) => each.weight >= (SELLS[each.about] ?? 2) && !phraseAround(each, phrases));
  const informs = told >= LOUD ? INFORMS_LOUDLY : INFORMS;
  const wholeText = againstTheWhole(relevant.filter((each) => !(sells && each.about === 'news')), inOrder(words));
  return Array.from(evidence, ([taxon, weighted]) => {
    let total = weigh([...weighted.values()], cues);
    const own = Array.from(weighted.values()).some(([, word]) => word.kind === 'taxon' || word.weight >= NAMED);
    for (const [word, share] of wholeText) {
      if (appliesTo(word, { taxa: [taxon] }) && !(own && tellsApart(word))) total = reduced(total, share);
    }
    if (told && !sells) total = reduced(total, informs);
    return { taxon, score: rounded(total), words: inOrder(Array.from(weighted.values(), ([, word]) => word)) };
  }).sort((a, b) => b.score - a.score);
}

/** What the words for one taxon, and the cues around them, amount to. Each adds to what is left to doubt. */
function weigh(weighted, cues) {
  const names = weighted.filter(([, word]) => word.kind === 'taxon').map(([weight]) => weight);
  let doubt = names.length ? 1 - Math.max(...names) : 1; // two names of one taxon say no more than one
  for (const [weight, word] of weighted) if (word.kind === 'trade') doubt *= 1 - weight;
  const strongest = Math.max(...weighted.map(([weight]) => weight));
  const hidden = weighted.some(([, word]) => word.masked);
  if (hidden) doubt *= 1 - MASKED;
  for (const [about, cuesOfKind] of cues) {
    const close = weighted.map(([, word]) => nearest(word, cuesOfKind, true)).find(Boolean);
    doubt *= 1 - BESIDE[about] * (close ?? cuesOfKind[0]).weight * (close ? 1 : ELSEWHERE) * Math.min(1, strongest * 2);
  }
  const offered = (cues.get('offer') ?? []).some((cue) => cue.weight >= PLAINLY);
  const bare = names.length === weighted.length && !hidden && !offered && !cues.has('goods') && !cues.has('live');
  return (1 - doubt) * (bare ? BARE : 1);
}

/** A word against lowers the odds, so much evidence is not undone by one word. */
function reduced(total, share) {
  const odds = (total / Math.max(1 - total, 1e-9)) * (1 - share) ** 2;
  return odds / (1 + odds);
}

/** The words against the whole ad, each once, and how much each takes: less when it stands far from any word. */
function againstTheWhole(matches, words) {
  const strongestByTerm = new Map();
  for (const match of matches.filter((each) => each.reach === 'ad' && isAgainst(each))) {
    const close = !words.length || tellsApart(match) || nearest(match, words, true);
    const share = match.weight * (close ? 1 : ELSEWHERE);
    if (share > (strongestByTerm.get(match.term)?.[1] ?? 0)) strongestByTerm.set(match.term, [match, share]);
  }
  return [...strongestByTerm.values()];
}

/** What the words of a text that informs (news of a seizure, a lesson) weigh together; 0 where it does not. */
function informing(matches) {
  for (const about of ['news', 'teaching']) {
    const telling = matches.filter((each) => each.about === about && !isAgainst(each));
    const heard = new Map(telling.map((each) => [each.term, each.weight]));
    const told = [...heard.values()].reduce((sum, weight) => sum + weight, 0);
    if (told >= ENOUGH) return told;
  }
  return 0;
}

/** Whether it stands in a word of `longer` (in order) that goes on to its left or right. */
function isPart(match, longer) {
  const last = countUpTo(longer, match.start, true);
  return longer
    .slice(Math.max(0, last - 4), last)
    .some((each) => each.end >= match.end && each.end - each.start > match.end - match.start);
}

/** Whether it names something that is not of its taxa: mammoth ivory is no elephant's, wherever the ad says so. */
const tellsApart = (word) => word.weight >= 1 && (word.taxa ?? []).length > 0;

/** The last of `others` (in order) that start at or before `at`; their number. */
const countUpTo = (others, at, inclusive) => {
  const end = others.findIndex((each) => (inclusive ? each.start > at : each.start >= at));
  return end < 0 ? others.length : end;
};

/** The against-phrase that `word` is part of; of an imitation, also that it begins in: "faux ivory carving". */
function phraseAround(word, phrases) {
  for (const phrase of phrases.slice(Math.max(0, countUpTo(phrases, word.start, true) - 4))) {
    if (phrase.start > word.start) return null;
    const whole = word.end <= phrase.end || (phrase.about === 'fake' && word.start < phrase.end);
    if (whole && appliesTo(phrase, word)) return phrase;
  }
  return null;
}

/** The nearest of `others` within reach of `word`. Only plain words can be denied so; `anyWeight` is for cues. */
function nearest(word, others, anyWeight = false) {
  if (!anyWeight && word.weight > PLAIN) return null;
  const first = countUpTo(others, word.start - NEAR - 40, false);
  let best = null;
  for (const other of others.slice(first, first + 60)) {
    if (other.start > word.end + NEAR) break;
    const gap = Math.max(other.start - word.end, word.start - other.end, 0);
    const reach = other.about === 'figure' ? TOUCHING : NEAR;
    if (gap <= reach && (anyWeight || appliesTo(other, word)) && (!best || gap < best.gap)) best = { gap, other };
  }
  return best?.other ?? null;
}
