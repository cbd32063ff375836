/** A page's elements, those of its open shadow trees among them, as the scripts of this folder search them. */
(globalThis.cyberSpotterPage ??= {}).treeOf = (doc, most) => {
  const all = (selector, root) => {
    try {
      return Array.from(root.querySelectorAll(selector));
    } catch {
      return [];
    }
  };
  // The document and every open shadow tree in it.
  const roots = [doc];
  let size = 0;
  for (const root of roots) {
    const elements = all('*', root);
    size += elements.length;
    for (const element of elements.slice(0, most)) {
      const inside = element.openOrClosedShadowRoot ?? element.shadowRoot;
      if (inside) roots.push(inside);
    }
  }
  const tidy = (text) =>
    String(text ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const closest = (element, selector) =>
    element.closest(selector) ?? (element.getRootNode().host ? closest(element.getRootNode().host, selector) : null);
  return { roots, all, tidy, closest, size };
};
