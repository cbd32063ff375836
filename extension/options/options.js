/** Settings: pairing this browser with an account, the species list, what leaves and what does not. */
import { hintsSection } from '../hints/section.js';
import { hear, openTab, passing, say, settings, t, version } from '../lib/browser.js';
import { day, h, icon, note, speak } from '../lib/dom.js';
import * as drafts from '../lib/drafts.js';
import { CHANGED, FLUSH, PAIRING } from '../lib/messages.js';
import { countryOf, COUNTRIES } from '../lib/hotlines.js';
import * as outbox from '../lib/outbox.js';
import { AFTER } from '../lib/rest.js';
import { CATEGORIES } from '../lib/words.js';
import { begin, DEFAULT_SERVER, grouped, OF_ACCOUNT, serverAddress } from '../lib/pair.js';
import { refreshVocabulary } from '../lib/server.js';

/** Groups of species in the list that have a name here; "plant" is a category as well, and one word serves both. */
const GROUPS = ['mammal', 'bird', 'reptile', 'amphibian', 'fish', 'invertebrate', 'timber'];
const page = document.getElementById('page');
const live = document.getElementById('live');
const world = { fetch: (...call) => fetch(...call), now: () => Date.now() };
const here = { error: null, typed: null, said: null, list: null, was: undefined };

/** What this page shows of what others may change, as one text to compare. */
const standing = async () =>
  JSON.stringify(await Promise.all(['connection', 'pairing', 'vocabulary'].map(settings.get)));

async function draw() {
  here.drawn = await standing();
  const {
    connection,
    pairing,
    vocabulary,
    single_keys: keys,
    ask_known: asks,
    pictures,
    rest,
    opted_out = [],
    country,
  } = await settings.several([
    'connection',
    'pairing',
    'vocabulary',
    'single_keys',
    'ask_known',
    'pictures',
    'rest',
    'opted_out',
    'country',
  ]);
  const able = Boolean(connection) && !connection.refused;
  const marks = await hintsSection(able, (outcome) => {
    live.textContent = outcome;
    draw();
  });
  if (connection && here.was === null) Object.assign(here, { said: t('pairedNow') });
  here.was = connection ?? null;
  const focused = document.activeElement?.id;
  page.replaceChildren(
    h('h1', null, t('optionsTitle')),
    h(
      'section',
      { 'aria-labelledby': 'pairing-title' },
      h('h2', { id: 'pairing-title' }, t('pairing')),
      pairing?.state === 'pending'
        ? waiting(pairing)
        : [
            here.said ? note('good', 'check-circle-fill', here.said) : null,
            connection ? paired(connection) : null,
            !connection || connection.refused ? unpaired(connection, pairing) : null,
          ],
    ),
    h(
      'section',
      null,
      h('h2', null, t('speciesList')),
      h(
        'p.quiet',
        null,
        vocabulary
          ? t('speciesCount', vocabulary.taxa.length, day(vocabulary.fetched_at))
          : t(able ? 'speciesNotYet' : 'speciesNone'),
      ),
      able
        ? h('button.button', { type: 'button', id: 'update', onclick: update }, icon('arrow-repeat'), t('update'))
        : null,
      here.list ? h('p.small', null, here.list) : null,
    ),
    marks,
    wellbeing({ pictures, rest, opted_out, country, vocabulary }),
    h(
      'section',
      null,
      h('h2', null, t('whatLeaves')),
      h('p', null, t('whatLeavesWhen')),
      tick('ask-known', 'ask_known', asks, t('askKnown')),
    ),
    h(
      'section',
      null,
      h('h2', null, t('keyboard')),
      h('p', null, t('keyboardText')),
      tick('single-keys', 'single_keys', keys, t('singleKeys')),
    ),
    h('section', null, h('p.small.quiet', null, t('about', version()))),
  );
  document.title = t('optionsTitle');
  if (focused) document.getElementById(focused)?.focus();
}

/** A setting that is on until somebody switches it off. */
const tick = (id, name, value, label) =>
  h(
    'label.tick',
    null,
    h('input.box', {
      type: 'checkbox',
      id,
      checked: value !== false,
      onchange: (event) => settings.set({ [name]: event.target.checked }),
    }),
    label,
  );

/**
 * What a person sees, and when they rest: kept on this device, told to nobody; categories are named when re-checks are
 * asked for.
 */
function wellbeing({ pictures, rest, opted_out, country, vocabulary }) {
  const listed = new Set((vocabulary?.taxa ?? []).map((taxon) => taxon.group));
  const groups = GROUPS.filter((group) => listed.has(group));
  const topic = (id, label) =>
    h(
      'label.tick',
      null,
      h('input.box', {
        type: 'checkbox',
        id: `topic-${id}`,
        checked: opted_out.includes(id),
        onchange: async (event) => {
          const now = (await settings.get('opted_out')) ?? [];
          await settings.set({
            opted_out: event.target.checked ? [...new Set([...now, id])] : now.filter((each) => each !== id),
          });
        },
      }),
      label,
    );
  const names = new Intl.DisplayNames([t('langCode')], { type: 'region' });
  const own = country ?? countryOf(navigator.language);
  return h(
    'section',
    { id: 'wellbeing' },
    h('h2', null, t('wellbeing')),
    h('p', null, h('strong', null, t('neverContact')), ' ', t('neverContactWhy')),
    h(
      'div.field',
      null,
      h('label', { for: 'pictures' }, t('picturesUntil')),
      h(
        'select',
        { id: 'pictures', onchange: (event) => settings.set({ pictures: event.target.value }) },
        ['blurred', 'grey'].map((word) =>
          h('option', { value: word, selected: (pictures ?? 'blurred') === word }, t(`pictures_${word}`)),
        ),
      ),
    ),
    tick('rest', 'rest', rest, t('restSetting', AFTER)),
    h(
      'fieldset',
      null,
      h('legend', null, t('topics')),
      h('p.small.quiet', null, t('topicsHint')),
      CATEGORIES.map((word) => topic(word, t(`category_${word}`))),
      groups.map((group) => topic(group, t(`group_${group}`))),
    ),
    h(
      'div.field',
      null,
      h('label', { for: 'country' }, t('countrySetting')),
      h(
        'select',
        { id: 'country', onchange: (event) => settings.set({ country: event.target.value }) },
        [...new Set([...(own ? [own] : []), ...COUNTRIES])].map((code) =>
          h('option', { value: code, selected: code === own }, names.of(code)),
        ),
      ),
    ),
  );
}

