/**
 * A listing flagged from a link: the ad is not opened, so nothing of it is read. The report has its address, the words
 * and pictures of the link, and a picture of the page around it.
 */
import { masksFor, numberIn } from './adapters.js';
import { runIn } from './browser.js';
import { emptyCapture, withTimeout } from './capture.js';
import { cleanAddress } from './address.js';
import { cleanListing } from './clean.js';
import { patterns } from './names.js';
import { fitted } from './limits.js';
import { covered, sha256, takePicture } from './picture.js';
import { languageOf } from './understand.js';

/** How long a choice in the context menu waits for the popup (ms). */
const MAX_AGE = 30_000;

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
  const native = (kind, name) => Object.getOwnPropertyDescriptor(view[kind].prototype, name);
  const queryAll = (node, selector) =>
    Array.from(native(node === doc ? 'Document' : 'Element', 'querySelectorAll').value.call(node, selector));
  const attribute = (element, name) => native('Element', 'getAttribute').value.call(element, name);
  const content = (element) =>
    String((native('HTMLElement', 'innerText') ?? native('Node', 'textContent')).get.call(element) ?? '').slice(
      0,
      5000,
    );
  const absolute = (link) => {
    try {
      return new URL(String(link).slice(0, 8192), native('Node', 'baseURI').get.call(doc)).href;
    } catch {
      return null;
    }
  };
  const links = queryAll(doc, 'a[href]')
    .slice(0, 20_000)
    .filter((link) => absolute(attribute(link, 'href')) === address)
    .slice(0, 10);
  const pictures = links.flatMap((link) => queryAll(link, 'img')).slice(0, 10);
  const words = [
    ...links.flatMap((link) => queryAll(link, 'h1, h2, h3, h4, h5, h6, [role="heading"]').slice(0, 5)).map(content),
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
      attribute(links[0] ?? native('Document', 'documentElement').get.call(doc), 'lang') ||
      attribute(native('Document', 'documentElement').get.call(doc), 'lang') ||
      null,
    viewport: `${view.innerWidth}×${view.innerHeight}`,
  };
}

/** Words of a link that are not a title: an amount (few Latin letters beside digits), a call to click. */
const NOT_A_TITLE = new RegExp(
  String.raw`^(?:\p{Sc}.*|(?=.*[\p{Sc}\d])(?:[^\p{L}]*\p{Script=Latin}){0,4}[^\p{L}]*|(?:(?:see|view|open|` +
    String.raw`read|show) )?(?:more|details|item|ad)|new|sponsored)$`,
  'iu',
);

/** The title in a link: the first of its words that say something, or nothing. */
export const titleOf = (words) => (words ?? []).find((each) => /\p{L}{2}/u.test(each) && !NOT_A_TITLE.test(each)) ?? '';

/** Whether a choice in this tab's context menu still waits for the popup. */
export const isFresh = (link, tab, now = Date.now()) =>
  Boolean(link?.url) && link.tab === tab?.id && Math.abs(now - link.at) < MAX_AGE;

/**
 * @param {{id, windowId, url}} tab the page with the link, under `activeTab`
 * @param {{url, text, frame}} link as it was chosen in the context menu
 * @returns {Promise<object>} as `capture` gives, with `linked: true` and `words`, the title as the link has it
 */
export async function captureLink(tab, link) {
  const empty = { ...emptyCapture(link.url), linked: true, words: '' };
  if (!empty.flaggable) return empty;
  const [shown, pageWords] = await Promise.all(
    [takePicture(tab, masksFor(tab.url ?? '')), runIn({ ...tab, frameId: link.frame }, readLink, link.url)].map(
      (work) => withTimeout(work).catch(() => null),
    ),
  );
  const names = shown?.names ?? [];
  const namePatterns = patterns(names);
  const url = cleanAddress(link.url, namePatterns) ?? link.url;
  const { listing, too_long } = fitted({
    listing: cleanListing(
      {
        ...empty.listing,
        title: titleOf([...(pageWords?.words ?? []), link.text ?? '']),
        images: pageWords?.images ?? [],
        language: languageOf(pageWords?.lang),
        number: numberIn(url),
      },
      namePatterns,
    ),
  });
  const screenshot = shown && (await covered(shown.blob, shown.areas));
  return {
    ...empty,
    url,
    client: { ...empty.client, viewport: pageWords?.viewport ?? null },
    names,
    searched: Boolean(shown),
    screenshot,
    places: shown?.signed_out && !names.length ? 0 : (shown?.areas.length ?? 0),
    words: listing.title,
    listing: { ...listing, title: null },
    too_long,
    sha256: screenshot ? { screenshot: await sha256(screenshot) } : {},
    taken_out: url === link.url ? [] : ['url'],
  };
}
