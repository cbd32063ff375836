"""Whether a translation says the same as the module it was made from. Pure."""

from server.people.courses.bank import Question
from server.people.courses.lesson import Section
from server.people.courses.located import Reader


def compare_sections(original: tuple[Section, ...], made: tuple[Section, ...], reader: Reader) -> None:
    """Note every section that is missing, added or moved."""
    names = [section.name for section in original]
    for name in names:
        if name not in {section.name for section in made}:
            reader.note(1 - reader.offset, f"the section {name} is missing")
    kept = [section for section in made if section.name in names]
    for section in made:
        if section.name not in names:
            reader.note(section.line, f"the section {section.name} is not in the original; names stay as they are")
    in_order = sorted(kept, key=lambda section: names.index(section.name))
    for section, expected in zip(kept, in_order, strict=True):
        if section.name != expected.name:
            reader.note(section.line, f"the section {section.name} stands where the original has {expected.name}")
            break


def compare_questions(original: tuple[Question, ...], made: tuple[Question, ...], reader: Reader) -> None:
    """Note every question that is missing or added, or whose answer would be another."""
    known = {question.name: question for question in original}
    found = {question.name: question for question in made}
    for name in known.keys() - found.keys():
        reader.note(1, f"the question {name} is missing")
    for name in found.keys() - known.keys():
        reader.note(found[name].line, f"the question {name} is not in the original; names stay as they are")
    for name in known.keys() & found.keys():
        if different := _different(known[name], found[name]):
            reader.note(found[name].line, f"{name}: {different}")


def _different(original: Question, made: Question) -> str:
    if made.kind != original.kind:
        return f"the kind is {made.kind}, in the original it is {original.kind}"
    if made.section != original.section:
        return f"the section is {made.section}, in the original it is {original.section}"
    if (made.ad is None) != (original.ad is None):
        return f"the ad is {'missing' if original.ad else 'added'}"
    if len(made.lefts) != len(original.lefts) or len(made.choices) != len(original.choices):
        return f"{len(made.choices)} possible answers, in the original there are {len(original.choices)}"
    if [choice.right for choice in made.choices] != [choice.right for choice in original.choices]:
        return "the right answers stand in other places than in the original"
    return ""
