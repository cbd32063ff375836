/** How pages mark the place of an account, greet who is signed in, and name what is no one's. Data: patterns. */
(globalThis.cyberSpotterPage ??= {}).accountPatterns = () => {
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
    'selamat datang|سلام|درود|خوش آمدید|خوش آمدی|السلام علیکم|zdravo|dobrodošl[ia]|bok|vitajte|здравей(?:те)?|' +
    'добре дошл[иа]|labas|sveiki|laipni lūdzam|tere tulemast|tere|kumusta|mabuhay|habari|karibu|сәлем';
  const NAME = "@?[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}.'’_-]*(?: [\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}.'’_-]*){0,4}";
  const HELLO = new RegExp(
    `^[¡¿«"“👋\\s]*(?:${GREETING})(?:[\\s,،，、:!¡]+|(?<=[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Hangul}\\p{sc=Thai}]))` +
      `(${NAME})\\s?[!.,，！。…:]*$`,
    'iu',
  );
  const SUFFIXED = new RegExp(
    `^(${NAME}?)\\s?(?:さん|様|님)?[\\s,，、]*(?:さん|様|님|您好|你好|欢迎(?:回来|您)?|歡迎(?:回來|您)?|こんにちは|ようこそ|안녕하세요|환영합니다|` +
      String.raw`(?:عزیز|گرامی|جان)?\s?،?\s?خوش آمدید|hoş geldin(?:iz)?)[!！。.]*$`,
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
  const MINE = new RegExp(
    String.raw`^(?:(?:view|see|show|visit|edit|open|go to) )?my (?:public )?(?:profile|page|account|listings|` +
      String.raw`ads|shop|store|feedback)$|` +
      String.raw`^(?:mein(?:e)? (?:profil|seite|anzeigen|konto)|(?:voir )?mon (?:profil|compte|dressing)|` +
      String.raw`mes annonces|` +
      String.raw`(?:ver )?mi (?:perfil|cuenta)|mis anuncios|(?:ver )?(?:o )?meu perfil|meus anúncios|` +
      String.raw`(?:il )?mio profilo|` +
      String.raw`mijn (?:profiel|advertenties)|min (?:profil|sida|side)|oma profiili|mój profil|můj profil|` +
      String.raw`môj profil|` +
      String.raw`profilom|profilul meu|το προφίλ μου|мой профиль|мої оголошення|мій профіль|мои объявления|profilim|` +
      String.raw`הפרופיל שלי|ملفي(?: الشخصي)?|حسابي|मेरी प्रोफ़ाइल|โปรไฟล์ของฉัน|hồ sơ của tôi|profil saya|` +
      String.raw`我的(?:主页|主頁|店铺|賣場|资料|帳號|账号)|マイプロフィール|내 프로필|내 상점)$`,
    'iu',
  );
  // How somebody's own addresses are called where they choose between them.
  const HOME = new RegExp(
    String.raw`^(?:home|work|office|my |zuhause|arbeit|büro|domicile|maison|bureau|travail|casa|trabajo|trabalho|` +
      String.raw`lavoro|ufficio|thuis|werk|hem|hjem|jobb|dom|praca|дом|работа|ev|iş|בית|עבודה|المنزل|البيت|العمل|घर|` +
      String.raw`บ้าน|nhà|rumah|kantor|家|公司|自宅|会社|집|회사)(?!\p{L})`,
    'iu',
  );
  const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi;
  const HANDLE = /^@?(?=.*[\d_])[a-z][\w.-]{3,39}$/i;
  const FULL = new RegExp(
    String.raw`^\p{Lu}[\p{L}\p{M}'’-]*\.?(?: (?:de|da|do|dos|di|du|del|della|van|von|bin|al|el|la|der|den|` +
      String.raw`ter|\p{Lu}[\p{L}\p{M}'’-]*\.?)){1,4}$`,
    'u',
  );
  const ENTER = new RegExp(
    String.raw`(?:log|sign)[-_ ]?(?:in|on)(?![a-z])|anmelden|einloggen|se connecter|connexion|iniciar[-_ ]?ses|` +
      String.raw`entrar|accedi|inloggen|zaloguj|logga in|kirjaudu|войти|登录|登入|ログイン|로그인|تسجيل الدخول|giriş yap|masuk|` +
      String.raw`đăng nhập`,
    'iu',
  );
  // Pages of the site itself that stand where members' pages do.
  const OF_THE_SITE = new RegExp(
    String.raw`^(?:(?:our|the|all|new|top|find|meet)[ -])?(?:staff|team|online|list|search|directory|top|new|map|` +
      String.raw`help|rules|rankings?|leader-?boards?|moderators?|groups?|members?|users?|people|profiles?|` +
      String.raw`sellers?|buyers?|collectors?|breeders?|experts?|authors?|editors?|about|faq|index|mitglieder|` +
      String.raw`membres|miembros|membri|leden|участники)$`,
    'i',
  );
  return {
    ...{ ACCOUNT, OWN, TO_ACCOUNT, SAID, LEAVE, ENTER, HEADER, SUBJECT, SELLER, OF_THE_SITE },
    ...{ HOME, MINE, GREETING, HELLO, SUFFIXED, SENT_TO, NOBODY, WORDS, EMAIL, HANDLE, FULL },
  };
};
