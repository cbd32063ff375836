/**
 * Switching marks on and off: the browser's permission to read the platforms' pages, and the script that marks on them.
 */
import { contentScript, hostAccess, settings } from '../lib/browser.js';
import { patterns } from './sites.js';

const ID = 'hints';
/** In this order: the last calls the others. */
const FILES = ['native', 'cards', 'dots', 'mark'].map((name) => `/hints/${name}.js`);

/** The patterns that may be read; usually all or none. */
async function allowed(wanted) {
  if (!wanted.length || (await hostAccess.has(wanted))) return wanted;
  const granted = await Promise.all(wanted.map((pattern) => hostAccess.has([pattern])));
  return wanted.filter((_, at) => granted[at]);
}

/**
 * The state of marks: `{on, platforms, missing, hasList}`; `missing` counts the sites without permission, `hasList`
 * says whether the list of sites has arrived.
 */
export async function hintsStatus() {
  const { hints, lexicon } = await settings.several(['hints', 'lexicon']);
  const platforms = lexicon?.platforms ?? [];
  const [wanted, granted] = [patterns(platforms), hints === true ? await allowed(patterns(platforms)) : []];
  return { on: granted.length > 0, platforms, missing: wanted.length - granted.length, hasList: Boolean(lexicon) };
}

/**
 * Asks the browser for permission and switches marks on. To be called in the click itself: the browser asks at no other
 * time.
 *
 * @param {object[]} platforms of `hintsStatus`
 * @returns {Promise<boolean>} whether marks are on now
 */
export async function switchOn(platforms) {
  const granted = await hostAccess.ask(patterns(platforms));
  if (granted) {
    await settings.set({ hints: true });
    await register();
  }
  return granted;
}

/** Revokes the permission, too. */
export async function switchOff() {
  await settings.remove('hints');
  await contentScript.remove(ID);
  const origins = (await hostAccess.all()).filter((pattern) => pattern !== '<all_urls>');
  if (origins.length) await hostAccess.drop(origins).catch(() => undefined);
}

/**
 * Registers the script where it is wanted and permitted, and nowhere else: at every start, and when a permission was
 * revoked.
 */
export async function register() {
  const { hints, lexicon } = await settings.several(['hints', 'lexicon']);
  // A script registered for a site without permission never runs, and the browser does not say so.
  await contentScript.set(ID, FILES, hints === true ? await allowed(patterns(lexicon?.platforms)) : []);
}
