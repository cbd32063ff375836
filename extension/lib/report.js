/** From the capture and the form to the JSON of `POST /api/v1/reports`. Pure. */
import { acceptedAddress, wellFormed } from './limits.js';
import { withShown } from './photos.js';

export const REASON_LIMIT = 2000;
export const TITLE_LIMIT = 1000;
export const SPECIES_LIMIT = 500;
/** The fields that a page can state, in the order in which the popup lists them. */
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
/** The parts sent as files, in the order in which the popup lists them. */
export const FILES = ['screenshot', 'full_page', 'page'];

const isFilled = (value) =>
  value !== null && value !== undefined && value !== '' && (!Array.isArray(value) || value.length > 0);

/** The fields that can be sent from a capture; the address is always sent. */
export function availableFields(captured) {
  const fields = LISTING_FIELDS.filter((field) => isFilled(captured.listing[field]));
  return ['url', ...fields, ...FILES.filter((name) => captured[name]), 'client'];
}

/** The fields that will be sent: `left_out` is the set that the person unticked. */
export const sentFields = (captured, left_out) =>
  availableFields(captured).filter((field) => field === 'url' || !left_out.has(field));

/** A quick reason as a sentence, with the full stop of its script; some have one already. */
const sentence = (pick) => (/[.。!?؟]$/.test(pick) ? pick : /\p{Script=Han}$/u.test(pick) ? `${pick}。` : `${pick}.`);

/**
 * The reason: the quick reasons as sentences, then the person's own words. Where there is neither but a category was
 * chosen, `unsaid` stands for it, as the form shows; a category remembered from the last time does not count as chosen.
 */
export const reasonOf = (form) =>
  [form.picks.map(sentence).join(' '), (form.words ?? '').trim()].filter(Boolean).join(' ') ||
  (form.category && !form.remembered && form.unsaid) ||
  '';

/** What is still missing, as `{field, key, value}` with a message key; empty when it can be flagged. */
export function missingFields(captured, form) {
  const missing = [];
  const reason = reasonOf(form);
  const title = (form.title ?? '').trim();
  if (!form.category) missing.push({ field: 'category', key: 'missingCategory' });
  else if (!reason) missing.push({ field: 'reason', key: 'missingReason' });
  if (reason.length > REASON_LIMIT) missing.push({ field: 'reason', key: 'reasonLong', value: reason.length });
  if (title.length > TITLE_LIMIT) missing.push({ field: 'title', key: 'titleLong', value: title.length });
  return missing;
}

/** The report as the API takes it, and its files by the part's name. */
export function compose(captured, form, left_out) {
  const sent = new Set(sentFields(captured, left_out));
  const listing = Object.fromEntries(
    LISTING_FIELDS.filter((field) => sent.has(field)).map((field) => [field, captured.listing[field]]),
  );
  const title = (form.title ?? '').trim();
  if (!isFilled(captured.listing.title) && title) listing.title = title;
  if (sent.has('images') && sent.has('screenshot')) {
    listing.images = withShown(listing.images, captured.photos ?? [], 'screenshot');
  }
  const files = Object.fromEntries(FILES.filter((name) => sent.has(name)).map((name) => [name, captured[name]]));
  return {
    files,
    report: wellFormed({
      url: acceptedAddress(captured.url),
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
      client: sent.has('client') ? captured.client : null,
    }),
  };
}
