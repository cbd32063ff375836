/**
 * Removes the volunteer from what is sent: session and account parameters from addresses, the viewer from the page's
 * data, and their names, as found where the page greets them, from every text. Pure. What is not known to be personal
 * stays: in one shop or another any unknown parameter names the listing.
 */

import { BOUGHT, isA } from './structured_data.js';

/** Stands where something was removed; the same in every language. */
export const TAKEN = '▮▮▮';

/* Names that tell of a person or a session are compared without case, signs and figures: `USER-ID` is `userid`. */
const TOKEN = new RegExp(
  String.raw`token$|^(?:jwt|bearer|auth(?:key|user|code|hash|id)?|apikey|secret|passw(?:or)?d|pwd|otp|` +
    String.raw`nonce|saml(?:request|response)|assertion|credentials?|csrf\w*|xsrf\w*)$`,
);
const SESSION = /^(?:\w{0,12}sess(?:ion)?(?:ids?|key|hash|data)?|aspsessionid\w*|cfid|sid)$/;
const PERSON = new RegExp(
  String.raw`^(?:viewer|visitor|current(?:user)?|loggedin(?:user)?|my|self|customer|cust|buyer|subscriber|` +
    String.raw`recipient|sender|sharer?|inviter?|invitation|referr?er|device|login|actor)(?:id|uid|guid|uuid|` +
    String.raw`name|no|number|login|email|mail|key|hash|hint|phone|code)?$|^(?:user|person)?(?:e?mail|` +
    String.raw`emailaddress|phone(?:no|number)?|tel|mobile|msisdn|firstname|lastname|fullname|surname|` +
    String.raw`birth(?:day|date)?)$|^(?:openid|unionid|suid|utsk|socialshare|notifid|notift|reqid)$`,
);
/* The account by another word, and what somebody has put aside or is buying. */
const OWN_THINGS = new RegExp(
  String.raw`^(?:(?:user|usr|member|account|acct|client|shopper|bidder|guest|profile)(?:ref|reference|key|hash|code|` +
    String.raw`mail|email|phone|handle|login|hint|context)|(?:my|shopping|user)?(?:cart|basket|trolley|checkout|` +
    String.raw`wishlist|watchlist|warenkorb|merkzettel|panier|carrito|carrinho|carrello|winkelwagen)` +
    String.raw`(?:id|ref|key|token|hash|no|number|code|guid|uuid|url)?|(?:order|quote|bag|savedlist|` +
    String.raw`favou?rites?list)(?:id|ref|key|no|number|hash|guid|uuid))$`,
);
/* Names that only tell who or what sent the visitor: the vendors' own pages and the public-domain registry
   github.com/mpchadwick/tracking-query-params-registry (read 2026-11). */
const TRACKING_PREFIX = /^(?:utm|mtm|matomo|piwik|hsa|pf_rd|pd_rd)_|^__cft__/;
const TRACKING = new Set(
  `gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl fbclid mibextid __tn__ __xts__ igsh
  igshid msclkid twclid ttclid yclid ysclid _openstat li_fat_id sccid rdt_cid epik ndclid mc_cid mc_eid _hsenc
  _hsmi mkt_tok vero_id oly_anon_id oly_enc_id _ke _kx dm_i _branch_match_id s_kwcid ef_id irclickid pk_campaign
  pk_kwd pk_keyword pk_source pk_medium pk_content mkevt mkcid mkrid toolid _trkparms _trksid click_key click_sum
  organic_search_click algo_pvid algo_exp_id ws_ab_test sp_atk xptdk`.split(/\s+/),
);
/* May be the viewer, or the seller whose page this is: `/member.php?uid=7`. */
const EITHER = new RegExp(
  String.raw`^(?:user|username|userid|usr|usrid|uname|uid|uuid|member|memberid|account|accountid|acct|` +
    String.raw`profile|profileid|usuario|utilisateur|benutzer|benutzername)$`,
);
const NAMES_A_PERSON =
  /(?:\.(?:php|aspx?|jsp|cgi|do|html?)|\/(?:users?|sellers?|profiles?|members?|shops?|stores?|space))\/?$/i;

const JWT = /eyJ[\w-]{8,}\.[\w.-]{4,}/;
const EMAIL =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?!(?:avif|css|gif|html?|ico|jpe?g|js|json|mp4|php|png|svg|webp)\b)[a-z]{2,}/i;
const RANDOM = /^(?=.*\d)(?=.*[a-z])[\w-]{20,}$/i;
const SESSION_SEGMENT = /^(?:\(S\(\w+\)\)|\d{3}-\d{7}-\d{7})$/; // ASP.NET without cookies; Amazon, behind ref=

