/**
 * Reads the page that the person clicked on; it interprets nothing.
 *
 * This function is injected into the page (`scripting.executeScript({func: readPage, args: [knownOf(url)]})`), so it is
 * self-contained, and longer than other files here: no import, nothing from outside its braces. It returns plain JSON;
 * `understand.js` interprets it.
 *
 * Every page is hostile. A page can name the parts of its forms like the members of an element (`<input
 * name=children>`), so members are read through the browser's own prototypes. It can be endless, deep or slow, so
 * everything is counted and `MOST.ms` ends the costly parts early. A part that fails leaves the others whole.
 *
 * @param {object|null} [known] where this platform keeps its fields (`adapters.js`, `knownOf`)
 * @param {Document} [doc] the document; the page's own when injected
 * @returns {object} `url, content_type, viewport, title, lang, canonical, headings, second_headings, meta, nodes,
 *   json_ld, json_ld_length, adapted, access, images, prices, labelled, times, text, hints`. `nodes` are the page's
 *   typed objects as trees `{"@type": …, "@origin": "json-ld" | "microdata" | "rdfa"}`, in document order within each
 *   origin; `adapted` has what the adapter's readings gave, `access` the signs of who may see the page, the surest
 *   first.
 */
export function readPage(known = null, doc = document) {
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

  // JSON-LD as found in the wild: wrapped in comments, raw line breaks inside strings, trailing commas or semicolons.
  const uncommented = (source) => {
    let [out, at, inside] = ['', 0, false];
    for (let next = 0; next < source.length; next += 1) {
      if (inside) {
        if (source[next] === '\\') next += 1;
        else if (source[next] === '"') inside = false;
      } else if (source[next] === '"') {
        inside = true;
      } else if (source[next] === '/' && source[next + 1] === '*') {
        out += source.slice(at, next);
        const end = source.indexOf('*/', next + 2);
        at = end < 0 ? source.length : end + 2;
        next = at - 1;
      }
    }
    return out + source.slice(at);
  };
  const parseLoosely = (source) => {
    const bare = source
      .trim()
      .replace(/^(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
      .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)$/, '')
      .trim();
    const repaired = () =>
      bare
        .replace(/[\u0000-\u001f]+/g, ' ')
        .replace(/; *$/, '')
        .replace(/, *([\]}])/g, '$1');
    return (
      attempt(() => JSON.parse(bare), null) ??
      attempt(() => JSON.parse(repaired()), null) ??
      attempt(() => JSON.parse(uncommented(repaired())), null)
    );
  };
  // Data deeper or wider than any honest page's is cut off.
  let members = 0;
  const pruned = (value, depth = 0) => {
    if (!value || typeof value !== 'object') return value;
    if (depth > 20) return null;
    const entries = Object.entries(value)
      .filter(() => (members += 1) <= MOST.members)
      .map(([key, each]) => [key, pruned(each, depth + 1)]);
    return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
  };
  const json_ld = [];
  let json_ld_length = 0;
  for (const script of all('script[type*="ld+json" i]')) {
    const source = content(script) ?? '';
    if (json_ld_length + source.length > MOST.json || isLate()) break;
    json_ld_length += source.length;
    const value = parseLoosely(source);
    if (value && typeof value === 'object') {
      json_ld.push(
        ...[value]
          .flat()
          .slice(0, MOST.nodes)
          .map((each) => pruned(each)),
      );
    }
  }

  // Microdata and RDFa read into the same shape as JSON-LD.
  const valueOf = (element) => {
    const given = attr(element, 'content');
    if (given !== null) return tidy(given);
    const name = tag(element);
    if (name === 'meta') return '';
    if (['a', 'area', 'link'].includes(name)) return absolute(attr(element, 'href')) ?? words(element);
    if (['img', 'audio', 'video', 'source', 'iframe', 'embed'].includes(name)) {
      return absolute(attr(element, 'src')) ?? '';
    }
    return attr(element, 'datetime') ?? attr(element, 'value') ?? words(element);
  };
  const typeName = (value) =>
    (value ?? '')
      .slice(0, 500)
      .trim()
      .split(/\s+/)
      .map((name) => name.replace(/^.*[/#:]/, ''))
      .filter(Boolean);
  let visited = 0;
  const treeOf = (top, scope, property, type, depth = 0) => {
    const node = { '@type': typeName(attr(top, type)) };
    const id = attr(top, 'itemid') ?? attr(top, 'resource');
    if (id) node['@id'] = id.slice(0, 4096);
    const visit = (children, level) => {
      for (const child of children) {
        if ((visited += 1) > MOST.elements || level > 500) return;
        const names = (attr(child, property) ?? '').slice(0, 500).trim().split(/\s+/).filter(Boolean);
        const inner = has(child, scope);
        if (names.length && (members += 1) < MOST.members) {
          const value = inner && depth < MOST.depth ? treeOf(child, scope, property, type, depth + 1) : valueOf(child);
          for (const name of names.map((each) => each.replace(/^.*[/#:]/, ''))) {
            if (Object.hasOwn(node, name)) node[name] = [].concat(node[name], value);
            else node[name] = value;
          }
        }
        if (!inner) visit(kids(child), level + 1);
      }
    };
    visit(kids(top), 0);
    for (const other of (attr(top, 'itemref') ?? '').slice(0, 500).split(/\s+/).filter(Boolean)) {
      const element = doc.getElementById(other);
      if (element && depth < MOST.depth && !within(element, top)) visit([element], 0);
    }
    return node;
  };
  // Shops write "Elo&iacute;sa" into their data: it is decoded for reading, and kept as evidence as it was.
  const parser = new view.DOMParser();
  const decoded = (value) => {
    if (typeof value === 'string') {
      return /&(?:#\w{1,7}|[a-z]{2,10});/i.test(value) && value.length < MOST.text * 2
        ? parser.parseFromString(value.replaceAll('<', '&lt;'), 'text/html').body.textContent
        : value;
    }
    if (!value || typeof value !== 'object') return value;
    return Array.isArray(value)
      ? value.map(decoded)
      : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decoded(each)]));
  };
  const nodes = json_ld.map((node) => ({ ...decoded(node), '@origin': 'json-ld' }));
  for (const [origin, scope, property, type] of [
    ['microdata', 'itemscope', 'itemprop', 'itemtype'],
    ['rdfa', 'typeof', 'property', 'typeof'],
  ]) {
    for (const item of all(`[${scope}]`)
      .filter((element) => !has(element, property))
      .slice(0, MOST.nodes)) {
      attempt(() => nodes.push({ ...treeOf(item, scope, property, type), '@origin': origin }));
    }
  }

  const meta = {};
  for (const element of all('meta[property],meta[name],meta[http-equiv]').slice(0, 1000)) {
    const name = (attr(element, 'property') ?? attr(element, 'name') ?? attr(element, 'http-equiv')).toLowerCase();
    const value = tidy(attr(element, 'content') ?? attr(element, 'value'));
    if (value && !(Object.hasOwn(meta, name) && meta[name].length >= 20)) {
      (Object.hasOwn(meta, name) ? meta[name] : (meta[name] = [])).push(value.slice(0, MOST.text));
    }
  }
  const title = tidy(attempt(() => native('Document', 'title')(doc), '')).slice(0, MOST.text);

  // The adapter's fields, in its order of trust, and signs of who may see this page.
  const adapted = {};
  const MENU =
    'nav,header,footer,[role="navigation"],[role="banner"],[role="menu"],[role="menubar"],[class*="menu" i],' +
    '[class*="navbar" i],[class*="nav-bar" i],[class*="breadcrumb" i],[class*="footer" i]';
  for (const [field, readings] of Object.entries(known?.fields ?? {})) {
    const values = [];
    for (const reading of readings) {
      const [, selector, attribute] = /^(.*?)(?:@([\w-]+))?$/.exec(reading);
      for (const element of all(selector).slice(0, MOST.images)) {
        if (field === 'seller' && near(element, MENU)) continue;
        const value = attribute
          ? tidy(attr(element, attribute))
          : field === 'price'
            ? printedIn(element)
            : field === 'title'
              ? titleIn(element)
              : words(element);
        const link = field === 'seller' ? (near(element, 'a[href]') ?? all('a[href]', element)[0]) : null;
        if (value && (field !== 'price' || /\p{Nd}/u.test(value))) {
          values.push({ text: value, url: link ? absolute(attr(link, 'href')) : null });
        }
        if (values.length && field !== 'images') break;
      }
      if (values.length) break;
    }
    if (values.length) adapted[field] = values;
  }
  // A choice of language leads back to where one is, `?return=/logout` and all; what cannot be seen is no sign.
  const isSign = (element, selector) => {
    if (near(element, '[hreflang],[class*="lang" i],[id*="lang" i],[class*="locale" i],[class*="country" i]')) {
      return false;
    }
    const wanted = /^a\[href\*="([^"]+)"(?: i)?\]$/.exec(selector)?.[1].toLowerCase();
    const link = (attr(element, 'href') ?? '').toLowerCase();
    return !wanted || /[?=&]/.test(wanted) || link.split(/[?#]/)[0].includes(wanted);
  };
  const signs = (access) =>
    ['closed_group', 'logged_in', 'public'].filter((word) =>
      (access?.[word] ?? []).some((selector) => all(selector).some((element) => isSign(element, selector))),
    );
  // On an unknown site, "sign in" and "sign out" side by side show nothing.
  const general = signs(known?.anywhere);
  const access = [...signs(known?.access), ...(general.length === 1 ? general : [])];

  // The heading that names what the page is about: the first one that its title repeats.
  const titles = [...(meta['og:title'] ?? []), title].map(folded).filter(Boolean);
  const heads = [
    'h1',
    'h2,[itemprop~="name"],[class~="title" i],[class*="product-name" i],[class*="product-title" i]',
  ].map((selector) =>
    all(selector)
      .filter((element) => !near(element, 'nav,footer,aside'))
      .slice(0, 40),
  );
  const telling = (element) => {
    const heading = folded(content(element));
    return (
      heading.length > 3 &&
      titles.some((pageTitle) => pageTitle.includes(heading) || (pageTitle.length > 7 && heading.includes(pageTitle)))
    );
  };
  const head = heads[0].find(telling) ?? heads[1].find(telling) ?? heads[0][0] ?? all('[itemprop="name"]')[0] ?? null;
  const around = new Map();
  for (let up = head, step = 0; up; up = parent(up), step += 1) around.set(up, step);

  // Prices printed on the page. What stands in lists of other goods, or is struck out, is not the price of this one.
  const ELSEWHERE = new RegExp(
    String.raw`related|recommend|similar|sponsor|bundle|also-|accessor|upsell|cross-?sell|recent|` +
      String.raw`history|mini-?cart|basket|shipping|delivery|postage|install?ment|finance|other-?sellers|` +
      String.raw`compare|review|suggest|footer|navbar|\bnav\b|twister|buybox-?see|used|warranty|` +
      String.raw`protection|add-?on`,
  );
  const FORMER = new RegExp(
    String.raw`old|was\b|-was|list-?price|strike|regular|rrp|before|former|crossed|original|previous|saving|` +
      String.raw`discount-?(?:percent|amount|value)|you-?save|unit-?price|per-?unit|price-?per|coupon|` +
      String.raw`line-?through|ship|label|range-?filter|filter|historical|min-?price|max-?price|deposit`,
  );
  // A slider of goods is elsewhere; one that shows this ad's own price is not.
  const SLIDER = /carousel|slider|swiper/;
  const shelf = (element) => all('a[href]', element).length > 1 && all('img', element).length > 1;
  const NET = /(?:no|ex|excl|excluding|without|before|net)-?(?:tax|vat)|(?:tax|vat)-?(?:ex|excl)|netto/;
  const SAVED = new RegExp(
    String.raw`\b(?:was|rrp|uvp|statt|instead|saves?|saving|sparen|économi\S*|ahorr\S*|risparmi\S*)\b|原價|原价|` +
      String.raw`市價|定價|省\s?\$|정가|通常価格`,
    'iu',
  );
  const EXACT = new RegExp(
    String.raw`(?:^|[\s_/-])(?:our-?price|sale-?price|item-?price|ad-?price|price-?block|current-?price|` +
      String.raw`price-?current|price|preis|prix|precio|preco|prezzo|prijs|cena|fiyat|harga)(?:$|[\s_-])`,
  );
  const STRONG = new RegExp(
    String.raw`our-?price|sale-?price|(?:current|final|actual|now|offer|special|deal|selling|buy)-?price|` +
      String.raw`price-?(?:current|final|actual|now|sale|sales|special|selling|main|value)`,
  );
  const prices = [];
  const seen = new Set();
  const addPrice = (element, printed, exact, label = false, bid = false) => {
    let away = Boolean(near(element, 'nav,footer,aside,select,[hidden]'));
    let former = Boolean(near(element, 'del,s,strike'));
    let nearest = null;
    for (let up = element, step = 0; up && nearest === null; up = parent(up), step += 1) {
      nearest = around.get(up) ?? null;
      // What holds the heading, too, is this ad's, whatever it is called.
      if (step >= 12 || away || (nearest !== null && step > 0)) continue;
      const name = tokens(up);
      away = ELSEWHERE.test(name) || (SLIDER.test(name) && shelf(up)) || (step > 2 && tag(up) === 'li');
      former ||= step < 3 && FORMER.test(name);
    }
    former ||= SAVED.test(printed);
    const after = !head || nearest === 1 || Boolean(order(head, element) & 4); // beside the heading is as good
    const key = [printed, after, former, nearest, exact, bid].join();
    if (away || seen.has(key)) return;
    seen.add(key);
    const style = attempt(() => view.getComputedStyle(element), null);
    former ||= Boolean(style?.textDecorationLine?.includes('line-through'));
    const visible = element.checkVisibility?.() ?? true;
    prices.push({
      text: printed,
      after,
      former,
      exact: exact && !former,
      strong: STRONG.test(tokens(element)),
      label,
      bid,
      net: NET.test(tokens(element)) || NET.test(tokens(parent(element) ?? element)),
      hidden: !visible,
      near: nearest ?? 999,
      size: visible ? Math.round(parseFloat(style?.fontSize) || 0) : 0,
    });
  };
  const PRICE = [
    '[itemprop~="price" i],[class*="amount" i],[aria-label*="price" i]',
    ...MARKS.map((name) => `[${name}*="price" i]`),
    ...['preis', 'prix', 'precio', 'preco', 'prezzo', 'prijs', 'cena', 'fiyat', 'harga'].map(
      (word) => `[class*="${word}" i]`,
    ),
  ].join();
  for (const element of all(PRICE).slice(0, 3000)) {
    if (prices.length >= MOST.prices || isLate()) break;
    const raw = content(element) ?? '';
    if (raw.length > 400 || /^(?:script|style|input|template|noscript)$/.test(tag(element))) continue;
    const printed = printedIn(element) || tidy(raw);
    if (!/\p{Nd}/u.test(printed)) continue;
    const exact = EXACT.test(tokens(element));
    if (printed.length <= 60) addPrice(element, printed, exact);
    // A box of several prices: each of them on its own, too.
    if (exact && (printed.match(/\p{Nd}[\p{Nd}.,\s'’]*/gu) ?? []).length > 1) {
      const walker = doc.createTreeWalker(element, 4);
      for (let count = 0; count < 20 && walker.nextNode(); count += 1) {
        const printedText = tidy(walker.currentNode.data);
        if (/\p{Nd}/u.test(printedText) && printedText.length <= 40) {
          addPrice(parent(walker.currentNode), printedText, true);
        }
      }
    }
  }
  // Where no name marks a price, the words before a number do: "Price: 40 €".
  const SAID = new RegExp(
    String.raw`(?:^|[^\p{L}])(?:price|preis|vb|prix|precio|preço|prezzo|prijs|cena|pris|hinta|fiyat|harga|` +
      String.raw`giá|цена|ціна)(?![\p{L}-])|售價|售价|特價|特价|價格|价格|直購價|最低價|一口价|価格|판매가|가격|السعر|ราคา|מחיר`,
    'iu',
  );
  const BEFORE = new RegExp(
    String.raw`\b(?:was|old|list|rrp|uvp|statt|ancien|antes|before|per|ship|delivery|save|from|ab|à partir|` +
      String.raw`desde|от)\b|原價|原价|市價|建議|定價|старая|정가|通常|分期`,
    'i',
  );
  const MONEY = new RegExp(
    String.raw`(?:\p{Sc}|\b(?:US|NT|HK|R)\$|\b(?:Rs|KSh|TSh|USh|R)\.?|\b(?:EUR|USD|GBP|CHF|` +
      String.raw`PLN)\b) ?\d[\d.,]*|\d[\d., ]*(?:€|£|元|円|원|₽|₴|₫|zł|Kč|kr\b|тг|руб|грн|лв|\b(?:EUR|USD|GBP|CHF|` +
      String.raw`PLN)\b)`,
    'u',
  );
  const BID = new RegExp(
    String.raw`(?:^|[^\p{L}])(?:(?:current|winning|highest|high|leading|top|latest|last) (?:bid|offer)|bid now at|` +
      String.raw`(?:aktuelles|höchstes) gebot|höchstgebot|(?:enchère|offre) (?:actuelle|` +
      String.raw`en cours)|(?:meilleure|dernière) ` +
      String.raw`enchère|(?:puja|oferta) (?:actual|más alta)|lance atual|maior lance|offerta (?:attuale|corrente)|` +
      String.raw`huidig bod|hoogste bod|(?:aktualna|najwyższa) oferta|текущая (?:ставка|цена)|højeste bud|högsta bud)` +
      String.raw`(?!\p{L})|当前(?:价|出价)|目前出價|最高出[价價]|現在価格|現在の価格|현재 ?(?:입찰가|가)|المزايدة الحالية`,
    'iu',
  );
  if (body && !huge) {
    const walker = doc.createTreeWalker(body, 4);
    for (let count = 0; count < MOST.elements && prices.length < MOST.prices && walker.nextNode(); count += 1) {
      const { data } = walker.currentNode;
      if (data.length > 200) continue;
      if (BID.test(data)) {
        for (let up = parent(walker.currentNode), step = 0; up && step < 3; up = parent(up), step += 1) {
          const nearby = tidy(content(up)).replace(/\s+/g, ' ');
          const behind = nearby.slice(BID.exec(nearby)?.index ?? 0);
          const money = behind.length > 140 ? null : MONEY.exec(behind);
          if (nearby.length > 200 || money) {
            if (money) addPrice(up, money[0].trim(), false, true, true);
            break;
          }
        }
      }
      if (!SAID.test(data)) continue;
      for (let up = parent(walker.currentNode), step = 0; up && step < 3; up = parent(up), step += 1) {
        const nearby = tidy(content(up)).replace(/\s+/g, ' ');
        if (
          nearby.length > 80 ||
          BEFORE.test(nearby) ||
          /^(?:script|style|noscript|template|option|label|button)$/.test(tag(up))
        ) {
          break;
        }
        const money = MONEY.exec(nearby);
        if (!money) continue;
        if (/\p{Nd}[.,]?\p{Nd}* ?\p{Sc}|\p{Sc} ?\p{Nd}/u.test(nearby.replace(money[0], ''))) break;
        addPrice(up, money[0].trim(), false, true);
        break;
      }
    }
  }

  // Parts of the page that are labelled.
  const labelled = {};
  const LABELS = {
    description:
      '#postingbody,#userbody,[itemprop~="description"],[data-testid*="description" i],' +
      '[id="description" i],[id="productDescription"],[class~="description" i],' +
      '[id*="item-description" i],[class*="listing-description" i],[class*="ad-description" i]',
    seller:
      '[data-testid="seller-name" i],[class~="seller-name" i],[class~="sellername" i],' +
      '[class~="seller-info__name" i],[id="seller-name" i]',
    location:
      '[itemprop~="address"],[data-testid="location" i],[class~="item-location" i],' +
      '[class~="listing-location" i],[class~="ad-location" i],[class~="seller-location" i],' +
      '[itemprop~="availableAtOrFrom"]',
  };
  for (const [name, selector] of Object.entries(LABELS)) {
    const values = [];
    for (const element of all(selector).slice(0, 200)) {
      if (near(element, 'nav,footer,aside')) continue;
      const text = tag(element) === 'meta' ? tidy(attr(element, 'content')) : words(element);
      if (!text || values.some((each) => each.text.includes(text))) continue;
      const link = name === 'seller' ? (near(element, 'a[href]') ?? all('a[href]', element)[0]) : null;
      values.push({ text, url: link ? absolute(attr(link, 'href')) : null });
      if (values.length >= 5) break;
    }
    labelled[name] = values;
  }

  const images = [];
  const pictures = new Set();
  for (const element of all('img').slice(0, MOST.links)) {
    if (near(element, 'nav,footer,header,aside')) continue;
    const source = absolute(element.currentSrc || attr(element, 'data-src') || attr(element, 'src') || '');
    if (!source || pictures.has(source)) continue;
    const wide = element.naturalWidth || Number(attr(element, 'width')) || 0;
    const high = element.naturalHeight || Number(attr(element, 'height')) || 0;
    if ((wide && wide < 80) || (high && high < 80)) continue;
    pictures.add(source);
    images.push({
      url: source,
      alt: tidy(attr(element, 'alt'))
        .slice(0, 500)
        .replace(/[\uD800-\uDBFF]$/, ''),
    }); // no half of a sign
    if (images.length >= MOST.images) break;
  }

  const pageText = [body ? words(body) : '', ...roots.map((each) => tidy(gathered(each)))].filter(Boolean).join('\n');
  const NUMBERED = new RegExp(
    String.raw`(?:^|[^\p{L}])(?:(?:posting|listing|item|ad|advert|lot|article|artikel|anzeigen|` +
      String.raw`offer)[ -]?(?:id|no\.?|nr\.?|number|nummer|#)|(?:réf(?:érence)?|` +
      String.raw`référence)(?: de l['’]annonce)?|номер объявления|商品编号|` +
      String.raw`商品番号)\s*[:#：]?\s*([A-Z]{0,3}-?\d{6,15})(?!\d)`,
    'iu',
  );
  const SORTED = new RegExp(
    String.raw`\b(?:sort(?:ed)? by|trier par|tri\s?:|ordenar por|sortieren|sortierung|ordina per|sorteer|` +
      String.raw`sortuj|сортировать|сортировка)\b|排序|並び替え|정렬`,
    'i',
  );
  const COUNTED = new RegExp(
    String.raw`\b(?:displaying|showing|found|viewing)\b\W{0,3}(?:of\W{0,3})?\d|` +
      String.raw`\d[\d,.\s]{0,12}\+?\s?(?:results?|listings|matches|hits|annonces|résultats|resultados|` +
      String.raw`anuncios|ergebnisse|treffer|anzeigen|risultati|annunci|resultaten|wyników|результат|` +
      String.raw`объявлени)|\d+\s*(?:件|个结果|개)|\d+\s*[-–]\s*\d+\s+(?:of|de|von|di|van|sur|из)\s+(?:about\s+|` +
      String.raw`over\s+)?\d`,
    'i',
  );
  const numbered = NUMBERED.exec(pageText)?.[1];
  if (numbered) labelled.number = [{ text: numbered, url: null }];
  const linked = new Map();
  let length_of_links = 0;
  for (const anchor of all('a[href]').slice(0, MOST.links)) {
    length_of_links += tidy(content(anchor)).length;
    const target = absolute(attr(anchor, 'href'));
    if (!target) continue;
    const { host, pathname } = new URL(target);
    const shape = host + pathname.replace(/\d+/g, '#').replace(/[^/#]{12,}/g, '*');
    linked.set(shape, (linked.get(shape) ?? new Set()).add(target));
  }
  const top = pageText.slice(0, 8000);
  return {
    url: doc.location?.href ?? base,
    content_type: doc.contentType ?? 'text/html',
    viewport: doc.defaultView ? `${view.innerWidth}×${view.innerHeight}` : null,
    title,
    lang: root ? tidy(attr(root, 'lang') || attr(root, 'xml:lang')).slice(0, 100) : '',
    canonical: absolute(all('link[rel~="canonical" i]').map((element) => attr(element, 'href'))[0] ?? ''),
    headings: all('h1').slice(0, 20).map(titleIn).filter(Boolean).slice(0, 5),
    second_headings: all('h2').slice(0, 20).map(titleIn).filter(Boolean).slice(0, 5),
    meta,
    nodes,
    json_ld: json_ld_length > MOST.kept ? [] : json_ld,
    json_ld_length,
    adapted,
    access,
    closed: (known?.access?.closed_words ?? []).some((word) => top.includes(word)),
    images,
    prices,
    labelled,
    times: all('time[datetime]')
      .slice(0, 20)
      .map((element) => ({ at: attr(element, 'datetime').slice(0, 100), near: tokens(element) })),
    text: pageText.slice(0, 4000),
    hints: {
      length: pageText.length,
      linked: pageText.length ? length_of_links / pageText.length : 0,
      sorted: SORTED.test(top),
      counted: COUNTED.test(top),
      password: all('input[type="password"]').length > 0,
      // The most links of one shape: a page of results has dozens to single listings.
      repeated: Math.max(0, ...Array.from(linked.values(), (targets) => targets.size)),
      items: all('[itemscope][itemtype*="Product" i]').length,
      money: (pageText.match(/(?:[$€£¥₹₽₩₪₺฿₫]|\b(?:USD|EUR|GBP|Rs\.?)\b)\s?\d|\d\s?(?:[€£₽₴₫₺]|zł|kr\b|лв)/g) ?? [])
        .length,
    },
  };
}
