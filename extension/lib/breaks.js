/** When a break is due: after so long of flagging and looking without a pause. Pure; times in ms since 1970. */

/**
 * Minutes of looking after which a break is offered, and the pause that ends a stretch. Chosen by us; no study names
 * one.
 */
export const BREAK_AFTER = 50;
const PAUSE_MS = 15 * 60_000;
/** How long "Not now" keeps quiet. */
const POSTPONED_MS = 15 * 60_000;

/**
 * The stretch `{since, last, quiet_until}` when somebody looks at an ad now: the old one goes on, or a new one begins.
 */
export const continued = (stretch, now) =>
  stretch && now >= stretch.last && now - stretch.last < PAUSE_MS
    ? { ...stretch, last: now }
    : { since: now, last: now, quiet_until: 0 };

/** The minutes looked at a stretch when a break is due, else 0; a stretch that has ended needs none. */
export function breakDue(stretch, now) {
  if (!stretch || now < stretch.since || now - stretch.last >= PAUSE_MS || now < stretch.quiet_until) return 0;
  const minutes = Math.floor((stretch.last - stretch.since) / 60_000);
  return minutes >= BREAK_AFTER ? minutes : 0;
}

export const postponed = (stretch, now) => ({ ...stretch, quiet_until: now + POSTPONED_MS });
