/** The first view: what was read, what is offered, which species, why. And what it says once flagged. */
import { openOptions, t } from '../lib/browser.js';
import { h, icon, formatMoney, note } from '../lib/dom.js';
import { availableFields, reasonOf, sentFields } from '../lib/report.js';
import { CATEGORIES, CONFIDENCE, LEGALITY } from '../lib/words.js';
import { openEditor } from './blackout.js';
import { unwanted } from './checks.js';
import { safetyRule } from './hotlines.js';

/** Quick picks until the server's own list has come. */
const QUICK_REASONS = ['reason_papers', 'reason_many', 'reason_app', 'reason_code', 'reason_wild', 'reason_ships'];

/** Stands ready where it will be seen; shown once the server has said so. */
export const knownNote = (app) =>
  h(
    'p.known',
    { hidden: !app.captured?.known },
    icon('clipboard-check'),
    ' ',
    h('b', null, t('knownAlready')),
    ' ',
    t('knownAgain'),
  );

export const flagButton = (app) =>
  h(
    'button.button.primary',
    { type: 'button', id: 'flag', disabled: !app.captured?.flaggable, onclick: app.flag },
    app.waitsForPicture
      ? [icon('hourglass-split'), t('flagWaits')]
      : [icon('flag'), t('flag'), h('kbd', { 'aria-hidden': 'true' }, 'Ctrl ↵')],
  );

export function flagView(app) {
  const { captured, form } = app;
  if (!captured) {
    return {
      title: 'titleFlag',
      main: [h('p.quiet', { 'aria-busy': 'true' }, t('reading'))],
      foot: [flagButton(app), safetyRule(app)],
    };
  }
  if (!captured.flaggable) {
    return {
      title: 'titleFlag',
      main: [
        note(
          'warn',
          'info-circle',
          t(captured.linked ? 'linkNowhere' : captured.kind === 'browser' ? 'kind_browser' : 'notWeb'),
        ),
      ],
      foot: [safetyRule(app)],
    };
  }
  return {
    title: 'titleFlag',
    foot: [knownNote(app), flagButton(app), safetyRule(app)],
    main: [
      connectionNote(app),
      errors(app),
      noPictureNote(app),
      readPart(app),
      h(
        'fieldset',
        { id: 'category' },
        h(
          'legend',
          null,
          h(
            'span.group-head',
            { style: 'font:inherit;font-weight:650' },
            t('offered'),
            form.remembered
              ? h('span', { id: 'as-last-time' }, t('asLastTime'))
              : app.keys && h('span', { 'aria-hidden': 'true' }, t('keys')),
          ),
        ),
        h(
          'div.seg',
          null,
          CATEGORIES.map((word) =>
            h(
              'label',
              null,
              h('input', {
                type: 'radio',
                name: 'category',
                value: word,
                checked: form.category === word,
                onclick: () => chooseCategory(app, word),
              }),
              h('span', null, t(`category_${word}`)),
            ),
          ),
        ),
      ),
      h(
        'div',
        { id: 'species-group', role: 'group', 'aria-labelledby': 'species-label' },
        h(
          'div.group-head',
          null,
          h(
            'span.label',
            { id: 'species-label', style: 'font-size:1rem;color:var(--cs-ink);font-weight:650' },
            t('species'),
          ),
          h('span', null, t('optional')),
        ),
        h(
          'div.row',
          null,
          speciesShown(form),
          h(
            'button.text-button',
            { type: 'button', id: 'open-species', onclick: () => app.go('species') },
            t(form.taxon || form.species ? 'change' : 'choose'),
          ),
        ),
      ),
      reasonPart(app),
      h(
        'div.columns',
        null,
        selectField(
          app,
          'legality',
          t('papers'),
          LEGALITY.map((word) => [word, t(`legality_${word}`)]),
        ),
        selectField(
          app,
          'confidence',
          t('howSure'),
          ['', ...CONFIDENCE].map((word) => [word, t(`confidence_${word}`)]),
        ),
      ),
    ],
  };
}

/** What was read of the page: redrawn alone when the picture has come, for somebody may be typing below it. */
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
      h('button.text-button', { type: 'button', id: 'open-review', onclick: () => app.go('review') }, t('review')),
    ),
  );
}

/** Why nothing is stated of this page, in the words of its kind. */
const noListing = ({ kind, screenshot, pending }) =>
  t(kind !== 'unread' ? `kind_${kind}` : screenshot || pending ? 'unreadable' : 'unreadableNoPicture');

/** What is offered. A click on what was only remembered from the last time chooses it, too. */
function chooseCategory(app, word) {
  Object.assign(app.form, { category: word, remembered: false });
  document.getElementById('as-last-time')?.remove();
  clearError(app, 'category');
  if (app.opted_out.length) document.querySelector('.subject')?.replaceWith(subject(app));
}

function connectionNote(app) {
  if (app.connection && !app.connection.refused) return null;
  return note(
    'warn',
    'link-45deg',
    t(app.connection ? 'pairingLost' : 'pairFirst'),
    ' ',
    h(
      'button.link-button',
      { type: 'button', onclick: openOptions },
      t(app.connection ? 'pairAgainButton' : 'pairNow'),
    ),
  );
}

function errors(app) {
  if (!app.errors.length) return null;
  const box = note(
    'problem',
    'exclamation-triangle-fill',
    h('h2', null, t('missing')),
    h(
      'ul',
      null,
      app.errors.map((error) =>
        h(
          'li',
          null,
          h(
            'a',
            {
              href: `#${error.field}`,
              onclick: (event) => {
                event.preventDefault();
                document.querySelector(`#${error.field} input, #${error.field} textarea`)?.focus();
              },
            },
            t(error.key, error.value ?? ''),
          ),
        ),
      ),
    ),
  );
  box.classList.add('errors');
  box.id = 'errors';
  box.tabIndex = -1;
  box.setAttribute('role', 'alert');
  return box;
}

