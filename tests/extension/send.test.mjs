/** What each answer of the server, and of what stands in its place, does to a report that waits. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as outbox from '../../extension/lib/outbox.js';
import { backOff, flush, retryAfter } from '../../extension/lib/send.js';
import { CONNECTION, empty, environmentWith, items, KEPT, LOST_LINE, NOW, REPORT } from './outbox_rig.mjs';
import { answer } from './support.mjs';

beforeEach(empty);

const problem = (status, more = {}) => [
  status,
  { type: 'about:blank', title: 'No', status, detail: 'In words.', ...more },
];
const untrained = {
  type: 'https://spotter.example/problems/not-accredited',
  detail: 'Two parts are left.',
  training_url: 'https://spotter.example/training',
};
const page = (status, headers = {}) =>
  new Response('<html>Welcome to the hotel. Sign in.</html>', {
    status,
    headers: { 'Content-Type': 'text/html', ...headers },
  });
const GONE = { state: 'gone', pauses: false, refused: false };
const WAITS = { state: 'waiting', pauses: true, refused: false };
const MEND = { state: 'fix', pauses: false, refused: false };
const PAIR = { state: 'waiting', pauses: false, refused: true };

for (const [what, response, expected, reason] of [
  ['201 with a reference', answer(201, KEPT), GONE],
  ['200 with the first answer', answer(200, KEPT), GONE],
  ['409, still in flight', answer(...problem(409), { 'Retry-After': '5' }), { ...WAITS, pauses: false }, 'answer'],
  ['429', answer(...problem(429), { 'Retry-After': '20' }), WAITS, 'answer'],
  ['500', answer(...problem(500)), WAITS, 'answer'],
  ['502 of what stands before the server', page(502), WAITS, 'answer'],
  ['503', answer(...problem(503), { 'Retry-After': '5' }), WAITS, 'answer'],
  ['504 without a body', answer(504), WAITS, 'answer'],
  ['401', answer(...problem(401)), PAIR, 'answer'],
  ['403 for want of training', answer(403, untrained), { state: 'training', pauses: false, refused: false }, 'answer'],
  ['403 for want of the right', answer(...problem(403)), PAIR, 'answer'],
  ['400', answer(...problem(400)), MEND, 'answer'],
  ['413', answer(...problem(413)), MEND, 'answer'],
  ['413 of what stands before the server', page(413), MEND, 'answer'],
  ['415', answer(...problem(415)), MEND, 'answer'],
  ['422', answer(...problem(422, { errors: { suspicion: { reason: ['Say why.'] } } })), MEND, 'answer'],
  ['404 of the server', answer(...problem(404)), WAITS, 'answer'],
  ['"Failed to fetch"', LOST_LINE, WAITS, 'offline'],
  ['a time-out', new DOMException('signal timed out', 'TimeoutError'), WAITS, 'offline'],
  [
    'a redirect to a sign-in page, refused by fetch',
    new TypeError('NetworkError when attempting to fetch resource.'),
    WAITS,
    'offline',
  ],
  ['200 from a hotel’s sign-in page', page(200), WAITS, 'stranger'],
  ['201 in HTML', page(201), WAITS, 'stranger'],
  ['200 with JSON of somebody else', answer(200, { ok: true }), WAITS, 'stranger'],
  ['200 with a reference and no id', answer(200, { reference: 'R-1' }), WAITS, 'stranger'],
  ['201 with an id and no reference', answer(201, { id: '1' }), WAITS, 'stranger'],
  ['201 with a reference of another shape', answer(201, { id: '1', reference: '17' }), WAITS, 'stranger'],
  ['201 with a reference that is no text', answer(201, { id: '1', reference: ['R-1'] }), WAITS, 'stranger'],
  ['201 that broke off', new Response('{"id": "1", "refer', { status: 201 }), WAITS, 'stranger'],
  ['204', answer(204), WAITS, 'stranger'],
  ['202 with a reference', answer(202, KEPT), WAITS, 'stranger'],
  ['401 from a proxy', page(401), WAITS, 'stranger'],
  ['403 from a firewall', page(403), WAITS, 'stranger'],
  ['422 in HTML', page(422), WAITS, 'stranger'],
  ['404 of another site', page(404), WAITS, 'stranger'],
  [
    'an opaque answer',
    {
      status: 0,
      headers: new Headers(),
      json: async () => {
        throw new SyntaxError();
      },
      clone() {
        return this;
      },
    },
    WAITS,
    'stranger',
  ],
]) {
  const outcome = [expected.state, expected.pauses && 'all pause', expected.refused && 'pair again'];
  test(`${what}: ${outcome.filter(Boolean).join(', ')}`, async () => {
    await outbox.add(REPORT, {}, NOW - 1);
    const environment = environmentWith(response);
    const result = await flush(environment);
    const [item] = await items();
    assert.deepEqual(
      { state: item?.state ?? 'gone', pauses: result.pausedUntil > NOW, refused: Boolean(result.refused) },
      expected,
    );
    assert.deepEqual(
      [item?.problem?.reason, environment.receipts.length, result.left],
      [reason, expected === GONE ? 1 : 0, expected === GONE ? 0 : 1],
    );
  });
}

for (const status of [429, 500, 503]) {
  test(`${status} pauses them all: the second is not even tried`, async () => {
    await outbox.add(REPORT);
    await outbox.add(REPORT);
    const environment = environmentWith(answer(status));
    const result = await flush(environment);
    assert.deepEqual(
      [environment.requests.length, result.wakeAt, (await items()).map((item) => item.state)],
      [1, result.pausedUntil, ['waiting', 'waiting']],
    );
  });
}

test('a report that the server always fails on does not hold up the others', async () => {
  const bad = await outbox.add(REPORT, {}, NOW - 9);
  for (const ago of [8, 7, 6]) await outbox.add(REPORT, {}, NOW - ago);
  const environment = environmentWith((request) =>
    answer(...(request.headers['Idempotency-Key'] === bad ? problem(500) : [201, KEPT])),
  );
  await flush(environment);
  assert.equal((await items()).length, 4);
  await flush(environment, true);
  assert.deepEqual(
    (await items()).map((item) => item.id),
    [bad],
  );
});

test('while paused nothing is asked, unless a person says so', async () => {
  await outbox.add(REPORT);
  const environment = { ...environmentWith(answer(201, KEPT)), pausedUntil: NOW + 1000 };
  assert.equal((await flush(environment)).left, 1);
  assert.equal(environment.requests.length, 0);
  assert.equal((await flush(environment, true)).left, 0);
});

test('409 keeps the report for later and goes on with the next', async () => {
  await outbox.add(REPORT, {}, NOW - 2);
  await outbox.add(REPORT, {}, NOW - 1);
  const environment = environmentWith(answer(...problem(409), { 'Retry-After': '90' }), answer(201, KEPT));
  const result = await flush(environment);
  assert.deepEqual([environment.requests.length, result.left, result.pausedUntil], [2, 1, 0]);
  assert.ok((await items())[0].next_at >= NOW + 90_000);
});

test('Retry-After is honoured, in seconds and as a date, and goes before our own growing pause', async () => {
  await outbox.add(REPORT);
  const environment = environmentWith(answer(503, null, { 'Retry-After': '600' }));
  for (let round = 0; round < 12; round += 1) {
    const pause = (await flush(environment, true)).pausedUntil - NOW;
    assert.ok(pause >= 600_000 && pause <= 720_000, `${pause}`);
  }
  assert.deepEqual(
    [
      retryAfter('120', NOW),
      retryAfter(new Date(NOW + 5000).toUTCString(), NOW),
      retryAfter('soon', NOW),
      retryAfter(null, NOW),
      retryAfter('99999999', NOW),
    ],
    [120_000, 5000, null, null, 86_400_000],
  );
});

test('401 keeps everything and asks no more until paired again', async () => {
  await outbox.add(REPORT);
  await outbox.add(REPORT);
  const environment = environmentWith(answer(...problem(401)));
  const result = await flush(environment);
  assert.deepEqual([environment.requests.length, result.left, result.refused.status, result.wakeAt], [1, 2, 401, null]);
  const later = environmentWith(answer(201, KEPT));
  assert.equal((await flush({ ...later, connection: { ...CONNECTION, refused: result.refused } })).left, 2);
  assert.equal(later.requests.length, 0);
  assert.equal((await flush(later)).left, 0);
});

test('403 for want of training keeps the server’s sentence and the way there, and asks again in an hour', async () => {
  await outbox.add(REPORT);
  await flush(environmentWith(answer(403, untrained)));
  const [item] = await items();
  assert.deepEqual(
    [item.problem.detail, item.problem.training_url, item.next_at],
    [untrained.detail, untrained.training_url, NOW + 3_600_000],
  );
});

test('what needs fixing lets the next one leave, and leaves under the same key once fixed', async () => {
  await outbox.add(REPORT, {}, NOW - 2);
  await outbox.add(REPORT, {}, NOW - 1);
  const environment = environmentWith(
    answer(...problem(422, { errors: { suspicion: { reason: ['Say why.'] } } })),
    answer(201, KEPT),
  );
  const result = await flush(environment);
  const [item] = await items();
  assert.deepEqual(
    [environment.requests.length, result.left, result.wakeAt, item.problem.errors.suspicion.reason[0]],
    [2, 1, null, 'Say why.'],
  );
  const again = environmentWith(answer(201, KEPT));
  await flush(again, true);
  assert.equal(again.requests.length, 0);
  await outbox.fixed(item.id, { ...REPORT, suspicion: { category: 'live', reason: 'Mended.' } }, {});
  await flush(again);
  assert.deepEqual(
    [again.requests.length, again.requests[0].headers['Idempotency-Key'], (await items()).length],
    [1, item.id, 0],
  );
});

test('a broken line comes back with growing pauses, up to five minutes', async () => {
  await outbox.add(REPORT);
  const environment = environmentWith(LOST_LINE);
  for (const longest of [30_000, 60_000, 120_000, 240_000, 300_000, 300_000]) {
    const pause = (await flush(environment, true)).pausedUntil - NOW;
    assert.ok(pause >= longest && pause <= longest * 1.2, `${pause}`);
  }
});

test('the pause doubles up to an hour', () => {
  assert.deepEqual(
    [1, 2, 3, 20].map((attempts) => backOff(attempts, 30_000, 3_600_000, 0)),
    [30_000, 60_000, 120_000, 3_600_000],
  );
});

test('seventy-two hours without a line, then all is sent once, within six minutes', async () => {
  const keys = new Set();
  for (let at = 0; at < 40; at += 1) keys.add(await outbox.add(REPORT, {}, NOW - at));
  const back = NOW + 72 * 3_600_000;
  const environment = environmentWith((request) => {
    if (environment.clock < back) throw LOST_LINE;
    return answer(201, { ...KEPT, reference: `R-${request.headers['Idempotency-Key']}` });
  });
  for (let wakeAt = NOW; wakeAt !== null;) {
    environment.clock = wakeAt;
    ({ wakeAt, pausedUntil: environment.pausedUntil } = await flush(environment));
  }
  const offline = environment.requests.filter(({ at }) => at < back).length;
  assert.ok(offline > 700 && offline < 900, `asked ${offline} times while offline`);
  assert.ok(environment.clock - back < 360_000, `${environment.clock - back} ms after the line was back`);
  assert.deepEqual(
    [(await items()).length, environment.receipts.length, new Set(environment.receipts.map((each) => each.id))],
    [0, 40, keys],
  );
});

test('seventy-two hours of a server in trouble ask it less than two hundred times', async () => {
  await outbox.add(REPORT);
  const environment = environmentWith(answer(503));
  for (let wakeAt = NOW; wakeAt < NOW + 72 * 3_600_000;) {
    environment.clock = wakeAt;
    ({ wakeAt, pausedUntil: environment.pausedUntil } = await flush(environment));
  }
  assert.ok(environment.requests.length < 200, `${environment.requests.length}`);
});

test('a clock that was years ahead and is set right does not keep a report for years', async () => {
  await outbox.add(REPORT);
  const environment = environmentWith(LOST_LINE, answer(201, KEPT));
  environment.clock = NOW + 10 * 365 * 86_400_000;
  environment.pausedUntil = (await flush(environment)).pausedUntil;
  environment.clock = NOW;
  assert.equal((await flush(environment)).left, 0);
});

test('a report added while another is on its way leaves in the same round', async () => {
  await outbox.add(REPORT);
  let added = false;
  const environment = environmentWith(async () => {
    if (!added) await outbox.add(REPORT);
    added = true;
    return answer(201, KEPT);
  });
  await flush(environment);
  assert.deepEqual([environment.receipts.length, (await items()).length], [2, 0]);
});

test('unpaired, nothing is asked and nothing is lost', async () => {
  await outbox.add(REPORT);
  const environment = { ...environmentWith(answer(201, KEPT)), connection: null };
  assert.deepEqual([(await flush(environment, true)).left, environment.requests.length], [1, 0]);
});
