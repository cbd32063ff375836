import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as words from '../../extension/lib/words.js';

const root = new URL('../../extension/', import.meta.url);
const file = (path) => readFileSync(new URL(path, root), 'utf8');
const english = JSON.parse(file('_locales/en/messages.json'));
const sources = readdirSync(root, { recursive: true })
  .filter((path) => /\.js$/.test(path))
  .map((path) => [path, file(path)]);
const families = [
  /^category_/,
  /^legality_/,
  /^confidence_/,
  /^access_/,
  /^status_/,
  /^statusText_/,
  /^field_/,
  /^from_/,
  /^kind_/,
  /^seen_/,
  /^group_/,
  /^pictures_/,
];

test('every text that the code asks for is there in English', () => {
  const asked = sources.flatMap(([, source]) => [...source.matchAll(/\bt\('([A-Za-z_]+)'/g)].map((match) => match[1]));
  assert.ok(asked.length > 80);
  assert.deepEqual(
    [...new Set(asked)].filter((key) => !english[key]),
    [],
  );
});

test('every text in English is asked for', () => {
  const all = sources.map(([, source]) => source).join('\n') + file('manifest.json');
  assert.deepEqual(
    Object.keys(english).filter(
      (key) => !families.some((family) => family.test(key)) && !new RegExp(`['_]${key}(?:'|__)`).test(all),
    ),
    [],
  );
});

test('every word of the server has its text', () => {
  const wanted = [
    ...words.CATEGORIES.map((word) => `category_${word}`),
    ...words.LEGALITY.map((word) => `legality_${word}`),
    ...words.CONFIDENCE.map((word) => `confidence_${word}`),
    ...words.ACCESS.map((word) => `access_${word}`),
    ...words.SEEN.map((word) => `seen_${word}`),
    ...[...words.STATUSES, ...words.STATUS_DETAILS].flatMap((word) => [`status_${word}`, `statusText_${word}`]),
  ];
  assert.deepEqual(
    wanted.filter((key) => !english[key]),
    [],
  );
});

const others = readdirSync(new URL('_locales/', root)).filter(
  (name) => /^[a-z]{2}(?:_[A-Z]{2})?$/.test(name) && name !== 'en',
);
const textsOf = (language) => JSON.parse(file(`_locales/${language}/messages.json`));
/** Each text of each other language that English has too: `[language, key, text, english]`. */
const pairs = others.flatMap((language) =>
  Object.entries(textsOf(language))
    .filter(([key]) => english[key])
    .map(([key, { message }]) => [language, key, message, english[key].message]),
);

test('every other language has exactly the same texts', () => {
  for (const language of others) {
    const texts = textsOf(language);
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), language);
    assert.equal(texts.langCode.message, language.replace('_', '-'));
    assert.equal(texts.dir.message, language === 'ar' ? 'rtl' : 'ltr');
  }
});

test('every text has the blanks of the English one, and no letters lost on the way', () => {
  const blanks = (text) => [...text.matchAll(/\$\d/g)].map(String).sort();
  assert.deepEqual(
    pairs.filter(([, , text, source]) => blanks(text).join() !== blanks(source).join()),
    [],
  );
  assert.deepEqual(
    pairs.filter(([, , text]) => text !== text.trim() || /\s\s|\uFFFD|\$(?!\d)/.test(text)),
    [],
  );
});

/** Words that are the same in both languages. */
const SAME = {
  fr: ['category_service', 'access_public', 'confidence_certain', 'group_reptile'],
  es: ['group_reptile'],
  zh_CN: [],
  ar: [],
};

test('in Spanish what is blacked out is covered, not crossed out', () => {
  const es = textsOf('es');
  assert.deepEqual(
    Object.keys(es).filter((key) => /\btach/i.test(es[key].message)),
    [],
  );
  assert.match(es.blackOut.message, /^Tapar /);
});

test('nothing was left in English', () => {
  const same = pairs.filter(
    ([language, key, text, source]) =>
      text === source &&
      key !== 'dir' &&
      /[a-z]{2}/i.test(source.replace('Cyber Spotter', '')) &&
      !SAME[language].includes(key),
  );
  assert.deepEqual(same, []);
});

