import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PRODUCT } from './product.mjs';
import { jsonLd, read } from './support.mjs';

test('a price range is kept as its lower end, with both ends in words', () => {
  const ranged = {
    ...PRODUCT,
    offers: { '@type': 'AggregateOffer', lowPrice: '5.29', highPrice: '9.56', priceCurrency: 'GBP' },
  };
  assert.deepEqual(read(jsonLd(ranged)).listing.price, { amount: '5.29', currency: 'GBP', text: '5.29 – 9.56 GBP' });
});

test('of several offers the one that the page prints is taken', () => {
  const sizes = {
    ...PRODUCT,
    offers: ['70.5', '62.95'].map((price) => ({ '@type': 'Offer', price, priceCurrency: 'EUR' })),
  };
  assert.equal(
    read(`<h1>Grey parrot, hand tame</h1><span class="price">62,95 €</span>${jsonLd(sizes)}`).listing.price.amount,
    '62.95',
  );
  assert.deepEqual(read(`<h1>Grey parrot, hand tame</h1>${jsonLd(sizes)}`).listing.price, {
    amount: '62.95',
    currency: 'EUR',
    text: '62.95 – 70.50 EUR',
  });
});

test('a stated price that the page strikes out gives way to the one printed beside it', () => {
  const page =
    `<h1>Grey parrot, hand tame</h1><div><s class="price">€1,250.00</s> <b class="price">€990.00</b></div>` +
    jsonLd(PRODUCT);
  assert.deepEqual([read(page).listing.price.amount, read(page).from.price], ['990.00', 'page']);
});

test('a list price in the data is not the price, by its type or its name', () => {
  for (const mark of [{ priceType: 'https://schema.org/ListPrice' }, { name: 'RRP' }, { name: 'List price' }]) {
    const offers = [
      { '@type': 'Offer', price: '1800', priceCurrency: 'EUR', ...mark },
      { '@type': 'Offer', price: '1250.00', priceCurrency: 'EUR' },
    ];
    assert.equal(read(jsonLd({ ...PRODUCT, offers })).listing.price.amount, '1250.00');
  }
});

test('a stated price stays where only a related item, or something unseen, struck the same amount out', () => {
  const own = '<h1>Grey parrot, hand tame</h1><p><b class="price">€1,250.00</b></p>';
  for (const other of [
    '<div><div><div><s class="price">€1,250.00</s> <b class="price">€700.00</b></div></div></div>',
    '<ul><li><a href="/9"><s class="price">€1,250.00</s> <b class="price">€700.00</b></a></ul>',
  ]) {
    assert.equal(read(own + other + jsonLd(PRODUCT)).listing.price.amount, '1250.00');
  }
});

for (const [what, html, amount] of [
  ['with its tax', '<span class="price tax">€ 48.00</span><span class="price notax">€ 40.00</span>', '48.00'],
  ['in a slider of its own', '<div class="price-slider"><span class="price">€ 48.00</span></div>', '48.00'],
  ['under a slider that holds the heading', '<span class="price">€ 48.00</span>', '48.00'],
]) {
  test(`a price ${what} is read`, () => {
    const page = `<div class="main-slider"><h1>Carved box</h1><div>${html}</div></div>`;
    const { price } = read(`<title>Carved box</title>${page}<p>${'A carved box, bought long ago. '.repeat(9)}`).listing;
    assert.equal(price?.amount, amount);
  });
}

for (const label of ['Current bid', 'Highest bid:', 'Aktuelles Gebot', 'Enchère actuelle', 'Puja actual', '当前价']) {
  test(`of an auction “${label}” is the price, not the start price of its data`, () => {
    const bid = `<div><span>${label}</span> <b>€ 1,475</b></div>`;
    const page = `<h1>Grey parrot, hand tame</h1>${bid}<p>Start price € 1,250</p>`;
    const { price } = read(page + jsonLd(PRODUCT)).listing;
    assert.equal(price.amount, '1475');
  });
}

for (const former of [
  'preis preis-alt',
  'alter-preis',
  'prix prix-barre',
  'ancien-prix',
  'precio-anterior',
  'stara-cena',
  'prezzo barrato',
  'preco-de',
  'oude-prijs',
  'eski-fiyat',
  'versand-preis',
  'prix-livraison',
  'precio-envio',
  'rata-cena',
]) {
  test(`a price called “${former}” is not today's`, () => {
    const printed = `<span class="${former}">90 €</span> <span class="preis price">60 €</span>`;
    const page = `<title>Carved box</title><h1>Carved box</h1>${printed}<p>${'A carved box. '.repeat(20)}</p>`;
    assert.equal(read(page).listing.price?.amount, '60');
  });
}

