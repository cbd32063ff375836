"""The national lists that the lexicon knows, and what their ranks are called. Pure.

A listing of one says which list and which rank in words, for nobody outside its country knows the rank alone.
"""

LISTS = {
    "CN": ("China, National key protected wild animals", ("Class I", "Class II")),
    "ID": ("Indonesia, Protected species of Regulation P.106/2018", ("protected",)),
    "IN": ("India, Wild Life (Protection) Act 1972", ("Schedule I", "Schedule II", "Schedule III")),
    "JP": ("Japan, Act on Conservation of Endangered Species", ("international", "domestic")),
    "US": ("United States, Endangered Species Act", ("endangered", "threatened")),
}  # fmt: skip


def worded(jurisdiction: str | None, rank: str) -> str:
    """The rank with its list and country, as a listing's `appendix` says it. Raises ValueError for what no list has."""
    name, ranks = LISTS.get(jurisdiction or "", ("", ()))
    if rank not in ranks:
        raise ValueError(f"no national list of {jurisdiction} has the rank {rank}")
    return f"{name}: {rank}"
