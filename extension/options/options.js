/** Settings: pairing this browser with an account, the species list, what leaves and what does not. */
import { hintsSection } from '../hints/settings.js';
import { listen, openTab, passing, send, settings, t, version } from '../lib/browser.js';
import { formatDay, h, icon, note, setLanguage } from '../lib/dom.js';
import * as drafts from '../lib/drafts.js';
import { CHANGED, FLUSH, PAIRING } from '../lib/messages.js';
import { countryOf, COUNTRIES } from '../lib/hotlines.js';
import * as outbox from '../lib/outbox.js';
import { BREAK_AFTER } from '../lib/breaks.js';
import { CATEGORIES } from '../lib/words.js';
import { startPairing, DEFAULT_SERVER, grouped, ACCOUNT_SETTINGS, serverAddress } from '../lib/pairing.js';
import { refreshVocabulary } from '../lib/server.js';

/** Groups of species in the list that have a name here; "plant" is a category as well, and one word serves both. */
const GROUPS = ['mammal', 'bird', 'reptile', 'amphibian', 'fish', 'invertebrate', 'timber'];
const page = document.getElementById('page');
const live = document.getElementById('live');
const environment = { fetch: (...call) => fetch(...call), now: () => Date.now() };
const viewState = { error: null, address: null, message: null, listMessage: null, connection: undefined };

/** What this page shows of what others may change, as one text to compare. */
const snapshot = async () =>
  JSON.stringify(await Promise.all(['connection', 'pairing', 'vocabulary'].map(settings.get)));

async function draw() {
  viewState.drawn = await snapshot();
  const {
    connection,
    pairing,
    vocabulary,
    single_keys: keys,
    ask_known: asksKnown,
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
  const canFetch = Boolean(connection) && !connection.refused;
  const hintsPart = await hintsSection(canFetch, (outcome) => {
    live.textContent = outcome;
    draw();
  });
  if (connection && viewState.connection === null) Object.assign(viewState, { message: t('pairedNow') });
  viewState.connection = connection ?? null;
  const focused = document.activeElement?.id;
  page.replaceChildren(
    h('h1', null, t('optionsTitle')),
    h(
      'section',
      { 'aria-labelledby': 'pairing-title' },
      h('h2', { id: 'pairing-title' }, t('pairing')),
      pairing?.state === 'pending'
        ? pendingPairing(pairing)
        : [
            viewState.message ? note('good', 'check-circle-fill', viewState.message) : null,
            connection ? pairedPart(connection) : null,
            !connection || connection.refused ? pairingForm(connection, pairing) : null,
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
          ? t('speciesCount', vocabulary.taxa.length, formatDay(vocabulary.fetched_at))
          : t(canFetch ? 'speciesNotYet' : 'speciesNone'),
      ),
      canFetch
        ? h('button.button', { type: 'button', id: 'update', onclick: update }, icon('arrow-repeat'), t('update'))
        : null,
      viewState.listMessage ? h('p.small', null, viewState.listMessage) : null,
    ),
    hintsPart,
    wellbeing({ pictures, rest, opted_out, country, vocabulary }),
    h(
      'section',
      null,
      h('h2', null, t('whatLeaves')),
      h('p', null, t('whatLeavesWhen')),
      tickBox('ask-known', 'ask_known', asksKnown, t('askKnown')),
    ),
    h(
      'section',
      null,
      h('h2', null, t('keyboard')),
      h('p', null, t('keyboardText')),
      tickBox('single-keys', 'single_keys', keys, t('singleKeys')),
    ),
    h('section', null, h('p.small.quiet', null, t('about', version()))),
  );
  document.title = t('optionsTitle');
  if (focused) document.getElementById(focused)?.focus();
}

/** A setting that is on until somebody switches it off. */
const tickBox = (id, name, value, label) =>
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
          const current = (await settings.get('opted_out')) ?? [];
          await settings.set({
            opted_out: event.target.checked ? [...new Set([...current, id])] : current.filter((each) => each !== id),
          });
        },
      }),
      label,
    );
  const names = new Intl.DisplayNames([t('langCode')], { type: 'region' });
  const ownCountry = country ?? countryOf(navigator.language);
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
    tickBox('rest', 'rest', rest, t('restSetting', BREAK_AFTER)),
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
        [...new Set([...(ownCountry ? [ownCountry] : []), ...COUNTRIES])].map((code) =>
          h('option', { value: code, selected: code === ownCountry }, names.of(code)),
        ),
      ),
    ),
  );
}

