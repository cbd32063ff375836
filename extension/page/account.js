/**
 * Finds where a page shows the account that is signed in: what an adapter knows, menus, greetings, forms. Returns
 * `names`, `places`, `lines` (texts to cover without what is beside them), the page's `texts` and `controls`,
 * `addPlace`, and `signedOut`.
 */
(globalThis.cyberSpotterPage ??= {}).accountIn = (page, selectors, learnt) => {
  const { doc, view, roots, custom, all, everywhere, tidy, closest, tokens, spoken, box, SELLER, WORDS, FULL } = page;
  const { ACCOUNT, OWN, TO_ACCOUNT, SAID, LEAVE, ENTER, HEADER, SUBJECT, OF_THE_SITE } = page;
  const { HELLO, SUFFIXED, SENT_TO, NOBODY, EMAIL, HANDLE, MINE, HOME } = page;
  const { streets } = globalThis.cyberSpotterPage.nameShapes(tidy);
  const MOST = { elements: 400_000, texts: 800_000 };
  const names = new Set();
  const places = new Set();
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

  const doors = everywhere('a,button')
    .slice(0, 3000)
    .map((element) => `${element.getAttribute('href') ?? ''} ${tidy(element.textContent).slice(0, 60)}`);
  const signedOut = doors.some((door) => ENTER.test(door)) && !doors.some((door) => LEAVE.test(door));
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
    .concat(custom)
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
    .concat(custom)
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
    // A card with a name and the way out.
    for (let card = link.parentElement, step = 0; card && step < 2; card = card.parentElement, step += 1) {
      const isCard = /^(?:a|li|ul|p|div|section|aside|td|span|dd|form)$/.test(card.localName);
      if (isCard && tidy(card.textContent).length < 100) addPlace(card);
    }
  }
  // The volunteer's own page, and what else leads there.
  for (const link of everywhere('a[href]')) {
    if (!MINE.test(tidy(link.textContent)) && !MINE.test(link.getAttribute('aria-label') ?? '')) continue;
    const where = link.getAttribute('href').replace(/[?#].*$/, '');
    const last = decodeURIComponent(where.replace(/%(?![\da-f]{2})/gi, '%25')).split('/').filter(Boolean).at(-1) ?? '';
    if (!HANDLE.test(last) && !/^\d{5,}$/.test(last)) continue;
    addName(last);
    for (const other of everywhere('a[href]')) {
      if (other.getAttribute('href').replace(/[?#].*$/, '') !== where || closest(other, SELLER)) continue;
      addPlace(other);
      const name = tidy(other.textContent);
      if ((FULL.test(name) || HANDLE.test(name)) && !MINE.test(name)) addName(name, true);
    }
  }

  // 3. Greetings, and email addresses in the head; text by text.
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
  // One of their addresses, to choose from.
  for (const choice of everywhere('input[type="radio"],input[type="checkbox"]')) {
    const label = closest(choice, 'label') ?? choice.nextElementSibling;
    const text = tidy(label?.textContent);
    if (!label || text.length > 120 || !(HOME.test(text) || PERSONAL.test(tokens(choice)))) continue;
    const found = streets(text);
    if (!found.length) continue;
    found.forEach((street) => addName(street));
    addPlace(label);
  }
  // What is theirs on this page, whole: `learnNames` has found it.
  const lines = new Set();
  const addPrivate = (element) => {
    if (element.nodeType === 3) {
      lines.add(element);
      return;
    }
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
  return { names, places, lines, texts, controls, addPlace, signedOut };
};
