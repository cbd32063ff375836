/** The words of the server that the extension needs; equal to `server/core/words.py`, by test. */

/** What is offered. */
export const CATEGORIES = Object.freeze(['live', 'part', 'product', 'plant', 'service']);
/** What the ad says or shows about papers. */
export const LEGALITY = Object.freeze(['none', 'claimed', 'document_shown', 'unknown']);
/** How sure the spotter is. */
export const CONFIDENCE = Object.freeze(['certain', 'likely', 'unsure']);
/** Who could see the listing when it was captured. */
export const ACCESS = Object.freeze(['public', 'logged_in', 'closed_group']);
/** The answers to a check. */
export const SEEN = Object.freeze(['present', 'gone', 'cannot_tell']);
/** What the spotter sees of a report. */
export const STATUSES = Object.freeze([
  'received',
  'in_review',
  'needs_info',
  'notified',
  'removed',
  'restricted',
  'kept',
  'no_answer',
  'dismissed',
  'retracted',
]);
/** What a status leaves open, where the status alone would say what is not so. */
export const STATUS_DETAILS = Object.freeze([
  'to_be_notified',
  'already_gone',
  'access_disabled',
  'account_suspended',
  'reinstated',
  'withdrawn',
  'closed',
]);
