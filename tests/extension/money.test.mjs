import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currencyOf, decimal, printedPrice, statedPrice } from '../../extension/lib/money.js';

const PRINTED = [
  ['1.200,50 €', '1200.50', 'EUR'],
  ['1 299,00 zł', '1299.00', 'PLN'],
  ['$1,299.00', '1299.00', null],
  ['US $1,299.00', '1299.00', 'USD'],
  ['₹1,23,456.00', '123456.00', 'INR'],
  ['Rs 23,450', '23450', null],
  ['£40', '40', 'GBP'],
  ["CHF 1'250.50", '1250.50', 'CHF'],
  ['44 890 тг.', '44890', 'KZT'],
  ['R$ 1.759,99', '1759.99', 'BRL'],
  ['1\u202f299,00\u00a0€', '1299.00', 'EUR'],
  ['€ 1.250', '1250', 'EUR'],
  ['€0.125', '0.125', 'EUR'],
  ['12,5 €', '12.50', 'EUR'],
  ['2,900원~', '2900', 'KRW'],
  ['٩٩٫٥٠ ر.س', '99.50', 'SAR'],
  ['KWD 12.750', '12.750', 'KWD'],
  ['Rp 1.250.000', '1250000', 'IDR'],
  ['71,91 € 79,90 €', '71.91', 'EUR'],
  ['EUR110.00', '110.00', 'EUR'],
  ['NT$990', '990', 'TWD'],
  ['KSh 5,000', '5000', 'KES'],
  ['GH₵ 1,200', '1200', 'GHS'],
  ['R 1 250.00', '1250.00', 'ZAR'],
  ['R1,500', '1500', 'ZAR'],
  ['S/ 350', '350', 'PEN'],
  ['502,20 б.р.', '502.20', 'BYN'],
  ['15.000 F CFA', '15000', null],
  ['٢٥٠٠ ريال', '2500', null],
  ['250 د.م.', '250', 'MAD'],
  ['12.500 د.ك', '12.500', 'KWD'],
  ['৳ 12,000', '12000', 'BDT'],
  ['ZMW 900', '900', 'ZMW'],
];
for (const [text, amount, currency] of PRINTED) {
  test(`${text} reads as ${amount} ${currency ?? 'of a shared sign'}`, () => {
    const price = printedPrice(text);
    assert.deepEqual([price?.amount, price?.currency], [amount, currency]);
  });
}

// As Unicode's locale data has it in the Node that runs this: sign and code, thousands and parts.
const LOCALES =
  `am-ET ETB, ar-AE AED, ar-BH BHD, ar-EG EGP, ar-KW KWD, ar-LB LBP, ar-MA MAD, ar-OM OMR, ar-QA QAR, ar-SA SAR,
   az-AZ AZN, bg-BG BGN, bn-BD BDT, cs-CZ CZK, da-DK DKK, de-CH CHF, de-DE EUR, en-AU AUD, en-BW BWP, en-CA CAD,
   en-GB GBP, en-GH GHS, en-IN INR, en-KE KES, en-NA NAD, en-NG NGN, en-PK PKR, en-TZ TZS, en-UG UGX, en-US USD,
   en-ZA ZAR, en-ZM ZMW, es-AR ARS, es-BO BOB, es-CL CLP, es-CO COP, es-CR CRC, es-MX MXN, es-PE PEN, es-PY PYG,
   fa-IR IRR, fil-PH PHP, fr-CM XAF, fr-FR EUR, fr-MG MGA, fr-SN XOF, he-IL ILS, hi-IN INR, hu-HU HUF, hy-AM AMD,
   id-ID IDR, is-IS ISK, ja-JP JPY, ka-GE GEL, kk-KZ KZT, km-KH KHR, ko-KR KRW, ky-KG KGS, lo-LA LAK, mk-MK MKD,
   mn-MN MNT, ms-MY MYR, nb-NO NOK, ne-NP NPR, pl-PL PLN, pt-BR BRL, pt-MZ MZN, ro-RO RON, ru-BY BYN, ru-RU RUB,
   si-LK LKR, sr-RS RSD, sv-SE SEK, th-TH THB, tr-TR TRY, uk-UA UAH, uz-UZ UZS, vi-VN VND, zh-CN CNY, zh-TW TWD`
    .split(/,\s+/)
    .map((each) => each.split(' '));
for (const [locale, currency] of LOCALES) {
  test(`prices as they are written in ${locale} are read, and their currency is right or unsaid`, () => {
    for (const value of [1250, 1_234_567, 99.5]) {
      for (const currencyDisplay of ['symbol', 'narrowSymbol', 'code']) {
        const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
        const [text, price] = [format.format(value), printedPrice(format.format(value))];
        assert.equal(
          Number(price?.amount),
          Number(value.toFixed(format.resolvedOptions().maximumFractionDigits)),
          text,
        );
        assert.ok([null, currency].includes(price.currency), `${text}: ${price.currency}`);
      }
    }
  });
}

for (const text of ['', 'call', 'free', '€0.00', '12 pieces', '2010', '3 for 2', '28.07 %', 'فرس 3', 'ER 12', 'CFAO']) {
  test(`${text || 'nothing'} is no price`, () => assert.equal(printedPrice(text), null));
}

const STATED = [
  ['1250.00', 'EUR', '1250.00', 'EUR'],
  [13.4, 'EUR', '13.40', 'EUR'],
  ['67.8400', 'EUR', '67.84', 'EUR'],
  ['24990', 'CLP', '24990', 'CLP'],
  ['24.990', 'CLP', '24990', 'CLP'],
  ['129.000', 'EUR', '129.00', 'EUR'],
  ['2.449', 'ARS', '2449', 'ARS'],
  ['30,19', 'EUR', '30.19', 'EUR'],
  ['$60', 'CAD', '60', 'CAD'],
  ['249', 'RUR', '249', 'RUB'],
  [1234.125, 'USD', '1234.125', 'USD'],
  ['1,149.00', 'USD', '1149.00', 'USD'],
];
for (const [price, code, amount, currency] of STATED) {
  test(`stated ${JSON.stringify(price)} ${code} is ${amount} ${currency}`, () => {
    const read = statedPrice(price, code);
    assert.deepEqual([read.amount, read.currency], [amount, currency]);
  });
}

test('nothing, zero, a template and an object are no stated price', () => {
  for (const price of [
    null,
    undefined,
    '',
    0,
    '0.00',
    'p.price',
    '{{price}}',
    {},
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ]) {
    assert.equal(statedPrice(price, 'EUR'), null);
  }
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
