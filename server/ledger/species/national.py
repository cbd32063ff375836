"""The national lists that the lexicon knows, and what their ranks are called. Pure.

A listing of one says which list and which rank in words, for nobody outside its country knows the rank alone.
"""

from server.core.sentences import sentence

LISTS = {
    "CN": {
        "Class I": sentence("China, National key protected wild animals: Class I"),
        "Class II": sentence("China, National key protected wild animals: Class II"),
    },
    "ID": {"protected": sentence("Indonesia, Protected species of Regulation P.106/2018: protected")},
    "IN": {
        "Schedule I": sentence("India, Wild Life (Protection) Act 1972: Schedule I"),
        "Schedule II": sentence("India, Wild Life (Protection) Act 1972: Schedule II"),
        "Schedule III": sentence("India, Wild Life (Protection) Act 1972: Schedule III"),
    },
    "JP": {
        "international": sentence("Japan, Act on Conservation of Endangered Species: international"),
        "domestic": sentence("Japan, Act on Conservation of Endangered Species: domestic"),
    },
    "US": {
        "endangered": sentence("United States, Endangered Species Act: endangered"),
        "threatened": sentence("United States, Endangered Species Act: threatened"),
    },
}


def worded(jurisdiction: str | None, rank: str) -> str:
    """The rank with its list and country, as a listing's `appendix` says it. Raises ValueError for what no list has."""
    ranks = LISTS.get(jurisdiction or "", {})
    if rank not in ranks:
        raise ValueError(f"no national list of {jurisdiction} has the rank {rank}")
    return str(ranks[rank])
