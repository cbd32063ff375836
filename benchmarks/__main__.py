"""make bench: every benchmark, side by side with its peers; the tables go to docs/benchmarks. Notes below a table stay.

`scale` fills a large database and takes minutes: it is run by itself, `python -m benchmarks.scale [REPORTS ...]`.
"""

import importlib
import platform
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs" / "benchmarks"
NOTES = "\n## Notes\n"  # what follows was written by somebody
BENCHMARKS = (
    "intake", "matching", "addresses", "reading", "extension", "skill", "texts", "photos", "learning", "similarity",
    "past_work", "delivery", "waiting",
)  # fmt: skip

for name in BENCHMARKS:
    print(f"\n== {name}", flush=True)
    table = importlib.import_module(f"benchmarks.{name}").main()
    print(table)
    title = f"# {name.replace('_', ' ').capitalize()}\n\nMeasured by `make bench` on {platform.machine()}, Python {platform.python_version()}.\n\n"
    document = DOCS / f"{name}.md"
    _, heading, notes = document.read_text().partition(NOTES) if document.exists() else ("", "", "")
    document.write_text(title + str(table) + "\n" + heading + notes)
