/** Pages tell their signed-in reader that they are, in many languages and ways: nothing of it is left in a report. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';

const parts = ['tree', 'name_shapes', 'names_in_state', 'names_in_data', 'sentence_patterns', 'account_sentences'];
const more = ['names_in_sentences', 'own_words', 'chats', 'names', 'account_patterns', 'account', 'shown_names'];
for (const part of [...parts, ...more, 'viewer']) await import(`../../extension/page/${part}.js`);

const NAME = 'Tilda Waxwing';
const NICK = 'tilda_w9';
const MAIL = 'tw@brookmail.example';
const STREET = '31 Pipit Lane';
const AD =
  '<h1>Carved walking stick</h1><p>Turned handle. Bought at a country sale.</p>' +
  '<p class="seller">Sold by <a href="/shop/stickman">stickman_dorset</a></p>';

const pageWith = (markup) =>
  new JSDOM(`<body>${AD}<div><section>${markup}</section></div></body>`, { url: 'https://market.example/ad/1' }).window;

/** The words of a page without what was found to be the reader's. */
function left(markup) {
  const { document } = pageWith(markup);
  const learnt = globalThis.cyberSpotterPage.learnNames(document, 1e6);
  for (const element of globalThis.cyberSpotterOwn) element.remove();
  const text = Array.from(document.querySelectorAll('body *:not(script)'), (element) =>
    [element.getAttribute('aria-label'), ...Array.from(element.childNodes, (child) => child.data ?? '')].join(' '),
  ).join(' ');
  return learnt.reduce((words, name) => words.replaceAll(name, '-'), text);
}

const SIGNED_IN = [
  `Signed in: ${NAME}`,
  `Logged in with ${MAIL}`,
  `Current user: ${NICK}`,
  `Angemeldet: ${NAME}`,
  `Connecté sous ${NICK}`,
  `Sesión iniciada como ${NAME}`,
  `Você está conectado como ${NAME}`,
  `Accesso effettuato come ${NAME}`,
  `Ingelogd als ${NAME}`,
  `Inloggad som ${NAME}`,
  `Logget ind som ${NAME}`,
  `Logget på som ${NAME}`,
  `Kirjautuneena käyttäjänä ${NAME}`,
  `Přihlášen jako ${NAME}`,
  `Přihlášený uživatel: ${NICK}`,
  `Prihlásený používateľ: ${NICK}`,
  `Zalogowany jako: ${NAME}`,
  `Bejelentkezve mint ${NAME}`,
  `Belépve: ${NAME}`,
  `Conectat ca ${NAME}`,
  `Συνδεδεμένος ως ${NAME}`,
  `Вы вошли как ${NAME}`,
  `Ви увійшли як ${NAME}`,
  `${NAME} olarak giriş yaptınız`,
  `מחובר בתור ${NAME}`,
  `مسجل الدخول باسم ${NAME}`,
  `${NAME} के रूप में लॉग इन`,
  `เข้าสู่ระบบในชื่อ ${NAME}`,
  `Đã đăng nhập với tên ${NAME}`,
  `Masuk sebagai ${NAME}`,
  `当前用户：${NICK}`,
  `登录账号：${NICK}`,
  `ログイン中：${NICK}`,
  `로그인 계정: ${NICK}`,
];
const GREETED = [
  `Happy birthday, ${NAME}!`,
  `Congratulations, ${NAME}!`,
  `👋 ${NAME}`,
  `Hello 👋 ${NAME}`,
  `Dobrý den, ${NAME}`,
  `שלום, ${NAME}`,
  `नमस्ते ${NAME}`,
  `Xin chào, ${NAME}`,
  `สวัสดี ${NAME}`,
  `مرحبا ${NAME}`,
  `${NAME}님 환영합니다`,
  `${NAME}さん、こんにちは`,
];
const THEIRS = [
  `Your name: ${NAME}`,
  `Dein Benutzername: ${NICK}`,
  `Votre compte : ${NAME}`,
  `Tu usuario: ${NICK}`,
  `Váš účet: ${NAME}`,
  `您的用户名：${NICK}`,
  `Not ${NAME}? Switch account`,
  `Nicht ${NAME}? Abmelden`,
  `Vous n’êtes pas ${NAME} ? Se déconnecter`,
  `¿No eres ${NAME}? Cerrar sesión`,
  `You bought this item on 3 May. Buyer: ${NAME}`,
  `Reported by you, ${NAME}, on 3 May`,
  `Balance of ${NICK}: £23.00`,
  `Last sign-in of ${NAME}: yesterday`,
  `${NAME} · Your rating: 4.9`,
  `Your invite link: https://market.example/invite/${NICK}`,
];
const STATE = `4:["$",{"session":{"user":{"name":"${NAME}"}}}]`;
const tells = (text) => new RegExp(`Tilda|Waxwing|${NICK}|${MAIL}|Pipit`, 'i').test(text);

for (const [what, sentences] of Object.entries({ 'signed in': SIGNED_IN, greeted: GREETED, theirs: THEIRS })) {
  test(`a reader who is told what is ${what} is not in the report`, () => {
    assert.deepEqual(
      sentences.filter((sentence) => tells(left(`<p>${sentence}</p>`))),
      [],
    );
    // In parts, as pages often write it.
    const inParts = (sentence) => sentence.replace(new RegExp(`${NAME}|${NICK}|${MAIL}`), '<b>$&</b>');
    assert.deepEqual(
      sentences.filter((sentence) => tells(left(`<p>${inParts(sentence)}</p>`))),
      [],
    );
  });
}

