/**
 * Sends the outbox. An item leaves it on one event only: an answer of 200 or 201 that carries the report's reference.
 * Everything else keeps it, with the reason in words that the popup can show.
 */
import * as outbox from './outbox.js';

export const RETRY_BASE = 30_000;
const LONGEST_PAUSE = 3_600_000;
const TIMEOUT = 60_000;
const TRAINING_AGAIN = 3_600_000;

/** Seconds or a date, as ms from now; null when the header is absent or unreadable. Never more than a day. */
export function retryAfter(header, now) {
  const wait = /^\d+$/.test(header ?? '') ? Number(header) * 1000 : Date.parse(header ?? '') - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 86_400_000);
}

/** The pause before the next attempt: doubling from `base` up to an hour, a little uneven so that crowds spread. */
export const backOff = (attempts, base, random = Math.random()) =>
  Math.min(base * 2 ** Math.max(attempts - 1, 0), LONGEST_PAUSE) * (1 + random * 0.2);

/** What each part is called as a file; the server goes by the part's name and its bytes. */
const FILE_NAMES = { screenshot: 'screenshot.jpg', full_page: 'full_page.jpg', page: 'page.html.gz' };

function request(item, token) {
  const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': item.id, Accept: 'application/json' };
  const json = JSON.stringify(item.report);
  let body = json;
  const files = Object.entries(item.files);
  if (files.length) {
    body = new FormData();
    body.append('report', json);
    files.forEach(([name, file]) => body.append(name, file, FILE_NAMES[name]));
  } else headers['Content-Type'] = 'application/json';
  return { method: 'POST', headers, body, credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(TIMEOUT) };
}

/** What became of one attempt: `done, pair, training, mend, later` (this item) or `down` (the server, so all items). */
async function attempt(item, connection, fetch, now) {
  let response;
  let answer;
  try {
    response = await fetch(`${connection.base}/api/v1/reports`, request(item, connection.token));
    answer = await response.json().catch(() => null);
  } catch {
    return { kind: 'down', problem: { reason: 'offline' } };
  }
  const { status } = response;
  const problem = { reason: 'answer', status, detail: answer?.detail ?? null, errors: answer?.errors ?? null, training_url: answer?.training_url ?? null };
  const wait = retryAfter(response.headers.get('Retry-After'), now());
  // A captive portal answers 200 too; only the server knows the reference.
  if ((status === 200 || status === 201) && answer?.id && answer?.reference) return { kind: 'done', answer };
  if (status === 401) return { kind: 'pair', problem };
  if (status === 403) return { kind: String(answer?.type ?? '').endsWith('/not-accredited') ? 'training' : 'pair', problem };
  if ([400, 413, 415, 422].includes(status)) return { kind: 'mend', problem };
  return { kind: status === 409 ? 'later' : 'down', problem, wait };
}

/**
 * Sends all that is due, one after the other, and says when to come again.
 *
 * @param {object} world `fetch, now, connection: {base, token, refused} | null, retryBase, pausedUntil`
 * @param {boolean} force also what waits for its time, was refused or waits for training ("Send now")
 * @returns {Promise<{sent: object[], refused: object|null, pausedUntil: number, wakeAt: number|null, left: number}>}
 *   `refused`: the server no longer takes this device's token, with its problem. `left`: how many reports remain.
 */
export async function flush({ fetch, now, connection, retryBase = RETRY_BASE, pausedUntil = 0 }, force = false) {
  const sent = [];
  let refused = connection?.refused ?? null;
  let until = pausedUntil;
  if (connection && (force || (!refused && now() >= until))) {
    const tried = new Set();
    const due = (item) => !tried.has(item.id) && item.state !== 'mend' && (force || item.next_at <= now());
    // Looked up again each time: a report may have been added while another was on its way.
    for (let item; (item = (await outbox.all()).find(due));) {
      tried.add(item.id);
      const attempts = item.attempts + 1;
      await outbox.change(item.id, { sending_until: now() + TIMEOUT, attempts });
      const { kind, answer, problem, wait } = await attempt(item, connection, fetch, now);
      if (kind === 'done') {
        refused = null;
        until = 0;
        await outbox.remove(item.id);
        sent.push({ id: item.id, reference: answer.reference, report_id: answer.id, title: item.report.listing?.title ?? null, url: item.report.url, at: now() });
        continue;
      }
      const again = now() + Math.max(wait ?? 0, backOff(attempts, retryBase));
      await outbox.change(item.id, {
        sending_until: 0,
        problem,
        state: kind === 'mend' || kind === 'training' ? kind : 'waiting',
        next_at: kind === 'training' ? now() + TRAINING_AGAIN : kind === 'later' || kind === 'down' ? again : 0,
      });
      if (kind === 'pair') { refused = problem; break; }
      if (kind === 'down') { until = again; break; }
      refused = null;
    }
  }
  const left = await outbox.all();
  const times = left.filter((item) => item.state !== 'mend').map((item) => item.next_at);
  const wakeAt = connection && !refused && times.length ? Math.max(Math.min(...times), until, now() + 500) : null;
  return { sent, refused, pausedUntil: until, wakeAt, left: left.length };
}
