/** Typed objects as pages publish them (JSON-LD and what is read into its shape), read leniently. Pure. */

export const PRODUCT =
  /^(?:product|individualproduct|productmodel|productgroup|somproducts|someproducts|vehicle|car|motorcycle)$/;
export const POST = new RegExp(
  String.raw`^(?:socialmediaposting|discussionforumposting|videoobject|article|newsarticle|blogposting|` +
    String.raw`profilepage|person|itempage)$`,
);
export const RESULTS = /^(?:searchresultspage|collectionpage|offercatalog)$/;
/** What somebody bought: personal, and nothing about what is offered here. */
export const BOUGHT = /^(?:order|invoice|parceldelivery|emailmessage|\w*reservation|ticket)$/;
/** What is said of the seller, the place, the site: a shop's catalogue is not what this page offers. */
const AROUND = new RegExp(
  String.raw`^(?:hasOfferCatalog|makesOffer|isPartOf|contentLocation|locationCreated|location|seller|offeredBy|` +
    String.raw`author|creator|publisher|provider|brand|mentions|about|breadcrumb|potentialAction|significantLink|` +
    String.raw`relatedLink)$`,
);
const ASIDE = new RegExp(
  String.raw`^(?:isRelatedTo|isSimilarTo|isAccessoryOrSparePartFor|isConsumableFor|itemListElement|hasPart|` +
    String.raw`hasVariant|isVariantOf|item)$`,
);

export const list = (value) => (value === undefined || value === null ? [] : [].concat(value));
const types = (node) =>
  list(node?.['@type']).map((name) =>
    String(name)
      .replace(/^.*[/#:]/, '')
      .toLowerCase(),
  );
export const isA = (node, pattern) => types(node).some((name) => pattern.test(name));
/** The readable text of a stated value: tags of data written for a page are not part of what it says. */
export function text(value) {
  const stated = list(value).find(
    (each) => ['string', 'number'].includes(typeof each) || each?.['@value'] || each?.name,
  );
  if (stated === undefined) return null;
  const content = typeof stated === 'object' ? (stated['@value'] ?? stated.name) : stated;
  if (typeof content === 'object') return text(content);
  const cleaned = String(content)
    .slice(0, 100_000)
    .replace(/<(?:br|\/p|\/li|\/div)\b[^<>]*>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\u0000/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cleaned || null;
}

/**
 * All typed objects of the page: each with whether it stands in a list of others (`listed`), whether it is the page's
 * own (alone, in a graph or as the main entity), and whether it is said around the ad, of its seller or its place.
 */
export function flatten(nodes) {
  const objects = [];
  const visit = (node, origin, listed, depth, own = true, around = false) => {
    if (Array.isArray(node)) return node.forEach((each) => visit(each, origin, listed, depth, own, around));
    if (!node || typeof node !== 'object' || depth > 20 || objects.length > 2000 || isA(node, BOUGHT)) return undefined;
    if (types(node).length || node.offers) objects.push({ node, origin, listed, own, around });
    for (const [key, value] of Object.entries(node)) {
      if (value && typeof value === 'object') {
        const inside = own && /^(?:@graph|mainEntity|mainEntityOfPage)$/.test(key);
        visit(
          value,
          origin,
          listed || ASIDE.test(key) || isA(node, RESULTS),
          depth + 1,
          inside,
          around || AROUND.test(key),
        );
      }
    }
    return undefined;
  };
  nodes.forEach((node) => visit(node, node['@origin'], false, 0));
  return objects;
}

export const folded = (value) =>
  (value ?? '')
    .slice(0, 2000)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
/** Whether two titles name the same thing: one holds the other, and the shorter is `share` of the longer at least. */
export const alike = (first, second, share = 0.5) => {
  const [short, long] = [folded(first), folded(second)].sort((a, b) => a.length - b.length);
  return short.length > 0 && long.includes(short) && short.length >= share * long.length;
};
