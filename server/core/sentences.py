"""Sentences marked for translation where they stand in the code, and texts that each language makes by its own rules.

Standard library only: rule files mark what they refuse. `core/languages.py` translates it where it is shown.
"""

from collections.abc import Callable


class Sentence(str):
    """A sentence marked for translation: English to every code that reads it, with what a translation needs.

    `core/languages.py` translates it where it is shown. `params` may hold sentences of their own.
    """

    message: str
    plural: str
    number: int | None
    params: dict[str, object]

    def __new__(cls, message: str, plural: str = "", number: int | None = None, /, **params: object) -> "Sentence":
        """`message` with `%(name)s` for each of `params`; see `sentence` and `counted`."""
        english = message if number is None or number == 1 else plural
        values = params if number is None else {"number": f"{number:,}"} | params
        marked = super().__new__(cls, english % values if values else english)
        marked.message, marked.plural, marked.number, marked.params = message, plural, number, params
        return marked


def sentence(message: str, /, **params: object) -> Sentence:
    """Mark a sentence for translation: `sentence("%(company)s has no SPOC.", company=name)`."""
    return Sentence(message, "", None, **params)


def counted(singular: str, plural: str, number: int, /, **params: object) -> Sentence:
    """Mark a sentence with a number in it: `counted("%(number)s report", "%(number)s reports", 3)`."""
    return Sentence(singular, plural, number, **params)


class Localized(str):
    """A date, a number, a list: English to every code that reads it, said by each language's own rules where it is shown.

    `render(language, translate)` makes the text; `translate` is for the sentences that it is made of.
    """

    render: Callable[[str, Callable[[object], str]], str]

    def __new__(cls, render: Callable[[str, Callable[[object], str]], str]) -> "Localized":
        """What `render` makes in English."""
        text = super().__new__(cls, render("en", str))
        text.render = render
        return text
