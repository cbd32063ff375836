/** Sentences that only the signed-in person is told, in the languages of the platforms. Data: patterns of a name. */
(globalThis.cyberSpotterPage ??= {}).sentencePatterns = (NAME) => {
  const YOU =
    'you|du|sie|ihr|vous|toi|tu|tú|usted|vos|você|voce|jij|u|ty|вы|ты|ви|ти|siz|sen|anda|' +
    'kamu|bạn|คุณ|您|你|あなた|당신|회원님|أنت|אתה';
  const ME =
    "you|me|myself|it['’]?s you|that['’]?s you|du|ich|vous|moi|c['’]est vous|tú|tu|yo|eres " +
    'tú|você|eu|io|jij|ik|ty|ja|вы|это вы|я|siz|ben|anda|saya|' +
    'bạn|tôi|您|你|我|あなた|自分|나|본인|أنت|أنا';
  const DOING =
    'comment|reply|respond|repl|post|writ|bid|sell|ask|message|continu|review|answer|rat|check(?:ing)?[ -]?out|buy|' +
    'sign(?:ed)?[ -]?in|logg?(?:ed|ing)?[ -]?in|view|brows|connect|chat|shop|offer|publish|vot|shar|follow|contact';
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
    new RegExp(`^(${NAME}?) olarak (?:yorum|giriş|devam|teklif|yanıt|yaz|gönder|mesaj)`, 'i'),
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
        `bidder|bieter|bietende[rn]?|enchérisseur|bieder)[: ]+(${NAME})\\s?[(（](?:${ME}|sie|usted|lei|u)[)）]`,
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
    'anda|kamu|masih|bạn|còn|' +
    'ви|вам|тобі|ще|досі|ilgini(?:zi)?|stále|ještě|ešte|fortfarande|stadig|fortsatt|dig|deg|vielä|még|σας|ακόμα|încă';
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
    new RegExp(
      `(?:angesehen|beobachtet|gemerkt) von (${NAME})$|(?:vue?s?|consulté|suivi|aimé|enregistré)[^\\s,.;:!?]* ` +
        `par (${NAME})$|(?:vist|guardad|seguid|salv|curtid)[ao]s? por (${NAME})$|` +
        `(?:vist|seguit|salvat)[aeio] da (${NAME})$|(?:bekeken|bewaard|gevolgd) door (${NAME})$`,
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
      String.raw`in|aan))?|(?:wysyłka|dostawa|dostarczymy|doręczenie) (?:do|na adres|dla)|adres dostawy|` +
      String.raw`doručen[íi] (?:na|pro)|doručit (?:na|pro)|doručovacia adresa|doručovací adresa|szállítási cím|` +
      String.raw`livrare la|adresa de livrare|leverera?s? till|leverans(?:adress| till)|` +
      String.raw`toimitetaan|szállítás ide|lever(?:es|ing) til|leveringsadresse|` +
      String.raw`toimitusosoite|αποστολή σε|διεύθυνση αποστολής|доставка до|адреса доставки|` +
      String.raw`ที่อยู่(?:ใน)?(?:การ)?จัดส่ง|จัดส่ง(?:ไปที่|ถึง)|ارسال به|آدرس (?:تحویل|ارسال)|משלוח אל|` +
      String.raw`כתובת למשלוח|dikirim ke|받는 (?:사람|분)|配送先|受取人|收货人|收貨人|收件人|` +
      String.raw`доставка (?:в|по|на|для)|доставить|адрес доставки|teslimat adresi|kirim ` +
      String.raw`ke|alamat pengiriman|giao (?:hàng )?(?:đến|tới)|` +
      String.raw`배송지|お届け先|送货至|送貨至|配送至|送至|收货地址|التوصيل إلى|عنوان التوصيل)\s*[:：]?\s*`,
    'i',
  );
  // Most texts of a page are none of these sentences: a look at their small words spares the rest.
  const STRONG_HINT = new RegExp(
    '[(（[]|\\bals\\b|\\bas\\b|en tant que|\\bcom[oe]\\b|\\bjako\\b|как|от имени|sebagai|' +
      'olarak|với t|bằng t|身|として|로|باسم|بصف|' +
      '\\byour\\b|\\bihr|votre|\\btu\\b|\\bseu\\b|, (?:you|sie|du|vous|te|você|вашу)| (?:to|for|by)\\b',
    'i',
  );
  const WEAK_HINT = new RegExp(
    String.raw`[,،，、]|: |さん|様|님| [–—-] |\b(?:for|by|because|für|pour|para|per|von|par|por|da|door)\b|` +
      String.raw`['’]s? |thank|merci|` +
      String.raw`danke|gracias|obrigad|grazie|bedankt|спасибо|谢谢|ありがとう|شكرا`,
    'i',
  );
  return { ME, STRONG_SENTENCES, WEAK_SENTENCES, SENT_TO, STRONG_HINT, WEAK_HINT };
};
