/** The fourth view: what waits here, in words, and what became of the reports that the server has. */
import { openOptions, openPanel, openTab, send, t } from '../lib/browser.js';
import { chip, formatDay, h, icon, formatMoment, note, formatDuration } from '../lib/dom.js';
import * as drafts from '../lib/drafts.js';
import { DRAFT, FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { ownReports, reply } from '../lib/server.js';
import { STATUSES } from '../lib/words.js';
import { checksShown, loadChecks } from './checks.js';
import { fixForm } from './fix.js';
import { safetyRule } from './hotlines.js';

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
};
/** A status that this version has words for; a newer server's is shown as the first. */
const knownStatus = (status) => (STATUSES.includes(status) ? status : 'received');
/** What this view remembers between two drawings; the popup's life is its life. */
const viewState = {
  of: null,
  loading: false,
  loaded: false,
  failed: null,
  more: [],
  next: null,
  answering: null,
  answer: '',
  fixing: null,
  fixDraft: null,
  discarded: null,
  sending: false,
  opened: new Set(),
};

export function reportsView(app) {
  // Another account, or none: what the former one saw goes.
  const account = app.connection?.token ?? null;
  if (viewState.of !== account) {
    Object.assign(viewState, { of: account, loaded: false, more: [], next: null, answering: null, answer: '' });
  }
  if (app.connection && !viewState.loaded && !viewState.loading) load(app);
  const items = [...(app.reports?.items ?? []), ...viewState.more];
  const checkItems = checksShown(app, section);
  return {
    title: 'titleReports',
    back: app.dropped || app.panel ? null : 'flag',
    main: [
      troubleNote(app),
      viewState.discarded ? undoNote(app) : null,
      app.queue.length
        ? section(
            t('waitingTitle'),
            app.connection &&
              h(
                'button.text-button',
                { type: 'button', id: 'send-now', disabled: viewState.sending, onclick: () => sendNow(app) },
                t(viewState.sending ? 'sendingNow' : 'sendNow'),
              ),
          )
        : null,
      app.queue.length
        ? h(
            'ul.list',
            { id: 'queue' },
            app.queue.map((item) => queueItem(app, item)),
          )
        : null,
      checkItems,
      items.length ? section(t('sentTitle')) : null,
      viewState.failed
        ? h(
            'p.small',
            { id: 'load-failed' },
            app.reports ? t('loadFailed', formatMoment(app.reports.at)) : t('loadFailedEmpty'),
            ' ',
            h(
              'button.link-button',
              {
                type: 'button',
                onclick: () => {
                  viewState.loaded = false;
                  app.draw();
                },
              },
              t('tryAgain'),
            ),
          )
        : null,
      items.length
        ? h(
            'ul.list',
            { id: 'own', 'aria-busy': viewState.slow ? 'true' : null },
            items.map((report) => reportItem(app, report)),
          )
        : null,
      items.length && viewState.next
        ? h('button.button', { type: 'button', id: 'more', onclick: () => load(app, viewState.next) }, t('showMore'))
        : null,
      !items.length && !app.queue.length && !checkItems.length && !viewState.failed
        ? h(
            'p.empty',
            { id: 'none' },
            viewState.loading && viewState.slow
              ? t('loading')
              : viewState.loading
                ? ''
                : t(app.connection ? 'noReports' : 'noReportsUnpaired'),
            app.connection
              ? null
              : [h('br'), h('button.link-button', { type: 'button', onclick: openOptions }, t('pairThisBrowser'))],
          )
        : null,
    ],
    foot: [
      app.panel || !app.tab
        ? null
        : h(
            'button.button',
            {
              type: 'button',
              id: 'open-panel',
              onclick: async () => (await openPanel(app.tab.windowId)) && window.close(),
            },
            icon('layout-sidebar-reverse'),
            t('openPanel'),
          ),
      safetyRule(app),
    ],
  };
}

const section = (title, linkButton = null) => h('div.section', null, h('h2', null, title), linkButton);

