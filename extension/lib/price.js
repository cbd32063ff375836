/** Chooses the price of what is offered from those that a page states or prints. Pure. */
import { printedPrice, statedPrice } from './money.js';
import { isA, list } from './structured_data.js';

export function offersOf(product) {
  const direct = list(product.offers).flatMap((offer) =>
    isA(offer, /^aggregateoffer$/) ? [offer] : [offer, ...list(offer?.offers)],
  );
  return direct.length ? direct : list(product.hasVariant).flatMap((each) => list(each?.offers));
}

/** A member in any case, for shops that write "lowprice". */
const member = (node, name) =>
  node[name] ?? node[Object.keys(node).find((key) => key.toLowerCase() === name.toLowerCase())];

/** An amount as stated: bare, or wrapped as `{value, currency}` at some depth. */
function amountOf(value, code, depth = 0) {
  const onlyPrice = list(value)[0];
  if (onlyPrice === null || typeof onlyPrice !== 'object' || depth > 3) {
    return (
      list(value)
        .map((price) => statedPrice(price, code))
        .find(Boolean) ?? null
    );
  }
  const inner = onlyPrice['@value'] ?? onlyPrice.value ?? onlyPrice.amount ?? onlyPrice.price;
  if (inner !== undefined) return amountOf(inner, onlyPrice.currency ?? onlyPrice.priceCurrency ?? code, depth + 1);
  return (
    Object.values(onlyPrice)
      .filter((each) => each && typeof each === 'object')
      .map((each) => amountOf(each, code, depth + 1))
      .find(Boolean) ?? null
  );
}

