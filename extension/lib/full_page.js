/** A picture of the full page: scrolled screen by screen, stitched together, and scrolled back. */
import { runIn } from './browser.js';
import { stitched, takePicture } from './picture.js';

/** The most screens, however long a page is or grows. */
export const SCREENS = 10;
/** Browsers take two pictures a second. */
const MIN_INTERVAL = 550;

/**
 * Scrolls the page for the next picture. Injected, so self-contained. Bars that stay in place would show in each
 * picture: sticky ones scroll with the page meanwhile, fixed ones are hidden, those at the top from the second screen
 * on.
 *
 * @param {number|null} to CSS pixels from the top; null restores everything. So does a silence of eight seconds: a
 *   popup may be closed at any time
 * @returns {Promise<{y: number, height: number, length: number, href: string}|null>} where it is now
 */
async function scrollPage(to) {
  const page = document.scrollingElement ?? document.documentElement;
  const state = (globalThis.cyberSpotterScroll ??= { x: window.scrollX, y: window.scrollY, changed: new Map() });
  const change = (element, properties) => {
    const before = state.changed.get(element) ?? {};
    for (const [name, value] of Object.entries(properties)) {
      before[name] ??= [element.style.getPropertyValue(name), element.style.getPropertyPriority(name)];
      element.style.setProperty(name, value, 'important');
    }
    state.changed.set(element, before);
  };
  const restore = () => {
    clearTimeout(state.timer);
    for (const [element, before] of state.changed) {
      for (const [name, [value, priority]] of Object.entries(before)) {
        if (value) element.style.setProperty(name, value, priority);
        else element.style.removeProperty(name);
      }
      if (element.getAttribute('style') === '') element.removeAttribute('style');
    }
    window.scrollTo({ left: state.x, top: state.y, behavior: 'instant' });
    delete globalThis.cyberSpotterScroll;
  };
  clearTimeout(state.timer);
  if (to === null) return restore() ?? null;
  state.timer = setTimeout(restore, 8000);

  const roots = [document];
  let left = 40_000;
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if ((left -= 1) < 0) break;
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (state.changed.get(element)?.opacity) continue;
      const { position } = getComputedStyle(element);
      if (position === 'sticky') change(element, { position: 'relative', inset: 'auto' });
      if (position !== 'fixed') continue;
      const { top, width, height } = element.getBoundingClientRect();
      // An element that covers the window is the page itself, not a bar: ads open over a list in this way.
      if (width * height > 0.5 * window.innerWidth * window.innerHeight) continue;
      if (to > 0 || top > window.innerHeight / 2) change(element, { opacity: '0', transition: 'none' });
    }
  }
  window.scrollTo({ left: state.x, top: to, behavior: 'instant' });
  const pause = (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  await pause(60);
  const loading = () =>
    Array.from(document.images).some((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return !image.complete && bottom > 0 && top < window.innerHeight;
    });
  for (let waited = 0; waited < 1000 && loading(); waited += 100) await pause(100);
  return {
    y: window.scrollY,
    height: window.innerHeight,
    length: Math.max(page.scrollHeight, document.body?.scrollHeight ?? 0),
    href: location.href,
  };
}

/**
 * @param {{id, windowId}} tab
 * @param {string[]} selectors places where the volunteer shows
 * @param {string|null} address the page's, as it was when it was read
 * @param {object} run `progress(done, of)` after each screen; `stopped()` true ends it
 * @returns {Promise<Blob|null>} null when it was stopped; throws when the page went elsewhere or gave no picture
 */
export async function captureFullPage(tab, selectors, address, { progress, stopped }) {
  const shots = [];
  let href = address;
  let last = 0;
  try {
    for (let to = 0; ;) {
      const at = await runIn(tab, scrollPage, to);
      href ??= at.href;
      if (at.href !== href) throw new Error('the page went elsewhere');
      await new Promise((resolve) => {
        setTimeout(resolve, Math.max(0, last + MIN_INTERVAL - Date.now()));
      });
      if (stopped()) return null;
      shots.push(await takePicture(tab, selectors));
      last = Date.now();
      const screens = Math.max(shots.length, Math.min(SCREENS, Math.ceil(at.length / at.height)));
      progress(shots.length, screens);
      if (shots.length >= SCREENS || at.y + at.height >= at.length - 1 || at.y + 1 < to) break;
      to = Math.floor(at.y) + at.height;
    }
  } finally {
    await runIn(tab, scrollPage, null).catch(() => undefined);
  }
  return stopped() ? null : stitched(shots);
}
