/** Which of the products that a page describes is the one that it offers. Pure. */
import { alike, folded, isA, list, PRODUCT, text } from './structured_data.js';

const ORIGINS = ['json-ld', 'microdata', 'rdfa'];

const samePage = (link, raw) => {
  try {
    const at = new URL(link, raw.url);
    return [raw.url, raw.canonical]
      .filter(Boolean)
      .map((each) => new URL(each))
      .some((page) => page.host === at.host && page.pathname === at.pathname && page.pathname !== '/');
  } catch {
    return false;
  }
};

/**
 * The product that the page offers, one node per origin; empty when there is none or when several stand side by side.
 */
export function mainProducts(flat, raw) {
  const titles = [...raw.headings, ...(raw.meta['og:title'] ?? []), raw.title];
  const mains = [];
  for (const origin of ORIGINS) {
    const candidates = flat.filter(
      (each) => each.origin === origin && !each.listed && (isA(each.node, PRODUCT) || each.node.offers),
    );
    const names = new Set(candidates.map((each) => folded(text(each.node.name))));
    const fitting = candidates.filter(
      ({ node }) =>
        list(node.url ?? node['@id']).some((link) => typeof link === 'string' && samePage(link, raw)) ||
        titles.some((title) => alike(title, text(node.name), names.size > 2 ? 0.5 : 0.25)),
    );
    const chosen =
      names.size <= 1
        ? candidates
        : fitting.length && new Set(fitting.map((each) => folded(text(each.node.name)))).size <= 2
          ? fitting
          : [];
    // Several objects about the same thing (one per size): the one that says most leads.
    if (chosen.length) {
      mains.push(chosen.map((each) => each.node).sort((a, b) => Boolean(b.offers) - Boolean(a.offers))[0]);
    }
  }
  return mains;
}