function pairingForm(connection, pairing) {
  const endedText = { expired: 'pairExpired', denied: 'pairDenied' }[pairing?.state];
  return [
    endedText ? note('warn', 'info-circle', t(endedText)) : null,
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
        value: viewState.address ?? connection?.base ?? pairing?.base ?? DEFAULT_SERVER,
        'aria-invalid': viewState.error ? 'true' : null,
        'aria-describedby': viewState.error ? 'server-error' : null,
        oninput: (event) => {
          viewState.address = event.target.value;
        },
      }),
      viewState.error ? h('p.error', { id: 'server-error' }, t(viewState.error)) : null,
      h(
        'p',
        { style: 'margin-block-start:12px' },
        h('button.button.primary', { id: 'pair', disabled: viewState.busy }, icon('link-45deg'), t('pairThisBrowser')),
      ),
    ),
  ];
}

const pendingPairing = (pairing) => [
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

const pairedPart = (connection) => [
  connection.refused ? note('problem', 'link-45deg', t('keyRefused')) : null,
  h(
    'p',
    { id: 'paired' },
    icon('link-45deg'),
    ' ',
    t(connection.refused ? 'pairedOnce' : 'pairedWith', connection.base),
    ' ',
    connection.refused ? null : h('span.quiet', null, t('pairedSince', formatDay(connection.paired_at))),
  ),
  h(
    'button.button',
    {
      type: 'button',
      id: 'unpair',
      onclick: async () => {
        await Promise.all([
          settings.remove('connection', ...ACCOUNT_SETTINGS),
          drafts.dropAccount(),
          passing.remove('last'),
        ]);
        send(CHANGED);
        Object.assign(viewState, {
          message: t((await outbox.all()).length ? 'unpairedWaiting' : 'unpaired'),
          connection: undefined,
        });
        live.textContent = viewState.message;
        await draw();
        document.getElementById('server')?.focus();
      },
    },
    t('unpair'),
  ),
];

async function start(event) {
  event.preventDefault();
  const address = document.getElementById('server').value;
  Object.assign(viewState, { address, error: null, message: null, busy: true });
  try {
    const pairing = await startPairing(serverAddress(address), environment);
    await settings.set({ pairing });
    viewState.connection = null;
    send(PAIRING);
    openTab(pairing.verification_uri_complete);
  } catch (error) {
    viewState.error = /^(?:server|pair)/.test(error.message) ? error.message : 'pairUnreachable';
    live.textContent = t(viewState.error);
  }
  viewState.busy = false;
  await draw();
  document.getElementById(viewState.error ? 'server' : 'user-code')?.focus();
}

async function update() {
  try {
    await refreshVocabulary(true);
    viewState.listMessage = t('updated');
  } catch {
    viewState.listMessage = t((await settings.get('vocabulary')) ? 'updateFailed' : 'loadFailedEmpty');
  }
  live.textContent = viewState.listMessage;
  draw();
}

/** Once paired, the list comes by itself. */
async function fetchFirstList() {
  const [connection, vocabulary] = await Promise.all(['connection', 'vocabulary'].map(settings.get));
  if (connection && !connection.refused && !vocabulary) await refreshVocabulary().then(draw, () => undefined);
}

// Somebody may be typing here: what has not changed is not drawn anew.
listen({
  [CHANGED]: async () => {
    if ((await snapshot()) === viewState.drawn) return;
    await draw();
    await fetchFirstList();
  },
});
setLanguage();
await draw();
fetchFirstList();
// While this page is open it keeps the worker asking; closed, the worker's own alarm does, more slowly.
setInterval(async () => {
  if ((await settings.get('pairing'))?.state === 'pending') send(PAIRING);
}, 1000);
send(FLUSH);