/** One line above the lists when nothing can leave: what happened, what is safe, what happens next. */
function troubleNote(app) {
  const count = app.queue.filter((item) => item.state !== 'fix').length;
  if (app.connection?.refused) {
    return note(
      'problem',
      'link-45deg',
      h('strong', null, t('pairingLost')),
      app.connection.refused.detail ? h('span', null, h('bdi', null, app.connection.refused.detail), ' ') : null,
      h('button.link-button', { type: 'button', onclick: openOptions }, t('pairAgainButton')),
    );
  }
  if (!app.connection && app.queue.length) {
    return note(
      'warn',
      'link-45deg',
      t('pairFirst'),
      ' ',
      h('button.link-button', { type: 'button', onclick: openOptions }, t('pairNow')),
    );
  }
  if (!count || (navigator.onLine && app.paused <= Date.now())) return null;
  const answered =
    app.queue.some((item) => item.state === 'waiting' && item.problem?.status) &&
    !app.queue.some((item) => item.problem?.reason === 'offline');
  const wait = app.paused - Date.now();
  return note(
    'warn',
    'cloud-slash',
    h(
      'strong',
      null,
      answered && navigator.onLine ? t('serverBusy') : count === 1 ? t('noConnectionOne') : t('noConnection', count),
    ),
    h(
      'span',
      { id: 'next-try' },
      wait > 0 ? t(count === 1 ? 'nextTryOne' : 'nextTry', formatDuration(wait)) : t('nextTrySoon'),
    ),
  );
}

async function sendNow(app) {
  viewState.sending = true;
  app.draw();
  await send(FLUSH, { force: true });
  viewState.sending = false;
  await app.reload();
  viewState.loaded = false;
  app.draw();
  document.getElementById('send-now')?.focus();
}

function queueStatus(app, item) {
  if (item.state === 'fix') return ['out_fix', 'exclamation-triangle-fill', 'problem'];
  if (item.sending_until > Date.now()) return ['out_sending', 'arrow-up', 'in_review'];
  if (app.connection?.refused) return ['out_pair', 'link-45deg', 'problem'];
  if (item.state === 'training') return ['out_training', 'mortarboard', 'no_answer'];
  return item.attempts ? ['out_waiting', 'hourglass-split', 'received'] : ['out_saved', 'device-hdd', 'received'];
}

function queueItem(app, item) {
  const { problem } = item;
  const explanation =
    item.state === 'training'
      ? (problem?.detail ?? t('trainingFirst'))
      : item.state === 'fix'
        ? (problem?.detail ?? t('fixIntro'))
        : !app.connection
          ? t('waitsForPairing')
          : problem?.status && problem.status !== 401
            ? (problem.detail ?? t('serverAnswered', problem.status))
            : null;
  const fixing = viewState.fixing === item.id;
  return h(
    'li',
    { 'data-id': item.id },
    title(item.report.listing?.title, item.report.url, item.report.listing?.language),
    chip(...queueStatus(app, item).map((word, at) => (at ? word : t(word)))),
    explanation ? h('p', { dir: 'auto' }, explanation) : null,
    fixing
      ? fixForm(app, item, viewState.fixDraft, (draft) => keepFix(item, draft))
      : h(
          'div.acts',
          null,
          item.state === 'training' && /^https?:/.test(problem?.training_url ?? '')
            ? linkButton('go-training', t('goTraining'), () => openTab(problem.training_url))
            : null,
          item.state === 'fix' ? linkButton(`fix-${item.id}`, t('fix'), () => openFix(app, item)) : null,
          item.state === 'fix' || item.state === 'training' || !app.connection
            ? linkButton(`discard-${item.id}`, t('discard'), () => discard(app, item))
            : null,
        ),
  );
}

const linkButton = (id, label, onclick) => h('button.link-button', { type: 'button', id, onclick }, label);
const title = (text, url, language) =>
  h('h3.clamp', { dir: 'auto', lang: text ? language : null }, text || new URL(url).hostname);

async function discard(app, item) {
  await outbox.remove(item.id);
  keepFix(item, null);
  viewState.discarded = item;
  await app.reload();
  app.draw();
  app.announce(t('discarded'));
  document.getElementById('undo')?.focus();
  send(FLUSH);
}

