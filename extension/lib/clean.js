/**
 * Removes the volunteer from what is sent: the viewer from the page's data, and their names, as found where the page
 * greets them, from every text, with its addresses cleaned (`address.js`). Pure.
 */
import { bare, decode, JWT, OWN_THINGS, SESSION, TOKEN } from './sharers.js';
import { BOUGHT, isA } from './structured_data.js';
import { holds, identifies } from './names.js';
import { cleanAddress } from './address.js';

/** Stands where something was removed; the same in every language. */
export const TAKEN = '▮▮▮';

/** A function that removes the names from a text. */
const scrubber = (namePatterns) => (text) => namePatterns.reduce((left, pattern) => left.replace(pattern, TAKEN), text);

const VIEWER = /^(?:user|viewer|visitor|currentuser|loggedinuser|authuser|loggeduser|customer|buyer|session|account)$/;
const ACTING = /^(?:agent|participant|recipient)$/; // of an action: the one who may take it
/* Where it is sent, who bought it; and what others wrote beside the ad, among them perhaps the volunteer: a report
   needs none of it. */
const BESIDE = new RegExp(
  '^(?:shippingdestination|shippingaddress|deliveryaddress|billingaddress|deliverto|reviews?|comments?|' +
    'suggestedanswer|acceptedanswer|questions?|bids?|bidders?|highbidder|watchers?|likedby|messages?)$',
);

/** An address as pages write it in their data, absolute or relative, cleaned; null for any other text. */
export function cleanLink(text, namePatterns) {
  if (/^(?:https?:)?\/\/\S+$/i.test(text) || /^\/\S*$/.test(text)) return cleanAddress(text, namePatterns) ?? TAKEN;
  return /^[^\s?#]*[?#][^\s]*=\S*$/.test(text) ? (cleanAddress(`/${text}`, namePatterns) ?? TAKEN).slice(1) : null;
}

/** Whether a person in the page's data is the volunteer: with the name come street and telephone number. */
const isViewer = (node, namePatterns) =>
  ['name', 'alternateName', 'email', 'identifier', '@id'].some(
    (key) => typeof node[key] === 'string' && holds(namePatterns, node[key]),
  ) &&
  (!node['@type'] || isA(node, /person$/));

/** The page's data without the viewer: JSON in, JSON out; undefined where the whole datum is about them. */
export function cleanData(value, namePatterns) {
  if (typeof value === 'string') return cleanLink(value, namePatterns) ?? cleanText(value, namePatterns);
  if (!value || typeof value !== 'object') {
    return typeof value === 'number' && holds(namePatterns, String(value)) ? undefined : value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => cleanData(each, namePatterns)).filter((each) => each !== undefined);
  }
  if (isA(value, BOUGHT) || isViewer(value, namePatterns)) return undefined;
  const left = Object.entries(value)
    .filter(
      ([key]) =>
        key.startsWith('@') ||
        !(
          VIEWER.test(bare(key)) ||
          BESIDE.test(bare(key)) ||
          (isA(value, /action$/) && ACTING.test(key)) ||
          [TOKEN, SESSION, OWN_THINGS].some((rule) => rule.test(bare(key)))
        ),
    )
    .map(([key, each]) => [key, cleanData(each, namePatterns)])
    .filter(([, each]) => each !== undefined);
  return Object.fromEntries(left);
}

/** A text without the names, and with its addresses cleaned. What the seller wrote about themselves stays. */
export function cleanText(text, namePatterns) {
  const links = text.replace(/https?:\/\/[^\s<>"'）)\]]+/g, (link) => {
    const [address, tail] = [link.replace(/[.,;:!?]+$/, ''), /[.,;:!?]*$/.exec(link)[0]];
    return (/[?#;@]/.test(address) ? (cleanAddress(address, namePatterns) ?? TAKEN) : address) + tail;
  });
  return scrubber(namePatterns)(links).replace(new RegExp(JWT, 'g'), TAKEN);
}

/** Pictures without the volunteer: one whose address names them shows them. */
export const cleanImages = (images, namePatterns) =>
  images
    .filter(({ url }) => !identifies(decode(new URL(url).pathname), namePatterns))
    .map((image) => ({
      ...image,
      url: cleanAddress(image.url, namePatterns),
      alt: cleanText(image.alt ?? '', namePatterns),
    }));

/** A listing, as `understand` gives it, without the volunteer. */
export function cleanListing(listing, namePatterns) {
  const clean = { ...listing };
  for (const [field, value] of Object.entries(listing)) {
    if (typeof value === 'string') clean[field] = cleanText(value, namePatterns);
  }
  const { seller, images, structured_data, price } = listing;
  if (price?.text) clean.price = { ...price, text: cleanText(price.text, namePatterns) };
  if (seller) {
    const url =
      seller.url && !identifies(decode(new URL(seller.url).pathname), namePatterns)
        ? cleanAddress(seller.url, namePatterns)
        : null;
    clean.seller = { name: seller.name && cleanText(seller.name, namePatterns), url };
  }
  clean.images = cleanImages(images ?? [], namePatterns);
  clean.structured_data = cleanData(structured_data ?? [], namePatterns);
  return clean;
}
