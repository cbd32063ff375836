/** The species view: a species from the list that works offline, own words, or "I don't know". */
import { languages, t } from '../lib/browser.js';
import { formatDay, h } from '../lib/dom.js';
import { SPECIES_LIMIT } from '../lib/report.js';
import { findTaxa, initial, namedIn, nameFor, splitMatches } from '../lib/species.js';

const SOURCE_TEXTS = { CITES: 'cites', EU: 'eu', national: 'national' };
/** The most listings shown of a species that is not selected. */
const LISTINGS_SHOWN = 2;

export function speciesView(app) {
  const { vocabulary } = app;
  const list = h('ul.taxon-list', { id: 'species-list', role: 'listbox', 'aria-label': t('whichSpecies') });
  const status = h('p.visually-hidden', { role: 'status' });
  const namedNote = h('p.small.quiet', { id: 'named' }, t('speciesNamed'));
  const ownLanguages = languages();
  const notesLanguage = vocabulary?.language ?? 'en';
  const namedTaxa = vocabulary
    ? namedIn(vocabulary.taxa, [app.captured?.listing?.title, app.form.title].filter(Boolean).join(' '))
    : [];
  let entries = [];
  let selected = 0;
  const choose = (entry = entries[selected]) => {
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
        selected = (selected + step + entries.length) % entries.length;
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
    const matches = !vocabulary ? [] : query ? findTaxa(vocabulary.taxa, query, 6, ownLanguages) : namedTaxa;
    entries = matches.map(({ taxon, name }) => ({
      taxon,
      lines: (inFull) => taxonLines(taxon, name, query, ownLanguages, notesLanguage, inFull),
    }));
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
    selected = 0;
    status.textContent =
      query || matches.length ? (matches.length ? t('matchCount', matches.length) : t('noMatch')) : '';
    namedNote.hidden = Boolean(query) || !matches.length;
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
            'aria-selected': String(index === selected),
            onclick: () => choose(entry),
          },
          entry.lines(index === selected),
        ),
      ),
    );
    field.setAttribute('aria-activedescendant', `species-${selected}`);
    list.children[selected]?.scrollIntoView({ block: 'nearest' });
  }
  fill();
  return {
    title: 'titleSpecies',
    back: 'flag',
    main: [
      h('div.field', null, h('label', { for: 'species-field' }, t('whichSpecies')), field),
      namedNote,
      list,
      status,
      h(
        'p.small.quiet',
        null,
        vocabulary ? t('speciesListDate', formatDay(vocabulary.fetched_at)) : t('noSpeciesList'),
      ),
    ],
    foot: [
      h(
        'div.button-row',
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
 * A species in the person's language, with the name that matched, and its listings: all of them when it is selected.
 * The server words its notes in `notesLanguage`.
 */
function taxonLines(taxon, name, query, ownLanguages, notesLanguage, inFull) {
  const highlighted = (words, tag, properties) =>
    h(
      tag,
      properties,
      splitMatches(words, query).map((part) => (part.hit ? h('mark', null, part.text) : part.text)),
    );
  const displayName = nameFor(taxon, ownLanguages) ?? name;
  const isSameName = [displayName.text, taxon.common_name, taxon.scientific_name].some(
    (each) => each?.toLowerCase() === name.text.toLowerCase(),
  );
  const listings = taxon.listings ?? [];
  const shownListings = inFull ? listings : listings.slice(0, LISTINGS_SHOWN);
  return [
    h(
      'div',
      null,
      highlighted(initial(displayName.text, displayName.language), 'b', { lang: displayName.language }),
      isSameName ? null : [' ', highlighted(name.text, 'span', { lang: name.language })],
    ),
    h('div', null, highlighted(taxon.scientific_name, 'i', { lang: 'la' })),
    shownListings.map((listing) => h('div.small.quiet', null, listingLine(listing, notesLanguage, inFull))),
    listings.length > shownListings.length
      ? h('div.small.quiet', null, t('moreListings', listings.length - shownListings.length))
      : null,
    taxon.look_alikes
      ? h('div.small.quiet', null, t('looksAlike'), ' ', h('bdi', { lang: notesLanguage }, taxon.look_alikes))
      : null,
  ];
}

/** A listing and its date. "All" populations need no word, and an unknown first day is left out. */
function listingLine({ source, appendix, effective_from, in_force_by, population, annotation }, notesLanguage, inFull) {
  const law = SOURCE_TEXTS[source] ? t(SOURCE_TEXTS[source]) : source;
  const status = effective_from
    ? t('appendixSince', law, appendix, formatDay(effective_from))
    : in_force_by
      ? t('appendixBy', law, appendix, formatDay(in_force_by))
      : t('appendixPlain', law, appendix);
  const details = [population === 'all' ? null : population, inFull ? annotation : null].filter(Boolean).join('; ');
  return details ? [status, ': ', h('bdi', { lang: notesLanguage }, details)] : status;
}
