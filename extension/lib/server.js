/**
 * What the extension's pages request from the server: own reports, replies, checks, whether a listing is known, the
 * vocabulary. Sending reports is `send.js`.
 */
import { adapterFor } from './adapters.js';
import { settings, t } from './browser.js';
import { acceptedAddress } from './limits.js';

async function call(path, { method = 'GET', json, headers = {} } = {}) {
  const connection = await settings.get('connection');
  if (!connection) throw new Error('unpaired');
  const response = await fetch(`${connection.base}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${connection.token}`,
      Accept: 'application/json',
      'Accept-Language': t('langCode'),
      ...(json ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    },
    body: json ? JSON.stringify(json) : undefined,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(20_000),
  });
  // Unpaired or paired again meanwhile: what the former account sees is not kept.
  if ((await settings.get('connection'))?.token !== connection.token) throw new Error('unpaired');
  if (response.status === 401 && !connection.refused && (await isOfServer(response))) {
    await settings.set({ connection: { ...connection, refused: { reason: 'answer', status: 401 } } });
  }
  return response;
}

/** Whether it is our server that refuses, and no proxy before it. */
const isOfServer = async (response) =>
  typeof (
    await response
      .clone()
      .json()
      .catch(() => null)
  )?.detail === 'string';

/** A page of own reports, `{items, next}`; the first page is kept for when there is no connection. */
export async function ownReports(cursor = null) {
  const response = await call(`/reports${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`);
  const list = response.ok ? await response.json() : null;
  if (!Array.isArray(list?.items)) throw new Error(`status ${response.status}`);
  if (!cursor) await settings.set({ reports: { at: Date.now(), items: list.items, next: list.next ?? null } });
  return list;
}

/** Listings to check again, at most a few; `without`: categories to leave out. Kept for when there is no connection. */
export async function fetchChecks(without = []) {
  const response = await call(`/checks${without.length ? `?without=${encodeURIComponent(without.join(','))}` : ''}`);
  const list = response.ok ? await response.json() : null;
  if (!Array.isArray(list?.items)) throw new Error(`status ${response.status}`);
  await settings.set({ checks: { at: Date.now(), items: list.items } });
}

/**
 * Sends what was seen; the listing is not asked about again.
 *
 * @returns {Promise<string|null>} the server's sentence when it no longer wants the answer; throws when it was not
 *   reached
 */
export async function sendCheckAnswer(id, outcome) {
  const response = await call(`/checks/${encodeURIComponent(id)}`, { method: 'POST', json: { outcome } });
  const answer = await response.json().catch(() => null);
  if (!response.ok && !([404, 410].includes(response.status) && typeof answer?.detail === 'string')) {
    throw new Error(`status ${response.status}`);
  }
  const cached = await settings.get('checks');
  if (cached) await settings.set({ checks: { ...cached, items: cached.items.filter((each) => each.id !== id) } });
  return response.ok ? null : answer.detail;
}

/**
 * Whether the listing at this address has been reported before. The server tells trusted spotters only; others always
 * get no.
 */
export async function isKnown(url) {
  const response = await call(`/listings/known?url=${encodeURIComponent(acceptedAddress(url))}`);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()).known === true;
}

/** Answers a coordinator's question. */
export async function reply(id, text) {
  const response = await call(`/reports/${encodeURIComponent(id)}/replies`, { method: 'POST', json: { text } });
  if (!response.ok) throw new Error(`status ${response.status}`);
}

/** The newest format of the vocabulary that is understood here; `server/ledger/species/vocabulary.py` counts them. */
const FORMAT = 2;

/**
 * Fetches the vocabulary in the language of the texts here when it has changed, at most once a day unless `force` is
 * set or the language is another now. `language` is the one that the server had its words in.
 */
export async function refreshVocabulary(force = false) {
  const cached = await settings.get('vocabulary');
  const asked = t('langCode');
  const isCurrent = cached && (cached.asked ?? asked) === asked;
  if (!force && isCurrent && Date.now() - cached.looked_at < 86_400_000) return cached;
  const response = await call('/vocabulary', {
    headers: isCurrent && cached.etag && cached.words !== undefined ? { 'If-None-Match': cached.etag } : {},
  });
  if (response.status === 304) {
    await settings.set({ vocabulary: { ...cached, looked_at: Date.now() } });
    return cached;
  }
  const list = response.ok ? await response.json() : null;
  if (!Array.isArray(list?.taxa)) throw new Error(`status ${response.status}`);
  if (list.format > FORMAT) throw new Error(`vocabulary of format ${list.format}: this extension is too old`);
  const etag = response.headers.get('ETag');
  const [words, endings] = [list.words, list.endings].map((rows) => (Array.isArray(rows) ? rows : []));
  const vocabulary = {
    taxa: list.taxa,
    reasons: list.reasons ?? [],
    page_copy: list.page_copy === true,
    words: words.length,
    etag,
    asked,
    language: response.headers.get('Content-Language'),
    fetched_at: Date.now(),
    looked_at: Date.now(),
  };
  // What only marks in search results need is kept apart: the popup reads its own part at every opening. The patterns
  // of listing addresses go with it: the worker that answers for the marks must not import the adapters (see
  // background.js).
  const platforms = (Array.isArray(list.platforms) ? list.platforms : []).map((platform) => ({
    ...platform,
    listing: listingOf(platform),
  }));
  await settings.set({ vocabulary, lexicon: { etag, words: words.map(withIds(list.taxa)), endings, platforms } });
  return vocabulary;
}

/** A row of words with the ids of its taxa, which it names by their places; a server of format 1 sends the ids. */
const withIds =
  (taxa) =>
  ({ places, ...row }) =>
    places ? { ...row, taxa: places.map((place) => taxa[place].id) } : row;

const listingOf = ({ domains, hosts }) =>
  [...(domains ?? []), ...(hosts ?? [])].map((host) => adapterFor(`https://${host}/`)?.listing).find(Boolean) ?? [];