for (const [label, printed, amount] of [
  ['Høyeste bud', '1.475 kr', '1475'],
  ['Aktuellt bud', '1 475 kr', '1475'],
  ['Nykyinen tarjous', '1 475 €', '1475'],
  ['Aktuální nabídka', '1 475 Kč', '1475'],
  ['Jelenlegi licit', '14 750 Ft', '14750'],
  ['Licitația curentă', '1.475 lei', '1475'],
  ['Τρέχουσα προσφορά', '1.475 €', '1475'],
  ['Güncel teklif', '1.475 TL', '1475'],
  ['Lance mais alto', 'R$ 1.475', '1475'],
  ['Поточна ставка', '1 475 ₴', '1475'],
  ['Giá thầu hiện tại', '1.475.000 ₫', '1475000'],
  ['Penawaran saat ini', 'Rp 1.475.000', '1475000'],
  ['ราคาปัจจุบัน', '1,475 บาท', '1475'],
  ['目前出价', '¥1475', '1475'],
  ['當前出價', 'NT$1,475', '1475'],
  ['المزايدة الحالية', '1,475 ر.س', '1475'],
]) {
  test(`“${label}” is an auction's price, too`, () => {
    const bid = `<div><div>${label}</div><div>${printed}</div></div>`;
    const { price } = read(`<h1>Grey parrot, hand tame</h1>${bid}<p>Start € 1,250</p>${jsonLd(PRODUCT)}`).listing;
    assert.equal(price.amount, amount);
  });
}

test('goods that are only related have no say', () => {
  const related = {
    ...PRODUCT,
    isRelatedTo: [{ '@type': 'Product', name: 'Cage', offers: { price: 1, priceCurrency: 'EUR' } }],
  };
  assert.equal(read(jsonLd(related)).listing.price.amount, '1250.00');
});

for (const [what, html, amount, currency] of [
  [
    'cents set small behind the rest',
    '<p class="product-price">173<sup>34</sup> <span>lei</span></p>',
    '173.34',
    'RON',
  ],
  ['cents set small behind thousands', '<p class="price">€ 1.299<sup>50</sup></p>', '1299.50', 'EUR'],
  [
    'cents in a box of their own',
    '<p class="price"><span>£12</span><span class="price-cents">99</span></p>',
    '12.99',
    'GBP',
  ],
  ['cents behind a mark', '<p class="price">€ 12,<sup>99</sup></p>', '12.99', 'EUR'],
  ["a mark for the site's own tests", '<p data-aut-id="itemPrice">Rs 23,450</p>', '23450', null],
  ['a name in another language', '<p class="cena">54,50 €</p>', '54.50', 'EUR'],
]) {
  test(`a price known by ${what} is read`, () => {
    const { price } = read(
      `<title>Carved box</title><h1>Carved box</h1>${html}<p>${'A carved box, bought long ago. '.repeat(9)}</p>`,
    ).listing;
    assert.deepEqual([price?.amount, price?.currency], [amount, currency]);
  });
}

test('a footnote beside a price is no part of it, and square metres are no cents', () => {
  const page = (inside) =>
    read(`<title>Barn</title><h1>Barn</h1><p class="price">${inside}</p><p>${'A barn by the road. '.repeat(9)}</p>`)
      .listing.price;
  assert.equal(page('€ 900<sup>1</sup>').amount, '900');
  assert.equal(page('€ 900 <span>80 m<sup>2</sup></span>').amount, '900');
});

test('a price that stands right before the heading is the price of what it names', () => {
  const box = '<section><span data-aut-id="itemPrice">Rs 23,450</span><h1>Carved box</h1></section>';
  assert.equal(
    read(
      `<title>Carved box</title><b class="price">Rs 99</b>` +
        `<div><div><div>${box}</div></div></div><p>${'Old. '.repeat(60)}</p>`,
    ).listing.price.amount,
    '23450',
  );
});

test('an ad on a site that calls everything an article keeps the price printed with its heading', () => {
  const page = (inside) =>
    read(
      '<title>Carved box</title><meta property="og:type" content="article">' +
        `<meta property="og:title" content="Carved box"><h1>Carved box${inside}</h1><p>${'Old. '.repeat(60)}</p>`,
    );
  assert.deepEqual(
    [page(' - <span class="price">£50</span>').kind, page(' - <span class="price">£50</span>').listing.price.amount],
    ['page', '50'],
  );
  assert.equal(page('').kind, 'post');
});

test('a choice of printed prices is no price', () => {
  assert.equal(
    read(
      `<title>Box</title><h1>Box</h1><span class="price">€5</span>` +
        `<span class="price">€9</span><p>${'words '.repeat(60)}</p>`,
    ).listing.price,
    null,
  );
});
