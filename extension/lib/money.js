/** Prices as people write them, read into a plain decimal. Pure. */

/** An abbreviation of two Arabic letters as a word of its own: ر.س, but not the middle of فرس (a mare). */
const arabic = (first, second) => new RegExp(`(?<!\\p{L})${first}\\.?\\s?${second}(?!\\p{L})`, 'u');
const NAMES = [
  // The longer sign first: "US$" before "$". A sign that several countries share has no currency. Signs: Unicode CLDR
  // 48.
  [/US\s?\$|\bUSD\b/i, 'USD'],
  [/C\s?\$|CA\s?\$|CDN\s?\$|\bCAD\b/i, 'CAD'],
  [/A\s?\$|AU\s?\$|\bAUD\b/i, 'AUD'],
  [/NZ\s?\$/i, 'NZD'],
  [/NT\s?\$|\bTWD\b/i, 'TWD'],
  [/HK\s?\$/i, 'HKD'],
  [/S\s?\$|SG\s?\$/i, 'SGD'],
  [/MX\s?\$/i, 'MXN'],
  [/R\s?\$/, 'BRL'],
  [/\bKSh/i, 'KES'],
  [/\bTSh/i, 'TZS'],
  [/\bUSh/i, 'UGX'],
  [/₵/, 'GHS'],
  [/(?<![A-Za-z])R(?=\s?\d)/, 'ZAR'],
  [/(?<![A-Za-z])S\/\.?(?=\s?\d)/, 'PEN'],
  [/€|\bEUROS?\b/i, 'EUR'],
  [/L£/, 'LBP'],
  [/E£/, 'EGP'],
  [/£/, 'GBP'],
  [/₹/, 'INR'],
  [/б\.\s?р\.|бел\. ?руб/i, 'BYN'],
  [/₽|\bруб/i, 'RUB'],
  [/₴|\bгрн/i, 'UAH'],
  [/₩|원/, 'KRW'],
  [/₫|(?<=[\d\s])(?:vn)?đ(?!\p{L})/iu, 'VND'],
  [/₪/, 'ILS'],
  [/₺|\bTL(?=\s?\d|\b)/, 'TRY'],
  [/₦/, 'NGN'],
  [/฿|บาท/, 'THB'],
  [/₱/, 'PHP'],
  [/₸|тг\.?$|\bтг\b/, 'KZT'],
  [/zł/i, 'PLN'],
  [/Kč/i, 'CZK'],
  [/\bFt\b/, 'HUF'],
  [/\blei\b/i, 'RON'],
  [/лв/, 'BGN'],
  [/\bRp(?=\s?\d|\b)/, 'IDR'],
  [/\bRM(?=\s?\d)/, 'MYR'],
  [/৳/, 'BDT'],
  [/₮/, 'MNT'],
  [/₭/, 'LAK'],
  [/៛/, 'KHR'],
  [/₾/, 'GEL'],
  [/֏/, 'AMD'],
  [/₼/, 'AZN'],
  [/₡/, 'CRC'],
  [/₲|\bGs\./, 'PYG'],
  [/नेरू/, 'NPR'],
  [/රු/, 'LKR'],
  [/ብር/, 'ETB'],
  [/\d\s?MTn?\b/, 'MZN'],
  [/(?<![A-Za-z])ZK(?=\s?\d)/, 'ZMW'],
  [/\d\s?Ar\b/, 'MGA'],
  [/so[ʻʼ‘’']m(?!\p{L})|(?<!\p{L})сум(?!\p{L})/iu, 'UZS'],
  [/⃀|(?<!\p{L})сом(?!\p{L})/u, 'KGS'],
  [/(?<!\p{L})ден\.?(?!\p{L})/u, 'MKD'],
  [/\blekë?(?!\p{L})/iu, 'ALL'],
  [arabic('ر', 'س'), 'SAR'],
  [arabic('د', 'إ'), 'AED'],
  [arabic('د', 'ك'), 'KWD'],
  [arabic('د', 'م'), 'MAD'],
  [arabic('ر', 'ق'), 'QAR'],
  [arabic('ر', 'ع'), 'OMR'],
  [arabic('د', 'ب'), 'BHD'],
  [arabic('ل', 'ل'), 'LBP'],
  [arabic('ج', 'م'), 'EGP'],
  [/元|人民币|\bRMB\b/i, 'CNY'],
  [/円/, 'JPY'],
];
const SIGN = new RegExp(
  String.raw`[$¥￥﷼]|\bRs\.?|₨|\bkr\b\.?|\bFr\.?\b|\bF?\s?CFA\b|\bBs\b|\bBr\b|(?<![A-Za-z])K(?=\s?\d)|` +
    String.raw`(?<![A-Za-z])P(?=\s?\d[\d.,]{2})|रू|रु|(?<!\p{L})(?:ر[یي]ال|درهم|دينار|جنيه|ليرة|` +
    String.raw`تومان)(?!\p{L})`,
  'iu',
);
const OLD_CURRENCIES = { RUR: 'RUB', BYR: 'BYN' };
/** Currencies without cents in use, where "24.990" is twenty-four thousand; and those with three places. */
const WHOLE = new Set([
  'CLP',
  'COP',
  'ARS',
  'IDR',
  'VND',
  'KRW',
  'JPY',
  'PYG',
  'ISK',
  'HUF',
  'CRC',
  'UGX',
  'TZS',
  'XAF',
  'XOF',
  'UZS',
  'KHR',
  'LAK',
  'MMK',
]);
const THREE = new Set(['KWD', 'BHD', 'OMR', 'JOD', 'TND', 'LYD', 'IQD']);
const NUMBER = /\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*/;

/** Words and signs behind a number that multiply it: "Rp 1,25 juta" is 1,250,000. */
const TIMES = [
  ['k|rb|ribu|nghìn|ngàn|тыс|тис|ألف|الف|هزار|bin|mil|tysięcy|tys|tausend|พัน', 1e3],
  ['lakhs?|lacs?|लाख', 1e5],
  [
    'jt|juta|tr|triệu|mln|mio|millions?|millionen|millones|milhões|milioni|milyon|млн|مليون|ملايين|میلیون|ล้าน',
    1e6,
  ],
  ['crores?|करोड़', 1e7],
  ['tỷ|tỉ|miliar|milyar|mld|млрд|مليار|میلیارد', 1e9],
]
  .map(([words, times]) => [new RegExp(`^\\s?(?:${words})(?!\\p{L})`, 'iu'), times])
  .concat([[/^M(?![\p{L}\d])/u, 1e6], [/^\s?[万萬만]/, 1e4], [/^\s?[億亿억]/, 1e8], [/^\s?천(?!\p{L}|\d)/u, 1e3]]);

/** @returns {string|null} the ISO 4217 code in a text, or null when it has none or only a shared sign */
export function currencyOf(text) {
  const trimmed = String(text ?? '').trim();
  if (/^[A-Z]{3}$/i.test(trimmed)) return OLD_CURRENCIES[trimmed.toUpperCase()] ?? trimmed.toUpperCase();
  const code = /(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/.exec(trimmed)?.[0];
  return (
    NAMES.find(([sign]) => sign.test(trimmed))?.[1] ??
    (code && OLD_CURRENCIES[code]) ??
    (code && CODES.has(code) ? code : null)
  );
}
const CODES = new Set(
  (
    'AED AMD AOA ARS AUD AZN BAM BDT BGN BHD BIF BOB BRL BWP BYN CAD CDF CHF CLP CNY COP CRC CZK ' +
    'DKK DOP DZD EGP ETB EUR GBP GEL GHS GTQ HKD HNL HUF IDR ILS INR IRR ISK JOD JPY KES KGS KHR ' +
    'KRW KWD ' +
    'KZT LAK LBP LKR LYD MAD MDL MGA MKD MMK MNT MUR MWK MXN MYR MZN NAD NGN NOK NPR NZD OMR PEN ' +
    'PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SEK SGD THB TJS TND TRY TWD TZS UAH UGX USD UYU UZS ' +
    'VND XAF XOF ZAR ZMW'
  ).split(' '),
);

/** Digits and separators of any script as ASCII. */
const ascii = (text) =>
  text
    .replace(/٬/g, ',')
    .replace(/٫/g, '.')
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0);
      if (code < 128) return digit;
      let zero = code;
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
      return String(code - zero);
    });

