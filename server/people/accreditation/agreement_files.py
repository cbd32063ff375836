"""The agreement of this instance as its files have it: what is signed, and translations to read beside it."""

import functools
import logging
from pathlib import Path

from server.people.accreditation.agreement import Agreement, load, load_translation
from server.people.courses import catalogue
from server.people.courses.yaml_lines import Invalid

log = logging.getLogger(__name__)


def original() -> Agreement:
    """What is signed: the content folder's, else the shipped one."""
    return _original(_path())


def translation(language: str) -> Agreement | None:
    """The same in a language, under its version and hash; None: there is none, or it translates an earlier text."""
    return _translation(_path(), language)


def _path() -> Path:
    path = catalogue.folder() / "agreement.md"
    return path if path.is_file() else catalogue.CONTENT / "agreement.md"


@functools.cache
def _original(path: Path) -> Agreement:
    return load(path)


@functools.cache
def _translation(path: Path, language: str) -> Agreement | None:
    try:
        return load_translation(path, language)
    except Invalid as invalid:
        log.warning("The translation of the agreement is not shown: %s", invalid)
        return None
