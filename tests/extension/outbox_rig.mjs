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
 * A fake environment: a server that answers from a list, the last answer for ever (an Error is a broken line), the
 * requests that it got, and the receipts handed out.
 */
export function environmentWith(...answers) {
  const environment = {
    requests: [],
    receipts: [],
    clock: NOW,
    connection: CONNECTION,
    retryBase: 30_000,
    pausedUntil: 0,
    now: () => environment.clock,
    onReceipt: async (receipt) => {
      if (receipt) environment.receipts.push(receipt);
    },
    fetch: async (url, request) => {
      environment.requests.push({ url, at: environment.clock, ...request });
      const next = answers[Math.min(environment.requests.length, answers.length) - 1];
      if (next instanceof Error) throw next;
      return typeof next === 'function' ? next(request) : next.clone();
    },
  };
  return environment;
}

export const items = () => outbox.all();
export const empty = async () => {
  for (const item of await items()) await outbox.remove(item.id);
};
