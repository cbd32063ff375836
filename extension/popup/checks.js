/**
 * Looking again: listings that a trusted spotter is asked to open, and what they saw there. Others are asked for none.
 */
import { openTab, t } from '../lib/browser.js';
import { h, icon } from '../lib/dom.js';
import { checks, sawOf } from '../lib/server.js';
import { namedIn } from '../lib/species.js';
import { CATEGORIES, SEEN } from '../lib/words.js';

const ICONS = { present: 'eye', gone: 'check', cannot_tell: 'question-circle' };
/** What this view remembers between two drawings. */
const here = { sending: null, said: null, wrong: null };

/** Asks which ones; what somebody has opted out of is named to the server by category only, and kept there nowhere. */
export const loadChecks = (app) => checks(app.opted_out.filter((topic) => CATEGORIES.includes(topic)));

/**
 * Whether a listing is of a topic that this person does not want to see: its category, or a group of species its title
 * names.
 */
export const unwanted = (app, { category, title }) =>
  app.opted_out.includes(category) ||
  namedIn(app.vocabulary?.taxa ?? [], title).some(({ taxon }) => app.opted_out.includes(taxon.group));

/** The section; nothing at all where nobody is asked, and nobody is whose key is gone. */
export function checksShown(app, section) {
  const items = (app.connection && !app.connection.refused ? (app.checks?.items ?? []) : []).filter(
    (each) => !unwanted(app, each),
  );
  if (!items.length && !here.said) return [];
  return [
    section(t('checkAgain')),
    here.said ? h('p.small', { id: 'checks-said', tabindex: '-1' }, here.said) : null,
    items.length ? h('p.small.quiet', null, t('checkAgainWhy')) : null,
    items.length
      ? h(
          'ul.list',
          { id: 'checks' },
          items.map((each) => one(app, each)),
        )
      : null,
  ];
}

function one(app, check) {
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
      'div.acts.looks',
      { role: 'group', 'aria-labelledby': `check-${check.id}` },
      SEEN.map((word) =>
        h(
          'button.button.small',
          {
            type: 'button',
            id: `${word}-${check.id}`,
            disabled: here.sending === check.id,
            onclick: () => say(app, check, word),
          },
          icon(ICONS[word]),
          t(`seen_${word}`),
        ),
      ),
    ),
    here.wrong?.id === check.id ? h('p', { role: 'alert' }, here.wrong.words) : null,
  );
}

async function say(app, check, seen) {
  Object.assign(here, { sending: check.id, wrong: null, said: null });
  app.draw();
  try {
    const refused = await sawOf(check.id, seen);
    here.said = refused ?? t('checkSaved');
    if (app.rest !== false) app.carryOn();
  } catch {
    here.wrong = { id: check.id, words: t('checkFailed') };
  }
  here.sending = null;
  await app.lookAgain();
  app.draw();
  app.announce(here.said ?? here.wrong.words);
  document.getElementById(here.said ? 'checks-said' : `${seen}-${check.id}`)?.focus();
}
