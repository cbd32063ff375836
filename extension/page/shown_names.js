/**
 * Finds the volunteer's names wherever else they show: in text, on pictures, in what style sheets paint. Adds to
 * `places`; returns the `ranges` of texts, and the `overlays` that cannot be covered without the ad under them.
 */
(globalThis.cyberSpotterPage ??= {}).shownNames = (page, { names, places, texts, controls, addPlace }) => {
  const { doc, view, roots, all, everywhere, tidy, box } = page;
  const MOST = { elements: 400_000, rules: 20_000 };
  const ranges = [];
  const known = [...names];
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
  // A full name in any case, spaced or joined; a single word only as it is written, for Jade and Rose are goods, too.
  const finder = (list, flags) =>
    list.length
      ? new RegExp(
          list
            .map((name) => {
              const inside = name
                .split(/[\s,]+/)
                .filter(Boolean)
                .map(escaped)
                .join('[\\s,._+-]*');
              return unspaced.test(name) ? inside : `(?<![\\p{L}\\p{N}])${inside}(?![\\p{L}\\p{N}])`;
            })
            .join('|'),
          flags,
        )
      : /(?!)/g;
  const isPlain = (name) => /^[\p{L}\p{M}'’]+$/u.test(name);
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  const finders = [
    finder(longestFirst.filter(isPlain), 'gu'),
    finder(
      longestFirst.filter((name) => !isPlain(name)),
      'giu',
    ),
  ];
  const findIn = (text) =>
    finders.flatMap((rule) => Array.from(text.matchAll(rule), (hit) => [hit.index, hit[0].length]));
  const joined = known
    .map((name) =>
      name
        .toLowerCase()
        .split(/[\s,._+-]+/)
        .filter(Boolean),
    )
    .filter((words) => words.length > 1 || words[0]?.length > 4);
  const unfolded = (text) =>
    text.replace(/data:[\w/+.-]*(?:;[\w=-]+)*,([^"')\s]+)/gi, (uri, data) => {
      try {
        return /;base64,/i.test(uri) ? atob(data) : decodeURIComponent(data);
      } catch {
        return uri;
      }
    });
  const holdsName = (written) => {
    const text = written.includes('data:') ? unfolded(written) : written;
    const lower = text.toLowerCase().replace(/%20|\+/g, ' ');
    return (
      findIn(text).length > 0 ||
      joined.some(
        (words) =>
          words.every((word) => lower.includes(word)) &&
          new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s,._+-]*')).test(lower),
      )
    );
  };
  // What lies over the page and carries the name: covered whole, it would take the ad with it.
  const overlays = new Set();
  const share = (element) => {
    const { width, height } = box(element);
    return (width * height) / (view.innerWidth * view.innerHeight);
  };
  const isOverlay = (element) => {
    const { position, pointerEvents } = view.getComputedStyle(element);
    return (
      (pointerEvents === 'none' || /fixed|absolute/.test(position)) &&
      !/^(?:html|body|main|article)$/.test(element.localName) &&
      !element.querySelector('h1,main,article,[itemprop="name"]') &&
      (pointerEvents === 'none' || element.textContent.length < 600)
    );
  };
  const addShown = (element) => {
    if (addPlace(element)) return;
    if (share(element) > 0.3 && isOverlay(element)) overlays.add(element);
    else if (element.matches('img,picture,canvas') && share(element) <= 0.6) places.add(element);
  };
  for (const element of everywhere('[class*="watermark" i],[id*="watermark" i],[data-watermark]')) {
    if (isOverlay(element)) overlays.add(element);
  }
  for (const element of everywhere('body *')) {
    if (share(element) <= 0.3 || overlays.has(element) || !isOverlay(element)) continue;
    const styles = [null, '::before', '::after'].map((part) => view.getComputedStyle(element, part));
    const painted = styles.map(({ backgroundImage, content }) => `${backgroundImage} ${content}`).join(' ');
    // Nothing can be clicked in it, and it is painted: a watermark, whether or not its words can be read.
    const stamped =
      styles[0].pointerEvents === 'none' && (element.matches('canvas,svg') || /url\(|"[^"]{3,}"/.test(painted));
    if (stamped || (known.length && holdsName(painted))) overlays.add(element);
  }
  if (known.length) {
    for (const node of texts) {
      for (const [at, length] of findIn(node.data)) {
        const range = doc.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + length);
        ranges.push(range);
      }
    }
    for (const element of everywhere('*').slice(0, MOST.elements)) {
      if (/^(?:script|style|meta|link|html|head|body)$/.test(element.localName)) continue;
      // A number in the query of every link is not visible; in a path it is the volunteer's page or picture.
      const shows = (name) => {
        const value = element.getAttribute(name);
        const isAddress = /^(?:[?#./]|https?:)/i.test(value) || name === 'srcset';
        return value.length < 3000 && holdsName(isAddress ? value.replace(/[?#][^\s,]*/g, '') : value);
      };
      // A name that runs over several elements: `Ana <b>Wildgoose</b>`.
      const spread = () =>
        element.childElementCount > 0 &&
        element.textContent.length < 300 &&
        findIn(tidy(element.textContent)).length > 0 &&
        !Array.from(element.children).some((child) => findIn(tidy(child.textContent)).length) &&
        !Array.from(element.childNodes).some((child) => child.nodeType === 3 && findIn(child.data).length);
      // Of another site's frame nothing can be read.
      const framed = () => holdsName(element.contentDocument?.body?.textContent.slice(0, 50_000) ?? '');
      if (element.getAttributeNames().some(shows) || spread() || framed()) addShown(element);
    }
    for (const control of controls) {
      if (
        holdsName(control.localName === 'select' ? Array.from(control.options, (option) => option.text).join(' ') : '')
      ) {
        places.add(control);
      }
    }
    let counted = 0;
    for (const root of roots) {
      for (const sheet of [...(root.styleSheets ?? []), ...(root.adoptedStyleSheets ?? [])]) {
        try {
          const rules = Array.from(sheet.cssRules);
          for (let at = 0; at < rules.length && counted < MOST.rules; at += 1, counted += 1) {
            if (rules[at].cssRules?.length) rules.push(...rules[at].cssRules);
            const text = rules[at].selectorText && /content|url\(/.test(rules[at].cssText) ? rules[at].cssText : '';
            if (text && holdsName(text)) {
              all(
                rules[at].selectorText.replace(/::?(?:before|after|marker|placeholder)/g, ''),
                root.host ? root : doc,
              ).forEach(addShown);
            }
          }
        } catch {
          /* a sheet of another origin cannot be read */
        }
      }
    }
  }
  return { known, ranges, overlays };
};
