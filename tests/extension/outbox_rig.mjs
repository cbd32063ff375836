/**
 * What the outbox's tests share: a report, a server that answers from a list, a clock that stands still until it is
 * moved.
 */
import 'fake-indexeddb/auto';
import * as outbox from '../../extension/lib/outbox.js';

export const NOW = 1_800_000_000_000;
export const REPORT = {
  url: 'https://market.example/ad/1',
  captured_at: '2026-11-24T10:00:00Z',
  listing: { title: 'Ana’s find' },
  suspicion: { category: 'live', reason: 'Six at once.' },
  evidence: [],
};
export const CONNECTION = { base: 'https://spotter.example', token: 'cs_ana', refused: null };
export const KEPT = { id: '1', reference: 'R-1', status: 'received', received_at: '2026-11-24T10:00:01Z' };
export const LOST_LINE = new TypeError('Failed to fetch');

/**
 * A world whose server answers from a list, the last one for ever (an Error is a broken line), and what it was asked
 * and told.
 */
export function world(...answers) {
  const there = {
    asked: [],
    told: [],
    clock: NOW,
    connection: CONNECTION,
    retryBase: 30_000,
    pausedUntil: 0,
    now: () => there.clock,
    onReceipt: async (receipt) => {
      if (receipt) there.told.push(receipt);
    },
    fetch: async (url, request) => {
      there.asked.push({ url, at: there.clock, ...request });
      const next = answers[Math.min(there.asked.length, answers.length) - 1];
      if (next instanceof Error) throw next;
      return typeof next === 'function' ? next(request) : next.clone();
    },
  };
  return there;
}

export const items = () => outbox.all();
export const empty = async () => {
  for (const item of await items()) await outbox.remove(item.id);
};
