/**
 * The outbox: reports that the server has not confirmed yet, on disk until it has.
 *
 * An item is `{id, report, files, state, problem, attempts, next_at, sending_until, queued_at}`. `id` is a UUID made
 * once, here: it is the Idempotency-Key of every attempt. `state` is `waiting` (leaves by itself), `training` (the
 * server wants the training finished first; tried again hourly) or `mend` (only a person can help). Times are ms since
 * 1970. `files` maps a part's name (`screenshot`, `full_page`, `page`) to its Blob.
 */

import { disk } from './disk.js';

const transact = disk('cyber-spotter', 'outbox', 'id');

/** Items queued by version 0.1.0 hold their one picture as `screenshot`: a queue survives an update. */
const today = ({ screenshot, ...item }) => ({ ...item, files: item.files ?? (screenshot ? { screenshot } : {}) });

/** Keeps a report; when this resolves, it is safe. @returns {Promise<string>} its id */
export async function add(report, files = {}, now = Date.now()) {
  const item = {
    id: crypto.randomUUID(),
    report,
    files,
    state: 'waiting',
    problem: null,
    attempts: 0,
    next_at: 0,
    sending_until: 0,
    queued_at: now,
  };
  await transact('readwrite', (store) => store.add(item));
  return item.id;
}

/** All items, the oldest first. */
export const all = async () =>
  (
    await transact('readonly', (store, give) => {
      store.getAll().onsuccess = (event) => give(event.target.result);
    })
  )
    .map(today)
    .sort((one, other) => one.queued_at - other.queued_at);

/** Changes some members of an item; an item that is gone stays gone. */
export const change = (id, members) =>
  transact('readwrite', (store) => {
    store.get(id).onsuccess = (event) => {
      if (event.target.result) store.put({ ...today(event.target.result), ...members });
    };
  });

/** Takes an item out: the server has confirmed it, or the person discarded it. */
export const remove = (id) => transact('readwrite', (store) => store.delete(id));

/** Puts a discarded item back as it was, key and all. */
export const restore = (item) => transact('readwrite', (store) => store.put(item));

/** Puts a mended report back on its way, under the same key: a refused attempt does not use a key up. */
export const mended = (id, report, files) =>
  change(id, { report, files, state: 'waiting', problem: null, next_at: 0, attempts: 0 });
