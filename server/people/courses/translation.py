"""Whether a translation says the same as the module it was made from. Pure."""

from server.people.courses.bank import Question
from server.people.courses.markdown import Lesson
from server.people.courses.yaml_lines import Reader


def compare_lessons(original: tuple[Lesson, ...], translated: tuple[Lesson, ...], reader: Reader) -> None:
    """Note every lesson that is missing, added or moved."""
    names = [lesson.name for lesson in original]
    for name in names:
        if name not in {lesson.name for lesson in translated}:
            reader.note(1 - reader.offset, f"the lesson {name} is missing")
    kept = [lesson for lesson in translated if lesson.name in names]
    for lesson in translated:
        if lesson.name not in names:
            reader.note(lesson.line, f"the lesson {lesson.name} is not in the original; names stay as they are")
    in_order = sorted(kept, key=lambda lesson: names.index(lesson.name))
    for lesson, expected in zip(kept, in_order, strict=True):
        if lesson.name != expected.name:
            reader.note(lesson.line, f"the lesson {lesson.name} stands where the original has {expected.name}")
            break


def compare_questions(original: tuple[Question, ...], questions: tuple[Question, ...], reader: Reader) -> None:
    """Note every question that is missing or added, or whose answer would be another."""
    known = {question.name: question for question in original}
    translated = {question.name: question for question in questions}
    for name in known.keys() - translated.keys():
        reader.note(1, f"the question {name} is missing")
    for name in translated.keys() - known.keys():
        reader.note(translated[name].line, f"the question {name} is not in the original; names stay as they are")
    for name in known.keys() & translated.keys():
        if different := _different(known[name], translated[name]):
            reader.note(translated[name].line, f"{name}: {different}")


def _different(original: Question, translated: Question) -> str:
    if translated.kind != original.kind:
        return f"the kind is {translated.kind}, in the original it is {original.kind}"
    if translated.lesson != original.lesson:
        return f"the lesson is {translated.lesson}, in the original it is {original.lesson}"
    if (translated.ad is None) != (original.ad is None):
        return f"the ad is {'missing' if original.ad else 'added'}"
    if original.ad and translated.ad and translated.ad.kinds != original.ad.kinds:
        return f"the ad marks {_listed(translated.ad.kinds)}, in the original it marks {_listed(original.ad.kinds)}"
    if len(translated.lefts) != len(original.lefts) or len(translated.choices) != len(original.choices):
        return f"{len(translated.choices)} possible answers, in the original there are {len(original.choices)}"
    if [choice.right for choice in translated.choices] != [choice.right for choice in original.choices]:
        return "the right answers stand in other places than in the original"
    return ""


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(kinds) or "nothing"
