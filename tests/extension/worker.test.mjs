/** The worker's own modules. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../extension/', import.meta.url);

function imported(address, seen = new Set()) {
  if (seen.has(address.href)) return seen;
  seen.add(address.href);
  if (address.pathname.endsWith('.js')) {
    for (const [, path] of readFileSync(address, 'utf8').matchAll(/^import\b[^;]*?'([^']+)'/gm)) {
      imported(new URL(path, address), seen);
    }
  }
  return seen;
}

test('nothing that the worker imports is JSON, which Chromium does not find again after a restart', () => {
  const files = [...imported(new URL('background.js', folder))];
  assert.ok(files.some((each) => each.endsWith('/lib/send.js')));
  assert.deepEqual(
    files.filter((each) => !each.endsWith('.js')),
    [],
  );
});
