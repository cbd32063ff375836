"""What an author says that changed in a module. Pure.

`changes` in the front matter lists them, the oldest first. A material one names the lessons (`parts`) whose meaning changed:
whoever is accredited passes a short test on these. A minor one asks nobody; it names the lessons that say the same in other
words (`reworded`). `taught.py` checks both against what was taught before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from server.people.courses.markdown import Lesson
from server.people.courses.yaml_lines import Located, Reader

MINOR, MATERIAL = "minor", "material"


@dataclass(frozen=True)
class Change:
    """One change of a module as declared. `parts`: the lessons it is about; a minor one has them reworded."""

    slug: str
    day: date
    material: bool
    parts: tuple[str, ...]
    what: str

    @cached_property
    def state(self) -> tuple[str, str]:
        """The name and the hash that it is known by among the states of contents."""
        return f"{self.slug}/{self.day}", str(self.day)


def read(slug: str, meta: Located, head: Reader, lessons: Sequence[Lesson]) -> tuple[Change, ...]:
    """The declared changes of a module, the oldest first. What is wrong goes to `head`."""
    if "changes" not in meta:
        return ()
    items = head.mappings(meta, "changes")
    changes = tuple(_change(slug, item, head, {lesson.name for lesson in lessons}) for item in items)
    for at, (earlier, later) in enumerate(pairwise(changes)):
        if later.day <= earlier.day:
            head.note(items[at + 1].line, "changes stand in the order of their days, one a day")
    if "exam" not in meta:
        head.note(meta.lines["changes"], "changes need exam: else every change of a word asks for the whole exam again")
    material = [change.day for change in changes if change.material]
    if material and meta.get("version", material[-1]) != material[-1]:
        head.note(meta.lines["version"], f"version must be the day of the last material change, {material[-1]}")
    return changes


def _change(slug: str, item: Located, head: Reader, lessons: set[str]) -> Change:
    kind = head.text(item, "kind")
    if kind and kind not in (MINOR, MATERIAL):
        head.note(item.lines["kind"], f"kind must be {MINOR} or {MATERIAL}")
    named = "parts" if kind == MATERIAL else "reworded"
    head.known(item, "day", "kind", "what", named)
    parts = head.words(item, named, needed=kind == MATERIAL)
    for part in parts:
        if part not in lessons:
            head.note(item.lines[named], f"the module has no lesson {part}")
    return Change(slug, head.day(item, "day"), kind == MATERIAL, parts, head.text(item, "what"))
