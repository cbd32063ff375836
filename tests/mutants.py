"""Mutation tests of the rules of the field: `make mutants` (or `python -m tests.mutants [FILE…] [--sample N] [--seed N]`).

Every rule file (pure, so it says *Pure* in its docstring) is changed in one small way at a time, by the operators of
cosmic-ray; the unit tests that import it must notice. A changed file never reaches the disk: a child process loads
the changed source instead of the file's. What lives on is printed with its line; the table at the end counts.
"""

import argparse
import ast
import contextlib
import functools
import gc
import io
import os
import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cosmic_ray.ast import get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[1]
CORE = (
    "escapes",
    "urls",
    "patterns",
    "redirects",
    "sharers",
    "tracking",
    "folding",
    "unmasking",
    "name_patterns",
    "times",
    "outcome",
)
# Boundaries, constants, negations, arithmetic. What changes nothing (`is` for `==`) or says nothing of a rule is left out.
OPERATORS = re.compile(
    r"core/(NumberReplacer|ReplaceComparisonOperator_(Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_GtE|LtE_Gt|Gt_LtE|GtE_Lt|Eq_NotEq|NotEq_Eq|"
    r"Is_IsNot|IsNot_Is|In_NotIn|NotIn_In)|ReplaceAndWithOr|ReplaceOrWithAnd|AddNot|ReplaceTrueWithFalse|"
    r"ReplaceFalseWithTrue|ReplaceBreakWithContinue|ReplaceContinueWithBreak|ReplaceUnaryOperator_(USub_UAdd|Not_\w+|Delete_\w+)|"
    r"ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul)|ZeroIterationForLoop)\Z"
)
# Flags of dataclasses and their fields, caches and zip: no rule hangs on them.
FLAGS = ("frozen", "kw_only", "slots", "init", "repr", "compare", "maxsize", "strict")


@dataclass(frozen=True)
class Mutant:
    """One small change: which operator, its occurrence, and the changed source."""

    operator: str
    line: int
    source: str


def rules() -> list[Path]:
    """Every rule file of the rooms, and the pure core."""
    rooms = [path for wing in ("people", "ledger", "coalition") for path in (ROOT / "server" / wing).rglob("*.py")]
    pure = [path for path in rooms if "Pure" in (ast.get_docstring(ast.parse(path.read_text())) or "")]
    core = [ROOT / "server" / "core" / f"{name}.py" for name in CORE]
    return sorted([*pure, *(path for path in core if path.exists())])


def tests_of(module: str) -> list[str]:
    """The unit tests named for a module, then those that import it; else those of the rule files that import it."""
    return _importing(module) or sorted(
        {test for path in rules() if module in _imported(str(path)) for test in _importing(_module(path))}
    )


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _importing(module: str) -> list[str]:
    package, _, name = module.rpartition(".")
    imports = re.compile(
        rf"from {re.escape(package)} import [^\n]*\b{name}\b|from {re.escape(module)} import|import {re.escape(module)}\b"
    )
    return [
        str(path.relative_to(ROOT))
        for path in sorted(
            (ROOT / "tests" / "unit").glob("test_*.py"), key=lambda path: (name not in path.stem, path.stem)
        )
        if path.stem == f"test_{name}"
        or imports.search(path.read_text().replace("(\n    ", "").replace(",\n    ", ", "))
    ]


def mutants(path: Path, order: random.Random | None = None) -> Iterator[Mutant]:
    """Every change that can be made to a file and still compiles, without those of its docstrings and annotations.

    By operator; or in a random order.
    """
    source = path.read_text()
    tree, indifferent = get_ast(source), _indifferent(source)
    places = [
        (name, occurrence, start)
        for name in sorted(filter(OPERATORS.match, operator_names()))
        for occurrence, (start, _end) in enumerate(_positions(get_operator(name)(), tree))
        if start not in indifferent
    ]
    if order:
        order.shuffle(places)
    for name, occurrence, start in places:
        if "BinaryOperator" in name and re.match(r"\*\s*,", source.splitlines()[start[0] - 1][start[1] :]):
            continue  # the star of keyword arguments is no product
        changed = mutate_code(source.encode(), get_operator(name)(), occurrence)
        if changed is not None and changed != source and compiles(changed):
            yield Mutant(name.removeprefix("core/"), start[0], changed)


def _indifferent(source: str) -> set[tuple[int, int]]:
    """Where constants stand that state no rule: how many digits are shown, a cache's size, flags of dataclasses and zip."""
    constants: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "round":
                constants += node.args[1:]
            elif node.func.id in ("dataclass", "field", "lru_cache", "zip"):
                constants += [keyword.value for keyword in node.keywords if keyword.arg in FLAGS]
    lines = source.splitlines()
    return {(node.lineno, len(lines[node.lineno - 1].encode()[: node.col_offset].decode())) for node in constants}


