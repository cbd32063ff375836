/** The kind of a page: a single listing, or something else. Pure. */
import { single } from './price.js';
import { isA, POST, PRODUCT, RESULTS } from './structured_data.js';

const GONE = new RegExp(
  [
    "(?:this|the|that) (?:posting|listing|ad|advert|item|page|product|offer)(?: you(?:'re| are|" +
      ' were| have)? \\S+(?: for)?)? (?:has|have|was|is|could)(?: \\S+){0,2} (?:expired|deleted|' +
      'removed|flagged|found|available|active|unavailable|ended)',
    '(?:posting|listing|ad|item) (?:not found|no longer (?:available|exists?))',
    'page not found',
    '(?:annonce|page) (?:\\S+ ){0,4}(?:supprimée|désactivée|expirée|introuvable)',
    "n['’]est plus (?:disponible|en ligne)",
    'ya no est[áa] disponible',
    '(?:anuncio|publicaci[óo]n|p[áa]gina) (?:\\S+ ){0,2}(?:caducado|no existe|eliminad[oa])',
    'nicht mehr (?:verfügbar|aktiv)',
    '(?:anzeige|seite) (?:\\S+ ){0,2}(?:gelöscht|existiert nicht)',
    'não est[áa] mais disponível',
    'non è più disponibile',
    'niet meer beschikbaar',
    'nie jest już dostępn',
    'больше не доступн',
    'снято с публикации',
    'объявление удалено',
    '(?:商品|宝贝|页面|頁面).{0,8}(?:下架|不存在|删除|失效)',
    '見つかりません',
    '存在しません',
    '삭제된|존재하지 않',
  ].join('|'),
  'i',
);
const DOOR = new RegExp(
  String.raw`\b(?:sign|log)[ -]?in\b|robot check|are you (?:a )?(?:human|robot)|verify (?:that )?you are|` +
    String.raw`captcha|access denied|just a moment|security check|anmelden|einloggen|connexion|` +
    String.raw`connectez-vous|iniciar sesi[óo]n|inicia sesi[óo]n|accedi|войти|(?<!\p{L})вход(?!\p{L})|登录|登入|` +
    String.raw`ログイン|로그인|验证`,
  'iu',
);
const SEARCHING = /(?:^|\/)(?:search|sch|buscar|busca|recherche|suche|results?)(?:[/._-]|$)/i;
const BROWSING = new RegExp(
  String.raw`(?:^|\/)(?:s|w|find|browse|annonces|offres|categor(?:y|ies)|tag|shop-by|listado|explore|` +
    String.raw`marketplace\/category)(?:[/.]|$)`,
  'i',
);
const FRONT = /^\/(?:index\.\w+|home|main|[a-z]{2}(?:[-_][a-z]{2})?)?\/?$/i;
const ENGINE = new RegExp(
  String.raw`^(?:(?:www|images|lens|m|cn|search)\.)?(?:google|bing|duckduckgo|baidu|ecosia|startpage|qwant|sogou|` +
    String.raw`kagi|mojeek|yandex|ya|seznam|search\.brave|search\.yahoo|search\.naver)` +
    String.raw`\.(?:[a-z]{2,3}|com?\.[a-z]{2})$|` +
    String.raw`(?:^|\.)search\.(?:yahoo|naver|brave|daum)\.|^www\.so\.com$`,
);
const QUERY = /^(?:q|query|keywords?|k|_nkw|search\w*|text|kw|st|term|wd|find_desc)$/i;
const ONE = /\d{6,}|\/(?:dp|itm|items?|listings?|products?|p|pd|ad|gp|post)\/[^/]/i;

/**
 * @param {string|null} number the listing's number, where the platform is known and its address holds one
 * @returns {string} `listing, post, page`: fields may be stated; `search, removed, door, empty, pdf, file`: none is
 */
export function kindOf(raw, flat, mains, tagged, adapter = null, number = null) {
  const { hints } = raw;
  if (/pdf/.test(raw.content_type)) return 'pdf';
  if (!/html|xml/.test(raw.content_type)) return 'file';
  const og = (raw.meta['og:type'] ?? [''])[0].toLowerCase();
  const { pathname, search, searchParams } = new URL(raw.url);
  if (!number && adapter?.results.some((pattern) => new RegExp(pattern).test(pathname + search))) return 'search';
  // A front page and an engine's results are about many ads, whatever one of them is called.
  const front = FRONT.test(pathname) && ![...searchParams.values()].some((value) => /\d{5,}/.test(value));
  if (!number && front && (adapter || (!mains.length && hints.repeated >= 5) || hints.repeated >= 12)) return 'search';
  if (ENGINE.test(new URL(raw.url).hostname) && !/market/.test(raw.url)) return 'search';
  if (!number && /(?:^|\/)(?:search|sch|buscar|busca|recherche|suche|results?)\/?$/i.test(pathname)) return 'search';
  const searched = SEARCHING.test(pathname) && !ONE.test(pathname);
  if (searched && (hints.sorted || hints.counted || hints.items >= 3 || hints.repeated >= 20)) return 'search';
  if (mains.length || tagged || /product|item$/.test(og)) return 'listing';
  const named = raw.meta['og:title'] || flat.some((each) => isA(each.node, POST));
  const priced = Boolean(raw.adapted.price) || raw.prices.some((price) => price.after && single(price));
  if (hints.length < 2500 && !priced && GONE.test(`${raw.title}\n${raw.text}`)) return 'removed';
  if ((hints.password || hints.length < 1500) && DOOR.test(raw.title)) return 'door';
  // An ad prints its price with its heading, however little else it says.
  const atHeading = raw.prices.some((price) => price.exact && price.after && price.near <= 2 && single(price));
  const barred = (hints.password && hints.length < 1500) || (hints.length < 600 && !atHeading && DOOR.test(raw.text));
  if (!named && barred) return 'door';
  if (number && raw.adapted.price) return 'listing';
  const offered = number
    ? []
    : flat.filter((each) => !each.around && (isA(each.node, PRODUCT) || isA(each.node, /^(?:offer|aggregateoffer)$/)));
  if (offered.length >= 3 || (!number && flat.some((each) => each.own && isA(each.node, RESULTS)))) return 'search';
  const isSearch =
    !number && !ONE.test(pathname) && (searched || [...searchParams.keys()].some((name) => QUERY.test(name)));
  const browsing = !ONE.test(pathname) && (BROWSING.test(pathname) || pathname === '/');
  if (isSearch || (!number && hints.repeated >= 8 && (browsing || (hints.sorted && hints.counted)))) return 'search';
  // An index page without a heading, mostly made of links of one shape.
  if (!named && !raw.headings.length && hints.repeated >= 20 && hints.linked > 0.3) return 'search';
  // Small sites call everything an article.
  if (flat.some((each) => isA(each.node, POST)) || /video|profile/.test(og) || (/article/.test(og) && !atHeading)) {
    return 'post';
  }
  const headed = raw.headings.length + raw.second_headings.length > 0;
  return hints.length < (headed ? 60 : 200) && !named && !atHeading ? 'empty' : 'page';
}
