"""Which exams an accreditation needs: those of every required module, and of one group of species. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from server.people.courses.module import Module


def modules(taught: Iterable[Module]) -> list[Module]:
    """The modules whose exam may be needed: the required ones, then those of which one is chosen."""
    taught = list(taught)
    return [module for module in taught if module.required] + [module for module in taught if module.one_of_groups]


def complete(passed: Collection[str], taught: Iterable[Module]) -> bool:
    """Whether these passed exams, by the slug of their module, are all that is needed."""
    taught = list(taught)
    groups = [module.slug for module in taught if module.one_of_groups]
    return all(module.slug in passed for module in taught if module.required) and (
        not groups or any(slug in passed for slug in groups)
    )


def since(passed: Mapping[str, datetime], taught: Iterable[Module]) -> datetime:
    """When the last exam that was needed was passed, of those of which one is chosen the first. For who is complete."""
    taught = list(taught)
    required = [passed[module.slug] for module in taught if module.required]
    groups = [passed[module.slug] for module in taught if module.one_of_groups and module.slug in passed]
    return max([*required, *sorted(groups)[:1]])


def to_study(read: Mapping[str, Collection[str]], passed: Collection[str], taught: Iterable[Module]) -> list[Module]:
    """The modules one studies: the required ones, and of the groups the one passed, else the one read furthest."""
    taught = list(taught)
    groups = [module for module in taught if module.one_of_groups]
    groups.sort(key=lambda module: (module.slug not in passed, -len(read.get(module.slug, ()))))
    return [module for module in taught if module.required] + groups[:1]
