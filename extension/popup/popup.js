/** The popup: captures once when it opens, then shows one view at a time. */
import { isSameListing } from '../lib/adapters.js';
import { activeTab, passing, send, t, tabOf } from '../lib/browser.js';
import { capture, emptyCapture } from '../lib/capture.js';
import * as drafts from '../lib/drafts.js';
import { captureLink, isFresh } from '../lib/link.js';
import { DRAFT, FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { sha256 } from '../lib/picture.js';
import { compose, missingFields } from '../lib/report.js';
import { isKnown, refreshVocabulary } from '../lib/server.js';
import { shell } from '../lib/shell.js';
import { blackOutView, closeEditor } from './blackout.js';
import { forgetReview, reviewView } from './review.js';
import { flagButton, flagView } from './flag.js';
import { flaggedView } from './flagged.js';
import { readPart } from './page_part.js';
import { reportsView } from './reports.js';
import { speciesView } from './species.js';
import { hotlinesView } from './hotlines.js';

const app = shell(
  {
    flag: flagView,
    review: reviewView,
    blackout: blackOutView,
    species: speciesView,
    reports: reportsView,
    hotlines: hotlinesView,
    flagged: flaggedView,
  },
  {
    view: 'flag',
    captured: null,
    left_out: new Set(),
    pictureShown: false,
    flag,
    keep: storeDraft,
    keepDraft,
    releaseCapture: () => {
      closeEditor();
      forgetReview();
    }, // `captured`: null while the page is read, and again after "something worse"
    form: {
      category: null,
      remembered: false,
      taxon: null,
      species: '',
      picks: [],
      own: false,
      words: '',
      unsaid: t('reason_unsaid'),
      title: '',
      legality: 'unknown',
      confidence: '',
      access: 'public',
    },
  },
);
const { draw, go, refill, reload } = app;

let waitsForBoxes = false;

/** Flags: stores the report on this device first, then sends it without waiting. */
async function flag() {
  if (waitsForBoxes) return; // a second press would answer a question that nobody has seen yet
  waitsForBoxes = true;
  await app.painting;
  waitsForBoxes = false;
  if (!app.captured?.flaggable || app.busy || showProblems()) return;
  if (asksFirst()) return;
  if (app.captured.pending && !(await waitForPicture())) return;
  const { report, files } = compose(app.captured, app.form, app.left_out);
  app.busy = true;
  askKnown();
  try {
    app.flagged = { id: await outbox.add(report, files) };
  } catch (error) {
    app.errors = [{ field: 'reason', key: 'notKept', value: error.message }];
    go('flag', 'errors');
    return;
  } finally {
    app.busy = false;
  }
  storeDraft(null);
  passing.set('last', app.form.category);
  await reload();
  go('flagged');
  app.announce(t('flaggedTitle'));
  send(FLUSH);
}

/**
 * Asks, once, before what is likely a mistake is flagged: a page of many ads, an ad this person has flagged before. It
 * is known on this device, so it is asked without a connection, too.
 */
function asksFirst() {
  const { captured, queue, receipts, reports } = app;
  const flagged = [...queue.map((item) => item.report), ...receipts, ...(reports?.items ?? [])];
  const question =
    captured.kind === 'search' && !captured.linked
      ? 'askNotOneAd'
      : flagged.some((each) => isSameListing(each.url, captured.url))
        ? 'askFlaggedBefore'
        : null;
  if (!question || app.asked === question) return false;
  app.asked = question;
  go('flag', 'ask-first');
  return true;
}

/** Whether something is missing before it can be flagged; then it is shown. */
function showProblems() {
  app.errors = missingFields(app.captured, app.form);
  if (app.errors.length) go('flag', 'errors');
  return app.errors.length > 0;
}

/**
 * Flagged before the picture was taken: waits for it.
 *
 * @returns {Promise<boolean>} whether the report is complete and was not withdrawn meanwhile; where the picture could
 *   not be taken the person is told, and flags again to go without
 */
async function waitForPicture() {
  const setWaiting = (waiting) => {
    const focused = document.activeElement?.id;
    app.busy = app.waitsForPicture = waiting;
    document.getElementById('flag')?.replaceWith(flagButton(app));
    document.getElementById(focused)?.focus();
  };
  setWaiting(true);
  app.announce(t('flagWaits'));
  await app.captureDone;
  setWaiting(false);
  if (!app.captured?.flaggable || showProblems()) return false;
  app.withoutPicture = !app.captured.screenshot;
  if (app.withoutPicture) go('flag', 'without-picture');
  return !app.withoutPicture;
}

/**
 * Asks once whether the listing is known: with the first choice in the form, so that the server never hears of an
 * address that nobody means to report, or that is something worse. Everybody asks alike, and only trusted spotters are
 * told (decision 0009): nothing here may depend on who somebody is.
 */
async function askKnown() {
  const { captured, connection } = app;
  if (
    !captured?.flaggable ||
    captured.pending ||
    !connection ||
    connection.refused ||
    !app.ask_known ||
    captured.known !== undefined ||
    !navigator.onLine
  ) {
    return;
  }
  captured.known = null;
  captured.known = await isKnown(captured.url).catch(() => false);
  if (!captured.known || app.captured !== captured) return;
  app.announce(t('knownAlready'));
  for (const place of document.querySelectorAll('.known')) place.hidden = false;
}

/** Stores the form as a draft: a popup closes at the first click beside it. */
function keepDraft() {
  askKnown();
  if (app.captured?.flaggable) {
    storeDraft({ form: app.form, left_out: [...app.left_out], painted: Boolean(app.painted) });
  }
}

/** On disk; for a private window in memory only, gone with the browser. */
function storeDraft(draft) {
  if (tab?.incognito) passing.set(`draft ${app.page}`, draft);
  else send(DRAFT, { key: app.page, draft });
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ['flag', 'review'].includes(app.view)) {
    event.preventDefault();
    if (!event.repeat) flag();
    return;
  }
  if (event.key === 'Escape' && app.view !== 'flag') {
    event.preventDefault();
    if (app.dropped || app.view === 'flagged') window.close();
    else go(app.view === 'blackout' ? 'review' : 'flag', { species: 'open-species', review: 'open-review' }[app.view]);
    return;
  }
  const typing = event.target.matches?.('textarea, select, input:not([type="radio"]):not([type="checkbox"])');
  if (!app.keys || typing || event.ctrlKey || event.metaKey || event.altKey || !['flag', 'review'].includes(app.view)) {
    return;
  }
  const key = event.key.toLowerCase();
  if (/^[1-5]$/.test(key) && app.view === 'flag') {
    document.querySelectorAll('[name="category"]')[Number(key) - 1]?.click();
  } else if (key === 'r') {
    go('flag', 'pick-0');
  } else if (key === 'p') {
    go('species');
  } else if (key === 'v') {
    go('review');
  } else {
    return;
  }
  event.preventDefault();
});

