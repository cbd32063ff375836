/**
 * Decides what a page says about one listing. Pure: takes what `readPage` read, gives what would be sent.
 *
 * Order for each field: JSON-LD, microdata, RDFa, OpenGraph and product tags, then the plain page. A field that no part
 * of the page states is null. On pages that hold no single listing (results, removed, sign-in, empty) nothing is stated.
 */
import { printedPrice, statedPrice } from './money.js';

/** The most the server takes; longer text is left out whole and said, never cut. */
export const LIMITS = { url: 4096, title: 1000, description: 20000, images: 100, structured_data: 300_000, short: 300 };

const PRODUCT = /^(?:product|individualproduct|productmodel|productgroup|somproducts|someproducts|vehicle|car|motorcycle)$/;
const POST = /^(?:socialmediaposting|discussionforumposting|videoobject|article|newsarticle|blogposting|profilepage|person|itempage)$/;
const RESULTS = /^(?:searchresultspage|collectionpage|offercatalog)$/;
const ASIDE = /^(?:isRelatedTo|isSimilarTo|isAccessoryOrSparePartFor|isConsumableFor|itemListElement|hasPart|isVariantOf|item)$/;
const ORIGINS = ['json-ld', 'microdata', 'rdfa'];

const list = (value) => (value === undefined || value === null ? [] : [].concat(value));
const types = (node) => list(node?.['@type']).map((name) => String(name).replace(/^.*[/#:]/, '').toLowerCase());
const isA = (node, pattern) => types(node).some((name) => pattern.test(name));
/** The readable text of a stated value: tags of data written for a page are not part of what it says. */
function text(value) {
  const one = list(value).find((each) => ['string', 'number'].includes(typeof each) || each?.['@value'] || each?.name);
  if (one === undefined) return null;
  const said = typeof one === 'object' ? one['@value'] ?? one.name : one;
  if (typeof said === 'object') return text(said);
  const plain = (String(said).replace(/<(?:br|\/p|\/li|\/div)\b[^>]*>/gi, '\n').replace(/<\/?[a-z][^<>]*>/gi, ''))
    .replace(/\u0000/g, '').replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
  return plain || null;
}

/** All typed objects of the page, each with whether it stands in a list of others. */
function flatten(nodes) {
  const found = [];
  const visit = (node, origin, listed, depth) => {
    if (Array.isArray(node)) return node.forEach((each) => visit(each, origin, listed, depth));
    if (!node || typeof node !== 'object' || depth > 10 || found.length > 2000) return undefined;
    if (types(node).length || node.offers) found.push({ node, origin, listed });
    for (const [key, value] of Object.entries(node)) {
      if (value && typeof value === 'object') visit(value, origin, listed || ASIDE.test(key) || isA(node, RESULTS), depth + 1);
    }
    return undefined;
  };
  nodes.forEach((node) => visit(node, node['@origin'], false, 0));
  return found;
}

const folded = (value) => (value ?? '').normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
/** Whether two titles name the same thing: one holds the other, and the shorter is `share` of the longer at least. */
const alike = (one, other, share = 0.5) => {
  const [short, long] = [folded(one), folded(other)].sort((a, b) => a.length - b.length);
  return short.length > 0 && long.includes(short) && short.length >= share * long.length;
};
const samePage = (link, raw) => {
  try {
    const at = new URL(link, raw.url);
    return [raw.url, raw.canonical].filter(Boolean).map((each) => new URL(each))
      .some((page) => page.host === at.host && page.pathname === at.pathname && page.pathname !== '/');
  } catch {
    return false;
  }
};

/** The one thing offered here, one node an origin; empty when there is none or when several stand side by side. */
function mainProducts(flat, raw) {
  const told = [...raw.headings, ...(raw.meta['og:title'] ?? []), raw.title];
  const mains = [];
  for (const origin of ORIGINS) {
    const here = flat.filter((each) => each.origin === origin && !each.listed && (isA(each.node, PRODUCT) || each.node.offers));
    const names = new Set(here.map((each) => folded(text(each.node.name))));
    const fitting = here.filter(({ node }) => list(node.url ?? node['@id']).some((link) => typeof link === 'string' && samePage(link, raw))
      || told.some((title) => alike(title, text(node.name), names.size > 2 ? 0.5 : 0.25)));
    const chosen = names.size <= 1 ? here : fitting.length && new Set(fitting.map((each) => folded(text(each.node.name)))).size <= 2 ? fitting : [];
    // Several objects about the same thing (one a size): the one that says most leads.
    if (chosen.length) mains.push(chosen.map((each) => each.node).sort((a, b) => Boolean(b.offers) - Boolean(a.offers))[0]);
  }
  return mains;
}

function offersOf(product) {
  const direct = list(product.offers).flatMap((offer) => (isA(offer, /^aggregateoffer$/) ? [offer] : [offer, ...list(offer?.offers)]));
  return direct.length ? direct : list(product.hasVariant).flatMap((each) => list(each?.offers));
}

/** A member whatever its capitals, for the shops that write "lowprice". */
const member = (node, name) => node[name] ?? node[Object.keys(node).find((key) => key.toLowerCase() === name.toLowerCase())];

/** An amount as stated: bare, or wrapped as `{value, currency}` at some depth. */
function amountOf(value, code, depth = 0) {
  const one = list(value)[0];
  if (one === null || typeof one !== 'object' || depth > 3) return list(value).map((price) => statedPrice(price, code)).find(Boolean) ?? null;
  const own = one['@value'] ?? one.value ?? one.amount ?? one.price;
  if (own !== undefined) return amountOf(own, one.currency ?? one.priceCurrency ?? code, depth + 1);
  return Object.values(one).filter((each) => each && typeof each === 'object').map((each) => amountOf(each, code, depth + 1)).find(Boolean) ?? null;
}

function offerPrice(offer) {
  if (!offer || typeof offer !== 'object') return null;
  const specification = list(offer.priceSpecification).find((each) => each?.price && !/list|strike|msrp/i.test(String(each.priceType ?? '')));
  const code = list(member(offer, 'priceCurrency') ?? specification?.priceCurrency)[0];
  const low = amountOf(member(offer, 'lowPrice'), code);
  if (low) {
    const high = amountOf(member(offer, 'highPrice'), code);
    return high && high.amount !== low.amount ? { ...low, text: `${low.amount} – ${high.amount}${low.currency ? ` ${low.currency}` : ''}` } : low;
  }
  return amountOf(offer.price ?? specification?.price, code) ?? (isA(offer, /^aggregateoffer$/) ? list(offer.offers).map(offerPrice).find(Boolean) ?? null : null);
}

/** Several sizes, several prices: the range if the page sums it up, else the one it prints first, else states first. */
function productPrice(product, printed) {
  const offers = offersOf(product);
  const summed = offers.filter((offer) => isA(offer, /^aggregateoffer$/)).map(offerPrice).find(Boolean);
  if (summed) return summed;
  const prices = offers.map(offerPrice).filter(Boolean);
  return printed.map((price) => prices.find((each) => Number(each.amount) === Number(price.amount))).find(Boolean) ?? prices[0] ?? null;
}

function taggedPrice(meta) {
  for (const kind of ['product:sale_price', 'product:price', 'og:price']) {
    const amounts = meta[`${kind}:amount`] ?? [];
    const price = amounts.map((amount) => statedPrice(amount, (meta[`${kind}:currency`] ?? [])[0])).find(Boolean);
    if (price) return price;
  }
  return [...(meta['product:price'] ?? []), ...(meta['og:price'] ?? [])].map((price) => printedPrice(price)).find(Boolean) ?? null;
}

function address(value) {
  const place = list(value)[0];
  if (!place) return null;
  if (typeof place === 'string') return text(place);
  const where = place.address ?? place;
  if (typeof where === 'string') return text(where);
  const parts = ['addressLocality', 'addressRegion', 'postalCode', 'addressCountry'].map((key) => text(where[key])).filter(Boolean);
  return [...new Set(parts)].join(', ') || (place.address ? null : text(place.name));
}

function instant(value) {
  const said = text(value);
  if (!said || !/^\d{4}-\d{2}-\d{2}/.test(said)) return null;
  const at = new Date(said);
  return Number.isNaN(at.getTime()) || at.getTime() > Date.now() + 864e5 ? null : at.toISOString().replace('.000Z', 'Z');
}

const GONE = new RegExp([
  "(?:this|the|that) (?:posting|listing|ad|advert|item|page|product|offer)(?: you(?:'re| are| were| have)? \\S+(?: for)?)? (?:has|have|was|is|could)(?: \\S+){0,2} (?:expired|deleted|removed|flagged|found|available|active|unavailable|ended)",
  '(?:posting|listing|ad|item) (?:not found|no longer (?:available|exists?))', 'page not found',
  '(?:annonce|page) (?:\\S+ ){0,4}(?:supprimée|désactivée|expirée|introuvable)', "n['’]est plus (?:disponible|en ligne)", 'ya no est[áa] disponible', '(?:anuncio|publicaci[óo]n|p[áa]gina) (?:\\S+ ){0,2}(?:caducado|no existe|eliminad[oa])',
  'nicht mehr (?:verfügbar|aktiv)', '(?:anzeige|seite) (?:\\S+ ){0,2}(?:gelöscht|existiert nicht)', 'não est[áa] mais disponível', 'non è più disponibile', 'niet meer beschikbaar', 'nie jest już dostępn',
  'больше не доступн', 'снято с публикации', 'объявление удалено', '(?:商品|宝贝|页面|頁面).{0,8}(?:下架|不存在|删除|失效)', '見つかりません', '存在しません', '삭제된|존재하지 않'].join('|'), 'i');
const DOOR = /\b(?:sign|log)[ -]?in\b|robot check|are you (?:a )?(?:human|robot)|verify (?:that )?you are|captcha|access denied|just a moment|security check|anmelden|einloggen|connexion|connectez-vous|iniciar sesi[óo]n|inicia sesi[óo]n|accedi|войти|(?<!\p{L})вход(?!\p{L})|登录|登入|ログイン|로그인|验证/iu;
const SEARCHING = /(?:^|\/)(?:search|sch|buscar|busca|recherche|suche|results?)(?:[/._-]|$)/i;
const BROWSING = /(?:^|\/)(?:s|w|find|browse|annonces|offres|categor(?:y|ies)|tag|shop-by|listado|explore|marketplace\/category)(?:[/.]|$)/i;
const QUERY = /^(?:q|query|keywords?|k|_nkw|search\w*|text|kw|st|term|wd|find_desc)$/i;
const ONE = /\d{6,}|\/(?:dp|itm|items?|listings?|products?|p|pd|ad|gp|post)\/[^/]/i;

/** `listing, post, page`: something may be stated; `search, removed, door, empty`: nothing is. */
function kindOf(raw, flat, mains, tagged) {
  const { hints } = raw;
  const og = (raw.meta['og:type'] ?? [''])[0].toLowerCase();
  const { pathname, searchParams } = new URL(raw.url);
  const searched = SEARCHING.test(pathname) && !ONE.test(pathname);
  if (searched && (hints.sorted || hints.counted || hints.items >= 3 || hints.repeated >= 20)) return 'search';
  if (mains.length || tagged || /product|item$/.test(og)) return 'listing';
  const named = raw.meta['og:title'] || flat.some((each) => isA(each.node, POST));
  const priced = raw.prices.some((price) => price.after && single(price));
  if (hints.length < 2500 && !priced && GONE.test(`${raw.title}\n${raw.text}`)) return 'removed';
  if ((hints.password || hints.length < 1500) && DOOR.test(raw.title)) return 'door';
  if (!named && ((hints.password && hints.length < 1500) || (hints.length < 600 && DOOR.test(raw.text)))) return 'door';
  const offered = flat.filter((each) => isA(each.node, PRODUCT) || isA(each.node, /^(?:offer|aggregateoffer)$/));
  if (offered.length >= 3 || flat.some((each) => isA(each.node, RESULTS))) return 'search';
  const asked = !ONE.test(pathname) && (searched || [...searchParams.keys()].some((name) => QUERY.test(name)));
  const browsing = !ONE.test(pathname) && (BROWSING.test(pathname) || pathname === '/');
  if (asked || (hints.repeated >= 8 && (browsing || (hints.sorted && hints.counted)))) return 'search';
  // An index without a heading of its own, mostly made of links of one shape.
  if (!named && !raw.headings.length && hints.repeated >= 20 && hints.linked > 0.3) return 'search';
  if (flat.some((each) => isA(each.node, POST)) || /article|video|profile/.test(og)) return 'post';
  const headed = raw.headings.length + raw.second_headings.length > 0;
  return hints.length < (headed ? 60 : 200) && !named ? 'empty' : 'page';
}

/** A longer telling of what the tags say in short is the better evidence. */
function fuller(short, candidates) {
  const start = folded(short).slice(0, 40);
  return candidates.find((each) => start.length > 15 && folded(each).startsWith(start) && each.length > short.length) ?? short;
}

/**
 * @param {object} raw what `readPage` gave
 * @returns {{kind: string, readable: boolean, listing: object, from: object, too_long: string[]}} `from` says where each
 *   field was read: json-ld, microdata, rdfa, tags, page. `too_long` names what was left out for its length.
 */
export function understand(raw) {
  const flat = flatten(raw.nodes);
  const mains = mainProducts(flat, raw);
  const tagged = taggedPrice(raw.meta);
  const kind = kindOf(raw, flat, mains, tagged);
  const readable = ['listing', 'post', 'page'].includes(kind);
  const listing = { title: null, description: null, price: null, seller: null, location: null, language: null, posted_at: null, images: [], structured_data: [] };
  const from = {};
  const too_long = [];
  const state = (field, ...readings) => {
    for (const [origin, read] of readings) {
      const value = read();
      if (value === null || value === undefined || value === '' || value.length === 0) continue;
      if (typeof value === 'string' && value.length > (LIMITS[field] ?? LIMITS.short)) {
        if (!too_long.includes(field)) too_long.push(field);
        continue;
      }
      listing[field] = value;
      from[field] = origin;
      return;
    }
  };
  if (!readable) return { kind, readable, listing, from, too_long };

  const meta = (...names) => names.map((name) => text(raw.meta[name])).find(Boolean) ?? null;
  const posts = kind === 'post' ? flat.filter((each) => !each.listed && isA(each.node, POST)).map((each) => ({ ...each.node, '@origin': each.origin })) : [];
  const origin = (node) => node['@origin'] ?? flat.find((each) => each.node === node)?.origin ?? 'json-ld';
  const stated = (read, nodes = mains) => nodes.map((node) => [origin(node), () => read(node)]);
  const printed = raw.prices.filter((price) => price.after && !price.former).map((price) => printedPrice(price.text)).filter(Boolean);

  // Microdata names may hold buttons and badges too; the tag's title inside them is the cleaner reading.
  const line = (value) => text(value)?.replace(/\s+/g, ' ') ?? null;
  const tag = line(meta('og:title', 'twitter:title'));
  const named = (node) => (origin(node) !== 'json-ld' && tag && line(node.name)?.includes(tag) ? tag : line(node.name));
  state('title', ...stated(named), ['tags', () => tag], ...stated((node) => line(node.headline ?? node.name), posts),
    ['page', () => raw.headings.find((heading) => alike(raw.title, heading, 0.3)) ?? (line(raw.title) || raw.headings[0] || raw.second_headings[0])]);
  const bodies = raw.labelled.description.map((each) => each.text);
  state('description', ...stated((node) => text(node.description)), ...stated((node) => text(node.articleBody ?? node.description), posts),
    ['tags', () => fuller(meta('og:description', 'twitter:description', 'description') ?? '', bodies)], ['page', () => bodies[0]]);
  if (from.description === 'tags' && bodies.includes(listing.description)) from.description = 'page';
  if (kind === 'listing' || kind === 'page') {
    state('price', ...stated((node) => productPrice(node, printed)), ['tags', () => tagged], ['page', () => pagePrice(raw, listing.title)]);
    if (listing.price && from.price !== 'page') [listing.price, from.price] = asPrinted(listing.price, from.price, raw);
  }
  const party = (value) => {
    const name = text(value);
    const link = list(value)[0]?.url;
    return name && name.length <= LIMITS.short && !/^https?:/.test(name) ? { name, url: typeof link === 'string' && /^https?:/.test(link) && link.length <= LIMITS.url ? link : null } : null;
  };
  state('seller', ...stated((node) => party(offersOf(node).map((offer) => offer?.seller ?? offer?.offeredBy).find(Boolean) ?? node.seller)),
    ...stated((node) => party(node.author ?? node.creator), posts),
    ['page', () => (raw.labelled.seller.length === 1 ? party({ name: raw.labelled.seller[0].text, url: raw.labelled.seller[0].url }) : null)]);
  state('location', ...stated((node) => address(offersOf(node).map((offer) => offer?.availableAtOrFrom).find(Boolean))),
    ['tags', () => meta('geo.placename', 'og:locality')], ['page', () => (raw.labelled.location.length === 1 ? raw.labelled.location[0].text : null)]);
  state('posted_at', ...stated((node) => instant(node.datePosted ?? node.datePublished)), ...stated((node) => (isA(node, /^(?:person|profilepage)$/) ? null : instant(node.datePublished ?? node.uploadDate)), posts),
    ['tags', () => instant(raw.meta['article:published_time'])], ['page', () => (raw.times.length === 1 || raw.times[0]?.near.includes('post') ? instant(raw.times[0]?.at) : null)]);
  const language = (raw.lang || meta('og:locale', 'content-language') || '').replace('_', '-');
  state('language', ['page', () => (/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(language) ? language : null)]);

  const pictures = new Map();
  const add = (value) => list(value).forEach((each) => {
    const link = typeof each === 'string' ? each : each?.url ?? each?.contentUrl;
    if (Array.isArray(link)) return add(link);
    if (typeof link === 'string' && URL.canParse(link, raw.url) && pictures.size < LIMITS.images) {
      const { href, protocol } = new URL(link, raw.url);
      if (/^https?:$/.test(protocol) && href.length <= LIMITS.url && !pictures.has(href)) pictures.set(href, { url: href, alt: text(each?.caption) ?? '' });
    }
    return undefined;
  });
  [...mains, ...posts].forEach((node) => add(node.image ?? node.thumbnailUrl));
  add(raw.meta['og:image']);
  raw.images.forEach((image) => (pictures.has(image.url) ? (pictures.get(image.url).alt ||= image.alt) : pictures.size < LIMITS.images && pictures.set(image.url, image)));
  listing.images = [...pictures.values()];
  if (listing.images.length) from.images = mains.length ? origin(mains[0]) : 'page';
  if (raw.json_ld.length) {
    if (JSON.stringify(raw.json_ld).length <= LIMITS.structured_data) Object.assign(listing, { structured_data: raw.json_ld }) && (from.structured_data = 'json-ld');
    else too_long.push('structured_data');
  }
  return { kind, readable, listing, from, too_long };
}

/** A short text around one number: a price, not a sentence about several. */
const single = (price) => Boolean(price) && !price.former && price.text.length <= 40 && (price.text.match(/\p{Nd}[\p{Nd}.,\s'’]*/gu) ?? []).length === 1;

/**
 * A stated price in the words in which the page prints it. Where the page strikes the stated price out and prints a lower
 * one next to it, the data are behind the page, and the printed one is true.
 */
function asPrinted(price, origin, raw) {
  const same = (printed) => Number(printedPrice(printed.text, price.currency)?.amount) === Number(price.amount);
  const struck = raw.prices.findIndex((printed) => printed.former && same(printed));
  const now = struck >= 0 && single(raw.prices[struck + 1]) ? printedPrice(raw.prices[struck + 1].text, price.currency) : null;
  if (now && now.currency === price.currency && Number(now.amount) < Number(price.amount)) return [now, 'page'];
  const words = price.text.includes('–') ? null : raw.prices.filter((printed) => printed.after && single(printed) && same(printed)).map((printed) => printedPrice(printed.text)).find(Boolean);
  return [words ? { ...price, text: words.text } : price, origin];
}

/** The one price that a page without data prints after its heading; null when there is a choice to be made. */
function pagePrice(raw, title) {
  const clear = raw.prices.filter((price) => price.after && price.exact && single(price)).map((price) => printedPrice(price.text)).filter(Boolean);
  if (new Set(clear.map((price) => price.amount)).size === 1) return clear[0];
  const inTitle = [...raw.second_headings, title].map((heading) => /(?:^|[-–—:]\s*)([$€£]\s?\d[\d.,]*)(?=\s*(?:\(|$))/.exec(heading ?? '')?.[1]).find(Boolean);
  return clear.length ? null : printedPrice(inTitle);
}