const undoNote = (app) =>
  h(
    'p.small',
    null,
    t('discarded'),
    ' ',
    linkButton('undo', t('undo'), async () => {
      await outbox.restore(viewState.discarded);
      viewState.discarded = null;
      await app.reload();
      app.draw();
      send(FLUSH);
    }),
  );

function reportItem(app, report) {
  const lastEntry = report.feedback?.filter((entry) => entry.speaker !== 'spotter').at(-1);
  const status = knownStatus(report.status);
  const ownReply = report.feedback?.at(-1)?.speaker === 'spotter' ? report.feedback.at(-1) : null;
  const lesson = report.feedback
    ?.map((entry) => entry.lesson)
    .filter((each) => each?.title && /^https?:\/\//.test(each.url))
    .at(-1);
  return h(
    'li',
    { 'data-reference': report.reference },
    title(report.title, report.url),
    chip(t(`status_${status}`), ICONS[status], status),
    h(
      'p',
      { dir: 'auto' },
      lastEntry?.text ? quoted(lastEntry, status) : t(`statusText_${status}`),
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
      h('bdi', null, report.reference),
      report.received_at ? [' · ', h('bdi', null, formatMoment(report.received_at))] : null,
    ),
    status === 'needs_info'
      ? viewState.answering === report.id
        ? answerForm(app, report)
        : h(
            'div.acts',
            null,
            linkButton(`answer-${report.id}`, t('answer'), () => openAnswer(app, report)),
          )
      : null,
    stepList(report),
  );
}

/** All that was said of a report, from the first step; folded, for the last one stands above. */
function stepList(report) {
  const entries = report.feedback ?? [];
  if (entries.length < 2) return null;
  return h(
    'details',
    {
      open: viewState.opened.has(report.id),
      ontoggle: (event) => viewState.opened[event.target.open ? 'add' : 'delete'](report.id),
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

/** The keys of drafts: an unfinished answer or fix is kept, for looking at the ad closes the popup. */
const answerKey = (report) => `answer-${report.id}`;
const fixKey = (item) => `fix-${item.id}`;

async function openFix(app, item) {
  Object.assign(viewState, { fixing: item.id, fixDraft: await drafts.get(fixKey(item)).catch(() => undefined) });
  app.draw();
  document.querySelector('.fix-form textarea, .fix-form input, .fix-form button')?.focus();
}

function keepFix(item, draft) {
  Object.assign(viewState, { fixDraft: draft, ...(draft ? {} : { fixing: null }) });
  send(DRAFT, { key: fixKey(item), draft });
}

async function openAnswer(app, report) {
  const draft = await drafts.get(answerKey(report)).catch(() => undefined);
  Object.assign(viewState, { answering: report.id, answer: draft?.text ?? '' });
  app.draw();
  document.getElementById('answer')?.focus();
}

function answerForm(app, report) {
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
          Object.assign(viewState, { answering: null, answer: '', loaded: false });
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

/** Fetches the lists anew, unless somebody is answering or fixing just now. */
export function freshen(app) {
  if (viewState.loading || viewState.answering || viewState.fixing || app.view !== 'reports') return;
  viewState.loaded = false;
  app.refill();
}

/** Nothing is drawn for the first 300 ms; then what was there stays, paler. */
async function load(app, cursor = null) {
  if (viewState.loading) return; // "show more" was pressed twice
  viewState.loading = true;
  viewState.loaded = true;
  const slow = setTimeout(() => {
    viewState.slow = true;
    if (app.view === 'reports') app.refill();
  }, 300);
  try {
    const [list] = await Promise.all([ownReports(cursor), cursor ? null : loadChecks(app).catch(() => undefined)]);
    viewState.failed = null;
    viewState.next = list.next ?? null;
    viewState.more = cursor ? [...viewState.more, ...list.items] : [];
  } catch (error) {
    viewState.failed = error;
  }
  clearTimeout(slow);
  Object.assign(viewState, { loading: false, slow: false });
  await app.reload();
  if (!app.connection) viewState.failed = null; // unpaired meanwhile: there is nothing to ask for
  if (app.view === 'reports') app.refill();
}
