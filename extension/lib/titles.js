/** Titles without what is the page's own in them: its name, its slogan, the price, "Details about". Pure. */
import { folded } from './structured_data.js';

const BEFORE = new RegExp(
  '^(?:details (?:about|zu|for|of)|détails (?:sur|de)|dettagli su|detalles (?:acerca de|' +
    'de|sobre)|detalhes (?:sobre|de)|' +
    'details over|szczegóły(?: o| dotyczące)?|подробности о|подробные сведения о|детали о|' +
    'for sale(?! (?:sign|board|by))|à vendre|zu verkaufen|se vende|vendo|vendesi|te koop|' +
    'buy(?! (?:now|it|\\d))|shop(?! (?:sign|display|window|front|counter|soiled|stock|fitting))|' +
    'acheter|comprar|купить|продам|купити|出售|转让)\\s*:?[\\s\\u00a0]+' +
    '(?!(?:and|&|or|y|et|und|e|o|и|или|та) )(?=\\S.{7})',
  'i',
);
const BEHIND = new RegExp(
  '\\s*[-–—|(]\\s*(?:show(?: the)? original(?: title)?|see original(?: title)?|mostra il titolo originale|' +
    "afficher le titre (?:original|d[’']origine)|original(?:titel)? anzeigen|mostrar (?:el " +
    ')?título original|ver título ' +
    'original|mostrar o título original|originele titel (?:weergeven|tonen)|pokaż (?:oryginalny ' +
    'tytuł|tytuł oryginalny)|' +
    'показать (?:исходное|оригинальное) название|查看原标题|顯示原始標題|元のタイトルを表示)\\)?$',
  'i',
);
const MONEY =
  String.raw`(?:(?:US|NT|HK|R|A|C)?\p{Sc}\s?\d[\d.,\s]*|\d[\d.,\s]*\s?(?:\p{Sc}|zł|Kč|kr|EUR|` +
  String.raw`USD|GBP|CHF|PLN|元|円|원))`;
const PRICE_BEFORE = new RegExp(String.raw`^${MONEY}\s*[·•|–—:-]\s*(?=\S.{5})`, 'u');
const PRICE_BEHIND = new RegExp(String.raw`\s+[·•|–—-]\s+${MONEY}(?:\s*\([^)]*\))?$`, 'u');
const BETWEEN = /\s+[|–—·•»-]\s+|\s*[｜|]\s*/;

/** The names that a site goes by: as it says them, its platform's, and its host's. */
export function siteNames(raw, adapter) {
  const host = new URL(raw.url).hostname.replace(/^www\d?\./, '');
  const label = host.split('.').sort((a, b) => b.length - a.length)[0];
  return [...(raw.meta['og:site_name'] ?? []), ...(raw.meta['application-name'] ?? []), adapter?.name, host, label]
    .map((name) => folded(name))
    .filter((name) => name.length > 0);
}

const names = (part, sites) => {
  const words = ` ${folded(part)} `;
  return sites.some(
    (site) =>
      words.includes(` ${site} `) || (site.length > 4 && words.replaceAll(' ', '').includes(site.replaceAll(' ', ''))),
  );
};

const bare = (value) => folded(value).replaceAll(' ', '');

/**
 * The heading that the page's title repeats with words of the site around it: "Grey parrot buy in Moscow | Pets", or
 * whose beginning it has: "旧手镯_闲置". Null when none does.
 */
export function headingIn(title, headings) {
  const whole = bare(title);
  const first = bare((title ?? '').split(/\s+[-–—·•»]\s+|[|｜_]/)[0]);
  return (
    headings.find((heading) => {
      const name = bare(heading);
      return name.length > 3 && (whole.startsWith(name) || (first.length > 3 && name.startsWith(first)));
    }) ?? null
  );
}

/**
 * @param {string|null} title as the page has it
 * @param {string[]} sites as `siteNames` gives them
 * @param {string[]} [others] what else the page is called: its title, its headings
 * @returns {string|null} the title of the ad alone; null where nothing else is in it
 */
