import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currencyOf, decimal, printedPrice, statedPrice } from '../../extension/lib/money.js';

const PRINTED = [
  ['1.200,50 €', '1200.50', 'EUR'], ['1 299,00 zł', '1299.00', 'PLN'], ['$1,299.00', '1299.00', null], ['US $1,299.00', '1299.00', 'USD'],
  ['₹1,23,456.00', '123456.00', 'INR'], ['Rs 23,450', '23450', null], ['£40', '40', 'GBP'], ["CHF 1'250.50", '1250.50', 'CHF'],
  ['44 890 тг.', '44890', 'KZT'], ['R$ 1.759,99', '1759.99', 'BRL'], ['1\u202f299,00\u00a0€', '1299.00', 'EUR'], ['€ 1.250', '1250', 'EUR'],
  ['€0.125', '0.125', 'EUR'], ['12,5 €', '12.50', 'EUR'], ['2,900원~', '2900', 'KRW'], ['٩٩٫٥٠ ر.س', '99.50', 'SAR'], ['KWD 12.750', '12.750', 'KWD'],
  ['Rp 1.250.000', '1250000', 'IDR'], ['71,91 € 79,90 €', '71.91', 'EUR'], ['EUR110.00', '110.00', 'EUR'], ['NT$990', '990', 'TWD'],
];
for (const [text, amount, currency] of PRINTED) {
  test(`${text} reads as ${amount} ${currency ?? 'of a shared sign'}`, () => {
    const price = printedPrice(text);
    assert.deepEqual([price?.amount, price?.currency], [amount, currency]);
  });
}

for (const text of ['', 'call', 'free', '€0.00', '12 pieces', '2010', '3 for 2', '28.07 %']) {
  test(`${text || 'nothing'} is no price`, () => assert.equal(printedPrice(text), null));
}

const STATED = [
  ['1250.00', 'EUR', '1250.00', 'EUR'], [13.4, 'EUR', '13.40', 'EUR'], ['67.8400', 'EUR', '67.84', 'EUR'], ['24990', 'CLP', '24990', 'CLP'],
  ['24.990', 'CLP', '24990', 'CLP'], ['129.000', 'EUR', '129.00', 'EUR'], ['2.449', 'ARS', '2449', 'ARS'], ['30,19', 'EUR', '30.19', 'EUR'],
  ['$60', 'CAD', '60', 'CAD'], ['249', 'RUR', '249', 'RUB'], [1234.125, 'USD', '1234.125', 'USD'], ['1,149.00', 'USD', '1149.00', 'USD'],
];
for (const [price, code, amount, currency] of STATED) {
  test(`stated ${JSON.stringify(price)} ${code} is ${amount} ${currency}`, () => {
    const read = statedPrice(price, code);
    assert.deepEqual([read.amount, read.currency], [amount, currency]);
  });
}

test('nothing, zero, a template and an object are no stated price', () => {
  for (const price of [null, undefined, '', 0, '0.00', 'p.price', '{{price}}', {}, Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(statedPrice(price, 'EUR'), null);
});

test('every amount fits the form that the server takes', () => {
  for (const text of ['1234567890123456', '99999999999999999999', '12.1234567', '1e5', '-5', '0005']) {
    const amount = decimal(text);
    assert.ok(amount === null || /^\d{1,15}(\.\d{1,6})?$/.test(amount), `${text} -> ${amount}`);
  }
});

test('a sign that several countries share names no currency', () => {
  assert.deepEqual(['$5', '¥500', 'kr 50', '5 XYZ', ''].map(currencyOf), [null, null, null, null, null]);
});
