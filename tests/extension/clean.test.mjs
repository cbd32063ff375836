/** What tells of the volunteer is taken out of addresses, data and texts; what tells of the ad stays as it was. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cleanAddress } from '../../extension/lib/address.js';
import { cleanData, cleanLink, cleanListing, cleanText, TAKEN } from '../../extension/lib/clean.js';
import { patterns } from '../../extension/lib/names.js';
import { writePage } from '../../extension/lib/page_copy.js';

const namePatterns = patterns(['Ana Wildgoose', 'heron_4417', 'letters@quillfeather.example', '884412907', 'Jade']);
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2ln';

for (const [address, clean] of [
  ['https://m.example/itm/1?hash=item3dc', 'https://m.example/itm/1?hash=item3dc'],
  ['https://m.example/itm/1?hash=item3dc&uid=884412907', 'https://m.example/itm/1?hash=item3dc'],
  ['https://ana:secret@m.example/itm/1', 'https://m.example/itm/1'],
  ['https://m.example/itm/1;jsessionid=7F3A?id=2', 'https://m.example/itm/1?id=2'],
  ['https://m.example/(S(abc123))/itm/1', 'https://m.example/itm/1'],
  [`https://m.example/itm/1?x=${JWT}`, 'https://m.example/itm/1'],
  ['https://m.example/itm/1?PHPSESSID=7f3a&id=5', 'https://m.example/itm/1?id=5'],
  ['https://m.example/itm/1?csrf_token=1&access_token=2&authKey=3&sid=4&email=5', 'https://m.example/itm/1'],
  ['https://m.example/itm/1?q=letters%40quillfeather.example', 'https://m.example/itm/1'],
  [`https://m.example/itm/1?e=${btoa('letters@quillfeather.example')}`, 'https://m.example/itm/1'],
  ['https://m.example/itm/1?utm_source=x&gclid=y&id=9', 'https://m.example/itm/1?id=9'],
  ['https://m.example/u/heron_4417/itm/1', 'https://m.example/u/-/itm/1'],
  ['https://m.example/itm/1?next=%2Fbuy%3Fsession%3D7f3a', 'https://m.example/itm/1?next=%2Fbuy'],
  ['https://m.example/itm/1?next=%2Fbuy%3Fuser_id%3D884412907', 'https://m.example/itm/1'],
  ['https://m.example/itm/1#sid=7f3a', 'https://m.example/itm/1'],
  ['https://m.example/#!/itm/1?token=7f3a', 'https://m.example/#!/itm/1'],
  [
    'https://m.example/itm/1?member_ref=5&cart=6&order_id=7&shoppingCartId=8&order=asc',
    'https://m.example/itm/1?order=asc',
  ],
  ['https://m.example/itm/1#reviews', 'https://m.example/itm/1#reviews'],
  ['https://m.example/itm/1?colour=jade', 'https://m.example/itm/1'],
  // The seller's own page: whose number it is, is what the report is about.
  ['https://m.example/member.php?uid=7', 'https://m.example/member.php?uid=7'],
  ['https://m.example/search?q=grey+parrot&page=2', 'https://m.example/search?q=grey+parrot&page=2'],
  ['https://m.example/a-b_c/%E9%B9%A6?id=%E9%B9%A6', 'https://m.example/a-b_c/%E9%B9%A6?id=%E9%B9%A6'],
  ['javascript:alert(1)', null],
]) {
  test(`${address} leaves as ${clean}`, () => assert.equal(cleanAddress(address, namePatterns), clean));
}

for (const [link, clean] of [
  ['/photo/a.png?viewer=5&w=400', '/photo/a.png?w=400'],
  ['photo/a.png?session_id=7f3a', 'photo/a.png'],
  ['//cdn.example/a.png?access_token=7f3a', 'http://cdn.example/a.png'],
  ['?uid=884412907&id=3', '?id=3'],
  ['African grey parrot', null],
  ['Papers? Yes = of course', null],
]) {
  test(`the link ${link} of a page's data leaves as ${clean ?? 'a text'}`, () =>
    assert.equal(cleanLink(link, namePatterns), clean));
}

for (const [text, clean] of [
  ['Sold to ANA WILDGOOSE.', `Sold to ${TAKEN}.`],
  ['Wildgoose, Ana', TAKEN],
  ['ana.wildgoose', TAKEN],
  ['Jade of heron_4417, jade green', `${TAKEN} of ${TAKEN}, jade green`],
  ['Anastasia Wildgooseberry', 'Anastasia Wildgooseberry'],
  ['Call the seller: seller@shop.example', 'Call the seller: seller@shop.example'],
  ['See https://m.example/a?session=7f3a&id=2, and ask.', 'See https://m.example/a?id=2, and ask.'],
]) {
  test(`“${text}” leaves as “${clean}”`, () => assert.equal(cleanText(text, namePatterns), clean));
}

test('of a page’s data what tells of the viewer goes: accounts, tokens, orders, and the person, street and all', () => {
  const parrot = {
    '@type': 'Product',
    name: 'Parrot',
    offers: { price: '5', seller: { '@type': 'Person', name: 'birdroom_lx', telephone: '5' } },
  };
  assert.deepEqual(
    cleanData(
      [
        {
          ...parrot,
          viewer: { id: 3 },
          csrfToken: 'x',
          review: { author: { '@type': 'Person', name: 'Ana Wildgoose', address: '12 Gaivotas Lane' } },
        },
        { '@type': 'Order', customer: { name: 'Somebody' } },
        { '@type': ['http://schema.org/Invoice'], customer: 'Somebody' },
        884412907,
      ],
      namePatterns,
    ),
    [parrot],
  );
});

test('what others wrote beside the ad, where it is sent and what is in the cart leave with no report', () => {
  assert.deepEqual(
    cleanData(
      [
        {
          '@type': 'Product',
          name: 'Parrot',
          review: [{ author: 'Anybody' }],
          comment: { text: 'Mine' },
          memberRef: '5',
          cart: ['7'],
          offers: { price: '5', shippingDetails: { shippingDestination: { streetAddress: '1 Road' }, rate: 3 } },
        },
      ],
      [],
    ),
    [{ '@type': 'Product', name: 'Parrot', offers: { price: '5', shippingDetails: { rate: 3 } } }],
  );
});

test('the whole name goes where the first name alone is known, too', () => {
  const both = patterns(['Ana', 'Ana Wildgoose']);
  assert.equal(cleanText('Sold to Ana Wildgoose, Ana', both), `Sold to ${TAKEN}, ${TAKEN}`);
});

test('a picture whose path names the volunteer is of the volunteer; a tracking number behind "?" alone is not', () => {
  const listing = {
    title: 'Parrot',
    seller: { name: 'birdroom_lx', url: 'https://m.example/u/heron_4417' },
    structured_data: [],
    images: [
      { url: 'https://m.example/me/heron_4417.png', alt: '' },
      { url: 'https://m.example/a.png?uid=884412907', alt: 'For Ana Wildgoose' },
    ],
  };
  const clean = cleanListing(listing, namePatterns);
  assert.deepEqual(clean.images, [{ url: 'https://m.example/a.png', alt: `For ${TAKEN}` }]);
  assert.deepEqual(clean.seller, { name: 'birdroom_lx', url: null });
});

test(
  'of a page only words, structure and listed attributes are written, ' + 'and nothing a text says becomes markup',
  () => {
    const tree = [
      'html',
      {},
      [
        [
          'head',
          {},
          [
            ['meta', { name: 'csrf', content: '7f3a' }, []],
            ['meta', { property: 'og:url', content: '/a?sid=7f3a&id=1' }, []],
            ['link', { rel: 'stylesheet', href: 'https://m.example/a.css' }, []],
          ],
        ],
        [
          'body',
          {},
          [
            ['p', { title: 'For Ana Wildgoose', name: 'heron_4417' }, ['<script>alert(1)</script> Ana Wildgoose']],
            ['a', { href: 'javascript:alert(1)' }, ['x']],
            ['o:p"', {}, ['hidden']],
          ],
        ],
      ],
    ];
    assert.equal(
      writePage(tree, namePatterns),
      '<html><head><meta property="og:url" content="/a?id=1"></head>' +
        `<body><p title="For ${TAKEN}">&#60;script&#62;alert(1)&#60;/script&#62; ${TAKEN}</p><a>x</a></body></html>`,
    );
  },
);

for (const [address, left] of JSON.parse(
  readFileSync(new URL('./address_cases.json', import.meta.url), 'utf8'),
)) {
  test(`${address} leaves without who shared it`, () => {
    const [path, query = ''] = cleanAddress(address).split('?');
    const sorted = query.split('&').filter(Boolean).sort().join('&');
    assert.equal(sorted ? `${path}?${sorted}` : path, left); // the server sorts, the extension keeps the order
  });
}

test('a button to share the page keeps what it leads to and not the address that it would share', () => {
  const link = (href) => writePage(['a', { href }, ['Share']], []);
  for (const [href, kept] of [
    ['https://wa.me/?text=https%3A%2F%2Fm.example%2Fi%2F1%3Fref%3Dtilda_w9', 'https://wa.me/'],
    ['https://wa.me/447700900123?text=Is%20it%20there%3F', 'https://wa.me/447700900123'],
    ['https://www.facebook.com/sharer.php?u=https://m.example/i/1?by=tilda', 'https://www.facebook.com/sharer.php'],
    ['https://t.me/share/url?url=https://m.example/i/1&text=Tilda', 'https://t.me/share/url'],
    ['https://www.facebook.com/marketplace/item/1?ref=x', 'https://www.facebook.com/marketplace/item/1?ref=x'],
    ['https://m.example/go?to=https://x.com/a', 'https://m.example/go?to=https://x.com/a'],
  ]) {
    assert.equal(link(href), `<a href="${kept}">Share</a>`);
  }
});
