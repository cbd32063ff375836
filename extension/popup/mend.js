/** Mending a report that the server could not take: the fields it named, or all that a person may have to change. */
import { say, t } from '../lib/browser.js';
import { h } from '../lib/dom.js';
import { wellFormed } from '../lib/fit.js';
import { FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { FILES, LISTING_FIELDS, REASON_LIMIT, TITLE_LIMIT } from '../lib/report.js';
import { CATEGORIES } from '../lib/words.js';

/** The texts that name a field of the report. */
const LABELS = {
  category: 'offered',
  reason: 'theReason',
  species: 'species',
  taxon_id: 'species',
  legality_evidence: 'papers',
  confidence: 'howSure',
  access: 'access',
  evidence: 'field_screenshot',
  ...Object.fromEntries(['url', ...LISTING_FIELDS, ...FILES, 'client'].map((name) => [name, `field_${name}`])),
};

/**
 * The server's `errors` as `[[field, words]]`, each once: "listing.images.3.url" is about the images; what names
 * nothing of a report is about null.
 */
export function named(errors) {
  const field = (path) => path.split('.').find((name) => Object.hasOwn(LABELS, name)) ?? null;
  const found = Object.entries(errors ?? {}).flatMap(([path, words]) =>
    [].concat(words).map((each) => [field(path), String(each)]),
  );
  return [...new Map(found.map((problem) => [problem.join(), problem])).values()];
}

/**
 * What may be left out: the fields that the server named; all, where it named none. The title and the reason can be
 * written anew.
 */
export function leavable(report, problems) {
  const wrong = problems.map(([field]) => field).filter(Boolean);
  const there = [
    ...LISTING_FIELDS.filter((name) => name !== 'title' && report.listing?.[name] !== undefined),
    ...(report.client ? ['client'] : []),
  ];
  return wrong.length ? there.filter((name) => wrong.includes(name)) : there;
}

/** What a person says before they have changed anything; `without` names files and data that stay here. */
const unchanged = ({ report }) => ({
  category: report.suspicion.category,
  title: report.listing?.title ?? '',
  reason: report.suspicion.reason,
  without: [],
});

/** The report and its files with what was said; one that was queued before broken signs were mended is whole, too. */
export function mended(item, { category, title, reason, without }) {
  const report = structuredClone(item.report);
  const files = Object.fromEntries(Object.entries(item.files).filter(([name]) => !without.includes(name)));
  Object.assign(report.suspicion, { category, reason });
  if (title !== (report.listing?.title ?? '')) report.listing = { ...report.listing, title: title.trim() || null };
  for (const name of without) if (!(name in item.files)) delete report.listing?.[name];
  if (without.includes('client')) report.client = null;
  report.evidence = report.evidence?.filter((entry) => files[entry.name]);
  return { report: wellFormed(report), files };
}

/** `begun`: what was said when the popup was last open; `keep(said)` keeps it, `keep(null)` once it is on its way. */
export function mendForm(app, item, begun, keep) {
  const problems = named(item.problem?.errors);
  const wrong = new Set(problems.map(([field]) => field));
  const said = { ...unchanged(item), ...begun };
  const told = (more) => keep(Object.assign(said, more));
  const field = (id, label, input) => h('div.field', null, h('label.small', { for: `mend-${id}` }, label), input);
  const send = async (event) => {
    event.preventDefault();
    const { report, files } = mended(item, said);
    await outbox.mended(item.id, report, files);
    keep(null);
    await app.lookAgain();
    app.draw();
    say(FLUSH, { force: true });
  };
  const leftOut = (name) =>
    h(
      'label.tick',
      null,
      h('input.box', {
        type: 'checkbox',
        checked: said.without.includes(name),
        onchange: (event) =>
          told({ without: [...said.without.filter((each) => each !== name), ...(event.target.checked ? [name] : [])] }),
      }),
      `${t(`field_${name}`)}: ${t('leaveOut')}`,
    );
  return h(
    'form.mend',
    { onsubmit: send },
    problems.length
      ? h(
          'ul.small',
          null,
          problems.map(([name, words]) => h('li', null, name && `${t(LABELS[name])}: `, h('bdi', null, words))),
        )
      : null,
    field(
      'category',
      t('offered'),
      h(
        'select',
        { id: 'mend-category', onchange: (event) => told({ category: event.target.value }) },
        CATEGORIES.map((word) => h('option', { value: word, selected: said.category === word }, t(`category_${word}`))),
      ),
    ),
    field(
      'title',
      t('ownTitle'),
      h('input', {
        id: 'mend-title',
        type: 'text',
        maxlength: TITLE_LIMIT,
        dir: 'auto',
        value: said.title,
        'aria-invalid': wrong.has('title') ? 'true' : null,
        oninput: (event) => told({ title: event.target.value }),
      }),
    ),
    field(
      'reason',
      t('why'),
      h('textarea', {
        id: 'mend-reason',
        rows: 3,
        maxlength: REASON_LIMIT,
        required: true,
        dir: 'auto',
        value: said.reason,
        'aria-invalid': wrong.has('reason') ? 'true' : null,
        oninput: (event) => told({ reason: event.target.value }),
      }),
    ),
    [...leavable(item.report, problems), ...Object.keys(item.files)].map(leftOut),
    h('button.button.primary', { id: 'send-again' }, t('sendAgain')),
  );
}
