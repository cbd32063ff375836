/**
 * Finds where a page shows who is looking at it, and their names.
 *
 * Runs in the page (`lib/in_page.js`), after the scripts whose parts it calls. It changes nothing in the page but to
 * hide overlays while a picture is taken. The elements it found stay in `globalThis.cyberSpotterPlaces`, which only
 * code of this extension can see, until `readTree` has left them out of the copy.
 *
 * @param {string[]} [selectors] places that an adapter knows for this platform
 * @param {string[]} [learnt] names that the page has told (`learnNames`)
 * @param {boolean} [hide] whether overlays that cannot be covered without the ad under them (a watermark with the
 *   volunteer's number over the whole window) are hidden until the next call, three seconds at most
 * @param {Document} [doc] the document; the page's own when injected
 * @returns {{names: string[], places: number[][], hidden: number, signed_out: boolean, view: object}} `places` are
 *   `[left, top, width, height]` in CSS pixels of the window; `hidden` counts the overlays; `signed_out`: the page
 *   offers to sign in and nowhere to sign out; `view` is what is needed to find the places in a picture of the window:
 *   `left, top, scale` of a pinch zoom, `width, height` of the window, `inner` its width without the scroll bar, `x, y`
 *   how far it is scrolled, `length` and `href` of the page
 */
(globalThis.cyberSpotterPage ??= {}).findViewer = (selectors = [], learnt = [], hide = false, doc = document) => {
  globalThis.cyberSpotterRestore?.();
  const parts = globalThis.cyberSpotterPage;
  const view = doc.defaultView;
  const { roots, custom, all, tidy, closest } = parts.treeOf(doc, 400_000);
  const everywhere = (selector) => roots.flatMap((root) => all(selector, root));
  const tokens = (element) =>
    ['id', 'class', 'data-testid', 'name']
      .map((name) => element.getAttribute(name))
      .concat(element.localName.includes('-') ? element.localName : [])
      .filter(Boolean)
      .join(' ')
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .slice(0, 600);
  const spoken = (element) =>
    ['aria-label', 'title', 'alt']
      .map((name) => element.getAttribute(name))
      .filter(Boolean)
      .map(tidy);
  const box = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height };
  };
  const found = { doc, view, roots, custom, all, everywhere, tidy, closest, tokens, spoken, box };
  const reader = { ...found, ...parts.accountPatterns() };
  const account = parts.accountIn(reader, selectors, learnt);
  const { places, lines, signedOut } = account;
  const { known, ranges, overlays } = parts.shownNames(reader, account);

  if (hide && overlays.size) {
    const before = [...overlays].map((element) => [
      element,
      element.style.getPropertyValue('visibility'),
      element.style.getPropertyPriority('visibility'),
      element.hasAttribute('style'),
    ]);
    overlays.forEach((element) => element.style.setProperty('visibility', 'hidden', 'important'));
    const timer = setTimeout(() => globalThis.cyberSpotterRestore?.(), 3000);
    globalThis.cyberSpotterRestore = () => {
      clearTimeout(timer);
      delete globalThis.cyberSpotterRestore;
      for (const [element, value, priority, styled] of before) {
        element.style.setProperty('visibility', value, priority);
        if (!styled) element.removeAttribute('style');
      }
    };
  }

  globalThis.cyberSpotterPlaces = new Set([...places, ...lines]);
  const pad = 3;
  const whole = (node) => {
    const range = doc.createRange();
    range.selectNodeContents(node);
    return range;
  };
  const rects = [...places, ...[...lines].map(whole), ...ranges]
    .flatMap((target) => {
      // Several boxes: a name that runs over two lines.
      const boxes =
        'startContainer' in target
          ? Array.from(target.getClientRects?.() ?? [])
          : [target, ...(target.children ? all('*', target).slice(0, 200) : [])].map(box);
      return boxes.map(({ left: x, top, width, height }) => [x - pad, top - pad, width + 2 * pad, height + 2 * pad]);
    })
    .filter(
      ([x, top, width, height]) =>
        width > 2 * pad &&
        height > 2 * pad &&
        x < view.innerWidth &&
        top < view.innerHeight &&
        x + width > 0 &&
        top + height > 0,
    );
  const zoom = view.visualViewport;
  const page = doc.documentElement;
  return {
    names: known,
    hidden: overlays.size,
    signed_out: signedOut,
    places: rects.map((rect) => rect.map((side) => Math.round(side * 10) / 10)),
    view: {
      left: zoom?.offsetLeft ?? 0,
      top: zoom?.offsetTop ?? 0,
      scale: zoom?.scale ?? 1,
      width: view.innerWidth,
      height: view.innerHeight,
      inner: page.clientWidth || view.innerWidth,
      x: view.scrollX,
      y: view.scrollY,
      length: Math.max(page.scrollHeight, doc.body?.scrollHeight ?? 0),
      href: view.location.href,
    },
  };
};