/** Flagged before the picture was there, and then there was none: what leaves is less than what was promised. */
function noPictureNote(app) {
  if (!app.withoutPicture) return null;
  const box = note('warn', 'eye-slash', t('flagWithoutPicture'));
  box.id = 'without-picture';
  box.tabIndex = -1;
  box.setAttribute('role', 'alert');
  return box;
}

/** Removes the error of a field from the list without moving the focus. */
function clearError(app, field) {
  app.keepDraft();
  document.getElementById('unsaid').classList.toggle('unseen', !usesDefaultReason(app.form));
  if (!app.errors.some((error) => error.field === field)) return;
  app.errors = app.errors.filter((error) => error.field !== field);
  const oldBox = document.getElementById('errors');
  const newBox = errors(app);
  if (newBox) oldBox?.replaceWith(newBox);
  else oldBox?.remove();
}

/** Pictures of what somebody does not want to see stay hidden, whatever they ask for others. */
const isHidden = (app) =>
  unwanted(app, { category: app.form.category, title: app.captured.listing.title || app.form.title }) ||
  app.opted_out.includes(app.form.taxon?.group);

const screenshotUrl = (app) => (app.screenshotUrl ??= URL.createObjectURL(app.captured.screenshot));

function subject(app) {
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

function speciesShown({ taxon, species }) {
  if (taxon) {
    return h(
      'span',
      null,
      taxon.common_name ? [h('b', null, taxon.common_name), ' '] : null,
      h('i', { lang: 'la' }, taxon.scientific_name),
    );
  }
  return species ? h('b', { dir: 'auto' }, species) : h('span.quiet', null, t('notChosen'));
}

function quickReasons(app) {
  const fromServer = (app.vocabulary?.reasons ?? [])
    .filter((words) => typeof words === 'string' && words.length <= 80)
    .slice(0, 8);
  return fromServer.length ? fromServer : QUICK_REASONS.map((key) => t(key));
}

function reasonPart(app) {
  const { form } = app;
  const pick = (id, label, checked, change) =>
    h(
      'label.pick',
      null,
      h('input', { type: 'checkbox', id, checked, onchange: change }),
      h('span', null, icon('check'), label),
    );
  const words = h(
    'div.field',
    { id: 'own-words', hidden: !form.own },
    h('label.visually-hidden', { for: 'words' }, t('ownReason')),
    h('textarea', {
      id: 'words',
      rows: 2,
      dir: 'auto',
      placeholder: t('ownReasonHint'),
      value: form.words,
      oninput: (event) => {
        form.words = event.target.value;
        clearError(app, 'reason');
      },
    }),
  );
  const picks = quickReasons(app).map((text, at) =>
    pick(`pick-${at}`, text, form.picks.includes(text), (event) => {
      form.picks = event.target.checked ? [...form.picks, text] : form.picks.filter((each) => each !== text);
      clearError(app, 'reason');
    }),
  );
  const own = pick('pick-own', t('reason_own'), form.own, (event) => {
    form.own = event.target.checked;
    if (!form.own) form.words = '';
    words.hidden = !form.own;
    if (form.own) words.querySelector('textarea').focus();
    app.keepDraft();
  });
  // One's own words stand among the first: they must be in view without scrolling.
  return h(
    'fieldset',
    { id: 'reason' },
    h('legend', null, h('span.group-head', { style: 'font:inherit;font-weight:650' }, t('why'))),
    defaultReason(app),
    h('div.picks', null, picks.slice(0, 3), own, picks.slice(3)),
    words,
  );
}

/** What goes as the reason when nothing more is said: shown, for it is said in the person's name. */
const defaultReason = ({ form }) =>
  h(`p.small.quiet${usesDefaultReason(form) ? '' : '.unseen'}`, { id: 'unsaid' }, t('reasonUnsaid', form.unsaid));
const usesDefaultReason = (form) => reasonOf(form) !== reasonOf({ ...form, unsaid: '' });

const selectField = (app, name, label, options) =>
  h(
    'div.field',
    null,
    h('label.small', { for: name }, label),
    h(
      'select',
      {
        id: name,
        onchange: (event) => {
          app.form[name] = event.target.value;
          app.keepDraft();
        },
      },
      options.map(([value, word]) => h('option', { value, selected: app.form[name] === value }, word)),
    ),
  );

export function flaggedView(app) {
  const { id } = app.flagged;
  const reference = app.receipts.find((each) => each.id === id)?.reference;
  const item = app.queue.find((each) => each.id === id);
  const problemNote = {
    fix: ['problem', 'exclamation-triangle-fill', 'fixIntro'],
    training: ['warn', 'mortarboard', 'trainingFirst'],
  }[item?.state];
  return {
    title: 'titleFlagged',
    main: [
      h(
        'div.finished',
        null,
        icon(reference ? 'cloud-check' : 'device-hdd'),
        h(
          'h2',
          { tabindex: '-1', 'data-first': true, id: 'flagged' },
          reference ? t('flaggedSent', reference) : t(problemNote ? 'flaggedHeld' : 'flaggedTitle'),
        ),
        problemNote
          ? note(problemNote[0], problemNote[1], h('bdi', null, item.problem?.detail ?? t(problemNote[2])))
          : connectionNote(app),
        knownNote(app),
        problemNote ? null : h('p', null, t('flaggedNext')),
        problemNote ? null : h('p.quiet', null, t('nothingElse')),
      ),
    ],
    foot: [
      h('button.button', { type: 'button', onclick: () => app.go('reports') }, icon('list-ul'), t('seeReports')),
      h('p', null, t('neverContact')),
    ],
  };
}
