/** What is missing or wrong in the form, as notes above it. */
import { t } from '../lib/browser.js';
import { h, note } from '../lib/dom.js';

export function errorsNote(app) {
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

/** Flagged before the picture was taken, and then it could not be taken: less is sent than was promised. */
export function noPictureNote(app) {
  if (!app.withoutPicture) return null;
  const box = note('warn', 'eye-slash', t('flagWithoutPicture'));
  box.id = 'without-picture';
  box.tabIndex = -1;
  box.setAttribute('role', 'alert');
  return box;
}

/** A question before a likely mistake; flagging again answers it. */
export function askNote(app) {
  if (!app.asked) return null;
  const box = note('warn', 'question-circle', t(app.asked));
  box.id = 'ask-first';
  box.tabIndex = -1;
  box.setAttribute('role', 'alert');
  return box;
}

/** Removes the error of a field from the list without moving the focus. */
export function clearError(app, field) {
  app.keepDraft();
  if (!app.errors.some((error) => error.field === field)) return;
  app.errors = app.errors.filter((error) => error.field !== field);
  const oldBox = document.getElementById('errors');
  const newBox = errorsNote(app);
  if (newBox) oldBox?.replaceWith(newBox);
  else oldBox?.remove();
}
