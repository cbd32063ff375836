/** The first view: what was read, what is offered, which species, why. */
import { openOptions, t } from '../lib/browser.js';
import { h, icon, note } from '../lib/dom.js';
import { CATEGORIES, CONFIDENCE, LEGALITY } from '../lib/words.js';
import { askNote, clearError, errorsNote, noPictureNote } from './errors.js';
import { safetyRule } from './hotlines.js';
import { readPart, subject } from './page_part.js';
import { reasonPart, showDefaultReason } from './reason.js';

/** Drawn hidden; shown once the server has said that the listing is known. */
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
      errorsNote(app),
      noPictureNote(app),
      askNote(app),
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
      // Why comes before which: the reasons must be in view when the popup opens.
      reasonPart(app),
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

/** Chooses a category. A click on the one remembered from the last time chooses it, too. */
function chooseCategory(app, word) {
  Object.assign(app.form, { category: word, remembered: false });
  document.getElementById('as-last-time')?.remove();
  clearError(app, 'category');
  showDefaultReason(app);
  if (app.opted_out.length) document.querySelector('.subject')?.replaceWith(subject(app));
}

export function connectionNote(app) {
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
