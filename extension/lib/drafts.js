/**
 * What somebody has begun to say of a page and has not flagged, and answers begun and not sent: on this device's disk,
 * since a popup closes at the first click beside it and a browser may be ended at any moment. Nothing here is ever
 * sent. The worker is who writes: a popup that closes takes its own unfinished writing along.
 *
 * A page's key is the hash of its address: what was not flagged leaves no list of the pages that somebody has looked
 * at.
 */
import { disk } from './database.js';

const transact = disk('cyber-spotter-drafts', 'drafts');
/** How long what nobody has come back to is kept (ms). */
const KEEP_MS = 7 * 24 * 3_600_000;

/** What was said of the page, or undefined. */
export const get = (key) =>
  transact('readonly', (store, give) => {
    store.get(key).onsuccess = (event) => give(event.target.result);
  });

/** Keeps what was said of it; with `null`, nothing any more. */
export const keep = (key, draft, now = Date.now()) =>
  transact('readwrite', (store) => (draft ? store.put({ ...draft, at: now }, key) : store.delete(key)));

const drop = (isOver) =>
  transact('readwrite', (store) => {
    store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (isOver(cursor)) cursor.delete();
      cursor.continue();
    };
  });

/** Drops what is too old. */
export const sweep = (now = Date.now()) => drop(({ value }) => now - value.at > KEEP_MS);

/**
 * Drops the drafts of an account that is unpaired. Reports in the outbox stay, and so do drafts of their fixes.
 */
export const dropAccount = () => drop(({ key }) => !key.startsWith('fix-'));
