/**
 * Reads the page that the person clicked on; it interprets nothing.
 *
 * Runs in the page (`lib/in_page.js`), after the scripts whose parts it calls. It returns plain JSON; `understand.js`
 * interprets it.
 *
 * @param {object|null} [known] where this platform keeps its fields (`adapters.js`, `knownOf`)
 * @param {Document} [doc] the document; the page's own when injected
 * @returns {object} `url, content_type, viewport, title, lang, canonical, headings, second_headings, meta, nodes,
 *   json_ld, json_ld_length, adapted, access, images, prices, labelled, times, text, hints`. `nodes` are the page's
 *   typed objects as trees `{"@type": …, "@origin": "json-ld" | "microdata" | "rdfa"}`, in document order within each
 *   origin; `adapted` has what the adapter's readings gave, `access` the signs of who may see the page, the surest
 *   first.
 */
(globalThis.cyberSpotterPage ??= {}).readPage = (known = null, doc = document) => {
  const parts = globalThis.cyberSpotterPage;
  const reader = parts.readerOf(doc);
  const { MOST, view, attempt, native, body, root, roots, all, base, absolute, tokens } = reader;
  const { attr, near, content, tag, tidy, gathered, words, titleIn, printedIn, folded } = reader;
  const { nodes, json_ld, json_ld_length } = parts.structuredIn(reader);

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

  const titles = [...(meta['og:title'] ?? []), title].map(folded).filter(Boolean);
  const prices = parts.pricesIn(reader, titles);

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
  /** Whether a picture links to another page that is no picture: of another ad, then. */
  const leadsAway = (element) => {
    const link = near(element, 'a[href]');
    const to = link && absolute(attr(link, 'href'));
    if (!to || !/^https?:/.test(to)) return false;
    const [here, there] = [new URL(doc.URL), new URL(to)];
    if (/\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i.test(there.pathname + there.search)) return false;
    return here.origin !== there.origin || !there.pathname.startsWith(here.pathname.replace(/\/$/, ''));
  };
  for (const element of all('img').slice(0, MOST.links)) {
    if (near(element, 'nav,footer,header,aside') || leadsAway(element)) continue;
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
};
