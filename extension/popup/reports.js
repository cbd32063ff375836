/** The fourth view: what waits here, in words, and what became of the reports that the server has. */
import { openOptions, openPanel, openTab, say, t } from '../lib/browser.js';
import { chip, day, h, icon, moment, note, span } from '../lib/dom.js';
import * as drafts from '../lib/drafts.js';
import { DRAFT, FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { ownReports, reply } from '../lib/server.js';
import { STATUSES } from '../lib/words.js';
import { checksShown, loadChecks } from './checks.js';
import { mendForm } from './mend.js';
import { never } from './worse.js';

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
const known = (status) => (STATUSES.includes(status) ? status : 'received');
/** What this view remembers between two drawings; the popup's life is its life. */
const here = {
  of: null,
  loading: false,
  loaded: false,
  failed: null,
  more: [],
  next: null,
  answering: null,
  answer: '',
  mending: null,
  said: null,
  discarded: null,
  sending: false,
  opened: new Set(),
};

export function reportsView(app) {
  // Another account, or none: what the former one saw goes.
  const of = app.connection?.token ?? null;
  if (here.of !== of) Object.assign(here, { of, loaded: false, more: [], next: null, answering: null, answer: '' });
  if (app.connection && !here.loaded && !here.loading) load(app);
  const items = [...(app.reports?.items ?? []), ...here.more];
  const asked = checksShown(app, section);
  return {
    title: 'titleReports',
    back: app.dropped || app.panel ? null : 'flag',
    main: [
      trouble(app),
      here.discarded ? undo(app) : null,
      app.queue.length
        ? section(
            t('waitingTitle'),
            app.connection &&
              h(
                'button.text-button',
                { type: 'button', id: 'send-now', disabled: here.sending, onclick: () => sendNow(app) },
                t(here.sending ? 'sendingNow' : 'sendNow'),
              ),
          )
        : null,
      app.queue.length
        ? h(
            'ul.list',
            { id: 'queue' },
            app.queue.map((item) => waiting(app, item)),
          )
        : null,
      asked,
      items.length ? section(t('sentTitle')) : null,
      here.failed
        ? h(
            'p.small',
            { id: 'load-failed' },
            app.reports ? t('loadFailed', moment(app.reports.at)) : t('loadFailedEmpty'),
            ' ',
            h(
              'button.link-button',
              {
                type: 'button',
                onclick: () => {
                  here.loaded = false;
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
            { id: 'own', 'aria-busy': here.slow ? 'true' : null },
            items.map((report) => own(app, report)),
          )
        : null,
      items.length && here.next
        ? h('button.button', { type: 'button', id: 'more', onclick: () => load(app, here.next) }, t('showMore'))
        : null,
      !items.length && !app.queue.length && !asked.length && !here.failed
        ? h(
            'p.empty',
            { id: 'none' },
            here.loading && here.slow
              ? t('loading')
              : here.loading
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
      never(app),
    ],
  };
}

const section = (title, act = null) => h('div.section', null, h('h2', null, title), act);

/** One line above the lists when nothing can leave: what happened, what is safe, what happens next. */
function trouble(app) {
  const count = app.queue.filter((item) => item.state !== 'mend').length;
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
    h('span', { id: 'next-try' }, wait > 0 ? t(count === 1 ? 'nextTryOne' : 'nextTry', span(wait)) : t('nextTrySoon')),
  );
}

async function sendNow(app) {
  here.sending = true;
  app.draw();
  await say(FLUSH, { force: true });
  here.sending = false;
  await app.lookAgain();
  here.loaded = false;
  app.draw();
  document.getElementById('send-now')?.focus();
}

function state(app, item) {
  if (item.state === 'mend') return ['out_fix', 'exclamation-triangle-fill', 'problem'];
  if (item.sending_until > Date.now()) return ['out_sending', 'arrow-up', 'in_review'];
  if (app.connection?.refused) return ['out_pair', 'link-45deg', 'problem'];
  if (item.state === 'training') return ['out_training', 'mortarboard', 'no_answer'];
  return item.attempts ? ['out_waiting', 'hourglass-split', 'received'] : ['out_saved', 'device-hdd', 'received'];
}

function waiting(app, item) {
  const { problem } = item;
  const says =
    item.state === 'training'
      ? (problem?.detail ?? t('trainingFirst'))
      : item.state === 'mend'
        ? (problem?.detail ?? t('fixIntro'))
        : !app.connection
          ? t('waitsForPairing')
          : problem?.status && problem.status !== 401
            ? (problem.detail ?? t('serverAnswered', problem.status))
            : null;
  const mending = here.mending === item.id;
  return h(
    'li',
    { 'data-id': item.id },
    title(item.report.listing?.title, item.report.url, item.report.listing?.language),
    chip(...state(app, item).map((word, at) => (at ? word : t(word)))),
    says ? h('p', { dir: 'auto' }, says) : null,
    mending
      ? mendForm(app, item, here.said, (said) => keepMending(item, said))
      : h(
          'div.acts',
          null,
          item.state === 'training' && /^https?:/.test(problem?.training_url ?? '')
            ? act('go-training', t('goTraining'), () => openTab(problem.training_url))
            : null,
          item.state === 'mend' ? act(`mend-${item.id}`, t('fix'), () => mend(app, item)) : null,
          item.state === 'mend' || item.state === 'training' || !app.connection
            ? act(`discard-${item.id}`, t('discard'), () => discard(app, item))
            : null,
        ),
  );
}

const act = (id, label, onclick) => h('button.link-button', { type: 'button', id, onclick }, label);
const title = (text, url, language) =>
  h('h3.clamp', { dir: 'auto', lang: text ? language : null }, text || new URL(url).hostname);

async function discard(app, item) {
  await outbox.remove(item.id);
  keepMending(item, null);
  here.discarded = item;
  await app.lookAgain();
  app.draw();
  app.announce(t('discarded'));
  document.getElementById('undo')?.focus();
  say(FLUSH);
}

const undo = (app) =>
  h(
    'p.small',
    null,
    t('discarded'),
    ' ',
    act('undo', t('undo'), async () => {
      await outbox.restore(here.discarded);
      here.discarded = null;
      await app.lookAgain();
      app.draw();
      say(FLUSH);
    }),
  );

function own(app, report) {
  const last = report.feedback?.filter((entry) => entry.speaker !== 'spotter').at(-1);
  const status = known(report.status);
  const mine = report.feedback?.at(-1)?.speaker === 'spotter' ? report.feedback.at(-1) : null;
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
      last?.text ? quoted(last, status) : t(`statusText_${status}`),
      status === 'kept' && last?.text ? ` ${t('statusText_kept')}` : null,
    ),
    mine ? h('p', { dir: 'auto' }, t('youSaid', mine.text)) : null,
    report.checked_at ? h('p', null, icon('clipboard-check'), ' ', t('checkedGone', day(report.checked_at))) : null,
    lesson
      ? h(
          'div.acts',
          null,
          act(`lesson-${report.id}`, [icon('mortarboard'), ' ', t('lesson', lesson.title)], () => openTab(lesson.url)),
        )
      : null,
    h(
      'p.least',
      null,
      h('bdi', null, report.reference),
      report.received_at ? [' · ', h('bdi', null, moment(report.received_at))] : null,
    ),
    status === 'needs_info'
      ? here.answering === report.id
        ? answerForm(app, report)
        : h(
            'div.acts',
            null,
            act(`answer-${report.id}`, t('answer'), () => answer(app, report)),
          )
      : null,
    steps(report),
  );
}

/** All that was said of a report, from the first step; folded, for the last one stands above. */
function steps(report) {
  const said = report.feedback ?? [];
  if (said.length < 2) return null;
  return h(
    'details',
    {
      open: here.opened.has(report.id),
      ontoggle: (event) => here.opened[event.target.open ? 'add' : 'delete'](report.id),
    },
    h('summary.small', null, t('allSteps')),
    h(
      'ol.steps',
      null,
      said.map(({ at, status, speaker, text }) =>
        h(
          'li',
          { dir: 'auto' },
          h('span.least', null, h('bdi', null, moment(at)), ' · '),
          speaker === 'spotter'
            ? t('youSaid', text)
            : text
              ? quoted({ speaker, text }, status)
              : t(`status_${known(status)}`),
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

/** Under what an answer or a mending is kept that is not sent yet: who looks at the ad meanwhile closes the popup. */
const keyOf = (report) => `answer-${report.id}`;
const keyOfMending = (item) => `mending-${item.id}`;

async function mend(app, item) {
  Object.assign(here, { mending: item.id, said: await drafts.get(keyOfMending(item)).catch(() => undefined) });
  app.draw();
  document.querySelector('.mend textarea, .mend input, .mend button')?.focus();
}

function keepMending(item, said) {
  Object.assign(here, { said, ...(said ? {} : { mending: null }) });
  say(DRAFT, { key: keyOfMending(item), said });
}

async function answer(app, report) {
  const begun = await drafts.get(keyOf(report)).catch(() => undefined);
  Object.assign(here, { answering: report.id, answer: begun?.text ?? '' });
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
        const text = here.answer.trim();
        if (!text) return;
        try {
          await reply(report.id, text);
          say(DRAFT, { key: keyOf(report), said: null });
          Object.assign(here, { answering: null, answer: '', loaded: false });
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
      value: here.answer,
      oninput: (event) => {
        here.answer = event.target.value;
        say(DRAFT, { key: keyOf(report), said: here.answer ? { text: here.answer } : null });
      },
    }),
    failed,
    h('button.button', null, icon('send'), t('sendAnswer')),
  );
}

/** Fetches the lists anew, unless somebody is answering or mending just now. */
export function freshen(app) {
  if (here.loading || here.answering || here.mending || app.view !== 'reports') return;
  here.loaded = false;
  app.refill();
}

/** Nothing is drawn for the first 300 ms; then what was there stays, paler. */
async function load(app, cursor = null) {
  if (here.loading) return; // "show more" was pressed twice
  here.loading = true;
  here.loaded = true;
  const slow = setTimeout(() => {
    here.slow = true;
    if (app.view === 'reports') app.refill();
  }, 300);
  try {
    const [list] = await Promise.all([ownReports(cursor), cursor ? null : loadChecks(app).catch(() => undefined)]);
    here.failed = null;
    here.next = list.next ?? null;
    here.more = cursor ? [...here.more, ...list.items] : [];
  } catch (error) {
    here.failed = error;
  }
  clearTimeout(slow);
  Object.assign(here, { loading: false, slow: false });
  await app.lookAgain();
  if (!app.connection) here.failed = null; // unpaired meanwhile: there is nothing to ask for
  if (app.view === 'reports') app.refill();
}
