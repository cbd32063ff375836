/** Reads a page's structured data: JSON-LD as found in the wild, and Microdata and RDFa in the same shape. */
(globalThis.cyberSpotterPage ??= {}).structuredIn = (reader) => {
  const { MOST, doc, view, isLate, attempt, all, absolute } = reader;
  const { kids, within, attr, has, content, tag, tidy, words } = reader;
  // JSON-LD as found in the wild: wrapped in comments, raw line breaks inside strings, trailing commas or semicolons.
  const uncommented = (source) => {
    let [out, at, inside] = ['', 0, false];
    for (let next = 0; next < source.length; next += 1) {
      if (inside) {
        if (source[next] === '\\') next += 1;
        else if (source[next] === '"') inside = false;
      } else if (source[next] === '"') {
        inside = true;
      } else if (source[next] === '/' && source[next + 1] === '*') {
        out += source.slice(at, next);
        const end = source.indexOf('*/', next + 2);
        at = end < 0 ? source.length : end + 2;
        next = at - 1;
      }
    }
    return out + source.slice(at);
  };
  const parseLoosely = (source) => {
    const bare = source
      .trim()
      .replace(/^(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
      .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)$/, '')
      .trim();
    const repaired = () =>
      bare
        .replace(/[\u0000-\u001f]+/g, ' ')
        .replace(/; *$/, '')
        .replace(/, *([\]}])/g, '$1');
    return (
      attempt(() => JSON.parse(bare), null) ??
      attempt(() => JSON.parse(repaired()), null) ??
      attempt(() => JSON.parse(uncommented(repaired())), null)
    );
  };
  // Data deeper or wider than any honest page's is cut off.
  let members = 0;
  const pruned = (value, depth = 0) => {
    if (!value || typeof value !== 'object') return value;
    if (depth > 20) return null;
    const entries = Object.entries(value)
      .filter(() => (members += 1) <= MOST.members)
      .map(([key, each]) => [key, pruned(each, depth + 1)]);
    return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
  };
  const json_ld = [];
  let json_ld_length = 0;
  for (const script of all('script[type*="ld+json" i]')) {
    const source = content(script) ?? '';
    if (json_ld_length + source.length > MOST.json || isLate()) break;
    json_ld_length += source.length;
    const value = parseLoosely(source);
    if (value && typeof value === 'object') {
      json_ld.push(
        ...[value]
          .flat()
          .slice(0, MOST.nodes)
          .map((each) => pruned(each)),
      );
    }
  }

  // Microdata and RDFa read into the same shape as JSON-LD.
  const valueOf = (element) => {
    const given = attr(element, 'content');
    if (given !== null) return tidy(given);
    const name = tag(element);
    if (name === 'meta') return '';
    if (['a', 'area', 'link'].includes(name)) return absolute(attr(element, 'href')) ?? words(element);
    if (['img', 'audio', 'video', 'source', 'iframe', 'embed'].includes(name)) {
      return absolute(attr(element, 'src')) ?? '';
    }
    return attr(element, 'datetime') ?? attr(element, 'value') ?? words(element);
  };
  const typeName = (value) =>
    (value ?? '')
      .slice(0, 500)
      .trim()
      .split(/\s+/)
      .map((name) => name.replace(/^.*[/#:]/, ''))
      .filter(Boolean);
  let visited = 0;
  const treeOf = (top, scope, property, type, depth = 0) => {
    const node = { '@type': typeName(attr(top, type)) };
    const id = attr(top, 'itemid') ?? attr(top, 'resource');
    if (id) node['@id'] = id.slice(0, 4096);
    const visit = (children, level) => {
      for (const child of children) {
        if ((visited += 1) > MOST.elements || level > 500) return;
        const names = (attr(child, property) ?? '').slice(0, 500).trim().split(/\s+/).filter(Boolean);
        const inner = has(child, scope);
        if (names.length && (members += 1) < MOST.members) {
          const value = inner && depth < MOST.depth ? treeOf(child, scope, property, type, depth + 1) : valueOf(child);
          for (const name of names.map((each) => each.replace(/^.*[/#:]/, ''))) {
            if (Object.hasOwn(node, name)) node[name] = [].concat(node[name], value);
            else node[name] = value;
          }
        }
        if (!inner) visit(kids(child), level + 1);
      }
    };
    visit(kids(top), 0);
    for (const other of (attr(top, 'itemref') ?? '').slice(0, 500).split(/\s+/).filter(Boolean)) {
      const element = doc.getElementById(other);
      if (element && depth < MOST.depth && !within(element, top)) visit([element], 0);
    }
    return node;
  };
  // Shops write "Elo&iacute;sa" into their data: it is decoded for reading, and kept as evidence as it was.
  const parser = new view.DOMParser();
  const decoded = (value) => {
    if (typeof value === 'string') {
      return /&(?:#\w{1,7}|[a-z]{2,10});/i.test(value) && value.length < MOST.text * 2
        ? parser.parseFromString(value.replaceAll('<', '&lt;'), 'text/html').body.textContent
        : value;
    }
    if (!value || typeof value !== 'object') return value;
    return Array.isArray(value)
      ? value.map(decoded)
      : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decoded(each)]));
  };
  const nodes = json_ld.map((node) => ({ ...decoded(node), '@origin': 'json-ld' }));
  for (const [origin, scope, property, type] of [
    ['microdata', 'itemscope', 'itemprop', 'itemtype'],
    ['rdfa', 'typeof', 'property', 'typeof'],
  ]) {
    for (const item of all(`[${scope}]`)
      .filter((element) => !has(element, property))
      .slice(0, MOST.nodes)) {
      attempt(() => nodes.push({ ...treeOf(item, scope, property, type), '@origin': origin }));
    }
  }
  return { nodes, json_ld, json_ld_length };
};
