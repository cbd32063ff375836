/** The third view: a species from the list that works without a connection, own words, or "I don't know". */
import { languages, t } from '../lib/browser.js';
import { day, h } from '../lib/dom.js';
import { SPECIES_LIMIT } from '../lib/report.js';
import { findTaxa, marked, namedIn, nameFor } from '../lib/species.js';

const SOURCE = { CITES: 'cites', EU: 'eu', national: 'national' };
/** How many listings are shown of a species that is not the one being looked at. */
const FEW = 2;

export function speciesView(app) {
  const { vocabulary } = app;
  const list = h('ul.options', { id: 'species-list', role: 'listbox', 'aria-label': t('whichSpecies') });
  const said = h('p.visually-hidden', { role: 'status' });
  const offered = h('p.small.quiet', { id: 'named' }, t('speciesNamed'));
  const own = languages();
  const named = vocabulary
    ? namedIn(vocabulary.taxa, [app.captured?.listing?.title, app.form.title].filter(Boolean).join(' '))
    : [];
  let entries = [];
  let at = 0;
  const choose = (entry = entries[at]) => {
    Object.assign(app.form, { taxon: entry?.taxon ?? null, species: entry?.words ?? '' });
    app.keepDraft();
    app.go('flag', 'open-species');
  };
  const field = h('input', {
    type: 'text',
    id: 'species-field',
    'data-first': true,
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'species-list',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
    dir: 'auto',
    maxlength: SPECIES_LIMIT,
    value: app.form.taxon?.scientific_name ?? app.form.species,
    placeholder: t('speciesHint'),
    oninput: fill,
    onkeydown: (event) => {
      if (event.isComposing) return; // its Enter ends a word of an input method
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        at = (at + step + entries.length) % entries.length;
        paint();
      } else if (event.key === 'Enter') {
        choose();
      } else {
        return;
      }
      event.preventDefault();
    },
  });
  function fill() {
    const query = field.value.trim();
    const found = !vocabulary ? [] : query ? findTaxa(vocabulary.taxa, query, 6, own) : named;
    entries = found.map(({ taxon, name }) => ({ taxon, lines: (whole) => taxonLines(taxon, name, query, own, whole) }));
    if (query.length > 1 && query.length <= 500) {
      entries.push({
        words: query,
        lines: () => [h('b', null, t('asWritten', query)), h('div.small.quiet', null, t('asWrittenHint'))],
      });
    }
    entries.push({
      unknown: true,
      lines: () => [h('b', null, t('unknownSpecies')), h('div.small.quiet', null, t('unknownHint'))],
    });
    at = 0;
    said.textContent = query || found.length ? (found.length ? t('matchCount', found.length) : t('noMatch')) : '';
    offered.hidden = Boolean(query) || !found.length;
    paint();
  }
  function paint() {
    list.replaceChildren(
      ...entries.map((entry, index) =>
        h(
          'li',
          {
            role: 'option',
            id: `species-${index}`,
            'aria-selected': String(index === at),
            onclick: () => choose(entry),
          },
          entry.lines(index === at),
        ),
      ),
    );
    field.setAttribute('aria-activedescendant', `species-${at}`);
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  }
  fill();
  return {
    title: 'titleSpecies',
    back: 'flag',
    main: [
      h('div.field', null, h('label', { for: 'species-field' }, t('whichSpecies')), field),
      offered,
      list,
      said,
      h('p.small.quiet', null, vocabulary ? t('speciesListDate', day(vocabulary.fetched_at)) : t('noSpeciesList')),
    ],
    foot: [
      h(
        'div.pair',
        null,
        h(
          'button.button.primary',
          { type: 'button', id: 'choose-species', onclick: () => choose() },
          t('choose'),
          h('kbd', { 'aria-hidden': 'true' }, '↵'),
        ),
        h(
          'button.button',
          { type: 'button', onclick: () => app.go('flag', 'open-species') },
          t('back'),
          h('kbd', { 'aria-hidden': 'true' }, 'Esc'),
        ),
      ),
    ],
  };
}

/**
 * A species in the person's language, with the name that was looked for; its listings, all of them where it is looked
 * at.
 */
function taxonLines(taxon, name, query, own, whole) {
  const text = (words, tag, properties) =>
    h(
      tag,
      properties,
      marked(words, query).map((part) => (part.hit ? h('mark', null, part.text) : part.text)),
    );
  const called = nameFor(taxon, own) ?? name;
  const same = [called.text, taxon.common_name, taxon.scientific_name].some(
    (each) => each?.toLowerCase() === name.text.toLowerCase(),
  );
  const listings = taxon.listings ?? [];
  const shown = whole ? listings : listings.slice(0, FEW);
  return [
    h(
      'div',
      null,
      text(capital(called.text), 'b', { lang: called.language }),
      same ? null : [' ', text(name.text, 'span', { lang: name.language })],
    ),
    h('div', null, text(taxon.scientific_name, 'i', { lang: 'la' })),
    shown.map((listing) => h('div.small.quiet', null, listingLine(listing, whole))),
    listings.length > shown.length
      ? h('div.small.quiet', null, t('moreListings', listings.length - shown.length))
      : null,
    taxon.look_alikes
      ? h('div.small.quiet', null, t('looksAlike'), ' ', h('bdi', { lang: 'en' }, taxon.look_alikes))
      : null,
  ];
}

const capital = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** What a list says and since when; "all" populations need no word, and a first day that nobody knows has none. */
function listingLine({ source, appendix, effective_from, in_force_by, population, annotation }, whole) {
  const law = SOURCE[source] ? t(SOURCE[source]) : source;
  const said = effective_from
    ? t('appendixSince', law, appendix, day(effective_from))
    : in_force_by
      ? t('appendixBy', law, appendix, day(in_force_by))
      : t('appendixPlain', law, appendix);
  const besides = [population === 'all' ? null : population, whole ? annotation : null].filter(Boolean).join('; ');
  return besides ? [said, ': ', h('bdi', { lang: 'en' }, besides)] : said;
}
