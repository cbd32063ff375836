/** Which listings a page shows: the keys that its links lead to, the card of each, and the words in it. */
(globalThis.cyberSpotterPage ??= {}).cards = ({ parentOf, firstOf, nextOf }) => {
  const MOST = { text: 600, pieces: 120, depth: 10 };
  /** Addresses of single listings on sites that no adapter tells of. */
  const ANY = /\d{6,}|\/(?:dp|itm|items?|listings?|products?|p|pd|ad|ads|gp|post|lot)\/[^/?]/i;
  const ADDRESS = /^(https?:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?/;
  const [, site, ownPath, ownSearch = ''] = ADDRESS.exec(location.href) ?? [];
  /**
   * The key of the listing that a link leads to; null when it leads to none. The address is read once: each of its
   * parts would make the browser parse it again.
   */
  function keyOf(anchor, patterns) {
    const { href } = anchor;
    const [, origin, pathname, search = ''] = (typeof href === 'string' && ADDRESS.exec(href)) || [];
    if (pathname === undefined || (pathname === ownPath && search === ownSearch && origin === site)) return null;
    for (const pattern of patterns) {
      const groups = pattern.exec(pathname + search)?.groups;
      if (groups) return groups.id2 ? `${groups.id}-${groups.id2}` : groups.id;
    }
    return !patterns.length && origin === site && ANY.test(pathname) ? pathname : null;
  }

  const STOP = new Set(['body', 'html', 'main', 'ul', 'ol', 'section', 'table', 'tbody', 'nav', 'header', 'footer']);
  /** A listing's card: the largest element around its links that holds no other listing's. */
  function cardsOf(links) {
    const claims = new Map();
    for (const [anchor, key] of links) {
      for (
        let node = anchor, depth = 0;
        node && depth <= MOST.depth && !STOP.has(node.localName);
        node = parentOf(node), depth += 1
      ) {
        const claimed = claims.get(node);
        if (claimed === key || claimed === null) break;
        claims.set(node, claimed === undefined ? key : null);
      }
    }
    const cards = new Map();
    for (const [anchor, key] of links) {
      if (cards.has(key)) continue;
      let card = anchor;
      for (let up = parentOf(anchor); up && claims.get(up) === key; up = parentOf(up)) card = up;
      cards.set(key, card);
    }
    return cards;
  }

  const INLINE = new Set(['b', 'strong', 'i', 'em', 'mark', 'font', 'u', 'wbr', 'span', 'a']);
  const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'svg', 'select', 'textarea']);
  /** The words of a card; parts that stand apart get lines of their own. */
  function wordsOf(card) {
    const parts = [];
    let length = 0;
    const read = (node) => {
      for (
        let child = firstOf(node);
        child && parts.length < MOST.pieces && length < MOST.text;
        child = nextOf(child)
      ) {
        if (child.nodeType === 3) {
          parts.push(child.data);
          length += child.data.trim().length;
        } else if (child.nodeType === 1 && !UNSEEN.has(child.localName)) {
          const apart = !INLINE.has(child.localName);
          if (apart) parts.push('\n');
          if (child.localName === 'img') parts.push(child.getAttribute('alt') ?? '');
          else read(child);
          if (apart) parts.push('\n');
        }
      }
    };
    if (card.localName === 'a') parts.push(card.getAttribute('aria-label') ?? card.getAttribute('title') ?? '', '\n');
    read(card);
    return parts
      .join('')
      .replace(/\s*\n\s*/g, '\n')
      .trim()
      .slice(0, MOST.text);
  }
  return { keyOf, cardsOf, wordsOf };
};
