/** What is captured when the popup opens: what the page says, what the person saw, and when. Kept in memory only. */
import { knownOf, masksFor } from './adapters.js';
import { runIn, settings, version } from './browser.js';
import { cleanAddress } from './address.js';
import { cleanImages, cleanListing } from './clean.js';
import { patterns } from './names.js';
import { fitted, LIMITS } from './limits.js';
import { captureFullPage } from './full_page.js';
import { pageCopy, readTree } from './page_copy.js';
import { covered, searchViewer, sha256, takePicture } from './picture.js';
import { withoutAreas, withPhotos } from './photos.js';
import { readPage } from './in_page.js';
import { understand, unseen } from './understand.js';

const ordered = (value) => JSON.stringify(value ?? null);
/** Kinds of pages whose photos are not those of one ad's goods; an empty page may be a listing that only shows some. */
const NOT_OF_ONE_AD = ['search', 'removed', 'door', 'pdf', 'file'];

/** How long a page that is too busy to answer is waited for (ms); then it is captured without. */
const TIMEOUT = 10_000;
export const withTimeout = (work) =>
  Promise.race([
    work,
    new Promise((_, resolve) => {
      setTimeout(resolve, TIMEOUT, null);
    }),
  ]);

/** A capture before anything is read, and where nothing can be read. */
export function emptyCapture(original) {
  const url = cleanAddress(original, patterns([])) ?? original;
  const flaggable = /^https?:\/\/[^\s\\@/]+/.test(original) && Math.max(original.length, url.length) <= LIMITS.url;
  return {
    url: flaggable ? url : original,
    captured_at: new Date().toISOString(),
    flaggable,
    client: { extension_version: version(), browser: navigator.userAgent.slice(0, 300), viewport: null },
    ...unseen(original),
    screenshot: null,
    full_page: null,
    page: null,
    photos: [],
    sha256: {},
    href: null,
    names: [],
    searched: false,
    places: 0,
    taken_out: [],
  };
}

/**
 * @param {{id, windowId, url}} tab the tab under `activeTab`
 * @param {function(object)} onRead called as soon as the page is read, with what may be shown but not yet sent:
 *   `pending`, no picture, and the volunteer not yet removed from it
 * @returns {Promise<object>} `url, captured_at, flaggable, client`, what `understand` gives, `screenshot` and `page` (a
 *   Blob or null), `photos` (where photos stand in the screenshot, in its pixels), `sha256` of each, `names` and
 *   `places` (how many are covered) of the volunteer, whether the whole page was `searched` for them, `taken_out` (the
 *   fields they were taken out of), `href` (the page's address as it was read, never sent). A page that cannot be read
 *   or pictured is captured all the same, with less in it.
 */
export async function capture(tab, onRead) {
  const original = tab?.url ?? '';
  const empty = emptyCapture(original);
  if (!empty.flaggable) return empty;
  // Read first: that is quick and shown at once; searching a long page for the volunteer is slow.
  const readingPage = withTimeout(readPage(tab, knownOf(original))).catch(() => null);
  const takingPicture = withTimeout(takePicture(tab, masksFor(original))).catch(() => null);
  const pageData = await readingPage;
  let understood = unseen(original);
  try {
    if (pageData) understood = understand(pageData);
  } catch {
    /* a page that nothing can be made of is still an address and a picture */
  }
  const client = { ...empty.client, viewport: pageData?.viewport ?? null };
  const href = pageData?.url ?? null;
  onRead?.({ ...empty, client, ...understood, pending: true });
  const [picture, vocabulary] = await Promise.all([takingPicture, settings.get('vocabulary')]);
  // Some pages go on to another ad by themselves, without loading anew.
  const shown = href && picture?.view.href !== href ? null : picture;
  // The tree needs the places that were just found: without them, none is read.
  const tree =
    shown && vocabulary?.page_copy === true ? await withTimeout(runIn(tab, readTree)).catch(() => null) : null;
  // Without a picture the texts leave all the same, and not with the volunteer's name in them.
  const searched = shown ?? (await withTimeout(searchViewer(tab, masksFor(original))).catch(() => null));
  // The volunteer is not the seller: where both have one name, it is the ad's.
  const names = (searched?.names ?? []).filter((name) => name !== understood.listing.seller?.name);
  const namePatterns = patterns(names);
  const url = cleanAddress(original, namePatterns) ?? original;
  const photos = shown && !NOT_OF_ONE_AD.includes(understood.kind) ? withoutAreas(shown.photos, shown.areas) : [];
  const images = withPhotos(understood.listing.images, photos).slice(0, LIMITS.images);
  const stated = { ...understood.listing, images };
  const { listing, too_long } = fitted({ ...understood, listing: cleanListing(stated, namePatterns) });
  const screenshot = shown && (await covered(shown.blob, shown.areas));
  const page = tree && (await pageCopy(tree, namePatterns));
  return {
    ...empty,
    url,
    client,
    ...understood,
    listing,
    too_long,
    href,
    names,
    searched: Boolean(searched && !searched.late),
    screenshot,
    page,
    photos: cleanImages(photos, namePatterns),
    // Doors to sign in show nobody.
    places: shown?.signed_out && !names.length ? 0 : (shown?.areas.length ?? 0),
    sha256: { ...(screenshot && { screenshot: await sha256(screenshot) }), ...(page && { page: await sha256(page) }) },
    taken_out: [
      ...(url === original ? [] : ['url']),
      ...Object.keys(listing).filter((field) => ordered(listing[field]) !== ordered(stated[field])),
    ],
  };
}

/** Adds a picture of the full page to the capture; false when it was stopped. Throws when it could not be taken. */
export async function addFullPage(captured, tab, run) {
  const full_page = await captureFullPage(tab, masksFor(tab.url), captured.href, run);
  if (full_page) await replacePicture(captured, 'full_page', full_page);
  return Boolean(full_page);
}

/** Replaces a picture; the old one is kept nowhere. */
export async function replacePicture(captured, name, blob) {
  const digest = await sha256(blob);
  captured[name] = blob;
  captured.sha256[name] = digest;
}
