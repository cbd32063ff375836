/** What a person can do about a report that the server could not take. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedReport, namedFields, removableFields } from '../../extension/popup/fix.js';

const ITEM = {
  files: { screenshot: 'a picture' },
  report: {
    url: 'https://market.example/ad/1',
    listing: { title: 'Parrot', price: { text: '€5' }, description: 'Talks \ud83d' },
    suspicion: { category: 'live', reason: 'Six at once.' },
    evidence: [{ name: 'screenshot', sha256: 'x' }],
    client: { browser: 'b' },
  },
};

test('an error is about the field that its path leads to, and is said once', () => {
  assert.deepEqual(
    namedFields({
      'listing.price.text': ['Long.'],
      'listing.images.3.url': ['Long.'],
      'listing.images.4.url': ['Long.'],
      'listing.seller.url': ['Bad.', 'Long.'],
      'suspicion.reason': ['Say why.'],
      'suspicion.taxon_id': ['Long.'],
      'evidence.0.sha256': ['64.'],
      'client.browser': ['Long.'],
      screenshot: ['No picture.'],
      url: ['None.'],
      captured_at: ['None.'],
      'listing.constructor': ['Unknown field.'],
      listing: ['Invalid.'],
      '': ['Odd.'],
    }),
    [
      ['price', 'Long.'],
      ['images', 'Long.'],
      ['seller', 'Bad.'],
      ['seller', 'Long.'],
      ['reason', 'Say why.'],
      ['taxon_id', 'Long.'],
      ['evidence', '64.'],
      ['client', 'Long.'],
      ['screenshot', 'No picture.'],
      ['url', 'None.'],
      [null, 'None.'],
      [null, 'Unknown field.'],
      [null, 'Invalid.'],
      [null, 'Odd.'],
    ],
  );
  for (const nothing of [null, undefined, {}, []]) assert.deepEqual(namedFields(nothing), []);
});

test('what is named can be left out; where nothing is named, all of it', () => {
  const offered = (errors) => removableFields(ITEM.report, namedFields(errors));
  assert.deepEqual(
    [
      offered({ 'listing.price.text': ['Long.'] }),
      offered({ 'client.browser': ['Long.'] }),
      offered({ 'suspicion.reason': ['Say why.'] }),
      offered({ 'listing.title': ['Long.'] }),
    ],
    [['price'], ['client'], [], []],
  );
  for (const errors of [null, {}, { listing: ['Invalid.'] }]) {
    assert.deepEqual(offered(errors), ['price', 'description', 'client']);
  }
});

test('a fixed report is without what was left out, and whole', () => {
  const values = {
    category: 'part',
    title: 'Parrots',
    reason: 'Six \ud83d',
    without: ['price', 'client', 'screenshot'],
  };
  const { report, files } = fixedReport(ITEM, values);
  assert.deepEqual(
    [report.listing, report.suspicion, report.client, report.evidence, files],
    [{ title: 'Parrots', description: 'Talks \ufffd' }, { category: 'part', reason: 'Six \ufffd' }, null, [], {}],
  );
  assert.equal(ITEM.report.listing.price.text, '€5');
});
