/**
 * Sends the outbox. An item is removed on one event only: an answer of 200 or 201 that carries the report's reference.
 * Everything else keeps it, with the problem in words that the popup can show.
 */
import * as outbox from './outbox.js';

const RETRY_BASE = 30_000;
/**
 * The longest pause that we choose: a server in trouble is spared, while retrying without a connection costs little.
 */
const LONGEST_PAUSE = 3_600_000;
const LONGEST_OFFLINE = 300_000;
const TRAINING_RETRY = 3_600_000;
const A_DAY = 86_400_000;
/** An attempt may last a minute, plus the time its files take at 32 kB/s: a quarter of an hour for 25 MB. */
const timeoutOf = ({ files }) =>
  60_000 + Math.ceil(Object.values(files).reduce((sum, file) => sum + file.size, 0) / 32);

/** Seconds or a date, as ms from now; null when the header is absent or unreadable. Never more than a day. */
export function retryAfter(header, now) {
  const wait = /^\d+$/.test(header ?? '') ? Number(header) * 1000 : Date.parse(header ?? '') - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), A_DAY);
}

/** The pause before the next attempt: doubling from `base` up to `longest`, with jitter so that clients spread. */
export const backOff = (attempts, base, longest = LONGEST_PAUSE, random = Math.random()) =>
  Math.min(base * 2 ** Math.max(attempts - 1, 0), longest) * (1 + random * 0.2);

/** Whether a time has come. No time is more than a day ahead: one that seems so was set by a wrong clock. */
const isDue = (at, now) => at <= now || at > now + A_DAY + LONGEST_PAUSE;

/** The file name of each part; the server goes by the part's name and its bytes. */
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
  } else {
    headers['Content-Type'] = 'application/json';
  }
  return {
    method: 'POST',
    headers,
    body,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(timeoutOf(item)),
  };
}

/** The outcome of one attempt: `done, pair, training, fix, later` (this item) or `down` (the server, so all items). */
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
  const wait = retryAfter(response.headers.get('Retry-After'), now());
  // A hotel's sign-in page answers 200, too; only the server knows the reference.
  if (
    (status === 200 || status === 201) &&
    typeof answer?.id === 'string' &&
    typeof answer.reference === 'string' &&
    /^R-[\w-]+$/.test(answer.reference)
  ) {
    return { kind: 'done', answer };
  }
  const problem = {
    reason: 'answer',
    status,
    detail: answer?.detail ?? null,
    errors: answer?.errors ?? null,
    training_url: answer?.training_url ?? null,
  };
  if (status === 413) return { kind: 'fix', problem }; // what stands before a server may say this, too
  if (status === 429 || status >= 500) return { kind: 'down', problem, wait };
  if (typeof answer?.detail !== 'string') return { kind: 'down', problem: { reason: 'stranger' }, wait };
  if (status === 403 && String(answer.type).endsWith('/not-accredited')) return { kind: 'training', problem };
  if (status === 401 || status === 403) return { kind: 'pair', problem };
  if ([400, 415, 422].includes(status)) return { kind: 'fix', problem };
  return { kind: status === 409 ? 'later' : 'down', problem, wait };
}

/**
 * Sends all that is due, one after the other, and says when to try again.
 *
 * @param {object} world `fetch, now, connection: {base, token, refused} | null, retryBase, pausedUntil`, and
 *   `onReceipt(receipt)`: called when a report sets out (null) and, before it is taken out, when the server has it
 * @param {boolean} force also sends what is scheduled for later, was refused or waits for training ("Send now")
 * @returns {Promise<{refused: object|null, pausedUntil: number, wakeAt: number|null, left: number, sent: number}>}
 *   `refused`: the server no longer takes this device's token, with its problem. `left`: how many reports remain.
 */
export async function flush(
  { fetch, now, connection, retryBase = RETRY_BASE, pausedUntil = 0, onReceipt = async () => {} },
  force = false,
) {
  let sent = 0;
  let refused = connection?.refused ?? null;
  let pausedUntilNow = isDue(pausedUntil, now()) ? 0 : pausedUntil;
  // On a full disk even these writes may fail; sending needs none of them.
  const noteChange = (id, members) => outbox.change(id, members).catch(() => undefined);
  const tell = (receipt) => onReceipt(receipt).catch(() => undefined);
  if (connection && (force || (!refused && !pausedUntilNow))) {
    const tried = new Set();
    const due = (item) => !tried.has(item.id) && item.state !== 'fix' && (force || isDue(item.next_at, now()));
    // Read again each time, for one may have been added meanwhile; a failed item never holds up the others.
    for (let item; (item = (await outbox.all()).filter(due).sort((a, b) => a.next_at - b.next_at)[0]);) {
      tried.add(item.id);
      const attempts = item.attempts + 1;
      await noteChange(item.id, { sending_until: now() + timeoutOf(item), attempts });
      await tell(null);
      const { kind, answer, problem, wait } = await attempt(item, connection, fetch, now);
      if (kind === 'done') {
        refused = null;
        pausedUntilNow = 0;
        sent += 1;
        await tell({
          id: item.id,
          reference: answer.reference,
          report_id: answer.id,
          title: item.report.listing?.title ?? null,
          url: item.report.url,
          at: now(),
        });
        // If this fails, the report is sent again under its key, and answered in the same way.
        await outbox.remove(item.id).catch(() => undefined);
        continue;
      }
      const pause = backOff(attempts, retryBase, problem.reason === 'answer' ? LONGEST_PAUSE : LONGEST_OFFLINE);
      const nextAttempt = now() + (wait === null || wait === undefined ? pause : Math.max(wait, backOff(1, retryBase)));
      await noteChange(item.id, {
        sending_until: 0,
        problem,
        state: kind === 'fix' || kind === 'training' ? kind : 'waiting',
        next_at: kind === 'training' ? now() + TRAINING_RETRY : kind === 'later' || kind === 'down' ? nextAttempt : 0,
      });
      if (kind === 'pair') {
        refused = problem;
        break;
      }
      if (kind === 'down') {
        pausedUntilNow = nextAttempt;
        break;
      }
      refused = null;
    }
  }
  const left = await outbox.all();
  const times = left.filter((item) => item.state !== 'fix').map((item) => item.next_at);
  const wakeAt =
    connection && !refused && times.length
      ? Math.max(Math.min(...times, now() + A_DAY), pausedUntilNow, now() + 500)
      : null;
  return { sent, refused, pausedUntil: pausedUntilNow, wakeAt, left: left.length };
}
