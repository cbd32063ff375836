/** Only the server itself says that it no longer takes this browser's key: a proxy's 401 stops no report. */
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from './support.mjs';

globalThis.chrome = {
  i18n: { getMessage: (key) => key },
  storage: { local: { get: async () => ({}), set: async () => undefined, remove: async () => undefined } },
};
const { settings } = await import('../../extension/lib/browser.js');
const { ownReports } = await import('../../extension/lib/server.js');

const connection = { base: 'https://s.example', token: 'cs_ana', refused: null };

for (const [who, response, refused] of [
  ['the server', answer(401, { detail: 'This token was revoked.' }), true],
  ['a proxy', new Response('<h1>Authorization required</h1>', { status: 401 }), false],
  ['a proxy that answers JSON', answer(401, { message: 'No.' }), false],
]) {
  test(`401 of ${who}: ${refused ? 'pair again' : 'reports go on'}`, async () => {
    await settings.set({ connection });
    globalThis.fetch = async () => response;
    await assert.rejects(ownReports());
    assert.equal(Boolean((await settings.get('connection')).refused), refused);
  });
}
