"""The house's rules: who may import whom, what is pure, where the time is read. Design, section 3.

The floors are known by their folders, so that a new room is held by the rules without being listed here.
"""

import ast
import re
from pathlib import Path

import pytest

from server.core import access, endpoints
from server.pages.operations import wordings

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "server"
FACES = ("pages", "api", "commands", "demo")
WINGS = ("people", "ledger", "coalition")
FLOORS = {**dict.fromkeys(FACES, 4), "journeys": 3, "reads": 2, **dict.fromkeys(WINGS, 1), "core": 0}
WHERE = """{path} imports {name}. Imports go down: faces (pages, api, commands, demo), journeys, reads, rooms, core.
What changes several rooms is a journey; what reads across rooms for several faces is a read; a read of one page stands
beside that page; what a room decides alone is a rule file of that room; what every room needs is a named core module."""
TREE = {"__init__.py", "__main__.py", "templates", "static", "translations", *FLOORS}
PURE_CORE = {
    "words",
    "sentences",
    "escapes",
    "urls",
    "patterns",
    "redirects",
    "rest",
    "sharers",
    "tracking",
    "everyday",
    "folding",
    "capitals",
    "unmasking",
    "name_patterns",
    "times",
    "outcome",
    "mail_refusals",
    "stale",
}
IMPURE = ("flask", "sqlalchemy", "requests", "server.core.clock", "server.core.database", "server.core.web")


def _modules() -> list[Path]:
    return sorted(SERVER.rglob("*.py"))


def _named(path: Path) -> str:
    return str(path.relative_to(SERVER))


