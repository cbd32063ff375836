/** Switching marks on and off: the browser's leave to read the platforms' pages, and the script that marks on them. */
import { contentScript, hostAccess, settings } from '../lib/browser.js';
import { patterns } from './where.js';

const ID = 'hints';

/** Those of the patterns that may be read; mostly all or none. */
async function allowed(wanted) {
  if (!wanted.length || (await hostAccess.has(wanted))) return wanted;
  const given = await Promise.all(wanted.map((pattern) => hostAccess.has([pattern])));
  return wanted.filter((_, at) => given[at]);
}

/**
 * How marks stand: `{on, platforms, missing, come}`; `missing` counts the sites that they are not allowed on, `come`
 * says whether the list of them has.
 */
export async function standing() {
  const { hints, lexicon } = await settings.several(['hints', 'lexicon']);
  const platforms = lexicon?.platforms ?? [];
  const [wanted, given] = [patterns(platforms), hints === true ? await allowed(patterns(platforms)) : []];
  return { on: given.length > 0, platforms, missing: wanted.length - given.length, come: Boolean(lexicon) };
}

/**
 * Asks the browser for leave and switches on. To be called in the click itself: the browser asks at no other time.
 *
 * @param {object[]} platforms of `standing`
 * @returns {Promise<boolean>} whether marks are on now
 */
export async function switchOn(platforms) {
  const given = await hostAccess.ask(patterns(platforms));
  if (given) {
    await settings.set({ hints: true });
    await register();
  }
  return given;
}

/** Gives the leave back too. */
export async function switchOff() {
  await settings.remove('hints');
  await contentScript.remove(ID);
  const kept = (await hostAccess.all()).filter((pattern) => pattern !== '<all_urls>');
  if (kept.length) await hostAccess.drop(kept).catch(() => undefined);
}

/**
 * Makes the script run where it is wanted and allowed, and nowhere else: at every start, and when leave was taken away.
 */
export async function register() {
  const { hints, lexicon } = await settings.several(['hints', 'lexicon']);
  // A script registered for a site that may not be read never runs, and nobody says so.
  await contentScript.set(ID, '/hints/mark.js', hints === true ? await allowed(patterns(lexicon?.platforms)) : []);
}
