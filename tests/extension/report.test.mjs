import assert from 'node:assert/strict';
import { test } from 'node:test';
import { availableFields, compose, missingFields, sentFields } from '../../extension/lib/report.js';
import { findTaxa, initial, namedIn, nameFor, splitMatches } from '../../extension/lib/species.js';

const CAPTURED = {
  url: 'https://market.example/ad/1',
  captured_at: '2026-11-24T10:00:00.000Z',
  screenshot: new Blob(['x']),
  sha256: { screenshot: 'a'.repeat(64) },
  client: { extension_version: '0.1.0', browser: 'b', viewport: '1×1' },
  listing: {
    title: 'Grey parrot',
    description: 'Talks.',
    price: { amount: '5', currency: 'EUR', text: '€5' },
    seller: null,
    location: 'Lisbon',
    language: 'en',
    posted_at: null,
    images: [],
    structured_data: [],
  },
};
const FORM = {
  category: 'live',
  taxon: null,
  species: '',
  picks: ['No papers shown'],
  words: 'Asked for cash.',
  title: '',
  legality: 'none',
  confidence: '',
  access: 'public',
};

test('the whole of what is shown is what is sent', () => {
  const { report, files } = compose(CAPTURED, FORM, new Set());
  assert.deepEqual(report, {
    url: CAPTURED.url,
    captured_at: CAPTURED.captured_at,
    access: 'public',
    listing: {
      title: 'Grey parrot',
      price: { amount: '5', currency: 'EUR', text: '€5' },
      location: 'Lisbon',
      language: 'en',
      description: 'Talks.',
    },
    suspicion: {
      category: 'live',
      species: '',
      taxon_id: null,
      legality_evidence: 'none',
      confidence: null,
      reason: 'No papers shown. Asked for cash.',
    },
    evidence: [{ name: 'screenshot', sha256: 'a'.repeat(64) }],
    client: CAPTURED.client,
  });
  assert.deepEqual(files, { screenshot: CAPTURED.screenshot });
});

test('an address with a backslash, as browsers leave it in a query, goes in the form that the server accepts', () => {
  const url = 'https://market.example/ad?id=7&from=C:\\ads#top\\';
  assert.equal(new URL(url).href, url);
  const { report } = compose({ ...CAPTURED, url }, FORM, new Set());
  assert.equal(report.url, 'https://market.example/ad?id=7&from=C:%5Cads#top%5C');
});

test('what is unticked stays here, except the address', () => {
  const all = new Set(availableFields(CAPTURED));
  assert.deepEqual(sentFields(CAPTURED, all), ['url']);
  const { report, files } = compose(CAPTURED, FORM, all);
  assert.deepEqual(
    [report.url, report.listing, report.evidence, report.client, files],
    [CAPTURED.url, {}, [], null, {}],
  );
});

test('a title of one’s own fills the gap of an unreadable page, and never replaces what was read', () => {
  const blank = { ...CAPTURED, listing: { images: [], structured_data: [] } };
  assert.deepEqual(compose(blank, { ...FORM, title: ' Ivory box ' }, new Set()).report.listing, { title: 'Ivory box' });
  assert.equal(compose(CAPTURED, { ...FORM, title: 'Other' }, new Set()).report.listing.title, 'Grey parrot');
});

test('a species from the list goes with its number', () => {
  const { suspicion } = compose(
    CAPTURED,
    { ...FORM, taxon: { id: '7', scientific_name: 'Psittacus erithacus' } },
    new Set(),
  ).report;
  assert.deepEqual([suspicion.species, suspicion.taxon_id], ['Psittacus erithacus', '7']);
});

test('without a category or a reason it cannot be flagged, nor with too long a one', () => {
  const keys = (form) => missingFields(CAPTURED, { ...FORM, picks: [], words: '  ', ...form }).map(({ key }) => key);
  assert.deepEqual(
    [keys({ category: null, unsaid: 'May be.' }), keys({}), keys({ unsaid: 'May be.' })],
    [['missingCategory'], ['missingReason'], []],
  );
  assert.deepEqual(
    missingFields(CAPTURED, { ...FORM, picks: [], words: 'x'.repeat(2001) }).map(({ key, value }) => [key, value]),
    [['reasonLong', 2001]],
  );
  assert.deepEqual(missingFields(CAPTURED, { ...FORM, picks: [], words: 'x'.repeat(2000) }), []);
});

