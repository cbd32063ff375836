"""Slips in several fields, told together: who fixes one should not learn only then of the next."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from server.core.sentences import Sentence
from server.core.words import Refused

Errors = Mapping[str, Sequence[str]]
"""Sentences by field, as a form has them."""


KINDS = ("invalid", "conflict", "names-a-person")


class Slips:
    """What is wrong with each field so far. known: what the form itself found wrong; no more is said of those fields."""

    def __init__(self, known: Errors | None = None) -> None:
        self._known = {field: list(sentences) for field, sentences in (known or {}).items()}
        self._refused: list[Refused] = []

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self._known or self._refused)

    @contextmanager
    def kept(self, prefix: str = "") -> Iterator[None]:
        """Keep a refusal that says what is wrong with which field; any other goes on. prefix: of the fields' names."""
        try:
            yield
        except Refused as refusal:
            if not refusal.errors or refusal.kind not in KINDS:
                raise
            refusal.errors = {f"{prefix}{field}": sentences for field, sentences in refusal.errors.items()}
            self._refused.append(refusal)

    def tell(self) -> None:
        """Raises Refused with all of them where anything is wrong: of their kind if they have one kind, else "invalid"."""
        if not self:
            return
        errors = dict(self._known)
        for refusal in self._refused:
            for field, sentences in refusal.errors.items():
                if field not in self._known:
                    errors[field] = list(dict.fromkeys((*errors.get(field, ()), *sentences)))
        kinds = {refusal.kind for refusal in self._refused}
        detail = self._refused[0].detail if self._refused else next(iter(errors.values()))[0]
        raise Refused(kinds.pop() if len(kinds) == 1 and not self._known else "invalid", detail, errors=errors)


def refuse(**problems: Sentence | None) -> None:
    """Raises Refused("invalid") with what is wrong, by field; None: nothing is wrong with that one."""
    errors: dict[str, list[str]] = {name: [problem] for name, problem in problems.items() if problem}
    if errors:
        raise Refused("invalid", next(iter(errors.values()))[0], errors=errors)
