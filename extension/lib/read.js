/**
 * Reads the page that the person clicked on, and judges nothing.
 *
 * This function is injected into the page (`scripting.executeScript({func: readPage})`), so it is self-contained:
 * no import, nothing from outside its braces. It answers plain JSON; `understand.js` decides what it means.
 *
 * @param {Document} [doc] the document; the page's own when injected
 * @returns {object} `url, viewport, title, lang, canonical, headings, meta, nodes, json_ld, images, prices, labelled, times,
 *   text, hints`. `nodes` are the page's typed objects as trees `{"@type": …, "@origin": "json-ld" | "microdata" |
 *   "rdfa"}`, in document order within each origin.
 */
export function readPage(doc = document) {
  const MOST = { text: 25000, nodes: 400, depth: 8, prices: 80, images: 100, json: 2_000_000 };
  const base = doc.baseURI;

  const tidy = (value) => String(value ?? '').replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
  const all = (selector, root = doc) => Array.from(root.querySelectorAll(selector));
  const absolute = (link) => {
    try {
      const url = new URL(String(link).trim(), base);
      return /^https?:$/.test(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  };
  const words = (element) => {
    if (typeof element.innerText === 'string') return tidy(element.innerText).slice(0, MOST.text);
    const copy = element.cloneNode(true);
    all('script,style,noscript,template', copy).forEach((child) => child.remove());
    return tidy(copy.textContent).slice(0, MOST.text);
  };
  const tokens = (element) =>
    [element.id, element.getAttribute('class'), element.getAttribute('data-testid')].filter(Boolean).join(' ')
      .replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

  // JSON-LD as found in the wild: wrapped in comments, raw line breaks inside strings, trailing commas or semicolons.
  const parseLoosely = (source) => {
    const bare = source.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
      .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, '').trim();
    const mended = bare.replace(/[\u0000-\u001f]+/g, ' ').replace(/;\s*$/, '').replace(/,(\s*[\]}])/g, '$1');
    const uncommented = mended.replace(/("(?:[^"\\]|\\.)*")|\/\*.*?\*\//g, (_, string) => string ?? '');
    for (const attempt of [bare, mended, uncommented]) {
      try {
        return JSON.parse(attempt);
      } catch { /* the next, more forgiving reading */ }
    }
    return null;
  };
  const json_ld = [];
  for (const script of all('script[type*="ld+json" i]')) {
    const source = script.textContent ?? '';
    const value = source.length > MOST.json ? null : parseLoosely(source);
    if (value && typeof value === 'object') json_ld.push(...(Array.isArray(value) ? value : [value]));
  }

  // Microdata and RDFa read into the same shape as JSON-LD.
  const valueOf = (element) => {
    const given = element.getAttribute('content');
    if (given !== null) return tidy(given);
    const tag = element.localName;
    if (tag === 'meta') return '';
    if (['a', 'area', 'link'].includes(tag)) return absolute(element.getAttribute('href')) ?? words(element);
    if (['img', 'audio', 'video', 'source', 'iframe', 'embed'].includes(tag)) return absolute(element.getAttribute('src')) ?? '';
    return element.getAttribute('datetime') ?? element.getAttribute('value') ?? words(element);
  };
  const typeName = (value) => (value ?? '').trim().split(/\s+/).map((name) => name.replace(/^.*[/#:]/, '')).filter(Boolean);
  let counted = 0;
  const treeOf = (root, scope, property, type, depth = 0) => {
    const node = { '@type': typeName(root.getAttribute(type)) };
    const id = root.getAttribute('itemid') ?? root.getAttribute('resource');
    if (id) node['@id'] = id;
    const visit = (element) => {
      for (const child of element.children) {
        const names = (child.getAttribute(property) ?? '').trim().split(/\s+/).filter(Boolean);
        const inner = child.hasAttribute(scope);
        if (names.length && counted < MOST.nodes * 20) {
          counted += 1;
          const value = inner && depth < MOST.depth ? treeOf(child, scope, property, type, depth + 1) : valueOf(child);
          for (const name of names.map((each) => each.replace(/^.*[/#:]/, ''))) {
            // What the same element says to a reader: "from 5 to 9 euros" beside the bare number.
            if (name in node) node[name] = [].concat(node[name], value);
            else node[name] = value;
          }
        }
        if (!inner) visit(child);
      }
    };
    visit(root);
    for (const other of (root.getAttribute('itemref') ?? '').split(/\s+/).filter(Boolean)) {
      const element = doc.getElementById(other);
      if (element && depth < MOST.depth && !element.contains(root)) visit({ children: [element] });
    }
    return node;
  };
  // Shops write "Elo&iacute;sa" into their data: what is understood is decoded, what is kept as evidence stays as it was.
  const parser = new (doc.defaultView ?? globalThis).DOMParser();
  const decoded = (value, depth = 0) => {
    if (typeof value === 'string') {
      return /&(?:#\w{1,7}|[a-z]{2,10});/i.test(value) ? parser.parseFromString(value.replaceAll('<', '&lt;'), 'text/html').body.textContent : value;
    }
    if (!value || typeof value !== 'object' || depth > 20) return value;
    return Array.isArray(value) ? value.map((each) => decoded(each, depth + 1))
      : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decoded(each, depth + 1)]));
  };
  const nodes = json_ld.map((node) => ({ ...decoded(node), '@origin': 'json-ld' }));
  for (const item of all('[itemscope]').filter((element) => !element.hasAttribute('itemprop')).slice(0, MOST.nodes)) {
    nodes.push({ ...treeOf(item, 'itemscope', 'itemprop', 'itemtype'), '@origin': 'microdata' });
  }
  for (const item of all('[typeof]').filter((element) => !element.hasAttribute('property')).slice(0, MOST.nodes)) {
    nodes.push({ ...treeOf(item, 'typeof', 'property', 'typeof'), '@origin': 'rdfa' });
  }

  const meta = {};
  for (const element of all('meta[property],meta[name],meta[http-equiv]')) {
    const name = (element.getAttribute('property') ?? element.getAttribute('name') ?? element.getAttribute('http-equiv')).toLowerCase();
    const value = tidy(element.getAttribute('content') ?? element.getAttribute('value'));
    if (value) (meta[name] ??= []).push(value.slice(0, MOST.text));
  }

  // Prices printed on the page. What stands in lists of other goods, or is struck out, is not the price of this one.
  const ELSEWHERE = /related|recommend|similar|carousel|sponsor|bundle|also-|accessor|upsell|cross-?sell|recent|history|mini-?cart|basket|shipping|delivery|postage|install?ment|finance|other-?sellers|compare|review|slider|swiper|suggest|footer|navbar|\bnav\b|twister|buybox-?see|used|warranty|protection|add-?on/;
  const FORMER = /old|was\b|-was|list-?price|strike|regular|rrp|before|former|crossed|original|previous|saving|discount-?(?:percent|amount|value)|you-?save|unit-?price|per-?unit|price-?per|coupon|line-?through|ship|label|range-?filter|filter|historical|min-?price|max-?price|tax|deposit/;
  const first = doc.querySelector('h1, #productTitle, [itemprop="name"]');
  const prices = [];
  const seen = new Set();
  const PRICE = '[itemprop~="price" i],[class*="price" i],[id*="price" i],[data-testid*="price" i],[class*="amount" i]';
  for (const element of all(PRICE)) {
    if (prices.length >= MOST.prices) break;
    const raw = element.textContent ?? '';
    if (raw.length > 400 || /^(?:script|style|input|template|noscript)$/.test(element.localName)) continue;
    const printed = words(element) || tidy(raw);
    if (!/\p{Nd}/u.test(printed) || printed.length > 60) continue;
    let away = Boolean(element.closest('nav,footer,aside,select,[hidden]'));
    let former = Boolean(element.closest('del,s,strike'));
    for (let up = element, step = 0; up && step < 12 && !away; up = up.parentElement, step += 1) {
      const name = tokens(up);
      away = ELSEWHERE.test(name) || (step > 2 && up.localName === 'li');
      former ||= step < 3 && FORMER.test(name);
    }
    const after = !first || Boolean(first.compareDocumentPosition(element) & 4);
    const key = [printed, after, former].join();
    if (away || seen.has(key)) continue;
    seen.add(key);
    prices.push({ text: printed, after, former, exact: !former && /(?:^|[\s_-])(?:our-?price|sale-?price|price-?block|current-?price|price-?current|price)(?:$|[\s_-])/.test(tokens(element)) });
  }

  // Parts of the page that name themselves.
  const labelled = {};
  const LABELS = {
    description: '#postingbody,#userbody,[itemprop~="description"],[data-testid*="description" i],[id="description" i],[id="productDescription"],[class~="description" i],[id*="item-description" i],[class*="listing-description" i],[class*="ad-description" i]',
    seller: '[data-testid="seller-name" i],[class~="seller-name" i],[class~="sellername" i],[class~="seller-info__name" i],[id="seller-name" i],[id="sellerProfileTriggerId"],[class~="mbg-nw" i]',
    location: '[itemprop~="address"],[data-testid="location" i],[class~="item-location" i],[class~="listing-location" i],[class~="ad-location" i],[class~="seller-location" i],[itemprop~="availableAtOrFrom"]',
  };
  for (const [name, selector] of Object.entries(LABELS)) {
    const found = [];
    for (const element of all(selector)) {
      if (element.closest('nav,footer,aside')) continue;
      const text = element.localName === 'meta' ? tidy(element.getAttribute('content')) : words(element);
      if (!text || found.some((each) => each.text.includes(text))) continue;
      const link = element.localName === 'a' ? element : element.querySelector('a[href]') ?? element.closest('a[href]');
      found.push({ text, url: name === 'seller' && link ? absolute(link.getAttribute('href')) : null });
      if (found.length >= 5) break;
    }
    labelled[name] = found;
  }

  const images = [];
  const pictures = new Set();
  for (const element of Array.from(doc.images ?? all('img'))) {
    const source = absolute(element.currentSrc || element.getAttribute('data-src') || element.getAttribute('src') || '');
    if (!source || pictures.has(source) || element.closest('nav,footer,header,aside')) continue;
    const wide = element.naturalWidth || Number(element.getAttribute('width')) || 0;
    const high = element.naturalHeight || Number(element.getAttribute('height')) || 0;
    if ((wide && wide < 80) || (high && high < 80)) continue;
    pictures.add(source);
    images.push({ url: source, alt: tidy(element.getAttribute('alt')).slice(0, 500) });
    if (images.length >= MOST.images) break;
  }

  const body = doc.body ? words(doc.body) : '';
  const linked = new Map();
  for (const anchor of all('a[href]').slice(0, 3000)) {
    const target = absolute(anchor.getAttribute('href'));
    if (!target) continue;
    const shape = new URL(target).host + new URL(target).pathname.replace(/\d+/g, '#').replace(/[^/#]{12,}/g, '*');
    linked.set(shape, (linked.get(shape) ?? new Set()).add(target));
  }
  return {
    url: doc.location?.href ?? base,
    viewport: doc.defaultView ? `${doc.defaultView.innerWidth}×${doc.defaultView.innerHeight}` : null,
    title: tidy(doc.title).slice(0, MOST.text),
    lang: tidy(doc.documentElement?.getAttribute('lang') || doc.documentElement?.getAttribute('xml:lang')),
    canonical: absolute(doc.querySelector('link[rel~="canonical" i]')?.getAttribute('href') ?? ''),
    headings: all('h1').map(words).filter(Boolean).slice(0, 5),
    second_headings: all('h2').map(words).filter(Boolean).slice(0, 5),
    meta,
    nodes,
    json_ld,
    images,
    prices,
    labelled,
    times: all('time[datetime]').map((element) => ({ at: element.getAttribute('datetime'), near: tokens(element) })).slice(0, 20),
    text: body.slice(0, 4000),
    hints: {
      length: body.length,
      linked: body.length ? all('a[href]').reduce((sum, anchor) => sum + tidy(anchor.textContent).length, 0) / body.length : 0,
      sorted: /\b(?:sort(?:ed)? by|trier par|tri\s?:|ordenar por|sortieren|sortierung|ordina per|sorteer|sortuj|сортировать|сортировка)\b|排序|並び替え|정렬/i.test(body.slice(0, 8000)),
      counted: /\b(?:displaying|showing|found|viewing)\b\W*(?:of\W*)?\d|\d[\d,.\s]*\+?\s*(?:results?|listings|matches|hits|annonces|résultats|resultados|anuncios|ergebnisse|treffer|anzeigen|risultati|annunci|resultaten|wyników|результат|объявлени)|\d+\s*(?:件|个结果|개)|\d+\s*[-–]\s*\d+\s+(?:of|de|von|di|van|sur|из)\s+(?:about\s+|over\s+)?\d/i.test(body.slice(0, 8000)),
      password: Boolean(doc.querySelector('input[type="password"]')),
      // The most links of one shape: a page of results has dozens to single listings.
      repeated: Math.max(0, ...Array.from(linked.values(), (targets) => targets.size)),
      items: all('[itemscope][itemtype*="Product" i]').length,
      money: (body.match(/(?:[$€£¥₹₽₩₪₺฿₫]|\b(?:USD|EUR|GBP|Rs\.?)\b)\s?\d|\d\s?(?:[€£₽₴₫₺]|zł|kr\b|лв)/g) ?? []).length,
    },
  };
}
