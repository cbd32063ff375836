/**
 * Names of parameters and data that tell of a person: of a session, an account, a visit, or of who shared an address.
 * Pure. `server/core/sharers.py` has the same lists and patterns, by test.
 */

/* Names that tell of a person or a session are compared without case, signs and figures: `USER-ID` is `userid`. */
export const TOKEN = new RegExp(
  String.raw`token$|^(?:jwt|bearer|auth(?:key|user|code|hash|id)?|apikey|secret|passw(?:or)?d|pwd|otp|` +
    String.raw`nonce|saml(?:request|response)|assertion|credentials?|csrf\w*|xsrf\w*)$`,
);
export const SESSION = /^(?:\w{0,12}sess(?:n|ion)?(?:ids?|key|hash|data)?|aspsessionid\w*|cfid|sid)$/;
const PERSON = new RegExp(
  String.raw`^(?:viewer|visitor|current(?:user)?|loggedin(?:user)?|my|self|customer|cust|buyer|subscriber|` +
    String.raw`recipient|sender|sharer?|inviter?|invitation|referr?er|device|login|actor)(?:id|uid|guid|uuid|` +
    String.raw`name|no|number|login|email|mail|key|hash|hint|phone|code)?$|^(?:user|person)?(?:e?mail|` +
    String.raw`emailaddress|phone(?:no|number)?|tel|mobile|msisdn|firstname|lastname|fullname|surname|` +
    String.raw`birth(?:day|date)?)$|^(?:openid|unionid|suid|utsk|socialshare|notifid|notift|reqid|senderwebid)$|` +
    String.raw`^(?:referr?al|aff(?:iliate)?|friend|recruit(?:er|ed)|ambassador|influencer)(?:by)?(?:id|uid|code|name|` +
    String.raw`user(?:name|id)?|key|hash)$|^(?:referr?al|referredby|refby|` +
    String.raw`ref(?:user(?:name|id)?|uid)|recruiter|invitedby)$`,
);
/* The account by another word, and what somebody has put aside or is buying. */
export const OWN_THINGS = new RegExp(
  String.raw`^(?:(?:user|usr|member|account|acct|client|shopper|bidder|guest|profile)(?:ref|reference|key|hash|code|` +
    String.raw`mail|email|phone|handle|login|hint|context)|(?:my|shopping|user)?(?:cart|basket|trolley|checkout|` +
    String.raw`wishlist|watchlist|warenkorb|merkzettel|panier|carrito|carrinho|carrello|winkelwagen)` +
    String.raw`(?:id|ref|key|token|hash|no|number|code|guid|uuid|url)?|(?:order|quote|bag|savedlist|` +
    String.raw`favou?rites?list)(?:id|ref|key|no|number|hash|guid|uuid))$`,
);
/* Where somebody is, or has things sent, and the device they use. */
export const PLACE = new RegExp(
  String.raw`^(?:deliver(?:y)?(?:to|address|city|postcode|zip)|ship(?:ping)?(?:to|address|city|postcode|zip)|` +
    String.raw`post(?:al)?code|zip(?:code)?|plz|lat(?:itude)?|lng|lon(?:gitude)?|geo(?:location|ip)?|` +
    String.raw`(?:client|user|remote)?ip(?:address)?|idfa|idfv|gaid|advertisingid|fingerprint|clientid|webid|cuser)$`,
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
export const EITHER = new RegExp(
  String.raw`^(?:user|username|userid|usr|usrid|uname|uid|uuid|member|memberid|account|accountid|acct|` +
    String.raw`profile|profileid|usuario|utilisateur|benutzer|benutzername|nick|nickname|screenname|loginname|uin|` +
    String.raw`(?:ex|c|ec|td|x|v|log|curpagelog|bsft|admitad|famadx)uid)$`,
);
/* Who sent the visitor, where the value is a nickname or a name; `from=search` and `from=2024-01-01` are none. */
const SENT_BY = /^(?:from|via|by|sentby)$/;
const NICKNAME = /^(?:@.+|[A-Z][\w .-]{2,60}|(?=[a-z]*[0-9_.])[a-z][\w.-]{2,39})$/;
export const NAMES_A_PERSON =
  /(?:\.(?:php|aspx?|jsp|cgi|do|html?)|\/(?:users?|sellers?|profiles?|members?|shops?|stores?|space))\/?$/i;

export const JWT = /eyJ[\w-]{8,}\.[\w.-]{4,}/;
export const EMAIL =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?!(?:avif|css|gif|html?|ico|jpe?g|js|json|mp4|php|png|svg|webp)\b)[a-z]{2,}/i;
export const RANDOM = /^(?=.*\d)(?=.*[a-z])[\w-]{20,}$/i;
/* With the sign that begins an international number; in a query a plus may be written for a space. */
export const PHONE = /^[+ ](?:[ ().-]?[0-9]){9,15}$/;
export const SESSION_SEGMENT = /^(?:\(S\(\w+\)\)|\d{3}-\d{7}-\d{7})$/; // ASP.NET without cookies; Amazon, behind ref=

export const decode = (text) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};
export const bare = (name) =>
  decode(name)
    .toLowerCase()
    .replace(/^amp;/, '')
    .replace(/[^a-z]/g, '');

/* A name as the patterns read it, whole and its last part: of `buyer[email]` and `a.b.email` that is `email`. */
const spelt = (name) => {
  const last = decode(name)
    .replace(/[.[\]]+$/, '')
    .split(/[.[]/)
    .pop();
  return [bare(name), bare(last)];
};

/** Whether a parameter of this name only tells who or what sent the visitor. */
export const tracks = (name) =>
  TRACKING_PREFIX.test(decode(name).toLowerCase()) || TRACKING.has(decode(name).toLowerCase());

/** Whether a parameter or a datum of this name identifies the viewer. */
export const personal = (name) =>
  spelt(name).some((each) => [TOKEN, SESSION, PERSON, OWN_THINGS, PLACE].some((rule) => rule.test(each)));

/** Whether a parameter of this name and value tells by a nickname who sent the visitor. */
export const sentBy = (name, value) => SENT_BY.test(bare(name)) && NICKNAME.test(value);

/** Whether a parameter of this name may be the viewer, or the seller whose page this is. */
export const either = (name) => spelt(name).some((each) => EITHER.test(each));

/* Names that tell who shared the address or searched for it, on every site (as does any name that holds "share") and on
   some: a domain with its subdomains, or one label of a host. */
const SHARERS = new Set(
  `u_code sec_user_id sec_uid _svg preview_pb tt_from ugbiz_name ut_sk sp_tk suid utkn tbsocialpersonalizedname
  bxsign igsh igshid igsi ig_rid ig_mid fbclid mibextid rdid extid ssuid sssrc ssspo smtt uls_trackid vd_source
  buvid unique_k appuid apptime xsec_source invite_code rcm lipi licu trackingid xmt utm_user_id uuid_tt
  correlation_id tracking_id bsft_eid bsft_mid bsft_aaid bsft_ek gps_adid ml_subscriber ml_subscriber_hash
  user_email_address`.split(/\s+/),
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
export function shared(name, host) {
  const lower = decode(name).toLowerCase();
  if (lower.includes('share') || SHARERS.has(lower)) return true;
  const labels = host.split('.');
  const sites = [...labels, ...labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))];
  return sites.some((site) => Object.hasOwn(SHARERS_ON, site) && SHARERS_ON[site].split(' ').includes(lower));
}
