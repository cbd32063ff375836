/** A sentence that tells of the reader is covered, and nothing that stands around it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';

const parts = ['tree', 'name_shapes', 'names_in_state', 'names_in_data', 'sentence_patterns', 'account_sentences'];
const more = ['names_in_sentences', 'own_words', 'chats', 'names', 'account_patterns', 'account', 'shown_names'];
for (const part of [...parts, ...more, 'viewer']) await import(`../../extension/page/${part}.js`);
const { readTree } = await import('../../extension/lib/page_copy.js');

const NICK = 'tilda_w9';
const NAME = 'Tilda Waxwing';

/** What is learnt of the reader, and the page's copy as a report would have it, names not yet taken out. */
function copied(markup) {
  const ad = '<h1>Carved walking stick</h1><p class="seller">Sold by <a href="/shop/s">stickman_dorset</a></p>';
  const { window } = new JSDOM(`<body>${ad}${markup}</body>`, { url: 'https://market.example/ad/1' });
  // Nothing is laid out here: every range has no box.
  window.Range.prototype.getClientRects = () => [];
  const learnt = globalThis.cyberSpotterPage.learnNames(window.document, 1e6);
  globalThis.cyberSpotterPage.findViewer([], learnt, false, window.document);
  return { learnt, words: JSON.stringify(readTree(window.document)) };
}

test('of a small block only the line that may tell of the reader is covered', () => {
  for (const markup of [
    '<div><p>Tilda, still available?</p><p>Horn comb 40 euro</p></div>',
    '<div>Tilda, your choice<br>Horn comb 40 euro, from an old collection, with pictures of all sides</div>',
    '<div>Horn comb 40 euro<br>Recommended for Tilda</div>',
    '<div><b>Tilda, yours today</b> <p>Horn comb 40 euro</p></div>',
    '<div><div>Only for Tilda</div><div>Horn comb 40 euro</div></div>',
    `<div><p>Horn comb 40 euro</p><p>Comment as ${NICK}</p></div>`,
    `<div>Horn comb 40 euro<br>Happy birthday, ${NAME}!</div>`,
  ]) {
    const { words } = copied(markup);
    assert.ok(words.includes('Horn comb 40 euro'), `${markup} -> ${words}`);
    assert.ok(!/Tilda/.test(words) && !words.includes(`as ${NICK}`), `${markup} -> ${words}`);
  }
});

test('before "(you)" stands the name alone, in every language, and not the words before it', () => {
  for (const text of [
    `The best bidder is ${NICK} (you)`,
    `Le meilleur enchérisseur est ${NICK} (vous)`,
    `Höchstbietender: ${NICK} (Sie)`,
    `Mejor postor: ${NICK} (tú)`,
    `最高出价者：${NICK}（您）`,
    `الأعلى مزايدة: ${NICK} (أنت)`,
  ]) {
    assert.deepEqual(copied(`<div><section><p>${text}</p></section></div>`).learnt, [NICK], text);
  }
  assert.deepEqual(copied(`<p>The best bidder is ${NAME} (you)</p>`).learnt, [NAME]);
  assert.deepEqual(copied('<p>Luna (sie), vier Jahre alt</p>').learnt, []);
});

test('whose basket it is, where it is sent and who looked are covered in more languages', () => {
  for (const text of [
    `Le panier de ${NAME}`,
    `Carrito de ${NAME}`,
    `Der Warenkorb von ${NAME}`,
    `Carrello di ${NICK}`,
    `Корзина пользователя ${NICK}`,
    `Leverans till ${NAME}, 31 Pipit Lane`,
    `Toimitetaan: ${NAME}, 31 Pipit Lane`,
    'Tilda, ще цікавить?',
    'Tilda, ilgini çekiyor mu?',
    `Zuletzt angesehen von ${NICK}`,
    `Vu par ${NICK}`,
    `Visto por ${NICK}`,
    `Following as ${NICK}`,
  ]) {
    assert.ok(!/Tilda|tilda|Pipit/.test(copied(`<p>${text}</p>`).words), text);
  }
  for (const text of ['Favoris du Jardin', 'Vu par tous', 'Warenkorb von Hand geflochten', 'Cesta de Mimbre']) {
    assert.ok(copied(`<p>${text}</p>`).words.includes(text), text);
  }
});
