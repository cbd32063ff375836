/** What waits is on the disk under its own key, through a death at any moment and on a disk that takes nothing more. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as outbox from '../../extension/lib/outbox.js';
import { flush } from '../../extension/lib/send.js';
import { empty, environmentWith, items, KEPT, LOST_LINE, NOW, REPORT } from './outbox_rig.mjs';
import { answer } from './support.mjs';

beforeEach(empty);

/** A server that keeps what it is sent by key, as ours does, and may lose its answer. */
function server() {
  const stored = new Map();
  return {
    stored,
    receive: (lost) => (request) => {
      const key = request.headers['Idempotency-Key'];
      const known = stored.has(key);
      stored.set(key, request.body);
      if (lost) throw LOST_LINE;
      return answer(known ? 200 : 201, { ...KEPT, reference: `R-${key}` });
    },
  };
}

test('every attempt of one report carries the same key, and no two reports share one', async () => {
  const [first, second] = [await outbox.add(REPORT, {}, NOW - 2), await outbox.add(REPORT, {}, NOW - 1)];
  assert.notEqual(first, second);
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const { stored, receive } = server();
  const environment = environmentWith(receive(true), receive(true), receive(false));
  for (let round = 0; round < 3; round += 1) await flush(environment, true);
  assert.deepEqual([(await items()).length, stored.size], [0, 2]);
});

test('what the server has is told before it is taken out', async () => {
  await outbox.add(REPORT);
  const environment = environmentWith(answer(201, KEPT));
  const waiting = [];
  await flush({
    ...environment,
    onReceipt: async (receipt) => {
      if (receipt) waiting.push((await items()).length);
    },
  });
  assert.deepEqual([waiting, (await items()).length], [[1], 0]);
});

test('with files it goes as multipart: the JSON, then each part’s bytes unchanged', async () => {
  const bytes = new Uint8Array([255, 216, 255, 224, 1, 2, 3]);
  await outbox.add(
    { ...REPORT, evidence: [{ name: 'screenshot', sha256: 'x' }] },
    { screenshot: new Blob([bytes], { type: 'image/jpeg' }), page: new Blob(['gz'], { type: 'application/gzip' }) },
  );
  const environment = environmentWith(answer(201, KEPT));
  await flush(environment);
  const { body, headers, credentials, redirect } = environment.requests[0];
  assert.deepEqual([[...body.keys()], await body.get('page').text()], [['report', 'screenshot', 'page'], 'gz']);
  assert.equal(JSON.parse(body.get('report')).url, REPORT.url);
  assert.deepEqual(
    [new Uint8Array(await body.get('screenshot').arrayBuffer()), body.get('screenshot').type],
    [bytes, 'image/jpeg'],
  );
  assert.deepEqual(
    [headers['Content-Type'], headers.Authorization, credentials, redirect],
    [undefined, 'Bearer cs_ana', 'omit', 'error'],
  );
});

test('a picture queued before the update goes along, and fixing the report drops it for good', async () => {
  await outbox.restore({
    id: 'old',
    report: REPORT,
    screenshot: new Blob(['x'], { type: 'image/jpeg' }),
    state: 'waiting',
    problem: null,
    attempts: 0,
    next_at: 0,
    sending_until: 0,
    queued_at: 1,
  });
  const environment = environmentWith(answer(422));
  await flush(environment);
  assert.deepEqual([...environment.requests[0].body.keys()], ['report', 'screenshot']);
  await outbox.fixed('old', REPORT, {});
  const [item] = await items();
  assert.deepEqual([item.files, 'screenshot' in item, item.state], [{}, false, 'waiting']);
});

test('a report that needed fixing before the update still does', async () => {
  await outbox.restore({ id: 'old', report: REPORT, files: {}, state: 'mend', next_at: 0, queued_at: 1 });
  assert.equal((await items())[0].state, 'fix');
});

test('without files it goes as JSON', async () => {
  await outbox.add(REPORT);
  const environment = environmentWith(answer(201, KEPT));
  await flush(environment);
  assert.deepEqual(
    [environment.requests[0].headers['Content-Type'], JSON.parse(environment.requests[0].body)],
    ['application/json', REPORT],
  );
});

test('a discarded report can be put back, key and all', async () => {
  const id = await outbox.add(REPORT);
  const [item] = await items();
  await outbox.remove(id);
  await outbox.restore(item);
  assert.deepEqual(await items(), [item]);
});

/** A disk that takes nothing more, nor lets anything go, until the given work is done. */
async function onFullDisk(work) {
  const honest = {
    put: IDBObjectStore.prototype.put,
    add: IDBObjectStore.prototype.add,
    delete: IDBObjectStore.prototype.delete,
  };
  for (const name of Object.keys(honest)) {
    IDBObjectStore.prototype[name] = function refuse() {
      this.transaction.abort();
      return {};
    };
  }
  try {
    return await work();
  } finally {
    Object.assign(IDBObjectStore.prototype, honest);
  }
}

test('on a full disk a new report is refused loudly, and what waits still leaves, once', async () => {
  const id = await outbox.add(REPORT);
  const { stored, receive } = server();
  await onFullDisk(async () => {
    await assert.rejects(outbox.add(REPORT));
    const environment = environmentWith(receive(false));
    await flush(environment);
    assert.deepEqual([environment.requests.length, environment.receipts.map((each) => each.id)], [1, [id]]);
  });
  await flush(environmentWith(receive(false)));
  assert.deepEqual([(await items()).length, [...stored.keys()]], [0, [id]]);
});

/**
 * Runs `work` until its `nth` step on disk, on the line or towards the pages, where all stops for good; whether it got
 * that far.
 */
async function killedAt(nth, environment, work) {
  const honest = IDBDatabase.prototype.transaction;
  let steps = 0;
  let dead;
  const death = new Promise((resolve) => {
    dead = () => resolve('dead');
  });
  const never = new Promise(() => {});
  const stops = () => {
    steps += 1;
    if (steps >= nth) dead();
    return steps >= nth;
  };
  const nothing = { get: () => ({}), getAll: () => ({}), put: () => ({}), add: () => ({}), delete: () => ({}) };
  IDBDatabase.prototype.transaction = function begin(...given) {
    return stops() ? { objectStore: () => nothing } : honest.apply(this, given);
  };
  const dying = {
    ...environment,
    fetch: async (...call) => {
      if (stops()) return never;
      const response = await environment.fetch(...call);
      return stops() ? never : response; // the server has it, and nobody here hears of it
    },
    onReceipt: (receipt) => (stops() ? never : environment.onReceipt(receipt)),
  };
  try {
    return (await Promise.race([work(dying).then(() => 'whole'), death])) === 'dead';
  } finally {
    IDBDatabase.prototype.transaction = honest;
  }
}

test('killed at any step of sending, the next start sends each report once and loses none', async () => {
  let steps = 0;
  for (let nth = 1; ; nth += 1) {
    await empty();
    const ids = [await outbox.add(REPORT, {}, NOW - 2), await outbox.add(REPORT, {}, NOW - 1)];
    const { stored, receive } = server();
    const environment = environmentWith(receive(false));
    if (!(await killedAt(nth, environment, (dying) => flush(dying)))) break;
    steps = nth;
    await flush(environmentWith(receive(false)), true);
    assert.deepEqual([(await items()).length, [...stored.keys()].sort()], [0, ids.sort()], `killed at step ${nth}`);
  }
  assert.ok(steps > 12, `only ${steps} steps`);
});
