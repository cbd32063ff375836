"""The capital with which a name begins where it stands first, by the rules of its language. Pure."""

DOTTED = {"i": "İ"}  # ı is its own letter there, with I as its capital
DIGRAPHS = {"nl": ("ij",)}  # one letter in two signs: IJsbeer


def initial(name: str, language: str) -> str:
    """`name` with a capital: iguana is İguana in Turkish, ijsbeer is IJsbeer in Dutch.

    A name that begins with none stays: scripts without capitals, a sign, a name that has its own (German nouns). The title
    case of a letter, not its upper case: Georgian has capitals for whole words alone, and ǆ is ǅ.
    """
    first = name[:1]
    if language in ("tr", "az") and first in DOTTED:
        return DOTTED[first] + name[1:]
    length = next((len(each) for each in DIGRAPHS.get(language, ()) if name.startswith(each)), 0)
    return name[:length].upper() + name[length:] if length else first.title() + name[1:]
