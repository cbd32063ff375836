/** What a page says beside its ad is not the ad: other goods, invitations to sell, the site's own words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printedPrice } from '../../extension/lib/money.js';
import { isInvitation } from '../../extension/lib/titles.js';
import { jsonLd, read } from './support.mjs';

const WORDS = `<p>${'Bought long ago, kept in a glass case. '.repeat(20)}</p>`;
const URL = 'https://app-market.example/item/990011223';
const page = (title, heading, rest = '') => `<title>${title}</title><h1>${heading}</h1>${rest}${WORDS}`;

for (const [title, heading, expected] of [
  ['AppMarket', 'Cage with a stand', 'Cage with a stand'],
  ['Попугай жако купить в Москве | Животные | Доска', 'Попугай жако', 'Попугай жако'],
  ['旧手镯雕花_闲置', '旧手镯雕花 56圈口', '旧手镯雕花 56圈口'],
  ['Bird on App-Market: "Carved box, signed" / App-Market', 'x', 'Carved box, signed'],
]) {
  test(`“${title}” is titled ${expected}`, () => assert.equal(read(page(title, heading), URL).listing.title, expected));
}

for (const [text, amount, currency] of [
  ['Rp 1,25 juta', '1250000', 'IDR'],
  ['Rp1.250.000', '1250000', 'IDR'],
  ['15.000.000 đ', '15000000', 'VND'],
  ['2,5 triệu đ', '2500000', 'VND'],
  ['¥1.2万', '12000', null],
  ['₹ 2.5 lakh', '250000', 'INR'],
  ['$12k', '12000', null],
  ['$1.5M', '1500000', null],
  ['€ 3 Mio', '3000000', 'EUR'],
  ['1.250 TL', '1250', 'TRY'],
  ['₽ 45 тыс.', '45000', 'RUB'],
  ['25 kr', '25', null],
  ['$200 kit', '200', null],
  ['€ 40 trousers', '40', 'EUR'],
]) {
  test(`${text} is ${amount}`, () => {
    const price = printedPrice(text);
    assert.deepEqual([price.amount, price.currency], [amount, currency]);
  });
}
for (const text of ['1万5千円', '$1.250 million']) {
  test(`${text} is left unread`, () => assert.equal(printedPrice(text), null));
}

test('an Arabic thousands sign parts no number', () => {
  const html = page('ببغاء متكلم | سوق', 'ببغاء متكلم', '<div class="price">٣٬٥٠٠ ر.س</div>');
  assert.equal(read(html).listing.price.amount, '3500');
});

test('pictures that lead to other ads are not the goods', () => {
  const own =
    '<a href="/ad/1/photo/2"><img src="/own.jpg" width="600" height="400"></a>' +
    '<a href="/full.jpg"><img src="/zoom.jpg"></a>';
  const others = '<ul><li><a href="/ad/7"><img src="/other.jpg" width="200" height="200"></a></li></ul>';
  const { images } = read(page('Carved box', 'Carved box', own + others)).listing;
  assert.deepEqual(
    images.map((each) => each.url),
    ['https://market.example/own.jpg', 'https://market.example/zoom.jpg'],
  );
});

test('a price under “Similar items” is not this ad’s, whatever language says so', () => {
  for (const heading of ['Similar items', 'Ähnliche Anzeigen', 'Похожие объявления', '相似宝贝', 'إعلانات مشابهة']) {
    const others = `<section><h2>${heading}</h2><div><span class="price">£90</span></div></section>`;
    const apart = `<h3>${heading}</h3><div><span class="price">£90</span></div>`;
    const inline = `<div>${heading}: <b class="price">£90</b></div>`;
    for (const rest of [others, apart, inline]) {
      assert.equal(read(page('Old rug', 'Old rug', rest)).listing.price, null, heading);
    }
    const mine = '<p class="price">£45</p>' + others;
    assert.equal(read(page('Old rug', 'Old rug', mine)).listing.price.amount, '45');
  }
});

const offer = (name, price) => ({
  '@type': 'Product',
  name,
  offers: { '@type': 'Offer', price, priceCurrency: 'EUR' },
});

test('one product in several sizes is one ad', () => {
  const sizes = [offer('Coral ring S', '30'), offer('Coral ring L', '40')];
  const group = { '@type': 'ProductGroup', name: 'Coral ring', hasVariant: sizes };
  const { kind, listing } = read(page('Coral ring – Shop', 'Coral ring', jsonLd(group)));
  assert.deepEqual([kind, listing.title, listing.price.amount], ['listing', 'Coral ring', '30']);
});

test('a short page with a price at its heading is an ad, though it says “sign in”', () => {
  const html = '<title>Carved box</title><p>Sign in to write</p><h1>Carved box</h1><p class="price">€ 40</p>';
  assert.equal(read(html).kind, 'page');
  assert.equal(read(`<title>Mercado</title><h1>Hello</h1><p>${'Sign in to go on. '.repeat(8)}</p>`).kind, 'door');
});

for (const text of [
  ...['View all sellers', 'Become a seller', 'Zostań sprzedawcą', 'Devenez vendeur', '查看店铺'],
  ...['Alle Anzeigen des Verkäufers', 'Ver perfil del vendedor'],
]) {
  test(`“${text}” is no seller`, () => {
    assert.ok(isInvitation(text));
    const html = page('Old rug', 'Old rug', `<div class="seller-name">${text}</div>`);
    assert.equal(read(html).listing.seller, null);
  });
}
for (const name of ['All Things Old', 'Open Door Antiques', 'View from Leeds', 'comb_collector', 'Вера']) {
  test(`${name} may sell`, () => assert.ok(!isInvitation(name)));
}
