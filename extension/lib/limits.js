/**
 * What the server accepts, so that no page can make a report that is refused. Pure.
 *
 * A text over a limit is left out whole and named (`too_long`), never cut.
 */

/**
 * The most that is sent: at most what `server/ledger/reports/schemas.py` accepts, by test. Characters; `json` in bytes.
 */
export const LIMITS = {
  url: 4096,
  title: 1000,
  description: 20_000,
  images: 100,
  alt: 500,
  structured_data: 300_000,
  nodes: 100,
  short: 300,
  number: 100,
  posted_at: 100,
  language: 35,
  price: 200,
  json: 900_000,
};

/**
 * JSON without what a database cannot keep: NUL and lone surrogates, which sites publish that cut a text within an
 * emoji.
 */
export function wellFormed(value) {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (!value || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [wellFormed(key), wellFormed(each)]));
}

/** The address of an ad as the server accepts it. Browsers leave a backslash in a query or fragment as it is. */
export const acceptedAddress = (url) => url.replaceAll('\\', '%5C');

/** Whether the server accepts this value of a listing, by its length. */
export function fits(field, value) {
  if (typeof value === 'string') return value.length <= (LIMITS[field] ?? LIMITS.short);
  if (field === 'price') return (value?.text?.length ?? 0) <= LIMITS.price;
  if (field === 'seller') {
    return [value?.name, value?.url].every((text, at) => (text?.length ?? 0) <= [LIMITS.short, LIMITS.url][at]);
  }
  return (
    field !== 'structured_data' ||
    (value.length <= LIMITS.nodes && JSON.stringify(value).length <= LIMITS.structured_data)
  );
}

/** A picture's alternative text is not the ad's: its beginning is enough. */
const shortened = ({ url, alt }) => ({ url, alt: (alt ?? '').slice(0, LIMITS.alt).replace(/[\uD800-\uDBFF]$/, '') });

/**
 * @param {{listing: object, too_long?: string[]}} captured as `understand` gives it; `too_long` names what was left out
 *   before
 * @returns {{listing: object, too_long: string[]}} the same, ready to be sent
 */
export function fitted({ listing: original, too_long: tooLongBefore = [] }) {
  const images = original.images
    .filter(({ url }) => url.length <= LIMITS.url)
    .slice(0, LIMITS.images)
    .map(shortened);
  const listing = wellFormed({ ...original, images });
  const too_long = [...tooLongBefore];
  const leaveOut = (field) => {
    listing[field] = Array.isArray(listing[field]) ? [] : null;
    if (!too_long.includes(field)) too_long.push(field);
  };
  Object.keys(listing)
    .filter((field) => !fits(field, listing[field]))
    .forEach(leaveOut);
  // All else together is smaller.
  if (new Blob([JSON.stringify(listing)]).size > LIMITS.json) leaveOut('structured_data');
  return { listing, too_long };
}
