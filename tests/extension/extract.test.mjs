import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PRODUCT } from './product.mjs';
import { jsonLd, read } from './support.mjs';

test('JSON-LD gives every field and says where it came from', () => {
  const { kind, listing, from } = read(
    `<html lang="en-GB"><title>x</title>${jsonLd(PRODUCT)}<h1>Grey parrot, hand tame</h1>`,
  );
  assert.equal(kind, 'listing');
  assert.deepEqual(
    { ...listing, structured_data: listing.structured_data.length },
    {
      title: 'Grey parrot, hand tame',
      description: 'Talks a little.',
      price: { amount: '1250.00', currency: 'EUR', text: '1250.00 EUR' },
      seller: { name: 'birdroom', url: 'https://market.example/u/birdroom' },
      location: 'Lisbon, PT',
      language: 'en-GB',
      posted_at: '2026-11-20T10:00:00Z',
      number: null,
      images: [
        { url: 'https://market.example/a.jpg', alt: '' },
        { url: 'https://market.example/b.jpg', alt: '' },
      ],
      structured_data: 1,
    },
  );
  assert.equal(from.price, 'json-ld');
});

test('JSON-LD goes before microdata, microdata before tags', () => {
  const micro =
    '<div itemscope itemtype="https://schema.org/Product">' +
    '<span itemprop="name">From microdata</span>' +
    '<div itemprop="offers" itemscope itemtype="https://schema.org/Offer">' +
    '<meta itemprop="price" content="20"><meta itemprop="priceCurrency" content="GBP"></div></div>';
  const tags =
    '<meta property="og:title" content="From tags"><meta property="product:price:amount" ' +
    'content="30"><meta property="product:price:currency" content="USD">';
  assert.equal(read(`${tags}${micro}${jsonLd(PRODUCT)}`).listing.price.amount, '1250.00');
  assert.deepEqual(
    [read(`${tags}${micro}`).listing.title, read(`${tags}${micro}`).listing.price],
    ['From microdata', { amount: '20', currency: 'GBP', text: '20 GBP' }],
  );
  assert.deepEqual(read(tags).listing.price, { amount: '30', currency: 'USD', text: '30 USD' });
  assert.equal(read(tags).from.title, 'tags');
});

test('RDFa is read like the rest', () => {
  const { listing, from } = read(
    '<div vocab="https://schema.org/" typeof="Product"><b property="name">Ivory box</b>' +
      '<div property="offers" typeof="Offer"><span property="price" content="75">75</span>' +
      '<meta property="priceCurrency" content="GBP"></div></div>',
  );
  assert.deepEqual([listing.title, listing.price.amount, from.price], ['Ivory box', '75', 'rdfa']);
});

for (const [wrong, script] of [
  [
    'a raw line break in a string',
    '{"@type":"Product","name":"Shell\nbox","offers":{"price":5,"priceCurrency":"EUR"}}',
  ],
  ['a trailing comma', '{"@type":"Product","name":"Shell box","offers":{"price":5,"priceCurrency":"EUR",},}'],
  ['a comment around it', '<!-- {"@type":"Product","name":"Shell box","offers":{"price":5,"priceCurrency":"EUR"}} -->'],
  [
    'CDATA around it',
    '//<![CDATA[\n{"@type":"Product","name":"Shell box","offers":{"price":5,"priceCurrency":"EUR"}}\n//]]>',
  ],
  ['a semicolon at its end', '{"@type":"Product","name":"Shell box","offers":{"price":5,"priceCurrency":"EUR"}};'],
]) {
  test(`JSON-LD with ${wrong} is still read`, () =>
    assert.deepEqual(
      [read(jsonLd(script)).listing.title, read(jsonLd(script)).listing.price.amount],
      ['Shell box', '5'],
    ));
}

test('JSON-LD beyond repair leaves the rest of the page readable', () => {
  assert.equal(
    read(
      jsonLd('{"@type":"Product", "name": ') +
        `<title>Carved tusk</title><h1>Carved tusk</h1><p>${'Old piece. '.repeat(40)}</p>`,
    ).listing.title,
    'Carved tusk',
  );
});

test('a graph, a list of types and full type addresses are understood', () => {
  const graph = {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'WebSite', name: 'Market' },
      { ...PRODUCT, '@type': ['http://schema.org/Product', 'Thing'] },
    ],
  };
  assert.equal(read(jsonLd(graph)).listing.price.amount, '1250.00');
});

