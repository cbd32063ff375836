/**
 * Learns who is signed in from what a page keeps for its scripts: JSON, JavaScript, and attributes that hold either.
 */
(globalThis.cyberSpotterPage ??= {}).learnFromState = (page) => {
  const { doc, everywhere, tidy, closest, tokens, path, isLate, learn, CONTRIBUTION, SELLER } = page;
  const { EMAIL, LABEL, plausible, telling } = page;
  const MOST = { script: 4_000_000 }; // texts in it are read twice
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
          // A part of a page's state that is sent as text: `self.__next_f.push([1, "4:[…{\"session\":{…}}]"])`.
          if (depth < 3 && value.length > 30 && /[{[][^]*"[^]*:/.test(value)) {
            readState(value, frames.at(-1).segments, depth + 1);
          }
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

  // The same in attributes, anywhere: `data-user-name`, `data-current-user='{"name": …}'`, hidden fields, meta.
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
    // Not its `attributes`: a form may have a field of that name.
    for (const name of element.getAttributeNames().filter((each) => each.startsWith('data-'))) {
      const value = element.getAttribute(name);
      if (value && value.length < 200_000) told(element, name, value);
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
};
