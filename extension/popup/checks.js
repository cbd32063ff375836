/** Checks: listings that a trusted spotter is asked to look at again, and what they saw. Others are asked for none. */
import { openTab, t } from '../lib/browser.js';
import { h, icon, section } from '../lib/dom.js';
import { fetchChecks, sendCheckAnswer } from '../lib/server.js';
import { namedIn } from '../lib/species.js';
import { CATEGORIES, SEEN } from '../lib/words.js';

const ICONS = { present: 'eye', gone: 'check', cannot_tell: 'question-circle' };
/** What this view remembers between two drawings. */
const viewState = { sending: null, message: null, error: null };

/** Fetches them; the server learns of the topics that somebody opted out of only the categories, and stores none. */
export const loadChecks = (app) => fetchChecks(app.opted_out.filter((topic) => CATEGORIES.includes(topic)));

/**
 * Whether a listing is of a topic that this person does not want to see: its category, or a group of species its title
 * names.
 */
export const unwanted = (app, { category, title }) =>
  app.opted_out.includes(category) ||
  namedIn(app.vocabulary?.taxa ?? [], title).some(({ taxon }) => app.opted_out.includes(taxon.group));

/** The section; empty when there are no checks, or when the server refuses this browser's key. */
export function checksShown(app) {
  const items = (app.connection && !app.connection.refused ? (app.checks?.items ?? []) : []).filter(
    (each) => !unwanted(app, each),
  );
  if (!items.length && !viewState.message) return [];
  return [
    section(t('checkAgain')),
    viewState.message ? h('p.small', { id: 'checks-message', tabindex: '-1' }, viewState.message) : null,
    items.length ? h('p.small.quiet', null, t('checkAgainWhy')) : null,
    items.length
      ? h(
          'ul.list',
          { id: 'checks' },
          items.map((each) => checkItem(app, each)),
        )
      : null,
  ];
}

function checkItem(app, check) {
  const safe = /^https?:\/\//.test(check.url);
  const host = safe ? new URL(check.url).hostname : check.platform;
  return h(
    'li',
    { 'data-check': check.id },
    h('h3.clamp', { dir: 'auto', id: `check-${check.id}` }, check.title || host),
    h(
      'p',
      null,
      [check.platform ?? host, CATEGORIES.includes(check.category) ? t(`category_${check.category}`) : null]
        .filter(Boolean)
        .flatMap((word, at) => [at ? ' · ' : '', h('bdi', null, word)]),
      ' ',
      safe
        ? h(
            'button.link-button',
            { type: 'button', id: `open-${check.id}`, onclick: () => openTab(check.url) },
            t('openListing'),
            ' ',
            icon('box-arrow-up-right'),
          )
        : null,
    ),
    h(
      'div.acts.check-answers',
      { role: 'group', 'aria-labelledby': `check-${check.id}` },
      SEEN.map((word) =>
        h(
          'button.button.small',
          {
            type: 'button',
            id: `${word}-${check.id}`,
            disabled: viewState.sending === check.id,
            onclick: () => answerCheck(app, check, word),
          },
          icon(ICONS[word]),
          t(`seen_${word}`),
        ),
      ),
    ),
    viewState.error?.id === check.id ? h('p', { role: 'alert' }, viewState.error.text) : null,
  );
}

async function answerCheck(app, check, seen) {
  Object.assign(viewState, { sending: check.id, error: null, message: null });
  app.draw();
  try {
    const refused = await sendCheckAnswer(check.id, seen);
    viewState.message = refused ?? t('checkSaved');
    if (app.rest !== false) app.continueStretch();
  } catch {
    viewState.error = { id: check.id, text: t('checkFailed') };
  }
  viewState.sending = null;
  await app.reload();
  app.draw();
  app.announce(viewState.message ?? viewState.error.text);
  document.getElementById(viewState.message ? 'checks-message' : `${seen}-${check.id}`)?.focus();
}