for (const [printed, title, site = 'Market'] of [
  ['Details about Carved walking stick', 'Carved walking stick'],
  ['Dettagli su Bastone intagliato - mostra il titolo originale', 'Bastone intagliato'],
  ['Détails sur Canne sculptée – afficher le titre original', 'Canne sculptée'],
  ['Szczegóły o Laska rzeźbiona stara', 'Laska rzeźbiona stara'],
  ['$60 · Carved walking stick', 'Carved walking stick'],
  ['Carved walking stick - $60 (Leeds)', 'Carved walking stick'],
  ['Carved walking stick | Market', 'Carved walking stick'],
  ['Market - Carved walking stick', 'Carved walking stick'],
  ['[Market] Carved walking stick', 'Carved walking stick'],
  ['Carved walking stick - Buy sticks and canes on Market.example', 'Carved walking stick'],
  ['From the canes community on Market: Carved walking stick', 'Carved walking stick'],
  ['Walking stick: carved, horn', 'Walking stick: carved, horn'],
  ['Shop sign of horn, carved', 'Shop sign of horn, carved'],
  ['For sale sign, carved', 'For sale sign, carved'],
  ['Buy and sell walking sticks', 'Buy and sell walking sticks'],
  ['Compro y vendo bastones antiguos', 'Compro y vendo bastones antiguos'],
  ['Buy carved walking stick', 'carved walking stick'],
  ['Stick - horn - 19th century', 'Stick - horn - 19th century'],
]) {
  test(`“${printed}” is the ad “${title}”`, () => {
    const tags = `<meta property="og:title" content="${printed}"><meta property="og:site_name" content="${site}">`;
    assert.equal(read(`<title>${printed}</title>${tags}<p>${'Long text. '.repeat(40)}`).listing.title, title);
  });
}

test('words for screen readers and buttons in a heading are no part of a title', () => {
  const heading =
    '<h1><span class="g-hdn">Alles zu </span>Geschnitzter Stock <a role="button">Original anzeigen</a></h1>';
  assert.equal(
    read(`<title>Geschnitzter Stock | x</title>${heading}<p>${'Text. '.repeat(60)}`).listing.title,
    'Geschnitzter Stock',
  );
});

test('a menu entry is no seller, and the address of a post names who posted it', () => {
  const menu = '<nav><a href="/auctioneer/">Auctioneers</a></nav>';
  const page = (own) => `<title>Lot</title>${menu}<h1>Lot</h1>${own}<p>${'Long text. '.repeat(40)}`;
  const at = 'https://www.liveauctioneers.com/item/123456789_lot';
  assert.equal(read(page(''), at).listing.seller, null);
  assert.equal(read(page('<a href="/auctioneer/7/hall">Hall</a>'), at).listing.seller.name, 'Hall');
  for (const [url, name] of [
    ['https://x.com/birdroom_lx/status/1234567890123', 'birdroom_lx'],
    ['https://www.tiktok.com/@birdroom/video/1234567890123456789', 'birdroom'],
    ['https://t.me/birdmarket/812', 'birdmarket'],
    ['https://t.me/s/birdmarket/812', 'birdmarket'],
    ['https://www.threads.com/@birdroom/post/C1abc', 'birdroom'],
    ['https://bsky.app/profile/birdroom.bsky.social/post/3kabc', 'birdroom.bsky.social'],
    ['https://www.tumblr.com/birdroom/712345678/parrot', 'birdroom'],
    ['https://www.reddit.com/user/birdroom/comments/1abcd/parrot/', 'birdroom'],
    ['https://www.reddit.com/r/parrots/comments/1abcd/parrot/', undefined],
    ['https://bsky.app/profile/birdroom.bsky.social', undefined],
  ]) {
    assert.equal(read(`<title>Post</title><p>${'Long text. '.repeat(40)}`, url).listing.seller?.name, name);
  }
});

test('entities in data are decoded for people and kept as they were for evidence', () => {
  const { listing } = read(jsonLd({ ...PRODUCT, name: 'Elo&iacute;sa&#39;s box' }));
  assert.equal(listing.title, "Eloísa's box");
  assert.equal(listing.structured_data[0].name, 'Elo&iacute;sa&#39;s box');
});

test('a title that holds markup stays text', () => {
  assert.equal(read(`${jsonLd({ ...PRODUCT, name: '1 < 2 & "x"' })}`).listing.title, '1 < 2 & "x"');
});

test('a plain classified ad gives title, text and the price in its heading', () => {
  const { listing, from } = read(
    '<title>Teddy bear of beaver fur</title><h2>Teddy bear of beaver fur - $75 (North Ft. ' +
      'Myers)</h2><div id="userbody">Hand-made from real beaver fur. Professionally hand stitched, ' +
      'one of a couple hundred made that year.</div>',
  );
  assert.deepEqual(
    [listing.title, listing.price, from.description],
    ['Teddy bear of beaver fur', { amount: '75', currency: null, text: '$75' }, 'page'],
  );
});