/** What it would cost elsewhere or did before: said by its type or its name. */
const isListPrice = ({ priceType, name }) =>
  /list|strike|msrp|regular|rrp|srp|invoice/i.test(String(priceType ?? '').replace(/^.*[/#]/, '')) ||
  /^(?:list|regular|original|old|former|recommended|retail|rrp|msrp|uvp)(?: ?price)?$/i.test(String(name ?? '').trim());

function offerPrice(offer) {
  if (!offer || typeof offer !== 'object') return null;
  const specification = list(offer.priceSpecification).find((each) => each?.price && !isListPrice(each));
  const code = list(member(offer, 'priceCurrency') ?? specification?.priceCurrency)[0];
  const low = amountOf(member(offer, 'lowPrice'), code);
  if (low) {
    const high = amountOf(member(offer, 'highPrice'), code);
    return high && high.amount !== low.amount
      ? { ...low, text: `${low.amount} – ${high.amount}${low.currency ? ` ${low.currency}` : ''}` }
      : low;
  }
  return (
    amountOf(offer.price ?? specification?.price, code) ??
    (isA(offer, /^aggregateoffer$/) ? (list(offer.offers).map(offerPrice).find(Boolean) ?? null) : null)
  );
}

/**
 * Several offers, several prices: the range if the page states it, else the price printed first, else the one stated
 * first. Of two, the lower with both ends in words: the other may be the list price.
 */
export function productPrice(product, printed) {
  const offers = offersOf(product);
  const summed = offers
    .filter((offer) => isA(offer, /^aggregateoffer$/))
    .map(offerPrice)
    .find(Boolean);
  if (summed) return summed;
  const current = offers.filter((offer) => offer && typeof offer === 'object' && !isListPrice(offer));
  const prices = (current.length ? current : offers).map(offerPrice).filter(Boolean);
  const shown = printed
    .map((price) => prices.find((each) => Number(each.amount) === Number(price.amount)))
    .find(Boolean);
  if (shown || prices.length < 2) return shown ?? prices[0] ?? null;
  if (new Set(prices.map((price) => price.currency)).size > 1) return prices[0];
  if (new Set(prices.map((price) => price.amount)).size > 2) return prices[0];
  const [low, ...others] = [...prices].sort((a, b) => Number(a.amount) - Number(b.amount));
  const high = others.at(-1);
  return high.amount === low.amount
    ? prices[0]
    : { ...low, text: `${low.amount} – ${high.amount}${low.currency ? ` ${low.currency}` : ''}` };
}

/** What is bid now, where the page says so beside one amount; the nearest to the heading. */
export function bidPrice(raw) {
  const bids = raw.prices.filter((price) => price.bid && price.after && !price.hidden);
  const nearest = bids.filter((price) => price.near === Math.min(...bids.map((each) => each.near)));
  const prices = nearest.map((price) => printedPrice(price.text)).filter(Boolean);
  return new Set(prices.map((price) => price.amount)).size === 1 ? prices[0] : null;
}

export function taggedPrice(meta) {
  for (const kind of ['product:sale_price', 'product:price', 'og:price']) {
    const amounts = meta[`${kind}:amount`] ?? [];
    const price = amounts.map((amount) => statedPrice(amount, (meta[`${kind}:currency`] ?? [])[0])).find(Boolean);
    if (price) return price;
  }
  return (
    [...(meta['product:price'] ?? []), ...(meta['og:price'] ?? [])].map((price) => printedPrice(price)).find(Boolean) ??
    null
  );
}

/** A short text around one number: a price, not a sentence about several. */
export const single = (price) =>
  Boolean(price) &&
  !price.former &&
  price.text.length <= 40 &&
  (price.text.match(/\p{Nd}[\p{Nd}.,٬٫\s'’]*/gu) ?? []).length === 1;

/**
 * A stated price as the page prints it. Where the page strikes it out and prints a lower one beside it, the data are
 * out of date, and the printed price is true.
 */
export function asPrinted(price, origin, raw) {
  const same = (printed) => Number(printedPrice(printed.text, price.currency)?.amount) === Number(price.amount);
  // Struck out beside the heading and nowhere printed as today's: a related item that once cost the same proves
  // nothing.
  const seen = raw.prices.filter((printed) => printed.after && !printed.hidden);
  const nearest = Math.min(...seen.map((printed) => printed.near));
  const today = seen.some((printed) => !printed.former && single(printed) && same(printed));
  const struck = today
    ? -1
    : raw.prices.findIndex(
        (printed) => printed.former && !printed.hidden && printed.after && printed.near <= nearest + 2 && same(printed),
      );
  const beside =
    struck < 0
      ? []
      : raw.prices
          .slice(struck + 1, struck + 4)
          .filter((printed) => single(printed) && !printed.hidden && printed.near === raw.prices[struck].near);
  const now = beside.map((printed) => printedPrice(printed.text)).find(Boolean) ?? null;
  if (now && [null, price.currency].includes(now.currency) && Number(now.amount) < Number(price.amount)) {
    return [{ ...now, currency: price.currency }, 'page'];
  }
  const words = price.text.includes('–')
    ? null
    : raw.prices
        .filter((printed) => printed.after && single(printed) && same(printed))
        .map((printed) => printedPrice(printed.text))
        .find(Boolean);
  return [words ? { ...price, text: words.text } : price, origin];
}

/**
 * The single price that a page without data prints after its heading: among those marked as a price the nearest to the
 * heading; among several there the one marked as today's, or set clearly larger than the others. Else what stands after
 * the word "price", else in the title. Null when a choice is left.
 */
export function pagePrice(raw, title) {
  const offered = raw.prices.filter((price) => price.after && single(price) && !price.hidden);
  const gross = offered.filter((price) => !price.net);
  const printed = (gross.length ? gross : offered)
    .map((price) => ({ ...price, ...printedPrice(price.text) }))
    .filter((price) => price.amount);
  const onlyPrice = (prices) =>
    new Set(prices.map((price) => price.amount)).size === 1
      ? {
          amount: prices[0].amount,
          currency: prices.find((price) => price.currency)?.currency ?? null,
          text: prices[0].text,
        }
      : null;
  const clear = printed.filter((price) => price.exact);
  const nearest = clear.filter((price) => price.near === Math.min(...clear.map((each) => each.near)));
  const largest = nearest.filter(
    (price) =>
      nearest.every((other) => other.amount === price.amount || price.size >= 1.2 * other.size) && price.size > 0,
  );
  const chosen =
    onlyPrice(clear) ?? onlyPrice(nearest) ?? onlyPrice(nearest.filter((price) => price.strong)) ?? onlyPrice(largest);
  if (chosen || clear.length) return chosen;
  const labelled = printed.filter((price) => price.label);
  const inTitle = [...raw.second_headings, title]
    .map((heading) => /(?:^|[-–—:]\s*)([$€£]\s?\d[\d.,]*)(?=\s*(?:\(|$))/.exec(heading ?? '')?.[1])
    .find(Boolean);
  return onlyPrice(labelled) ?? printedPrice(inTitle);
}
