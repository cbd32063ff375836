/**
 * Reads the prices printed on a page, each with what tells whether it is that of this ad: how near it stands to the
 * heading that names what the page is about (`titles` repeat it), how it is marked, how large it is printed.
 */
(globalThis.cyberSpotterPage ??= {}).pricesIn = (reader, titles) => {
  const { MOST, doc, view, isLate, attempt, huge, body, all, MARKS, tokens } = reader;
  const { parent, near, content, tag, order, tidy, folded, printedIn } = reader;
  // The heading that names what the page is about: the first one that its title repeats.
  const heads = [
    'h1',
    'h2,[itemprop~="name"],[class~="title" i],[class*="product-name" i],[class*="product-title" i]',
  ].map((selector) =>
    all(selector)
      .filter((element) => !near(element, 'nav,footer,aside'))
      .slice(0, 40),
  );
  const telling = (element) => {
    const heading = folded(content(element));
    return (
      heading.length > 3 &&
      titles.some((pageTitle) => pageTitle.includes(heading) || (pageTitle.length > 7 && heading.includes(pageTitle)))
    );
  };
  const head = heads[0].find(telling) ?? heads[1].find(telling) ?? heads[0][0] ?? all('[itemprop="name"]')[0] ?? null;
  const around = new Map();
  for (let up = head, step = 0; up; up = parent(up), step += 1) around.set(up, step);

  const ELSEWHERE = new RegExp(
    String.raw`related|recommend|similar|sponsor|bundle|also-|accessor|upsell|cross-?sell|recent|` +
      String.raw`history|mini-?cart|basket|shipping|delivery|postage|install?ment|finance|other-?sellers|` +
      String.raw`compare|review|suggest|footer|navbar|\bnav\b|twister|buybox-?see|used|warranty|` +
      String.raw`protection|add-?on`,
  );
  const FORMER = new RegExp(
    String.raw`old|was\b|-was|list-?price|strike|regular|rrp|before|former|crossed|original|previous|saving|` +
      String.raw`discount-?(?:percent|amount|value)|you-?save|unit-?price|per-?unit|price-?per|coupon|` +
      String.raw`line-?through|ship|label|range-?filter|filter|historical|min-?price|max-?price|deposit|` +
      String.raw`(?:alter|vorheriger|streich)-?preis|preis-?(?:alt|vorher)|barr(?:e|ato|ado)\b|ancien-?prix|` +
      String.raw`prix-?ancien|` +
      String.raw`precio-?(?:anterior|antes|antiguo)|preco-?(?:de|antigo)\b|prezzo-?vecchio|vecchio-?prezzo|` +
      String.raw`oude-?prijs|` +
      String.raw`prijs-?oud|(?:stara|poprzednia)-?cena|cena-?(?:stara|przed)|eski-?fiyat|versand|livraison|` +
      String.raw`envio|spedizione|` +
      String.raw`verzend|wysylk|kargo|rata\b|raty\b`,
  );
  // A slider of goods is elsewhere; one that shows this ad's own price is not.
  const SLIDER = /carousel|slider|swiper/;
  const shelf = (element) => all('a[href]', element).length > 1 && all('img', element).length > 1;
  const NET = /(?:no|ex|excl|excluding|without|before|net)-?(?:tax|vat)|(?:tax|vat)-?(?:ex|excl)|netto/;
  const SAVED = new RegExp(
    String.raw`\b(?:was|rrp|uvp|statt|instead|saves?|saving|sparen|économi\S*|ahorr\S*|risparmi\S*)\b|原價|原价|` +
      String.raw`市價|定價|省\s?\$|정가|通常価格`,
    'iu',
  );
  const EXACT = new RegExp(
    String.raw`(?:^|[\s_/-])(?:our-?price|sale-?price|item-?price|ad-?price|price-?block|current-?price|` +
      String.raw`price-?current|price|preis|prix|precio|preco|prezzo|prijs|cena|fiyat|harga)(?:$|[\s_-])`,
  );
  const STRONG = new RegExp(
    String.raw`our-?price|sale-?price|(?:current|final|actual|now|offer|special|deal|selling|buy)-?price|` +
      String.raw`price-?(?:current|final|actual|now|sale|sales|special|selling|main|value)`,
  );
  // What stands under a heading such as "Similar items", which this ad's own heading does not share, is another ad's.
  const OTHERS = new RegExp(
    String.raw`^(?:similar|related|more (?:from|like|items)|you (?:may|might)|also|recommended|sponsored|` +
    String.raw`recently|other (?:ads|items)|` +
      String.raw`ähnliche|weitere|das könnte|kunden|annonces similaires|similaires|vous aimerez|autres|` +
      String.raw`anuncios similares|` +
      String.raw`similares|relacionados|también|también te|otros|veja também|você|simili|correlati|potrebbe|altri|` +
      String.raw`vergelijkbare|anderen|podobne|zobacz|inne|похожие|смотрите|другие|benzer|diğer)(?!\p{L})|` +
      String.raw`相似|相关推荐|猜你喜欢|類似|関連|おすすめ|비슷한|관련|tin tương tự|tương tự|serupa|terkait|مشابهة|إعلانات أخرى|مشابه`,
    'iu',
  );
  const branch = (element) => {
    let at = element;
    for (let up = parent(at), step = 0; up && step < 40; up = parent(up), step += 1) {
      if (around.has(up)) return { at, up };
      at = up;
    }
    return null;
  };
  const others = head
    ? all('h2,h3,h4,h5,[role="heading"]')
        .slice(0, 200)
        .filter((element) => element !== head && OTHERS.test(tidy(content(element) ?? '')))
        .map((element) => ({ element, place: branch(element) }))
        .filter(({ place }) => place)
        .slice(0, 12)
    : [];
  const isOfOthers = (element) => {
    const box = parent(element);
    if (box && !around.has(box) && OTHERS.test((content(box) ?? '').slice(0, 200).trim())) return true;
    const mine = others.length ? branch(element) : null;
    return others.some(
      (other) =>
        mine &&
        other.place.up === mine.up &&
        order(other.element, element) & 4 &&
        (other.place.at === mine.at || other.place.at === other.element),
    );
  };
  const prices = [];
  const seen = new Set();
  const addPrice = (element, printed, exact, label = false, bid = false) => {
    let away = Boolean(near(element, 'nav,footer,aside,select,[hidden]'));
    let former = Boolean(near(element, 'del,s,strike'));
    let nearest = null;
    for (let up = element, step = 0; up && nearest === null; up = parent(up), step += 1) {
      nearest = around.get(up) ?? null;
      // What holds the heading, too, is this ad's, whatever it is called.
      if (step >= 12 || away || (nearest !== null && step > 0)) continue;
      const name = tokens(up);
      away = ELSEWHERE.test(name) || (SLIDER.test(name) && shelf(up)) || (step > 2 && tag(up) === 'li');
      former ||= step < 3 && FORMER.test(name);
    }
    former ||= SAVED.test(printed);
    const after = !head || nearest === 1 || Boolean(order(head, element) & 4); // beside the heading is as good
    const key = [printed, after, former, nearest, exact, bid].join();
    if (away || seen.has(key) || isOfOthers(element)) return;
    seen.add(key);
    const style = attempt(() => view.getComputedStyle(element), null);
    former ||= Boolean(style?.textDecorationLine?.includes('line-through'));
    const visible = element.checkVisibility?.() ?? true;
    prices.push({
      text: printed,
      after,
      former,
      exact: exact && !former,
      strong: STRONG.test(tokens(element)),
      label,
      bid,
      net: NET.test(tokens(element)) || NET.test(tokens(parent(element) ?? element)),
      hidden: !visible,
      near: nearest ?? 999,
      size: visible ? Math.round(parseFloat(style?.fontSize) || 0) : 0,
    });
  };
  const PRICE = [
    '[itemprop~="price" i],[class*="amount" i],[aria-label*="price" i]',
    ...MARKS.map((name) => `[${name}*="price" i]`),
    ...['preis', 'prix', 'precio', 'preco', 'prezzo', 'prijs', 'cena', 'fiyat', 'harga'].map(
      (word) => `[class*="${word}" i]`,
    ),
  ].join();
  for (const element of all(PRICE).slice(0, 3000)) {
    if (prices.length >= MOST.prices || isLate()) break;
    const raw = content(element) ?? '';
    if (raw.length > 400 || /^(?:script|style|input|template|noscript)$/.test(tag(element))) continue;
    const printed = printedIn(element) || tidy(raw);
    if (!/\p{Nd}/u.test(printed)) continue;
    const exact = EXACT.test(tokens(element));
    if (printed.length <= 60) addPrice(element, printed, exact);
    // A box of several prices: each of them on its own, too.
    if (exact && (printed.match(/\p{Nd}[\p{Nd}.,٬٫\s'’]*/gu) ?? []).length > 1) {
      const walker = doc.createTreeWalker(element, 4);
      for (let count = 0; count < 20 && walker.nextNode(); count += 1) {
        const printedText = tidy(walker.currentNode.data);
        if (/\p{Nd}/u.test(printedText) && printedText.length <= 40) {
          addPrice(parent(walker.currentNode), printedText, true);
        }
      }
    }
  }
  // Where no name marks a price, the words before a number do: "Price: 40 €".
  const SAID = new RegExp(
    String.raw`(?:^|[^\p{L}])(?:price|preis|vb|prix|precio|preço|prezzo|prijs|cena|pris|hinta|fiyat|harga|` +
      String.raw`giá|цена|ціна)(?![\p{L}-])|售價|售价|特價|特价|價格|价格|直購價|最低價|一口价|価格|판매가|가격|السعر|ราคา|מחיר`,
    'iu',
  );
  const BEFORE = new RegExp(
    String.raw`\b(?:was|old|list|rrp|uvp|statt|ancien|antes|before|per|ship|delivery|save|from|ab|à partir|` +
      String.raw`desde|от)\b|原價|原价|市價|建議|定價|старая|정가|通常|分期`,
    'i',
  );
  const MONEY = new RegExp(
    String.raw`(?:\p{Sc}|\b(?:US|NT|HK|R)\$|\b(?:Rs|KSh|TSh|USh|R|Rp|RM|kr)\.?|\b(?:EUR|USD|GBP|CHF|PLN|AED|SAR|` +
      String.raw`EGP)\b) ?\p{Nd}[\p{Nd}.,٬٫]*|\p{Nd}[\p{Nd}.,٬٫ ]*(?:€|£|元|円|원|₽|₴|₫|฿|₺|zł|Kč|kr\b|Ft\b|lei\b|TL\b|` +
      String.raw`บาท|тг|руб|грн|лв|د\.إ|ر\.س|ج\.م|درهم|ريال|جنيه|\b(?:EUR|USD|GBP|CHF|PLN|AED|SAR|EGP)\b)`,
    'u',
  );
  const BID = new RegExp(
    String.raw`(?:^|[^\p{L}])(?:(?:current|winning|highest|high|leading|top|latest|last) (?:bid|offer)|bid now at|` +
      String.raw`(?:aktuelles|höchstes) gebot|höchstgebot|(?:enchère|offre) (?:actuelle|` +
      String.raw`en cours)|(?:meilleure|dernière) ` +
      String.raw`enchère|(?:puja|oferta) (?:actual|más alta)|lance atual|maior lance|offerta (?:attuale|corrente)|` +
      String.raw`huidig bod|hoogste bod|(?:aktualna|najwyższa) oferta|(?:текущая|высшая|последняя) ставка|` +
      String.raw`текущая цена|(?:поточна|найвища) ставка|(?:højeste|nuværende|aktuelle?) bud|` +
      String.raw`(?:høyeste|nåværende|gjeldende) bud|(?:högsta|aktuellt|nuvarande) bud|(?:korkein|nykyinen) tarjous|` +
      String.raw`(?:aktuální|nejvyšší) (?:nabídka|příhoz)|(?:aktuálna|najvyššia) ponuka|` +
      String.raw`(?:jelenlegi|aktuális|legmagasabb) licit|lici?ta[țt]i[ae] (?:curentă|actuală)|oferta curentă|` +
      String.raw`(?:τρέχουσα|υψηλότερη) προσφορά|(?:güncel|mevcut|en yüksek) teklif|licitação at?ual|` +
      String.raw`lance mais alto|(?:maior|melhor) licitação|giá (?:thầu|đấu) (?:hiện tại|cao nhất)|` +
      String.raw`(?:penawaran|tawaran) (?:saat ini|tertinggi|semasa))(?!\p{L})|` +
      String.raw`(?:当前|目前|最高)(?:价|出价|竞价)|(?:當前|目前|最高)(?:價|出價|競價)|現在価格|現在の価格|최고 ?입찰가|` +
      String.raw`현재 ?(?:입찰가|가)|` +
      String.raw`(?:المزايدة|العرض) الحالية?|أعلى (?:مزايدة|عرض)|` +
      String.raw`(?:ราคา(?:ประมูล)?|เสนอราคา)(?:ปัจจุบัน|สูงสุด|ล่าสุด)`,
    'iu',
  );
  // Words of two elements do not run into each other: "Penawaran saat ini", "Rp 475".
  const spaced = (element) => {
    const whole = tidy(content(element));
    if (whole.length > 300) return whole;
    const walker = doc.createTreeWalker(element, 4);
    let text = '';
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      text += /\p{L}$/u.test(text) && /^[\p{L}\p{Sc}]/u.test(data) ? ` ${data}` : data;
    }
    return tidy(text).replace(/\s+/g, ' ');
  };
  if (body && !huge) {
    const walker = doc.createTreeWalker(body, 4);
    for (let count = 0; count < MOST.elements && prices.length < MOST.prices && walker.nextNode(); count += 1) {
      const { data } = walker.currentNode;
      if (data.length > 200) continue;
      if (BID.test(data)) {
        for (let up = parent(walker.currentNode), step = 0; up && step < 3; up = parent(up), step += 1) {
          const nearby = spaced(up);
          const behind = nearby.slice(BID.exec(nearby)?.index ?? 0);
          const money = behind.length > 140 ? null : MONEY.exec(behind);
          if (nearby.length > 200 || money) {
            if (money) addPrice(up, money[0].trim(), false, true, true);
            break;
          }
        }
      }
      if (!SAID.test(data)) continue;
      for (let up = parent(walker.currentNode), step = 0; up && step < 3; up = parent(up), step += 1) {
        const nearby = spaced(up);
        if (
          nearby.length > 80 ||
          BEFORE.test(nearby) ||
          /^(?:script|style|noscript|template|option|label|button)$/.test(tag(up))
        ) {
          break;
        }
        const money = MONEY.exec(nearby);
        if (!money) continue;
        if (/\p{Nd}[.,]?\p{Nd}* ?\p{Sc}|\p{Sc} ?\p{Nd}/u.test(nearby.replace(money[0], ''))) break;
        addPrice(up, money[0].trim(), false, true);
        break;
      }
    }
  }
  return prices;
};
