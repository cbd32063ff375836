/** The third view: a species from the list that works without a connection, own words, or "I don't know". */
import { t } from '../lib/browser.js';
import { day, h } from '../lib/dom.js';
import { findTaxa, marked } from '../lib/species.js';

const SOURCE = { CITES: 'cites', EU: 'eu', national: 'national' };

export function speciesView(app) {
  const { vocabulary } = app;
  const list = h('ul.options', { id: 'species-list', role: 'listbox', 'aria-label': t('whichSpecies') });
  const said = h('p.visually-hidden', { role: 'status' });
  let entries = [];
  let at = 0;
  const choose = (entry = entries[at]) => {
    Object.assign(app.form, { taxon: entry?.taxon ?? null, species: entry?.words ?? '' });
    app.keepDraft();
    app.go('flag', 'open-species');
  };
  const field = h('input', { type: 'text', id: 'species-field', 'data-first': true, role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'species-list', 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false', dir: 'auto',
    value: app.form.taxon?.scientific_name ?? app.form.species, placeholder: t('speciesHint'), oninput: fill,
    onkeydown: (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        at = (at + step + entries.length) % entries.length;
        paint();
      } else if (event.key === 'Enter') choose();
      else return;
      event.preventDefault();
    } });
  function fill() {
    const query = field.value.trim();
    const found = vocabulary ? findTaxa(vocabulary.taxa, query, 6) : [];
    entries = found.map(({ taxon, name }) => ({ taxon, lines: taxonLines(taxon, name, query) }));
    if (query.length > 1 && query.length <= 500) entries.push({ words: query, lines: [h('b', null, t('asWritten', query)), h('div.small.quiet', null, t('asWrittenHint'))] });
    entries.push({ unknown: true, lines: [h('b', null, t('unknownSpecies')), h('div.small.quiet', null, t('unknownHint'))] });
    at = 0;
    said.textContent = query ? (found.length ? t('matches', found.length) : t('noMatch')) : '';
    paint();
  }
  function paint() {
    list.replaceChildren(...entries.map((entry, index) => h('li', { role: 'option', id: `species-${index}`, 'aria-selected': String(index === at), onclick: () => choose(entry) }, entry.lines)));
    field.setAttribute('aria-activedescendant', `species-${at}`);
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  }
  fill();
  return { title: 'titleSpecies', back: 'flag',
    main: [h('div.field', null, h('label', { for: 'species-field' }, t('whichSpecies')), field), list, said,
      h('p.small.quiet', null, vocabulary ? t('listOf', day(vocabulary.fetched_at)) : t('noList'))],
    foot: [h('div.pair', null,
      h('button.button.primary', { type: 'button', id: 'choose-species', onclick: () => choose() }, t('choose'), h('kbd', { 'aria-hidden': 'true' }, '↵')),
      h('button.button', { type: 'button', onclick: () => app.go('flag', 'open-species') }, t('back'), h('kbd', { 'aria-hidden': 'true' }, 'Esc')))] };
}

function taxonLines(taxon, name, query) {
  const text = (words, tag, properties) => h(tag, properties, marked(words, query).map((part) => (part.hit ? h('mark', null, part.text) : part.text)));
  const other = name.text !== taxon.common_name && name.text !== taxon.scientific_name ? name : null;
  return [
    taxon.common_name ? h('div', null, text(taxon.common_name, 'b', null), other ? [' ', text(other.text, 'span', { lang: other.language })] : null)
      : other ? h('div', null, text(other.text, 'b', { lang: other.language })) : null,
    h('div', null, text(taxon.scientific_name, 'i', { lang: 'la' })),
    (taxon.listings ?? []).slice(0, 2).map((listing) => h('div.small.quiet', null, listingLine(listing))),
  ];
}

function listingLine({ source, appendix, effective_from, population }) {
  const law = SOURCE[source] ? t(SOURCE[source]) : source;
  const said = effective_from ? t('appendixSince', law, appendix, day(effective_from)) : t('appendixPlain', law, appendix);
  return population ? `${said}, ${population}` : said;
}
