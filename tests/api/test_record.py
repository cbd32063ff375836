"""What is kept about a person, taken away as a file: theirs whole, nobody else's, and no secret."""

from server.core.words import Level
from server.journeys.spotter import accrediting
from tests.small_module import learn, teach_small


def test_a_person_takes_away_their_record_and_nothing_of_anybody_else(app, people, tmp_path):
    teach_small(app, tmp_path)
    ben = learn(people)
    people.token("ben")
    accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful and kind.", Level.PROBATION)
    answer = ben.get("/profile/record.json")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    record = answer.json
    assert record["account"]["email"] == "ben@people.test"
    assert [row["why"] for row in record["accreditations"]] == ["Careful and kind."]
    assert record["signatures"][0]["name"] == "Ben Okoro"
    assert record["attempts"][0]["passed"] and record["tokens"][0]["label"] == "tests"
    assert "exam_passed" in [row["action"] for row in record["audit"]]
    answers = record["attempt_answers"]
    assert len(answers) == record["attempts"][0]["of"] and "chosen" not in answers[0] and answers[0]["right"]
    assert not {"drawn", "order"} & set(record["attempts"][0]), "an open exam's key is not taken away either"
    others = [people.ids[who] for who in ("ana", "cora", "dan")]
    assert not [word for word in (*others, "ana@people.test", "Cora", "$argon2", '"hash"') if word in answer.text]


def test_the_desk_takes_a_spotters_record_and_nobody_elses(people):
    path = f"/people/{people.ids['ben']}/record.json"
    assert people.browser("cora").get(path).json["account"]["name"] == "Ben"
    assert people.browser("ada").get(path).status_code == 200
    assert people.browser("ana").get(path).status_code == 403
    assert people.browser("cora").get(f"/people/{people.ids['dan']}/record.json").status_code == 404
