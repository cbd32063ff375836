import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as outbox from '../../extension/lib/outbox.js';
import { backOff, flush, retryAfter } from '../../extension/lib/send.js';
import { answer } from './support.mjs';

const REPORT = { url: 'https://market.example/ad/1', captured_at: '2026-11-24T10:00:00Z', listing: { title: 'Ana’s find' }, suspicion: { category: 'live', reason: 'Six at once.' }, evidence: [] };
const CONNECTION = { base: 'https://spotter.example', token: 'cs_ana', refused: null };
const KEPT = { id: '1', reference: 'R-1', status: 'received', received_at: '2026-11-24T10:00:01Z' };
const NOW = 1_800_000_000_000;

/** A world whose server answers from a list (an Error is a broken line), and a log of what it was asked. */
function world(...answers) {
  const asked = [];
  const fetch = async (url, request) => {
    asked.push({ url, ...request });
    const next = answers[Math.min(asked.length, answers.length) - 1];
    if (next instanceof Error) throw next;
    return typeof next === 'function' ? next(request) : next.clone();
  };
  return { asked, fetch, now: () => NOW, connection: CONNECTION, retryBase: 30_000, pausedUntil: 0 };
}
const items = () => outbox.all();

beforeEach(async () => { for (const item of await items()) await outbox.remove(item.id); });

for (const status of [200, 201]) test(`${status} with a reference takes the report out`, async () => {
  const id = await outbox.add(REPORT);
  const result = await flush(world(answer(status, KEPT)));
  assert.deepEqual([(await items()).length, result.sent[0].id, result.sent[0].reference, result.left, result.wakeAt], [0, id, 'R-1', 0, null]);
});

for (const [what, response] of [
  ['200 from a hotel’s sign-in page', new Response('<html>Welcome</html>', { status: 200 })], ['201 without a reference', answer(201, { id: '1' })], ['204', answer(204)],
]) test(`${what} is not taken for success`, async () => {
  await outbox.add(REPORT);
  await flush(world(response));
  assert.deepEqual((await items()).map((item) => item.state), ['waiting']);
});

for (const status of [404, 405, 408, 429, 500, 502, 503, 504]) test(`${status} keeps the report and pauses them all`, async () => {
  await outbox.add(REPORT);
  await outbox.add(REPORT);
  const there = world(answer(status));
  const result = await flush(there);
  assert.equal(there.asked.length, 1);
  assert.ok(result.pausedUntil >= NOW + 30_000 && result.wakeAt === result.pausedUntil);
  assert.deepEqual((await items()).map((item) => item.state), ['waiting', 'waiting']);
});

test('a broken line keeps the report and comes back with growing pauses', async () => {
  await outbox.add(REPORT);
  const pauses = [];
  for (let round = 0; round < 4; round += 1) pauses.push((await flush(world(new TypeError('Failed to fetch')), true)).pausedUntil - NOW);
  pauses.forEach((pause, round) => assert.ok(pause >= 30_000 * 2 ** round && pause <= 36_000 * 2 ** round, `${pause}`));
  assert.deepEqual([(await items())[0].attempts, (await items())[0].problem], [4, { reason: 'offline' }]);
});

test('while paused nothing is asked, unless a person says so', async () => {
  await outbox.add(REPORT);
  const there = { ...world(answer(201, KEPT)), pausedUntil: NOW + 1000 };
  assert.equal((await flush(there)).left, 1);
  assert.equal(there.asked.length, 0);
  assert.equal((await flush(there, true)).left, 0);
});

test('409 keeps the report for later and goes on with the next', async () => {
  await outbox.add(REPORT, null, NOW - 2);
  await outbox.add(REPORT, null, NOW - 1);
  const there = world(answer(409, { detail: 'in flight' }, { 'Retry-After': '90' }), answer(201, KEPT));
  const result = await flush(there);
  assert.deepEqual([there.asked.length, result.left, result.pausedUntil], [2, 1, 0]);
  assert.ok((await items())[0].next_at >= NOW + 90_000);
});

test('Retry-After is honoured, in seconds and as a date', async () => {
  await outbox.add(REPORT);
  assert.ok((await flush(world(answer(503, null, { 'Retry-After': '600' })))).pausedUntil >= NOW + 600_000);
  assert.deepEqual([retryAfter('120', NOW), retryAfter(new Date(NOW + 5000).toUTCString(), NOW), retryAfter('soon', NOW), retryAfter(null, NOW), retryAfter('99999999', NOW)], [120_000, 5000, null, null, 86_400_000]);
});

test('401 keeps everything and asks no more until paired again', async () => {
  await outbox.add(REPORT);
  await outbox.add(REPORT);
  const there = world(answer(401, { detail: 'Unknown token.' }));
  const result = await flush(there);
  assert.deepEqual([there.asked.length, result.left, result.refused.status, result.wakeAt], [1, 2, 401, null]);
  const later = world(answer(201, KEPT));
  assert.equal((await flush({ ...later, connection: { ...CONNECTION, refused: result.refused } })).left, 2);
  assert.equal(later.asked.length, 0);
  assert.equal((await flush(later)).left, 0);
});