test('one choice is enough, and none is too few: what is only remembered says nothing', () => {
  const form = { ...FORM, picks: [], words: '', unsaid: 'May be protected.' };
  assert.equal(compose(CAPTURED, form, new Set()).report.suspicion.reason, 'May be protected.');
  assert.equal(
    compose(CAPTURED, { ...form, picks: ['Many at once'] }, new Set()).report.suspicion.reason,
    'Many at once.',
  );
  assert.equal(
    compose(CAPTURED, { ...form, picks: ['未示证明文件', 'عدد كبير دفعة واحدة', 'No papers.'] }, new Set()).report
      .suspicion.reason,
    '未示证明文件。 عدد كبير دفعة واحدة. No papers.',
  );
  assert.deepEqual(
    missingFields(CAPTURED, { ...form, remembered: true }).map(({ key }) => key),
    ['missingReason'],
  );
  assert.deepEqual(missingFields(CAPTURED, { ...form, remembered: true, picks: ['Many at once'] }), []);
});

const TAXA = [
  {
    id: '1',
    scientific_name: 'Psittacus erithacus',
    common_name: 'Grey parrot',
    names: [
      { text: 'perroquet gris', language: 'fr' },
      { text: '非洲灰鹦鹉', language: 'zh' },
    ],
  },
  {
    id: '2',
    scientific_name: 'Psittacus timneh',
    common_name: 'Timneh parrot',
    names: [{ text: 'gris de Timneh', language: 'fr' }],
  },
  { id: '3', scientific_name: 'Geochelone elegans', names: ['Indian star tortoise', 'tortue étoilée'] },
];
test('species are found by any name, in any script, whatever the accents', () => {
  const ids = (query) => findTaxa(TAXA, query).map(({ taxon }) => taxon.id);
  assert.deepEqual(
    [ids('gris'), ids('etoilee'), ids('灰鹦'), ids('PSITT erith'), ids('star tort'), ids(''), ids('.*[')],
    [['2', '1'], ['3'], ['1'], ['1'], ['3'], [], []],
  );
});
test('a name begins with the capital of its language', () => {
  const names = [
    ['grey parrot', 'en', 'Grey parrot'],
    ['iguana', 'tr', 'İguana'],
    ['iguana', null, 'Iguana'],
    ['ijsbeer', 'nl', 'IJsbeer'],
    ['éléphant', 'fr', 'Éléphant'],
    ['ببغاء', 'ar', 'ببغاء'],
    ['', 'en', ''],
  ];
  for (const [name, language, shown] of names) assert.equal(initial(name, language), shown);
});

test('the matching part of a name is marked', () => {
  assert.deepEqual(splitMatches('perroquet gris', 'gris'), [
    { text: 'perroquet ', hit: false },
    { text: 'gris', hit: true },
  ]);
  assert.deepEqual(splitMatches('tortue étoilée', 'etoil').find((part) => part.hit).text, 'étoil');
  assert.deepEqual(splitMatches('ﬁn whale', 'fin'), [{ text: 'ﬁn whale', hit: false }]);
});

const NAMED = [
  {
    id: '1',
    scientific_name: 'Psittacus erithacus',
    common_name: 'Grey parrot',
    names: [
      { text: 'loro de Fischer', language: 'es', of_kind: true },
      { text: 'yaco', language: 'es' },
      { text: 'loro yaco', language: 'es' },
      { text: 'perroquet gris', language: 'fr' },
      { text: '非洲灰鹦鹉', language: 'zh' },
    ],
  },
  {
    id: '2',
    scientific_name: 'Panthera tigris',
    common_name: 'Tiger',
    names: [
      { text: 'tigre', language: 'es' },
      { text: 'tigre', language: 'fr' },
      { text: '老虎', language: 'zh' },
    ],
  },
  { id: '3', scientific_name: 'Geochelone elegans' },
];
test('a species is called in the person’s language, else in English, else in none', () => {
  const called = (index, ...languages) => nameFor(NAMED[index], languages)?.text ?? null;
  assert.deepEqual(
    [called(0, 'es', 'fr'), called(0, 'de', 'fr'), called(0, 'de'), called(0, 'zh'), called(0), called(2, 'fr')],
    ['yaco', 'perroquet gris', 'Grey parrot', '非洲灰鹦鹉', 'Grey parrot', null],
  );
});
test('among equals a name in the person’s languages comes first', () => {
  const name = (...languages) => findTaxa(NAMED, 'tigr', 8, languages)[0].name.language;
  assert.deepEqual([name('fr'), name('es')], ['fr', 'es']);
});
test('what a title names is offered: whole words, and anywhere in scripts without spaces', () => {
  const ids = (title) => namedIn(NAMED, title).map(({ taxon }) => taxon.id);
  assert.deepEqual(
    [
      ids('Tame GREY PARROT, 6 weeks'),
      ids('Perroquet gris d’élevage'),
      ids('tigre y loro yaco'),
      ids('出售老虎皮'),
      ids('Tigerlily dress'),
      ids(''),
      ids(null),
      ids('grey'),
    ],
    [['1'], ['1'], ['1', '2'], ['2'], [], [], [], []],
  );
});
