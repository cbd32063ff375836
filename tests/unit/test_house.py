"""The house's rules: who may import whom, what is pure, where the time is read. Design, section 3."""

import ast
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2] / "server"
ROOMS = {
    "accounts",
    "training",
    "exams",
    "accreditation",
    "recruitment",
    "reports",
    "listings",
    "species",
    "cases",
    "companies",
    "notices",
    "monitoring",
    "rounds",
    "skill",
}
ABOVE = {
    "journey",
    "membership",
    "reminders",
    "growth",
    "directory",
    "overview",
    "rooms",
    "site",
    "demo",
    "worker",
    "openapi",
    "__main__",
    "__init__",
}
EDGES = {"views", "api", "forms", "commands", "people", "planning"}
PURE_CORE = {"words", "urls", "folding", "times", "wording"}
# Rules of the field: plain values in and out.
RULES = {
    "accounts": {"devices", "invitees"},
    "cases": {"triage", "states"},
    "companies": {"routing"},
    "listings": {"key"},
    "monitoring": {"checking"},
    "notices": {"answers", "compose"},
    "reports": {"intake"},
    "species": {"matching", "judging", "entries"},
    "courses": {"bank", "known", "lesson", "located", "marking", "module", "sheet", "translation"},
    "training": {"practice"},
    "exams": {"exam", "items", "similarity"},
    "accreditation": {"standing", "steps", "agreement"},
    "recruitment": {"screening"},
    "rounds": {"weeks", "worklist"},
    "skill": {"lane", "levels", "masked", "posterior"},
}
IMPURE = ("flask", "sqlalchemy", "server.clock", "server.database", "server.web", "requests")
LOOKS_LIKE_A_ROOM_TO = {"web": {"accounts.models"}}  # the one core module that may know a room, and which


def _modules() -> list[Path]:
    return sorted(SERVER.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    """Names of modules imported at run time: imports under TYPE_CHECKING are annotations only."""
    found: set[str] = set()

    def look(nodes: list[ast.stmt]) -> None:
        for node in nodes:
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
                look(node.orelse)
                continue
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
            for child in ("body", "orelse", "finalbody", "handlers"):
                look([n for n in getattr(node, child, []) if isinstance(n, ast.stmt | ast.ExceptHandler)])  # type: ignore[list-item]

    look(ast.parse(path.read_text()).body)
    return found


def _room(path: Path) -> str:
    parts = path.relative_to(SERVER).parts
    return parts[0] if len(parts) > 1 else path.stem


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(SERVER)))
def test_rooms_never_import_each_other(path: Path) -> None:
    room = _room(path)
    if room in ABOVE:
        return
    for name in _imports(path):
        if not name.startswith("server."):
            continue
        other = name.split(".")[1]
        if other in ROOMS and other != room:
            allowed = any(
                name.removeprefix("server.").startswith(known) for known in LOOKS_LIKE_A_ROOM_TO.get(room, ())
            )
            assert allowed or (name == f"server.{other}" and allowed), f"{path.name} imports {name}"
        if other in ("journey", "membership", "growth", "directory", "overview"):
            assert path.stem in EDGES, f"{path} is no edge and imports {name}"
        assert other not in ABOVE - {"journey", "membership", "growth", "directory", "overview", "demo"}, (
            f"{path} imports {name}"
        )


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(SERVER)))
def test_rules_of_the_field_are_pure(path: Path) -> None:
    room = _room(path)
    if not (path.stem in RULES.get(room, ()) or (path.parent == SERVER and path.stem in PURE_CORE)):
        return
    for name in _imports(path):
        assert not name.startswith(IMPURE), f"{path} is a rule and imports {name}"


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(SERVER)))
def test_only_the_clock_reads_the_time(path: Path) -> None:
    if path.name == "clock.py":
        return
    source = path.read_text()
    for reading in ("datetime.now(", "datetime.utcnow(", "time.time(", "date.today("):
        assert reading not in source, f"{path} reads the time: {reading}"


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(SERVER)))
def test_no_month_or_day_is_named_by_the_machines_language(path: Path) -> None:
    for naming in ("%A", "%a}", "%B", "%b ", "%c}", "%x}", "%p"):
        assert naming not in path.read_text(), f"{path} asks the locale for a name: say it by `times`"


def test_words_are_standard_library_only() -> None:
    assert _imports(SERVER / "words.py") <= {"enum", "enum.StrEnum"}


def test_every_rule_file_exists() -> None:
    for room, rules in RULES.items():
        for rule in rules:
            assert (SERVER / room / f"{rule}.py").exists(), f"{room}/{rule}.py"


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    for path in _modules():
        assert path.stem not in {"utils", "helpers", "common", "services", "managers"}, path


def test_every_file_is_split_by_noun_before_it_grows_long() -> None:
    for path in _modules():
        assert len(path.read_text().splitlines()) <= 400, f"{path} has grown long"
