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

export function mendForm(app, item, close) {
  const report = structuredClone(item.report);
  const problems = named(item.problem?.errors);
  const wrong = new Set(problems.map(([field]) => field));
  const files = { ...item.files };
  const field = (id, label, input) => h('div.field', null, h('label.small', { for: `mend-${id}` }, label), input);
  const send = async (event) => {
    event.preventDefault();
    await outbox.mended(item.id, report, files);
    close();
    await app.lookAgain();
    app.draw();
    say(FLUSH, { force: true });
  };
  const dropped = LISTING_FIELDS.filter((name) => name !== 'title' && wrong.has(name) && report.listing?.[name] !== undefined);
  return h('form.mend', { onsubmit: send },
    problems.length ? h('ul.small', null, problems.map(([name, words]) => h('li', null, `${fieldName(name)}: `, h('bdi', null, words)))) : null,
    field('category', t('offered'), h('select', { id: 'mend-category', onchange: (event) => { report.suspicion.category = event.target.value; } }, CATEGORIES.map((word) => h('option', { value: word, selected: report.suspicion.category === word }, t(`category_${word}`))))),
    field('title', t('ownTitle'), h('input', { id: 'mend-title', type: 'text', maxlength: TITLE_LIMIT, dir: 'auto', value: report.listing?.title ?? '', 'aria-invalid': wrong.has('title') ? 'true' : null, oninput: (event) => { report.listing = { ...report.listing, title: event.target.value.trim() || null }; } })),
    field('reason', t('why'), h('textarea', { id: 'mend-reason', rows: 3, maxlength: REASON_LIMIT, required: true, dir: 'auto', value: report.suspicion.reason, 'aria-invalid': wrong.has('reason') ? 'true' : null, oninput: (event) => { report.suspicion.reason = event.target.value; } })),
    dropped.map((name) => tick(`${t(`field_${name}`)}: ${t('leaveOut')}`, (event) => {
      if (event.target.checked) delete report.listing[name];
      else report.listing[name] = item.report.listing[name];
    })),
    Object.keys(item.files).map((name) => tick(`${t(`field_${name}`)}: ${t('leaveOut')}`, (event) => {
      if (event.target.checked) delete files[name];
      else files[name] = item.files[name];
      report.evidence = item.report.evidence.filter((entry) => files[entry.name]);
    })),
    h('button.button.primary', { id: 'send-again' }, t('sendAgain')));
}

const tick = (label, change) => h('label.tick', null, h('input.box', { type: 'checkbox', onchange: change }), label);

const FIELD_LABELS = { reason: 'error_reason', category: 'offered', species: 'species', title: 'field_title', description: 'field_description', price: 'field_price', amount: 'field_price', currency: 'field_price', seller: 'field_seller', url: 'field_url', images: 'field_images', screenshot: 'field_screenshot', full_page: 'field_full_page', page: 'field_page', sha256: 'field_screenshot', evidence: 'field_screenshot', location: 'field_location', posted_at: 'field_posted_at', language: 'field_language', structured_data: 'field_structured_data', client: 'field_client' };
const fieldName = (name) => (FIELD_LABELS[name] ? t(FIELD_LABELS[name]) : name ?? '');
