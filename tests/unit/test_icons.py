"""Every icon that a template names is in the sprite: one that is not leaves a gap where a warning had its sign."""

import re
from pathlib import Path

SERVER = Path(__file__).parents[2] / "server"
SPRITE = SERVER / "static" / "vendor" / "bootstrap-icons" / "sprite.svg"
FIRST = re.compile(r"\bicon\(([^,()]*)")  # what the call says of the name, such as "eye" if looked else "eye-slash"


def named() -> dict[str, set[str]]:
    """Icon -> the templates that name it."""
    icons: dict[str, set[str]] = {}
    for file in (SERVER / "templates").rglob("*.html"):
        for said in FIRST.findall(file.read_text()):
            for name in re.findall(r'(?<![=!]= )["\']([a-z0-9-]+)["\'](?!\])', said):
                icons.setdefault(name, set()).add(file.name)
    return icons


def test_the_sprite_has_every_icon():
    there, icons = set(re.findall(r'id="([^"]+)"', SPRITE.read_text())), named()
    assert len(icons) > 40
    assert {name: files for name, files in icons.items() if name not in there} == {}
