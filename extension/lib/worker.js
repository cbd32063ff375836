/** What the service worker does in a real browser; `send.js` and `pairing.js` know nothing of it. */
import { alone, awake, badge, guardSettings, send, settings, wakeAt, wakeEvery } from './browser.js';
import * as drafts from './drafts.js';
import { CHANGED } from './messages.js';
import * as outbox from './outbox.js';
import { ACCOUNT_SETTINGS, askPairing } from './pairing.js';
import { flush } from './send.js';

const environment = { fetch: (...call) => fetch(...call), now: () => Date.now() };
/** How long after an interrupted round the next one starts (ms). */
const RETRY_MS = 60_000;

/** Sends what is due and stores the outcome. */
export const sendAll = (force = false) =>
  alone('flush', () =>
    awake(async () => {
      // If the browser stops this worker halfway, the alarm wakes it to go on.
      if ((await outbox.all()).length) await wakeAt('retry', environment.now() + RETRY_MS);
      const [connection, retryBase, pausedUntil] = await Promise.all(
        ['connection', 'retry_base', 'paused_until'].map(settings.get),
      );
      const onReceipt = async (receipt) => {
        // Unpaired meanwhile: the receipt belongs to nobody here.
        if (receipt && (await settings.get('connection'))?.token === connection?.token) {
          await settings.set({
            receipts: [
              receipt,
              ...((await settings.get('receipts')) ?? []).filter((older) => older.id !== receipt.id),
            ].slice(0, 20),
          });
        }
        send(CHANGED);
      };
      const result = await flush(
        {
          ...environment,
          connection: connection ?? null,
          retryBase: retryBase ?? undefined,
          pausedUntil: pausedUntil ?? 0,
          onReceipt,
        },
        force,
      );
      const current = await settings.get('connection');
      // Paired again meanwhile: it was the other connection that was refused. Nor is a refusal undone that another page
      // has recorded.
      if (current && current.token === connection?.token && result.refused !== (connection.refused ?? null)) {
        await settings.set({ connection: { ...current, refused: result.refused } });
      }
      // On a full disk the alarm wakes this worker all the same, and the badge must be right.
      await settings.set({ paused_until: result.pausedUntil }).catch(() => undefined);
      await wakeAt('retry', result.wakeAt);
      await badge(result.left);
      send(CHANGED);
      return { sent: result.sent, left: result.left };
    }),
  );

/** Asks whether a pairing was approved; on success sends what waited for it. @returns {Promise<boolean>} still open */
export const checkPairing = async () => {
  const outcome = await alone('pairing', async () => {
    const earlier = await settings.get('pairing');
    if (!earlier) return false;
    const { pairing, connection } = await askPairing(earlier, environment);
    // Stopped or begun anew meanwhile: the answer is for a pairing that is no longer wanted.
    if ((await settings.get('pairing'))?.device_code !== earlier.device_code) return false;
    if (connection) {
      await settings.set({ connection, paused_until: 0 });
      await settings.remove('pairing', ...ACCOUNT_SETTINGS);
    } else if (pairing !== earlier) {
      await settings.set({ pairing });
    }
    if (connection || pairing?.state !== earlier.state) await send(CHANGED);
    return pairing?.state === 'pending' ? pairing.next_at : Boolean(connection) && 'paired';
  });
  if (outcome === 'paired') await sendAll(true);
  else if (outcome) await wakeAt('pairing', outcome);
  return Boolean(outcome) && outcome !== 'paired';
};

/** At every start of the worker, whatever woke it. */
export async function start() {
  await guardSettings();
  await wakeEvery('regular', 5);
  await drafts.sweep().catch(() => undefined);
  await badge((await outbox.all()).length);
  await checkPairing();
  await sendAll();
}