const decode = (text) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};
const bare = (name) =>
  decode(name)
    .toLowerCase()
    .replace(/^amp;/, '')
    .replace(/[^a-z]/g, '');

const tracks = (name) => TRACKING_PREFIX.test(decode(name).toLowerCase()) || TRACKING.has(decode(name).toLowerCase());

/** Whether a parameter or a datum of this name identifies the viewer. */
const personal = (name) => [TOKEN, SESSION, PERSON, OWN_THINGS].some((rule) => rule.test(bare(name)));

/* Names that tell who shared the address or searched for it, on every site (as does any name that holds "share") and on
   some: a domain with its subdomains, or one label of a host. `server/core/sharers.py` has the same, by test. */
const SHARERS = new Set(
  `u_code sec_user_id sec_uid _svg preview_pb tt_from ugbiz_name ut_sk sp_tk suid utkn tbsocialpersonalizedname
  bxsign igsh igshid igsi ig_rid ig_mid fbclid mibextid rdid extid ssuid sssrc ssspo smtt uls_trackid vd_source
  buvid unique_k appuid apptime xsec_source invite_code rcm lipi licu trackingid xmt utm_user_id uuid_tt
  correlation_id`.split(/\s+/),
);
const SHARERS_ON = {
  'tiktok.com': '_d _t _r user_id timestamp source checksum referer_url referer_video_id',
  'douyin.com': 'did iid mid ts timestamp u_code from_aid from_ssr',
  'iesdouyin.com': 'did iid mid ts timestamp u_code from_aid from_ssr',
  'kuaishou.com': 'fid cc userid et timestamp',
  'x.com': 't s cn cxt ref_src ref_url src',
  'twitter.com': 't s cn cxt ref_src ref_url src',
  'youtube.com': 'si pp feature ab_channel kw',
  'youtu.be': 'si pp feature ab_channel',
  'spotify.com': 'si',
  'reddit.com': 'rdt ref_source ref_campaign',
  'facebook.com': 'sfnsn wtsid eav paipv rdr _rdr refid ref_src comment_tracking idorvanity ls_ref eid',
  'threads.net': 'slof',
  'threads.com': 'slof',
  pinterest: 'sender sfo',
  'linkedin.com': 'trk refid',
  weibo: 'weibo_id dt_dapp',
  'bilibili.com': 'mid bbid ts up_id timestamp',
  'taobao.com': 'un _u spm cpp short_name app trackinfo mytmenu',
  'tmall.com': 'un _u spm cpp short_name app trackinfo mytmenu user_number_id',
  'goofish.com': 'un _u spm cpp short_name app ut _rand',
  '1688.com': 'un spm tracelog',
  aliexpress: 'sk tt _t terminal_id aff_trace_key social_params spm',
  'yangkeduo.com': '_oak_rcto page_from refer_page_sn',
  'jd.com': 'utm_user ad_od gx gxd',
  ebay: 'ut euid emsid osub bu crd segname customid',
  amazon: 'tag ascsubtag linkid linkcode ref ref_ qid crid sprefix dib dib_tag',
  'etsy.com': 'ref sro frs',
  carousell: 't-id t-referrer_browse_type t-referrer_page_type t-referrer_source t-referrer_request_id',
  lazada: 'laz_token dsource',
  google: 'ei ved sca_esv sxsrf iflsig gs_lcrp gs_lp sclient uact',
};

/** Whether a parameter of this name, on this host, tells who shared the address. */
function shared(name, host) {
  const lower = decode(name).toLowerCase();
  if (lower.includes('share') || SHARERS.has(lower)) return true;
  const labels = host.split('.');
  const sites = [...labels, ...labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))];
  return sites.some((site) => Object.hasOwn(SHARERS_ON, site) && SHARERS_ON[site].split(' ').includes(lower));
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/**
 * Patterns that find the volunteer's names in a text. A full name is found in any case, joined or reversed (`Ana
 * Wildgoose`, `wildgoose-ana`); a single word only as it is written, for Jade and Rose are goods, too.
 *
 * @param {string[]} names names, account names, e-mail addresses, numbers, as the page shows them
 * @returns {RegExp[]} one per name, global
 */
