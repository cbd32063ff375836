/**
 * How pages tell the signed-in person that they are, what is theirs, and ask whether they are somebody else. Data:
 * patterns of a name, in the languages of the platforms; alternatives instead of classes of letters, for `\b` and `\w`
 * know Latin letters alone.
 */
(globalThis.cyberSpotterPage ??= {}).accountSentences = (NAME, { GREETING, SUFFIXED }) => {
  // Of "com" and "come" the second, where both fit.
  const longestFirst = (words) =>
    words
      .split('|')
      .sort((a, b) => b.length - a.length)
      .join('|');
  const START = '(?:^|[\\s·|•(>–—-])';
  const SIGNED_IN =
    '(?:signed|logged)[ -]?(?:in|on)(?: user| account)?|current(?:ly)? (?:user|account|member)|' +
    'angemeldet(?:er benutzer)?|eingeloggt|' +
    'aktueller (?:benutzer|nutzer)|connectée?|utilisateur (?:actuel|connecté)|sesi[óo]n iniciada|' +
    'conectad[oa]|usuario actual|(?:sess[ãa]o iniciada|logad[oa]|usu[áa]rio atual)|conness[oa]|collegat[oa]|' +
    'accesso effettuato|utente (?:attuale|connesso)|ingelogd|aangemeld|huidige gebruiker|inloggad|' +
    'logg?et (?:ind|inn|på)|innlogget|kirjautunut(?: sisään)?|kirjautuneena(?: käyttäjänä)?|sisäänkirjautunut|' +
    'přihlášen[ýáa]?|přihlášený uživatel|prihlásen[ýáa]?|prihlásený používateľ|zalogowan[yae](?: użytkownik)?|' +
    'bejelentkezve|belépve|bejelentkezett felhasználó|conectat[ăa]?|autentificat[ăa]?|logat[ăa]?|' +
    'συνδεδεμέν(?:ος|η)|έχετε συνδεθεί|вы вошли|вход выполнен|вы авторизованы|авторизован[а]?|' +
    'текущий пользователь|ви увійшли|вхід виконано|поточний користувач|влезли сте|влязохте|' +
    'prijavljen[aio]?|ulogovan[aio]?|oturum açıldı|giriş yapıldı|giriş yapan|' +
    'מחוברת?|מחובר/ת|אתם מחוברים|مسجل الدخول|تم تسجيل الدخول|سجلت الدخول|متصل|المستخدم الحالي|' +
    'وارد شده(?: اید)?|लॉग इन किया|เข้าสู่ระบบแล้ว|ผู้ใช้ปัจจุบัน|đã đăng nhập|người dùng hiện tại|' +
    'pengguna saat ini|已登录|已登入|登录账号|登录用户|登入帳號|登入使用者|当前用户|当前账号|目前使用者|' +
    '目前帳號|当前登录|ログイン中|ログインユーザー|ログインアカウント|로그인 (?:계정|중|사용자)|로그인된 계정';
  // What one signs in with, too: only with the word that follows is it said of who has.
  const SIGN_IN = 'masuk|log masuk|đăng nhập|เข้าสู่ระบบ|लॉग इन';
  const USER =
    'user|account|member|benutzer|konto|utilisateur|compte|usuario|cuenta|usuário|conta|utente|gebruiker|användare|' +
    'bruger|bruker|käyttäjä|uživatel|používateľ|użytkownik|felhasználó|utilizator|χρήστης|пользователь|користувач|' +
    'потребител|korisnik|kullanıcı|משתמש|المستخدم|کاربر|उपयोगकर्ता|ผู้ใช้|người dùng|pengguna|用户|用戶|使用者|ユーザー|사용자';
  const AS =
    'as|with|using|under|als|mit|unter|en tant que|sous|avec|como|con|com|come|met|som|med|jako|ako|mint|ca|cu|' +
    'ως|με|как|под именем|як|під іменем|като|kao|בתור|בשם|כ-|باسم|بصفة|بصفتك|بـ|به عنوان|با|ในชื่อ|ในฐานะ|ด้วย|' +
    'với tư cách|với tên|bằng|sebagai|dengan|käyttäjänä|tunnuksella|tilillä|के रूप में|:|：';
  const NOUN =
    '(?:full |user ?|display |screen |account |profile |nick ?|login ?|member ?|bidder ?)?' +
    '(?:name|id|number|account|profile|nickname|login|handle|alias|e-?mail(?: address)?)';
  // Labels of what is theirs; what follows is they.
  const YOURS =
    `(?:your|my) ${NOUN}|` +
    '(?:deine?|ihre?|meine?) (?:name|benutzername|nutzername|mitgliedsname|konto|profil|nickname|' +
    'e-?mail(?:-adresse)?)|' +
    "(?:votre|ton|mon) (?:nom(?: d['’]utilisateur)?|pseudo(?:nyme)?|compte|profil|identifiant|e-?mail)|" +
    '(?:tu|su|mi) (?:nombre(?: de usuario)?|usuario|cuenta|perfil|apodo|correo)|' +
    '(?:o )?(?:seu|sua|teu|tua|meu|minha) (?:nome(?: de usuário| de utilizador)?|usuário|utilizador|conta|' +
    'perfil|apelido)|(?:il )?(?:tuo|suo|mio) (?:nome(?: utente)?|profilo|account|nickname)|' +
    '(?:je|jouw|uw|mijn) (?:naam|gebruikersnaam|account|profiel)|' +
    '(?:ditt|din|mitt|min|dit|mit) (?:namn|navn|användarnamn|brugernavn|brukernavn|konto|profil)|' +
    '(?:tw[óo]j[ae]?|m[óo]j[ae]?) (?:imię|nazwa(?: użytkownika)?|login|konto|profil)|' +
    '(?:ваш[ае]?|тво[йёе]|мой|моё|ваше) (?:имя(?: пользователя)?|логин|ник|аккаунт|профиль|учётная запись)|' +
    "(?:ваш[ае]?|твій|мій) (?:ім['’]я|логін|нік|акаунт|профіль)|" +
    '(?:vaše|váš|moje|můj|môj|tvoje) (?:jméno|meno|uživatelské jméno|účet|profil)|' +
    '(?:az ön |a te )?(?:neve|neved|felhasználóneve|felhasználóneved|fiókja|fiókod|profilja|profilod)|' +
    '(?:numele|contul|profilul|utilizatorul) (?:tău|dvs|dumneavoastră|meu)|' +
    'το (?:όνομα|όνομα χρήστη|προφίλ) σας|ο λογαριασμός σας|(?:nimesi|käyttäjätunnuksesi|tilisi|profiilisi)|' +
    '(?:adınız|kullanıcı adınız|hesabınız|profiliniz|hesabım|profilim)|' +
    'שמך|שם המשתמש שלך|החשבון שלך|הפרופיל שלך|اسمك|اسم المستخدم الخاص بك|اسم المستخدم|حسابك|ملفك(?: الشخصي)?|' +
    'نام شما|حساب شما|आपका (?:नाम|खाता|यूज़रनेम|प्रोफ़ाइल)|(?:ชื่อ|ชื่อผู้ใช้|บัญชี|โปรไฟล์)ของคุณ|' +
    'tên (?:của bạn|người dùng của bạn)|tài khoản của bạn|(?:nama|akun|profil|akaun) anda|' +
    '(?:您|你|我)的(?:用户名|用戶名|使用者名稱|账号|帳號|账户|帳戶|昵称|暱稱|姓名|名字|资料)|' +
    'あなたの(?:名前|お名前|ユーザー名|アカウント|プロフィール|ニックネーム)|(?:회원님의 |내 )(?:이름|아이디|계정|프로필|닉네임)';
  // "Not Tilda? Sign out": the name before, and where one leaves or changes the account behind.
  const NOT =
    "(?:not|nicht|(?:vous n['’]êtes |ce n['’]est )?pas|(?:tú )?no eres|não é(?: o| a)?|non sei|niet|" +
    "ben je niet|nie jesteś|inte|ikke|" +
    "ei ole|nejste|nie ste|nem|nu ești|δεν είσαι|не|вы не|это не|ви не|לא|لست|ليس|bukan|không phải(?: là)?|不是|您不是|你不是)";
  const CHANGE =
    '(?:sign|log)[ -]?(?:out|off|in)|switch|change|another|different|not you|abmelden|wechseln|anderes|' +
    'déconnect|changer|' +
    'autre|cerrar|cambiar|sair|trocar|terminar|esci|cambia|uitloggen|wissel|wyloguj|zmień|logga ut|byt|' +
    'log ud|logg ut|skift|bytt|kirjaudu ulos|vaihda|odhlás|kijelentkez|deconect|αποσύνδεση|выйти|сменить|вийти|' +
    'змінити|' +
    'çıkış|değiştir|התנתק|החלף|تسجيل الخروج|تبديل|خروج|लॉग आउट|ออกจากระบบ|เปลี่ยน|đăng xuất|đổi|keluar|ganti|' +
    '退出|登出|切换|切換|ログアウト|切り替え|로그아웃|전환|변경';
  const ACCOUNTS =
    'balance|wallet|last (?:sign|log)[ -]?in|watch ?list|wish ?list|basket|cart|inbox|' +
    'profile|recommendations|search history|browsing history|saved (?:ads|items|searches)|activity';
  const BASKET_OF =
    "(?:panier|liste d['’]envies|favoris|carrito|cesta|lista de deseos|favoritos|carrinho|lista de desejos) d[eo]|" +
    '(?:carrello|preferiti|lista dei desideri) di|(?:warenkorb|merkzettel|merkliste|wunschliste) von|' +
    '(?:winkelwagen|verlanglijst|favorieten) van|(?:koszyk|ulubione|obserwowane) użytkownika|' +
    '(?:корзина|избранное|кошик) (?:пользователя|користувача)';
  // What somebody does or has on a page, with who they are in brackets: "Your bid (name): £80".
  const MY =
    'your|my|deine?|ihre?|meine?|votre|ton|ta|mon|ma|tu|su|mi|seu|sua|meu|minha|' +
    '(?:il |la )?(?:tuo|tua|suo|sua|mio|mia)|' +
    'je|jouw|uw|mijn|tw[óo]j[ae]?|m[óo]j[ae]?|ваш[ае]?|твой|твоя|мой|моя|din|ditt|dit|min|mitt';
  const DONE =
    'bids?|offers?|reviews?|ratings?|comments?|questions?|messages?|gebot|angebot|bewertung|kommentar|frage|' +
    'nachricht|' +
    'enchère|offre|avis|commentaire|question|puja|oferta|opini[óo]n|comentario|pregunta|mensaje|lance|avaliação|' +
    'comentário|pergunta|mensagem|offerta|recensione|commento|domanda|messaggio|bod|beoordeling|reactie|vraag|' +
    'bericht|licytacja|opinia|komentarz|pytanie|wiadomość|ставка|предложение|отзыв|комментарий|вопрос|сообщение|' +
    'bud|omdöme|spørgsmål|fråga';
  // As whom one writes, in languages that other patterns have no verbs of.
  const WRITING =
    '(?:komentuj|odpow|licytuj|pisz|dodaj|oceni|publikuj|kupuj|wysyła|přihaz|prihadz|píš|pokrač|nakupuj)[^\\s,.;:!?]*' +
    '(?: [^\\s,.;:!?]+){0,2} (?:jako|ako)|' +
    '(?:kommenter|svar|skriv|bud|byd|handla|handler|fortsätt|fortsæt)[^\\s,.;:!?]* som|' +
    '(?:коментув|відпов|писати|пишете|продовж)[^\\s,.;:!?]* (?:як|від імені)|' +
    '(?:ارسال|نظر|پاسخ|ادامه|پیام)[^،.]{0,20} به (?:عنوان|نام)';
  /** Each `[pattern, sure]`: `sure` where one capital word is enough; else only a name that tells. */
  const ACCOUNT_SENTENCES = [
    [
      `${START}(?:${SIGNED_IN})(?:\\s?(?:${longestFirst(USER)}))?\\s?` +
        `(?:${longestFirst(AS)})?\\s?[:：–-]?\\s?(${NAME})`,
      false,
    ],
    [
      `^(${NAME}) [·•|] ?(?:your|my) (?:rating|account|points|balance|level|listings|ads|bids|orders` +
        `|offers|messages)`,
      false,
    ],
    [`${START}(?:${SIGN_IN})\\s?(?:${longestFirst(AS)})\\s?(${NAME})`, false],
    [`^(${NAME}?)\\s?(?:के रूप में|değil misiniz|olarak oturum|として(?:ログイン|サインイン)|さんではありませんか|님이 아니신가요|님으로 로그인)`, true],
    [`^(?:${YOURS})\\s?(?:is|ist|lautet|est|es|é|è)?\\s?[:：|–-]?[\\s|]*(${NAME})$`, false],
    [`^[¿¡]?(?:${NOT}) (${NAME})\\s?[?？].{0,6}(?:${CHANGE})`, true],
    [`^[¿¡]?(?:不是|您不是|你不是)\\s?(${NAME})\\s?[?？吗嗎]`, true],
    [`${START}(?:by|from|to|for|with) you, (${NAME})`, false],
    [
      `(?:you (?:have )?(?:bought|won|purchased|ordered|reserved)|your (?:order|purchase)).{0,60}(?:buyer` +
        `|customer|recipient|name|for)[: |]+(${NAME})`,
      false,
    ],
    [
      `(?:du hast|sie haben|vous avez|has|ha|você|hai).{0,60}(?:käufer|acheteur|comprador|acquirente)[: ` +
        `|]+(${NAME})`,
      false,
    ],
    [`${START}(?:(?:${ACCOUNTS}) of|${BASKET_OF}) (${NAME})`, false],
    [`(?:${MY}) (?:[^\\s(（]+ )?(?:${DONE})\\s?[(（](${NAME})[)）]`, false],
    [`(?:您|你)的(?:出价|出價|报价|评论|評論|评价|留言|提问)\\s?[(（](${NAME})[)）]`, false],
    [`あなたの(?:入札|コメント|評価|質問|オファー)\\s?[(（](${NAME})[)）]`, false],
    [`${START}(?:${WRITING}):? (${NAME})`, false],
    // Cookies that a page prints.
    [`(?:^|[;,&\\s])(?:user|user_?name|login|nick(?:name)?|member)=(${NAME}?)(?=[;&,\\s]|$)`, false],
    ['(?:^|[;,&\\s])(?:uid|user_?id|member_?id)=(\\d{5,20})(?=[;&,\\s]|$)', false],
    [`^(?:${longestFirst(USER)})[:：|\\s]+(${NAME}) [|·•] ?(?:${CHANGE})`, false],
  ].map(([source, sure]) => [new RegExp(source, 'i'), sure]);
  // Most texts are none of these: a look at their words spares the rest.
  const ACCOUNT_HINT = new RegExp(
    `${START}(?:${SIGNED_IN}|${SIGN_IN}|${ACCOUNTS}|${BASKET_OF})|^(?:${YOURS})|^[¿¡]?${NOT}|` +
      '(?:you|your|du|sie|vous|has|você|hai)[ ,]|[|·•(（=]|\\b(?:jako|ako|som)\\b| (?:як|від імені|به عنوان|به نام) |' +
      'के रूप|değil misiniz|olarak|として|さんでは|님[이으]|不是|用',
    'i',
  );
  // In a form to write to somebody.
  const FROM = new RegExp(
    `^(?:from|sender|von|absender|de|expéditeur|remitente|remetente|da|mittente|van|afzender|från|fra|od|от|від|من|` +
      `发件人|寄件者|差出人|보낸 사람|kimden|dari|từ)[:：|\\s]+(${NAME})`,
    'i',
  );
  const INVITING = new RegExp(
    '(?:your|my|dein|ihr|votre|ton|tu|su|seu|tuo|je|jouw|din|twój|ваша?|твой|您的|あなたの) ' +
      '(?:personal |own |pers[öo]n\\S+ )?' +
      "(?:(?:referral|invit\\S*|sharing|affiliate|partner) (?:link|code|url)|(?:empfehlungs|einladungs|affiliate)-?" +
      "(?:link|code)|lien (?:de parrainage|d['’]invitation)|(?:enlace|código|link|codice) (?:de |di )?(?:invit\\S*|" +
      'referid\\S*|convite|indica\\S*)|uitnodigingslink|реферальн\\S* ссылк\\S*|邀请链接|招待リンク)',
    'i',
  );
  // What a whole name may follow anywhere: only the reader is greeted on a page.
  const CHEER =
    'happy birthday|happy new year|congratulations|congrats|good luck|(?:great|good|nice|lovely) to (?:see|' +
    'have) you(?: back| again)*|' +
    'alles gute(?: zum geburtstag)?|glückwunsch|herzlichen glückwunsch|joyeux anniversaire|félicitations|' +
    'feliz cumpleaños|' +
    'felicidades|enhorabuena|parabéns|feliz aniversário|buon compleanno|complimenti|gefeliciteerd|grattis|' +
    'tillykke|gratulerer|' +
    'gratulacje|с днём рождения|поздравляем|tebrikler|doğum günün kutlu olsun|生日快乐|恭喜|おめでとうございます|축하합니다|تهانينا|' +
    'عيد ميلاد سعيد';
  const GREETED = new RegExp(
    `^[¡¿«"“👋\\s]*(?:${GREETING}|${CHEER})` +
      `(?:[\\s,،，、:!¡]+|(?<=[\\u0E00-\\u0E7F\\u3040-\\u30FF\\u4E00-\\u9FFF\\uAC00-\\uD7AF]))` +
      `(${NAME}?)(?:さん|様|님)?\\s?(?:$|[!.,，！。…?])`,
    'i',
  );
  // With whose account one signs in.
  const SERVICE = new RegExp(
    '^(?:google|facebook|apple|twitter|x|amazon|microsoft|line|' +
      'kakao|naver|wechat|weibo|vk|paypal|github|linkedin)(?: |$)',
    'i',
  );
  return { ACCOUNT_SENTENCES, ACCOUNT_HINT, FROM, INVITING, GREETED: [GREETED, SUFFIXED], SERVICE };
};
