import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import {
  adapterFor,
  ADAPTERS,
  ANYWHERE,
  isProven,
  isSameListing,
  masksFor,
  numberIn,
} from '../../extension/lib/adapters.js';

const FIELDS = ['title', 'description', 'price', 'seller', 'location', 'posted_at', 'images', 'number'];
const ACCESS = ['public', 'logged_in', 'closed_group'];
const folder = new URL('../../extension/adapters/', import.meta.url);
const { document } = new JSDOM('<p>').window;
const selectors = ({ fields = {}, access, mask }) => [
  ...Object.values(fields)
    .flat()
    .map((reading) => reading.replace(/@[\w-]+$/, '')),
  ...ACCESS.flatMap((word) => access[word] ?? []),
  ...mask,
];

test('every file of the folder is an adapter that is used, named for its platform', () => {
  const files = readdirSync(folder)
    .map((name) => name.replace('.json', ''))
    .filter((name) => name !== 'anywhere');
  assert.deepEqual(files.sort(), ADAPTERS.map((adapter) => adapter.slug).sort());
});

for (const adapter of ADAPTERS) {
  test(`the adapter for ${adapter.name} has the one shape, says whether it is proven and since when`, () => {
    assert.deepEqual(Object.keys(adapter), [
      'slug',
      'name',
      'proven',
      'checked',
      'hosts',
      'listing',
      'results',
      'fields',
      'access',
      'mask',
    ]);
    for (const each of adapter.proven) {
      assert.ok(adapter.hosts.some((host) => each === host || each.endsWith(`.${host}`)));
    }
    assert.match(adapter.checked, /^20\d\d-\d\d-\d\d$/);
    assert.deepEqual(
      Object.keys(adapter.fields).filter((field) => !FIELDS.includes(field)),
      [],
    );
    assert.deepEqual(
      Object.keys(adapter.access).filter((word) => ![...ACCESS, 'closed_words'].includes(word)),
      [],
    );
    for (const pattern of adapter.listing) assert.match(pattern, /\(\?<id>/);
    for (const pattern of [...adapter.listing, ...adapter.results]) assert.ok(new RegExp(pattern));
    for (const name of adapter.hosts) assert.equal(new URL(`https://${name}/`).hostname, name);
  });
}

for (const each of [...ADAPTERS, ANYWHERE]) {
  test(`every selector of ${each.name ?? 'the general list'} is one that a browser can read`, () => {
    for (const selector of selectors(each)) assert.doesNotThrow(() => document.querySelector(selector), selector);
  });
}

test('adapters are data: JSON and nothing else', () => {
  for (const file of readdirSync(folder)) assert.ok(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
});

test('an adapter is found by host and subdomain, never by likeness', () => {
  const slug = (url) => adapterFor(url)?.slug ?? null;
  assert.deepEqual(
    [
      'https://www.ebay.co.uk/itm/1',
      'https://ebay.com',
      'https://m.ebay.de./x',
      'https://pokupki.market.yandex.ru/a',
      'https://jp.mercari.com/item/m1',
    ].map(slug),
    ['ebay', 'ebay', 'ebay', 'yandex-market', 'mercari'],
  );
  assert.deepEqual(
    ['https://notebay.com/itm/1', 'https://ebay.com.evil.example/', 'https://yandex.ru/', 'nonsense', ''].map(slug),
    [null, null, null, null, null],
  );
});

for (const [url, number] of [
  ['https://www.ebay.com/itm/some-title/265370482805?hash=1', '265370482805'],
  ['https://cgi.ebay.com/ws/eBayISAPI.dll?ViewItem&item=265370482805', '265370482805'],
  ['https://www.amazon.de/Ding/dp/B00BRMIU7A/ref=x', 'B00BRMIU7A'],
  ['https://www.etsy.com/uk/listing/123456789/x', '123456789'],
  ['https://manchester.craigslist.org/app/d/salford-indesit/7235216655.html', '7235216655'],
  ['https://www.olx.com.pk/item/infinix-iid-1021493409', '1021493409'],
  ['https://www.olx.pl/d/oferta/x-CID103-ID15kUfR.html', '15kUfR'],
  ['https://shopee.sg/name-i.123.4567', '123-4567'],
  ['https://shopee.sg/product/123/4567', '123-4567'],
  ['https://www.facebook.com/marketplace/item/1234567890123/?ref=search', '1234567890123'],
  ['https://www.facebook.com/groups/birds/posts/1234567890', '1234567890'],
  ['https://item.taobao.com/item.htm?spm=a&id=612345678901', '612345678901'],
  ['https://articulo.mercadolibre.com.ar/MLA-764828367-slug-_JM', 'MLA-764828367'],
  ['https://t.me/birdmarket/812', 'birdmarket-812'],
  ['https://www.kleinanzeigen.de/s-anzeige/graupapagei/2345678901-139-3331', '2345678901'],
  ['https://www.lazada.sg/products/pdp-i214861100-s325723972.html', '214861100'],
  ['https://item.rakuten.co.jp/shop-a/stick-01/', 'shop-a-stick-01'],
  ['https://page.auctions.yahoo.co.jp/jp/auction/x1234567890', 'x1234567890'],
  ['https://www.marktplaats.nl/v/verzamelen/stokken/m2123456789-wandelstok', 'm2123456789'],
  ['https://www.vinted.fr/items/4123456789-canne', '4123456789'],
  ['https://es.wallapop.com/item/baston-tallado-1023456789', '1023456789'],
  ['https://www.milanuncios.com/antiguedades/baston-512345678.htm', '512345678'],
  ['https://detail.1688.com/offer/712345678901.html', '712345678901'],
  ['https://item.jd.com/100012345678.html', '100012345678'],
  ['https://www.tokopedia.com/toko-a/tongkat-ukir', 'toko-a-tongkat-ukir'],
  ['https://www.bukalapak.com/p/hobi/koleksi/4a5b6c-jual-tongkat', '4a5b6c'],
  ['https://www.chotot.com/mua-ban-do-co/112345678.htm', '112345678'],
  ['https://www.rubylane.com/item/123456-A100/Walking-Stick', '123456-A100'],
  ['https://www.1stdibs.com/furniture/x/walking-stick/id-f_12345678/', 'f_12345678'],
  ['https://www.chairish.com/product/1234567/walking-stick', '1234567'],
  ['https://www.avito.ru/moskva/kollektsionirovanie/trost_2123456789', '2123456789'],
  ['https://www.trademe.co.nz/a/marketplace/antiques/listing/4123456789', '4123456789'],
  ['https://www.kijiji.ca/v-art-collectibles/toronto/stick/1612345678', '1612345678'],
  ['https://www.preloved.co.uk/adverts/show/123456789/stick.html', '123456789'],
  ['https://www.pets4homes.co.uk/classifieds/abc12_de-grey-parrot/', 'abc12_de'],
  ['https://www.morphmarket.com/us/c/reptiles/pythons/ball-pythons/1234567', '1234567'],
  ['https://www.ebay.com/sch/i.html?_nkw=ivory', null],
  ['https://shop.example/itm/123456789', null],
]) {
  test(`the number of ${new URL(url).host}${new URL(url).pathname} is ${number}`, () =>
    assert.equal(numberIn(url), number));
}

test('the places that show who is looking come with the platform, and in general', () => {
  assert.equal(masksFor('https://www.amazon.fr/dp/B08LNDXM65')[0], '#nav-link-accountList');
  assert.deepEqual(masksFor('https://shop.example/'), ANYWHERE.mask);
});

test('a host proves itself and no other', () => {
  const proven = (url) => isProven(adapterFor(url), url);
  assert.deepEqual(
    [
      'https://www.ebay.co.uk/itm/1',
      'https://www.ebay.de/itm/1',
      'https://www.olx.com.pk/a',
      'https://www.olx.pl/a',
    ].map(proven),
    [true, false, true, false],
  );
});

test('one ad under two addresses is one', () => {
  const item = 'https://www.ebay.com/itm/265370482805';
  assert.equal(isSameListing(item, 'https://www.ebay.de/itm/carved-box/265370482805?var=1'), true);
  assert.equal(isSameListing(item, 'https://www.ebay.com/itm/265370482806'), false);
  assert.equal(isSameListing('https://m.example/ad/1?ref=a', 'https://m.example/ad/1#top'), true);
  assert.equal(isSameListing('https://m.example/ad?id=1234', 'https://m.example/ad?id=1235'), false);
  assert.equal(isSameListing(null, null), false);
});
