/** What popup and panel share: one view at a time between a bar and a foot, and the state that all views read. */
import { listen, openOptions, settings, t } from './browser.js';
import { fromStorage, h, icon, setLanguage } from './dom.js';
import { CHANGED } from './messages.js';
import * as outbox from './outbox.js';
import { breakDue, continued, postponed } from './breaks.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {Record<string, function(object): {title, back, main, foot}>} views by name; each draws itself from the state
 * @param {object} more what the page adds to the state; `view` names the first view
 * @returns {object} the state: `view, queue, connection, vocabulary, …` with `go`, `draw`, `refill`, `announce` and
 *   `reload`
 */
export function shell(views, more) {
  const [bar, view, foot, live] = ['bar', 'view', 'foot', 'live'].map((id) => document.getElementById(id));
  const app = {
    errors: [],
    queue: [],
    connection: null,
    vocabulary: null,
    keys: true,
    go,
    draw,
    refill,
    announce: (text) => {
      live.textContent = text;
    },
    reload,
    start,
    continueStretch,
    ...more,
  };

  /** Shows a view; the focus moves to its heading so that screen readers announce it. */
  function go(name, focus = null) {
    app.view = name;
    app.errors = name === 'flag' ? app.errors : [];
    draw();
    (document.getElementById(focus) ?? document.querySelector('[data-first]') ?? view).focus({ preventScroll: !focus });
    if (!focus) view.scrollTop = 0;
  }

  function draw() {
    const { title, back, main, foot: below = [], wide = false } = views[app.view](app);
    const at = view.scrollTop;
    document.body.classList.toggle('wide', wide);
    bar.replaceChildren(...head(title, back));
    view.replaceChildren(...main.flat().filter(Boolean));
    foot.replaceChildren(...below.filter(Boolean), ...safetyRule(), ...breakNote());
    view.scrollTop = at;
  }

  /** Redraws the part between bar and foot. Buttons in use and fields being filled in stay in place. */
  function refill() {
    if (document.activeElement?.matches('textarea, form *')) return;
    const focused = document.activeElement?.id;
    view.replaceChildren(...views[app.view](app).main.flat().filter(Boolean));
    if (focused) document.getElementById(focused)?.focus();
  }

  /** The safety rule stands on every view; some show it in their own foot. */
  const safetyRule = () =>
    ['flag', 'flagged', 'hotlines', 'reports'].includes(app.view) ? [] : [h('p', null, t('neverContact'))];

  /** The reminder to take a break; it can be postponed here and switched off in the settings. */
  function breakNote() {
    const minutes = app.rest === false || app.view === 'hotlines' ? 0 : breakDue(app.stretch, Date.now());
    return minutes
      ? [
          h(
            'p',
            { id: 'rest' },
            icon('cup-hot'),
            ' ',
            t('restDue', minutes),
            ' ',
            h(
              'button.link-button',
              {
                type: 'button',
                onclick: async () => {
                  app.stretch = postponed(app.stretch, Date.now());
                  document.getElementById('rest').remove();
                  view.focus();
                  await settings.set({ stretch: app.stretch });
                },
              },
              t('restLater'),
            ),
          ),
        ]
      : [];
  }

  /** An ad is being looked at: two times are kept on this device, for the break reminder only. */
  async function continueStretch() {
    app.stretch = continued(app.stretch, Date.now());
    await settings.set({ stretch: app.stretch });
  }

  function head(title, back) {
    const onReports = app.view === 'reports' || !views.reports;
    return [
      back
        ? h(
            'button.icon-button.back',
            { type: 'button', 'aria-label': t('back'), onclick: () => go(back) },
            icon('arrow-left'),
          )
        : logo(),
      h('h1', null, t(title)),
      queueState(app),
      h(
        'button.icon-button',
        {
          type: 'button',
          id: onReports ? 'settings' : 'reports',
          'aria-label': t(onReports ? 'openSettings' : 'openReports'),
          onclick: () => (onReports ? openOptions() : go('reports')),
        },
        icon(onReports ? 'gear' : 'list-ul'),
      ),
    ];
  }

  /** Reads what others may have changed: the outbox, the connection, the receipts, the settings. */
  async function reload() {
    const [queue, stored] = await Promise.all([
      outbox.all(),
      settings.several([
        'connection',
        'vocabulary',
        'paused_until',
        'receipts',
        'reports',
        'checks',
        'single_keys',
        'pictures',
        'rest',
        'opted_out',
        'country',
        'ask_known',
        'stretch',
      ]),
    ]);
    const {
      connection = null,
      vocabulary = null,
      paused_until: paused = 0,
      receipts = [],
      single_keys: keys,
      ask_known,
      opted_out = [],
      pictures = 'blurred',
      ...otherSettings
    } = stored;
    Object.assign(
      app,
      { reports: undefined, checks: undefined, rest: undefined, stretch: undefined, country: undefined },
      otherSettings,
      {
        queue,
        connection,
        vocabulary,
        paused,
        receipts,
        opted_out,
        pictures,
        keys: keys !== false,
        ask_known: ask_known !== false,
      },
    );
  }

  /** The first reading and drawing. Throws where the browser stores nothing, and then shows why. */
  async function start() {
    await fromStorage(view, reload);
    draw();
  }

  /** What screen readers announce when it changes: the state of the outbox, and of the report just flagged. */
  const spokenState = () =>
    [app.view === 'flagged' && document.getElementById('flagged'), document.getElementById('queue-state')]
      .filter(Boolean)
      .map((element) => element.textContent)
      .join('. ');

  listen({
    [CHANGED]: async () => {
      const account = app.connection?.token;
      await reload();
      const before = spokenState();
      document.getElementById('queue-state')?.replaceWith(queueState(app));
      // Nothing of another account stays in view, not even while somebody is typing.
      if (account !== app.connection?.token) draw();
      else if (['reports', 'flagged'].includes(app.view)) refill();
      if (spokenState() !== before) app.announce(spokenState());
    },
  });
  for (const change of ['online', 'offline']) window.addEventListener(change, () => draw());
  setLanguage();
  return app;
}

function logo() {
  const image = document.createElementNS(SVG, 'svg');
  image.setAttribute('class', 'logo');
  image.setAttribute('viewBox', '0 0 28 28');
  image.setAttribute('aria-hidden', 'true');
  for (const [radius, ring] of [
    [10, true],
    [4, false],
  ]) {
    const circle = document.createElementNS(SVG, 'circle');
    const shape = {
      cx: 14,
      cy: 14,
      r: radius,
      ...(ring
        ? {
            fill: 'none',
            stroke: 'currentColor',
            'stroke-width': 4,
            'stroke-dasharray': '11.7 4',
            'stroke-dashoffset': -2,
          }
        : { fill: 'currentColor' }),
    };
    Object.entries(shape).forEach(([name, value]) => circle.setAttribute(name, value));
    image.append(circle);
  }
  return image;
}

/** The state of the outbox, in a word. */
function queueState(app) {
  const toFix = app.queue.filter((item) => item.state === 'fix').length;
  const waiting = app.queue.length;
  const [symbol, word] = toFix
    ? ['exclamation-triangle-fill', t('fixCount', toFix)]
    : !navigator.onLine
      ? ['cloud-slash', t('offline')]
      : app.connection?.refused
        ? ['link-45deg', t('pairAgain')]
        : !app.connection
          ? ['link-45deg', t('notPaired')]
          : waiting
            ? ['hourglass-split', waiting === 1 ? t('waitShortOne') : t('waitShort', waiting)]
            : ['cloud-check', t('allSent')];
  return h('span.state', { id: 'queue-state' }, icon(symbol), word);
}
