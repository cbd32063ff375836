"""What is taught in the programme: small modules, one of which changes in meaning on the way."""

from datetime import date
from pathlib import Path

from tests.modules import of_exam
from tests.modules import write as write_module

BODY = "## One {#one}\n\nRead this: %s.\n\n## Two {#two}\n\nAnd that.\n"
CHANGE = {"day": date(2026, 12, 6), "kind": "material", "parts": ["one"], "what": "Another number"}
MODULES = {"basics": True, "birds": "one_of_groups", "reptiles": "one_of_groups"}
LESSONS = ("one", "two")


def write(folder: Path) -> tuple[Path, Path]:
    """Two folders: what is taught at first, and the same after one lesson has changed."""
    before, after = folder / "taught", folder / "changed"
    for place in (before, after):
        for order, (slug, required) in enumerate(MODULES.items(), 1):
            changes = [CHANGE] if place == after and slug == "basics" else []
            front = {"title": slug.title(), "order": order, "required": required, "exam": "2026-11-25"}
            if changes:
                front |= {"changes": changes, "version": CHANGE["day"]}
            text = BODY % ("call 112" if changes else "call 110")
            write_module(
                place / slug,
                front,
                text.replace("And that.", 'And that.\n\n![A line](line.svg "Line | Straight.")'),
                exam=of_exam(66),
            )
    return before, after
