/** The list of reports: what waits here, what a spotter is asked to check, and the reports that the server has. */
import { openOptions, openPanel, t } from '../lib/browser.js';
import { formatMoment, h, icon, section } from '../lib/dom.js';
import { ownReports } from '../lib/server.js';
import { checksShown, loadChecks } from './checks.js';
import { safetyRule } from './hotlines.js';
import { isFixing, queueShown } from './queue.js';
import { dropAnswer, isAnswering, reportItem } from './report_item.js';

/** What this view remembers between two drawings, for as long as the popup is open. */
const viewState = { account: null, loading: false, loaded: false, slow: false, failed: null, older: [], next: null };

/** Marks the reports shown as out of date: the next drawing fetches them again. */
const expire = () => {
  viewState.loaded = false;
};

export function reportsView(app) {
  // Another account, or none: what the former one saw is dropped.
  const account = app.connection?.token ?? null;
  if (viewState.account !== account) {
    Object.assign(viewState, { account, loaded: false, older: [], next: null });
    dropAnswer();
  }
  if (app.connection && !viewState.loaded && !viewState.loading) load(app);
  const items = [...(app.reports?.items ?? []), ...viewState.older];
  const checkItems = checksShown(app);
  return {
    title: 'titleReports',
    back: app.dropped || app.panel ? null : 'flag',
    main: [
      queueShown(app, expire),
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
                  expire();
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
            items.map((report) => reportItem(app, report, expire)),
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

/** Fetches the lists again, unless somebody is answering or fixing just now. */
export function freshen(app) {
  if (viewState.loading || isAnswering() || isFixing() || app.view !== 'reports') return;
  expire();
  app.refill();
}

/** Nothing is drawn for the first 300 ms; then the old list stays, paler. */
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
    viewState.older = cursor ? [...viewState.older, ...list.items] : [];
  } catch (error) {
    viewState.failed = error;
  }
  clearTimeout(slow);
  Object.assign(viewState, { loading: false, slow: false });
  await app.reload();
  if (!app.connection) viewState.failed = null; // unpaired meanwhile: there is nothing to ask for
  if (app.view === 'reports') app.refill();
}