test('a shortened description in the tags gives way to the full one on the page', () => {
  const full =
    'Beautiful congo chicks, hand tame, fourteen weeks old, closed rings, ' +
    'papers can be arranged on request by message.';
  assert.equal(
    read(
      '<meta property="og:title" content="Chicks">' +
        `<meta property="og:description" content="${full.slice(0, 60)}…"><div id="description">${full}</div>`,
    ).listing.description,
    full,
  );
});

const rows = (count) =>
  Array.from(
    { length: count },
    (_, at) =>
      `<li><a href="/ad/grey-parrot-number-${at}00000${at}">Parrot ${at}</a> <b class="price">€${at + 10}</b></li>`,
  ).join('');
const NOTHING = {
  title: null,
  description: null,
  price: null,
  seller: null,
  location: null,
  language: null,
  posted_at: null,
  number: null,
  images: [],
  structured_data: [],
};
const RINGS = ['Antique ivory ring, carved, 1920', 'Silver band', 'Gold band', 'Jade ring'].map((name) => ({
  '@type': 'Product',
  name,
  offers: { price: 5, priceCurrency: 'EUR' },
}));
const CHAIRS = Array.from(
  { length: 40 },
  (_, at) => `<p><a href="/fur/${at}123456.html">Chair number ${at}, as good as new</a> (Doral)</p>`,
).join('');

for (const [what, kind, html, url] of [
  [
    'a page of results',
    'search',
    '<title>parrot for sale</title><h1>parrot</h1>' +
      `<p>Sort by price. Showing 1 - 30 of 321 results</p><ul>${rows(30)}</ul>`,
    'https://market.example/search?q=parrot',
  ],
  [
    'results without a telling address',
    'search',
    `<title>Pets "kitten"</title><p>Sort by: newest. Found: 21 Displaying: 1 - 21</p><ul>${rows(21)}</ul>`,
    'https://market.example/saved.html',
  ],
  [
    'a list with a product object for each row',
    'search',
    Array.from(
      { length: 12 },
      (_, at) =>
        `<div itemscope itemtype="http://schema.org/Product"><span itemprop="name">Ring ${at}</span><div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="price" content="${at + 1}"></div></div>`,
    ).join(''),
    'https://market.example/rings',
  ],
  [
    'results with a few products of data, one named like the search',
    'search',
    `<title>ivory ring</title><h1>ivory ring</h1>${jsonLd(...RINGS)}`,
    'https://market.example/ring',
  ],
  [
    'results that a script has yet to fill',
    'search',
    `<title>ivory - search</title><h1>ivory</h1><p>${'Filter. '.repeat(60)}</p>`,
    'https://market.example/search?q=ivory',
  ],
  [
    'an old index without a heading',
    'search',
    `<title>all furniture</title>${CHAIRS}`,
    'https://market.example/saved.html',
  ],
  ['a removed ad', 'removed', '<title>market</title><h2>This posting has been deleted by its author.</h2>'],
  [
    'a removed ad in French',
    'removed',
    "<title>Annonces</title><h1>Oups</h1><p>Cette annonce n'est plus disponible.</p>",
  ],
  ['a removed ad in Spanish', 'removed', '<title>Mercado</title><p>Este anuncio ya no está disponible.</p>'],
  ['a removed ad in Chinese', 'removed', '<title>市场</title><p>您查看的宝贝不存在，可能已下架或者被转移。</p>'],
  ['a sign-in wall', 'door', '<title>Log in to Market</title><form><input name="email"><input type="password"></form>'],
  ['a robot check', 'door', '<title>Robot Check</title><p>Enter the characters you see below.</p>'],
  ['an empty shell', 'empty', '<title>Shop</title><div id="root"></div>'],
  ['a page of nothing', 'empty', ''],
]) {
  test(`${what} states nothing`, () => {
    const seen = read(html, url);
    assert.deepEqual([seen.kind, seen.readable, seen.listing], [kind, false, NOTHING]);
  });
}

for (const [what, words] of [
  ['must be gone by Friday', 'This item must be removed by Friday, bring a van and a friend. '],
  ['is an entrance door', 'Входная дверь, дуб. '],
]) {
  test(`a short ad for what ${what} is read`, () => {
    const seen = read(
      `<title>${words.slice(0, 20)}</title><h2>${words.slice(0, 20)}</h2>` +
        `<div id="postingbody">${words.repeat(5)}</div>`,
      'https://market.example/7123456789.html',
    );
    assert.deepEqual([seen.kind, seen.readable], ['page', true]);
  });
}

