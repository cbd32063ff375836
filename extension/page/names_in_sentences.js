/**
 * Learns the volunteer's name from sentences that only the signed-in person is told, and covers where they stand.
 * Returns `ask`, which learns from one text, and `cover`.
 */
(globalThis.cyberSpotterPage ??= {}).learnFromSentences = (page, patterns) => {
  const { doc, roots, everywhere, tidy, closest, heading, MOST, isLate, missed, own, learn, suspect, SELLER } = page;
  const { OPENER, LABEL, FULL, telling, nameAtStart, nameAtEnd, streets } = page;
  const { STRONG_SENTENCES, WEAK_SENTENCES, SENT_TO, STRONG_HINT, WEAK_HINT } = patterns;
  const { ACCOUNT_SENTENCES, ACCOUNT_HINT, FROM, INVITING, GREETED, SERVICE } = patterns;
  const isSubject = (element) => Boolean(closest(element, 'h1,[itemprop="name"],[itemprop="description"]'));
  const DESCRIBED =
    'h1,[itemprop],[class*="description" i],[id*="description" i],blockquote,[class*="breadcrumb" i],title';
  /** Whether an element belongs to the ad's own words, or holds them. */
  const described = (element) => Boolean(closest(element, DESCRIBED) || element.querySelector(DESCRIBED));
  /** Whether it is the seller of whom an element tells, or who speaks in it. */
  const isSellers = (element) => Boolean(closest(element, SELLER) || element.querySelector(SELLER));
  /** What is covered: never the ad itself, nor the page. */
  const cover = (element) => {
    if (!element || /^(?:html|body|main|header|nav|form|table|tbody|h1)$/.test(element.localName)) return;
    if (element.querySelector?.('h1,main,article,[itemprop="name"],[itemprop="description"]') || isSubject(element)) {
      return;
    }
    own.add(element);
  };
  const INLINE = /^(?:b|strong|em|i|u|span|a|small|bdi|bdo|mark|font|abbr|cite|q|time|label)$/;
  const inParts = (node) => {
    if (node.nodeType !== 1) return node.nodeType === 3 ? node.data : '';
    if (node.localName === 'br') return ', ';
    const inner = Array.from(node.childNodes, inParts).join(' ');
    return INLINE.test(node.localName) ? inner : ` | ${inner} | `;
  };
  /** The text of an element with a sign between the blocks in it, however deep. */
  const joined = (element) =>
    tidy(Array.from(element.childNodes, inParts).join(' '))
      .replace(/(?:\| )+\|/g, '|')
      .replace(/^[| ]+|[| ]+$/g, '')
      .replace(/ ([,!?.)，])/g, '$1');
  const isLine = (element) =>
    Array.from(element.children).every(({ localName }) => localName === 'br' || INLINE.test(localName));
  /**
   * Covers where a sentence stands, and nothing around it: of an element with other words only the text itself, and of
   * blocks none again that has one covered in it.
   */
  const coverSentence = (element, node) => {
    if (node && tidy(element.textContent) !== tidy(node.data)) own.add(node);
    else if (node || isLine(element) || ![...own].some((place) => element.contains(place))) cover(element);
  };
  const [greeted, alone] = [new Set(), new Set()];
  /** With a sign where a picture stood: "👋 Tilda" is a greeting. */
  const withoutEmoji = (text) =>
    /[\u{1F000}-\u{1FAFF}\u2600-\u27BF\uFE0F]/u.test(text)
      ? tidy(text.replace(/^👋/u, 'Hello ').replace(/[\u{1F000}-\u{1FAFF}\u2600-\u27BF\uFE0F\u200D]+/gu, ' ! '))
          .replace(/ !/g, '!')
          .replace(/^! ?/, '')
      : text;
  /** Whether this is how a page tells the signed-in person that they are, or what is theirs. */
  const askAccount = (text, element, node) => {
    for (const [rule, sure] of ACCOUNT_HINT.test(text) ? ACCOUNT_SENTENCES : []) {
      const name = nameAtStart(rule.exec(text)?.slice(1).find(Boolean) ?? '');
      if (!name || OPENER.test(name) || LABEL.test(name) || SERVICE.test(name) || !(sure || telling(name))) continue;
      if (isSellers(element) || described(element)) return false;
      learn(name);
      coverSentence(element, node);
      return true;
    }
    const sender = nameAtStart(FROM.exec(text)?.[1] ?? '');
    if (sender && telling(sender) && element.querySelector('textarea,[contenteditable]') && !isSellers(element)) {
      learn(sender);
      return true;
    }
    if (INVITING.test(text) && !isSellers(element) && !described(element)) {
      for (const [, last] of text.matchAll(/https?:\/\/\S*[/=]([\w.-]{3,60})(?=$|[\s|,.)])/g)) {
        if (telling(last)) learn(last);
      }
      coverSentence(element, node);
      return true;
    }
    const name = nameAtStart(GREETED.map((rule) => rule.exec(text)?.[1]).find(Boolean) ?? '');
    if (!name || OPENER.test(name) || LABEL.test(name) || heading.includes(name.toLowerCase())) return false;
    // Said in one line: around blocks other words would run into the name.
    if (!node && !Array.from(element.children).every((child) => INLINE.test(child.localName))) return false;
    if (isSellers(element) || described(element)) return false;
    suspect(name, text);
    greeted.add(name);
    if (telling(name)) coverSentence(element, node);
    return true;
  };
  const ask = (written, element, node = null) => {
    if (written.length > 200 || /^[\w.-]*$/.test(written)) return;
    const text = withoutEmoji(written);
    if (askAccount(text, element, node)) return;
    const trigger = /[(（[]/.test(text);
    for (const [at, rule] of STRONG_HINT.test(text) ? STRONG_SENTENCES.entries() : []) {
      if (at < 2 && !trigger) continue;
      const found = rule.exec(text)?.slice(1).find(Boolean);
      const name = found && (at === 1 ? nameAtEnd(found) : nameAtStart(found));
      if (!name || OPENER.test(name) || LABEL.test(name)) continue;
      if (!trigger && isSellers(element)) continue;
      learn(name);
      coverSentence(element, node);
      return;
    }
    const mayBeWeak = text.length < 90 && WEAK_HINT.test(text);
    if (mayBeWeak && described(element)) return;
    // A phrase of one line: what blocks say one after the other is no sentence, and what is covered in it is enough.
    const inOneLine = node || (isLine(element) && ![...own].some((place) => element.contains(place)));
    for (const [at, rule] of mayBeWeak && inOneLine ? WEAK_SENTENCES.entries() : []) {
      const name = nameAtStart(rule.exec(text)?.slice(1).find(Boolean) ?? '');
      if (!name || OPENER.test(name) || LABEL.test(name) || heading.includes(name.toLowerCase())) continue;
      if (at < 2 && !telling(name)) continue;
      // The same sentence twice is one sign; a common word before a comma is one however often it stands there.
      suspect(name, telling(name) ? text : at);
      coverSentence(element, node);
      return;
    }
    const sent = SENT_TO.exec(text);
    if (sent && !described(element)) {
      const rest = text.slice(sent[0].length).replace(/\s*(?:様|さん|殿|님|귀하)(?=[\s,、]|$)/g, ', ');
      const found = streets(rest.replace(/ [–—|-] /g, ', '));
      if (found.length) {
        const name = nameAtStart(rest.split(/\s*[,;:·|–—]\s*|\s-\s/)[0] ?? '');
        if (name && !found.includes(name)) {
          if (telling(name)) learn(name);
          else suspect(name, 'sent');
        }
        found.forEach(learn);
      }
      if (found.length || /\d{4,}/.test(rest)) coverSentence(element, node);
      // "Ship to" stands alone, and the address in the next element.
      const next = rest.trim() ? null : (element.nextElementSibling ?? element.parentElement?.nextElementSibling);
      if (next && next.textContent.length < 200 && next.childElementCount < 9) ask(`${sent[0]} ${joined(next)}`, next);
    }
  };
  const above = new Set();
  let count = 0;
  for (const root of roots) {
    const walker = doc.createTreeWalker(root, 4);
    for (let node; count < MOST.texts && !isLate() && (node = walker.nextNode());) {
      const element = node.parentElement;
      if (!element || /^(?:script|style|noscript|template|textarea|option)$/.test(element.localName)) continue;
      const text = tidy(node.data);
      if (!text) continue;
      count += 1;
      if (FULL.test(text) && !described(element) && !closest(element, SELLER)) alone.add(text);
      ask(text, element, node);
      for (let up = element, step = 0; up && step < 3; up = up.parentElement, step += 1) above.add(up);
    }
  }
  // A sentence that runs over several elements; after the texts, so that those that say it alone are covered alone.
  for (const up of above) {
    if (isLate()) break;
    if (up.childElementCount && up.childElementCount < 9 && up.textContent.length <= 300) ask(joined(up), up);
  }
  if (count >= MOST.texts) missed();
  for (const element of everywhere('[placeholder],[aria-label],[title],[data-placeholder],[aria-placeholder]')) {
    for (const name of ['placeholder', 'aria-label', 'title', 'data-placeholder', 'aria-placeholder']) {
      const text = tidy(element.getAttribute(name));
      if (text) ask(text, element);
    }
  }
  return { ask, cover, greeted, alone };
};
