/** The review: everything that would be sent, each with a tick box; the address is always sent. */
import { t } from '../lib/browser.js';
import { addFullPage } from '../lib/capture.js';
import { address, formatDay, formatMoney, h, icon } from '../lib/dom.js';
import { SCREENS } from '../lib/full_page.js';
import { unpacked } from '../lib/page_copy.js';
import { availableFields, FILES, sentFields } from '../lib/report.js';
import { ACCESS } from '../lib/words.js';
import { closeEditor, openEditor } from './blackout.js';
import { flagButton, knownNote } from './flag.js';
import { unproven } from './page_part.js';

/** What this view remembers between two drawings, for as long as the popup is open. */
const viewState = { running: null, failed: null, copy: null };

/** Stops the running capture and drops the text of the page copy. */
export function forgetReview() {
  if (viewState.running) viewState.running.stopped = true;
  viewState.copy = null;
}

export function reviewView(app) {
  const { captured } = app;
  closeEditor();
  if (!captured?.flaggable) return { title: 'titleFlag', back: 'flag', main: [h('p.quiet', null, t('reading'))] };
  const notSent = (field, ...content) =>
    h('li', null, h('span'), h('span.small.quiet', null, t(`field_${field}`)), h('div.small.quiet', null, ...content));
  return {
    title: 'titleFlag',
    back: 'flag',
    foot: [knownNote(app), flagButton(app)],
    main: [
      h(
        'div.review-head',
        null,
        h('h2', { id: 'count', tabindex: '-1', 'data-first': true, 'aria-live': 'polite' }, count(app)),
        h(
          'button.text-button',
          { type: 'button', id: 'done', onclick: () => app.go('flag', 'open-review') },
          t('done'),
        ),
      ),
      unproven(app),
      h(
        'p.small.quiet',
        { id: 'hidden-places' },
        t(aboutVolunteer(captured)),
      ),
      h(
        'ul.data',
        null,
        availableFields(captured).map((field) => row(app, field)),
        captured.too_long.map((field) => notSent(field, t('tooLong'))),
        captured.screenshot ? null : notSent('screenshot', t('screenshotNone')),
        captured.full_page || !captured.screenshot || captured.linked ? null : notSent('full_page', fullPage(app)),
      ),
      h(
        'fieldset',
        null,
        h('legend', null, t('access')),
        h(
          'div.seg',
          { style: 'margin-block-start:6px' },
          ACCESS.map((word) =>
            h(
              'label',
              null,
              h('input', {
                type: 'radio',
                name: 'access',
                value: word,
                checked: app.form.access === word,
                onchange: () => {
                  app.form.access = word;
                  app.keepDraft();
                },
              }),
              h('span', null, t(`access_${word}`)),
            ),
          ),
        ),
      ),
    ],
  };
}

/** What was found on the page about the volunteer, as a message key. */
function aboutVolunteer({ pending, searched, names, places, taken_out }) {
  if (pending) return 'reading';
  if (names.length || places || taken_out.length) return 'youHidden';
  return searched ? 'youNotSeen' : 'youNotSearched';
}

const count = (app) =>
  t('willBeSent', sentFields(app.captured, app.left_out).length, availableFields(app.captured).length);

function row(app, field) {
  const always = field === 'url';
  const value = h('div.value', null, shown(app, field));
  const showLeftOut = () => value.classList.toggle('left-out', app.left_out.has(field));
  showLeftOut();
  return h(
    'li',
    null,
    h('input.box', {
      type: 'checkbox',
      id: `send-${field}`,
      checked: always || !app.left_out.has(field),
      disabled: always,
      onchange: (event) => {
        if (event.target.checked) app.left_out.delete(field);
        else app.left_out.add(field);
        showLeftOut();
        document.getElementById('count').textContent = count(app);
        app.keepDraft();
      },
    }),
    h('label', { for: `send-${field}` }, t(`field_${field}`)),
    value,
  );
}

