/**
 * The browser's own ways through a document, for marks. Pages are hostile: members of the document and of forms are
 * reached through the browser's own prototypes.
 */
(globalThis.cyberSpotterPage ??= {}).native = () => {
  const getter = (kind, name) => {
    const { get } = Object.getOwnPropertyDescriptor(kind.prototype, name);
    return (node) => get.call(node);
  };
  const [parentOf, firstOf, nextOf] = [
    [Node, 'parentElement'],
    [Node, 'firstChild'],
    [Node, 'nextSibling'],
  ].map((each) => getter(...each));
  const root = getter(Document, 'documentElement');
  const make = (name, space) =>
    space
      ? Document.prototype.createElementNS.call(document, space, name)
      : Document.prototype.createElement.call(document, name);
  const anchors = () => Document.prototype.querySelectorAll.call(document, 'a[href]');
  return { parentOf, firstOf, nextOf, root, make, anchors };
};
