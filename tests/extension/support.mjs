/** What the tests share: a page as a document, a world without a browser. */
import { JSDOM, VirtualConsole } from 'jsdom';
import { knownOf } from '../../extension/lib/adapters.js';
import { READING } from '../../extension/lib/in_page.js';
import { understand } from '../../extension/lib/understand.js';

for (const script of READING) await import(`../../extension${script}`);

/**
 * Reads and understands a page as the extension does, through JSON as between page and popup. Time stands still: a busy
 * machine reads no less.
 */
export function read(html, url = 'https://market.example/ad/1') {
  const { window } = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
  const [now, at] = [Date.now, Date.now()];
  Date.now = () => at;
  try {
    return understand(JSON.parse(JSON.stringify(globalThis.cyberSpotterPage.readPage(knownOf(url), window.document))));
  } finally {
    Date.now = now;
  }
}

export const jsonLd = (...objects) =>
  objects
    .map(
      (each) => `<script type="application/ld+json">${typeof each === 'string' ? each : JSON.stringify(each)}</script>`,
    )
    .join('');

/** An answer of a server. */
export const answer = (status, body = null, headers = {}) =>
  new Response(body === null ? null : JSON.stringify(body), { status, headers });
