/** A report that the server has: its status, its feedback, and the answer to a coordinator's question. */
import { openTab, send, t } from '../lib/browser.js';
import { chip, formatDay, formatMoment, h, icon, linkButton, listingTitle } from '../lib/dom.js';
import * as drafts from '../lib/drafts.js';
import { DRAFT } from '../lib/messages.js';
import { reply } from '../lib/server.js';
import { STATUS_DETAILS, STATUSES } from '../lib/words.js';

const ICONS = {
  received: 'inbox',
  in_review: 'eye',
  needs_info: 'chat-left-dots',
  notified: 'send',
  removed: 'check-circle-fill',
  restricted: 'eye-slash',
  kept: 'dash-circle',
  no_answer: 'hourglass-split',
  dismissed: 'archive',
  retracted: 'archive',
};
/** A status that this version has words for; an unknown one of a newer server is shown as the first. */
const knownStatus = (status) => (STATUSES.includes(status) ? status : 'received');

/** What this part remembers between two drawings: the report being answered, and those whose steps are unfolded. */
const viewState = { answering: null, answer: '', unfolded: new Set() };

export const isAnswering = () => viewState.answering !== null;
export const dropAnswer = () => Object.assign(viewState, { answering: null, answer: '' });

/** @param {function(): void} expire says that the reports shown are out of date */
export function reportItem(app, report, expire) {
  const lastEntry = report.feedback?.filter((entry) => entry.speaker !== 'spotter').at(-1);
  const status = knownStatus(report.status);
  const said = STATUS_DETAILS.includes(report.detail) ? report.detail : status;
  const ownReply = report.feedback?.at(-1)?.speaker === 'spotter' ? report.feedback.at(-1) : null;
  const lesson = report.feedback
    ?.map((entry) => entry.lesson)
    .filter((each) => each?.title && /^https?:\/\//.test(each.url))
    .at(-1);
  return h(
    'li',
    { 'data-reference': report.reference },
    listingTitle(report.title, report.url),
    chip(t(`status_${said}`), ICONS[status], status),
    h(
      'p',
      { dir: 'auto' },
      lastEntry?.text ? quoted(lastEntry, status) : t(`statusText_${said}`),
      status === 'kept' && lastEntry?.text ? ` ${t('statusText_kept')}` : null,
    ),
    ownReply ? h('p', { dir: 'auto' }, t('youSaid', ownReply.text)) : null,
    report.checked_at
      ? h('p', null, icon('clipboard-check'), ' ', t('checkedGone', formatDay(report.checked_at)))
      : null,
    lesson
      ? h(
          'div.acts',
          null,
          linkButton(`lesson-${report.id}`, [icon('mortarboard'), ' ', t('lesson', lesson.title)], () =>
            openTab(lesson.url),
          ),
        )
      : null,
    h(
      'p.least',
      null,
      h('bdi.reference', null, report.reference),
      report.received_at ? [' · ', h('bdi', null, formatMoment(report.received_at))] : null,
    ),
    status === 'needs_info'
      ? viewState.answering === report.id
        ? answerForm(app, report, expire)
        : h(
            'div.acts',
            null,
            linkButton(`answer-${report.id}`, t('answer'), () => openAnswer(app, report)),
          )
      : null,
    stepList(report),
  );
}

/** All feedback on a report, from the first step; folded, for the last step stands above. */
function stepList(report) {
  const entries = report.feedback ?? [];
  if (entries.length < 2) return null;
  return h(
    'details',
    {
      open: viewState.unfolded.has(report.id),
      ontoggle: (event) => viewState.unfolded[event.target.open ? 'add' : 'delete'](report.id),
    },
    h('summary.small', null, t('allSteps')),
    h(
      'ol.steps',
      null,
      entries.map(({ at, status, speaker, text }) =>
        h(
          'li',
          { dir: 'auto' },
          h('span.least', null, h('bdi', null, formatMoment(at)), ' · '),
          speaker === 'spotter'
            ? t('youSaid', text)
            : text
              ? quoted({ speaker, text }, status)
              : t(`status_${knownStatus(status)}`),
        ),
      ),
    ),
  );
}

/** A company's reason and a coordinator's question stand in quotation marks, with the company named. */
function quoted({ speaker, text }, status) {
  if (speaker && speaker !== 'coordinator') return t('quoteOf', speaker, text);
  return status === 'needs_info' ? t('quote', text) : text;
}

/** The key of a draft: looking at the ad closes the popup, and an unfinished answer is kept. */
const answerKey = (report) => `answer-${report.id}`;

async function openAnswer(app, report) {
  const draft = await drafts.get(answerKey(report)).catch(() => undefined);
  Object.assign(viewState, { answering: report.id, answer: draft?.text ?? '' });
  app.draw();
  document.getElementById('answer')?.focus();
}

function answerForm(app, report, expire) {
  const failed = h('p', { role: 'alert' });
  return h(
    'form',
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const text = viewState.answer.trim();
        if (!text) return;
        try {
          await reply(report.id, text);
          send(DRAFT, { key: answerKey(report), draft: null });
          dropAnswer();
          expire();
          app.announce(t('answerSent'));
          app.draw();
        } catch {
          failed.textContent = t('answerFailed');
        }
      },
    },
    h('label.visually-hidden', { for: 'answer' }, t('yourAnswer')),
    h('textarea', {
      id: 'answer',
      rows: 3,
      maxlength: 2000,
      dir: 'auto',
      placeholder: t('yourAnswer'),
      value: viewState.answer,
      oninput: (event) => {
        viewState.answer = event.target.value;
        send(DRAFT, { key: answerKey(report), draft: viewState.answer ? { text: viewState.answer } : null });
      },
    }),
    failed,
    h('button.button', null, icon('send'), t('sendAnswer')),
  );
}
