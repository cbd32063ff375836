/** Switching marks on and off: the browser's leave to read the platforms' pages, and the script that marks on them. */
import { contentScript, hostAccess, settings } from '../lib/browser.js';
import { patterns } from './sites.js';

const ID = 'hints';

/** Those of the patterns that may be read; mostly all or none. */
async function allowed(wanted) {
  if (!wanted.length || (await hostAccess.has(wanted))) return wanted;
  const granted = await Promise.all(wanted.map((pattern) => hostAccess.has([pattern])));
  return wanted.filter((_, at) => granted[at]);
}

/**
 * How marks stand: `{on, platforms, missing, come}`; `missing` counts the sites that they are not allowed on, `come`
 * says whether the list of them has.
 */
export async function hintsStatus() {
  const { hints, lexicon } = await settings.several(['hints', 'lexicon']);
  const platforms = lexicon?.platforms ?? [];
  const [wanted, granted] = [patterns(platforms), hints === true ? await allowed(patterns(platforms)) : []];
  return { on: granted.length > 0, platforms, missing: wanted.length - granted.length, come: Boolean(lexicon) };
}

/**
 * Asks the browser for leave and switches on. To be called in the click itself: the browser asks at no other time.
 *
 * @param {object[]} platforms of `standing`
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

/** Gives the leave back too. */
export async function switchOff() {
  await settings.remove('hints');
  await contentScript.remove(ID);
  const origins = (await hostAccess.all()).filter((pattern) => pattern !== '<all_urls>');
  if (origins.length) await hostAccess.drop(origins).catch(() => undefined);
}

/**
 * Makes the script run where it is wanted and allowed, and nowhere else: at every start, and when leave was taken away.
 */
export async function register() {
  const { hints, lexicon } = await settings.several(['hints', 'lexicon']);
  // A script registered for a site that may not be read never runs, and nobody says so.
  await contentScript.set(ID, '/hints/mark.js', hints === true ? await allowed(patterns(lexicon?.platforms)) : []);
}
