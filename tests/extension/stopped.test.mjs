/** A pairing that the person stops, or begins anew, while the server is still being asked about it. */
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from './support.mjs';

const stored = {};
globalThis.chrome = {
  action: new Proxy({}, { get: () => async () => undefined }),
  i18n: { getMessage: (key) => key },
  alarms: { create: async () => undefined, clear: async () => undefined, get: async () => ({}) },
  runtime: { getPlatformInfo: () => undefined, sendMessage: async () => undefined },
  storage: {
    local: {
      get: async (names) => Object.fromEntries([].concat(names).map((name) => [name, stored[name]])),
      set: async (values) => Object.assign(stored, values),
      remove: async (names) => [].concat(names).forEach((name) => delete stored[name]),
    },
  },
};
globalThis.navigator = { locks: { request: (_name, work) => work() } };
const { settings } = await import('../../extension/lib/browser.js');
const { checkPairing } = await import('../../extension/lib/worker.js');

const pairing = (device_code) => ({
  ...{ base: 'https://s.example', device_code, user_code: device_code, interval: 5, next_at: 0, state: 'pending' },
  expires_at: Date.now() + 600_000,
});

/** Ana's first pairing is asked about; `meanwhile` happens before the server answers. */
async function asked(response, meanwhile) {
  await settings.remove('pairing', 'connection');
  await settings.set({ pairing: pairing('first') });
  let respond;
  globalThis.fetch = () =>
    new Promise((resolve) => {
      respond = resolve;
    });
  const checking = checkPairing();
  while (!respond) await new Promise(setImmediate);
  await meanwhile();
  respond(response);
  await checking;
  return [(await settings.get('pairing'))?.device_code, (await settings.get('connection'))?.token];
}

for (const [what, response] of [
  ['not approved yet', answer(400, { error: 'authorization_pending' })],
  ['approved', answer(200, { access_token: 'cs_x' })],
]) {
  test(`a pairing stopped meanwhile stays stopped, though it is ${what}`, async () =>
    assert.deepEqual(await asked(response.clone(), () => settings.remove('pairing')), [undefined, undefined]));

  test(`a pairing begun anew meanwhile is kept, though the former is ${what}`, async () =>
    assert.deepEqual(await asked(response.clone(), () => settings.set({ pairing: pairing('second') })), [
      'second',
      undefined,
    ]));
}
