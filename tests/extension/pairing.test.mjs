import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askPairing, grouped, serverAddress, startPairing } from '../../extension/lib/pairing.js';
import { answer } from './support.mjs';

const NOW = 1_800_000_000_000;
const GRANT = {
  device_code: 'd',
  user_code: 'WDJBMJHT',
  verification_uri: 'https://s.example/device',
  verification_uri_complete: 'https://s.example/device?user_code=WDJBMJHT',
  expires_in: 600,
  interval: 5,
};
const environmentWith = (response, at = NOW) => ({
  requests: [],
  now: () => at,
  async fetch(url, request) {
    this.requests.push({ url, body: Object.fromEntries(request.body) });
    if (response instanceof Error) throw response;
    return response.clone();
  },
});
const asking = (environment) => ({ fetch: (...call) => environment.fetch(...call), now: environment.now });
const pairing = { ...GRANT, base: 'https://s.example', expires_at: NOW + 600_000, next_at: NOW, state: 'pending' };

for (const [typed, base] of [
  ['https://spotter.example.org', 'https://spotter.example.org'],
  ['spotter.example.org/', 'https://spotter.example.org'],
  ['https://example.org/spotter/', 'https://example.org/spotter'],
  ['http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
  ['http://localhost:8000/', 'http://localhost:8000'],
  ['http://spotter.localhost:8000', 'http://spotter.localhost:8000'],
]) {
  test(`${typed} is the server ${base}`, () => assert.equal(serverAddress(typed), base));
}
for (const [typed, key] of [
  ['http://spotter.example.org', 'serverNotSecure'],
  ['http://localhost.evil.example', 'serverNotSecure'],
  ['', 'serverUnreadable'],
  ['ftp://x.example', 'serverUnreadable'],
  ['https://me:secret@x.example', 'serverUnreadable'],
  ['javascript:alert(1)', 'serverUnreadable'],
]) {
  test(`${typed || 'nothing'} is refused as a server: ${key}`, () =>
    assert.throws(() => serverAddress(typed), { message: key }));
}

test('pairing begins with the client and the scope that the server knows', async () => {
  const environment = environmentWith(answer(200, GRANT));
  const started = await startPairing('https://s.example', asking(environment));
  assert.deepEqual(environment.requests, [
    {
      url: 'https://s.example/api/v1/device/authorize',
      body: { client_id: 'cyber-spotter-extension', scope: 'reports:write' },
    },
  ]);
  assert.deepEqual([started.state, started.expires_at, started.next_at], ['pending', NOW + 600_000, NOW + 5000]);
});

for (const [what, response, key] of [
  ['no connection', new TypeError('x'), 'pairUnreachable'],
  ['a server that has no time just now', answer(429, {}), 'serverBusy'],
  ['a page that is no server of ours', new Response('<html>'), 'pairNoServer'],
  [
    'an address to open that is a script',
    answer(200, { ...GRANT, verification_uri_complete: 'javascript:alert(1)' }),
    'pairNoServer',
  ],
]) {
  test(`${what} ends the beginning in words`, () =>
    assert.rejects(startPairing('https://s.example', asking(environmentWith(response))), { message: key }));
}

test('nobody is asked before the interval is over', async () => {
  const environment = environmentWith(answer(400, { error: 'authorization_pending' }));
  assert.equal((await askPairing({ ...pairing, next_at: NOW + 1 }, asking(environment))).pairing.state, 'pending');
  assert.equal(environment.requests.length, 0);
});

for (const [error, interval, state] of [
  ['authorization_pending', 5, 'pending'],
  ['slow_down', 10, 'pending'],
  ['access_denied', 5, 'denied'],
  ['expired_token', 5, 'expired'],
]) {
  test(`${error}: ${state}, every ${interval} s`, async () => {
    const after = await askPairing(pairing, asking(environmentWith(answer(400, { error }))));
    assert.deepEqual([after.pairing.state, after.pairing.interval, after.connection], [state, interval, null]);
  });
}

test('a broken line asks less often and goes on', async () => {
  const after = await askPairing(pairing, asking(environmentWith(new TypeError('x'))));
  assert.deepEqual([after.pairing.state, after.pairing.interval], ['pending', 10]);
});

test('past its time a pairing has run out, without asking', async () => {
  const environment = environmentWith(answer(200, { access_token: 'cs_x' }), NOW + 600_001);
  assert.equal((await askPairing(pairing, asking(environment))).pairing.state, 'expired');
  assert.equal(environment.requests.length, 0);
});

test('agreed to, it becomes a connection', async () => {
  const environment = environmentWith(
    answer(200, { access_token: 'cs_x', token_type: 'Bearer', scope: 'reports:write' }),
  );
  assert.deepEqual(await askPairing(pairing, asking(environment)), {
    pairing: null,
    connection: { base: 'https://s.example', token: 'cs_x', paired_at: NOW, refused: null },
  });
  assert.equal(environment.requests[0].body.grant_type, 'urn:ietf:params:oauth:grant-type:device_code');
});

test('a code is shown grouped by four, however the server writes it', () =>
  assert.deepEqual(['WDJBMJHT', 'WDJB-MJHT'].map(grouped), ['WDJB-MJHT', 'WDJB-MJHT']));