def _parts(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(SERVER).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def _imports(path: Path, annotations: bool = False) -> set[str]:
    """Names of our modules imported at run time (with `annotations`: under TYPE_CHECKING too), and of others' packages."""
    names: set[str] = set()

    def look(nodes: list[ast.stmt]) -> None:
        for node in nodes:
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not annotations:
                look(node.orelse)
                continue
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.update(_target(node.module, alias.name) for alias in node.names)
            for child in ("body", "orelse", "finalbody", "handlers"):
                look([n for n in getattr(node, child, []) if isinstance(n, ast.stmt | ast.ExceptHandler)])  # type: ignore[list-item]

    look(ast.parse(path.read_text()).body)
    return names


def _target(module: str, name: str) -> str:
    """The module that `from module import name` reads: `module.name` where that is a module itself."""
    place = ROOT / module.replace(".", "/") / name
    return f"{module}.{name}" if place.with_suffix(".py").exists() or (place / "__init__.py").exists() else module


def _room(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What a module belongs to: a room of a wing, a noun of the pages, else its floor's folder."""
    return parts[:2] if parts[0] in (*WINGS, "pages") else parts[:1]


@pytest.mark.parametrize("path", _modules(), ids=_named)
def test_every_import_goes_down(path: Path) -> None:
    parts = _parts(path)
    if not parts or parts[0] == "__main__" or parts[-1] == "register":
        return  # the front door opens every room, and a face's register every noun of it
    floor = FLOORS[parts[0]]
    for name in _imports(path):
        target = tuple(name.split(".")[1:])
        if name.split(".")[0] != "server" or not target:
            assert name.split(".")[0] != "server" or parts[0] in ("commands", "demo"), WHERE.format(
                path=path, name=name
            )
            continue
        below = FLOORS[target[0]]
        why = WHERE.format(path=_named(path), name=name)
        assert below <= floor, why
        if parts[0] == "demo" or _room(parts) == _room(target) or below < floor:
            continue
        if parts[0] == "journeys":
            assert parts[1] == target[1] or target == ("journeys", "spotter", "gate"), why
        elif parts[0] == "people":
            assert target[:2] == ("people", "courses"), why
        else:
            assert parts[0] in ("reads", "core", "journeys"), why


def test_no_files_form_a_circle() -> None:
    known = {".".join(("server", *_parts(path))): _imports(path) for path in _modules()}
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name in done or name not in known:
            return
        for other in known[name]:
            if other != name:
                walk(other, (*trail, name))
        done.add(name)

    for name in known:
        if name not in ("server", "server.__main__"):
            walk(name, ())


def test_the_plan_and_the_folder_agree() -> None:
    names = {path.name for path in SERVER.iterdir() if path.name != "__pycache__"}
    assert names <= TREE, f"{names - TREE}: a module lives on one of the floors {sorted(FLOORS)}"


def test_no_code_lives_in_an_init() -> None:
    for path in SERVER.rglob("__init__.py"):
        if path.parent != SERVER:
            body = ast.parse(path.read_text()).body
            assert len(body) == 1 and isinstance(body[0], ast.Expr), f"{path}: a docstring, and nothing else"


def _rule_files() -> list[Path]:
    """Rule files say that they are pure in their docstring."""
    rooms = [path for wing in WINGS for path in (SERVER / wing).rglob("*.py")]
    return sorted(path for path in rooms if "Pure" in (ast.get_docstring(ast.parse(path.read_text())) or ""))


@pytest.mark.parametrize(
    "path", [*_rule_files(), *(SERVER / "core" / f"{name}.py" for name in sorted(PURE_CORE))], ids=_named
)
def test_rules_of_the_field_are_pure(path: Path) -> None:
    for name in _imports(path):
        assert not name.startswith(IMPURE), f"{path} is a rule and imports {name}"


@pytest.mark.parametrize("path", _modules(), ids=_named)
def test_only_the_clock_reads_the_time(path: Path) -> None:
    if path.name == "clock.py":
        return
    source = path.read_text()
    for reading in ("datetime.now(", "datetime.utcnow(", "time.time(", "date.today("):
        assert reading not in source, f"{path} reads the time: {reading}"


@pytest.mark.parametrize("path", _modules(), ids=_named)
def test_no_month_or_day_is_named_by_the_machines_language(path: Path) -> None:
    for naming in ("%A", "%a}", "%B", "%b ", "%c}", "%x}", "%p"):
        assert naming not in path.read_text(), f"{path} asks the locale for a name: say it by `times`"


@pytest.mark.parametrize("name", ["words", "sentences"])
def test_words_and_sentences_are_standard_library_only(name: str) -> None:
    assert _imports(SERVER / "core" / f"{name}.py") <= {"collections.abc", "enum", "typing"}


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    for path in _modules():
        assert path.stem not in {"utils", "helpers", "common", "services", "managers"}, path


def test_no_class_name_stands_twice() -> None:
    """One word, one meaning: who searches for a class finds it. Private classes are their file's own affair."""
    homes: dict[str, list[str]] = {}
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(f"{_named(path)}:{node.lineno}")
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


# Lines at most, and the tables that may be longer: a table is looked up, not read.
LONGEST = {"server": 360, "extension": 320}
TABLES = {
    "server/core/words.py": "the words of the contract, one enumeration after the other",
    "extension/hints/letters.js": "letters and what they are folded to, written by tests/unit/test_hints.py",
    "extension/lib/hotlines.js": "whom to tell, by country, each with its source",
}


def _grown_long() -> dict[str, int]:
    """The files over their limit, from the root, each with its lines."""
    paths = [*_modules(), *(ROOT / "extension").rglob("*.js")]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in paths}
    return {name: lines for name, lines in lengths.items() if lines > LONGEST[name.partition("/")[0]]}


def test_every_file_is_split_by_noun_before_it_grows_long() -> None:
    assert set(_grown_long()) == set(TABLES), f"{_grown_long()}: split what is no table; what fits is off the list"


# What has the same name in every folder may be imported under its folder's, or as what it keeps.
OF_A_FOLDER = {"store", "views", "register", "commands"}
KEEPS = {"server.ledger.monitoring.store": "checks", "server.ledger.delivery.store": "deliveries"}


def _other_names(path: Path) -> list[str]:
    """Where a file imports a module of ours under a name that is not the module's."""
    places = []
    for node in ast.walk(ast.parse(path.read_text())):
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            module = (
                _target(node.module, alias.name) if isinstance(node, ast.ImportFrom) and node.module else alias.name
            )
            *_, folder, own = ("", *module.split("."))
            if alias.asname is None or own != alias.name.rpartition(".")[2]:
                continue  # under its own name, or no module
            names = {own, KEEPS.get(module, folder)} if own in OF_A_FOLDER else {own}
            if module.startswith(("server.", "tests.", "benchmarks.")) and alias.asname not in names:
                places.append(f"{node.lineno}: {ast.unparse(node)}")
    return places


@pytest.mark.parametrize("folder", ["server", "tests", "benchmarks"])
def test_a_module_is_imported_under_its_own_name(folder: str) -> None:
    named = {str(path): places for path in (ROOT / folder).rglob("*.py") if (places := _other_names(path))}
    assert named == {}, "one name for one module, everywhere: rename the module, or import what you need of it"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("from server.ledger.listings import key as listing_key", True),
        ("from server.ledger.cases import store as file", True),
        ("import server.core.clock as time", True),
        ("from tests.unit import test_urls as urls", True),
        ("from server.ledger.cases import store as cases", False),
        ("from server.ledger.cases import store", False),
        ("from server.ledger.delivery import store as deliveries", False),
        ("from server.core.urls import read as read_url", False),
        ("import sqlalchemy as sa", False),
    ],
)
def test_another_name_for_a_module_would_be_seen(tmp_path: Path, line: str, seen: bool) -> None:
    file = tmp_path / "a.py"
    file.write_text(line)
    assert bool(_other_names(file)) == seen


