"""Whether a translation says the same as the module it was made from. Pure."""

from server.people.courses.bank import Question
from server.people.courses.markdown import Lesson
from server.people.courses.yaml_lines import Reader


def compare_lessons(original: tuple[Lesson, ...], made: tuple[Lesson, ...], reader: Reader) -> None:
    """Note every lesson that is missing, added or moved."""
    names = [lesson.name for lesson in original]
    for name in names:
        if name not in {lesson.name for lesson in made}:
            reader.note(1 - reader.offset, f"the lesson {name} is missing")
    kept = [lesson for lesson in made if lesson.name in names]
    for lesson in made:
        if lesson.name not in names:
            reader.note(lesson.line, f"the lesson {lesson.name} is not in the original; names stay as they are")
    in_order = sorted(kept, key=lambda lesson: names.index(lesson.name))
    for lesson, expected in zip(kept, in_order, strict=True):
        if lesson.name != expected.name:
            reader.note(lesson.line, f"the lesson {lesson.name} stands where the original has {expected.name}")
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
    if made.lesson != original.lesson:
        return f"the lesson is {made.lesson}, in the original it is {original.lesson}"
    if (made.ad is None) != (original.ad is None):
        return f"the ad is {'missing' if original.ad else 'added'}"
    if len(made.lefts) != len(original.lefts) or len(made.choices) != len(original.choices):
        return f"{len(made.choices)} possible answers, in the original there are {len(original.choices)}"
    if [choice.right for choice in made.choices] != [choice.right for choice in original.choices]:
        return "the right answers stand in other places than in the original"
    return ""
