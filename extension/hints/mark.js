/**
 * Runs on pages of registered platforms once marks are switched on: finds listings in what the page shows, has their
 * words judged by the extension's worker, and puts a quiet mark on those that match. Registered by `switch.js`; a
 * script of its own, for the browser loads no modules here.
 *
 * Nothing of the page leaves the browser. All marks stand in one closed shadow root beside the page's body, out of its
 * layout, so that nothing moves and the page cannot read which listings are marked or why. The page's main thread is
 * used in idle slices; what was used is counted in `spent`. Pages are hostile: members of the document and of forms are
 * reached through the browser's own prototypes, and everything is counted.
 *
 * It is registered and run as one file, so it is longer than others here.
 */
(() => {
  if (globalThis.cyberSpotterHints) return;
  const MOST = {
    links: 3000,
    listings: 1000,
    marks: 300,
    text: 600,
    pieces: 120,
    depth: 10,
    together: 100,
    slice: 4,
    pause: 500,
    spent: 200,
  };
  const api = globalThis.browser ?? globalThis.chrome;
  const getter = (kind, name) => {
    const { get } = Object.getOwnPropertyDescriptor(kind.prototype, name);
    return (node) => get.call(node);
  };
  const [parentOf, firstOf, nextOf] = [
    [Node, 'parentElement'],
    [Node, 'firstChild'],
    [Node, 'nextSibling'],
  ].map((each) => getter(...each));
  const root = getter(Document, 'documentElement');
  const make = (name, space) =>
    space
      ? Document.prototype.createElementNS.call(document, space, name)
      : Document.prototype.createElement.call(document, name);
  const anchors = () => Document.prototype.querySelectorAll.call(document, 'a[href]');
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

  // --- Which listings the page shows ---------------------------------------------------------------------------------

  /** Addresses of single listings on sites that no adapter tells of. */
  const ANY = /\d{6,}|\/(?:dp|itm|items?|listings?|products?|p|pd|ad|ads|gp|post|lot)\/[^/?]/i;
  let config = null;
  const ADDRESS = /^(https?:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?/;
  const [, site, ownPath, ownSearch = ''] = ADDRESS.exec(location.href) ?? [];
  /**
   * The key of the listing that a link leads to; null when it leads to none. The address is read once: each of its
   * parts would make the browser parse it again.
   */
  function keyOf(anchor) {
    const { href } = anchor;
    const [, origin, pathname, search = ''] = (typeof href === 'string' && ADDRESS.exec(href)) || [];
    if (pathname === undefined || (pathname === ownPath && search === ownSearch && origin === site)) return null;
    for (const pattern of config.listing) {
      const groups = pattern.exec(pathname + search)?.groups;
      if (groups) return groups.id2 ? `${groups.id}-${groups.id2}` : groups.id;
    }
    return !config.listing.length && origin === site && ANY.test(pathname) ? pathname : null;
  }

  const STOP = new Set(['body', 'html', 'main', 'ul', 'ol', 'section', 'table', 'tbody', 'nav', 'header', 'footer']);
  /** A listing's card: the largest element around its links that holds no other listing's. */
  function cardsOf(links) {
    const claims = new Map();
    for (const [anchor, key] of links) {
      for (
        let node = anchor, depth = 0;
        node && depth <= MOST.depth && !STOP.has(node.localName);
        node = parentOf(node), depth += 1
      ) {
        const claimed = claims.get(node);
        if (claimed === key || claimed === null) break;
        claims.set(node, claimed === undefined ? key : null);
      }
    }
    const cards = new Map();
    for (const [anchor, key] of links) {
      if (cards.has(key)) continue;
      let card = anchor;
      for (let up = parentOf(anchor); up && claims.get(up) === key; up = parentOf(up)) card = up;
      cards.set(key, card);
    }
    return cards;
  }

  const INLINE = new Set(['b', 'strong', 'i', 'em', 'mark', 'font', 'u', 'wbr', 'span', 'a']);
  const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'svg', 'select', 'textarea']);
  /** The words of a card; parts that stand apart get lines of their own. */
  function wordsOf(card) {
    const parts = [];
    let length = 0;
    const read = (node) => {
      for (
        let child = firstOf(node);
        child && parts.length < MOST.pieces && length < MOST.text;
        child = nextOf(child)
      ) {
        if (child.nodeType === 3) {
          parts.push(child.data);
          length += child.data.trim().length;
        } else if (child.nodeType === 1 && !UNSEEN.has(child.localName)) {
          const apart = !INLINE.has(child.localName);
          if (apart) parts.push('\n');
          if (child.localName === 'img') parts.push(child.getAttribute('alt') ?? '');
          else read(child);
          if (apart) parts.push('\n');
        }
      }
    };
    if (card.localName === 'a') parts.push(card.getAttribute('aria-label') ?? card.getAttribute('title') ?? '', '\n');
    read(card);
    return parts
      .join('')
      .replace(/\s*\n\s*/g, '\n')
      .trim()
      .slice(0, MOST.text);
  }

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
      const key = keyOf(anchor);
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

  // --- Marks ---------------------------------------------------------------------------------------------------------

  const DOT =
    'position:absolute;inset:0 auto auto 0;box-sizing:border-box;width:24px;height:24px;margin:0;' +
    'padding:3px;border:0;border-radius:50%;cursor:help;' +
    'color:light-dark(#12535C,#7FCFCB);background:light-dark(#FFFFFF,#19211F);' +
    'box-shadow:0 0 0 1px light-dark(#7A837D,#74837C);outline:0;';
  const TIP =
    'position:fixed;inset:auto;margin:0;box-sizing:border-box;width:max-content;padding:10px 12px;' +
    'border:1px solid light-dark(#7A837D,#74837C);' +
    'border-radius:8px;color:light-dark(#1B2421,#E9EEEA);background:light-dark(#FFFFFF,#19211F);' +
    'font:400 14px/1.4 system-ui,sans-serif;text-align:start;overflow-wrap:anywhere;' +
    'box-shadow:0 4px 16px rgb(0 0 0/.25);';
  const SVG = 'http://www.w3.org/2000/svg';
  const styled = (element, style) => {
    element.style.cssText = style;
    return element;
  };

  function dot() {
    const button = styled(make('button'), DOT);
    button.setAttribute('type', 'button');
    const svg = make('svg', SVG);
    for (const [name, value] of [
      ['viewBox', '0 0 28 28'],
      ['width', '18'],
      ['height', '18'],
      ['aria-hidden', 'true'],
      ['style', 'display:block'],
    ]) {
      svg.setAttribute(name, value);
    }
    for (const [radius, ring] of [
      [10, true],
      [4, false],
    ]) {
      const circle = make('circle', SVG);
      const shape = {
        cx: 14,
        cy: 14,
        r: radius,
        ...(ring
          ? {
              fill: 'none',
              stroke: 'currentColor',
              'stroke-width': 4,
              'stroke-dasharray': '11.7 4',
              'stroke-dashoffset': -2,
            }
          : { fill: 'currentColor' }),
      };
      for (const [name, value] of Object.entries(shape)) circle.setAttribute(name, value);
      svg.append(circle);
    }
    button.append(svg);
    return button;
  }

  /** Marks stand where reading begins on this page, whatever the language they speak. */
  const backwards = /^rtl$/i.test(root(document)?.getAttribute('dir') ?? '');
  let host = null;
  let pattern = null;
  let group = null;
  let tip = null;
  let observer = null;
  /** The one element beside the page's body; made when there is something to mark. */
  function createHost() {
    if (host) {
      if (!host.isConnected) root(document).append(host);
      return;
    }
    host = styled(
      make('div'),
      'all:initial!important;display:block!important;position:absolute!important;' +
        'inset:0 auto auto 0!important;width:0!important;height:0!important;z-index:5!important;' +
        'color-scheme:light dark!important;',
    );
    state.shadow = host.attachShadow({ mode: 'closed' });
    group = make('div');
    for (const [name, value] of [
      ['role', 'group'],
      ['aria-label', config.region],
      ['lang', config.lang],
      ['dir', config.dir],
    ]) {
      group.setAttribute(name, value);
    }
    tip = styled(make('div'), TIP);
    for (const [name, value] of [
      ['role', 'tooltip'],
      ['popover', 'manual'],
      ['id', 'why'],
    ]) {
      tip.setAttribute(name, value);
    }
    group.append(tip);
    state.shadow.append(group);
    // Until a mark has its place it takes none and is not shown; the browser tells when the card is laid out.
    pattern = dot();
    pattern.style.visibility = 'hidden';
    const markOf = (event) => event.target.closest?.('button');
    const on = (name, work) => state.shadow.addEventListener(name, measured(work));
    on('pointerover', (event) =>
      markOf(event) ? show(markOf(event)) : event.target.closest('[popover]') && clearTimeout(tip.leaving),
    );
    on('pointerout', () => {
      tip.leaving = setTimeout(() => shownFor !== focused && hide(), 250);
    });
    on('focusin', (event) => {
      if (markOf(event)) show((focused = markOf(event)), true);
    });
    on('focusout', () => {
      focused = null;
      hide();
    });
    on('click', (event) => {
      if (markOf(event)) show(markOf(event));
    });
    // Events on a mark are not the page's to handle.
    for (const name of ['click', 'pointerdown', 'mousedown', 'keydown', 'keyup']) {
      on(name, (event) => event.stopPropagation());
    }
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Escape' && shownFor) hide();
      },
      true,
    );
    root(document).append(host);
    observer = new IntersectionObserver(measured(place));
    addEventListener('resize', measure);
    for (const name of ['scroll', 'load', 'transitionend', 'animationend', 'toggle']) {
      addEventListener(
        name,
        (event) => {
          if (event.target !== document || name !== 'scroll') measure();
        },
        { capture: true, passive: true },
      );
    }
    new ResizeObserver(measure).observe(root(document));
  }
  let waiting = 0;
  let focused = null;
  let shownFor = null;
  const keys = new WeakMap();

  function mark(key, card, { title, lines }) {
    if (state.marks.size >= MOST.marks || state.marks.has(key) || !card.isConnected) return;
    createHost();
    const button = pattern.cloneNode(true);
    button.setAttribute('aria-label', [title, ...lines].join('. '));
    state.marks.set(key, { card: null, button, title, lines, at: '', shown: false });
    group.append(button);
    moveTo(state.marks.get(key), card, key);
  }

  function moveTo(mark, card, key = keys.get(mark.card)) {
    if (mark.card) observer.unobserve(mark.card);
    mark.card = card;
    keys.set(card, key);
    measure();
  }

  function drop(key) {
    const mark = state.marks.get(key);
    if (!mark) return;
    if (shownFor === mark.button) hide();
    observer.unobserve(mark.card);
    mark.button.remove();
    state.marks.delete(key);
  }

  /**
   * Measures all marked cards, once per frame. The observer reports after the browser's own layout, so none is forced,
   * as asking for a box would.
   */
  function measure() {
    waiting ||= requestAnimationFrame(
      measured(() => {
        waiting = 0;
        if (!state.marks.size) return;
        if (!host.isConnected) root(document).append(host);
        observer.disconnect();
        observer.observe(host);
        for (const { card } of state.marks.values()) observer.observe(card);
      }),
    );
  }

  /**
   * Puts marks on the upper corner of their cards. Entries without the host's own come of scrolling: nothing moved
   * against it then.
   */
  function place(entries) {
    const from = entries.findLast((entry) => entry.target === host)?.boundingClientRect;
    for (const {
      target,
      boundingClientRect: box,
      intersectionRect: rest,
      rootBounds: view,
      isIntersecting,
    } of entries) {
      const mark = state.marks.get(keys.get(target));
      if (mark?.card !== target) continue;
      const inView =
        !view || (box.bottom > view.top && box.top < view.bottom && box.right > view.left && box.left < view.right);
      // A corner cut off by a part that scrolls, not by the edge of the view, has no mark: it would lie on something
      // else.
      const cut =
        view &&
        box.top >= view.top &&
        box.left >= view.left &&
        box.right <= view.right &&
        Math.max(rest.top - box.top, backwards ? box.right - rest.right : rest.left - box.left) > 14;
      const shown = box.width > 0 && box.height > 0 && ((isIntersecting && !cut) || !inView);
      const side = backwards ? box.right - 28 : box.left + 4;
      const at = from
        ? `translate(${Math.round(side - from.left)}px,${Math.round(box.top + 4 - from.top)}px)`
        : mark.at;
      if (at !== mark.at) mark.button.style.transform = at;
      if (shown !== mark.shown) mark.button.style.visibility = shown ? 'visible' : 'hidden';
      Object.assign(mark, { at, shown });
    }
  }

  function show(button, ring = false) {
    clearTimeout(tip.leaving);
    if (ring && button.matches(':focus-visible')) button.style.boxShadow = '0 0 0 3px light-dark(#0B6BCB,#8CC4FF)';
    if (shownFor === button) return;
    if (shownFor) hide();
    const mark = Array.from(state.marks.values()).find((each) => each.button === button);
    if (!mark) return;
    const head = styled(make('strong'), 'display:block;font-weight:650;');
    head.textContent = mark.title;
    tip.replaceChildren(
      head,
      ...mark.lines.map((line) => {
        const reason = styled(make('div'), 'margin-block-start:4px;unicode-bidi:plaintext;');
        reason.textContent = line;
        return reason;
      }),
    );
    shownFor = button;
    // The page's part of the window: what a scroll bar takes is not in it.
    const wide = (visualViewport?.width ?? innerWidth) * (visualViewport?.scale ?? 1);
    tip.style.maxWidth = `${Math.min(320, wide - 16)}px`;
    tip.showPopover();
    const [at, box] = [button.getBoundingClientRect(), tip.getBoundingClientRect()];
    const left = Math.max(8, Math.min(backwards ? at.right - box.width : at.left, wide - box.width - 8));
    const below = at.bottom + 6 + box.height <= innerHeight || at.top < box.height + 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${below ? at.bottom + 6 : at.top - 6 - box.height}px`;
  }

  function hide() {
    if (shownFor) shownFor.style.boxShadow = '0 0 0 1px light-dark(#7A837D,#74837C)';
    shownFor = null;
    tip.hidePopover();
  }

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