test('a label and its value, a greeting and a name that stands alone, and a form’s sender tell, too', () => {
  for (const markup of [
    `<dl><dt>Your name</dt><dd>${NAME}</dd></dl>`,
    `<div>Hi Tilda 👋 How can we help?</div><section><p>${NAME}</p></section>`,
    `<div><label>From</label> <span>${NAME}</span><textarea></textarea></div>`,
    `<p>Not Tilda? Sign out</p><section><p>Tilda</p></section>`,
    `<script>self.__next_f.push([1,${JSON.stringify(STATE)}])</script><p>${NAME}</p>`,
  ]) {
    assert.equal(tells(left(markup)), false, markup);
  }
});

test('as whom one writes, what is one’s own, where it is sent, and greetings in more ways are the reader’s', () => {
  for (const text of [
    `Piszesz jako ${NICK}`,
    `Dodajesz opinię jako ${NAME}`,
    `Píšete jako ${NICK}`,
    `Kommenter som ${NAME}`,
    `Коментувати як ${NICK}`,
    `Your bid (${NICK}): £80`,
    `Twoja oferta (${NICK}): 80 zł`,
    `Ihr Gebot (${NAME}): 80 €`,
    `您的出价（${NICK}）：80`,
    `uid=77; user=${NICK}`,
    `Dostawa do: ${NAME}, ${STREET}, 00-001 Warszawa`,
    `お届け先：${NAME} 様 ${STREET}`,
    `¡Hola, ${NAME}!`,
    `👋 Hi ${NAME}`,
    `${NAME} عزیز خوش آمدید`,
    `Dobrodošli ${NAME}`,
    `سلام ${NAME}`,
  ]) {
    assert.ok(!tells(left(`<p>${text}</p>`)), text);
  }
});

test('what a form asks beside one’s own offer is nobody’s name', () => {
  for (const [text, kept] of [
    ['Your message (optional)', 'optional'],
    ['Your offer (Best)', 'Best'],
    ['Ihre Nachricht (Optional)', 'Optional'],
    ['Twoja wiadomość (Opcjonalnie)', 'Opcjonalnie'],
    ['Votre question (Facultatif)', 'Facultatif'],
    ['Your review (5 stars)', '5 stars'],
    ['Your comments (Public)', 'Public'],
    ['Dostawa do paczkomatu', 'paczkomatu'],
    ['Sprzedam jako Komplet', 'Komplet'],
    ['Wystawiono jako Nowe', 'Nowe'],
    ['Skrivbord som Nytt', 'Nytt'],
    ['?utm=a&login=Yes', 'Yes'],
  ]) {
    const { document } = pageWith(`<p>${text}</p>`);
    assert.deepEqual(globalThis.cyberSpotterPage.learnNames(document, 1e6), [], `${text}: ${kept}`);
  }
});

test('what is said of services, of sellers and of the ad is nobody’s name', () => {
  for (const [markup, kept] of [
    ['<p>Signed in with Google Account</p><p>Google Account</p>', 'Google Account'],
    ['<p>Logged in: yesterday</p>', 'yesterday'],
    ['<p>Not Working? Contact us</p><p>Not Working</p>', 'Not Working'],
    ['<p class="description">Hello, Bird Lovers! Tame Grey, ask.</p>', 'Bird Lovers'],
    ['<p class="seller">Hello from Heron Antiques, signed in as Heron Antiques</p>', 'Heron Antiques'],
    ['<form><p>Your name</p><p>Your e-mail</p><p>Send Message</p></form>', 'Send Message'],
    ['<p>Balance of Nature, a book</p><p>Nature</p>', 'Nature'],
    ['<p>Order of Saint George, silver</p><p>Saint George</p>', 'Saint George'],
    ['<p>You are Most Welcome</p><p>Most Welcome</p>', 'Most Welcome'],
    ['<p>Masuk Daftar Sekarang</p><p>Daftar Sekarang</p>', 'Daftar Sekarang'],
    ['<p class="description">Signed in gold: John Ruskin</p><p>John Ruskin</p>', 'John Ruskin'],
  ]) {
    assert.ok(left(markup).includes(kept), `${markup} -> ${left(markup)}`);
    assert.ok(left(markup).includes('stickman_dorset') && left(markup).includes('Turned handle'));
  }
});

test('a word before a comma is not the beginning of a name that stands alone; a greeted name is', () => {
  const learnt = (markup) => globalThis.cyberSpotterPage.learnNames(pageWith(markup).document, 1e6);
  assert.deepEqual(learnt('<p>Tortoise, still available?</p><p>Tortoise Supplies</p>'), []);
  assert.deepEqual(learnt(`<p>Hi Tilda!</p><p>${NAME}</p>`), [NAME, 'Tilda']);
});

test('their own page, a card with the way out, and an address to choose are covered', () => {
  for (const markup of [
    `<a href="/members/${NICK}">${NAME}</a> <a href="/members/${NICK}">View my profile</a>`,
    `<div class="card"><b>${NAME}</b><br>Member since 2019 · <a href="/x">Log out</a></div>`,
    `<label><input type="radio" checked> Home: ${STREET}</label>`,
  ]) {
    const { document } = pageWith(markup);
    globalThis.cyberSpotterOwn = new Set();
    const { names } = globalThis.cyberSpotterPage.findViewer([], [], false, document);
    for (const place of globalThis.cyberSpotterPlaces) place.remove();
    const words = names.reduce((text, name) => text.replaceAll(name, '-'), document.body.textContent);
    assert.equal(tells(words), false, markup);
    assert.ok(words.includes('stickman_dorset'));
  }
});
