/** A browser whose storage takes nothing more: what waits leaves all the same, each once, one after the other. */
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from './support.mjs';

const badges = [];
globalThis.chrome = {
  action: new Proxy({}, { get: (_, name) => async (text) => name === 'setBadgeText' && badges.push(text.text) }),
  i18n: { getMessage: (key) => key },
  alarms: { create: async () => undefined, clear: async () => undefined, get: async () => ({}) },
  runtime: { getPlatformInfo: () => undefined, sendMessage: async () => undefined },
  storage: {
    local: {
      get: async () => ({}),
      set: async () => {
        throw new Error('QuotaExceededError');
      },
      remove: async () => undefined,
    },
  },
};
globalThis.navigator = { locks: { request: (_name, work) => work() } };
const outbox = await import('../../extension/lib/outbox.js');
const { settings } = await import('../../extension/lib/browser.js');
const { sendAll } = await import('../../extension/lib/worker.js');
const { KEPT, REPORT } = await import('./outbox_rig.mjs');

test('two reports leave though their receipts cannot be stored', async () => {
  await settings.set({ connection: { base: 'https://s.example', token: 'cs_ana', refused: null } });
  const ids = [await outbox.add(REPORT, {}, 1), await outbox.add(REPORT, {}, 2)];
  const keys = [];
  globalThis.fetch = async (_url, request) => {
    keys.push(request.headers['Idempotency-Key']);
    return answer(201, KEPT);
  };
  await sendAll();
  assert.deepEqual([keys, (await outbox.all()).length, badges.at(-1)], [ids, 0, '']);
});
