/** A page's elements, those of its shadow trees among them, as the scripts of this folder search them. */
(globalThis.cyberSpotterPage ??= {}).treeOf = (doc, most) => {
  const all = (selector, root) => {
    try {
      return Array.from(root.querySelectorAll(selector));
    } catch {
      return [];
    }
  };
  // A closed tree opens to an extension: Firefox has it on the element, Chromium in `dom`, asked where one may be.
  const MAY_HOST = /-|^(?:div|span|header|nav|aside|section|article|main|footer|p)$/;
  const opened = globalThis.chrome?.dom?.openOrClosedShadowRoot;
  const insideOf = (element) => {
    const inside = element.openOrClosedShadowRoot ?? element.shadowRoot;
    if (inside || !opened || element.firstElementChild || !MAY_HOST.test(element.localName)) return inside;
    try {
      return opened(element);
    } catch {
      return null; // no element of HTML
    }
  };
  // The document and every shadow tree in it.
  const roots = [doc];
  const custom = []; // elements that the page has named itself, such as <user-menu>
  let size = 0;
  for (const root of roots) {
    const elements = all('*', root);
    size += elements.length;
    for (const element of elements.slice(0, most)) {
      if (element.localName.includes('-')) custom.push(element);
      const inside = insideOf(element);
      if (inside) roots.push(inside);
    }
  }
  const tidy = (text) =>
    String(text ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const closest = (element, selector) =>
    element.closest(selector) ?? (element.getRootNode().host ? closest(element.getRootNode().host, selector) : null);
  return { roots, custom, all, tidy, closest, size };
};