const menuLink = await passing.get('link');
let tab = await activeTab();
const ownTab = tab?.url === location.href;
// In a window of its own the popup has no page under it; the link's page is meant.
if (ownTab && menuLink) tab = (await tabOf(menuLink.tab)) ?? tab;
const link = isFresh(menuLink, tab) ? menuLink : null;
if (link) await passing.remove('link');
// Opened in a tab of its own, the popup shows reports only.
if (ownTab) document.body.classList.add('tab');
if (ownTab && !link) app.view = 'reports';
else app.tab = tab;
const address = link?.url ?? tab?.url ?? '';
// The address before the volunteer is removed from it: the same from the first moment on.
app.page = await sha256(new Blob([emptyCapture(address).url]));
const storedDraft = tab?.incognito ? passing.get(`draft ${app.page}`) : drafts.get(app.page).catch(() => undefined);
const loading = Promise.all([storedDraft, passing.get('last')]);
await app.start();
const [draft, lastCategory] = await loading;

/** Shows what was captured, first early, then complete. Nothing is kept once somebody has chosen "Something worse?". */
function showCaptured(captured) {
  const { captured: earlier, form } = app;
  if (app.dropped) return;
  app.captured = captured;
  if (!earlier) {
    Object.assign(form, {
      access: captured.access ?? 'public',
      title: captured.words ?? '',
      category: lastCategory ?? null,
      remembered: Boolean(lastCategory),
    });
    app.untouched = JSON.stringify(form);
    Object.assign(form, draft?.form);
    app.left_out = new Set(draft?.left_out);
    // The picture is new: what was blacked out in the old one shows again.
    app.painted = app.blackOutAgain = Boolean(draft?.painted);
    if (app.blackOutAgain) app.left_out.add('screenshot');
    if (captured.flaggable && app.rest !== false) app.continueStretch();
  }
  if (JSON.stringify(form) !== app.untouched) askKnown();
  if (!earlier) {
    draw();
    performance.mark('fields');
  } else if (app.view === 'flag') {
    const focused = document.activeElement?.id;
    document.getElementById('read')?.replaceWith(readPart(app));
    document.getElementById(focused)?.focus();
  } else if (app.view === 'review') {
    refill();
  }
}
// Whatever goes wrong, nobody is left waiting: the address can still be flagged.
app.captureDone = (link ? captureLink(tab, link) : capture(tab, showCaptured))
  .catch(() => emptyCapture(address))
  .then(showCaptured);
await app.captureDone;
performance.mark('captured');
if (app.connection) refreshVocabulary().then(reload, () => undefined);
globalThis.cyberSpotter = app;
