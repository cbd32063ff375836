"""Parameters of addresses that identify who shared, opened or searched: they are never sent. Pure.

Facts from the platforms' own addresses and from public lists of such parameters (read 2026-11). `extension/lib/sharers.js`
has the same lists and patterns, by test. They are apart from the names of `tracking.py`, by which listings are
recognised: some of these name a listing on another site, and a key must not change with a list.
"""

import re

# On every site. Any name that holds "share" is one of them as well.
NAMES = frozenset(
    """
    u_code sec_user_id sec_uid _svg preview_pb tt_from ugbiz_name
    ut_sk sp_tk suid utkn tbsocialpersonalizedname bxsign
    igsh igshid igsi ig_rid ig_mid fbclid mibextid rdid extid
    ssuid sssrc ssspo smtt uls_trackid
    vd_source buvid unique_k appuid apptime xsec_source
    invite_code rcm lipi licu trackingid xmt
    utm_user_id uuid_tt correlation_id tracking_id
    bsft_eid bsft_mid bsft_aaid bsft_ek gps_adid ml_subscriber ml_subscriber_hash user_email_address
    """.split()  # noqa: SIM905
)

# On these sites only: a domain with its subdomains, or one label of a host (`amazon` for amazon.co.jp).
NAMES_ON = {
    "tiktok.com": "_d _t _r user_id timestamp source checksum referer_url referer_video_id",
    "douyin.com": "did iid mid ts timestamp u_code from_aid from_ssr",
    "iesdouyin.com": "did iid mid ts timestamp u_code from_aid from_ssr",
    "kuaishou.com": "fid cc userid et timestamp",
    "x.com": "t s cn cxt ref_src ref_url src",
    "twitter.com": "t s cn cxt ref_src ref_url src",
    "youtube.com": "si pp feature ab_channel kw",
    "youtu.be": "si pp feature ab_channel",
    "spotify.com": "si",
    "reddit.com": "rdt ref_source ref_campaign",
    "facebook.com": "sfnsn wtsid eav paipv rdr _rdr refid ref_src comment_tracking idorvanity ls_ref eid",
    "threads.net": "slof",
    "threads.com": "slof",
    "pinterest": "sender sfo",
    "linkedin.com": "trk refid",
    "weibo": "weibo_id dt_dapp",
    "bilibili.com": "mid bbid ts up_id timestamp",
    "taobao.com": "un _u spm cpp short_name app trackinfo mytmenu",
    "tmall.com": "un _u spm cpp short_name app trackinfo mytmenu user_number_id",
    "goofish.com": "un _u spm cpp short_name app ut _rand",
    "1688.com": "un spm tracelog",
    "aliexpress": "sk tt _t terminal_id aff_trace_key social_params spm",
    "yangkeduo.com": "_oak_rcto page_from refer_page_sn",
    "jd.com": "utm_user ad_od gx gxd",
    "ebay": "ut euid emsid osub bu crd segname customid",
    "amazon": "tag ascsubtag linkid linkcode ref ref_ qid crid sprefix dib dib_tag",
    "etsy.com": "ref sro frs",
    "carousell": "t-id t-referrer_browse_type t-referrer_page_type t-referrer_source t-referrer_request_id",
    "lazada": "laz_token dsource",
    "google": "ei ved sca_esv sxsrf iflsig gs_lcrp gs_lp sclient uact",
}

