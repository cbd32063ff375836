/** The popup: captures once when it opens, then shows one view at a time. */
import { activeTab, drafts, hear, openOptions, say, settings, t } from '../lib/browser.js';
import { capture } from '../lib/capture.js';
import { h, icon, speak } from '../lib/dom.js';
import { CHANGED, FLUSH } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { compose, problems } from '../lib/report.js';
import { refreshVocabulary } from '../lib/server.js';
import { checkView } from './check.js';
import { flaggedView, flagView } from './flag.js';
import { reportsView } from './reports.js';
import { speciesView } from './species.js';
import { worseView } from './worse.js';

const VIEWS = { flag: flagView, check: checkView, species: speciesView, reports: reportsView, worse: worseView, flagged: flaggedView };
const [bar, view, foot, live] = ['bar', 'view', 'foot', 'live'].map((id) => document.getElementById(id));

/** What the views share. `captured` is null while the page is being read, and again after "something worse". */
const app = {
  view: 'flag', captured: null, left_out: new Set(), errors: [], queue: [], connection: null, vocabulary: null, looked: false, keys: true,
  form: { category: null, taxon: null, species: '', picks: [], own: false, words: '', title: '', legality: 'unknown', confidence: '', access: 'public' },
  go, draw, announce: (text) => { live.textContent = text; }, flag, keepDraft, lookAgain,
};

/** Shows a view; the focus goes to its heading's place so that a reader hears where they are. */
function go(name, focus = null) {
  app.view = name;
  app.errors = name === 'flag' ? app.errors : [];
  draw();
  (document.getElementById(focus) ?? document.querySelector('[data-first]') ?? view).focus({ preventScroll: !focus });
  if (!focus) view.scrollTop = 0;
}

function draw() {
  const { title, back, main, foot: below = [] } = VIEWS[app.view](app);
  const at = view.scrollTop;
  bar.replaceChildren(...head(title, back));
  view.replaceChildren(...main.filter(Boolean));
  foot.replaceChildren(...below.filter(Boolean));
  view.scrollTop = at;
}

const mark = () => {
  const image = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  image.setAttribute('class', 'mark');
  image.setAttribute('viewBox', '0 0 28 28');
  image.setAttribute('aria-hidden', 'true');
  for (const [radius, ring] of [[10, true], [4, false]]) {
    const circle = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    const shape = { cx: 14, cy: 14, r: radius, ...(ring ? { fill: 'none', stroke: 'currentColor', 'stroke-width': 4, 'stroke-dasharray': '11.7 4', 'stroke-dashoffset': -2 } : { fill: 'currentColor' }) };
    Object.entries(shape).forEach(([name, value]) => circle.setAttribute(name, value));
    image.append(circle);
  }
  return image;
};

/** How the outbox stands, in a word. */
function queueState() {
  const mend = app.queue.filter((item) => item.state === 'mend').length;
  const waiting = app.queue.length;
  const [symbol, word] = mend ? ['exclamation-triangle-fill', t('needsMendingShort', mend)]
    : !navigator.onLine ? ['cloud-slash', t('offline')]
      : app.connection?.refused ? ['link-45deg', t('pairAgain')]
        : !app.connection ? ['link-45deg', t('notPaired')]
          : waiting ? ['hourglass-split', waiting === 1 ? t('waitShortOne') : t('waitShort', waiting)] : ['cloud-check', t('allSent')];
  return h('span.state', { id: 'queue-state' }, icon(symbol), word);
}

function head(title, back) {
  const reports = app.view === 'reports';
  return [
    back ? h('button.icon-button.back', { type: 'button', 'aria-label': t('back'), onclick: () => go(back) }, icon('arrow-left')) : mark(),
    h('h1', null, t(title)),
    queueState(),
    h('button.icon-button', { type: 'button', id: reports ? 'settings' : 'reports', 'aria-label': t(reports ? 'openSettings' : 'openReports'), onclick: () => (reports ? openOptions() : go('reports')) }, icon(reports ? 'gear' : 'list-ul')),
  ];
}

/** Flags: first on this device's disk, then, without waiting for it, on its way. */
async function flag() {
  if (!app.captured?.flaggable || app.busy) return;
  app.errors = problems(app.captured, app.form);
  if (app.errors.length) {
    go('flag', 'errors');
    return;
  }
  const { report, files } = compose(app.captured, app.form, app.left_out);
  app.busy = true;
  try {
    app.flagged = { id: await outbox.add(report, files), reference: null };
  } catch (error) {
    app.errors = [{ field: 'reason', key: 'notKept', value: error.message }];
    go('flag', 'errors');
    return;
  } finally {
    app.busy = false;
  }
  await drafts.remove('draft');
  await lookAgain();
  go('flagged');
  app.announce(t('flaggedTitle'));
  say(FLUSH);
}

/** Remembers what was said about this page: a popup closes at the first click beside it. */
function keepDraft() {
  if (app.captured?.flaggable) drafts.set('draft', { url: app.captured.url, form: app.form, left_out: [...app.left_out] });
}

/** Reads again what others may have changed: the outbox, the connection, the receipts. */
async function lookAgain() {
  const [queue, connection, vocabulary, paused, receipts, reports, keys] = await Promise.all([outbox.all(), ...['connection', 'vocabulary', 'paused_until', 'receipts', 'reports', 'single_keys'].map(settings.get)]);
  Object.assign(app, { queue, connection, vocabulary, paused: paused ?? 0, receipts: receipts ?? [], reports, keys: keys !== false });
  if (app.flagged) app.flagged.reference = app.receipts.find((each) => each.id === app.flagged.id)?.reference ?? null;
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ['flag', 'check'].includes(app.view)) {
    event.preventDefault();
    flag();
    return;
  }
  if (event.key === 'Escape' && app.view !== 'flag') {
    event.preventDefault();
    if (app.dropped || app.view === 'flagged') window.close();
    else go('flag');
    return;
  }
  const typing = event.target.matches?.('textarea, select, input:not([type="radio"]):not([type="checkbox"])');
  if (!app.keys || typing || event.ctrlKey || event.metaKey || event.altKey || !['flag', 'check'].includes(app.view)) return;
  const key = event.key.toLowerCase();
  if (/^[1-5]$/.test(key) && app.view === 'flag') document.querySelectorAll('[name="category"]')[Number(key) - 1]?.click();
  else if (key === 'r') go('flag', 'pick-0');
  else if (key === 'p') go('species');
  else if (key === 'v') go('check');
  else return;
  event.preventDefault();
});

hear({ [CHANGED]: async () => {
  await lookAgain();
  // Buttons that somebody may be pressing, and a text being typed, keep their place.
  document.getElementById('queue-state').replaceWith(queueState());
  if (!['reports', 'flagged'].includes(app.view) || document.activeElement?.matches('textarea')) return;
  const focused = document.activeElement?.id;
  view.replaceChildren(...VIEWS[app.view](app).main.filter(Boolean));
  if (focused) document.getElementById(focused)?.focus();
} });
for (const change of ['online', 'offline']) window.addEventListener(change, () => draw());

speak();
const tab = await activeTab();
// Opened as a page of its own, the popup is what stands in the tab: then it shows reports only.
if (tab?.url === location.href) {
  document.body.classList.add('tab');
  app.view = 'reports';
}
await lookAgain();
draw();
const draft = await drafts.get('draft');
app.captured = await capture(tab);
if (draft?.url === app.captured.url) {
  Object.assign(app.form, draft.form);
  app.left_out = new Set(draft.left_out);
}
draw();
if (app.connection) refreshVocabulary().then(lookAgain, () => undefined);
globalThis.cyberSpotter = app;
