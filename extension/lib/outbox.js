/**
 * The outbox: reports that the server has not confirmed yet, on disk until it has.
 *
 * An item is `{id, report, files, state, problem, attempts, next_at, sending_until, queued_at}`. `id` is a UUID made
 * once, here: the Idempotency-Key of every attempt. `state` is `waiting` (sent automatically), `training` (the server
 * wants the training finished first; retried hourly) or `fix` (only a person can help). Times are ms since 1970.
 * `files` maps a part's name (`screenshot`, `full_page`, `page`) to its Blob.
 */

import { disk } from './database.js';

const transact = disk('cyber-spotter', 'outbox', 'id');

/**
 * An item as this version writes it: a queue survives an update. Version 0.1.0 kept one picture as `screenshot`, and
 * called `fix` `mend`.
 */
const upgraded = ({ screenshot, ...item }) => ({
  ...item,
  files: item.files ?? (screenshot ? { screenshot } : {}),
  state: item.state === 'mend' ? 'fix' : item.state,
});

/** Queues a report; when this resolves, it is on disk. @returns {Promise<string>} its id */
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
    .map(upgraded)
    .sort((a, b) => a.queued_at - b.queued_at);

/** Changes some members of an item; an item that is gone stays gone. */
export const change = (id, members) =>
  transact('readwrite', (store) => {
    store.get(id).onsuccess = (event) => {
      if (event.target.result) store.put({ ...upgraded(event.target.result), ...members });
    };
  });

/** Removes an item: the server has confirmed it, or the person discarded it. */
export const remove = (id) => transact('readwrite', (store) => store.delete(id));

/** Restores a discarded item as it was, key and all. */
export const restore = (item) => transact('readwrite', (store) => store.put(item));

/** Queues a fixed report again, under the same key: a refused attempt does not use a key up. */
export const fixed = (id, report, files) =>
  change(id, { report, files, state: 'waiting', problem: null, next_at: 0, attempts: 0 });
