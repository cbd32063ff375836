/** Mending a report that the server could not take: the fields it named, or all that a person may have to change. */
import { say, t } from '../lib/browser.js';
import { h } from '../lib/dom.js';
import { FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { LISTING_FIELDS, REASON_LIMIT, TITLE_LIMIT } from '../lib/report.js';
import { CATEGORIES } from '../lib/words.js';

/** The server's `errors` as `[[field, words]]`, whatever their depth: {"suspicion": {"reason": ["…"]}} names "reason". */
export function named(errors) {
  const found = [];
  const visit = (value, name) => {
    if (typeof value === 'string') found.push([name, value]);
    else if (Array.isArray(value)) value.forEach((each) => visit(each, name));
    else if (value && typeof value === 'object') {
      const own = value.field ?? value.pointer ?? value.name;
      const words = value.detail ?? value.message;
      if (own && words) found.push([String(own).split(/[./]/).at(-1), String(words)]);
      else Object.entries(value).forEach(([key, each]) => visit(each, /^\d+$/.test(key) ? name : key));
    }
  };
  visit(errors, null);
  return found;
}

/** What a person says before they have changed anything; `without` names files and fields of the listing that stay here. */
const unchanged = ({ report }) => ({ category: report.suspicion.category, title: report.listing?.title ?? '', reason: report.suspicion.reason, without: [] });

/** The report and its files with what was said. */
function mended(item, { category, title, reason, without }) {
  const report = structuredClone(item.report);
  const files = Object.fromEntries(Object.entries(item.files).filter(([name]) => !without.includes(name)));
  Object.assign(report.suspicion, { category, reason });
  if (title !== (report.listing?.title ?? '')) report.listing = { ...report.listing, title: title.trim() || null };
  for (const name of without) if (!(name in item.files)) delete report.listing?.[name];
  report.evidence = report.evidence?.filter((entry) => files[entry.name]);
  return { report, files };
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
  const leftOut = (name) => h('label.tick', null, h('input.box', { type: 'checkbox', checked: said.without.includes(name), onchange: (event) => told({ without: [...said.without.filter((each) => each !== name), ...(event.target.checked ? [name] : [])] }) }), `${t(`field_${name}`)}: ${t('leaveOut')}`);
  const dropped = LISTING_FIELDS.filter((name) => name !== 'title' && wrong.has(name) && item.report.listing?.[name] !== undefined);
  return h('form.mend', { onsubmit: send },
    problems.length ? h('ul.small', null, problems.map(([name, words]) => h('li', null, `${fieldName(name)}: `, h('bdi', null, words)))) : null,
    field('category', t('offered'), h('select', { id: 'mend-category', onchange: (event) => told({ category: event.target.value }) }, CATEGORIES.map((word) => h('option', { value: word, selected: said.category === word }, t(`category_${word}`))))),
    field('title', t('ownTitle'), h('input', { id: 'mend-title', type: 'text', maxlength: TITLE_LIMIT, dir: 'auto', value: said.title, 'aria-invalid': wrong.has('title') ? 'true' : null, oninput: (event) => told({ title: event.target.value }) })),
    field('reason', t('why'), h('textarea', { id: 'mend-reason', rows: 3, maxlength: REASON_LIMIT, required: true, dir: 'auto', value: said.reason, 'aria-invalid': wrong.has('reason') ? 'true' : null, oninput: (event) => told({ reason: event.target.value }) })),
    [...dropped, ...Object.keys(item.files)].map(leftOut),
    h('button.button.primary', { id: 'send-again' }, t('sendAgain')));
}

const FIELD_LABELS = { reason: 'error_reason', category: 'offered', species: 'species', title: 'field_title', description: 'field_description', price: 'field_price', amount: 'field_price', currency: 'field_price', seller: 'field_seller', url: 'field_url', images: 'field_images', screenshot: 'field_screenshot', full_page: 'field_full_page', page: 'field_page', sha256: 'field_screenshot', evidence: 'field_screenshot', location: 'field_location', posted_at: 'field_posted_at', language: 'field_language', structured_data: 'field_structured_data', client: 'field_client' };
const fieldName = (name) => (FIELD_LABELS[name] ? t(FIELD_LABELS[name]) : name ?? '');
