/**
 * Finds where a page shows who is looking at it, and their names.
 *
 * This function is injected into the page (`scripting.executeScript({func: findViewer})`), so it is self-contained. It
 * changes nothing in the page but to hide overlays while a picture is taken. The elements it found stay in
 * `globalThis.cyberSpotterPlaces`, which only code of this extension can see, until `readTree` has left them out of the
 * copy.
 *
 * @param {string[]} [selectors] places that an adapter knows for this platform
 * @param {string[]} [learnt] names that the page has told (`learnNames`)
 * @param {boolean} [hide] whether overlays that cannot be covered without the ad under them (a watermark with the
 *   volunteer's number over the whole window) are hidden until the next call, three seconds at most
 * @param {Document} [doc] the document; the page's own when injected
 * @returns {{names: string[], places: number[][], hidden: number, signed_out: boolean, view: object}} `places` are
 *   `[left, top, width, height]` in CSS pixels of the window; `hidden` counts the overlays; `signed_out`: the page
 *   offers to sign in and nowhere to sign out; `view` is what is needed to find the places in a picture of the window:
 *   `left, top, scale` of a pinch zoom, `width, height` of the window, `inner` its width without the scroll bar, `x, y`
 *   how far it is scrolled, `length` of the page
 */
export function findViewer(selectors = [], learnt = [], hide = false, doc = document) {
  globalThis.cyberSpotterRestore?.();
  const view = doc.defaultView;
  const MOST = { elements: 40_000, texts: 40_000, rules: 20_000, script: 2_000_000 };
  const all = (selector, root) => {
    try {
      return Array.from(root.querySelectorAll(selector));
    } catch {
      return [];
    }
  };
  // The document and every open shadow tree in it.
  const roots = [doc];
  for (const root of roots) {
    for (const element of all('*', root).slice(0, MOST.elements)) {
      const inside = element.openOrClosedShadowRoot ?? element.shadowRoot;
      if (inside) roots.push(inside);
    }
  }
  const everywhere = (selector) => roots.flatMap((root) => all(selector, root));
  const tidy = (text) =>
    String(text ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const closest = (element, selector) =>
    element.closest(selector) ?? (element.getRootNode().host ? closest(element.getRootNode().host, selector) : null);
  const tokens = (element) =>
    ['id', 'class', 'data-testid', 'name']
      .map((name) => element.getAttribute(name))
      .filter(Boolean)
      .join(' ')
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .slice(0, 600);
  const spoken = (element) =>
    ['aria-label', 'title', 'alt']
      .map((name) => element.getAttribute(name))
      .filter(Boolean)
      .map(tidy);
  const box = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height };
  };

  const ACCOUNT = new RegExp(
    String.raw`(?:^|[^a-z])(?:my-?)?(?:account|acct|avatar|profile|persona|log(?:ged)?-?(?:in|out)|` +
      String.raw`sign(?:ed)?-?(?:in|out)|greet(?:ing)?|welcome|(?:deliver|ship)-?to|user-?(?:name|menu|nav|` +
      String.raw`info|panel|bar|pic|photo|icon|image|dropdown|toggle|link|widget|profile))(?:[^a-z]|$)`,
  );
  // These mark an account's place anywhere on the page.
  const OWN = new RegExp(
    String.raw`(?:^|[^a-z])(?:(?:logged-?in|signed-?in|current|my)-?(?:user|member|profile|account)|(?:user|` +
      String.raw`account)-?(?:menu|dropdown|nav|greeting))(?:[^a-z]|$)`,
  );
  const TO_ACCOUNT = new RegExp(
    String.raw`^[^?#]*\/(?:my-?)?(?:account|profile|users?|u|usr|people|members?|me|log-?(?:in|out)|` +
      String.raw`sign-?(?:in|out))(?:[/.?#]|$)`,
    'i',
  );
  const SAID = new RegExp(
    String.raw`account|profile|avatar|log(?:ged)? ?(?:in|out)|sign(?:ed)? ?(?:in|out)|konto|profil|abmelden|` +
      String.raw`angemeldet|compte|d[ée]connexion|cuenta|perfil|cerrar sesi[óo]n|(?<!\p{L})(?:conta|esci|sair|` +
      String.raw`[çc][ıi]k[ıi][şs])(?!\p{L})|uitloggen|wyloguj|logga ut|odhl[áa]sit|аккаунт|профиль|кабинет|` +
      String.raw`выйти|акаунт|вийти|hesab|账户|賬戶|帐户|个人中心|退出|登出|アカウント|マイページ|ログアウト|계정|로그아웃|حساب|الملف الشخصي|` +
      String.raw`تسجيل الخروج|חשבון|התנתק|खाता|บัญชี|ออกจากระบบ|tài khoản|đăng xuất`,
    'iu',
  );
  const LEAVE = new RegExp(
    String.raw`(?:log|sign)[-_ ]?(?:out|off)|abmelden|ausloggen|d[ée]connexion|cerrar[-_ ]?sesi[óo]n|` +
      String.raw`(?<!\p{L})sair(?!\p{L})|uitloggen|wyloguj|выйти|выход|退出|登出|ログアウト|로그아웃|تسجيل الخروج`,
    'iu',
  );
  const HEADER =
    'header,nav,[role="banner"],[role="navigation"],[id*="header" i],[id*="navbar" i],' +
    '[id*="topbar" i],[id*="toolbar" i],[class*="header" i],[class*="navbar" i],' +
    '[class*="topbar" i],[class*="toolbar" i],[class*="masthead" i]';
  const SUBJECT = 'main,article,[role="main"],[itemscope]';
  const SELLER = ['seller', 'vendor', 'advertiser', 'dealer', 'poster', 'author', 'owner']
    .map((name) => `[class*="${name}" i],[id*="${name}" i],[itemprop*="${name}" i],[data-testid*="${name}" i]`)
    .join();
  const GREETING =
    'hello|hi|hey|welcome(?: back)?|good (?:morning|afternoon|evening)|(?:signed|logged) in as|' +
    'you are|bonjour|bonsoir|salut|bienvenue|connectée? en tant que|hola|buen[oa]s(?: días| tardes|' +
    ' noches)?|bienvenid[oa](?: de nuevo)?|ol[áa]|oi|bem-vind[oa]|hallo|guten (?:tag|morgen|abend)|' +
    'willkommen(?: zurück)?|angemeldet als|servus|moin|ciao|salve|benvenut[oa]|hoi|' +
    'welkom(?: terug)?|ingelogd als|cześć|witaj|dzień dobry|zalogowany jako|привет|здравствуйте|' +
    'добро пожаловать|вы вошли как|привіт|вітаємо|ahoj|vítejte|dobrý den|hej|hei|välkommen|' +
    'velkommen|tervetuloa|merhaba|hoş geldin(?:iz)?|bună|bine ai venit|szia|üdv(?:özöljük)?|' +
    'γεια σου|καλώς ήρθες|你好|您好|欢迎(?:回来|您)?|歡迎(?:回來)?|こんにちは|ようこそ|안녕하세요|환영합니다|مرحب[اً]*(?: بك)?|' +
    'أهل[اً]*(?: بك| وسهلا)?|שלום|ברוך הבא|नमस्ते|สวัสดี(?:คุณ)?|xin chào|chào|halo|hai|' +
    'selamat datang';
  const NAME = "@?[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}.'’_-]*(?: [\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}.'’_-]*){0,4}";
  const HELLO = new RegExp(
    `^(?:${GREETING})(?:[\\s,،，、:!¡]+|(?<=[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Hangul}\\p{sc=Thai}]))` +
      `(${NAME})\\s?[!.,，！。…:]*$`,
    'iu',
  );
  const SUFFIXED = new RegExp(
    `^(${NAME}?)\\s?(?:さん|様|님)?[\\s,，、]*(?:さん|様|님|您好|你好|欢迎(?:回来|您)?|歡迎(?:回來|您)?|こんにちは|ようこそ|안녕하세요|환영합니다)[!！。.]*$`,
    'iu',
  );
  const SENT_TO = new RegExp(
    String.raw`^(?:deliver(?:ing|y)?|ship(?:ping|s)?|send(?:ing)?) to\b|^livr(?:er|aison) (?:à|chez)|` +
      String.raw`^envi(?:ar|o) a\b|^entregar (?:a|em)\b|^liefer(?:n|ung) (?:an|nach)|^(?:consegna|` +
      String.raw`spedisci) a\b|^bezorgen (?:bij|op|in)|^доставка (?:в|по)|^доставить|^配送至|^送至|お届け先|^배송지|` +
      String.raw`^التوصيل إلى`,
    'i',
  );
  // Words that may follow a greeting and are not a name.
  const NOBODY = new RegExp(
    String.raw`^(?:guests?|visitors?|there|all|every(?:one|body)|friends?|folks|sign|log|login|register|join|` +
      String.raw`again|to|our|my|your|the|this|new|users?|members?|customers?|buyers?|collectors?|i|i['’]m|we|` +
      String.raw`and|in|from|gast|gäste|besucher|anmelden|einloggen|melden|hier|zusammen|alle|ich|invités?|` +
      String.raw`identifiez|connectez|se|s['’]|visiteur|à|au|chez|je|nous|tous|toutes|invitado|identif[\p{L}]*|` +
      String.raw`inicia|entra|visitante|entre|faça|accedi|ospite|a|en|de|da|em|na|no|гость|войти|войдите|всем|` +
      String.raw`请|請|登录|登入|ゲスト|ログイン|게스트|로그인|زائر|تسجيل|ضيف|misafir|giriş)(?:$|[^\p{L}])`,
    'iu',
  );
  const WORDS = new RegExp(
    String.raw`\b(?:accounts?|profile|menu|orders?|messages?|settings|help|carts?|basket|sign|log(?:in|out)?|` +
      String.raw`my|your|our|saved|watch(?:list|ing)?|sell(?:ing)?|buy|notifications?|wish ?list|favou?rites?|` +
      String.raw`language|english|home|search|shop|categories|all|more|open|view|daily|deals|gift|cards?|` +
      String.raw`customer|service|support|new|sale|contact|about|post|advert|ads?|listings?|items?|free|gast|` +
      String.raw`anmelden|konto|mein|meine|merkzettel|warenkorb|nachrichten|mon|mes|compte|panier|favoris|mi|` +
      String.raw`mis|cuenta|carrito|favoritos|conta|carrinho|il mio|carrello)\b`,
    'i',
  );
  const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi;
  const HANDLE = /^@?(?=.*[\d_])[a-z][\w.-]{3,39}$/i;
  const FULL = new RegExp(
    String.raw`^\p{Lu}[\p{L}\p{M}'’-]*\.?(?: (?:de|da|do|dos|di|du|del|della|van|von|bin|al|el|la|der|den|` +
      String.raw`ter|\p{Lu}[\p{L}\p{M}'’-]*\.?)){1,4}$`,
    'u',
  );

  const names = new Set();
  const places = new Set();
  const ranges = [];
  // A single word that is in the heading, or a mere guess that is, belongs to the ad: Jade, Rose, African Grey Parrot.
  const heading = tidy(
    [
      ...everywhere('h1').map((element) => element.textContent),
      ...everywhere('meta[property="og:title"]').map((element) => element.content),
    ].join(' '),
  ).toLowerCase();
  const addName = (name, guessed = false) => {
    const label = tidy(name)
      .replace(/^@/, '')
      .replace(/[\s!.,:;，！。]+$/, '');
    if (label.length < 2 || label.length > 60 || NOBODY.test(label)) return;
    if ((guessed || /^[\p{L}\p{M}]+$/u.test(label)) && heading.includes(label.toLowerCase())) return;
    names.add(label);
  };
  const mails = (text) => (String(text ?? '').match(EMAIL) ?? []).forEach(addName);
  const greetedName = (text) => {
    const name = (HELLO.exec(text) ?? SUFFIXED.exec(text))?.[1];
    return name && !NOBODY.test(name) && !WORDS.test(name) ? name : null;
  };
  // A large element is the page, not a place in it; one that holds the heading is the subject.
  const isSmall = (element, subject) => {
    if (
      ['html', 'body', 'main', 'article', 'header', 'nav'].includes(element.localName) ||
      element.querySelector?.(subject) ||
      element.matches('h1')
    ) {
      return false;
    }
    const { width, height } = box(element);
    return width * height <= 0.3 * view.innerWidth * view.innerHeight;
  };
  // A seller's name and picture are what the report is about.
  const addPlace = (element, subject = 'h1,main,article,[itemprop="name"]') =>
    Boolean(!closest(element, SELLER) && isSmall(element, subject) && places.add(element));
  const isOnTop = (element) => {
    const { top, height } = box(element);
    return height > 0 && height < 120 && top + view.scrollY < 110;
  };
  // The page's own head, not a card's: its bars of links, and what stands at the top.
  const heads = new Set(
    everywhere(HEADER).filter(
      (element) =>
        !closest(element, SUBJECT) &&
        (element.matches('nav,[role="banner"],[role="navigation"]') || box(element).top + view.scrollY < 150),
    ),
  );
  const near = new Set([...heads].flatMap((head) => all('*', head.shadowRoot ?? head)));
  const inHeader = (element) =>
    (near.has(element) || heads.has(element) || (isOnTop(element) && !closest(element, 'h1,[itemprop]'))) &&
    !closest(element, 'footer,[class*="footer" i]');

  const ENTER = new RegExp(
    String.raw`(?:log|sign)[-_ ]?(?:in|on)(?![a-z])|anmelden|einloggen|se connecter|connexion|iniciar[-_ ]?ses|` +
      String.raw`entrar|accedi|inloggen|zaloguj|logga in|kirjaudu|войти|登录|登入|ログイン|로그인|تسجيل الدخول|giriş yap|masuk|` +
      String.raw`đăng nhập`,
    'iu',
  );
  const doors = everywhere('a,button')
    .slice(0, 3000)
    .map((element) => `${element.getAttribute('href') ?? ''} ${tidy(element.textContent).slice(0, 60)}`);
  const signedOut = doors.some((door) => ENTER.test(door)) && !doors.some((door) => LEAVE.test(door));
  // Pages of the site itself that stand where members' pages do.
  const OF_THE_SITE = new RegExp(
    String.raw`^(?:(?:our|the|all|new|top|find|meet)[ -])?(?:staff|team|online|list|search|directory|top|new|map|` +
      String.raw`help|rules|rankings?|leader-?boards?|moderators?|groups?|members?|users?|people|profiles?|` +
      String.raw`sellers?|buyers?|collectors?|breeders?|experts?|authors?|editors?|about|faq|index|mitglieder|` +
      String.raw`membres|miembros|membri|leden|участники)$`,
    'i',
  );
  const isOfTheSite = (link) => {
    const last =
      (link.getAttribute('href') ?? '')
        .replace(/[?#].*$/, '')
        .split('/')
        .filter(Boolean)
        .at(-1) ?? '';
    return (
      [tidy(link.textContent), last].every((word) => !word || OF_THE_SITE.test(word)) && !link.querySelector('img')
    );
  };

  // 1. What an adapter knows.
  for (const element of selectors.flatMap(everywhere)) {
    const { width, height } = box(element);
    if (
      !/^(?:html|body|main|article)$/.test(element.localName) &&
      width * height <= 0.6 * view.innerWidth * view.innerHeight
    ) {
      places.add(element);
    }
  }

  // 2. Account menus, greetings and pictures in the page's head.
  everywhere('a,button,summary,img,svg,span,div,p,li,iframe,[role],[aria-label]')
    .filter(inHeader)
    .slice(0, MOST.elements / 8)
    .forEach((element) => {
      const labels = spoken(element);
      if (
        ACCOUNT.test(tokens(element)) ||
        (TO_ACCOUNT.test(element.getAttribute('href') ?? '') && !isOfTheSite(element)) ||
        labels.some((text) => SAID.test(text))
      ) {
        addPlace(element);
      }
      // A picture that leads to the account: the link names it, too.
      const link = element.matches('img,svg') && places.has(element) && closest(element, 'a[href],button');
      if (link) addPlace(link);
    });
  everywhere('[id],[class],[data-testid]')
    .slice(0, MOST.elements)
    .forEach((element) => {
      if (OWN.test(tokens(element))) addPlace(element, 'h1,main,article');
    });
  // A menu that one can sign out from is an account menu, wherever it hangs.
  for (const link of everywhere('a,button,[role="menuitem"],input[type="submit"]')) {
    const text = tidy(link.textContent);
    const label = [link.getAttribute('href'), text.length > 20 ? '' : text, link.getAttribute('aria-label')].join(' ');
    if (!LEAVE.test(label)) continue;
    addPlace(link);
    const menu = closest(link, '[role="menu"],details,dialog,ul,ol,[class*="menu" i],[class*="dropdown" i]');
    if (menu) addPlace(menu);
  }

  // 3. Greetings, and e-mail addresses in the head; text by text.
  const texts = [];
  for (const root of roots) {
    const walker = doc.createTreeWalker(root, 4);
    for (let node; texts.length < MOST.texts && (node = walker.nextNode());) {
      if (
        node.parentElement &&
        !/^(?:script|style|noscript|template)$/.test(node.parentElement.localName) &&
        node.data.trim()
      ) {
        texts.push(node);
      }
    }
  }
  for (const node of texts) {
    const text = tidy(node.data);
    if (text.length > 120) continue;
    const parent = node.parentElement;
    const parentText = parent.childElementCount && parent.childElementCount < 4 ? tidy(parent.textContent) : text;
    const name = greetedName(text) ?? (parentText.length <= 80 ? greetedName(parentText) : null);
    const head = inHeader(parent) && !closest(parent, SELLER);
    const described = () =>
      closest(parent, 'p,h1,article,[itemprop],[class*="description" i],[id*="description" i],blockquote');
    if (name && (head || (FULL.test(tidy(name)) && !described()))) {
      addName(name);
      addPlace(parent);
    } else if (
      head &&
      (SENT_TO.test(parentText) || (text.search(EMAIL) >= 0 && !closest(parent, 'a[href^="mailto:" i]')))
    ) {
      mails(text);
      addPlace(parent);
    }
  }

  for (const part of doc.title.split(/\s+[|–—·:-]+\s+/)) if (greetedName(tidy(part))) addName(greetedName(tidy(part)));

  // 4. Names that stand in those places, and what the page says of the one it is shown to.
  const WHO = new RegExp(
    String.raw`name|nick|avatar|profile|persona|greet|welcome|identity|display|user-?(?:menu|info|pic|photo|` +
      String.raw`icon|image|link|dropdown)`,
  );
  const LABELS = [
    /^(.+?)['’]s (?:profile|account|avatar|picture|photo|menu)/i,
    new RegExp(
      String.raw`(?:profile|account|avatar|user|picture|photo|menu|(?:signed|logged) in|perfil|profil|compte|` +
        String.raw`konto|cuenta|conta|foto|bild|аккаунт|профиль|фото)(?: \w+)?(?:\s?[:–-]| (?:of|for|as|de|von|` +
        String.raw`van|di|do|da|för|als)) ([^(<]+)`,
      'i',
    ),
  ];
  for (const element of places) {
    if (closest(element, SELLER)) continue;
    const parts = [element, ...all('*', element)].slice(0, 400);
    for (const part of parts) {
      // Elsewhere words in capitals are the names of services and goods.
      const named =
        WHO.test(tokens(part)) ||
        part.getAttribute('itemprop') === 'name' ||
        WHO.test(tokens(part.parentElement ?? part));
      for (const label of spoken(part)) {
        mails(label);
        const name =
          LABELS.map((rule) => rule.exec(label)?.[1]).find(Boolean) ?? (named && FULL.test(label) ? label : null);
        if (name && !WORDS.test(name) && name.split(' ').length <= 5) addName(name, true);
      }
      const own = tidy(
        Array.from(part.childNodes)
          .filter((child) => child.nodeType === 3)
          .map((child) => child.data)
          .join(' '),
      );
      if (own) mails(own);
      if (named && own.length <= 60 && ((FULL.test(own) && !WORDS.test(own)) || HANDLE.test(own))) addName(own, true);
      const link = /\/(?:u|usr|users?|profiles?|members?|people)\/([^/?#]{3,60})|\/(@[^/?#]{3,60})/.exec(
        part.getAttribute('href') ?? '',
      );
      const last = link && (link[1] ?? link[2]);
      if (last && (HANDLE.test(last) || /^\d{5,}$/.test(last))) addName(last);
    }
  }
  const PERSONAL = new RegExp(
    String.raw`(?:^|[^a-z])(?:e-?mail|user-?name|login|(?:first|last|full|sur|given|family|nick|display|your|` +
      String.raw`my)-?name|phone|mobile|tel|street|address|postcode|post-?code|zip)(?:[^a-z]|$)`,
  );
  const controls = everywhere(
    'input:not([type="hidden"],[type="submit"],[type="button"],[type="image"],[type="radio"],' +
      '[type="checkbox"],[type="range"],[type="file"],[type="color"]),textarea,select,' +
      '[contenteditable=""],[contenteditable="true"]',
  );
  for (const control of controls) {
    const about = [control.getAttribute('autocomplete'), control.type, tokens(control)].join(' ').toLowerCase();
    const shown =
      control.localName === 'select'
        ? control.selectedOptions?.[0]?.textContent
        : (control.value ?? control.textContent);
    const asked = /(?:^|\s)(?:search|number)(?:\s|$)/.test(about) || closest(control, '[role="search"]');
    if (PERSONAL.test(about) && control.type !== 'password') {
      mails(shown);
      if (/name|login/.test(about) && (FULL.test(tidy(shown)) || HANDLE.test(tidy(shown)))) addName(shown);
      if (/street|address-line/.test(about) && /\d/.test(shown) && /\p{L}{3}/u.test(shown)) addName(shown);
      if (/tel|phone|mobile/.test(about) && (tidy(shown).match(/\d/g) ?? []).length > 6) addName(shown);
    }
    // The content of a form was typed by the volunteer or filled in for them. A choice of size or colour was not.
    if (tidy(shown) && (control.localName === 'select' ? PERSONAL.test(about) : !asked)) places.add(control);
  }
  // What is theirs on this page, whole: `learnNames` has found it.
  const addPrivate = (element) => {
    const { width, height } = box(element);
    if (element.matches('h1') || element.querySelector('h1,[itemprop="name"]')) return;
    if (width * height <= 0.6 * view.innerWidth * view.innerHeight) places.add(element);
    else Array.from(element.children).forEach(addPrivate);
  };
  for (const element of globalThis.cyberSpotterOwn ?? []) if (element.isConnected) addPrivate(element);
  learnt.forEach((name) => names.add(name));
  // Known as "Ana", she is "Ana Wildgoose" where such a name stands alone. And "Ana Wildgoose" is "Ana W.", too.
  const given = [...names].filter((name) => /^\p{Lu}[\p{L}\p{M}'’-]+$/u.test(name));
  if (given.length) {
    for (const node of texts) {
      for (const part of tidy(node.data).split(/\s*[,:;|·•!?()–—]\s*/)) {
        if (
          given.some((name) => part.startsWith(`${name} `)) &&
          FULL.test(part) &&
          part.split(' ').length < 5 &&
          !WORDS.test(part) &&
          !heading.includes(part.toLowerCase()) &&
          !closest(node.parentElement, `${SELLER},[class*="description" i],[itemprop]`)
        ) {
          names.add(part);
        }
      }
    }
  }
  for (const name of [...names].filter((each) => FULL.test(each))) {
    const parts = name.split(' ');
    names.add(`${parts[0]} ${parts.at(-1)[0]}.`);
    names.add(`${parts[0][0]}. ${parts.at(-1)}`);
  }

  // 5. The same names wherever else they show: in text, on pictures, in what style sheets paint.
  const known = [...names];
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
  // A full name in any case, spaced or joined; a single word only as it is written, for Jade and Rose are goods, too.
  const finder = (list, flags) =>
    list.length
      ? new RegExp(
          list
            .map((name) => {
              const inside = name
                .split(/[\s,]+/)
                .filter(Boolean)
                .map(escaped)
                .join('[\\s,._+-]*');
              return unspaced.test(name) ? inside : `(?<![\\p{L}\\p{N}])${inside}(?![\\p{L}\\p{N}])`;
            })
            .join('|'),
          flags,
        )
      : /(?!)/g;
  const isPlain = (name) => /^[\p{L}\p{M}'’]+$/u.test(name);
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  const finders = [
    finder(longestFirst.filter(isPlain), 'gu'),
    finder(
      longestFirst.filter((name) => !isPlain(name)),
      'giu',
    ),
  ];
  const findIn = (text) =>
    finders.flatMap((rule) => Array.from(text.matchAll(rule), (hit) => [hit.index, hit[0].length]));
  const joined = known
    .map((name) =>
      name
        .toLowerCase()
        .split(/[\s,._+-]+/)
        .filter(Boolean),
    )
    .filter((words) => words.length > 1 || words[0]?.length > 4);
  const unfolded = (text) =>
    text.replace(/data:[\w/+.-]*(?:;[\w=-]+)*,([^"')\s]+)/gi, (uri, data) => {
      try {
        return /;base64,/i.test(uri) ? atob(data) : decodeURIComponent(data);
      } catch {
        return uri;
      }
    });
  const holdsName = (written) => {
    const text = written.includes('data:') ? unfolded(written) : written;
    const lower = text.toLowerCase().replace(/%20|\+/g, ' ');
    return (
      findIn(text).length > 0 ||
      joined.some(
        (words) =>
          words.every((word) => lower.includes(word)) &&
          new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s,._+-]*')).test(lower),
      )
    );
  };
  // What lies over the page and carries the name: covered whole, it would take the ad with it.
  const overlays = new Set();
  const share = (element) => {
    const { width, height } = box(element);
    return (width * height) / (view.innerWidth * view.innerHeight);
  };
  const isOverlay = (element) => {
    const { position, pointerEvents } = view.getComputedStyle(element);
    return (
      (pointerEvents === 'none' || /fixed|absolute/.test(position)) &&
      !/^(?:html|body|main|article)$/.test(element.localName) &&
      !element.querySelector('h1,main,article,[itemprop="name"]') &&
      (pointerEvents === 'none' || element.textContent.length < 600)
    );
  };
  const addShown = (element) => {
    if (addPlace(element)) return;
    if (share(element) > 0.3 && isOverlay(element)) overlays.add(element);
    else if (element.matches('img,picture,canvas') && share(element) <= 0.6) places.add(element);
  };
  for (const element of everywhere('[class*="watermark" i],[id*="watermark" i],[data-watermark]')) {
    if (isOverlay(element)) overlays.add(element);
  }
  for (const element of everywhere('body *')) {
    if (share(element) <= 0.3 || overlays.has(element) || !isOverlay(element)) continue;
    const styles = [null, '::before', '::after'].map((part) => view.getComputedStyle(element, part));
    const painted = styles.map(({ backgroundImage, content }) => `${backgroundImage} ${content}`).join(' ');
    // Nothing can be clicked in it, and it is painted: a watermark, whether or not its words can be read.
    const stamped =
      styles[0].pointerEvents === 'none' && (element.matches('canvas,svg') || /url\(|"[^"]{3,}"/.test(painted));
    if (stamped || (known.length && holdsName(painted))) overlays.add(element);
  }
  if (known.length) {
    for (const node of texts) {
      for (const [at, length] of findIn(node.data)) {
        const range = doc.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + length);
        ranges.push(range);
      }
    }
    for (const element of everywhere('*').slice(0, MOST.elements)) {
      if (/^(?:script|style|meta|link|html|head|body)$/.test(element.localName)) continue;
      // A number in the query of every link is not visible; in a path it is the volunteer's page or picture.
      const shows = ({ name, value }) =>
        value.length < 3000 &&
        holdsName(/^(?:[?#./]|https?:)/i.test(value) || name === 'srcset' ? value.replace(/[?#][^\s,]*/g, '') : value);
      // A name that runs over several elements: `Ana <b>Wildgoose</b>`.
      const spread = () =>
        element.childElementCount > 0 &&
        element.textContent.length < 300 &&
        findIn(tidy(element.textContent)).length > 0 &&
        !Array.from(element.children).some((child) => findIn(tidy(child.textContent)).length) &&
        !Array.from(element.childNodes).some((child) => child.nodeType === 3 && findIn(child.data).length);
      if (Array.from(element.attributes).some(shows) || spread()) addShown(element);
    }
    for (const control of controls) {
      if (
        holdsName(control.localName === 'select' ? Array.from(control.options, (option) => option.text).join(' ') : '')
      ) {
        places.add(control);
      }
    }
    let counted = 0;
    for (const root of roots) {
      for (const sheet of [...(root.styleSheets ?? []), ...(root.adoptedStyleSheets ?? [])]) {
        try {
          const rules = Array.from(sheet.cssRules);
          for (let at = 0; at < rules.length && counted < MOST.rules; at += 1, counted += 1) {
            if (rules[at].cssRules?.length) rules.push(...rules[at].cssRules);
            const text = rules[at].selectorText && /content|url\(/.test(rules[at].cssText) ? rules[at].cssText : '';
            if (text && holdsName(text)) {
              all(
                rules[at].selectorText.replace(/::?(?:before|after|marker|placeholder)/g, ''),
                root.host ? root : doc,
              ).forEach(addShown);
            }
          }
        } catch {
          /* a sheet of another origin cannot be read */
        }
      }
    }
  }

  if (hide && overlays.size) {
    const before = [...overlays].map((element) => [
      element,
      element.style.getPropertyValue('visibility'),
      element.style.getPropertyPriority('visibility'),
      element.hasAttribute('style'),
    ]);
    overlays.forEach((element) => element.style.setProperty('visibility', 'hidden', 'important'));
    const timer = setTimeout(() => globalThis.cyberSpotterRestore?.(), 3000);
    globalThis.cyberSpotterRestore = () => {
      clearTimeout(timer);
      delete globalThis.cyberSpotterRestore;
      for (const [element, value, priority, styled] of before) {
        element.style.setProperty('visibility', value, priority);
        if (!styled) element.removeAttribute('style');
      }
    };
  }

  globalThis.cyberSpotterPlaces = places;
  const pad = 3;
  const rects = [...places, ...ranges]
    .flatMap((target) => {
      // Several boxes: a name that runs over two lines.
      const boxes =
        'startContainer' in target
          ? Array.from(target.getClientRects?.() ?? [])
          : [target, ...(target.children ? all('*', target).slice(0, 200) : [])].map(box);
      return boxes.map(({ left: x, top, width, height }) => [x - pad, top - pad, width + 2 * pad, height + 2 * pad]);
    })
    .filter(
      ([x, top, width, height]) =>
        width > 2 * pad &&
        height > 2 * pad &&
        x < view.innerWidth &&
        top < view.innerHeight &&
        x + width > 0 &&
        top + height > 0,
    );
  const zoom = view.visualViewport;
  const page = doc.documentElement;
  return {
    names: known,
    hidden: overlays.size,
    signed_out: signedOut,
    places: rects.map((rect) => rect.map((side) => Math.round(side * 10) / 10)),
    view: {
      left: zoom?.offsetLeft ?? 0,
      top: zoom?.offsetTop ?? 0,
      scale: zoom?.scale ?? 1,
      width: view.innerWidth,
      height: view.innerHeight,
      inner: page.clientWidth || view.innerWidth,
      x: view.scrollX,
      y: view.scrollY,
      length: Math.max(page.scrollHeight, doc.body?.scrollHeight ?? 0),
    },
  };
}
