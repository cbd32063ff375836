/**
 * Interprets a page as one listing. Pure: takes what `readPage` read, returns what would be sent.
 *
 * Order for each field: JSON-LD, microdata, RDFa, OpenGraph and product tags, the platform's adapter, then the plain
 * page. A field that no part of the page states is null. On pages that hold no single listing nothing is stated.
 */
import { adapterFor, isProven, numberIn } from './adapters.js';
import { fits, fitted, LIMITS } from './limits.js';
import { kindOf } from './page_kind.js';
import { printedPrice } from './money.js';
import { asPrinted, bidPrice, offersOf, pagePrice, productPrice, taggedPrice } from './price.js';
import { mainProducts } from './main_products.js';
import { adTitle, headingIn, isInvitation, namesPoster, posterIn, siteNames } from './titles.js';
import { alike, flatten, folded, isA, list, POST, text } from './structured_data.js';

function address(value) {
  const place = list(value)[0];
  if (!place) return null;
  if (typeof place === 'string') return text(place);
  const where = place.address ?? place;
  if (typeof where === 'string') return text(where);
  const parts = ['addressLocality', 'addressRegion', 'postalCode', 'addressCountry']
    .map((key) => text(where[key]))
    .filter(Boolean);
  return [...new Set(parts)].join(', ') || (place.address ? null : text(place.name));
}

function instant(value) {
  const date = text(value);
  if (!date || !/^\d{4}-\d{2}-\d{2}/.test(date)) return null;
  const time = new Date(date);
  return Number.isNaN(time.getTime()) || time.getTime() > Date.now() + 864e5
    ? null
    : time.toISOString().replace('.000Z', 'Z');
}

/** A longer version of the short description in the tags is the better evidence. */
function fuller(short, candidates) {
  const start = folded(short).slice(0, 40);
  return (
    candidates.find((each) => start.length > 15 && folded(each).startsWith(start) && each.length > short.length) ??
    short
  );
}

/** A language as BCP 47 writes it, or null; 35 characters hold every one in use (RFC 5646, 4.4.1). */
export function languageOf(code) {
  const language = (code ?? '').replace('_', '-');
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(language) && language.length <= LIMITS.language ? language : null;
}

/**
 * Single-page applications keep the tags of the page before: those that name another listing than the address are
 * outdated.
 */
const outdated = (raw, adapter, number) =>
  number &&
  [...(raw.meta['og:url'] ?? []), raw.canonical]
    .filter(Boolean)
    .map((link) => numberIn(link, adapter))
    .some((other) => other && other !== number);