/**
 * The number in a text as a plain decimal ("1.200,50" -> "1200.50"; "1 299,00", "1,299.00", "1,23,456.00" likewise).
 *
 * A single separator before exactly three digits groups thousands, unless the currency has three decimal places or the
 * number starts with 0. `machine` says that a program wrote it: then "129.000" is a padded 129 (schema.org, price: "Use
 * '.' rather than ','"), except where the currency has no cents in use.
 *
 * @returns {string|null}
 */
export function decimal(text, currency = null, machine = false) {
  const digits = ascii(String(text ?? ''));
  const match = NUMBER.exec(digits);
  if (!match) return null;
  const number = match[0].replace(/[\s'’]/g, '');
  const behind = digits.slice(match.index + match[0].length);
  const times = TIMES.find(([words]) => words.test(behind))?.[1];
  // What a second number adds, as in 1万5000円, is not added up here.
  if (times && (/^\s?\p{L}+\s?\d/u.test(behind) || /[.,]\d{3}$/.test(number))) return null;
  if (times) return plain(String(Math.round(Number(number.replace(',', '.')) * times)), '', currency);
  const separators = number.match(/[.,]/g) ?? [];
  const last = separators.at(-1);
  const at = last ? number.lastIndexOf(last) : number.length;
  const [head, tail] = [number.slice(0, at), number.slice(at + 1)];
  const single = separators.length === 1;
  let point = last && (single || separators.filter((each) => each === last).length === 1);
  if (single && tail.length === 3 && head.length <= 3 && !/^0+$/.test(head)) {
    point = THREE.has(currency) || (machine && last === '.' && !WHOLE.has(currency) && tail.endsWith('0'));
  }
  return plain(point ? head : number, point ? tail : '', currency);
}

const plain = (head, tail, currency) => {
  const whole = head.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
  const part = tail && (THREE.has(currency) ? tail : tail.replace(/0+$/, '').padEnd(2, '0'));
  return whole.length > 15 || part.length > 6 ? null : whole + (part ? `.${part}` : '');
};

/**
 * A printed price ("€ 1.200,50", "Rs 23,450") as `{amount, currency, text}`.
 *
 * @returns {{amount: string, currency: string|null, text: string}|null} null when the text is no price: no sign of
 *   money and no currency known from elsewhere, or nothing but zero
 */
export function printedPrice(text, knownCurrency = null) {
  const clean = String(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const currency = currencyOf(clean) ?? knownCurrency;
  if (!currency && !SIGN.test(clean)) return null;
  const amount = decimal(clean, currency);
  return amount && Number(amount) > 0 ? { amount, currency, text: clean } : null;
}

/** A price that a program wrote (`price`, `priceCurrency`), in the same shape. */
export function statedPrice(price, code = null) {
  if (price === null || price === undefined || typeof price === 'object') return null;
  const currency = currencyOf(code) ?? currencyOf(price);
  const printed = String(price).replace(/\s+/g, ' ').trim();
  const amount =
    typeof price === 'number' && /^\d+(?:\.\d+)?$/.test(printed)
      ? plain(...`${price.toFixed(6).replace(/0+$/, '')}`.split('.'), currency)
      : decimal(printed, currency, /^[\d.]+$/.test(printed));
  if (!amount || !(Number(amount) > 0)) return null;
  return { amount, currency, text: currency && /^[\d.,\s]+$/.test(printed) ? `${printed} ${currency}` : printed };
}
