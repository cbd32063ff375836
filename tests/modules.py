"""Training modules made for a test, and the shipped ones."""

from pathlib import Path

import yaml

from server.people.courses import catalogue

SHIPPED = catalogue.CONTENT


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


FRONT = {
    "title": "Small", "summary": "For tests.", "objectives": ["Tell"], "minutes": 1, "track": "spotter", "order": 1,
    "language": "en", "version": "DAY", "required": True,
    "sources": [{"name": "A book", "dated": "2020", "read": "in full"}],
}  # fmt: skip


BODY = '## One {#one}\n\nRead this.\n\n![A line](line.svg "Line | Straight.")\n\n## Two {#two}\n\nAnd that.\n'


def item(number: int, **changes: object) -> dict:
    right = {"text": f"right {number}", "right": True}
    wrong = [{"text": f"wrong {number}a"}, {"text": f"wrong {number}b"}]
    question = {"name": f"q{number}", "kind": "single", "section": "one" if number % 2 else "two",
            "text": f"Question {number}?", "choices": [right, *wrong], "explanation": f"CANARY-{number}."}  # fmt: skip
    return question | changes


def flag(number: int) -> dict:
    ad = {"title": f"Ad {number}", "text": f"tusk {number}", "marks": {"trade": [f"tusk {number}"]}}
    return item(number, kind="flag", ad=ad)


def match(number: int, **changes: object) -> dict:
    pairs = [{"left": f"left {number}{side}", "right": f"right {number}{side}"} for side in "abc"]
    question = item(number, kind="match", pairs=pairs, others=[f"wrong {number}a"]) | changes
    del question["choices"]
    return question


def items(*more: dict) -> list[dict]:
    """The least sound bank, and more."""
    return [*map(item, range(15)), match(15), *map(flag, range(16, 20)), *more]


def of_exam(length: int = 60) -> list[dict]:
    """A sound bank for the exam alone: names of their own."""
    numbers = range(100, 100 + length)
    return [flag(n) if n % 10 == 0 else match(n) if n % 10 == 1 else item(n) for n in numbers]


def write(
    folder: Path,
    front: dict | None = None,
    body: str = BODY,
    bank: list[dict] | None = None,
    exam: list[dict] | None = None,
) -> Path:
    """A small sound module in `folder`, changed where a test says so; `exam`: the questions of its exam alone."""
    folder.mkdir(parents=True, exist_ok=True)
    head = yaml.safe_dump(FRONT | (front or {}), sort_keys=False, allow_unicode=True).replace("DAY", "2026-11-25")
    (folder / "module.md").write_text(f"---\n{head}---\n{body}")
    questions = {"questions": bank if bank is not None else items()}
    (folder / "bank.yaml").write_text(yaml.safe_dump(questions, sort_keys=False, allow_unicode=True))
    if exam is not None:
        (folder / "exam.yaml").write_text(yaml.safe_dump({"questions": exam}, sort_keys=False, allow_unicode=True))
    (folder / "line.svg").write_text(SVG)
    return folder


def translated(folder: Path, front: dict | None = None, body: str = BODY, bank: list[dict] | None = None) -> Path:
    """A sound translation of the small module, changed where a test says so."""
    words = {"title": "Petit", "summary": "Pour les tests.", "objectives": ["Distinguer"], "language": "fr"}
    head = yaml.safe_dump(words | {"version": "DAY"} | (front or {}), allow_unicode=True).replace("DAY", "2026-11-25")
    (folder / "fr").mkdir()
    (folder / "fr/module.md").write_text(f"---\n{head}---\n{body.replace('Read this', 'Lisez ceci')}")
    questions = {"cannot_tell": "Je ne peux pas le dire", "questions": bank if bank is not None else items()}
    (folder / "fr/bank.yaml").write_text(yaml.safe_dump(questions, sort_keys=False, allow_unicode=True))
    return folder
