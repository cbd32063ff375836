/** The part of the form that shows what was read of the page: picture, title, price, seller, and how much is sent. */
import { t } from '../lib/browser.js';
import { formatMoney, h, icon, note } from '../lib/dom.js';
import { availableFields, sentFields } from '../lib/report.js';
import { openEditor } from './blackout.js';
import { unwanted } from './checks.js';
import { clearError } from './errors.js';

/** What was read of the page: redrawn alone when the picture arrives, for somebody may be typing below it. */
export function readPart(app) {
  const { captured } = app;
  return h(
    'div.read',
    { id: 'read', 'aria-busy': String(Boolean(captured.pending)) },
    captured.linked
      ? note('warn', 'link-45deg', t(captured.screenshot || captured.pending ? 'fromLink' : 'fromLinkNoPicture'))
      : captured.readable
        ? null
        : note('warn', 'info-circle', noListing(captured)),
    app.blackOutAgain && captured.screenshot && app.left_out.has('screenshot')
      ? note(
          'warn',
          'eye-slash',
          t('blackOutAgain'),
          ' ',
          h(
            'button.link-button',
            { type: 'button', id: 'black-out-again', onclick: () => openEditor(app, 'screenshot') },
            t('viewOrBlackOut'),
          ),
        )
      : null,
    unproven(app),
    subject(app),
    app.pictureShown && captured.screenshot && !isHidden(app)
      ? h('img.looking', { src: screenshotUrl(app), alt: '' })
      : null,
    captured.listing.title ? null : ownTitle(app),
    h(
      'div.row',
      null,
      h(
        'span',
        null,
        h('span.good', null, icon('check-circle-fill')),
        ' ',
        t('willBeSent', sentFields(captured, app.left_out).length, availableFields(captured).length),
      ),
      h('button.text-button', { type: 'button', id: 'open-review', onclick: () => app.go('review') }, t('check')),
    ),
  );
}

/** The caution that this platform's pages were never tried, for every view that shows what was read of one. */
export const unproven = ({ captured }) =>
  captured?.adapter && !captured.adapter.proven
    ? h('p.small.quiet.unproven', null, icon('question-circle'), ' ', t('adapterUnproven', captured.adapter.name))
    : null;

/** Why nothing was read of this page, by its kind. */
const noListing = ({ kind, screenshot, pending }) =>
  t(kind !== 'unread' ? `kind_${kind}` : screenshot || pending ? 'unreadable' : 'unreadableNoPicture');

/** Pictures of topics that somebody opted out of stay hidden, whatever is shown otherwise. */
const isHidden = (app) =>
  unwanted(app, { category: app.form.category, title: app.captured.listing.title || app.form.title }) ||
  app.opted_out.includes(app.form.taxon?.group);

const screenshotUrl = (app) => (app.screenshotUrl ??= URL.createObjectURL(app.captured.screenshot));

export function subject(app) {
  const { listing, screenshot, url } = app.captured;
  const facts = [
    listing.price && formatMoney(listing.price),
    listing.seller && t('seller', listing.seller.name),
    new URL(url).hostname,
  ].filter(Boolean);
  return h(
    'div.subject',
    null,
    screenshot && isHidden(app)
      ? h('span.thumb', { role: 'img', 'aria-label': t('thumbHidden') }, icon('eye-slash'))
      : screenshot
        ? h(
            `button.thumb.${app.pictures === 'grey' ? 'grey' : 'blurred'}`,
            {
              type: 'button',
              id: 'look',
              'aria-pressed': String(app.pictureShown),
              'aria-label': t(app.pictureShown ? 'thumbHide' : 'thumbShow'),
              onclick: () => {
                app.pictureShown = !app.pictureShown;
                app.draw();
                document.getElementById('look')?.focus();
              },
            },
            h('img', { src: screenshotUrl(app), alt: '' }),
          )
        : h('span.thumb', { role: 'img', 'aria-label': t('thumbNone') }, icon('eye-slash')),
    h(
      'div',
      null,
      h(
        'h2.clamp',
        { dir: 'auto', lang: listing.language, id: 'subject' },
        listing.title || app.form.title.trim() || t('noTitle'),
      ),
      h(
        'p.small.quiet.clamp',
        null,
        facts.flatMap((fact, at) => [at ? ' · ' : '', h('bdi', null, fact)]),
      ),
    ),
  );
}

const ownTitle = (app) =>
  h(
    'div.field',
    { id: 'title' },
    h('label', { for: 'own-title' }, t('ownTitle'), ' ', h('span.hint', null, t('ownTitleHint'))),
    h('input', {
      id: 'own-title',
      type: 'text',
      value: app.form.title,
      dir: 'auto',
      autocomplete: 'off',
      oninput: (event) => {
        app.form.title = event.target.value;
        clearError(app, 'title');
      },
    }),
  );
