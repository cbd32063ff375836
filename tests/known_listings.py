"""Known listings of the practice lane, made for a test."""

import yaml


def listing(number, **changes):
    """One small listing; even ones are to flag."""
    fields = {
        "name": f"listing-{number}", "truth": "innocent" if number % 2 else "flag", "group": "bird", "wrong_of_100": 20,
        "lesson": "small/one", "ad": {"title": f"Bird {number}", "text": "sings", "marks": {"trade": ["sings"]}},
        "explanation": f"CANARY-K{number}.",
    }  # fmt: skip
    return {key: value for key, value in (fields | changes).items() if value is not None}


def write(path, first=None, count=30):
    """A small sound file at `path`, its first listing changed where a test says so."""
    listings = [listing(number, **(first or {} if number == 0 else {})) for number in range(count)]
    path.write_text(yaml.safe_dump({"listings": listings}, sort_keys=False, allow_unicode=True))
    return path
