/** The part of the form that asks why: quick reasons, the person's own words, and the default reason. */
import { t } from '../lib/browser.js';
import { h, icon } from '../lib/dom.js';
import { reasonOf } from '../lib/report.js';
import { clearError } from './errors.js';

/** Quick reasons until the server's own list has arrived in this language. */
const QUICK_REASONS = ['reason_papers', 'reason_many', 'reason_app', 'reason_code', 'reason_wild', 'reason_ships'];

export function quickReasons(app) {
  // A server that lacks this language answers in another: then the reasons stay those of here.
  const isOurs = (app.vocabulary?.language ?? 'en').split('-')[0] === t('langCode').split('-')[0];
  const fromServer = (isOurs ? (app.vocabulary?.reasons ?? []) : [])
    .filter((words) => typeof words === 'string' && words.length <= 80)
    .slice(0, 8);
  return fromServer.length ? fromServer : QUICK_REASONS.map((key) => t(key));
}

export function reasonPart(app) {
  const { form } = app;
  const pick = (id, label, checked, change) =>
    h(
      'label.pick',
      null,
      h('input', { type: 'checkbox', id, checked, onchange: change }),
      h('span', null, icon('check'), label),
    );
  const words = h(
    'div.field',
    { id: 'own-words', hidden: !form.own },
    h('label.visually-hidden', { for: 'words' }, t('ownReason')),
    h('textarea', {
      id: 'words',
      rows: 2,
      dir: 'auto',
      placeholder: t('ownReasonHint'),
      value: form.words,
      oninput: (event) => {
        form.words = event.target.value;
        reasonChanged(app);
      },
    }),
  );
  // What is picked stays in sight when a draft is older than the server's list.
  const reasons = [...new Set([...quickReasons(app), ...form.picks])];
  const picks = reasons.map((text, at) =>
    pick(`pick-${at}`, text, form.picks.includes(text), (event) => {
      form.picks = event.target.checked ? [...form.picks, text] : form.picks.filter((each) => each !== text);
      reasonChanged(app);
    }),
  );
  const own = pick('pick-own', t('reason_own'), form.own, (event) => {
    form.own = event.target.checked;
    if (!form.own) form.words = '';
    words.hidden = !form.own;
    if (form.own) words.querySelector('textarea').focus();
    app.keepDraft();
  });
  // The person's own words stand among the first: they must be in view without scrolling.
  return h(
    'fieldset',
    { id: 'reason' },
    h('legend', null, h('span.group-head', { style: 'font:inherit;font-weight:650' }, t('why'))),
    defaultReason(app),
    h('div.picks', null, picks.slice(0, 3), own, picks.slice(3)),
    words,
  );
}

/** The default reason: shown, for it is sent in the person's name. */
const defaultReason = ({ form }) =>
  h(`p.small.quiet${usesDefaultReason(form) ? '' : '.unseen'}`, { id: 'unsaid' }, t('reasonUnsaid', form.unsaid));

const usesDefaultReason = (form) => reasonOf(form) !== reasonOf({ ...form, unsaid: '' });

/** Shows or hides the default reason; its place stays, so that nothing below it moves. */
export const showDefaultReason = ({ form }) =>
  document.getElementById('unsaid').classList.toggle('unseen', !usesDefaultReason(form));

function reasonChanged(app) {
  clearError(app, 'reason');
  showDefaultReason(app);
}