function unpaired(connection, pairing) {
  const ended = { expired: 'pairExpired', denied: 'pairDenied' }[pairing?.state];
  return [
    ended ? note('warn', 'info-circle', t(ended)) : null,
    h('p', null, t('pairIntro')),
    h(
      'form.field',
      { onsubmit: start, novalidate: true },
      h('label', { for: 'server' }, t('server'), ' ', h('span.hint', null, t('serverHint'))),
      h('input', {
        id: 'server',
        type: 'text',
        inputmode: 'url',
        spellcheck: 'false',
        autocomplete: 'url',
        dir: 'ltr',
        value: here.typed ?? connection?.base ?? pairing?.base ?? DEFAULT_SERVER,
        'aria-invalid': here.error ? 'true' : null,
        'aria-describedby': here.error ? 'server-error' : null,
        oninput: (event) => {
          here.typed = event.target.value;
        },
      }),
      here.error ? h('p.error', { id: 'server-error' }, t(here.error)) : null,
      h(
        'p',
        { style: 'margin-block-start:12px' },
        h('button.button.primary', { id: 'pair', disabled: here.busy }, icon('link-45deg'), t('pairThisBrowser')),
      ),
    ),
  ];
}

const waiting = (pairing) => [
  h('p', null, t('pairSteps')),
  h('p.small.quiet', { id: 'code-label' }, t('pairCode')),
  h('p.code', { id: 'user-code', 'aria-labelledby': 'code-label user-code' }, grouped(pairing.user_code)),
  h(
    'div.acts',
    null,
    h(
      'button.button.primary',
      { type: 'button', id: 'open-pairing', onclick: () => openTab(pairing.verification_uri_complete) },
      t('pairOpen'),
      icon('box-arrow-up-right'),
    ),
    h(
      'button.button',
      {
        type: 'button',
        id: 'stop',
        onclick: async () => {
          await settings.remove('pairing');
          draw();
        },
      },
      t('pairStop'),
    ),
  ),
  h('p.small.quiet', null, t('pairWaiting')),
];

const paired = (connection) => [
  connection.refused ? note('problem', 'link-45deg', t('keyRefused')) : null,
  h(
    'p',
    { id: 'paired' },
    icon('link-45deg'),
    ' ',
    t(connection.refused ? 'pairedOnce' : 'pairedWith', connection.base),
    ' ',
    connection.refused ? null : h('span.quiet', null, t('pairedSince', day(connection.paired_at))),
  ),
  h(
    'button.button',
    {
      type: 'button',
      id: 'unpair',
      onclick: async () => {
        await Promise.all([settings.remove('connection', ...OF_ACCOUNT), drafts.leave(), passing.remove('last')]);
        say(CHANGED);
        Object.assign(here, { said: t((await outbox.all()).length ? 'unpairedWaiting' : 'unpaired'), was: undefined });
        live.textContent = here.said;
        await draw();
        document.getElementById('server')?.focus();
      },
    },
    t('unpair'),
  ),
];

async function start(event) {
  event.preventDefault();
  const typed = document.getElementById('server').value;
  Object.assign(here, { typed, error: null, said: null, busy: true });
  try {
    const pairing = await begin(serverAddress(typed), world);
    await settings.set({ pairing });
    here.was = null;
    say(PAIRING);
    openTab(pairing.verification_uri_complete);
  } catch (error) {
    here.error = /^(?:server|pair)/.test(error.message) ? error.message : 'pairUnreachable';
    live.textContent = t(here.error);
  }
  here.busy = false;
  await draw();
  document.getElementById(here.error ? 'server' : 'user-code')?.focus();
}

async function update() {
  try {
    await refreshVocabulary(true);
    here.list = t('updated');
  } catch {
    here.list = t((await settings.get('vocabulary')) ? 'updateFailed' : 'loadFailedEmpty');
  }
  live.textContent = here.list;
  draw();
}

/** Once paired, the list comes by itself. */
async function fetchFirst() {
  const [connection, vocabulary] = await Promise.all(['connection', 'vocabulary'].map(settings.get));
  if (connection && !connection.refused && !vocabulary) await refreshVocabulary().then(draw, () => undefined);
}

// Somebody may be typing here: what has not changed is not drawn anew.
hear({
  [CHANGED]: async () => {
    if ((await standing()) === here.drawn) return;
    await draw();
    await fetchFirst();
  },
});
speak();
await draw();
fetchFirst();
// While this page is open it keeps the worker asking; closed, the worker's own alarm does, more slowly.
setInterval(async () => {
  if ((await settings.get('pairing'))?.state === 'pending') say(PAIRING);
}, 1000);
say(FLUSH);