export function patterns(names) {
  // The longer first: where "Ana" is taken out of "Ana Wildgoose", nobody finds the rest.
  return names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => {
      const words = name
        .trim()
        .split(/[\s,]+/)
        .filter(Boolean);
      const [start, end] = UNSPACED.test(name) ? ['', ''] : ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'];
      const joined = (list) => list.map(escaped).join('[\\s,._+-]*');
      const plain = words.length === 1 && /^[\p{L}\p{M}'’]+$/u.test(name);
      const either = words.length === 2 ? `(?:${joined(words)}|${joined(words.toReversed())})` : joined(words);
      return new RegExp(`${start}${either}${end}`, plain ? 'gu' : 'giu');
    });
}

/** A function that removes the names from a text. */
const scrubber = (namePatterns) => (text) => namePatterns.reduce((left, pattern) => left.replace(pattern, TAKEN), text);

const holds = (namePatterns, text) => namePatterns.some((pattern) => text.search(pattern) >= 0);

/** Text hidden as base64, for the tokens that carry an e-mail address. */
function unfolded(value) {
  try {
    return /^[\w+/-]{12,}={0,2}$/.test(value) ? atob(value.replaceAll('-', '+').replaceAll('_', '/')) : '';
  } catch {
    return '';
  }
}

/** Whether a value names the volunteer or opens a session. In an address, one word alone counts in any case. */
function identifies(value, namePatterns) {
  const inside = unfolded(value);
  return (
    [value, inside].some((text) => JWT.test(text) || EMAIL.test(text) || holds(namePatterns, text)) ||
    namePatterns.some((pattern) => new RegExp(`^${pattern.source}$`, 'iu').test(value))
  );
}

