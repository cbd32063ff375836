/** The second view: every datum that would leave, each with a tick; the address goes always. */
import { t } from '../lib/browser.js';
import { addWholePage } from '../lib/capture.js';
import { address, day, h, icon, money, note } from '../lib/dom.js';
import { SCREENS } from '../lib/fullpage.js';
import { unpacked } from '../lib/page_copy.js';
import { available, FILES, sending } from '../lib/report.js';
import { ACCESS } from '../lib/words.js';
import { close, look } from './blackout.js';
import { flagButton, known } from './flag.js';

/** What is going on here; the popup's life is its life. */
const here = { running: null, failed: null, copy: null };

/** Lets go of the copy's text. */
export function forget() {
  if (here.running) here.running.stopped = true;
  here.copy = null;
}

export function checkView(app) {
  const { captured } = app;
  close();
  if (!captured?.flaggable) return { title: 'titleFlag', back: 'flag', main: [h('p.quiet', null, t('reading'))] };
  const unsent = (field, ...said) =>
    h('li', null, h('span'), h('span.small.quiet', null, t(`field_${field}`)), h('div.small.quiet', null, ...said));
  const adapter =
    captured.adapter && !captured.adapter.proven
      ? note('warn', 'question-circle', t('adapterUnproven', captured.adapter.name))
      : null;
  return {
    title: 'titleFlag',
    back: 'flag',
    foot: [known(app), flagButton(app)],
    main: [
      h(
        'div.sheet-head',
        null,
        h('h2', { id: 'count', tabindex: '-1', 'data-first': true, 'aria-live': 'polite' }, count(app)),
        h('button.text-button', { type: 'button', id: 'done', onclick: () => app.go('flag', 'open-check') }, t('done')),
      ),
      adapter,
      h(
        'p.small.quiet',
        { id: 'hidden-places' },
        t(captured.names.length || captured.places || captured.taken_out.length ? 'youHidden' : 'youNotSeen'),
      ),
      h(
        'ul.data',
        null,
        available(captured).map((field) => row(app, field)),
        captured.too_long.map((field) => unsent(field, t('tooLong'))),
        captured.screenshot ? null : unsent('screenshot', t('screenshotNone')),
        captured.full_page || !captured.screenshot || captured.linked ? null : unsent('full_page', wholePage(app)),
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

const count = (app) => t('willBeSent', sending(app.captured, app.left_out).length, available(app.captured).length);

function row(app, field) {
  const always = field === 'url';
  const value = h('div.value', null, shown(app, field));
  const paint = () => value.classList.toggle('out', app.left_out.has(field));
  paint();
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
        paint();
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
  const whence = origin.length ? h('span.small.least', null, ' ', origin.join(', ')) : null;
  const ad = (text) => h('span.clamp', { dir: 'auto', lang: listing.language }, text);
  switch (field) {
    case 'url':
      return [address(url), h('div.small.least', null, [t('alwaysSent'), ...origin].join(', '))];
    case 'price':
      return [h('bdi', null, money(value)), whence];
    case 'seller':
      return [ad(value.name), whence, value.url ? h('div.small.least.clamp', null, address(value.url)) : null];
    case 'images':
      return [value.length === 1 ? t('imageLinkOne') : t('imageLinks', value.length), whence];
    case 'structured_data':
      return [
        value.length === 1 ? t('dataObjectOne') : t('dataObjects', value.length),
        taken_out.includes(field) ? whence : null,
      ];
    case 'posted_at':
      return [day(value), whence];
    case 'language':
      return [languageName(value), whence];
    case 'number':
      return [h('bdi', null, value), whence];
    case 'client':
      return h(
        'span.small.clamp',
        null,
        [`Cyber Spotter ${client.extension_version}`, client.viewport, client.browser].filter(Boolean).join(', '),
      );
    case 'page':
      return pageShown(app);
    default:
      return FILES.includes(field) ? pictureShown(app, field) : [ad(value), whence];
  }
}

/** A language as people call it; what a page names otherwise stands as it is. */
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
        { type: 'button', id: `black-out-${name}`, onclick: () => look(app, name) },
        t('viewOrBlackOut'),
      ),
    ),
  ];
}

/** The copy as text; nothing of it is ever markup here. */
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
          'aria-expanded': String(here.copy?.of === page),
          onclick: async () => {
            here.copy = here.copy?.of === page ? null : { of: page, text: await unpacked(page) };
            app.draw();
            document.getElementById('show-copy')?.focus();
          },
        },
        t(here.copy?.of === page ? 'hideCopy' : 'showCopy'),
      ),
    ),
    here.copy?.of === page
      ? h('pre.copy', { tabindex: '0', dir: 'ltr', 'aria-label': t('field_page') }, here.copy.text.slice(0, 50_000))
      : null,
  ];
}

/** The offer to take the whole page, how far it is, or why it could not be had. */
function wholePage(app) {
  if (here.running) {
    const { done, of } = here.running;
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
            id: 'stop-whole-page',
            onclick: () => {
              here.running.stopped = true;
            },
          },
          t('stop'),
        ),
      ),
    ];
  }
  return [
    here.failed ? h('p', { role: 'alert' }, t('fullPageFailed')) : t('fullPageHint', SCREENS),
    h(
      'div.acts',
      null,
      h(
        'button.link-button',
        { type: 'button', id: 'take-whole-page', onclick: () => takeWholePage(app) },
        icon('arrows-vertical'),
        ' ',
        t('fullPageTake'),
      ),
    ),
  ];
}

async function takeWholePage(app) {
  const { captured } = app;
  const draw = (focus) => {
    if (app.view !== 'check') return;
    app.draw();
    document.getElementById(focus)?.focus();
  };
  Object.assign(here, { running: { done: 0, of: SCREENS, stopped: false }, failed: null });
  const run = here.running;
  draw('stop-whole-page');
  app.announce(t('fullPageRunning', 0, SCREENS));
  try {
    const done = await addWholePage(captured, app.tab, {
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
    here.failed = true;
  }
  here.running = null;
  draw(captured.full_page ? 'send-full_page' : 'take-whole-page');
}