test('a listing that is sold out is still a listing', () => {
  assert.equal(read(`${jsonLd(PRODUCT)}<h1>Grey parrot, hand tame</h1><p>No longer available</p>`).kind, 'listing');
});

test('a post has words and an author, never a price from its surroundings', () => {
  const { kind, listing } = read(
    '<meta property="og:type" content="article">' +
      jsonLd({
        '@type': 'SocialMediaPosting',
        headline: 'New babies in',
        articleBody: 'DM for info',
        author: { '@type': 'Person', name: 'reptile_rob' },
      }) +
      '<h1>New babies in</h1><span class="price">$10</span>',
  );
  assert.deepEqual(
    [kind, listing.title, listing.description, listing.seller.name, listing.price],
    ['post', 'New babies in', 'DM for info', 'reptile_rob', null],
  );
});

test('text over the limits is left out whole and said', () => {
  const { listing, too_long } = read(jsonLd({ ...PRODUCT, name: 'x'.repeat(1001), description: 'y'.repeat(20001) }));
  assert.deepEqual([listing.title, listing.description, too_long], [null, null, ['title', 'description']]);
});

test('at most a hundred pictures, web addresses only, each once', () => {
  const pictures = Array.from({ length: 150 }, (_, at) => `https://i.example/${at}.jpg`);
  const { images } = read(
    jsonLd({ ...PRODUCT, image: ['data:image/png;base64,AAAA', 'javascript:alert(1)', ...pictures, ...pictures] }),
  ).listing;
  assert.equal(images.length, 100);
  assert.ok(images.every(({ url }) => url.startsWith('https://i.example/')));
});

test('hostile shapes do no harm', () => {
  for (const object of [
    [],
    [[]],
    null,
    5,
    { '@type': {} },
    { '@type': 'Product', name: { '@value': {} }, offers: [null, 5, 'x', [[]]] },
    { '@type': 'Product', offers: { price: [], seller: [null] }, image: [[[null]], { url: [] }] },
    { '@type': 'Product', name: 'a'.repeat(200_000) },
  ]) {
    assert.ok(read(`${jsonLd(object)}<title>Page</title>`));
  }
  let deep = { '@type': 'Product', name: 'deep' };
  for (let level = 0; level < 200; level += 1) deep = { '@type': 'Thing', about: deep };
  assert.ok(read(jsonLd(deep)));
});

const AD =
  '<title>Carved box</title><h1>Carved box</h1><p class="price">€ 48.00</p>' +
  `<p>${'Bought long ago. '.repeat(30)}</p>`;
const ITEMS = [1, 2, 3, 4].map((number) => ({
  '@type': 'Offer',
  itemOffered: { '@type': 'Product', name: `Thing ${number}` },
}));

for (const [what, data] of [
  [
    'the shop’s catalogue',
    { '@type': 'Store', name: 'Shop', hasOfferCatalog: { '@type': 'OfferCatalog', itemListElement: ITEMS } },
  ],
  [
    'a place tag of a post',
    { '@type': 'SocialMediaPosting', headline: 'Carved box', contentLocation: { '@type': 'CollectionPage' } },
  ],
  ['the collection it is part of', { '@type': 'WebPage', isPartOf: { '@type': 'CollectionPage', name: 'Boxes' } }],
]) {
  test(`${what} makes no page a list`, () => assert.notEqual(read(jsonLd(data) + AD).kind, 'search'));
}

for (const [what, url, html] of [
  [
    'a collection of its own',
    'https://market.example/boxes',
    jsonLd({ '@type': 'CollectionPage', name: 'Boxes' }) + AD,
  ],
  ['a marketplace’s front page', 'https://www.ebay.de/', AD],
  ['its front page in a language', 'https://www.etsy.com/uk/', jsonLd(PRODUCT) + AD],
  ['a page of searching', 'https://market.example/search?q=ivory', jsonLd(PRODUCT) + AD],
  ['a search engine’s results', 'https://www.google.co.uk/search?q=ivory', jsonLd(PRODUCT) + AD],
  ['another engine’s', 'https://yandex.com/images/search?text=ivory', AD],
]) {
  test(`${what} is not one ad`, () => assert.equal(read(html, url).kind, 'search'));
}

test('a choice of language that leads back by way of a sign-out shows nobody signed in', () => {
  const signIn = '<a href="/login">Sign in</a>';
  for (const link of [
    '<a href="/fr?return=/logout">Français</a>',
    '<ul class="languages"><a href="/logout/fr">fr</a></ul>',
  ]) {
    assert.equal(read(link + signIn + AD).access, 'public');
  }
  assert.equal(read('<a href="/user/logout">Bye</a>' + AD).access, 'logged_in');
});