function shown(app, field) {
  const { listing, from, url, client, taken_out } = app.captured;
  const value = listing[field];
  const origin = [
    from[field] && t(`from_${from[field].replace('-', '_')}`),
    taken_out.includes(field) && t('takenOut'),
  ].filter(Boolean);
  const originShown = origin.length ? h('span.small.least', null, ' ', origin.join(', ')) : null;
  const ad = (text) => h('span.clamp', { dir: 'auto', lang: listing.language }, text);
  switch (field) {
    case 'url':
      return [address(url), h('div.small.least', null, [t('alwaysSent'), ...origin].join(', '))];
    case 'price':
      return [h('bdi', null, formatMoney(value)), originShown];
    case 'seller':
      return [ad(value.name), originShown, value.url ? h('div.small.least.clamp', null, address(value.url)) : null];
    case 'images':
      return [value.length === 1 ? t('imageLinkOne') : t('imageLinks', value.length), originShown];
    case 'structured_data':
      return [
        value.length === 1 ? t('dataObjectOne') : t('dataObjects', value.length),
        taken_out.includes(field) ? originShown : null,
      ];
    case 'posted_at':
      return [formatDay(value), originShown];
    case 'language':
      return [languageName(value), originShown];
    case 'number':
      return [h('bdi', null, value), originShown];
    case 'client':
      return h(
        'span.small.clamp',
        null,
        [`Cyber Spotter ${client.extension_version}`, client.viewport, client.browser].filter(Boolean).join(', '),
      );
    case 'page':
      return pageShown(app);
    default:
      return FILES.includes(field) ? pictureShown(app, field) : [ad(value), originShown];
  }
}

/** The name of a language; a code that has none stays as it is. */
function languageName(code) {
  try {
    return h('bdi', null, new Intl.DisplayNames([t('langCode')], { type: 'language' }).of(code));
  } catch {
    return h('bdi', null, code);
  }
}

const size = (blob) => Math.max(1, Math.round(blob.size / 1024));

function pictureShown(app, name) {
  return [
    h('span', null, t(name === 'screenshot' ? 'screenshotSize' : 'fullPageSize', size(app.captured[name]))),
    h(
      'div.acts',
      null,
      h(
        'button.link-button',
        { type: 'button', id: `black-out-${name}`, onclick: () => openEditor(app, name) },
        t('viewOrBlackOut'),
      ),
    ),
  ];
}

/** The page copy as text; it is never markup here. */
function pageShown(app) {
  const { page } = app.captured;
  return [
    h('span', null, t('pageSize', size(page))),
    h(
      'div.acts',
      null,
      h(
        'button.link-button',
        {
          type: 'button',
          id: 'show-copy',
          'aria-expanded': String(viewState.copy?.of === page),
          onclick: async () => {
            viewState.copy = viewState.copy?.of === page ? null : { of: page, text: await unpacked(page) };
            app.draw();
            document.getElementById('show-copy')?.focus();
          },
        },
        t(viewState.copy?.of === page ? 'hideCopy' : 'showCopy'),
      ),
    ),
    viewState.copy?.of === page
      ? h(
          'pre.copy',
          { tabindex: '0', dir: 'ltr', 'aria-label': t('field_page') },
          viewState.copy.text.slice(0, 50_000),
        )
      : null,
  ];
}

/** The offer to capture the full page, its progress, or why it failed. */
function fullPage(app) {
  if (viewState.running) {
    const { done, of } = viewState.running;
    return [
      h('label', { for: 'progress' }, t('fullPageRunning', done, of)),
      h('progress', { id: 'progress', max: of, value: done }),
      h(
        'div.acts',
        null,
        h(
          'button.link-button',
          {
            type: 'button',
            id: 'stop-full-page',
            onclick: () => {
              viewState.running.stopped = true;
            },
          },
          t('stop'),
        ),
      ),
    ];
  }
  return [
    viewState.failed ? h('p', { role: 'alert' }, t('fullPageFailed')) : t('fullPageHint', SCREENS),
    h(
      'div.acts',
      null,
      h(
        'button.link-button',
        { type: 'button', id: 'take-full-page', onclick: () => takeFullPage(app) },
        icon('arrows-vertical'),
        ' ',
        t('fullPageTake'),
      ),
    ),
  ];
}

async function takeFullPage(app) {
  const { captured } = app;
  const draw = (focus) => {
    if (app.view !== 'review') return;
    app.draw();
    document.getElementById(focus)?.focus();
  };
  Object.assign(viewState, { running: { done: 0, of: SCREENS, stopped: false }, failed: null });
  const run = viewState.running;
  draw('stop-full-page');
  app.announce(t('fullPageRunning', 0, SCREENS));
  try {
    const done = await addFullPage(captured, app.tab, {
      stopped: () => run.stopped || app.captured !== captured,
      progress: (at, of) => {
        Object.assign(run, { done: at, of });
        const bar = document.getElementById('progress');
        if (!bar) return;
        Object.assign(bar, { value: at, max: of });
        document.querySelector('label[for="progress"]').textContent = t('fullPageRunning', at, of);
      },
    });
    app.announce(t(done ? 'fullPageDone' : 'fullPageStopped'));
  } catch {
    viewState.failed = true;
  }
  viewState.running = null;
  draw(captured.full_page ? 'send-full_page' : 'take-full-page');
}
