/**
 * No page can make a report that the server refuses: what is too long is left out and said, what is broken is repaired.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, fitted, LIMITS, wellFormed } from '../../extension/lib/limits.js';
import { compose } from '../../extension/lib/report.js';
import { languageOf, unseen } from '../../extension/lib/understand.js';
import { jsonLd, read } from './support.mjs';

const PRODUCT = {
  '@type': 'Product',
  name: 'Grey parrot, hand tame',
  description: 'Talks.',
  offers: { price: '1250', priceCurrency: 'EUR' },
};
const listing = (more) => ({ ...unseen('https://market.example/ad/1').listing, ...more });

test('half a sign, as sites publish that cut a text in an emoji, does not leave', () => {
  const seen = read(
    '<title>Grey parrot \ud83d</title>' +
      jsonLd(
        '{"@type":"Product","name":"Grey parrot","description":"Talks \\ud83d",' +
          '"sku":"a\\u0000b","x\\ud83d":["\\udc00"]}',
      ) +
      `<img src="/p.jpg" alt="${'x'.repeat(499)}🦜">`,
  );
  const sent = JSON.stringify(seen);
  assert.ok(sent.isWellFormed() && !/\\u(?:0000|[dD][89a-fA-F])/.test(sent), sent);
  assert.deepEqual(
    [seen.listing.description, seen.listing.structured_data[0].sku, seen.listing.images[0].alt],
    ['Talks \ufffd', 'ab', 'x'.repeat(499)],
  );
});

test('nor does one that somebody typed', () => {
  const captured = { url: 'https://market.example/ad/1', listing: listing({}), sha256: {}, client: null };
  const { report } = compose(
    captured,
    {
      category: 'live',
      picks: [],
      words: 'Six \ud83d',
      title: 'Parrot\0s',
      species: '\udc00',
      legality: 'none',
      confidence: '',
    },
    new Set(),
  );
  assert.deepEqual(
    [report.suspicion.reason, report.listing.title, report.suspicion.species],
    ['Six \ufffd', 'Parrots', '\ufffd'],
  );
});

test('well-formed JSON stays as it is', () => {
  const data = { a: ['🦜', 1, null, true, { ключ: 'نص' }], b: '' };
  assert.deepEqual(wellFormed(data), data);
});

test('a price in a whole paragraph is none; the page may print one', () => {
  const wordy = { ...PRODUCT, offers: { price: `1250 ${'for the pair, '.repeat(25)}`, priceCurrency: 'EUR' } };
  const without = read(jsonLd(wordy));
  assert.deepEqual([without.listing.price, without.too_long], [null, ['price']]);
  assert.equal(
    read(`${jsonLd(wordy)}<h1>${PRODUCT.name}</h1><p class="price">€ 1,250</p>`).listing.price.text,
    '€ 1,250',
  );
});

test('a picture’s caption is shortened, and a picture whose address is too long stays out', () => {
  const { images } = read(
    jsonLd({ ...PRODUCT, image: { '@type': 'ImageObject', url: '/a.jpg', caption: 'y'.repeat(5000) } }) +
      `<img src="/b.jpg?${'z'.repeat(5000)}" alt="b"><img src="/c.jpg" alt="c">`,
  ).listing;
  assert.deepEqual(images, [
    { url: 'https://market.example/a.jpg', alt: 'y'.repeat(500) },
    { url: 'https://market.example/c.jpg', alt: 'c' },
  ]);
});

test('more of the page’s data than the server takes is left out whole and said', () => {
  const nodes = (count) => read(jsonLd(PRODUCT, ...Array.from({ length: count - 1 }, () => ({ '@type': 'Thing' }))));
  assert.deepEqual(
    [nodes(100), nodes(101)].map((seen) => [seen.listing.structured_data.length, seen.too_long]),
    [
      [100, []],
      [0, ['structured_data']],
    ],
  );
});

test('a language is a tag of at most 35 signs', () => {
  assert.deepEqual(
    [
      'en',
      'pt_BR',
      'zh-Hant-TW',
      `en-${'abcdefgh-'.repeat(4)}x`,
      `en${'-abcdefgh'.repeat(4)}`,
      'English',
      '',
      null,
    ].map(languageOf),
    ['en', 'pt-BR', 'zh-Hant-TW', null, null, null, null, null],
  );
  assert.equal(read(`<html lang="en${'-abcdefgh'.repeat(4)}">${jsonLd(PRODUCT)}`).listing.language, null);
});

test('what grew while the volunteer was taken out of it is looked at again, and what was said stays said', () => {
  const { listing: left, too_long } = fitted({
    listing: listing({ title: 'x'.repeat(1001), location: 'Lisbon', seller: { name: 'x'.repeat(301), url: null } }),
    too_long: ['description'],
  });
  assert.deepEqual(
    [left.title, left.seller, left.location, too_long],
    [null, null, 'Lisbon', ['description', 'title', 'seller']],
  );
});

test('of a report larger than the server takes the page’s data stay here', () => {
  const data = [{ text: '虎'.repeat(290_000) }];
  const images = Array.from({ length: 100 }, (_, at) => ({
    url: `https://i.example/${at}?${'x'.repeat(4000)}`,
    alt: '虎'.repeat(500),
  }));
  const over = (more) => fitted({ listing: listing({ description: '虎'.repeat(20_000), ...more }) });
  assert.deepEqual(
    [
      over({ structured_data: data }).too_long,
      over({ images }).too_long,
      over({ structured_data: data, images }).too_long,
    ],
    [['structured_data'], [], ['structured_data']],
  );
  assert.ok(fits('structured_data', data));
  assert.ok(JSON.stringify(over({ images }).listing).length < LIMITS.json);
});
