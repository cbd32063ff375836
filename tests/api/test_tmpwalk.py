from tests import every_state
from tests.api.test_walk import whole_walk


def test_tmp(app, people, report_json, tmp_path):
    every_state.build(app, people, report_json())
    w = whole_walk(app, people, tmp_path)
    w.learn()
    for e in ("review.show", "review.answer", "review.answered", "training.answer_practice", "training.practised"):
        w.endpoint_amiss(e)
        print(e, len(w.refused()))
    assert not w.failures and not [r for r in w.refused() if "review" in str(r) or "practi" in str(r)], w.refused()
