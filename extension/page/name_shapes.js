/** What a name looks like, a street, an account's number; and what never is one. */
(globalThis.cyberSpotterPage ??= {}).nameShapes = (tidy) => {
  // Without classes of letters: a browser takes long to prepare those where case is ignored.
  const NAME = '@?[^\\s,;:：!?()（）\\[\\]|，、。…]+(?: [^\\s,;:：!?()（）\\[\\]|，、。…]+){0,4}';
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
  /** The longest end of these words that is a name, whole: "the best bidder is Ana Wildgoose". */
  const nameAtEnd = (text) => {
    const parts = tidy(text).split(' ').slice(-5);
    const ends = parts.map((_, start) => parts.slice(start).join(' '));
    return ends.find((end) => nameAtStart(end) === end && (FULL.test(end) || !end.includes(' '))) ?? null;
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
  const shapes = { NAME, HANDLE, FULL, WORD, EMAIL, NOBODY, LABEL, OPENER };
  return { ...shapes, plausible, telling, nameAtStart, nameAtEnd, streets };
};
