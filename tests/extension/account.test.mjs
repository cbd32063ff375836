/** What an account sees is gone from the browser with its connection: another person may sit there next. */
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answer } from './support.mjs';

const stored = new Map();
const area = {
  get: async (names) =>
    Object.fromEntries(
      []
        .concat(names)
        .filter((name) => stored.has(name))
        .map((name) => [name, structuredClone(stored.get(name))]),
    ),
  set: async (values) => Object.entries(values).forEach(([name, value]) => stored.set(name, structuredClone(value))),
  remove: async (names) => [].concat(names).forEach((name) => stored.delete(name)),
};
const nothing = async () => undefined;
globalThis.chrome = {
  storage: { local: area, session: area },
  alarms: { clear: nothing, create: nothing, get: nothing },
  action: { setBadgeText: nothing, setBadgeBackgroundColor: nothing, setTitle: nothing },
  runtime: { id: 'x', sendMessage: nothing, getPlatformInfo: nothing },
  i18n: { getMessage: (key) => key },
};
Object.defineProperty(globalThis, 'navigator', {
  value: { languages: [], locks: { request: (name, work) => work() } },
  configurable: true,
});
const { settings } = await import('../../extension/lib/browser.js');
const { fetchChecks, ownReports } = await import('../../extension/lib/server.js');
const { checkPairing, sendAll } = await import('../../extension/lib/worker.js');
const outbox = await import('../../extension/lib/outbox.js');

const ANA = { base: 'https://s.example', token: 'cs_ana', paired_at: 1, refused: null };
const KEPT = {
  reports: { at: 1, items: [{ id: 'r' }] },
  receipts: [{ id: 'r', reference: 'R-1' }],
  checks: { at: 1, items: [{ id: 'k' }] },
};
const kept = () => settings.several(Object.keys(KEPT));
/** An answer that comes when Ana has unpaired this browser. */
const late = (body, status = 200) => {
  globalThis.fetch = async () => {
    await settings.remove('connection', ...Object.keys(KEPT));
    return answer(status, body);
  };
};

beforeEach(async () => {
  stored.clear();
  for (const { id } of await outbox.all()) await outbox.remove(id);
  await settings.set({ ...KEPT, connection: ANA });
});

test('a browser that is paired anew keeps nothing of the account before', async () => {
  await settings.set({
    pairing: {
      base: ANA.base,
      device_code: 'd',
      state: 'pending',
      interval: 1,
      next_at: 0,
      expires_at: Date.now() + 1e6,
    },
  });
  globalThis.fetch = async () => answer(200, { access_token: 'cs_ben' });
  await checkPairing();
  assert.deepEqual([(await settings.get('connection')).token, await kept()], ['cs_ben', {}]);
});

test('what arrives after it was unpaired is not kept', async () => {
  for (const ask of [ownReports, fetchChecks]) {
    await settings.set({ ...KEPT, connection: ANA });
    late({ items: [{ id: 'hers' }], next: null });
    await assert.rejects(ask());
    assert.deepEqual(await kept(), {}, ask.name);
  }
});

test('nor the receipt of a report that was just setting out', async () => {
  await outbox.add({ url: 'https://market.example/ad/1', listing: {}, suspicion: {} });
  late({ id: 'r', reference: 'R-2' }, 201);
  assert.equal((await sendAll()).sent, 1);
  assert.deepEqual(await kept(), {});
});
