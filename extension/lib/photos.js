/** Where the photos of the goods stand in a picture of the page: found in the page, then measured in the picture. */

/** The most photos that a report says this of: the server's limit. */
export const MOST_PHOTOS = 12;
/** Pixels of the picture: what the server takes for an icon is not sent. */
const LEAST = 64;

/**
 * Finds the photos that can be seen in the window now.
 *
 * This function is injected into the page (`scripting.executeScript({func: findPhotos})`), so it is self-contained. It
 * changes nothing. A photo counts where it is large enough and its own: not of another ad (it links to one), of a
 * person, a logo or an icon. Only the part of it counts that nothing else covers or cuts off.
 *
 * @param {Document} [doc] the document; the page's own when injected
 * @returns {{url: string, alt: string, place: number[]}[]} the largest first; `place` is `[left, top, width,
 *   height]` in CSS pixels of the window
 */
export function findPhotos(doc = document) {
  const MOST = { ms: 700, elements: 20_000, images: 60, found: 24 };
  const SIDE = 100; // CSS pixels that can be seen
  const CELLS = 12; // a side: how finely it is looked what covers a photo
  const ASIDE =
    'header,footer,nav,[role="banner"],[role="navigation"],[role="contentinfo"],[role="search"],dialog nav';
  const OTHER = new RegExp(
    String.raw`(?:^|[^a-z])(?:avatar|userpic|profile-?(?:pic|photo|image)|logo|icon|emoji|badge|sprite|flag|banner|` +
      String.raw`advert|sponsor(?:ed)?|placeholder|rating|payment|qr-?code|map)s?(?:[^a-z]|$)`,
  );
  const view = doc.defaultView;
  const began = Date.now();
  const roots = [doc];
  for (const root of roots) {
    for (const element of Array.from(root.querySelectorAll('*')).slice(0, MOST.elements)) {
      const inside = element.openOrClosedShadowRoot ?? element.shadowRoot;
      if (inside) roots.push(inside);
    }
  }
  const above = (element) => element.parentElement ?? element.getRootNode().host ?? null;
  const isWithin = (element, ancestor) => {
    for (let at = element; at; at = above(at)) if (at === ancestor) return true;
    return false;
  };
  const name = (element) =>
    ['id', 'class', 'data-testid', 'alt', 'role']
      .map((each) => element.getAttribute(each))
      .filter(Boolean)
      .join(' ')
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .slice(0, 400);
  /** Whether a link that the photo is in leads to another page, which is no picture: another ad. */
  const leadsAway = (image) => {
    const link = image.closest('a[href]');
    if (!link || !/^https?:$/.test(link.protocol ?? '')) return false;
    if (/\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i.test(link.pathname + link.search)) return false;
    return link.origin + link.pathname !== view.location.origin + view.location.pathname;
  };
  const isOfGoods = (image, width, height) => {
    if (image.closest(ASIDE) || leadsAway(image)) return false;
    if (Math.max(width / height, height / width) > 4) return false;
    if (parseFloat(view.getComputedStyle(image).borderTopLeftRadius) >= Math.min(width, height) * 0.45) return false;
    return ![image, above(image), above(image) && above(above(image))].some((each) => each && OTHER.test(name(each)));
  };
  /** Where the pixels of the photo itself are: within border and padding, and as its fit has it. */
  const contentOf = (image) => {
    const rect = image.getBoundingClientRect();
    const style = view.getComputedStyle(image);
    const across = rect.width / (image.offsetWidth || rect.width);
    const px = (key) => parseFloat(style[key]) * across || 0;
    let left = rect.left + px('borderLeftWidth') + px('paddingLeft');
    let top = rect.top + px('borderTopWidth') + px('paddingTop');
    let right = rect.right - px('borderRightWidth') - px('paddingRight');
    let bottom = rect.bottom - px('borderBottomWidth') - px('paddingBottom');
    if (/^(?:contain|scale-down|none)$/.test(style.objectFit)) {
      let fit = Math.min((right - left) / image.naturalWidth, (bottom - top) / image.naturalHeight);
      if (style.objectFit !== 'contain') fit = Math.min(fit, across);
      const [x, y] = style.objectPosition.split(' ').map((each) => (each.endsWith('%') ? parseFloat(each) / 100 : 0.5));
      const [wide, high] = [right - left - image.naturalWidth * fit, bottom - top - image.naturalHeight * fit];
      [left, right] = [left + wide * x, right - wide * (1 - x)];
      [top, bottom] = [top + high * y, bottom - high * (1 - y)];
    }
    return [left, top, right, bottom];
  };
  /** What of it the window and the boxes around it leave. */
  const clipped = (image) => {
    let [left, top, right, bottom] = contentOf(image);
    for (let each = above(image); each; each = above(each)) {
      const { overflowX, overflowY, position } = view.getComputedStyle(each);
      if (each !== doc.documentElement && each !== doc.body && (overflowX !== 'visible' || overflowY !== 'visible')) {
        const rect = each.getBoundingClientRect();
        [left, right] = [Math.max(left, rect.left + each.clientLeft), Math.min(right, rect.right)];
        [top, bottom] = [Math.max(top, rect.top + each.clientTop), Math.min(bottom, rect.bottom)];
      }
      if (position === 'fixed') break;
    }
    return [
      Math.max(left, 0),
      Math.max(top, 0),
      Math.min(right, doc.documentElement.clientWidth || view.innerWidth),
      Math.min(bottom, view.innerHeight),
    ];
  };
  const elementAt = (x, y) => {
    let hit = doc.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  };
  /** Whether what lies over the photo hides it; lenses and click areas can be seen through. */
  const hides = (hit, image) => {
    for (let each = hit; each && !isWithin(image, each); each = above(each)) {
      const style = view.getComputedStyle(each);
      const alpha = /rgba?\([^)]*[,/]\s*([\d.]+)\s*\)/.exec(style.backgroundColor);
      const solid = style.backgroundColor.startsWith('rgb(') || (alpha && Number(alpha[1]) > 0.3);
      if (solid || style.backgroundImage !== 'none') return true;
      if (/^(?:img|video|canvas|svg|iframe|picture)$/.test(each.localName)) return true;
    }
    return false;
  };
  /** The largest part of the box, in cells, that nothing covers. */
  const uncovered = (image, [left, top, right, bottom]) => {
    const [wide, high] = [(right - left) / CELLS, (bottom - top) / CELLS];
    const heights = Array(CELLS).fill(0);
    let best = null;
    for (let row = 0; row < CELLS; row += 1) {
      for (let column = 0; column < CELLS; column += 1) {
        const hit = elementAt(left + (column + 0.5) * wide, top + (row + 0.5) * high);
        const seen = hit && (hit === image || isWithin(hit, image) || isWithin(image, hit) || !hides(hit, image));
        heights[column] = seen ? heights[column] + 1 : 0;
      }
      for (let from = 0; from < CELLS; from += 1) {
        for (let to = from, least = CELLS; to < CELLS && heights[to]; to += 1) {
          least = Math.min(least, heights[to]);
          const size = least * (to - from + 1);
          if (!best || size > best.size) best = { size, from, to, row, least };
        }
      }
    }
    return (
      best && [
        left + best.from * wide,
        top + (best.row + 1 - best.least) * high,
        (best.to - best.from + 1) * wide,
        best.least * high,
      ]
    );
  };
  const photos = [];
  const images = roots
    .flatMap((root) => Array.from(root.querySelectorAll('img')))
    .filter((image) => image.complete && image.naturalWidth >= 64 && image.naturalHeight >= 64)
    .filter((image) => /^https?:/.test(image.currentSrc) && !/\.svg(?:$|[?#])/i.test(image.currentSrc))
    .map((image) => ({ image, box: clipped(image) }))
    .filter(({ box: [left, top, right, bottom] }) => right - left >= SIDE && bottom - top >= SIDE)
    .sort((one, other) => size(other.box) - size(one.box));
  function size([left, top, right, bottom]) {
    return (right - left) * (bottom - top);
  }
  for (const { image, box } of images.slice(0, MOST.images)) {
    if (Date.now() - began > MOST.ms || photos.length >= MOST.found) break;
    const style = view.getComputedStyle(image);
    if (style.visibility !== 'visible' || Number(style.opacity) < 0.5) continue;
    if (!isOfGoods(image, box[2] - box[0], box[3] - box[1])) continue;
    const place = uncovered(image, box);
    if (!place || place[2] < SIDE || place[3] < SIDE) continue;
    photos.push({ url: image.currentSrc, alt: (image.getAttribute('alt') ?? '').slice(0, 500), place });
  }
  return photos;
}

/** The largest part of a box that an area leaves; boxes are `[left, top, right, bottom]`. */
function left([left, top, right, bottom], [x, y, width, height]) {
  const [x2, y2] = [x + width, y + height];
  if (x >= right || x2 <= left || y >= bottom || y2 <= top) return [left, top, right, bottom];
  return [
    [left, top, x, bottom],
    [x2, top, right, bottom],
    [left, top, right, y],
    [left, y2, right, bottom],
  ].reduce((best, each) => (room(each) > room(best) ? each : best));
}
const room = ([left, top, right, bottom]) => Math.max(right - left, 0) * Math.max(bottom - top, 0);

/**
 * The photos without what is painted over in the picture; those too small to be told from an icon are left out. Pure.
 *
 * @param {{x, y, width, height}[]} photos in pixels of the picture
 * @param {number[][]} areas `[left, top, width, height]` in pixels of the picture
 */
export const withoutAreas = (photos, areas) =>
  photos.flatMap((photo) => {
    const box = areas.reduce(left, [photo.x, photo.y, photo.x + photo.width, photo.y + photo.height]);
    const [x, y] = [Math.ceil(box[0]), Math.ceil(box[1])];
    const [width, height] = [Math.floor(box[2]) - x, Math.floor(box[3]) - y];
    return Math.min(width, height) < LEAST ? [] : [{ ...photo, x, y, width, height }];
  });

/**
 * The photos as the picture of the window shows them. Pure.
 *
 * @param {{url, alt, place}[]} before as `findPhotos` gave them before the picture was taken
 * @param {{url, alt, place}[]} after and afterwards: what moved meanwhile is left out
 * @param {function(number[][]): number[][]} measured from places in the window to areas of the picture
 * @param {{width, height}} picture its pixels
 */
export function photosIn(before, after, measured, picture) {
  const still = after.filter(({ url, place }) =>
    before.some((each) => each.url === url && each.place.every((side, at) => Math.abs(side - place[at]) < 1)),
  );
  const places = measured(still.map(({ place }) => place));
  return still.map(({ url, alt }, at) => {
    const [x, y, width, height] = places[at];
    const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
    const [right, bottom] = [Math.min(x + width, picture.width), Math.min(y + height, picture.height)];
    return { url, alt, x: left, y: top, width: right - left, height: bottom - top };
  });
}

/** The page's pictures and those of its photos that it does not state among them, each once. Pure. */
export const withPhotos = (images, photos) => [
  ...photos
    .filter(({ url }, at) => photos.findIndex((each) => each.url === url) === at)
    .filter(({ url }) => !images.some((each) => each.url === url))
    .map(({ url, alt }) => ({ url, alt })),
  ...images,
];

/**
 * The pictures with where the largest photos among them are shown. Pure.
 *
 * @param {{url, alt}[]} images
 * @param {{url, x, y, width, height}[]} photos the largest first
 * @param {string} file the picture of the page that shows them
 */
export function withShown(images, photos, file) {
  const shown = new Map();
  for (const { url, x, y, width, height } of photos) {
    const isNew = !shown.has(url) && images.some((each) => each.url === url);
    if (isNew && shown.size < MOST_PHOTOS) shown.set(url, { file, x, y, width, height });
  }
  return images.map((image) => (shown.has(image.url) ? { ...image, shown: shown.get(image.url) } : image));
}