/** The result where no page could be read: `browser` (not a web page), `pdf`, or `unread`. */
export const unseen = (url = '') => ({
  kind: !/^https?:/.test(url) ? 'browser' : /\.pdf(?:[?#]|$)/i.test(url) ? 'pdf' : 'unread',
  readable: false,
  access: null,
  adapter: null,
  from: {},
  too_long: [],
  listing: {
    title: null,
    description: null,
    price: null,
    seller: null,
    location: null,
    language: null,
    posted_at: null,
    number: null,
    images: [],
    structured_data: [],
  },
});

/**
 * @param {object} raw what `readPage` gave
 * @returns {{kind: string, readable: boolean, access: string|null, adapter: {slug, name, proven}|null, listing: object,
 *   from: object, too_long: string[]}} `kind` as in `kindOf`; `access` is `public`, `logged_in`, `closed_group`, or
 *   null when the page does not tell; `from` says where each field was read: json-ld, microdata, rdfa, tags, adapter,
 *   page. `too_long` names what was left out for its length.
 */
export function understand(raw) {
  const adapter = adapterFor(raw.url);
  const inAddress = numberIn(raw.url, adapter);
  const tagsOutdated = outdated(raw, adapter, inAddress);
  const flat = tagsOutdated ? [] : flatten(raw.nodes);
  const tags = tagsOutdated ? {} : raw.meta;
  const mains = mainProducts(flat, raw);
  const tagged = taggedPrice(tags);
  const kind = kindOf({ ...raw, meta: tags }, flat, mains, tagged, adapter, inAddress);
  const readable = ['listing', 'post', 'page'].includes(kind);
  const { listing, from, too_long } = unseen(raw.url);
  const result = {
    kind,
    readable,
    access: raw.closed ? 'closed_group' : (raw.access[0] ?? null),
    adapter: adapter && { slug: adapter.slug, name: adapter.name, proven: isProven(adapter, raw.url) },
    listing,
    from,
    too_long,
  };
  if (!readable) return result;
  const state = (field, ...readings) => {
    for (const [origin, read] of readings) {
      const value = read();
      if (value === null || value === undefined || value === '' || value.length === 0) continue;
      if (!fits(field, value)) {
        if (!too_long.includes(field)) too_long.push(field);
        continue;
      }
      listing[field] = value;
      from[field] = origin;
      return;
    }
  };

  const meta = (...names) => names.map((name) => text(tags[name])).find(Boolean) ?? null;
  const adapted = (field) => raw.adapted[field]?.[0]?.text ?? null;
  const posts =
    kind === 'post'
      ? flat
          .filter((each) => !each.listed && isA(each.node, POST))
          .map((each) => ({ ...each.node, '@origin': each.origin }))
      : [];
  const origin = (node) => node['@origin'] ?? flat.find((each) => each.node === node)?.origin ?? 'json-ld';
  const fromData = (read, nodes = mains) => nodes.map((node) => [origin(node), () => read(node)]);
  const printed = raw.prices
    .filter((price) => price.after && !price.former)
    .map((price) => printedPrice(price.text))
    .filter(Boolean);

  // Microdata names may hold buttons and badges, too; the title of the tags within them is cleaner.
  const line = (value) => text(value)?.replace(/\s+/g, ' ') ?? null;
  const tag = line(meta('og:title', 'twitter:title'));
  const named = (node) => (origin(node) !== 'json-ld' && tag && line(node.name)?.includes(tag) ? tag : line(node.name));
  const sites = siteNames(raw, adapter);
  const title = (value) => adTitle(line(value), sites, [raw.title, ...raw.headings]);
  const heading = raw.headings.find((each) => alike(raw.title, each, 0.3)) ?? headingIn(raw.title, raw.headings);
  state(
    'title',
    ...fromData((node) => title(named(node))),
    ['tags', () => title(tag)],
    ...fromData((node) => title(node.headline ?? node.name), posts),
    ['adapter', () => title(adapted('title'))],
    ['page', () => title(heading ?? raw.title)],
    ['page', () => title(raw.headings[0] || raw.second_headings[0])],
    // Nothing but the site's own name is better than none.
    ['page', () => tag ?? line(raw.title)],
  );
  const bodies = [adapted('description'), ...raw.labelled.description.map((each) => each.text)].filter(Boolean);
  state(
    'description',
    ...fromData((node) => text(node.description)),
    ...fromData((node) => text(node.articleBody ?? node.description), posts),
    ['tags', () => fuller(meta('og:description', 'twitter:description', 'description') ?? '', bodies)],
    ['adapter', () => adapted('description')],
    ['page', () => bodies[0]],
  );
  if (from.description === 'tags' && bodies.includes(listing.description)) {
    from.description = listing.description === adapted('description') ? 'adapter' : 'page';
  }
  if (kind === 'listing' || kind === 'page') {
    state(
      'price',
      // Of an auction the data may hold the start price; what is bid now stands on the page.
      ['page', () => bidPrice(raw)],
      ...fromData((node) => productPrice(node, printed)),
      ['tags', () => tagged],
      ['adapter', () => printedPrice(adapted('price'))],
      ['page', () => pagePrice(raw, line(raw.title))],
    );
    if (listing.price && !['adapter', 'page'].includes(from.price)) {
      [listing.price, from.price] = asPrinted(listing.price, from.price, raw);
    }
  }
  const party = (value) => {
    const name = text(value);
    const link = list(value)[0]?.url;
    return name && name.length <= LIMITS.short && !/^https?:/.test(name) && !isInvitation(name)
      ? { name, url: typeof link === 'string' && /^https?:/.test(link) && link.length <= LIMITS.url ? link : null }
      : null;
  };
  const sellers = raw.labelled.seller.filter((each) => !isInvitation(each.text));
  state(
    'seller',
    ...fromData((node) =>
      party(
        offersOf(node)
          .map((offer) => offer?.seller ?? offer?.offeredBy)
          .find(Boolean) ?? node.seller,
      ),
    ),
    ...fromData((node) => party(node.author ?? node.creator), posts),
    [
      'adapter',
      () => raw.adapted.seller && party({ name: raw.adapted.seller[0].text, url: raw.adapted.seller[0].url }),
    ],
    [
      'page',
      () =>
        sellers.length === 1 ? party({ name: sellers[0].text, url: sellers[0].url }) : null,
    ],
    ['page', () => (kind === 'post' || inAddress || namesPoster(raw.url) ? posterIn(raw.url, adapter) : null)],
  );
  state(
    'location',
    ...fromData((node) =>
      address(
        offersOf(node)
          .map((offer) => offer?.availableAtOrFrom)
          .find(Boolean),
      ),
    ),
    ['tags', () => meta('geo.placename', 'og:locality')],
    ['adapter', () => line(adapted('location'))],
    ['page', () => (raw.labelled.location.length === 1 ? raw.labelled.location[0].text : null)],
  );
  state(
    'posted_at',
    ...fromData((node) => instant(node.datePosted ?? node.datePublished)),
    ...fromData(
      (node) => (isA(node, /^(?:person|profilepage)$/) ? null : instant(node.datePublished ?? node.uploadDate)),
      posts,
    ),
    ['tags', () => instant(tags['article:published_time'])],
    ['adapter', () => instant(adapted('posted_at'))],
    ['page', () => (raw.times.length === 1 || raw.times[0]?.near.includes('post') ? instant(raw.times[0]?.at) : null)],
  );
  state('language', ['page', () => languageOf(raw.lang || meta('og:locale', 'content-language'))]);

  const numeral = (value) => /(?<![\w-])[A-Z]{0,4}-?\d[\w-]{3,}/.exec(String(value ?? '').slice(0, 500))?.[0] ?? null;
  state(
    'number',
    ['adapter', () => inAddress ?? numeral(adapted('number'))],
    ...fromData((node) => numeral(text(node.productID ?? node.sku))),
    ['page', () => raw.labelled.number?.[0].text],
  );

  const pictures = new Map();
  const add = (value) =>
    list(value).forEach((each) => {
      const link = typeof each === 'string' ? each : (each?.url ?? each?.contentUrl);
      if (Array.isArray(link)) return add(link);
      if (typeof link === 'string' && URL.canParse(link, raw.url) && pictures.size < LIMITS.images) {
        const { href, protocol } = new URL(link, raw.url);
        if (/^https?:$/.test(protocol) && href.length <= LIMITS.url && !pictures.has(href)) {
          pictures.set(href, { url: href, alt: text(each?.caption) ?? '' });
        }
      }
      return undefined;
    });
  [...mains, ...posts].forEach((node) => add(node.image ?? node.thumbnailUrl));
  add(tags['og:image']);
  add(raw.adapted.images?.map((each) => each.text));
  raw.images.forEach((image) =>
    pictures.has(image.url)
      ? (pictures.get(image.url).alt ||= image.alt)
      : pictures.size < LIMITS.images && pictures.set(image.url, image),
  );
  listing.images = [...pictures.values()];
  if (listing.images.length) from.images = mains.length ? origin(mains[0]) : 'page';
  if (raw.json_ld_length > LIMITS.structured_data) too_long.push('structured_data');
  else state('structured_data', ['json-ld', () => raw.json_ld]);
  return { ...result, ...fitted(result) };
}
