"""Parameters of addresses that only say where the visitor came from: listings are recognised without them. Pure."""

# Names that only ever tell who sent the visitor, each from its vendor's own pages or the public-domain registry
# github.com/mpchadwick/tracking-query-params-registry (read 2026-11). Short or ambiguous names (ref, id, src, sid, tag,
# spm, from) are kept on purpose: somewhere one of them is the listing, and two listings made one is the worse mistake.
PREFIXES = (
    "utm_",  # Google Analytics and everybody after it
    "mtm_",  # Matomo
    "matomo_",
    "piwik_",
    "hsa_",  # HubSpot advertising
    "__cft__",  # Facebook, written __cft__[0]
)
NAMES = frozenset(
    """
    gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl
    fbclid mibextid __tn__ __xts__ igsh igshid
    msclkid twclid ttclid yclid ysclid _openstat li_fat_id sccid rdt_cid epik ndclid
    mc_cid mc_eid _hsenc _hsmi mkt_tok vero_id oly_anon_id oly_enc_id _ke _kx dm_i _branch_match_id
    s_kwcid ef_id irclickid pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content
    mkevt mkcid mkrid toolid _trkparms _trksid
    click_key click_sum organic_search_click
    algo_pvid algo_exp_id ws_ab_test sp_atk xptdk
    phpsessid jsessionid
    """.split()  # noqa: SIM905 - a list of words reads better as words
)

# By registrable domain, where they only say which shelf, search or warehouse led to an item (read 2026-12-02 in many
# addresses of items); elsewhere they may mean something.
NAMES_ON = {"tokopedia.com": frozenset("extparam src aff_unique_id channel chain_key".split())}  # noqa: SIM905


def tracks(name: str, domain: str | None = None) -> bool:
    """Whether a parameter of this name, on this registrable domain, only tells who sent the visitor."""
    name = name.lower()
    return name in NAMES or name.startswith(PREFIXES) or (domain in NAMES_ON and name in NAMES_ON[domain])