# Names of a person or a session, without case, signs and figures: `USER-ID` is `userid`.
TOKEN = re.compile(
    r"token$|^(?:jwt|bearer|auth(?:key|user|code|hash|id)?|apikey|secret|passw(?:or)?d|pwd|otp|"
    r"nonce|saml(?:request|response)|assertion|credentials?|csrf\w*|xsrf\w*)$"
)
SESSION = re.compile(r"^(?:\w{0,12}sess(?:n|ion)?(?:ids?|key|hash|data)?|aspsessionid\w*|cfid|sid)$")
PERSON = re.compile(
    r"^(?:viewer|visitor|current(?:user)?|loggedin(?:user)?|my|self|customer|cust|buyer|subscriber|"
    r"recipient|sender|sharer?|inviter?|invitation|referr?er|device|login|actor)(?:id|uid|guid|uuid|"
    r"name|no|number|login|email|mail|key|hash|hint|phone|code)?$|^(?:user|person)?(?:e?mail|"
    r"emailaddress|phone(?:no|number)?|tel|mobile|msisdn|firstname|lastname|fullname|surname|"
    r"birth(?:day|date)?)$|^(?:openid|unionid|suid|utsk|socialshare|notifid|notift|reqid|senderwebid)$|"
    r"^(?:referr?al|aff(?:iliate)?|friend|recruit(?:er|ed)|ambassador|influencer)(?:by)?(?:id|uid|code|name|"
    r"user(?:name|id)?|key|hash)$|^(?:referr?al|referredby|refby|ref(?:user(?:name|id)?|uid)|recruiter|invitedby)$"
)
# The account by another word, and what somebody has put aside or is buying.
OWN_THINGS = re.compile(
    r"^(?:(?:user|usr|member|account|acct|client|shopper|bidder|guest|profile)(?:ref|reference|key|hash|code|"
    r"mail|email|phone|handle|login|hint|context)|(?:my|shopping|user)?(?:cart|basket|trolley|checkout|"
    r"wishlist|watchlist|warenkorb|merkzettel|panier|carrito|carrinho|carrello|winkelwagen)"
    r"(?:id|ref|key|token|hash|no|number|code|guid|uuid|url)?|(?:order|quote|bag|savedlist|"
    r"favou?rites?list)(?:id|ref|key|no|number|hash|guid|uuid))$"
)
# Where somebody is, or has things sent, and the device they use.
PLACE = re.compile(
    r"^(?:deliver(?:y)?(?:to|address|city|postcode|zip)|ship(?:ping)?(?:to|address|city|postcode|zip)|"
    r"post(?:al)?code|zip(?:code)?|plz|lat(?:itude)?|lng|lon(?:gitude)?|geo(?:location|ip)?|"
    r"(?:client|user|remote)?ip(?:address)?|idfa|idfv|gaid|advertisingid|fingerprint|clientid|webid|cuser)$"
)
# May be who had the page open, or the seller whose page it is: `/member.php?uid=7`.
EITHER = re.compile(
    r"^(?:user|username|userid|usr|usrid|uname|uid|uuid|member|memberid|account|accountid|acct|"
    r"profile|profileid|usuario|utilisateur|benutzer|benutzername|nick|nickname|screenname|loginname|uin|"
    r"(?:ex|c|ec|td|x|v|log|curpagelog|bsft|admitad|famadx)uid)$"
)
# Who sent the visitor, where the value is a nickname or a name; `from=search` and `from=2024-01-01` are none.
SENT_BY = re.compile(r"^(?:from|via|by|sentby)$")
NICKNAME = re.compile(r"^(?:@.+|[A-Z][\w .-]{2,60}|(?=[a-z]*[0-9_.])[a-z][\w.-]{2,39})$", re.ASCII)
NAMES_A_PERSON = re.compile(
    r"(?:\.(?:php|aspx?|jsp|cgi|do|html?)|\/(?:users?|sellers?|profiles?|members?|shops?|stores?|space))\/?$",
    re.IGNORECASE,
)
RANDOM = re.compile(r"^(?=.*\d)(?=.*[a-z])[\w-]{20,}$", re.IGNORECASE)
JWT = re.compile(r"eyJ[\w-]{8,}\.[\w.-]{4,}")
EMAIL = re.compile(
    r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.(?!(?:avif|css|gif|html?|ico|jpe?g|js|json|mp4|php|png|svg|webp)\b)[a-z]{2,}",
    re.IGNORECASE,
)
# With the sign that begins an international number; in a query a plus may be written for a space.
PHONE = re.compile(r"^[+ ](?:[ ().-]?[0-9]){9,15}$")
SESSION_SEGMENT = re.compile(r"^(?:\(S\(\w+\)\)|\d{3}-\d{7}-\d{7})$")  # ASP.NET without cookies; Amazon, behind ref=


def tells(name: str, host: str) -> bool:
    """Whether a parameter of this name, on this host, tells who shared the address or who had it open."""
    lower = name.lower()
    if "share" in lower or lower in NAMES:
        return True
    labels = host.split(".")
    sites = (*labels, *(".".join(labels[place:]) for place in range(len(labels))))
    if any(lower in NAMES_ON[site].split() for site in sites if site in NAMES_ON):
        return True
    return any(rule.search(each) for each in spelt(name) for rule in (TOKEN, SESSION, PERSON, OWN_THINGS, PLACE))


def sent_by(name: str, value: str) -> bool:
    """Whether a parameter of this name and value tells by a nickname who sent the visitor."""
    return bool(SENT_BY.search(bare(name)) and NICKNAME.search(value))


def either(name: str) -> bool:
    """Whether a parameter of this name may be who had the page open, or the seller whose page it is."""
    return any(EITHER.search(each) for each in spelt(name))


def spelt(name: str) -> tuple[str, str]:
    """A name as the patterns read it, whole and its last part: of `buyer[email]` and `a.b.email` that is `email`."""
    return bare(name), bare(re.split(r"[.\[]", name.rstrip(".[]"))[-1])


def bare(name: str) -> str:
    """A parameter's name as the patterns read it: lower case, letters alone, without the `amp;` of a page's source."""
    return re.sub(r"[^a-z]", "", name.lower().removeprefix("amp;"))
