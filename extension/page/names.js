/**
 * Learns from the page who is looking at it: what its state, its data and its sentences say of the signed-in person.
 *
 * Runs in the page (`lib/in_page.js`), after the scripts whose parts it calls. It changes nothing in the page. What is
 * the volunteer's own (their chat, review, bid, delivery line) stays in `globalThis.cyberSpotterOwn`, which only code
 * of this extension can see, for `findViewer`, which covers it. Whether a part ended before it had seen everything
 * stays in `globalThis.cyberSpotterLate`.
 *
 * Evidence has two strengths. What can only be the signed-in person (`currentUser`, "You (name) are the highest
 * bidder") makes a name by itself. What may be a phrase of the ad ("Name, still interested?") covers its own place, and
 * makes a name only when a second place says the same.
 *
 * @param {Document} [doc]
 * @param {number} [budget] milliseconds for each costly part
 * @returns {string[]} names, account names and numbers, email addresses, telephone numbers, streets
 */
(globalThis.cyberSpotterPage ??= {}).learnNames = (doc = document, budget = 500) => {
  const parts = globalThis.cyberSpotterPage;
  // A page that is larger waits for the search that has more time.
  const MOST = { elements: 80 * budget, texts: 40 * budget, ms: budget };
  // For each part by itself, so that a long one takes nothing from the next.
  let began = Date.now();
  let late = false;
  const isLate = () => {
    const over = Date.now() - began > MOST.ms;
    late ||= over;
    return over;
  };
  const missed = () => {
    late = true;
  };
  const nextPart = () => {
    began = Date.now();
  };
  const { roots, all, tidy, closest, size } = parts.treeOf(doc, MOST.elements);
  if (size > MOST.elements) missed();
  const everywhere = (selector) => roots.flatMap((root) => all(selector, root)).slice(0, MOST.elements);
  const shapes = parts.nameShapes(tidy);
  const { plausible, telling, LABEL } = shapes;
  const tokens = (element) =>
    ['id', 'class', 'data-testid', 'data-test', 'data-qa', 'role']
      .map((name) => element.getAttribute(name))
      .filter(Boolean)
      .join(' ')
      .slice(0, 600)
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase();
  const CONTRIBUTION = new RegExp(
    String.raw`(?:^|[^a-z])(?:comments?|reviews?|ratings?|feedbacks?|questions?|answers?|repl(?:y|ies)|messages?|` +
      String.raw`msg|bubbles?|bids?|bidders?|bid-history|offers?|posts?|threads?|chats?|conversations?|qa|q-and-a|` +
      String.raw`testimonials?|discussions?|kommentare?|bewertung(?:en)?|avis|opini(?:on|ón)(?:es)?)(?:[^a-z]|$)`,
  );
  const SELLER = ['seller', 'vendor', 'advertiser', 'dealer', 'poster', 'author', 'owner', 'merchant', 'shop']
    .map((name) => `[class*="${name}" i],[id*="${name}" i],[itemprop*="${name}" i],[data-testid*="${name}" i]`)
    .join();
  const heading = tidy(
    [
      ...everywhere('h1').map((element) => element.textContent),
      ...everywhere('meta[property="og:title"]').map((element) => element.content),
    ].join(' '),
  ).toLowerCase();
  const path = decodeURIComponent(doc.location?.pathname?.replace(/%(?![\da-f]{2})/gi, '%25') ?? '').toLowerCase();

  const strong = new Set();
  const weak = new Map();
  const own = new Set();
  const learn = (value) => {
    const name = plausible(value);
    // A single word of the heading belongs to the ad: Jade, Rose. So does a number of the address.
    if (!name || (!telling(name) && heading.includes(name.toLowerCase()))) return;
    if (/^\d+$/.test(name) && (name.length < 5 || path.includes(name))) return;
    strong.add(name);
  };
  const suspect = (value, sign) => {
    const name = plausible(value);
    if (!name || LABEL.test(name) || heading.includes(name.toLowerCase())) return;
    weak.set(name, (weak.get(name) ?? new Set()).add(sign));
  };

  const page = {
    ...shapes,
    ...{ doc, roots, all, everywhere, tidy, closest, tokens, heading, path, MOST, isLate, missed, own, learn, suspect },
    ...{ CONTRIBUTION, SELLER },
  };
  parts.learnFromState(page);
  parts.learnFromData(page);
  const patterns = {
    ...parts.sentencePatterns(shapes.NAME),
    ...parts.accountSentences(shapes.NAME, parts.accountPatterns()),
  };
  nextPart();
  const { ask, cover, greeted, alone } = parts.learnFromSentences(page, patterns);
  nextPart();
  parts.learnFromOwnWords(page, patterns, cover);
  parts.learnFromChats(page, { ask, cover });

  for (const [name, places] of weak) {
    // Greeted as "Tilda", she is the "Tilda Waxwing" whose name stands alone somewhere.
    const whole = greeted.has(name) ? [...alone].filter((each) => each.startsWith(`${name} `)) : [];
    whole.forEach(learn);
    if (whole.length || places.size > 1 || [...strong].some((each) => each.startsWith(`${name} `))) learn(name);
  }
  globalThis.cyberSpotterOwn = own;
  globalThis.cyberSpotterLate = late;
  return [...strong].slice(0, 200);
};
