import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.chrome = { i18n: { getMessage: (key) => key } };
const { fromStorage } = await import('../../extension/lib/dom.js');

test('a fault that is none of the storage is not put down to it', async () => {
  const place = { replaceChildren: () => assert.fail('nothing is said') };
  const work = async () => {
    throw new TypeError('a fault of ours');
  };
  await assert.rejects(fromStorage(place, work), TypeError);
});
