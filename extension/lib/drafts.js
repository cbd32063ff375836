/**
 * Drafts: forms that were begun and not flagged, and answers that were not sent. They are on this device's disk, since
 * a popup closes at the first click beside it. They are never sent. The worker writes them: a popup that closes would
 * lose its own unfinished write.
 *
 * A page's key is the hash of its address: drafts leave no list of the pages that somebody has looked at.
 */
import { disk } from './database.js';

const transact = disk('cyber-spotter-drafts', 'drafts');
/** How long an untouched draft is kept (ms). */
const KEEP_MS = 7 * 24 * 3_600_000;

/** The draft under this key, or undefined. */
export const get = (key) =>
  transact('readonly', (store, give) => {
    store.get(key).onsuccess = (event) => give(event.target.result);
  });

/** Stores a draft; `null` deletes it. */
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

/** Deletes drafts that are too old. */
export const sweep = (now = Date.now()) => drop(({ value }) => now - value.at > KEEP_MS);

/** Deletes the drafts of an unpaired account. Reports in the outbox stay, and so do the drafts of their fixes. */
export const dropAccount = () => drop(({ key }) => !key.startsWith('fix-'));
