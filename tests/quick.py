"""Which unit and API tests speak of what changed: `make quick` runs them.

Changed is what differs from the last commit on main (or the last commit, on main itself), and what is not committed.
A test speaks of a module that it imports, of a template whose page it may draw (the API tests of that noun), and of
itself. The tests of the house always run.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALWAYS = "tests/unit/test_house.py"


def changed() -> list[str]:
    """Paths that changed, from the root."""

    def git(*words: str) -> list[str]:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    base = git("merge-base", "HEAD", "main")[0] if git("branch", "--list", "main") else "HEAD"
    if [base] == git("rev-parse", "HEAD"):
        base = "HEAD~1"
    return [*git("diff", "--name-only", base), *git("ls-files", "--others", "--exclude-standard")]


def speaking_of(paths: list[str]) -> list[str]:
    """The tests to run for these paths."""
    texts = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.glob("tests/[ua][np]i*/test_*.py"))}
    chosen = {ALWAYS}
    for path in paths:
        if path in texts:
            chosen.add(path)
        elif path.endswith("conftest.py"):
            return list(texts)
        elif path.endswith(".py"):
            package, _, name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".").rpartition(".")
            imports = re.compile(
                rf"from {re.escape(package)} import [^\n]*\b{name}\b|from {re.escape(package)}\.{name} import"
            )
            chosen |= {test for test, text in texts.items() if imports.search(text)}
        elif path.startswith("server/templates/"):
            chosen |= {test for test in texts if path.split("/")[2].rstrip("s").removesuffix(".html") in test}
    return sorted(chosen & (set(texts) | {ALWAYS}))


if __name__ == "__main__":
    tests = speaking_of(changed())
    print(f"{len(tests)} files of tests: {' '.join(Path(test).stem for test in tests)}", flush=True)
    sys.exit(subprocess.run([sys.executable, "-m", "pytest", "-n", "2", *tests], cwd=ROOT).returncode)
