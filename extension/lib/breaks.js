/** When a break is due: after a stretch of looking at ads without a pause. Pure; times in ms since 1970. */

/**
 * Minutes after which a break is suggested, and the pause that ends a stretch. Our own choice; no study names a figure.
 */
export const BREAK_AFTER = 50;
const PAUSE_MS = 15 * 60_000;
/** How long "Not now" silences the reminder. */
const POSTPONED_MS = 15 * 60_000;

/**
 * The stretch `{since, last, quiet_until}` when an ad is opened now: the current one continues, or a new one starts.
 */
export const continued = (stretch, now) =>
  stretch && now >= stretch.last && now - stretch.last < PAUSE_MS
    ? { ...stretch, last: now }
    : { since: now, last: now, quiet_until: 0 };

/** The length of the stretch in minutes when a break is due, else 0. A stretch that has ended needs none. */
export function breakDue(stretch, now) {
  if (!stretch || now < stretch.since || now - stretch.last >= PAUSE_MS || now < stretch.quiet_until) return 0;
  const minutes = Math.floor((stretch.last - stretch.since) / 60_000);
  return minutes >= BREAK_AFTER ? minutes : 0;
}

export const postponed = (stretch, now) => ({ ...stretch, quiet_until: now + POSTPONED_MS });
