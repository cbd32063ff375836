/** When a break is due: after so long of flagging and looking without a pause. Pure; times in ms since 1970. */

/**
 * Minutes of looking after which a break is offered, and the pause that ends a stretch. Chosen by us; no study names
 * one.
 */
export const AFTER = 50;
const PAUSE = 15 * 60_000;
/** How long "Not now" keeps quiet. */
const QUIET = 15 * 60_000;

/**
 * The stretch `{since, last, quiet_until}` when somebody looks at an ad now: the old one goes on, or a new one begins.
 */
export const carriedOn = (stretch, now) =>
  stretch && now >= stretch.last && now - stretch.last < PAUSE
    ? { ...stretch, last: now }
    : { since: now, last: now, quiet_until: 0 };

/** The minutes looked at a stretch when a break is due, else 0; a stretch that has ended needs none. */
export function due(stretch, now) {
  if (!stretch || now < stretch.since || now - stretch.last >= PAUSE || now < stretch.quiet_until) return 0;
  const minutes = Math.floor((stretch.last - stretch.since) / 60_000);
  return minutes >= AFTER ? minutes : 0;
}

export const notNow = (stretch, now) => ({ ...stretch, quiet_until: now + QUIET });
