/**
 * Wiring only. No state lives here: the browser may stop this worker between any two lines. Nothing that it imports may
 * import JSON, as the adapters do: Chromium could then not start it again after a restart of the browser.
 */
import { pageHints } from './hints/page_hints.js';
import { register } from './hints/switch.js';
import {
  hostAccess,
  listen,
  menuChosen,
  offerMenu,
  openPopup,
  passing,
  settings,
  started,
  t,
  wokenBy,
} from './lib/browser.js';
import * as drafts from './lib/drafts.js';
import { DRAFT, FLUSH, HINTS, PAIRING } from './lib/messages.js';
import * as outbox from './lib/outbox.js';
import { checkPairing, sendAll, start } from './lib/worker.js';

listen({
  [FLUSH]: (message) => sendAll(Boolean(message.force)),
  [PAIRING]: () => checkPairing(),
  [HINTS]: pageHints,
  // Not from a script that runs in a web page.
  [DRAFT]: ({ key, draft }, { url }) => url?.startsWith(`${location.origin}/`) && drafts.keep(key, draft),
});
wokenBy((name) => (name === 'pairing' ? checkPairing() : sendAll()));
menuChosen(({ link, text, frame }, tab) => {
  // Not awaited: the popup must open within the click.
  if (link) passing.set('link', { url: link, text, frame, tab: tab.id, at: Date.now() });
  openPopup();
});
started(() => {
  offerMenu(t('menuFlag'));
  start();
  register();
});
hostAccess.changed(register);
start();
// For the tests: the worker has started, and its stores.
self.cyberSpotter = { ready: true, settings, outbox, drafts };
