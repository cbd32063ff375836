/** Every message between the extension's pages and its service worker. Plain strings; no message carries evidence. */

/** Page to worker: send what is due. `{type, force}`: `force` also sends what is scheduled for later. */
export const FLUSH = 'flush';
/** Page to worker: a pairing has begun; keep asking the server even when the page is closed. */
export const PAIRING = 'pairing';
/** Page to worker: store a draft (`{type, key, draft}`); `draft` null deletes it. */
export const DRAFT = 'draft';
/**
 * Script in a page to worker: what to look for (`{type}`), and which of `texts` to mark (`{type, texts}`); see
 * `hints/page_hints.js`.
 */
export const HINTS = 'hints';
/** Worker to pages: the outbox, the connection or a pairing changed; read them again. */
export const CHANGED = 'changed';
