/**
 * How a page is read that may be hostile. It can name the parts of its forms like the members of an element (`<input
 * name=children>`), so members are read through the browser's own prototypes. It can be endless, deep or slow, so
 * everything is counted and `MOST.ms` ends the costly parts early. A part that fails leaves the others whole.
 */
(globalThis.cyberSpotterPage ??= {}).readerOf = (doc) => {
  const MOST = {
    ms: 1200,
    elements: 60_000,
    text: 25_000,
    nodes: 400,
    members: 20_000,
    depth: 8,
    prices: 80,
    images: 100,
    json: 1_000_000,
    kept: 320_000,
    links: 3000,
  };
  const view = doc.defaultView ?? globalThis;
  const began = Date.now();
  const isLate = () => Date.now() - began > MOST.ms;
  const attempt = (work, otherwise) => {
    try {
      return work() ?? otherwise;
    } catch {
      return otherwise;
    }
  };

  const native = (kind, name) => {
    const { get, value } = Object.getOwnPropertyDescriptor(view[kind].prototype, name) ?? {};
    return get ? (node) => get.call(node) : (node, ...given) => value.apply(node, given);
  };
  const [kids, parent, within, attr, has, near] = [
    ['Element', 'children'],
    ['Node', 'parentElement'],
    ['Node', 'contains'],
    ['Element', 'getAttribute'],
    ['Element', 'hasAttribute'],
    ['Element', 'closest'],
  ].map((each) => native(...each));
  const [content, tag, order, previous, shadow] = [
    ['Node', 'textContent'],
    ['Element', 'localName'],
    ['Node', 'compareDocumentPosition'],
    ['Node', 'previousSibling'],
    ['Element', 'shadowRoot'],
  ].map((each) => native(...each));
  const shown = 'innerText' in view.HTMLElement.prototype ? native('HTMLElement', 'innerText') : null;
  const [queryDocument, query, queryRoot] = ['Document', 'Element', 'DocumentFragment'].map((kind) =>
    native(kind, 'querySelectorAll'),
  );

  const body = attempt(() => native('Document', 'body')(doc), null);
  const root = attempt(() => native('Document', 'documentElement')(doc), null);
  const everything = Array.from(queryDocument(doc, '*')).slice(0, MOST.elements);
  const huge = everything.length >= MOST.elements;
  // Open shadow roots are read like the rest of the page.
  const roots = everything
    .filter((element) => tag(element).includes('-'))
    .map(shadow)
    .filter(Boolean)
    .slice(0, 200);
  const all = (selector, inside = null) =>
    attempt(() => {
      if (inside) return Array.from(query(inside, selector));
      return [queryDocument(doc, selector), ...roots.map((each) => queryRoot(each, selector))].flatMap((matched) =>
        Array.from(matched),
      );
    }, []);

  const tidy = (value) =>
    String(value ?? '')
      .slice(0, MOST.text * 2)
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  const base = native('Node', 'baseURI')(doc);
  const absolute = (link) =>
    attempt(() => {
      const url = new URL(String(link).slice(0, 8192).trim(), base);
      return /^https?:$/.test(url.protocol) ? url.href : null;
    }, null);
  /** The visible text, gathered piece by piece: for huge pages, and where there is no layout. */
  const gathered = (element) => {
    const parts = [];
    let length = 0;
    const walker = doc.createTreeWalker(element, 5, (node) =>
      node.nodeType === 1 && /^(?:script|style|noscript|template)$/.test(tag(node)) ? 2 : 1,
    );
    while (length < MOST.text * 2 && walker.nextNode()) {
      if (walker.currentNode.nodeType !== 3) continue;
      parts.push(walker.currentNode.data);
      length += walker.currentNode.data.length;
    }
    return parts.join('');
  };
  const words = (element) =>
    tidy(
      isLate() ? '' : shown && !huge && element instanceof view.HTMLElement ? shown(element) : gathered(element),
    ).slice(0, MOST.text);
  /** A heading as it is seen: without words for screen readers alone, and without buttons in it. */
  const titleIn = (element) => {
    let text = words(element);
    const aside =
      'button,[role="button"],[class*="hidden" i],[class*="sr-only" i],[class*="visually" i],[class*="clipped" i],' +
      '[class*="hdn" i],[class*="screen-reader" i],[class*="a11y" i]';
    for (const part of all(aside, element).slice(0, 5)) {
      const own = tidy(content(part));
      const left = own && text.replace(own, ' ').replace(/\s+/g, ' ').trim();
      if (left && left.length > 5) text = left.replace(/^[\s|:–—-]+|[\s|:–—-]+$/g, '');
    }
    return text;
  };
  /**
   * A printed price. Cents set small after the rest (`173<sup>34</sup> Lei`) get their missing separator; a footnote's
   * number is dropped.
   */
  const printedIn = (element) => {
    let text = words(element);
    for (const small of all('sup,[class*="cents" i],[class*="decimal" i],[class*="fraction" i]', element).slice(0, 5)) {
      const cents = tidy(content(small));
      const before = previous(small);
      const units = /\p{Nd}[\p{Nd}.,]*$/u.exec(before ? tidy(content(before)) : '')?.[0];
      if (!units || !/^\p{Nd}{1,2}$/u.test(cents) || !/\p{Nd}$/u.test(units)) continue;
      const joined = ['', ' ', '\n'].map((gap) => units + gap + cents).find((each) => text.includes(each));
      if (joined) {
        text = text.replace(joined, cents.length === 1 ? units : `${units}${units.includes('.') ? ',' : '.'}${cents}`);
      }
    }
    return text;
  };
  // The attributes in which pages say what an element is: names for their styles, and for their own tests and scripts.
  const MARKS = [
    'id',
    'class',
    'data-testid',
    'data-test',
    'data-qa',
    'data-q',
    'data-cy',
    'data-aut-id',
    'data-marker',
  ];
  const tokens = (element) =>
    MARKS.map((name) => attr(element, name))
      .filter(Boolean)
      .join(' ')
      .slice(0, 500)
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase();
  const folded = (value) =>
    String(value ?? '')
      .slice(0, 2000)
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return {
    ...{ MOST, doc, view, isLate, attempt, native, body, root, huge, roots, all, base, absolute, MARKS, tokens },
    ...{ kids, parent, within, attr, has, near, content, tag, order },
    ...{ tidy, gathered, words, titleIn, printedIn, folded },
  };
};
