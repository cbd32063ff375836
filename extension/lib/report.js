/** From what was captured and what the person said to the JSON of `POST /api/v1/reports`. Pure. */
import { wellFormed } from './fit.js';

export const REASON_LIMIT = 2000;
export const TITLE_LIMIT = 1000;
export const SPECIES_LIMIT = 500;
/** What a page can say, in the order in which the popup lists it. */
export const LISTING_FIELDS = [
  'title',
  'number',
  'price',
  'seller',
  'location',
  'posted_at',
  'language',
  'description',
  'images',
  'structured_data',
];
/** What goes as files, in the order in which the popup lists them. */
export const FILES = ['screenshot', 'full_page', 'page'];

const has = (value) =>
  value !== null && value !== undefined && value !== '' && (!Array.isArray(value) || value.length > 0);

/** The data that can be sent from a capture; the address always goes. */
export function available(captured) {
  const fields = LISTING_FIELDS.filter((field) => has(captured.listing[field]));
  return ['url', ...fields, ...FILES.filter((name) => captured[name]), 'client'];
}

/** What of it will be sent: `left_out` is the set of fields that the person unticked. */
export const sending = (captured, left_out) =>
  available(captured).filter((field) => field === 'url' || !left_out.has(field));

/** A pick with the stop of its own writing; some have one already. */
const sentence = (pick) => (/[.。!?؟]$/.test(pick) ? pick : /\p{Script=Han}$/u.test(pick) ? `${pick}。` : `${pick}.`);

/**
 * The reason in words: the picks as sentences, then the person's own. Where they said neither but chose what is
 * offered, `unsaid` stands for it, as the form shows; a category that is only remembered from the last time says
 * nothing.
 */
export const reasonOf = (form) =>
  [form.picks.map(sentence).join(' '), (form.words ?? '').trim()].filter(Boolean).join(' ') ||
  (form.category && !form.remembered && form.unsaid) ||
  '';

/** What is still missing, as `{field, key, value}` with a message key; empty when it can be flagged. */
export function problems(captured, form) {
  const found = [];
  const reason = reasonOf(form);
  const title = (form.title ?? '').trim();
  if (!form.category) found.push({ field: 'category', key: 'missingCategory' });
  else if (!reason) found.push({ field: 'reason', key: 'missingReason' });
  if (reason.length > REASON_LIMIT) found.push({ field: 'reason', key: 'reasonLong', value: reason.length });
  if (title.length > TITLE_LIMIT) found.push({ field: 'title', key: 'titleLong', value: title.length });
  return found;
}

/** The report as the contract has it, and the files that go with it, by the part's name. */
export function compose(captured, form, left_out) {
  const kept = new Set(sending(captured, left_out));
  const listing = Object.fromEntries(
    LISTING_FIELDS.filter((field) => kept.has(field)).map((field) => [field, captured.listing[field]]),
  );
  const title = (form.title ?? '').trim();
  if (!has(captured.listing.title) && title) listing.title = title;
  const files = Object.fromEntries(FILES.filter((name) => kept.has(name)).map((name) => [name, captured[name]]));
  return {
    files,
    report: wellFormed({
      url: captured.url,
      captured_at: captured.captured_at,
      access: form.access,
      listing,
      suspicion: {
        category: form.category,
        species: form.taxon?.scientific_name ?? (form.species ?? '').trim(),
        taxon_id: form.taxon?.id ?? null,
        legality_evidence: form.legality,
        confidence: form.confidence || null,
        reason: reasonOf(form),
      },
      evidence: Object.keys(files).map((name) => ({ name, sha256: captured.sha256[name] })),
      client: kept.has('client') ? captured.client : null,
    }),
  };
}