test('403 for want of training keeps the report with the server’s sentence and the way there', async () => {
  await outbox.add(REPORT);
  const there = world(answer(403, { type: 'https://spotter.example/problems/not-accredited', detail: 'Two parts are left.', training_url: 'https://spotter.example/training' }));
  const result = await flush(there);
  const [item] = await items();
  assert.deepEqual([item.state, item.problem.detail, item.problem.training_url, result.refused, item.next_at], ['training', 'Two parts are left.', 'https://spotter.example/training', null, NOW + 3_600_000]);
});

test('403 for another reason keeps the report and asks to pair again', async () => {
  await outbox.add(REPORT);
  const result = await flush(world(answer(403, { type: 'about:blank', detail: 'This key may not send reports.' })));
  assert.deepEqual([result.left, result.refused.detail], [1, 'This key may not send reports.']);
});

for (const status of [400, 413, 415, 422]) test(`${status} parks the report for mending, and the next one leaves`, async () => {
  await outbox.add(REPORT, null, NOW - 2);
  await outbox.add(REPORT, null, NOW - 1);
  const there = world(answer(status, { detail: 'Some fields do not fit.', errors: { suspicion: { reason: ['Say why.'] } } }), answer(201, KEPT));
  const result = await flush(there);
  const [item] = await items();
  assert.deepEqual([there.asked.length, result.left, item.state, item.problem.errors.suspicion.reason[0]], [2, 1, 'mend', 'Say why.']);
  const again = world(answer(201, KEPT));
  await flush(again, true);
  assert.equal(again.asked.length, 0);
  await outbox.mended(item.id, { ...REPORT, suspicion: { category: 'live', reason: 'Mended.' } }, null);
  await flush(again);
  assert.deepEqual([again.asked.length, again.asked[0].headers['Idempotency-Key'], (await items()).length], [1, item.id, 0]);
});

test('every attempt of one report carries the same key, and no two reports share one', async () => {
  const [first, second] = [await outbox.add(REPORT, null, NOW - 2), await outbox.add(REPORT, null, NOW - 1)];
  assert.notEqual(first, second);
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const stored = new Map();
  const server = (lost) => (request) => {
    const key = request.headers['Idempotency-Key'];
    const known = stored.has(key);
    stored.set(key, request.body);
    if (lost) throw new TypeError('the answer was lost');
    return answer(known ? 200 : 201, { ...KEPT, reference: `R-${key}` });
  };
  const there = world(server(true), server(true), server(false));
  for (let round = 0; round < 3; round += 1) await flush(there, true);
  assert.deepEqual([(await items()).length, stored.size], [0, 2]);
});

test('a report added while another is on its way leaves in the same round', async () => {
  await outbox.add(REPORT);
  let added = false;
  const there = world(async () => {
    if (!added) await outbox.add(REPORT);
    added = true;
    return answer(201, KEPT);
  });
  assert.equal((await flush(there)).sent.length, 2);
});

test('with files it goes as multipart: the JSON, then each part’s bytes unchanged', async () => {
  const bytes = new Uint8Array([255, 216, 255, 224, 1, 2, 3]);
  await outbox.add({ ...REPORT, evidence: [{ name: 'screenshot', sha256: 'x' }] }, { screenshot: new Blob([bytes], { type: 'image/jpeg' }), page: new Blob(['gz'], { type: 'application/gzip' }) });
  const there = world(answer(201, KEPT));
  await flush(there);
  const { body, headers, credentials, redirect } = there.asked[0];
  assert.deepEqual([[...body.keys()], await body.get('page').text()], [['report', 'screenshot', 'page'], 'gz']);
  assert.equal(JSON.parse(body.get('report')).url, REPORT.url);
  assert.deepEqual([new Uint8Array(await body.get('screenshot').arrayBuffer()), body.get('screenshot').type], [bytes, 'image/jpeg']);
  assert.deepEqual([headers['Content-Type'], headers.Authorization, credentials, redirect], [undefined, 'Bearer cs_ana', 'omit', 'error']);
});

test('a picture queued before the update goes along, and mending drops it for good', async () => {
  await outbox.restore({ id: 'old', report: REPORT, screenshot: new Blob(['x'], { type: 'image/jpeg' }), state: 'waiting', problem: null, attempts: 0, next_at: 0, sending_until: 0, queued_at: 1 });
  const there = world(answer(422));
  await flush(there);
  assert.deepEqual([...there.asked[0].body.keys()], ['report', 'screenshot']);
  await outbox.mended('old', REPORT, {});
  const [item] = await items();
  assert.deepEqual([item.files, 'screenshot' in item, item.state], [{}, false, 'waiting']);
});

test('without files it goes as JSON', async () => {
  await outbox.add(REPORT);
  const there = world(answer(201, KEPT));
  await flush(there);
  assert.deepEqual([there.asked[0].headers['Content-Type'], JSON.parse(there.asked[0].body)], ['application/json', REPORT]);
});

test('unpaired, nothing is asked and nothing is lost', async () => {
  await outbox.add(REPORT);
  const there = { ...world(answer(201, KEPT)), connection: null };
  assert.deepEqual([(await flush(there, true)).left, there.asked.length], [1, 0]);
});

test('a discarded report can be put back, key and all', async () => {
  const id = await outbox.add(REPORT);
  const [item] = await items();
  await outbox.remove(id);
  await outbox.restore(item);
  assert.deepEqual(await items(), [item]);
});

test('the pause doubles up to an hour', () => {
  assert.deepEqual([1, 2, 3, 20].map((attempts) => backOff(attempts, 30_000, 0)), [30_000, 60_000, 120_000, 3_600_000]);
});
