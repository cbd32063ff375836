"""Lessons and questions as plain words, to compare and to search. Pure."""

import functools
import hashlib
import html
import re

import nh3

from server.people.courses import differences
from server.people.courses.bank import Question
from server.people.courses.markdown import Ad, Lesson


def words(lesson: Lesson) -> str:
    """Everything a lesson says: its title, prose and links, its ads, and what stands at its pictures."""
    said = [lesson.title]
    for block in lesson.blocks:
        if isinstance(block, str):
            said += [nh3.clean(re.sub(r"</(p|li|h3|t[hd])>", r" | </\1>", block), tags=set())]
            said += re.findall(r'href="([^"]+)"', block)
        elif isinstance(block, Ad):
            said += [block.title, block.text, block.price, *([block.picture.alt] if block.picture else [])]
        else:
            said += [part for picture in block for part in (picture.head, picture.caption, picture.alt)]
    return " ".join(html.unescape(" | ".join(filter(None, said))).split())


def key(question: Question) -> str:
    """A question, the places of what is right, and what that says."""
    if question.lefts:
        right = [f"{left} = {choice.text}" for left, choice in zip(question.lefts, question.choices, strict=False)]
        return f"{question.text} => {' | '.join(sorted(right))}"
    at = [place for place, choice in enumerate(question.choices) if choice.right]
    right = sorted(question.choices[place].text for place in at)
    return f"{question.text} => {' | '.join(right)} [{' '.join(str(place + 1) for place in at)}]"


@functools.cache
def version(question: Question) -> str:
    """SHA-256 over all that a question asks and offers: a comma, its explanation and a drawing do not change it."""
    said = [question.kind, key(question), *question.lefts, *(choice.text for choice in question.choices)]
    if question.ad:
        said += [question.ad.title, question.ad.text, question.ad.price]
    folded = ["\0".join(token.folded for token in differences.tokens(words)) for words in said]
    return hashlib.sha256("\1".join(folded).encode()).hexdigest()