def test_no_test_file_imports_another() -> None:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for name in _imports(path):
            last = name.rsplit(".", 1)[-1]
            assert not (name.startswith("tests.") and last.startswith("test_")), (
                f"{path} imports {name}: what two tests build stands in a module named for it"
            )


# Who may do what is asked of the access table. A role's name stands elsewhere for these reasons alone.
NAMES_A_ROLE = {
    "core/access.py": "the table itself",
    "core/people_phrases.py": "how each role is called on a page",
    "people/accounts/account_list.py": "whose rows an administrator looks for",
    "people/accounts/store.py": "whose rows a list of spotters shows, and the role an account is opened with",
    "demo/people.py": "the invented people",
}
A_ROLE = {"SPOTTER", "COORDINATOR", "COMPANY", "ADMIN"}


def _names_of_roles(path: Path) -> list[str]:
    """Where a file names a role, or compares somebody's: `Role.ADMIN`, `account.role == …`, `… in (…)`, getattr."""
    places = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("Role") and node.attr in A_ROLE:
            places.append(f"{node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            if any(isinstance(side, ast.Attribute) and side.attr == "role" for side in sides):
                places.append(f"{node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "Role"):
            texts = {part.value for part in node.args if isinstance(part, ast.Constant)}
            if texts & {"role", *access.Role}:
                places.append(f"{node.lineno}: {ast.unparse(node)}")
    return places


def test_no_code_but_the_access_table_decides_by_the_name_of_a_role() -> None:
    named = {_named(path): names for path in _modules() if (names := _names_of_roles(path))}
    assert set(named) - set(NAMES_A_ROLE) == set(), f"{named}: ask `access.can`, or `web.can` in a view"
    assert set(NAMES_A_ROLE) - set(named) == set(), "names no role any more: take it off the list"


def test_no_template_decides_by_the_name_of_a_role() -> None:
    for path in sorted((SERVER / "templates").rglob("*.*")):
        for place in re.finditer(r"\.role\b(?!\])", path.read_text()):
            before = path.read_text()[: place.start()]
            line = before.count("\n") + 1
            in_comment = before.rfind("{#") > before.rfind("#}")
            assert in_comment, f'{path}:{line}: ask can("…") of the access table'


def test_every_action_that_is_asked_for_is_in_the_access_table_and_every_one_is_used() -> None:
    asked = set()
    sources = [*_modules(), *(SERVER / "templates").rglob("*.*")]
    for path in sources:
        asked |= set(re.findall(r"""\b(?:can|able|holders)\(["'](\w+\.\w+)["']""", path.read_text()))
    used = {rule.action for rule in endpoints.RULES.values()} | set(access.SCOPES.values())
    assert asked | used - {""} <= set(access.ACTIONS), (asked | used) - set(access.ACTIONS)
    assert set(access.ACTIONS) <= used, "an action that no endpoint is"
    assert len(asked) > 12


def test_every_kind_of_work_has_words_on_the_page_of_operations() -> None:
    sources = "\n".join(path.read_text() for path in _modules())
    kinds = set(re.findall(r"""@work\.handler\(["'](\w+)["']""", sources))
    assert kinds == set(wordings.KINDS), "server/pages/operations/wordings.py words each kind of work"


READS = {"startswith", "endswith", "partition", "rpartition", "removeprefix", "removesuffix", "find", "index"}
# Words beside a space, as a sentence has them: what an ad or a bank says is read by the lexicon, what we say by nobody.
OF_A_SENTENCE = re.compile(r"[^\W\d_]{2,},? [^\W\d_]|^ [^\W\d_]{3,}|[^\W\d_]{3,} $")
# What others write has words too: PostgreSQL says of a lock that it timed out.
READS_OTHERS_WORDS = {"ledger/reports/idempotency.py"}


def _sentences_read(path: Path) -> list[str]:
    """Where code asks whether a text has words of a sentence in it."""
    places = []
    for node in ast.walk(ast.parse(path.read_text())):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READS:
            asked = [part for arg in node.args for part in (arg.elts if isinstance(arg, ast.Tuple) else [arg])]
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn | ast.Eq | ast.NotEq):
            asked = [node.left, *node.comparators]
        texts = [part.value for part in asked if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        places += [f"{node.lineno}: {ast.unparse(node)}" for text in texts if OF_A_SENTENCE.search(text)]  # type: ignore[attr-defined]
    return places


def test_every_number_is_one_decision_record() -> None:
    """Code and documents cite a record by its number alone."""
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert sorted(number for number in numbers if numbers.count(number) > 1) == []


def test_every_decision_record_begins_alike() -> None:
    """With its number and title, its date and whether it is in force; then what it rests on and what was decided."""
    head = re.compile(
        r"# 0*(\d+)\.? [^\n]+\n\n\d{4}-\d\d-\d\d, (in force|superseded)[^\n]*\n\n## Context\n.*\n## Decision\n",
        re.DOTALL,
    )
    records = [(path.name, head.match(path.read_text())) for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert [name for name, begun in records if not begun or int(begun[1]) != int(name[:4])] == []


def test_no_code_reads_a_sentence_to_learn_something() -> None:
    """What code has to know is kept as a code with its parameters: words change, and are said in many languages."""
    read = {_named(path): places for path in _modules() if (places := _sentences_read(path))}
    assert set(read) == READS_OTHERS_WORDS, f"{read}: keep a code (docs/decisions/0018)"


def test_a_sentence_that_is_read_would_be_seen(tmp_path: Path) -> None:
    for number, line in enumerate((
        'x = words.endswith(" reports")', 'x = reason["words"].startswith("Still there")',
        'x = sentence.partition("” speaks against ")[0]', 'x = "could not be" in detail', 'x = text == "This is over."',
    )):  # fmt: skip
        file = tmp_path / f"{number}.py"
        file.write_text(line)
        assert _sentences_read(file), line


WORDS_OF = {"Refused": 1, "ValidationError": 0}  # which argument people read
ADMINISTRATORS = ("commands/", "core/config.py", "core/setting_checks.py")  # read in a terminal, in English


def _unmarked_refusals(path: Path) -> list[str]:
    """Where `Refused(kind, …)` or a `ValidationError(…)` is given words that no translation can know.

    Marked words come as a call of a function (`sentence`, `counted`, or one that returns them), or under a name.
    """
    tree = ast.parse(path.read_text())
    unmarked_names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _glued(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    places = []
    for node in ast.walk(tree):
        place = WORDS_OF.get(ast.unparse(node.func).rpartition(".")[2]) if isinstance(node, ast.Call) else None
        if place is not None and isinstance(node, ast.Call) and len(node.args) > place:
            detail = node.args[place]
            if _glued(detail) or (isinstance(detail, ast.Name) and detail.id in unmarked_names):
                places.append(f"{node.lineno}: {ast.unparse(node)}")
    return places


def _glued(node: ast.expr) -> bool:
    """Whether an expression makes text by itself: a literal with words, an f-string, a sum, a join or a format."""
    if isinstance(node, ast.IfExp):
        return _glued(node.body) or _glued(node.orelse)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value != ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in ("join", "format")
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def test_every_refusal_can_be_translated() -> None:
    unmarked = {_named(path): places for path in _modules() if (places := _unmarked_refusals(path))}
    assert {path: places for path, places in unmarked.items() if not path.startswith(ADMINISTRATORS)} == {}


def test_an_unmarked_refusal_would_be_seen(tmp_path: Path) -> None:
    for number, line in enumerate((
        'raise Refused("gone", "This is over.")', 'raise Refused("gone", f"{name} is over.")',
        'raise words.Refused("gone", "; ".join(wrong) + ".")', 'raise ValidationError("Say why.", "reason")',
        'raise Refused("gone", sentence("Over.") if late else "This is over.")',
        'detail = f"{name} is over."\nraise Refused("gone", detail)',
    )):  # fmt: skip
        file = tmp_path / f"{number}.py"
        file.write_text(line)
        assert _unmarked_refusals(file), line
    file.write_text('raise Refused("gone", sentence("This is over."))\nraise Refused("gone", CLOSED)')
    assert not _unmarked_refusals(file)


@pytest.mark.parametrize("path", sorted((SERVER / "journeys").rglob("*.py")), ids=_named)
def test_a_journey_asks_the_room_to_set_its_fields(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        for target in targets:
            for part in ast.walk(target):
                where = f"{_named(path)}:{node.lineno}"
                assert not isinstance(part, ast.Attribute), f"{where} sets a field: a function of the room's store does"
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
            writing = {alias.name for alias in node.names} & {"insert", "update", "delete"}
            assert not writing, f"{_named(path)} writes to a room's table by {writing}: a function of its store does"
