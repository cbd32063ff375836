/** The outbox in the list of reports: what waits on this device, why, and what a person can do about it. */
import { openOptions, openTab, send, t } from '../lib/browser.js';
import { chip, formatDuration, h, linkButton, listingTitle, note, section } from '../lib/dom.js';
import * as drafts from '../lib/drafts.js';
import { DRAFT, FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { fixForm } from './fix.js';

/** What this part remembers between two drawings. */
const viewState = { fixing: null, fixDraft: null, discarded: null, sending: false };

export const isFixing = () => viewState.fixing !== null;

/**
 * The outbox as elements; empty when nothing waits and nothing is wrong.
 *
 * @param {function(): void} expire says that the reports shown below are out of date
 */
export function queueShown(app, expire) {
  return [
    troubleNote(app),
    viewState.discarded ? undoNote(app) : null,
    app.queue.length
      ? section(
          t('waitingTitle'),
          app.connection &&
            h(
              'button.text-button',
              { type: 'button', id: 'send-now', disabled: viewState.sending, onclick: () => sendNow(app, expire) },
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
  ];
}

/** A line above the lists when nothing can be sent: what happened, what is safe, what happens next. */
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

async function sendNow(app, expire) {
  viewState.sending = true;
  app.draw();
  await send(FLUSH, { force: true });
  viewState.sending = false;
  await app.reload();
  expire();
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
    listingTitle(item.report.listing?.title, item.report.url, item.report.listing?.language),
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

/** The key of a draft: looking at the ad closes the popup, and an unfinished fix is kept. */
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
