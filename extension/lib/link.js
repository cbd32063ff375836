/**
 * A listing that is flagged from a link to it: the ad itself is not opened, so nothing of it is read. What there is:
 * its address, the words and pictures of the link, and what the person saw around it.
 */
import { masksFor, numberIn } from './adapters.js';
import { runIn } from './browser.js';
import { inTime, nothingOf } from './capture.js';
import { cleanAddress, cleanListing, patterns } from './clean.js';
import { fitted } from './fit.js';
import { covered, sha256, shot } from './picture.js';
import { languageOf } from './understand.js';

/** How long a choice in the context menu waits for the popup to take it up (ms). */
const WAITS = 30_000;

/**
 * Reads what the page shows of a link. Injected, so self-contained; the page is hostile, so its members are read
 * through the browser's own prototypes.
 *
 * @param {string} address where the link leads, as the browser has resolved it
 * @param {Document} [doc] the page's own when injected
 * @returns {{words: string[], images: {url, alt}[], lang: string|null, viewport: string}} `words`: headings within the
 *   link first, then its lines, labels and the texts that stand for its pictures
 */
export function readLink(address, doc = document) {
  const view = doc.defaultView ?? globalThis;
  const own = (kind, name) => Object.getOwnPropertyDescriptor(view[kind].prototype, name);
  const every = (node, selector) =>
    Array.from(own(node === doc ? 'Document' : 'Element', 'querySelectorAll').value.call(node, selector));
  const attribute = (element, name) => own('Element', 'getAttribute').value.call(element, name);
  const content = (element) =>
    String((own('HTMLElement', 'innerText') ?? own('Node', 'textContent')).get.call(element) ?? '').slice(0, 5000);
  const absolute = (link) => {
    try {
      return new URL(String(link).slice(0, 8192), own('Node', 'baseURI').get.call(doc)).href;
    } catch {
      return null;
    }
  };
  const links = every(doc, 'a[href]')
    .slice(0, 20_000)
    .filter((link) => absolute(attribute(link, 'href')) === address)
    .slice(0, 10);
  const pictures = links.flatMap((link) => every(link, 'img')).slice(0, 10);
  const words = [
    ...links.flatMap((link) => every(link, 'h1, h2, h3, h4, h5, h6, [role="heading"]').slice(0, 5)).map(content),
    ...links.flatMap((link) => content(link).split('\n').slice(0, 20)),
    ...links.flatMap((link) => [attribute(link, 'aria-label'), attribute(link, 'title')]),
    ...pictures.map((picture) => attribute(picture, 'alt')),
  ];
  return {
    words: words
      .map((each) =>
        String(each ?? '')
          .replace(/\s+/g, ' ')
          .trim()
          .slice(0, 1000),
      )
      .filter(Boolean),
    images: pictures
      .map((picture) => ({
        url: absolute(attribute(picture, 'src')),
        alt: String(attribute(picture, 'alt') ?? '')
          .slice(0, 300)
          .replace(/[\uD800-\uDBFF]$/, ''),
      }))
      .filter(({ url }) => /^https?:/.test(url ?? '')),
    lang:
      attribute(links[0] ?? own('Document', 'documentElement').get.call(doc), 'lang') ||
      attribute(own('Document', 'documentElement').get.call(doc), 'lang') ||
      null,
    viewport: `${view.innerWidth}×${view.innerHeight}`,
  };
}

/** What a link says besides what it leads to: an amount (few Latin letters beside figures), a call to click. */
const BESIDE = new RegExp(
  String.raw`^(?:\p{Sc}.*|(?=.*[\p{Sc}\d])(?:[^\p{L}]*\p{Script=Latin}){0,4}[^\p{L}]*|(?:(?:see|view|open|` +
    String.raw`read|show) )?(?:more|details|item|ad)|new|sponsored)$`,
  'iu',
);

/** What a link calls the listing: the first of its words that say something, or nothing. */
export const titleOf = (words) => (words ?? []).find((each) => /\p{L}{2}/u.test(each) && !BESIDE.test(each)) ?? '';

/** Whether a choice in the context menu of this tab still waits to be taken up. */
export const waits = (link, tab, now = Date.now()) =>
  Boolean(link?.url) && link.tab === tab?.id && Math.abs(now - link.at) < WAITS;

/**
 * @param {{id, windowId, url}} tab the page with the link, under `activeTab`
 * @param {{url, text, frame}} link as it was chosen in the context menu
 * @returns {Promise<object>} as `capture` gives, with `linked: true` and `words`, the title as the link has it
 */
export async function captureLink(tab, link) {
  const nothing = { ...nothingOf(link.url), linked: true, words: '' };
  if (!nothing.flaggable) return nothing;
  const [taken, said] = await Promise.all(
    [shot(tab, masksFor(tab.url ?? '')), runIn({ ...tab, frameId: link.frame }, readLink, link.url)].map((work) =>
      inTime(work).catch(() => null),
    ),
  );
  const names = taken?.names ?? [];
  const found = patterns(names);
  const url = cleanAddress(link.url, found) ?? link.url;
  const { listing, too_long } = fitted({
    listing: cleanListing(
      {
        ...nothing.listing,
        title: titleOf([...(said?.words ?? []), link.text ?? '']),
        images: said?.images ?? [],
        language: languageOf(said?.lang),
        number: numberIn(url),
      },
      found,
    ),
  });
  const screenshot = taken && (await covered(taken.blob, taken.areas));
  return {
    ...nothing,
    url,
    client: { ...nothing.client, viewport: said?.viewport ?? null },
    names,
    screenshot,
    places: taken?.areas.length ?? 0,
    words: listing.title,
    listing: { ...listing, title: null },
    too_long,
    sha256: screenshot ? { screenshot: await sha256(screenshot) } : {},
    taken_out: url === link.url ? [] : ['url'],
  };
}
