/** What is captured when the popup opens: what the page says, what the person saw, and when. Kept in memory only. */
import { knownOf } from './adapters.js';
import { picture, runIn, version } from './browser.js';
import { readPage } from './read.js';
import { LIMITS, understand, unseen } from './understand.js';

/** SHA-256 of a blob's bytes, in lower-case hexadecimal. */
export async function sha256(blob) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {{id, windowId, url}} tab the tab under `activeTab`
 * @returns {Promise<object>} `url, captured_at, flaggable, client`, what `understand` gives, `screenshot: Blob|null` and
 *   `sha256`. A page that cannot be read or pictured is captured all the same, with less in it.
 */
export async function capture(tab) {
  const captured_at = new Date().toISOString();
  const url = tab?.url ?? '';
  const flaggable = /^https?:\/\/[^\s\\@/]+/.test(url) && url.length <= LIMITS.url;
  const client = { extension_version: version(), browser: navigator.userAgent.slice(0, 300), viewport: null };
  if (!flaggable) return { url, captured_at, flaggable, client, ...unseen(url), screenshot: null, sha256: null };
  const [screenshot, raw] = await Promise.all([picture(tab).catch(() => null), runIn(tab, readPage, knownOf(url)).catch(() => null)]);
  let seen = unseen(url);
  try {
    if (raw) seen = understand(raw);
  } catch { /* a page that nothing can be made of is still an address and a picture */ }
  client.viewport = raw?.viewport ?? null;
  return { url, captured_at, flaggable, client, ...seen, screenshot, sha256: screenshot && await sha256(screenshot) };
}
