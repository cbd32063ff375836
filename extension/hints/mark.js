/**
 * Runs on pages of registered platforms once marks are switched on: finds listings in what the page shows, has their
 * words judged by the extension's worker, and puts a quiet mark on those that match. Registered by `switch.js`, after
 * the scripts whose parts it calls, for the browser loads no modules here.
 *
 * Nothing of the page leaves the browser. The page's main thread is used in idle slices; what was used is counted in
 * `spent`. Pages are hostile, so everything is counted.
 */
(() => {
  if (globalThis.cyberSpotterHints) return;
  const MOST = { links: 3000, listings: 1000, together: 100, slice: 4, pause: 500, spent: 200 };
  const api = globalThis.browser ?? globalThis.chrome;
  const parts = globalThis.cyberSpotterPage;
  const native = parts.native();
  const { root, anchors } = native;
  const { keyOf, cardsOf, wordsOf } = parts.cards(native);
  const ask = (message) => api.runtime.sendMessage({ type: 'hints', ...message }).catch(() => null);
  const idle = globalThis.requestIdleCallback
    ? (work) => requestIdleCallback(work, { timeout: 1000 })
    : (work) => setTimeout(work, 50);

  const state = { spent: 0, longest: 0, listings: 0, marks: new Map(), shadow: null };
  globalThis.cyberSpotterHints = state;
  /** Counts what is used of the page's main thread. */
  const measured =
    (work) =>
    (...args) => {
      const began = performance.now();
      try {
        return work(...args);
      } finally {
        const took = performance.now() - began;
        state.spent += took;
        state.longest = Math.max(state.longest, took);
      }
    };

  let config = null;
  const { mark, moveTo, drop, measure } = parts.dots(native, state, measured, () => config);

  /** The keys already read, each with its words: a list that is refilled in place is read again. */
  const seen = new Map();
  let running = false;
  let again = false;

  /** Searches the page in idle slices, and has new cards judged. */
  function look() {
    if (running) {
      again = true;
      return;
    }
    if (!config || state.spent > MOST.spent || seen.size > MOST.listings) return;
    running = true;
    const steps = work();
    const slice = measured((deadline) => {
      const began = performance.now();
      while (!steps.next().done) {
        if (
          performance.now() - began > MOST.slice ||
          (deadline?.timeRemaining && !deadline.didTimeout && deadline.timeRemaining() < 1)
        ) {
          idle(slice);
          return;
        }
      }
      running = false;
      if (again) later();
    });
    idle(slice);
  }

  function* work() {
    const links = [];
    for (const anchor of Array.prototype.slice.call(anchors(), 0, MOST.links)) {
      const key = keyOf(anchor, config.listing);
      if (key) links.push([anchor, key]);
      if (links.length % 50 === 0) yield;
    }
    const cards = cardsOf(links);
    yield;
    let batch = [];
    for (const [key, card] of cards) {
      const words = wordsOf(card);
      if (words && seen.get(key) !== words) {
        drop(key);
        seen.set(key, words);
        batch.push([key, card, words]);
      } else if (state.marks.has(key) && state.marks.get(key).card !== card) {
        moveTo(state.marks.get(key), card);
      }
      if (batch.length >= MOST.together) {
        judge(batch);
        batch = [];
      }
      yield;
    }
    for (const key of [...state.marks.keys()]) if (!cards.has(key)) drop(key);
    if (batch.length) judge(batch);
    if (state.marks.size) measure();
    state.listings = seen.size;
  }

  const judge = (batch) =>
    ask({ texts: batch.map(([, , words]) => words), lang: document.documentElement.lang }).then(
      measured((answers) => {
        if (Array.isArray(answers)) {
          batch.forEach(
            ([key, card, words], at) => answers[at] && seen.get(key) === words && mark(key, card, answers[at]),
          );
        }
      }),
    );

  // --- The page's life -----------------------------------------------------------------------------------------------

  let pause = 0;
  function later() {
    again = false;
    clearTimeout(pause);
    pause = setTimeout(look, MOST.pause);
  }

  ask({}).then((answer) => {
    if (!answer) return;
    config = { ...answer, listing: answer.listing.map((each) => new RegExp(each)) };
    look();
    new MutationObserver((changes) => {
      if (changes.some((each) => each.target !== root(document))) later();
    }).observe(root(document), { subtree: true, childList: true, attributes: true, attributeFilter: ['href'] });
  });
})();
