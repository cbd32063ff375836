/** Wiring only. No state lives here: the browser may end this worker between any two lines. */
import { hear, settings, started, wokenBy } from './lib/browser.js';
import { FLUSH, PAIRING } from './lib/messages.js';
import * as outbox from './lib/outbox.js';
import { checkPairing, sendAll, start } from './lib/worker.js';

hear({
  [FLUSH]: (message) => sendAll(Boolean(message.force)),
  [PAIRING]: () => checkPairing(),
});
wokenBy((name) => (name === 'pairing' ? checkPairing() : sendAll()));
started(() => start());
start();
// For the tests: this worker has started, and what it keeps.
self.cyberSpotter = { ready: true, settings, outbox };
