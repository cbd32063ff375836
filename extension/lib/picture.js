/**
 * Pictures of a page: taken, with the volunteer covered, stitched together. Of the page itself nothing is altered but
 * watermarks over it, hidden for the moment of the picture.
 */
import { findViewer, learnNames } from './in_page.js';
import { picture, runIn } from './browser.js';
import { findPhotos, photosIn } from './photos.js';

/** What the server accepts: pixels (its limit is 40 million) and bytes (10 MB), with room to spare. */
export const MOST = { pixels: 36_000_000, side: 30_000, bytes: 9_500_000 };
const COVER = '#5C6862';

/** SHA-256 of a blob's bytes, in lower-case hexadecimal. */
export async function sha256(blob) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A canvas as JPEG, coarser where it would be too large for the server. */
async function encode(canvas) {
  let blob;
  for (const quality of [0.88, 0.7, 0.5, 0.3]) {
    blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= MOST.bytes) break;
  }
  return blob;
}

/**
 * A picture with areas painted over and encoded again, so that nothing of them is left in the bytes.
 *
 * @param {Blob} blob
 * @param {number[][]} areas `[left, top, width, height]` in pixels of the picture
 */
export async function covered(blob, areas, colour = COVER) {
  if (!areas.length) return blob;
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const brush = canvas.getContext('2d');
  brush.drawImage(bitmap, 0, 0);
  bitmap.close();
  fill(brush, areas, colour);
  return encode(canvas);
}

function fill(brush, areas, colour) {
  brush.fillStyle = colour;
  for (const [left, top, width, height] of areas) {
    const [x, y] = [Math.floor(left), Math.floor(top)];
    brush.fillRect(x, y, Math.ceil(left + width) - x, Math.ceil(top + height) - y);
  }
}

/** Places in the window as areas of a picture of it, `across` pixels wide: pinch zoom and device pixels. */
function areasOf(places, view, across) {
  const scale = (across / view.width) * view.scale;
  return places.map(([left, top, width, height]) => [
    (left - view.left) * scale,
    (top - view.top) * scale,
    width * scale,
    height * scale,
  ]);
}

/** Waits until the page is painted as it now is. Injected, so self-contained; a page in the background never paints. */
const painted = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 300);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30)));
  });

const PATIENT = 5000; // milliseconds

/** What the page tells of the volunteer, with a second try, and time, where a busy machine ended the first. */
async function learnt(tab) {
  const first = await learnNames(tab);
  return first.late ? learnNames(tab, PATIENT) : first;
}

/**
 * Where the volunteer shows in the tab, and under which names; `late` as in `learnNames`.
 *
 * @param {string[]} selectors places known for this platform
 */
export async function searchViewer(tab, selectors) {
  const { names, late } = await learnt(tab);
  return { ...(await findViewer(tab, selectors, names)), late };
}

/** Where the photos stand; a page in which they cannot be found is pictured all the same. */
const photosOf = async (tab) => (await runIn(tab, findPhotos).catch(() => null)) ?? [];

/**
 * What the tab shows now, and where the volunteer and the photos of the goods show in it: searched before and after,
 * for pages move.
 *
 * @param {string[]} selectors places known for this platform
 * @returns {Promise<{blob: Blob, areas: number[][], width: number, height: number, photos: object[], view: object,
 *   names: string[], signed_out: boolean}>} `photos` as `photosIn` gives them; throws where the browser gives
 *   no picture, or the page could not be searched: then there is none that may leave
 */
export async function takePicture(tab, selectors) {
  // Pages move between the two searches; who looks at them does not change.
  const { names, late } = await learnt(tab);
  if (late) throw new Error('The page was not searched to its end.');
  const before = await findViewer(tab, selectors, names, true);
  if (before.hidden) await runIn(tab, painted);
  const photosBefore = await photosOf(tab);
  const blob = await picture(tab);
  const photosAfter = await photosOf(tab);
  const after = await findViewer(tab, selectors, names);
  if (after.view.href !== before.view.href) throw new Error('The page went elsewhere.');
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  bitmap.close();
  const areas = [before, after].flatMap(({ places, view }) => areasOf(places, view, width));
  return {
    blob,
    areas: areas.filter((area, at) => areas.findIndex((other) => String(other) === String(area)) === at),
    width,
    height,
    photos: photosIn(photosBefore, photosAfter, (places) => areasOf(places, after.view, width), { width, height }),
    view: after.view,
    names: [...new Set([...before.names, ...after.names])],
    signed_out: after.signed_out,
  };
}

/**
 * Pictures of one page, stitched from top to bottom and scaled down to what the server accepts.
 *
 * @param {{blob, areas, width, height, view}[]} pictures as from `takePicture`; a later one lies over an earlier one
 */
export async function stitched(pictures) {
  const { width, view } = pictures[0];
  const scale = width / view.width;
  const [wide, high] = [
    Math.round(view.inner * scale),
    Math.max(...pictures.map((each) => Math.round(each.view.y * scale) + each.height)),
  ];
  const shrink = Math.min(1, MOST.side / high, Math.sqrt(MOST.pixels / (wide * high)));
  const canvas = new OffscreenCanvas(Math.round(wide * shrink), Math.round(high * shrink));
  const brush = canvas.getContext('2d');
  brush.scale(shrink, shrink);
  for (const { blob, areas, view: at } of pictures) {
    const bitmap = await createImageBitmap(blob);
    brush.save();
    brush.translate(0, Math.round(at.y * scale));
    brush.drawImage(bitmap, 0, 0);
    fill(brush, areas, COVER);
    brush.restore();
    bitmap.close();
  }
  return encode(canvas);
}