def compiles(source: str) -> bool:
    """Whether a changed source is Python at all."""
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _positions(operator: Any, tree: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    nodes = [tree]
    while nodes:
        node = nodes.pop(0)
        yield from operator.mutation_positions(node)
        nodes[:0] = getattr(node, "children", [])


class _Changed(MetaPathFinder):
    """Loads one module from a changed source."""

    def __init__(self, module: str, path: Path, source: str) -> None:
        self.module, self.path, self.source = module, path, source

    def find_spec(self, name: str, _path: Any, _target: Any = None) -> ModuleSpec | None:
        return spec_from_loader(name, self, origin=str(self.path)) if name == self.module else None

    def create_module(self, _spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self.path)
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def warm(tests: list[str]) -> None:
    """Run the tests once here: what they load and keep serves every child. Those that ask for the rig open databases."""
    for test in tests:
        if _conftest(test):
            _passes(test)


def forget(module: str | None) -> None:
    """Unload a module and whatever imports it, so that each child loads these alone; None: all that is ours."""
    loaded = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in ("server", "tests")}
    gone = {name for name in loaded if module is None or name == module or name.startswith("tests.unit.")}
    gone -= {__name__, __name__.partition(".")[0]}
    while module and (more := {name for name in loaded.keys() - gone if _imports(loaded[name]) & gone}):
        gone |= more
    for name in gone & sys.modules.keys():
        package, _, last = name.rpartition(".")
        vars(loaded.get(package)).pop(last, None) if package in loaded else None
        del sys.modules[name]
    gc.collect()
    gc.freeze()


def _imports(module: ModuleType) -> set[str]:
    return _imported(module.__file__) if getattr(module, "__file__", None) else set()


@functools.cache
def _imported(file: str) -> set[str]:
    """What a file imports, the modules and whatever is taken from them, by their full names."""
    names = set()
    for node in ast.walk(ast.parse(Path(file).read_text())):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return names


def survives(module: str, path: Path, source: str, tests: list[str], patience: float) -> bool:
    """Whether the tests pass with the changed source: in a child, so that nothing of it stays."""
    child = os.fork()
    if child == 0:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        os.setsid()
        sys.meta_path.insert(0, _Changed(module, path, source))
        try:
            # A file at a time: most mutants die in the first, and what the others read need not be read.
            passed = all(map(_passes, tests))
        except BaseException:
            passed = False
        os._exit(0 if passed else 1)
    until = time.monotonic() + patience
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False  # it hangs: that would be noticed


def _passes(test: str) -> bool:
    """Whether a file of tests passes here, in silence, without the plugins that no rule needs."""
    quick = ["-x", "--tb=no", "--assert=plain", "-p", "no:unraisableexception", "-p", "pytest_timeout"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main([*quick, *_conftest(test), test]) == 0


def _conftest(test: str) -> list[str]:
    """The rig of accounts and databases is loaded only for tests that ask for it."""
    asked = re.compile(r"\b(app|client|people|settings|work_all|report_json|database_url|template)\b[,):]")
    signatures = "\n".join(re.findall(r"^def [^)]*\)", (ROOT / test).read_text(), re.MULTILINE))
    return [] if asked.search(signatures) else ["--noconftest"]


def main() -> int:
    """Mutate, run, print. Exits non-zero when fewer than 95 of 100 mutants are noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="at most so many mutants of each file; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    table, lived = [], 0
    for path in [(ROOT / file).resolve() for file in options.files] or rules():
        module = _module(path)
        tests = tests_of(module)
        warm(tests)
        patience = 0.0
        for needless in (module, None):  # tables cannot be declared twice: then nothing of ours stays loaded
            forget(needless)
            start = time.monotonic()
            if tests and survives(module, path, path.read_text(), tests, 300):
                patience = 10 + 5 * (time.monotonic() - start)
                break
        if not patience:
            print(
                f"{path.relative_to(ROOT)}: {'no unit test imports it' if not tests else 'its tests fail as it is'}",
                flush=True,
            )
            table.append((path, 0, 0))
            continue
        order = random.Random(options.seed) if options.sample else None
        chosen = list(islice(mutants(path, order), options.sample or None))
        before, alive = path.read_text().splitlines(), 0
        for mutant in chosen:
            if not survives(module, path, mutant.source, tests, patience):
                continue
            alive += 1
            after = mutant.source.splitlines()
            place = next(
                (i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), mutant.line - 1
            )
            print(
                f"{path.relative_to(ROOT)}:{place + 1}: {before[place].strip()}  ->  {after[place].strip()}", flush=True
            )
        table.append((path, len(chosen), len(chosen) - alive))
        lived += alive
        print(f"-- {path.relative_to(ROOT)}: {len(chosen) - alive} of {len(chosen)}", flush=True)
    print(f"\n{'file':60} {'mutants':>8} {'noticed':>8}")
    for path, number, noticed in table:
        share = f"{100 * noticed / number:4.0f} %" if number else "   -"
        print(f"{path.relative_to(ROOT)!s:60} {number:8} {noticed:8} {share}")
    whole = sum(number for _, number, _ in table)
    share = 100 * (whole - lived) / whole if whole else 0.0
    print(f"{'all':60} {whole:8} {whole - lived:8} {share:4.1f} %")
    return 0 if share >= 95 else 1


if __name__ == "__main__":
    sys.exit(main())
