/**
 * Learns from the page who is looking at it: what its state, its data and its sentences say of the signed-in person.
 *
 * This function is injected into the page (`scripting.executeScript({func: learnNames})`), so it is self-contained. It
 * changes nothing in the page. What is the volunteer's own (their chat, review, bid, delivery line) stays in
 * `globalThis.cyberSpotterOwn`, which only code of this extension can see, for `findViewer`, which covers it.
 *
 * Evidence has two strengths. What can only be the signed-in person (`currentUser`, "You (name) are the highest
 * bidder") makes a name by itself. What may be a phrase of the ad ("Name, still interested?") covers its own place, and
 * makes a name only when a second place says the same.
 *
 * @param {Document} [doc] the document; the page's own when injected
 * @returns {string[]} names, account names and numbers, e-mail addresses, telephone numbers, streets
 */
export function learnNames(doc = document) {
  const MOST = { elements: 40_000, texts: 20_000, script: 2_000_000, ms: 500 };
  // A budget for each costly part, so that a long one takes nothing from the next.
  let began = Date.now();
  const isLate = () => Date.now() - began > MOST.ms;
  const nextPart = () => {
    began = Date.now();
  };
  const all = (selector, root) => {
    try {
      return Array.from(root.querySelectorAll(selector));
    } catch {
      return [];
    }
  };
  const roots = [doc];
  for (const root of roots) {
    for (const element of all('*', root).slice(0, MOST.elements)) {
      const inside = element.openOrClosedShadowRoot ?? element.shadowRoot;
      if (inside) roots.push(inside);
    }
  }
  const everywhere = (selector) => roots.flatMap((root) => all(selector, root)).slice(0, MOST.elements);
  const tidy = (text) =>
    String(text ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const closest = (element, selector) =>
    element.closest(selector) ?? (element.getRootNode().host ? closest(element.getRootNode().host, selector) : null);
  const wordsOf = (key) =>
    String(key)
      .slice(0, 120)
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replace(
        /(user|member|account|customer|nick|first|last|full|sur|screen|display)(?=(?:names?|ids?|e?mail|login)$)/,
        '$1 ',
      )
      .replace(/logged-?in/, 'logged in')
      .split(/[^a-z\d]+/)
      .filter(Boolean);
  const tokens = (element) =>
    ['id', 'class', 'data-testid', 'data-test', 'data-qa', 'role']
      .map((name) => element.getAttribute(name))
      .filter(Boolean)
      .join(' ')
      .slice(0, 600)
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase();

  // What a name looks like, and what it never is.
  // Without classes of letters: a browser takes long to prepare those where case is ignored.
  const NAME = '@?[^\\s,;:!?()（）\\[\\]|，、。…]+(?: [^\\s,;:!?()（）\\[\\]|，、。…]+){0,4}';
  const HANDLE = /^@?(?=.*[\d_])[a-z][\w.-]{3,39}$/i;
  const FULL = new RegExp(
    String.raw`^\p{Lu}[\p{L}\p{M}'’-]*\.?(?: (?:de|da|do|dos|di|du|del|della|van|von|bin|al|el|la|der|den|` +
      String.raw`ter|\p{Lu}[\p{L}\p{M}'’-]*\.?)){1,4}$`,
    'u',
  );
  const WORD = /^(?:\p{Lu}[\p{L}\p{M}'’-]+|\p{Lo}[\p{Lo}\p{M} ]{1,20})$/u;
  const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i;
  const NOBODY = new RegExp(
    String.raw`^(?:guests?|visitors?|anonymous|unknown|null|undefined|none|nan|true|false|yes|no|default|test|` +
      String.raw`(?:the )?(?:user|member|customer|account|buyer|bidder|seller|owner|admin|login|profile|person)s?|` +
      String.raw`sign(?:ed)?[ -]?(?:in|out|up)|log(?:ged)?[ -]?(?:in|out)|me|you|my|your|self|invit[ée]e?s?|` +
      String.raw`invitado|gast|ospite|гость|ゲスト|게스트|访客|游客|ضيف|convidado|misafir|k[äa]ufer|verk[äa]ufer|` +
      String.raw`acheteur|vendeur|comprador|vendedor)$`,
    'i',
  );
  const LABEL = new RegExp(
    String.raw`\b(?:name|e-?mail|address|phone|password|account|profile|settings|log ?in|log ?out|sign|user|` +
      String.raw`required|please|enter|your|order|cart|basket|terms|privacy|policy|search|help|menu|language)\b`,
    'i',
  );
  const OPENER = new RegExp(
    String.raw`^(?:sorry|note|please|congrat\w*|great|thanks?|yes|no|well|today|now|attention|warning|important|` +
      String.raw`hurry|wow|oops|however|remember|tip|hello|hi|hey|welcome|dear|good|save|new|free|only|last|but|and|` +
      String.raw`so|then|if|when|still|also|here|there|look|wait|stop|act|limited|sale|sold|deal|offer|hallo|achtung|` +
      String.raw`hinweis|bitte|danke|leider|bonjour|attention|merci|désolée?|hola|atención|` +
      String.raw`gracias|ol[áa]|aten[çc][ãa]o|` +
      String.raw`ciao|attenzione|grazie|let op|helaas|внимание|спасибо|привет|注意|提示|ご注意|تنبيه|مرحبا)$`,
    'i',
  );
  const heading = tidy(
    [
      ...everywhere('h1').map((element) => element.textContent),
      ...everywhere('meta[property="og:title"]').map((element) => element.content),
    ].join(' '),
  ).toLowerCase();
  const path = decodeURIComponent(doc.location?.pathname?.replace(/%(?![\da-f]{2})/gi, '%25') ?? '').toLowerCase();

  const strong = new Set();
  const weak = new Map();
  const own = new Set();
  const plausible = (value) => {
    const name = tidy(value)
      .replace(/^@/, '')
      .replace(/[\s!.,:;，！。…]+$/, '');
    return name.length >= 2 &&
      name.length <= 80 &&
      !NOBODY.test(name) &&
      !/(?:^| )(?:you|sie|du|vous|tu|usted|voc[êe]|lei|jij|your|my|mein|mon|mi)(?: |$)/i.test(name) &&
      !/[<>{}()=;\\|]|:\/\/|^[A-Z]{2,3}$|^[\d.,]{1,4}$/.test(name)
      ? name
      : null;
  };
  /** Whether a value can be told from a common word: its digits, signs or two capitals. */
  const telling = (name) => EMAIL.test(name) || /\d{5,}/.test(name) || HANDLE.test(name) || FULL.test(name);
  const learn = (value) => {
    const name = plausible(value);
    // A single word of the heading belongs to the ad: Jade, Rose. So does a number of the address.
    if (!name || (!telling(name) && heading.includes(name.toLowerCase()))) return;
    if (/^\d+$/.test(name) && (name.length < 5 || path.includes(name))) return;
    strong.add(name);
  };
  const suspect = (value, sign) => {
    const name = plausible(value);
    if (!name || LABEL.test(name) || heading.includes(name.toLowerCase())) return;
    weak.set(name, (weak.get(name) ?? new Set()).add(sign));
  };
  /** The longest beginning of these words that looks like a name. */
  const nameAtStart = (text) => {
    const parts = tidy(text).split(' ');
    for (let count = Math.min(parts.length, 5); count > 0; count -= 1) {
      const name = parts
        .slice(0, count)
        .join(' ')
        .replace(/[.,!?:;…]+$/, '');
      if ([FULL, HANDLE, WORD, EMAIL, /^\d{5,}$/].some((rule) => rule.test(name)) && !NOBODY.test(name)) return name;
    }
    return null;
  };

  // 1. The state that a page carries for its scripts: JSON, JavaScript, attributes that hold JSON.
  const PERSON = new RegExp(
    '^(?:user|viewer|visitor|member|customer|account|buyer|bidder|shopper|me|login|profile|identity|intercom|' +
      'zendesk|crisp)$',
  );
  const SURE = new RegExp(
    '^(?:current|viewer|visitor|logged|signed|auth|authenticated|authentication|me|my|self|session|identity|' +
      'intercom|zendesk|crisp)$',
  );
  const FILLER = new RegExp(
    '^(?:data|info|state|settings|store|details|initial|context|model|app|page|global|window|' +
      'the|props|common|in|as|layer|is|' +
      'object|entity|json|ctx|root|bootstrap|preloaded|document|body|body dataset|dataset|config|vars|set|html|d)$',
  );
  const OTHERS = new RegExp(
    '^(?:sellers?|vendors?|owners?|authors?|posters?|advertisers?|items?|listings?|ads?|adverts?|products?|offers?|' +
      'shops?|merchants?|posts?|comments?|reviews?|questions?|answers?|bids|creators?|artists?|results?|feed|users|' +
      'members|profiles|accounts|people|friends|followers|tweets?|videos?|publisher|organi[sz]ation|brand|suppliers?|' +
      'dealers?|agents?|auction|auctioneer|lots?|i18n|messages|translations?|labels?|locales?|strings?|texts?|forms?|' +
      'fields?|validation|placeholders?|schema|errors?|types?|routes?|urls?|endpoints?|queries|channel|host)$',
  );
  const KEYS = [
    ['mail', /^(?:e ?)?mail(?: address)?$/],
    ['given', /^(?:first|given|fore)(?: name)?$/],
    ['family', /^(?:last|family|sur) ?(?:name)?$/],
    [
      'name',
      new RegExp(
        String.raw`^(?:(?:full|display|screen|user|nick|login|short|real|public|account|member|` +
          String.raw`customer) ?)?(?:name|nick|nickname|login|handle|alias)$`,
        '',
      ),
    ],
    ['id', /^(?:(?:user|member|customer|account|u) ?)?(?:id|uid|uuid|guid|number|no|ref|reference|slug)$/],
    ['phone', /^(?:(?:tele)?phone|tel|mobile|msisdn)(?: (?:number|no))?$/],
    ['street', /^(?:street(?: ?address)?|address ?(?:line)? ?1|line ?1|address)$/],
  ];
  const kindOfKey = (words) => KEYS.find(([, rule]) => rule.test(words.join(' ')))?.[0] ?? null;
  /** 2: surely the signed-in person, 1: perhaps, 0: somebody else. */
  const aboutViewer = (segments) => {
    if (segments.flat().some((word) => OTHERS.test(word))) return 0;
    const person = segments.findLastIndex((words) => words.some((word) => PERSON.test(word)));
    if (person < 0) return 0;
    const rest = segments[person].filter((word) => !PERSON.test(word) && !SURE.test(word) && !FILLER.test(word));
    if (rest.length || segments.length - person > 4) return 0;
    const sure = segments.slice(0, person + 1).some((words) => words.some((word) => SURE.test(word)));
    return sure ? 2 : 1;
  };
  const LEAVING = new RegExp(
    String.raw`(?:log|sign)[-_ ]?(?:out|off)|abmelden|d[ée]connexion|cerrar[-_ ]?sesi|uitloggen|` +
      String.raw`wyloguj|выйти|выход|退出|登出|ログアウト|로그아웃|تسجيل الخروج`,
    'i',
  );
  const ENTERING = new RegExp(
    String.raw`(?:log|sign)[-_ ]?in(?![a-z])|anmelden|einloggen|connexion|iniciar sesi|accedi|` +
      String.raw`inloggen|zaloguj|войти|登录|登入|ログイン|로그인|تسجيل الدخول`,
    'i',
  );
  const doors = everywhere('a,button')
    .slice(0, 3000)
    .map((element) => `${element.getAttribute('href') ?? ''} ${tidy(element.textContent).slice(0, 60)}`);
  const signedOut = doors.some((door) => ENTERING.test(door)) && !doors.some((door) => LEAVING.test(door));

  const accept = (facts, strength) => {
    if (!strength || (strength === 1 && signedOut)) return;
    const values = facts.filter(({ value }) => plausible(value));
    // A page that asks for a name says "Name" there: labels come without a number or an address beside them.
    const sure =
      strength === 2 ||
      values.some(({ kind, value }) => (kind === 'mail' ? EMAIL.test(value) : kind === 'id' && /\d/.test(value)));
    for (const { kind, value } of values) {
      const name = plausible(value);
      if (strength === 1 && (path.includes(name.toLowerCase()) || tidy(doc.title).includes(name))) continue;
      if (kind === 'mail' ? !EMAIL.test(name) : EMAIL.test(name) ? false : LABEL.test(name)) continue;
      if (kind === 'id' && !/\d{5,}|[-_]/.test(name) && !(name.length >= 6 && /\d/.test(name))) continue;
      if (kind === 'phone' && (name.match(/\d/g) ?? []).length < 7) continue;
      if (kind === 'street' && !(/\d/.test(name) && /\p{L}{3}/u.test(name))) continue;
      if (['name', 'given', 'family'].includes(kind) && !telling(name) && !sure) continue;
      learn(name);
    }
    const [given, family] = ['given', 'family'].map((kind) => values.find((each) => each.kind === kind)?.value);
    if (given && family && sure) learn(`${given} ${family}`);
  };
  /** Reads JSON or JavaScript, leniently, as objects of keys and values. */
  let left = MOST.script;
  const [referred, entities] = [new Set(), new Map()];
  const TOKEN = new RegExp(
    [
      String.raw`"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'`,
      '`([^`]*)`',
      String.raw`([A-Za-z_$][\w$.-]*)|(-?\d[\d.]*)|([{}[\]():,;])|([=!<>]=+|=>)|(=)`,
      String.raw`//[^\n]*|/\*[^]*?\*/`,
    ].join('|'),
    'g',
  );
  const readState = (source, above = [], depth = 0) => {
    if ((left -= source.length) < 0 || isLate()) return;
    const frames = [{ segments: above, facts: [], loose: true }];
    let [key, last, callee] = [null, null, null];
    const close = (frame) => {
      const groups = new Map();
      for (const fact of frame.facts) {
        const at = fact.segments.map((words) => words.join(' ')).join('/');
        groups.set(at, [...(groups.get(at) ?? []), fact]);
      }
      for (const facts of groups.values()) accept(facts, aboutViewer(facts[0].segments));
    };
    const give = (name, value) => {
      const frame = frames.at(-1);
      const parts = String(name)
        .split('.')
        .map(wordsOf)
        .filter((words) => words.length);
      const words = parts.pop() ?? [];
      const segments = [...frame.segments, ...parts];
      const kind = kindOfKey(words);
      // A cache of objects by name: `"me": {"__ref": "User:5"}, "User:5": {"name": …}`.
      if (/^(?:__|\$)?ref$/.test(name) && aboutViewer(segments) === 2) referred.add(value);
      if (kind && /^[A-Za-z]\w*:\S+$/.test(frame.raw ?? '')) {
        entities.set(frame.raw, [...(entities.get(frame.raw) ?? []), { kind, value }]);
      }
      if (kind && segments.length && aboutViewer(segments)) frame.facts.push({ kind, value, segments });
      // A key that says by itself whose name it is: `userName`, `current_user_email`, `viewer`.
      for (let cut = words.length; cut > 0; cut -= 1) {
        const what = cut === words.length ? 'name' : kindOfKey(words.slice(cut));
        const whose = words.slice(0, cut);
        if (!what || (cut === words.length && !whose.some((word) => SURE.test(word)))) continue;
        if (aboutViewer([...segments, whose])) {
          frame.facts.push({ kind: what, value, segments: [...segments, whose] });
          break;
        }
      }
      if (depth < 3 && /^\s*[{[]\\?["{]/.test(value) && value.length < 400_000) {
        readState(value, [...segments, words], depth + 1);
      }
    };
    for (const match of source.matchAll(TOKEN)) {
      if (isLate()) break;
      const [, double, single, back, word, number, sign, , equals] = match;
      const string = double ?? single ?? back;
      if (string !== undefined || number !== undefined) {
        const value = string === undefined ? number : string.includes('\\') ? unescaped(string) : string;
        if (key !== null) {
          give(key, value);
          key = null;
          last = null;
        } else {
          if (callee && /(?:^|\.)(?:identify|set_?user(?:_?id)?|login)$/i.test(callee)) give('currentUser.id', value);
          last = value;
        }
      } else if (word !== undefined) {
        if (!/^(?:const|let|var|window|true|false|null|return|new)$/.test(word)) last = word;
        if (/^(?:true|false|null)$/.test(word)) key = null;
      } else if (sign === ':' || equals) {
        key = last;
      } else if (sign === '{' || sign === '[') {
        const named = key ?? (callee && /user|identify|intercom|boot/i.test(callee) ? 'current user' : null);
        const segments =
          named === null
            ? []
            : String(named)
                .split('.')
                .map(wordsOf)
                .filter((words) => words.length);
        frames.push({ segments: [...frames.at(-1).segments, ...segments].slice(-12), facts: [], raw: named });
        [key, last] = [null, null];
      } else if (sign === '}' || sign === ']') {
        if (frames.length > 1) close(frames.pop());
        [key, last] = [null, null];
      } else if (sign === '(') {
        callee = last;
        last = null;
      } else if (sign === ',') {
        // `gtag('set', 'user_id', …)`, `_paq.push(['setUserId', …])`
        key =
          last && /^(?:set_?)?(?:user|member|customer|account|visitor)_?(?:id|name|e?mail|login)$/i.test(last)
            ? last.replace(/^set_?/i, '')
            : null;
        last = null;
      } else if (sign === ';' || sign === ')') {
        [key, last, callee] = [null, null, null];
      }
      if (frames.length > 200) break;
    }
    frames.forEach(close);
  };
  const unescaped = (string) => {
    try {
      return JSON.parse(`"${string.replace(/\\'/g, "'").replace(/(^|[^\\])"/g, '$1\\"')}"`);
    } catch {
      return string.replace(/\\(.)/g, '$1');
    }
  };
  for (const script of everywhere('script:not([src])')) readState(script.textContent ?? '');

  for (const name of referred) accept(entities.get(name) ?? [], 2);

  // 2. The same in attributes, anywhere: `data-user-name`, `data-current-user='{"name": …}'`, hidden fields, meta.
  const CONTRIBUTION = new RegExp(
    String.raw`(?:^|[^a-z])(?:comments?|reviews?|ratings?|feedbacks?|questions?|answers?|repl(?:y|ies)|messages?|` +
      String.raw`msg|bubbles?|bids?|bidders?|bid-history|offers?|posts?|threads?|chats?|conversations?|qa|q-and-a|` +
      String.raw`testimonials?|discussions?|kommentare?|bewertung(?:en)?|avis|opini(?:on|ón)(?:es)?)(?:[^a-z]|$)`,
  );
  const SELLER = ['seller', 'vendor', 'advertiser', 'dealer', 'poster', 'author', 'owner', 'merchant', 'shop']
    .map((name) => `[class*="${name}" i],[id*="${name}" i],[itemprop*="${name}" i],[data-testid*="${name}" i]`)
    .join();
  const told = (element, name, value) => {
    const words = wordsOf(name.replace(/^data-/, ''));
    if (/^\s*[{[]/.test(value)) {
      readState(value, [words]);
      return;
    }
    if (value.length > 120) return;
    for (let cut = words.length; cut > 0; cut -= 1) {
      const whose = words.slice(0, cut);
      const kind =
        cut === words.length ? (whose.some((word) => SURE.test(word)) ? 'name' : null) : kindOfKey(words.slice(cut));
      const strength = kind ? aboutViewer([whose]) : 0;
      if (!strength) continue;
      // `data-user-name` on a comment or on the seller's card names whose that is.
      const theirs =
        closest(element, `${SELLER},li,article,[data-user-id] [data-user-id]`) || CONTRIBUTION.test(tokens(element));
      if (strength === 1 && theirs) return;
      const facts = [{ kind, value }];
      if (!signedOut && strength === 1 && kind === 'name') facts.push({ kind: 'id', value: '0000000' });
      accept(facts, strength);
      return;
    }
  };
  for (const element of everywhere('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('data-') && value && value.length < 200_000) told(element, name, value);
    }
  }
  for (const element of everywhere('meta[name],meta[property]')) {
    told(
      element,
      element.getAttribute('name') ?? element.getAttribute('property'),
      element.getAttribute('content') ?? '',
    );
  }
  for (const input of everywhere('input[type="hidden"][name]')) {
    told(input, input.getAttribute('name'), input.value ?? '');
  }

  // 3. Structured data: who acts, who bought, where it is sent.
  const BOUGHT = /^(?:order|invoice|parceldelivery|emailmessage|\w*reservation|ticket)$/i;
  const SENT = /^(?:shippingDestination|deliveryAddress|shippingAddress|billingAddress|deliverTo|destination)$/i;
  const VIEWS = new RegExp(
    String.raw`^(?:viewer|user|visitor|currentUser|loggedInUser|customer|buyer|agent|participant|` +
      String.raw`recipient|underName|broker|sender)$`,
    'i',
  );
  const structured = (node, whose, depth = 0) => {
    if (!node || typeof node !== 'object' || depth > 12) return;
    const bought = [].concat(node['@type'] ?? []).some((type) => BOUGHT.test(String(type).replace(/^.*[/#:]/, '')));
    for (const [key, value] of Object.entries(node)) {
      const theirs =
        whose || SENT.test(key) || (VIEWS.test(key) && (bought || depth > 0 || /viewer|user|visitor/i.test(key)));
      if (theirs && typeof value === 'string') {
        const full = tidy(value);
        if (/^(?:name|alternateName|givenName|familyName|identifier|@?id|userId|login)$/i.test(key)) {
          if (telling(full) && !/^https?:/.test(full)) learn(full);
        } else if (/^(?:email|telephone)$/i.test(key)) {
          learn(full);
        } else if (/^(?:streetAddress|address)$/i.test(key) || SENT.test(key)) {
          streets(full).forEach(learn);
        }
      } else {
        structured(value, theirs, depth + 1);
      }
    }
  };
  // "12 Gaivotas Lane", "Lindenstraße 7a": a number of up to four digits beside a word.
  const streets = (text) =>
    tidy(text)
      .split(/\s*[,;·|\n]\s*/)
      .map((part) => part.replace(/^.*(?:[:–—]|\s-)\s/, ''))
      .filter(
        (part) =>
          part.length < 60 &&
          (/^\d{1,4}[a-z]?(?:[-/]\d{1,4})?,? \p{L}[\p{L}\p{M}'’. -]{3,}$/iu.test(part) ||
            /^\p{L}[\p{L}\p{M}'’. -]{3,} (?:n[.º°o]* ?)?\d{1,4} ?[a-z]?$/iu.test(part)),
      );
  for (const script of everywhere('script[type*="ld+json" i]')) {
    try {
      structured(JSON.parse(script.textContent), false);
    } catch {
      /* what cannot be read here says nothing */
    }
  }

  // 4. Sentences that only the signed-in person is told.
  const YOU =
    'you|du|sie|ihr|vous|toi|tu|tú|usted|vos|você|voce|jij|u|ty|вы|ты|ви|ти|siz|sen|anda|' +
    'kamu|bạn|คุณ|您|你|あなた|당신|회원님|أنت|אתה';
  const ME =
    "you|me|myself|it['’]?s you|that['’]?s you|du|ich|vous|moi|c['’]est vous|tú|tu|yo|eres " +
    'tú|você|eu|io|jij|ik|ty|ja|вы|это вы|я|siz|ben|anda|saya|' +
    'bạn|tôi|您|你|我|あなた|自分|나|본인|أنت|أنا';
  const DOING =
    'comment|reply|respond|repl|post|writ|bid|sell|ask|message|continu|review|answer|rat|check(?:ing)?[ -]?out|buy|' +
    'sign(?:ed)?[ -]?in|logg?(?:ed|ing)?[ -]?in|view|brows|connect|chat|shop|offer|publish|vot|shar|contact';
  const STRONG_SENTENCES = [
    new RegExp(`(?:^|[\\s,.;:!?·|>*-])(?:${YOU})\\s?[(（\\[]\\s?(${NAME})\\s?[)）\\]]`, 'i'),
    new RegExp(`(${NAME})\\s?[(（\\[]\\s?(?:${ME})\\s?[)）\\]]`, 'i'),
    new RegExp(`(?:^|[\\s,.;:!?·|>*-])(?:${DOING})[^\\s,.;:!?]*(?: [^\\s,.;:!?]+){0,3} as:? (${NAME})`, 'i'),
    new RegExp(
      `(?:kommentier|antwort|biet|schreib|bewert|frag|angemeldet|eingeloggt|weiter|fortfahr|` +
        `einkauf)[^\\s,.;:!?]* als:? (${NAME})`,
      'i',
    ),
    new RegExp(`^als (${NAME}?) (?:kommentieren|antworten|bieten|schreiben|fortfahren|weiter|bewerten)`, 'i'),
    new RegExp(
      `(?:comment|répon|enchér|publi|écri|connecté|continu|poser|vend|achet)[^\\s,.;:!?]*(?: ` +
        `[^\\s,.;:!?]+){0,2} en tant que:? (${NAME})`,
      'i',
    ),
    new RegExp(
      `(?:coment|respond|public|puj|escrib|escrev|conect|continu|sesión|oferec|dar lance|` +
        `pregunt|pergunt)[^\\s,.;:!?]*(?: [^\\s,.;:!?]+){0,2} como:? (${NAME})`,
      'i',
    ),
    new RegExp(
      `(?:comment|rispond|offri|scriv|acced|connes|continu|pubblic)[^\\s,.;:!?]*(?: [^\\s,.;:!?]+){0,2} ` +
        `come:? (${NAME})`,
      'i',
    ),
    new RegExp(
      `(?:reag|bied|schrijf|ingelogd|doorgaan|antwoord|plaats)[^\\s,.;:!?]*(?: [^\\s,.;:!?]+){0,2} als:? (${NAME})`,
      'i',
    ),
    new RegExp(`(?:komentuj|odpowied|licytuj|zalogowan|kontynuuj|napisz)[^\\s,.;:!?]* jako:? (${NAME})`, 'i'),
    new RegExp(
      `(?:комментир|ответить|отвеча|писать|войти|вы вошли|продолжить|торгу|ставк)[^\\s,.;:!?]*(?: ` +
        `[^\\s,.;:!?]+){0,2} (?:как|от имени):? (${NAME})`,
      'i',
    ),
    new RegExp(`(?:komentar|balas|masuk|menawar|lanjutkan|tulis)[^\\s,.;:!?]* sebagai:? (${NAME})`, 'i'),
    new RegExp(`^(${NAME}?) olarak (?:yorum|giriş|devam|teklif|yanıt)`, 'i'),
    new RegExp(
      `(?:bình luận|trả lời|đăng nhập|tiếp tục)(?: [^\\s,.;:!?]+){0,2} (?:với tư cách|với tên|bằng tên):? (${NAME})`,
      'i',
    ),
    new RegExp(`以\\s?(${NAME}?)\\s?(?:的)?身[份分]`, 'i'),
    new RegExp(`^(${NAME}?)\\s?(?:さん)?として(?:コメント|返信|ログイン|入札|続行|投稿)`, 'i'),
    new RegExp(`^(${NAME}?)(?:님)?\\s?(?:으로|로)\\s?(?:댓글|로그인|계속|입찰)`, 'i'),
    new RegExp(`(?:التعليق|تعليق|الرد|المزايدة|متابعة|تسجيل الدخول) (?:باسم|بصفتك|بصفة) (${NAME})`, 'i'),
    new RegExp(
      `(?:your (?:user ?name|user ?id|nick(?:name)?|alias|bidder (?:name|id|number)|member ` +
        `(?:name|id|number)|paddle(?: number)?|account(?: name)?) (?:is )?|ihr (?:benutzername|` +
        `mitgliedsname) |votre pseudo(?:nyme)? |tu (?:usuario|apodo) |seu usuário )[:#]?\\s?(${NAME})`,
      'i',
    ),
    new RegExp(
      `(?:your (?:max(?:imum)? )?bid(?:s)? (?:as|under)|bidder|leader|winning|high(?:est)? ` +
        `bidder)[: ]+(${NAME})\\s?[(（](?:${ME})[)）]`,
      'i',
    ),
    new RegExp(
      `^(${NAME}), (?:you(?:['’]re| are|['’]ve been| have been) (?:[^\\s,.;:!?]+ ){0,3}(?:bidder|` +
        `outbid|winning|leading)|sie wurden überboten|du wurdest überboten|vous (?:avez été ` +
        `surenchéri|êtes le meilleur)|te han superado|você foi superado|вашу ставку перебили)`,
      'i',
    ),
    new RegExp(
      `(?:shown|displayed|licensed|issued|rendered|generated|printed|prepared|served|visible) ` +
        `(?:only |exclusively )?(?:to|for)(?: user| member| account)?:? (${NAME})$`,
      'i',
    ),
    new RegExp(`(?:viewed|seen|opened|accessed) by(?: user| member| account)?:? (${NAME})$`, 'i'),
  ];
  const SECOND =
    "you(?:['’](?:re|ve|ll|d))?|yours?|still (?:interested|looking|thinking|want|there|available)|" +
    "ready to|don['’]?t miss|interested|" +
    'du|dich|dir|deine?[^\\s,.;:!?]*|sie|ihre?[^\\s,.;:!?]*|noch interesse|interessiert|' +
    'vous|votre|vos|toujours intéressée?|tu|ton|tes|' +
    'sigues? interesad[^\\s,.;:!?]*|todavía|usted|sus?|te interesa|você|seus?|suas?|ainda|' +
    'ancora interessat[^\\s,.;:!?]*|ti|tuo[^\\s,.;:!?]*|' +
    'je|jouw|nog geïnteresseerd|вы|вас|вам|ваш[^\\s,.;:!?]*|тебе|ещё|еще|все ещ[её]|twój|' +
    'jesteś|nadal|siz(?:in|e|i)?|sen(?:in|i)?|hâlâ|' +
    'anda|kamu|masih|bạn|còn';
  const WEAK_SENTENCES = [
    // Of these two only what cannot be a common word: "Length: your choice", "Parrot, any offers?"
    new RegExp(`^(${NAME}): (?:[^\\s,.;:!?]+ ){0,2}(?:${SECOND})(?![^\\s,.;:!?'’…)-])`, 'i'),
    new RegExp(`^(${NAME}),\\s.{3,60}[?？]$`, 'i'),
    /^([\p{L}\d_.]{2,20}?)(?:さん|様|님)(?=[のはがへに의은는이,、\s]|$)/u,
    new RegExp(`^(${NAME})(?:\\s?[,،] ?|\\s[–—-]\\s)(?:[^\\s,.;:!?]+[ -]){0,4}(?:${SECOND})(?![^\\s,.;:!?'’…)-])`, 'i'),
    new RegExp(
      String.raw`^((?:(?![您你我])\p{Lo}){2,4}|[\p{L}\d_.]{2,20}?(?=さん|様|님))\s?(?:さん|様|님)?[,，、]\s?.{0,40}(?:您|` +
        String.raw`你|あなた|还|還|まだ|회원|感兴趣|興趣)`,
      'u',
    ),
    new RegExp(`^(${NAME})\\s?[،,].{0,60}(?:أنت|لك|هل|مهتم|ما زلت|لا تزال)`, 'i'),
    new RegExp(`(?:^|[\\s,.;:!?·|>*-])(?:${SECOND})(?![^\\s,.;:!?'’…)-]).{0,50}[,،，] (${NAME})\\s?[!?.…！？]*$`, 'i'),
    new RegExp(
      `^(?:thanks|thank you|merci|danke|gracias|obrigad[oa]|grazie|bedankt|спасибо|谢谢|ありがとう|` +
        `شكرا)[^,]{0,30}[, ] ?(${NAME})\\s?[!.]*$`,
      'i',
    ),
    new RegExp(
      `^(${NAME})['’]s? (?:watch ?list|cart|basket|bag|wish ?list|favou?rites|saved|orders?|` +
        `account|bids?|recent|recommendations|picks|inbox|messages|searches|history|garage|` +
        `collection)`,
      'i',
    ),
    new RegExp(
      `(?:pick(?:s|ed)|recommend(?:ed|ations)|chosen|selected|curated|just|reserved|suggest(?:ed|` +
        `ions)|made|inspired|special|exclusive|quote|price|gift|only|offer|deal) (?:[^\\s,.;:!?]+ ){0,2}for ` +
        `(${NAME})$`,
      'i',
    ),
    new RegExp(
      `(?:empfohlen|ausgewählt|reserviert) für (${NAME})$|(?:recommandé|sélectionn|réservé)[^\\s,.;:!?]* ` +
        `pour (${NAME})$|(?:recomendad|seleccionad|reservad|elegid|escolhid)[^\\s,.;:!?]* ` +
        `para (${NAME})$|(?:consigliat|scelt|riservat)[^\\s,.;:!?]* per (${NAME})$`,
      'i',
    ),
    new RegExp(
      `(?:recently viewed|watched|saved|liked|followed|reserved|bookmarked|purchased|bought) ` +
        `by (${NAME})$|because (${NAME}) (?:viewed|watched|bought|liked|saved)`,
      'i',
    ),
  ];
  const SENT_TO = new RegExp(
    String.raw`^(?:(?:deliver(?:ing|y|ed|s)?|ship(?:ping|ped|s)?|send(?:ing)?|dispatch(?:ed)?|` +
      String.raw`post(?:age|ed)?|arriv(?:es|ing)) ` +
      String.raw`(?:(?:by|on|in|free|within)\b.{0,25} )?to\b|(?:delivery|shipping|ship|billing|` +
      String.raw`your|home) address\b|livr(?:er|aison|é|ée) (?:à|chez|au)|` +
      String.raw`adresse de livraison|envi(?:ar|o|ado) a\b|entreg(?:ar|a|ue) (?:a|em|para)\b|` +
      String.raw`dirección de (?:envío|entrega)|` +
      String.raw`endereço de entrega|liefer(?:n|ung|adresse)(?: (?:an|nach))?|versand an|` +
      String.raw`consegna(?:re)? a\b|spedi(?:sci|to|zione) a\b|` +
      String.raw`indirizzo di (?:consegna|spedizione)|bezorg(?:en|ing|adres)(?: (?:bij|op|` +
      String.raw`in|aan))?|wysyłka (?:do|na adres)|adres dostawy|` +
      String.raw`доставка (?:в|по|на|для)|доставить|адрес доставки|teslimat adresi|kirim ` +
      String.raw`ke|alamat pengiriman|giao (?:hàng )?(?:đến|tới)|` +
      String.raw`배송지|お届け先|送货至|送貨至|配送至|送至|收货地址|التوصيل إلى|عنوان التوصيل)\s*[:：]?\s*`,
    'i',
  );
  const isSubject = (element) => Boolean(closest(element, 'h1,[itemprop="name"],[itemprop="description"]'));
  const described = (element) =>
    Boolean(
      closest(
        element,
        'h1,[itemprop],[class*="description" i],[id*="description" i],blockquote,[class*="breadcrumb" i],title',
      ),
    );
  /** What is covered: never the ad itself, nor the page. */
  const cover = (element) => {
    if (!element || /^(?:html|body|main|header|nav|form|table|tbody|h1)$/.test(element.localName)) return;
    if (element.querySelector?.('h1,main,article,[itemprop="name"],[itemprop="description"]') || isSubject(element)) {
      return;
    }
    own.add(element);
  };
  // Most texts of a page are none of these sentences: a look at their small words spares the rest.
  const STRONG_HINT = new RegExp(
    '[(（[]|\\bals\\b|\\bas\\b|en tant que|\\bcom[oe]\\b|\\bjako\\b|как|от имени|sebagai|' +
      'olarak|với t|bằng t|身|として|로|باسم|بصف|' +
      '\\byour\\b|\\bihr|votre|\\btu\\b|\\bseu\\b|, (?:you|sie|du|vous|te|você|вашу)| (?:to|for|by)\\b',
    'i',
  );
  const WEAK_HINT = new RegExp(
    String.raw`[,،，、]|: |さん|様|님| [–—-] |\b(?:for|by|because|für|pour|para|per)\b|['’]s? |thank|merci|` +
      String.raw`danke|gracias|obrigad|grazie|bedankt|спасибо|谢谢|ありがとう|شكرا`,
    'i',
  );
  const INLINE = /^(?:b|strong|em|i|u|span|a|small|bdi|bdo|mark|font|abbr|cite|q|time|label)$/;
  /** The text of an element with a sign between the blocks in it. */
  const joined = (element) =>
    tidy(
      Array.from(element.childNodes, (child) =>
        child.localName === 'br'
          ? ', '
          : INLINE.test(child.localName ?? 'b')
            ? child.textContent
            : ` | ${child.textContent} | `,
      ).join(' '),
    )
      .replace(/^[| ]+|[| ]+$/g, '')
      .replace(/ ([,!?.)，])/g, '$1');
  const ask = (text, element) => {
    if (text.length > 200 || /^[\w.-]*$/.test(text)) return;
    const trigger = /[(（[]/.test(text);
    for (const [at, rule] of STRONG_HINT.test(text) ? STRONG_SENTENCES.entries() : []) {
      if (at < 2 && !trigger) continue;
      const found = rule.exec(text)?.slice(1).find(Boolean);
      // Before "(you)" the name is the last of the words, elsewhere the first.
      const ends = (found ?? '').split(' ').map((_, start, list) => list.slice(start).join(' '));
      const name = found && (at === 1 ? (ends.map(nameAtStart).find(Boolean) ?? null) : nameAtStart(found));
      if (!name || OPENER.test(name) || LABEL.test(name)) continue;
      if (closest(element, SELLER) && !trigger) continue;
      learn(name);
      cover(element);
      return;
    }
    if (text.length < 90 && WEAK_HINT.test(text) && described(element)) return;
    for (const [at, rule] of text.length < 90 && WEAK_HINT.test(text) ? WEAK_SENTENCES.entries() : []) {
      const name = nameAtStart(rule.exec(text)?.slice(1).find(Boolean) ?? '');
      if (!name || OPENER.test(name) || LABEL.test(name) || heading.includes(name.toLowerCase())) continue;
      if (at < 2 && !telling(name)) continue;
      // The same sentence twice is one sign; a common word before a comma is one however often it stands there.
      suspect(name, telling(name) ? text : at);
      cover(element);
      return;
    }
    const sent = SENT_TO.exec(text);
    if (sent && !described(element)) {
      const rest = text.slice(sent[0].length);
      const found = streets(rest.replace(/ [–—|-] /g, ', '));
      if (found.length) {
        const name = nameAtStart(rest.split(/\s*[,;:·|–—]\s*|\s-\s/)[0] ?? '');
        if (name && !found.includes(name)) {
          if (telling(name)) learn(name);
          else suspect(name, 'sent');
        }
        found.forEach(learn);
      }
      if (found.length || /\d{4,}/.test(rest)) cover(element);
      // "Ship to" stands alone, and the address in the next element.
      const next = rest.trim() ? null : (element.nextElementSibling ?? element.parentElement?.nextElementSibling);
      if (next && next.textContent.length < 200 && next.childElementCount < 9) ask(`${sent[0]} ${joined(next)}`, next);
    }
  };
  const asked = new Set();
  nextPart();
  let count = 0;
  for (const root of roots) {
    const walker = doc.createTreeWalker(root, 4);
    for (let node; count < MOST.texts && !isLate() && (node = walker.nextNode());) {
      const element = node.parentElement;
      if (!element || /^(?:script|style|noscript|template|textarea|option)$/.test(element.localName)) continue;
      const text = tidy(node.data);
      if (!text) continue;
      count += 1;
      ask(text, element);
      // A sentence that runs over several elements.
      for (let up = element, step = 0; up && step < 3; up = up.parentElement, step += 1) {
        if (asked.has(up) || !up.childElementCount || up.childElementCount > 8) continue;
        asked.add(up);
        if (up.textContent.length > 300) continue;
        ask(joined(up), up);
      }
    }
  }
  for (const element of everywhere('[placeholder],[aria-label],[title],[data-placeholder],[aria-placeholder]')) {
    for (const name of ['placeholder', 'aria-label', 'title', 'data-placeholder', 'aria-placeholder']) {
      const text = tidy(element.getAttribute(name));
      if (text) ask(text, element);
    }
  }

  nextPart();
  // 5. What they wrote themselves: marked as theirs, or theirs to change.
  const MINE = new RegExp(
    String.raw`(?:^|[^a-z])(?:is-?|by-?|from-?)?(?:own|mine|self|me|outgoing|sent|right-side|` +
      String.raw`current-?user|logged-?in-?user|yours)` +
      String.raw`(?:-(?:comment|review|bid|message|post|question|answer|reply|rating|feedback|` +
      String.raw`bubble|item|row|entry))?(?:[^a-z]|$)|` +
      String.raw`(?:^|[^a-z])(?:my|your)-(?:comment|review|bid|message|post|question|answer|` +
      String.raw`reply|rating|feedback|bubble|offer)(?:[^a-z]|$)`,
  );
  const YOURS = new RegExp(
    String.raw`^(?:(?:edit|delete|manage) )?(?:your|my) (?:own )?(?:review|comment|question|` +
      String.raw`answer|message|bid|offer|rating|feedback|reply|post)(?![a-z])|` +
      String.raw`^you (?:have )?(?:reviewed|rated|commented|asked|answered|bid|wrote|posted|bought|replied)(?![a-z])|` +
      String.raw`^(?:deine?|ihre?|meine?) (?:bewertung|frage|antwort|nachricht|kommentar|gebot|rezension)|` +
      String.raw`^(?:votre|mon|ma) (?:avis|commentaire|question|réponse|message|enchère|évaluation)|` +
      String.raw`^(?:tu|mi|su) (?:reseña|opinión|comentario|pregunta|respuesta|mensaje|puja|oferta|valoración)|` +
      String.raw`^(?:seu|sua|meu|minha) (?:avaliação|comentário|pergunta|resposta|mensagem|lance|oferta)|` +
      String.raw`^(?:la tua|il tuo) (?:recensione|commento|domanda|risposta|messaggio|offerta)|` +
      String.raw`^(?:jouw|uw|je) (?:beoordeling|reactie|vraag|bod|bericht)|` +
      String.raw`^(?:ваш[^\s]*|мо[яйё]) (?:отзыв|комментарий|вопрос|ответ|ставка|сообщение)|` +
      String.raw`^(?:我的|您的|你的)(?:评论|評論|评价|評價|提问|留言|出价|出價)|` +
      String.raw`^(?:あなたの|自分の)(?:レビュー|コメント|質問|入札)|^(?:내|나의) (?:리뷰|댓글|질문|입찰)|^(?:تعليقك|تقييمك|سؤالك|مزايدتك|رسالتك)`,
    'i',
  );
  const CHANGE = new RegExp(
    String.raw`^(?:edit|delete|remove|retract|withdraw)(?: (?:my |your |this )?(?:review|` +
      String.raw`comment|question|answer|message|bid|post|reply|rating))?$|` +
      String.raw`^(?:bearbeiten|löschen|modifier|supprimer|éditer|editar|eliminar|borrar|` +
      String.raw`excluir|apagar|modifica|elimina|bewerken|verwijderen|` +
      String.raw`edytuj|usuń|редактировать|изменить|удалить|编辑|刪除|删除|編輯|編集|削除|수정|삭제|تعديل|` +
      String.raw`حذف|düzenle|sil|ubah|hapus|sửa|xóa)$`,
    'i',
  );
  const AUTHOR =
    '[itemprop="author"],[rel~="author"],[class*="author" i],[class*="user" i],[class*="name" i],[class*="nick" i]' +
    ',[class*="handle" i],' +
    '[class*="who" i],[class*="bidder" i],[class*="sender" i],a[href*="/u/" i],a[href*="/user" i],' +
    'a[href*="/member" i]' +
    ',a[href*="/profile" i],' +
    'a[href*="/people" i],a[href*="/@"],cite,b,strong,dt,h3,h4,h5,h6,td,th';
  const blockOf = (element) => {
    for (let up = element, step = 0; up && step < 6; up = up.parentElement, step += 1) {
      if (/^(?:main|body|html|header|nav|form)$/.test(up.localName) || up.querySelector?.('h1')) return null;
      if (up.matches('li,article,tr,dd,blockquote,section') || CONTRIBUTION.test(tokens(up))) return up;
    }
    return null;
  };
  const learnAuthor = (block) => {
    for (const element of [block, ...all(AUTHOR, block)].slice(0, 40)) {
      for (const text of [
        element === block ? '' : tidy(element.textContent),
        tidy(
          element.getAttribute('data-author') ??
            element.getAttribute('data-user') ??
            element.getAttribute('data-username'),
        ),
      ]) {
        const name = text
          .replace(/^(?:by|von|par|por|di|door|от)[: ]+/i, '')
          .replace(new RegExp(`\\s?[(（](?:${ME})[)）].*$`, 'iu'), '')
          .replace(/[:,]$/, '');
        if (
          !name ||
          name.length > 40 ||
          LABEL.test(name) ||
          CHANGE.test(name) ||
          YOURS.test(name) ||
          NOBODY.test(name)
        ) {
          continue;
        }
        if (FULL.test(name) || HANDLE.test(name) || (element !== block && WORD.test(name)) || EMAIL.test(name)) {
          learn(name);
          return;
        }
      }
    }
  };
  const claim = (block) => {
    if (!block || own.has(block)) return;
    learnAuthor(block);
    cover(block);
  };
  for (const element of everywhere(
    '[class],[id],[data-own],[data-mine],[data-is-own],[data-is-mine],[data-is-author],[data-testid]',
  )) {
    const marked = ['data-own', 'data-mine', 'data-is-own', 'data-is-mine', 'data-is-author'].some((name) =>
      /^(?:true|1|yes|)$/i.test(element.getAttribute(name) ?? 'no'),
    );
    if (!marked && !MINE.test(tokens(element))) continue;
    const contribution =
      CONTRIBUTION.test(tokens(element)) ||
      CONTRIBUTION.test(tokens(element.parentElement ?? element)) ||
      CONTRIBUTION.test(tokens(element.parentElement?.parentElement ?? element));
    if (marked || contribution) {
      claim(element.matches('li,article,tr,div,section,p,dd,blockquote') ? element : blockOf(element));
    }
  }
  for (const element of everywhere(
    'a,button,[role="button"],[aria-label],[title],div,h2,h3,h4,h5,strong,b,span,p,label,legend,summary,td,th,dt',
  ).slice(0, 20_000)) {
    if (isLate()) break;
    const labels = [
      element.children.length > (element.localName === 'div' ? 0 : 3) ? '' : tidy(element.textContent).slice(0, 80),
      tidy(element.getAttribute('aria-label')),
      tidy(element.getAttribute('title')),
    ];
    const change = element.matches('a,button,[role="button"]') && labels.some((label) => CHANGE.test(label));
    if (!change && !labels.some((label) => label.length < 60 && YOURS.test(label))) continue;
    const block = blockOf(element);
    if (
      change
        ? block &&
          (CONTRIBUTION.test(tokens(block)) ||
            block.closest(
              '[class*="comment" i],[class*="review" i],[class*="question" i],[class*="answer" i],[class*="bid" i]' +
                ',[id*="review" i],[id*="comment" i]',
            ))
        : block
    ) {
      claim(block);
    }
  }

  // 6. Chats, whole: they are private. And what is stamped over a page.
  const CHAT = new RegExp(
    String.raw`(?:^|[^a-z])(?:chats?|chat-?(?:heads?|box|window|panel|list|widget|thread|` +
      String.raw`bubbles?)|messenger|conversation-?(?:list|panel|window|thread)|inbox|direct-?messages?|` +
      String.raw`dm-?(?:list|panel|thread)|message-?(?:list|thread|panel|window|bubbles?)|` +
      String.raw`livechat|live-?chat|speech-?bubbles?)(?:[^a-z]|$)`,
    '',
  );
  const chatty = ['chat', 'messag', 'messenger', 'inbox', 'bubble', 'conversation', 'dm-']
    .flatMap((word) => ['class', 'id', 'data-testid'].map((name) => `[${name}*="${word}" i]`))
    .join();
  for (const element of everywhere(chatty)) {
    if (
      element.matches('a,button,svg,use,html,body,input') ||
      closest(element, 'a,button,[class*="social" i],[class*="share" i]') ||
      !CHAT.test(tokens(element))
    ) {
      continue;
    }
    if (tidy(element.textContent).length > 1 || element.querySelector('img')) {
      cover(element);
      for (const named of all('[alt],[aria-label],[title]', element).slice(0, 60)) {
        const label = tidy(
          named.getAttribute('aria-label') ?? named.getAttribute('title') ?? named.getAttribute('alt'),
        );
        ask(label, named);
      }
    }
  }
  for (const element of everywhere(
    '[class*="watermark" i],[id*="watermark" i],[data-testid*="watermark" i],[data-watermark]',
  )) {
    const stamp = tidy(`${element.textContent} · ${element.getAttribute('data-watermark') ?? ''}`);
    for (const part of stamp.split(/\s*[·•|/,;\n]\s*|\s[-–—]\s|\s{2,}/)) {
      const text = part.trim();
      if (EMAIL.test(text) || HANDLE.test(text) || /^#?\d{6,}$/.test(text)) {
        learn(text.replace(/^#/, ''));
      } else if (FULL.test(text) && !tidy(doc.location?.hostname).includes(text.split(' ')[0].toLowerCase())) {
        suspect(text, 'stamp');
      }
    }
  }

  for (const [name, places] of weak) {
    if (places.size > 1 || [...strong].some((each) => each.startsWith(`${name} `))) learn(name);
  }
  globalThis.cyberSpotterOwn = own;
  return [...strong].slice(0, 200);
}
