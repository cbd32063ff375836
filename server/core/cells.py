"""Cells of tables that people open in a spreadsheet. Pure."""


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe before what could begin one."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠") else plain