export function adTitle(title, sites, others = []) {
  let left = (title ?? '').replace(/\s+/g, ' ').trim();
  if (!left) return null;
  left = left.replace(BEHIND, '').replace(BEFORE, '').replace(PRICE_BEFORE, '').replace(PRICE_BEHIND, '').trim();
  // "[Shop] …", "… | Shop", "Shop - …", "From the birds community on Shop: …"
  const bracket = /^[[【(]([^\])】]{1,40})[\])】]\s*(?=\S.{5})/u.exec(left);
  if (bracket) {
    const rest = left.slice(bracket[0].length);
    const alone = others.some((other) => folded(other).includes(folded(rest)) && !other.includes(bracket[1]));
    if (names(bracket[1], sites) || alone) left = rest;
  }
  for (let turn = 0; turn < 4; turn += 1) {
    const parts = left.split(BETWEEN);
    const colon = /^([^:：]{1,60})[:：]\s+(?=\S.{7})/.exec(left);
    const last = parts.at(-1);
    if (parts.length > 1 && names(last, sites) && last.length < left.length) {
      left = left.slice(0, left.lastIndexOf(last)).replace(/\s*[|–—·•»｜-]\s*$/, '');
    } else if (parts.length > 1 && names(parts[0], sites)) {
      left = left.slice(parts[0].length).replace(/^\s*[|–—·•»｜-]\s*/, '');
    } else if (colon && names(colon[1], sites)) {
      left = left.slice(colon[0].length);
    } else {
      break;
    }
  }
  // A slogan behind a bar that no other title of the page repeats; a label without its value.
  const bar = left.lastIndexOf(' | ');
  const [name, slogan] = [left.slice(0, bar), left.slice(bar + 3)].map(folded);
  const without = (other) => folded(other).includes(name) && !folded(other).includes(slogan);
  if (bar > 0 && name.length > 5 && others.some(without)) left = left.slice(0, bar);
  const slash = /\s+\/\s+([^/]{1,30})$/u.exec(left);
  if (slash && (slash[1] === 'X' || names(slash[1], sites))) left = left.slice(0, slash.index);
  left = left
    .replace(/\s\S{1,12}[:：]$/, '')
    .trim();
  // Somebody "on Shop" is no title, nor is a number.
  const on = /^.{1,80} (?:on|auf|sur|en|su|no|na|в|op) (\S.*)$/i.exec(left);
  if ((on && sites.includes(folded(on[1]))) || !/\p{L}/u.test(left)) return null;
  const quoted = /^["“„«](.+)["”“»]$/u.exec(left);
  if (quoted && !/["”]/.test(quoted[1])) left = quoted[1];
  return left && !sites.some((site) => site.replaceAll(' ', '') === bare(left)) ? left : null;
}

/** A button or link where a seller's name would stand: "View all sellers", "Devenez vendeur". */
const INVITATION = new RegExp(
  String.raw`^(?:(?:view|see|show|visit|all|more|contact|message|ask|become|follow|report|rate|sell|start|` +
  String.raw`create|open)(?!\p{L}).*` +
    String.raw`(?:sellers?|shops?|stores?|profile|items?|ads|listings?|details|dealers?|account|selling|here|` +
    String.raw`now)|(?:sign|log) ?(?:in|up)|` +
    String.raw`(?:alle|mehr|zum|zur|werde|werden sie|jetzt)(?!\p{L}).*(?:verkäufers?|profil|anzeigen|artikel|` +
    String.raw`shop|verkaufen)|` +
    String.raw`(?:voir|tous|toutes|devenir|devenez|contacter|suivre)(?!\p{L}).*(?:vendeurs?|profil|annonces|` +
    String.raw`articles|boutique)|` +
    String.raw`(?:ver|todos|todas|conviértete|contactar|seguir|quero|seja)(?!\p{L}).*(?:vendedor(?:es)?|perfil|` +
    String.raw`anuncios|anúncios|productos|produtos|tienda|loja)|` +
    String.raw`(?:vedi|diventa|contatta|tutti|segui)(?!\p{L}).*(?:venditor[ei]|profilo|annunci|articoli|negozio)|` +
    String.raw`(?:bekijk|alle|word|neem)(?!\p{L}).*(?:verkopers?|profiel|advertenties|winkel|contact)|` +
    String.raw`(?:zobacz|zostań|napisz|wszystkie|więcej)(?!\p{L}).*(?:sprzedając\p{L}+|sprzedawc\p{L}+|profil|` +
    String.raw`ogłoszenia|oferty)|` +
    String.raw`(?:все|смотреть|стать|написать|показать|подписаться)(?!\p{L}).*(?:продав\p{L}+|профил\p{L}+|` +
    String.raw`объявлени\p{L}+|магазин\p{L}*)|` +
    String.raw`.*(?:satıcı ol|mağazaya git|tüm ilanları)|(?:查看|进店|联系|聯絡|成为|我要).*|.*(?:を見る|になる|に質問する)|` +
    String.raw`(?:عرض|كل|تواصل|أصبح|كن)(?!\p{L}).*(?:بائع|البائع|البائعين|الملف|الإعلانات|إعلانات))$`,
  'iu',
);

/** Whether a text where a seller's name would stand invites to do something. */
export const isInvitation = (text) => text.length <= 80 && INVITATION.test(text.trim());

/** A first segment of an address that is the site's own, not somebody's. */
const RESERVED = new RegExp(
  '^(?:p|reel|reels|tv|i|s|c|groups?|permalink\\.php|story\\.php|marketplace|watch|share|' +
    'posts?|photos?|videos?|events?|' +
    'stories|explore|search|home|hashtag|status|login|about|help|view|web)$',
  'i',
);

/** Where other sites write who posted: the host, and the path with the name. */
const POSTERS = [
  [/(?:^|\.)bsky\.app$/, /^\/profile\/([\w.-]{3,80})\/post\//],
  [/(?:^|\.)reddit\.com$/, /^\/(?:u|user)\/([\w-]{2,40})\/comments\//],
  [/(?:^|\.)tumblr\.com$/, /^\/([\w-]{2,40})\/\d{6,}/],
];

/** Whose post this is, where its address says so: `{name, url}` or null. */
export function posterIn(url, adapter) {
  const { origin, hostname, pathname } = new URL(url);
  const at = /\/(@[\w.-]{2,40})(?:\/|$)/.exec(pathname)?.[1];
  if (at) return { name: at.slice(1), url: `${origin}/${at}` };
  const elsewhere = POSTERS.find(([host]) => host.test(hostname))?.[1].exec(pathname)?.[1];
  if (elsewhere) return { name: elsewhere, url: origin + pathname.slice(0, pathname.indexOf(elsewhere)) + elsewhere };
  const [first, second] = pathname.replace(/^\/s\//, '/').split('/').filter(Boolean); // t.me/s/…
  const social = ['x', 'instagram', 'telegram', 'facebook'].includes(adapter?.slug);
  return social && second && /^[\w.]{2,50}$/.test(first) && !RESERVED.test(first)
    ? { name: first, url: `${origin}/${first}` }
    : null;
}

/** Whether an address says by itself that it is a post, and whose. */
export const namesPoster = (url) => {
  const { hostname, pathname } = new URL(url);
  const posted = POSTERS.some(([host, path]) => host.test(hostname) && path.test(pathname));
  return posted || /\/@[\w.-]{2,40}\/./.test(pathname);
};
