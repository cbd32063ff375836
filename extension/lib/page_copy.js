/**
 * A copy of the page's text and structure, for deployments that keep one. What may be in it is listed; everything else
 * is left out: scripts, styles, frames, forms and their content, comments, templates, drawings, attributes that carry
 * data, and the places where the volunteer shows.
 */
import { cleanLink, cleanText } from './clean.js';
import { cleanAddress } from './address.js';

/** The most bytes of the gzipped copy: three files and the report fit into the server's 25 MB. */
const MOST_BYTES = 4_000_000;

/**
 * Reads the page as a tree `[name, attributes, children]`, texts as strings. Injected, so self-contained. Leaves out
 * what `findViewer` has just found, and forgets it.
 *
 * @param {Document} [doc] the document; the page's own when injected
 */
export function readTree(doc = document) {
  const LEFT_OUT = new RegExp(
    String.raw`^(?:script|style|noscript|template|iframe|frame|frameset|object|embed|applet|portal|` +
      String.raw`fencedframe|svg|canvas|audio|video|input|textarea|select|datalist|output|nav|base|slot)$`,
  );
  const ATTRIBUTES = [
    'href',
    'src',
    'alt',
    'title',
    'lang',
    'dir',
    'datetime',
    'itemprop',
    'itemscope',
    'itemtype',
    'property',
    'content',
    'name',
    'rel',
    'colspan',
    'rowspan',
  ];
  const LINKS = ['href', 'src', 'content'];
  const places = globalThis.cyberSpotterPlaces ?? new Set();
  delete globalThis.cyberSpotterPlaces;
  let bytesLeft = 300_000;
  const read = (element, depth) => {
    const tree = [element.localName, {}, []];
    for (const name of ATTRIBUTES) {
      let value = element.getAttribute(name);
      if (value === null) continue;
      if (LINKS.includes(name) && (name !== 'content' || /^(?:https?:)?\/\//.test(value))) {
        try {
          value = new URL(value, doc.baseURI).href;
        } catch {
          continue;
        }
      }
      tree[1][name] = value;
    }
    for (const child of [...(element.shadowRoot?.childNodes ?? []), ...element.childNodes]) {
      if ((bytesLeft -= 1) < 0) break;
      if (child.nodeType === 3) {
        if (child.data.trim() && !places.has(child)) tree[2].push(child.data.replace(/\s+/g, ' '));
      } else if (
        child.nodeType === 1 &&
        depth < 400 &&
        !LEFT_OUT.test(child.localName) &&
        !places.has(child) &&
        !child.isContentEditable
      ) {
        tree[2].push(read(child, depth + 1));
      }
    }
    return tree;
  };
  return read(doc.documentElement, 0);
}

const META = new RegExp(
  String.raw`^(?:description|keywords|language|date|robots|og:.+|product:.+|article:published_time|` +
    String.raw`article:modified_time|geo\.placename|twitter:(?:title|description|image|label\d|data\d))$`,
  'i',
);
const VOID = new Set(['area', 'br', 'col', 'hr', 'img', 'link', 'meta', 'source', 'track', 'wbr']);
/* Where one shares a page: the address in it says who does, and the seller's telephone number is in the path. */
const SHARES = new RegExp(
  String.raw`^https?://(?:[\w-]+\.)*(?:wa\.me|whatsapp\.com|facebook\.com|twitter\.com|x\.com|t\.me|telegram\.me|` +
    String.raw`pinterest\.[a-z.]+|linkedin\.com|reddit\.com|line\.me|vk\.com|weibo\.com|tumblr\.com|bsky\.app|` +
    String.raw`threads\.net)/` +
    String.raw`[^?#]*[?#].*(?:https?(?::|%3a)|text=|body=)`,
  'is',
);
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function attribute(name, value, namePatterns) {
  if (!/^https?:\/\//i.test(value)) {
    return ['href', 'src'].includes(name) ? null : (cleanLink(value, namePatterns) ?? cleanText(value, namePatterns));
  }
  return cleanAddress(SHARES.test(value) ? value.replace(/[?#].*$/s, '') : value, namePatterns);
}

/** The tree as HTML without the names that `namePatterns` finds (see `patterns`). Pure. */
export function writePage([name, attributes, children], namePatterns) {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return '';
  if (name === 'meta' && !META.test(attributes.property ?? attributes.name ?? '') && !attributes.itemprop) return '';
  if (name === 'link' && !/^canonical$/i.test(attributes.rel ?? '')) return '';
  const tags = Object.entries(attributes)
    .map(([key, value]) => [key, attribute(key, value, namePatterns)])
    .filter(([key, value]) => value !== null && (key !== 'name' || name === 'meta'))
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  if (VOID.has(name)) return `<${name}${tags}>`;
  const inner = children.map((child) =>
    typeof child === 'string' ? escaped(cleanText(child, namePatterns)) : writePage(child, namePatterns),
  );
  return `<${name}${tags}>${inner.join('')}</${name}>`;
}

/** The copy as it is sent: gzipped HTML; null when it is larger than the server accepts. */
export async function pageCopy(tree, namePatterns) {
  const html = `<!DOCTYPE html>\n${writePage(tree, namePatterns)}`;
  const stream = new Blob([html]).stream().pipeThrough(new CompressionStream('gzip'));
  const blob = new Blob([await new Response(stream).arrayBuffer()], { type: 'application/gzip' });
  return blob.size <= MOST_BYTES ? blob : null;
}

/** The text of a copy, for the person who checks it before it is sent. */
export const unpacked = (blob) => new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text();
