/** What the service worker does, on the real browser: `send.js` and `pair.js` know nothing of it. */
import { alone, awake, badge, guardSettings, say, settings, wakeAt, wakeEvery } from './browser.js';
import * as drafts from './drafts.js';
import { CHANGED } from './messages.js';
import * as outbox from './outbox.js';
import { ask, OF_ACCOUNT } from './pair.js';
import { flush } from './send.js';

const world = { fetch: (...call) => fetch(...call), now: () => Date.now() };
/** How long after a round that did not end the next one begins (ms). */
const AGAIN = 60_000;

/** Sends what is due and remembers what came of it. */
export const sendAll = (force = false) =>
  alone('flush', () =>
    awake(async () => {
      // Should this worker end in the middle of it, it is woken to go on.
      if ((await outbox.all()).length) await wakeAt('retry', world.now() + AGAIN);
      const [connection, retryBase, pausedUntil] = await Promise.all(
        ['connection', 'retry_base', 'paused_until'].map(settings.get),
      );
      const tell = async (receipt) => {
        // Unpaired meanwhile: it is nobody's here any more.
        if (receipt && (await settings.get('connection'))?.token === connection?.token) {
          await settings.set({
            receipts: [
              receipt,
              ...((await settings.get('receipts')) ?? []).filter((one) => one.id !== receipt.id),
            ].slice(0, 20),
          });
        }
        say(CHANGED);
      };
      const result = await flush(
        {
          ...world,
          connection: connection ?? null,
          retryBase: retryBase ?? undefined,
          pausedUntil: pausedUntil ?? 0,
          tell,
        },
        force,
      );
      const still = await settings.get('connection');
      // Paired anew meanwhile: that connection was not the one refused. Nor is a refusal undone that another page was
      // told of.
      if (still && still.token === connection?.token && result.refused !== (connection.refused ?? null)) {
        await settings.set({ connection: { ...still, refused: result.refused } });
      }
      await settings.set({ paused_until: result.pausedUntil });
      await wakeAt('retry', result.wakeAt);
      await badge(result.left);
      say(CHANGED);
      return { sent: result.sent, left: result.left };
    }),
  );

/** Asks whether a pairing was agreed to; on success sends what waited for it. @returns {Promise<boolean>} still open */
export const checkPairing = async () => {
  const open = await alone('pairing', async () => {
    const before = await settings.get('pairing');
    if (!before) return false;
    const { pairing, connection } = await ask(before, world);
    if (connection) {
      await settings.set({ connection, paused_until: 0 });
      await settings.remove('pairing', ...OF_ACCOUNT);
    } else if (pairing !== before) {
      await settings.set({ pairing });
    }
    if (connection || pairing?.state !== before.state) await say(CHANGED);
    return pairing?.state === 'pending' ? pairing.next_at : Boolean(connection) && 'paired';
  });
  if (open === 'paired') await sendAll(true);
  else if (open) await wakeAt('pairing', open);
  return Boolean(open) && open !== 'paired';
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