/** Each language's own quotation marks, and its spacing before and after signs. */
const TYPOGRAPHY = {
  fr: /["“”]|«(?!\u00A0)|(?<!\u00A0)»|(?<!\u00A0):(?!\/)|(?<!\u202F)[;?!]|'/,
  es: /["“”]|«\s|\s»|^[^¿]*\?|^[^¡]*!|'/,
  zh_CN: /["«»]|\p{Script=Han}[,;:?!.]|[,;:?!.]\p{Script=Han}|…(?!…)(?<!……)/u,
  ar: /["“”]|«\s|\s»|[,;?]|'/,
};

test('quotation marks, signs and spaces are those of the language', () => {
  assert.deepEqual(
    pairs.filter(([language, , text]) => TYPOGRAPHY[language].test(text.replace(/\d,\d{3}|https?:\S+/g, ''))),
    [],
  );
});

/** A report is a suspicion: nobody is accused in any language. What is worse than wildlife is called by its name. */
const ACCUSING = {
  en: /illegal|traffick|smuggl|poach|guilt|offender/i,
  fr: /illégal|illicite|trafiqu|braconn|coupable|dénonc/i,
  es: /ilegal|ilícit|trafican|contraband|furtiv|culpable|denunci/i,
  zh_CN: /非法|违法|走私|盗猎|罪犯|告发/,
  ar: /غير قانوني|غير مشروع|مهرّ?ب|صياد|مجرم|مذنب/,
};

test('no text accuses', () => {
  const all = [...pairs, ...Object.entries(english).map(([key, { message }]) => ['en', key, message])];
  assert.deepEqual(
    all.filter(([language, key, text]) => !key.startsWith('hotlines') && ACCUSING[language].test(text)),
    [],
  );
});

/** How wide a text is, in Latin letters; a Chinese sign is as wide as two. */
const width = (text) =>
  [...text.replace(/\$\d/g, '00')].reduce(
    (sum, sign) => sum + (/\p{Script=Han}|[\u3000-\u303F\uFF00-\uFFEF]/u.test(sign) ? 2 : 1),
    0,
  );
/** Places that a text must fit into, with the most letters that do. */
const PLACES = [
  [/^(?:allSent|offline|notPaired|pairAgain|fixCount|waitShort|waitShortOne)$/, 17],
  [/^title(?!Long)/, 18],
  [/^category_/, 10],
  [/^access_/, 16],
  [/^field_/, 20],
  [/^(?:status|out)_/, 24],
  [
    new RegExp(
      String.raw`^(?:check|done|choose|change|undo|back|tryAgain|stop|pairStop|fix|discard|openListing|` +
        String.raw`zoomIn|zoomOut|answer|showCopy|hideCopy)$`,
    ),
    14,
  ],
  [
    new RegExp(
      String.raw`^(?:flag|sendNow|sendAgain|sendAnswer|pairNow|unpair|update|hotlinesDone|addBox|` +
        String.raw`blackOut|blackOutOne|discardBoxes)$`,
    ),
    25,
  ],
  [/^(?:openPanel|pairThisBrowser|pairOpen|fullPageTake|viewOrBlackOut|goTraining|seeReports)$/, 36],
  [/^(?:legality|confidence)_/, 19],
  [/^description$/, 132], // what the stores and browsers show
];

test('what stands on a button or in a head is short enough for it', () => {
  const all = [...pairs, ...Object.entries(english).map(([key, { message }]) => ['en', key, message])];
  for (const [place, most] of PLACES) {
    assert.deepEqual(
      all
        .filter(([, key, text]) => place.test(key) && width(text) > most)
        .map(([language, key, text]) => `${language} ${key}: ${text} (${width(text)})`),
      [],
    );
  }
});

test('styles know where a line begins, not left and right', () => {
  const styles = readdirSync(root, { recursive: true })
    .filter((path) => /\.css$/.test(path))
    .map((path) => [path, file(path)]);
  const sided = [...styles, ...sources].flatMap(([path, source]) =>
    (
      source.match(
        new RegExp(
          String.raw`(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|text-align: *(?:left|right)|` +
            String.raw`float: *(?:left|right)|[{; ](?:left|right): *[\d-]`,
          'g',
        ),
      ) ?? []
    ).map((matched) => `${path}: ${matched}`),
  );
  assert.deepEqual(sided, []);
});

test('one file touches the browser, one names the messages', () => {
  const touching = sources
    .filter(
      ([, source]) => /\b(?:chrome|browser)\.\w+\.\w+/.test(source) || /globalThis\.(?:chrome|browser)/.test(source),
    )
    .map(([path]) => path);
  // And the scripts that run in pages: there the browser loads no modules.
  assert.deepEqual(touching.sort(), ['hints/mark.js', 'lib/browser.js', 'page/tree.js']);
});

test('nothing is fetched from elsewhere and nothing is read as markup', () => {
  for (const [path, source] of sources) {
    assert.doesNotMatch(
      source,
      /\beval\(|new Function\(|innerHTML|insertAdjacentHTML|outerHTML|document\.write|import\(/,
      path,
    );
  }
  for (const page of ['popup/popup.html', 'options/options.html']) {
    assert.doesNotMatch(file(page), /(?:src|href)="(?:https?:)?\/\//);
  }
});

test('nothing is exported that the extension itself does not use', () => {
  const uses = (name, source) => source.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
  const unused = sources.flatMap(([path, source]) =>
    [...source.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)]
      .map(([, name]) => name)
      .filter((name) => uses(name, source) < 2 && !sources.some(([other, text]) => other !== path && uses(name, text)))
      .map((name) => `${path}: ${name}`),
  );
  assert.deepEqual(unused, []);
});

test('the drawings are those that are shown', () => {
  const drawn = [...file('icons/sprite.svg').matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name);
  const all = sources.map(([, source]) => source).join('\n');
  assert.deepEqual(
    drawn.filter((name) => !all.includes(`'${name}'`)),
    [],
  );
  assert.deepEqual(
    [...all.matchAll(/\bicon\('([\w-]+)'/g)].map(([, name]) => name).filter((name) => !drawn.includes(name)),
    [],
  );
});
