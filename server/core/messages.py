"""The sentences that are marked for translation, and the catalogues that hold their translations: `make messages`.

Marked are `sentence("…")` and `counted("…", "…", n)` in Python, `_("…")`, `ngettext` and `{% trans %}` in templates.
A test (`tests/unit/test_catalogues.py`) holds the catalogue of every language that `languages.py` offers complete.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages import extract, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import parse_mapping_cfg

from server.core.languages import CATALOGUES

ROOT = Path(__file__).parents[2]
# Those with a catalogue, offered yet or not, and their plurals as gettext writes them.
LANGUAGES = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
# Spaces at which no line may break, of languages that have them: what to find, and what stands there.
SPACES = {
    "fr": (
        (r"(?<=\S)[ \u00a0](?=[;?!](?:\s|$|[<»)]))", "\u202f"),
        (r"(?<=\S) (?=:(?:\s|$|<))|(?<=«) | (?=»)", "\u00a0"),
    )
}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "sentence": None, "counted": (1, 2)}
HEADER = """\
# Cyber Spotter in {name}. `make messages` brings this file up to date with the code.
# Not yet reviewed by a native speaker.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def marked() -> Catalog:
    """Every marked sentence, with the files in which it stands, without lines: so that a moved line changes nothing."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    places: dict[tuple[str, ...] | str, set[str]] = {}
    for name, _line, message, _comments, _context in extract.extract_from_dir(
        ROOT / "server", methods, options, keywords=KEYWORDS
    ):
        places.setdefault(message, set()).add(f"server/{name}")
    catalogue = Catalog()
    for message, files in sorted(places.items(), key=lambda entry: min(entry[1])):  # in a file, as they stand there
        catalogue.add(message, locations=[(file, 0) for file in sorted(files)])
    return catalogue


def path(language: str) -> Path:
    """Where a language's catalogue stands."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def kept(language: str) -> Catalog:
    """A language's catalogue as it is; an empty one when there is none."""
    text = path(language).read_text() if path(language).exists() else _header(language)
    return pofile.read_po(io.StringIO(text), locale=language)


def _header(language: str) -> str:
    name = Locale.parse(language).english_name
    return HEADER.format(language=language, name=name, plurals=LANGUAGES[language])


def lacking(language: str, files: tuple[str, ...] = ("server/",)) -> Iterator[Message]:
    """The marked sentences of these files (or folders) that the language's catalogue does not translate."""
    catalogue = kept(language)
    for message in marked():
        if not message.id or not any(file.startswith(files) for file, _ in message.locations):
            continue
        translation = catalogue.get(message.id[0] if message.pluralizable else message.id)
        if translation is None or translation.fuzzy or not all(forms(translation)):
            yield message


def forms(message: Message) -> tuple[str, ...]:
    """A message's translations: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def spaced(language: str, text: str) -> str:
    """A translation with the spaces of its language's typography."""
    for found, space in SPACES.get(language, ()):
        text = re.sub(found, space, text)
    return text


def updated(language: str, template: Catalog) -> str:
    """The catalogue's text, up to date: new sentences come in untranslated, those no longer marked go, spaces are set."""
    catalogue = kept(language)
    catalogue.update(template, no_fuzzy_matching=True)
    for message in catalogue:
        if message.id and message.string:
            shown = tuple(spaced(language, form) for form in forms(message))
            message.string = shown if message.pluralizable else shown[0]
    text = io.BytesIO()
    pofile.write_po(text, catalogue, width=120, omit_header=True, ignore_obsolete=True, include_lineno=False)
    header = path(language).read_text().partition("\n\n")[0] + "\n\n" if path(language).exists() else _header(language)
    return header + text.getvalue().decode().lstrip("\n")


def main() -> None:
    """Bring every catalogue up to date, and say how much is to translate."""
    template = marked()
    for language in LANGUAGES:
        text = updated(language, template)
        path(language).parent.mkdir(parents=True, exist_ok=True)
        path(language).write_text(text)
        print(f"{language}: {sum(1 for _ in lacking(language))} of {len(template)} sentences to translate")


if __name__ == "__main__":
    main()
