/** Pairing this browser with an account: RFC 8628, the device authorization grant. */

import { SERVER } from './organisation.js';

const CLIENT = 'cyber-spotter-extension';
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
export const DEFAULT_SERVER = SERVER ?? 'http://127.0.0.1:8000';
/** What is kept of an account: deleted with its connection, for the next one may be another person's. */
export const ACCOUNT_SETTINGS = ['reports', 'receipts', 'checks'];

/**
 * The base address of a server as typed: https, or http on this machine only.
 *
 * @returns {string} without a slash at its end
 * @throws {Error} with a message key of `_locales`
 */
export function serverAddress(input) {
  const text = String(input ?? '').trim();
  let url;
  try {
    url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    throw new Error('serverUnreadable');
  }
  const isLocal = url.hostname === 'localhost' || url.hostname.endsWith('.localhost') || url.hostname === '127.0.0.1';
  if (!['https:', 'http:'].includes(url.protocol) || url.username || url.password) throw new Error('serverUnreadable');
  if (url.protocol === 'http:' && !isLocal) throw new Error('serverNotSecure');
  return url.origin + url.pathname.replace(/\/+$/, '');
}

async function post(fetch, url, fields) {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, answer: await response.json().catch(() => null) };
}

/**
 * Asks the server for a code. @returns {Promise<object>} the pairing to keep: `base, device_code, user_code,
 * verification_uri, verification_uri_complete, interval` (s), `expires_at, next_at` (ms), `state: 'pending'`
 * @throws {Error} with a message key
 */
export async function startPairing(base, { fetch, now }) {
  let result;
  try {
    result = await post(fetch, `${base}/api/v1/device/authorize`, { client_id: CLIENT, scope: 'reports:write' });
  } catch {
    throw new Error('pairUnreachable');
  }
  const { status, answer } = result;
  if (status === 429 || status >= 500) throw new Error('serverBusy'); // it is one, and has no time just now
  if (status !== 200 || !answer?.device_code || !answer?.user_code || !answer?.verification_uri) {
    throw new Error('pairNoServer');
  }
  const interval = Number(answer.interval) || 5;
  const approvalUrl = answer.verification_uri_complete ?? answer.verification_uri;
  if (!/^https?:$/.test(URL.canParse(approvalUrl) ? new URL(approvalUrl).protocol : '')) {
    throw new Error('pairNoServer');
  }
  return {
    base,
    device_code: answer.device_code,
    user_code: answer.user_code,
    verification_uri: answer.verification_uri,
    verification_uri_complete: approvalUrl,
    interval,
    expires_at: now() + (Number(answer.expires_in) || 600) * 1000,
    next_at: now() + interval * 1000,
    state: 'pending',
  };
}

/**
 * Asks once whether the person has approved, if it is time. @returns {Promise<{pairing, connection}>} the pairing as it
 * now stands (`pending, expired, denied`), or the connection `{base, token, paired_at}` and no pairing
 */
export async function askPairing(pairing, { fetch, now }) {
  if (pairing.state !== 'pending' || now() < pairing.next_at) return { pairing, connection: null };
  if (now() >= pairing.expires_at) return { pairing: { ...pairing, state: 'expired' }, connection: null };
  let answer;
  try {
    ({ answer } = await post(fetch, `${pairing.base}/api/v1/device/token`, {
      grant_type: GRANT,
      device_code: pairing.device_code,
      client_id: CLIENT,
    }));
  } catch {
    answer = { error: 'slow_down' }; // RFC 8628, 3.5: on a timeout, ask less often
  }
  if (answer?.access_token) {
    return {
      pairing: null,
      connection: { base: pairing.base, token: answer.access_token, paired_at: now(), refused: null },
    };
  }
  const endState = { expired_token: 'expired', access_denied: 'denied', invalid_grant: 'expired' }[answer?.error];
  if (endState) return { pairing: { ...pairing, state: endState }, connection: null };
  const interval = pairing.interval + (answer?.error === 'slow_down' ? 5 : 0);
  return { pairing: { ...pairing, interval, next_at: now() + interval * 1000 }, connection: null };
}

/** "WDJBMJHT" as "WDJB-MJHT": groups of four, to be read aloud. */
export const grouped = (code) =>
  (
    String(code)
      .replace(/[^a-z\d]/gi, '')
      .match(/.{1,4}/g) ?? []
  ).join('-');
