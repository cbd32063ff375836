/** Settings: pairing this browser with an account, the species list, what is sent and what is not. */
import { hintsSection } from '../hints/settings.js';
import { listen, openTab, passing, send, settings, t, version } from '../lib/browser.js';
import { formatDay, fromStorage, h, icon, note, setLanguage } from '../lib/dom.js';
import * as drafts from '../lib/drafts.js';
import { CHANGED, FLUSH, PAIRING } from '../lib/messages.js';
import * as outbox from '../lib/outbox.js';
import { ACCOUNT_SETTINGS, DEFAULT_SERVER, grouped, serverAddress, startPairing } from '../lib/pairing.js';
import { refreshVocabulary } from '../lib/server.js';
import { tickBox, wellbeing } from './wellbeing.js';

const page = document.getElementById('page');
const live = document.getElementById('live');
const environment = { fetch: (...call) => fetch(...call), now: () => Date.now() };
const viewState = { error: null, address: null, message: null, listMessage: null, connection: undefined };

/** The settings shown here that others may change, as one text to compare. */
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

/** Fetches the species list once this browser is paired. */
async function fetchFirstList() {
  const [connection, vocabulary] = await Promise.all(['connection', 'vocabulary'].map(settings.get));
  if (connection && !connection.refused && !vocabulary) await refreshVocabulary().then(draw, () => undefined);
}

// Somebody may be typing here: only what has changed is drawn again.
listen({
  [CHANGED]: async () => {
    if ((await snapshot()) === viewState.drawn) return;
    await draw();
    await fetchFirstList();
  },
});
setLanguage();
await fromStorage(page, draw);
fetchFirstList();
// While this page is open, it makes the worker ask often; otherwise the worker's own alarm does, more slowly.
setInterval(async () => {
  if ((await settings.get('pairing'))?.state === 'pending') send(PAIRING);
}, 1000);
send(FLUSH);
