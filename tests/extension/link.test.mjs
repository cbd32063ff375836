import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { isFresh, readLink, titleOf } from '../../extension/lib/link.js';

const SEARCH = 'https://market.example/search?q=parrot';
const said = (html, address = 'https://market.example/ad/1') =>
  readLink(address, new JSDOM(html, { url: SEARCH }).window.document);
const title = (html, address) => titleOf(said(html, address).words);

test('a link is called by its heading, else by its first words, else by the text that stands for its picture', () => {
  assert.equal(title('<a href="/ad/1"><span>€ 1.250</span><h3>Grey\n parrot</h3>Lisbon</a>'), 'Grey parrot');
  assert.equal(title('<a href="/ad/1">Grey parrot</a>'), 'Grey parrot');
  assert.equal(title('<a href="/ad/1"><img src="p.jpg" alt="A grey parrot"></a>'), 'A grey parrot');
  assert.equal(title('<a href="/ad/1" aria-label="Grey parrot, tame"><img src="p.jpg"></a>'), 'Grey parrot, tame');
  assert.equal(
    title('<a href="/ad/1"><img src="p.jpg"></a><a href="/ad/1">Grey parrot</a>'),
    'Grey parrot',
    'the picture and the words are two links',
  );
  assert.equal(title('<a href="/ad/2">Other</a>'), '');
});

test('a price, a number or a call to click is no title', () => {
  for (const words of [
    '€ 1.250',
    '1 250 €',
    'US $20.00',
    '$20 per pair',
    '1,250.00 EUR',
    '3',
    'View more',
    'Details',
    'New',
    '…',
  ]) {
    assert.equal(titleOf([words, 'Grey parrot']), 'Grey parrot', words);
  }
  assert.equal(titleOf(undefined), '');
  assert.equal(titleOf(['3 young parrots']), '3 young parrots');
  assert.equal(titleOf(['虎骨酒 3']), '虎骨酒 3');
});

test('pictures go with their full addresses, and only those of the web', () => {
  assert.deepEqual(
    said('<html lang="pt"><a href="/ad/1"><img src="p.jpg" alt="x"><img src="data:image/gif;base64,R0"></a>').images,
    [{ url: 'https://market.example/p.jpg', alt: 'x' }],
  );
  assert.equal(said('<html lang="pt"><a href="/ad/1">x</a>').lang, 'pt');
});

test('a page that renames its parts is read all the same', () => {
  assert.equal(
    title(
      '<form><input name="querySelectorAll"><input name="getAttribute"></form>' +
        '<img name="querySelectorAll"><a href="/ad/1">Grey parrot</a>',
    ),
    'Grey parrot',
  );
});

test('a choice in the menu is taken up once, by its own tab, soon', () => {
  const link = { url: 'https://market.example/ad/1', tab: 7, at: 1000 };
  assert.deepEqual(
    [
      isFresh(link, { id: 7 }, 2000),
      isFresh(link, { id: 8 }, 2000),
      isFresh(link, { id: 7 }, 60_000),
      isFresh(undefined, { id: 7 }),
    ],
    [true, false, false, false],
  );
});
