/** Fixing a report that the server refused: the fields it named, or all that a person may have to change. */
import { send, t } from '../lib/browser.js';
import { h } from '../lib/dom.js';
import { wellFormed } from '../lib/limits.js';
import { FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { FILES, LISTING_FIELDS, REASON_LIMIT, TITLE_LIMIT } from '../lib/report.js';
import { CATEGORIES } from '../lib/words.js';

/** The message keys that name a field of the report. */
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
export function namedFields(errors) {
  const field = (path) => path.split('.').find((name) => Object.hasOwn(LABELS, name)) ?? null;
  const entries = Object.entries(errors ?? {}).flatMap(([path, words]) =>
    [].concat(words).map((each) => [field(path), String(each)]),
  );
  return [...new Map(entries.map((problem) => [problem.join(), problem])).values()];
}

/**
 * What may be left out: the fields that the server named; all, where it named none. The title and the reason are
 * edited instead.
 */
export function removableFields(report, problems) {
  const wrongFields = problems.map(([field]) => field).filter(Boolean);
  const present = [
    ...LISTING_FIELDS.filter((name) => name !== 'title' && report.listing?.[name] !== undefined),
    ...(report.client ? ['client'] : []),
  ];
  return wrongFields.length ? present.filter((name) => wrongFields.includes(name)) : present;
}

/** The values as they were reported; `without` names the files and data that are no longer sent. */
const asReported = ({ report }) => ({
  category: report.suspicion.category,
  title: report.listing?.title ?? '',
  reason: report.suspicion.reason,
  without: [],
});

/** The report and its files with the new values. A report queued by an older version is made well-formed, too. */
export function fixedReport(item, { category, title, reason, without }) {
  const report = structuredClone(item.report);
  const files = Object.fromEntries(Object.entries(item.files).filter(([name]) => !without.includes(name)));
  Object.assign(report.suspicion, { category, reason });
  if (title !== (report.listing?.title ?? '')) report.listing = { ...report.listing, title: title.trim() || null };
  for (const name of without) if (!(name in item.files)) delete report.listing?.[name];
  if (without.includes('client')) report.client = null;
  report.evidence = report.evidence?.filter((entry) => files[entry.name]);
  return { report: wellFormed(report), files };
}

/** `draft`: the values when the popup was last open; `keepDraft(values)` stores them, `keepDraft(null)` drops them. */
export function fixForm(app, item, draft, keepDraft) {
  const problems = namedFields(item.problem?.errors);
  const wrongFields = new Set(problems.map(([field]) => field));
  const values = { ...asReported(item), ...draft };
  const change = (more) => keepDraft(Object.assign(values, more));
  const field = (id, label, input) => h('div.field', null, h('label.small', { for: `fix-${id}` }, label), input);
  const sendFixed = async (event) => {
    event.preventDefault();
    const { report, files } = fixedReport(item, values);
    await outbox.fixed(item.id, report, files);
    keepDraft(null);
    await app.reload();
    app.draw();
    send(FLUSH, { force: true });
  };
  const leaveOutTick = (name) =>
    h(
      'label.tick',
      null,
      h('input.box', {
        type: 'checkbox',
        checked: values.without.includes(name),
        onchange: (event) =>
          change({
            without: [...values.without.filter((each) => each !== name), ...(event.target.checked ? [name] : [])],
          }),
      }),
      `${t(`field_${name}`)}: ${t('leaveOut')}`,
    );
  return h(
    'form.fix-form',
    { onsubmit: sendFixed },
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
        { id: 'fix-category', onchange: (event) => change({ category: event.target.value }) },
        CATEGORIES.map((word) =>
          h('option', { value: word, selected: values.category === word }, t(`category_${word}`)),
        ),
      ),
    ),
    field(
      'title',
      t('ownTitle'),
      h('input', {
        id: 'fix-title',
        type: 'text',
        maxlength: TITLE_LIMIT,
        dir: 'auto',
        value: values.title,
        'aria-invalid': wrongFields.has('title') ? 'true' : null,
        oninput: (event) => change({ title: event.target.value }),
      }),
    ),
    field(
      'reason',
      t('why'),
      h('textarea', {
        id: 'fix-reason',
        rows: 3,
        maxlength: REASON_LIMIT,
        required: true,
        dir: 'auto',
        value: values.reason,
        'aria-invalid': wrongFields.has('reason') ? 'true' : null,
        oninput: (event) => change({ reason: event.target.value }),
      }),
    ),
    [...removableFields(item.report, problems), ...Object.keys(item.files)].map(leaveOutTick),
    h('button.button.primary', { id: 'send-again' }, t('sendAgain')),
  );
}
