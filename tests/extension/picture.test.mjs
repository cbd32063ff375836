import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../extension/lib/browser.js';

for (const active of [true, false]) {
  test(`a tab ${active ? 'in front is pictured' : 'behind another is not'}`, async () => {
    globalThis.chrome = {
      tabs: { captureVisibleTab: async () => 'data:image/jpeg;base64,/9j/', get: async (id) => ({ id, active }) },
    };
    const taken = await picture({ id: 7, windowId: 1 }).catch((error) => error);
    assert.equal(active ? taken.size : taken.message, active ? 3 : 'Another tab is in front.');
  });
}
