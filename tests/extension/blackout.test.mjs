import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEditor } from '../../extension/popup/blackout.js';

test('a picture that is still being blacked out is opened again with its boxes', async () => {
  // Or the boxes drawn next would be painted into the picture as it was, and those before them would be lost.
  const opened = [];
  globalThis.createImageBitmap = async (blob) => ({ width: blob.size, height: 1, close: () => opened.push(blob) });
  const [shown, painted] = [new Blob(['as it was']), new Blob(['blacked out'])];
  const app = { captured: { screenshot: shown }, go: () => {} };
  app.painting = new Promise((resolve) => {
    setTimeout(() => {
      app.captured.screenshot = painted;
      resolve();
    }, 20);
  });
  await openEditor(app, 'screenshot');
  assert.deepEqual(opened, [painted]);
});
