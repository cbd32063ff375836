"""Judgements for the rules of skill."""

from server.people.skill.posterior import Judgement, Outcome

ACTED = Judgement(Outcome.ACTED)
RIGHT, WRONG = Judgement(Outcome.GOLD_RIGHT), Judgement(Outcome.GOLD_WRONG)