function cleanQuery(query, path, host, namePatterns) {
  const doubtful = [];
  const pairs = query
    .split('&')
    .map((pair) => {
      const [name, ...rest] = pair.split('=');
      const value = decode(rest.join('='));
      if (personal(name) || tracks(name) || shared(name, host)) return null;
      if (identifies(value, namePatterns) || identifies(decode(name), namePatterns)) {
        return null;
      }
      if (EITHER.test(bare(name))) {
        if (!RANDOM.test(value)) doubtful.push(pair);
        return null;
      }
      // An address within an address: where to return to, what to share.
      if (/^(?:https?:\/\/|\/(?!\/)).*[?#;]/i.test(value)) {
        const clean = cleanAddress(value, namePatterns);
        return clean === value ? pair : clean && `${name}=${encodeURIComponent(clean)}`;
      }
      return pair;
    })
    .filter(Boolean);
  return (!pairs.length && NAMES_A_PERSON.test(path) ? doubtful : pairs).join('&');
}

function cleanPath(path, namePatterns) {
  const segments = path
    .split('/')
    .map((segment) => segment.replace(/;\s*\w*(?:session|sess|sid)\w*=[^;]*/gi, ''))
    .filter((segment, at) => at === 0 || !SESSION_SEGMENT.test(decode(segment)));
  return segments.map((segment) => (identifies(decode(segment), namePatterns) ? '-' : segment)).join('/');
}

function cleanFragment(fragment, host, namePatterns) {
  const [route] = fragment.split(':~:');
  if (/^[!/]/.test(route)) {
    const [path, ...query] = route.split('?');
    const left = query.length ? cleanQuery(query.join('?'), path, host, namePatterns) : '';
    return cleanPath(path, namePatterns) + (left && `?${left}`);
  }
  if (route.includes('=')) return cleanQuery(route, '', host, namePatterns);
  return identifies(decode(route), namePatterns) ? '' : route;
}

/**
 * An address without what identifies the viewer: user info, session and account parameters, tokens, e-mail addresses,
 * the names given, and tracking. The rest stays as it was written, in its order.
 *
 * @param {string} address absolute http(s), or beginning with "/"
 * @param {RegExp[]} namePatterns see `patterns`
 * @returns {string|null} null when it is not an address
 */
export function cleanAddress(address, namePatterns = []) {
  if (!URL.canParse(address, 'http://relative.invalid')) return null;
  const url = new URL(address, 'http://relative.invalid');
  if (!/^https?:$/.test(url.protocol)) return null;
  const path = cleanPath(url.pathname, namePatterns);
  const query = cleanQuery(url.search.slice(1), url.pathname, url.hostname, namePatterns);
  const fragment = cleanFragment(url.hash.slice(1), url.hostname, namePatterns);
  if (
    !url.username &&
    !url.password &&
    path === url.pathname &&
    query === url.search.slice(1) &&
    fragment === url.hash.slice(1)
  ) {
    return address;
  }
  const tail = `${path}${query && `?${query}`}${fragment && `#${fragment}`}`;
  return url.host === 'relative.invalid' ? tail : `${url.protocol}//${url.host}${tail}`;
}

const VIEWER = /^(?:user|viewer|visitor|currentuser|loggedinuser|authuser|loggeduser|customer|buyer|session|account)$/;
const ACTING = /^(?:agent|participant|recipient)$/; // of an action: the one who may take it
/* Where it is sent, who bought it; and what others wrote beside the ad, among them perhaps the volunteer: a report
   needs none of it. */
const BESIDE = new RegExp(
  '^(?:shippingdestination|shippingaddress|deliveryaddress|billingaddress|deliverto|reviews?|comments?|' +
    'suggestedanswer|acceptedanswer|questions?|bids?|bidders?|highbidder|watchers?|likedby|messages?)$',
);

/** An address as pages write it in their data, absolute or relative, cleaned; null for any other text. */
export function cleanLink(text, namePatterns) {
  if (/^(?:https?:)?\/\/\S+$/i.test(text) || /^\/\S*$/.test(text)) return cleanAddress(text, namePatterns) ?? TAKEN;
  return /^[^\s?#]*[?#][^\s]*=\S*$/.test(text) ? (cleanAddress(`/${text}`, namePatterns) ?? TAKEN).slice(1) : null;
}

/** Whether a person in the page's data is the volunteer: with the name come street and telephone number. */
const isViewer = (node, namePatterns) =>
  ['name', 'alternateName', 'email', 'identifier', '@id'].some(
    (key) => typeof node[key] === 'string' && holds(namePatterns, node[key]),
  ) &&
  (!node['@type'] || isA(node, /person$/));

/** The page's data without the viewer: JSON in, JSON out; undefined where the whole datum is about them. */
export function cleanData(value, namePatterns) {
  if (typeof value === 'string') return cleanLink(value, namePatterns) ?? cleanText(value, namePatterns);
  if (!value || typeof value !== 'object') {
    return typeof value === 'number' && holds(namePatterns, String(value)) ? undefined : value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => cleanData(each, namePatterns)).filter((each) => each !== undefined);
  }
  if (isA(value, BOUGHT) || isViewer(value, namePatterns)) return undefined;
  const left = Object.entries(value)
    .filter(
      ([key]) =>
        key.startsWith('@') ||
        !(
          VIEWER.test(bare(key)) ||
          BESIDE.test(bare(key)) ||
          (isA(value, /action$/) && ACTING.test(key)) ||
          [TOKEN, SESSION, OWN_THINGS].some((rule) => rule.test(bare(key)))
        ),
    )
    .map(([key, each]) => [key, cleanData(each, namePatterns)])
    .filter(([, each]) => each !== undefined);
  return Object.fromEntries(left);
}

/** A text without the names, and with its addresses cleaned. What the seller wrote about themselves stays. */
export function cleanText(text, namePatterns) {
  const links = text.replace(/https?:\/\/[^\s<>"'）)\]]+/g, (link) => {
    const [address, tail] = [link.replace(/[.,;:!?]+$/, ''), /[.,;:!?]*$/.exec(link)[0]];
    return (/[?#;@]/.test(address) ? (cleanAddress(address, namePatterns) ?? TAKEN) : address) + tail;
  });
  return scrubber(namePatterns)(links).replace(new RegExp(JWT, 'g'), TAKEN);
}

/** Pictures without the volunteer: one whose address names them shows them. */
export const cleanImages = (images, namePatterns) =>
  images
    .filter(({ url }) => !identifies(decode(new URL(url).pathname), namePatterns))
    .map((image) => ({
      ...image,
      url: cleanAddress(image.url, namePatterns),
      alt: cleanText(image.alt ?? '', namePatterns),
    }));

/** A listing, as `understand` gives it, without the volunteer. */
export function cleanListing(listing, namePatterns) {
  const clean = { ...listing };
  for (const [field, value] of Object.entries(listing)) {
    if (typeof value === 'string') clean[field] = cleanText(value, namePatterns);
  }
  const { seller, images, structured_data, price } = listing;
  if (price?.text) clean.price = { ...price, text: cleanText(price.text, namePatterns) };
  if (seller) {
    const url =
      seller.url && !identifies(decode(new URL(seller.url).pathname), namePatterns)
        ? cleanAddress(seller.url, namePatterns)
        : null;
    clean.seller = { name: seller.name && cleanText(seller.name, namePatterns), url };
  }
  clean.images = cleanImages(images ?? [], namePatterns);
  clean.structured_data = cleanData(structured_data ?? [], namePatterns);
  return clean;
}
