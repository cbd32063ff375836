"""A CSV of people to invite: what is fit, what is wrong in which line, and what is no such file at all."""

import time

import pytest

from server.core.words import Refused
from server.people.accounts.invitees import MOST_ROWS, Invitee, in_group, read, written
from server.people.accounts.store import refuse_unfit

NOOR = Invitee("Noor", "noor@example.org")


def of(text: str | bytes, known: set[str] = frozenset()):  # type: ignore[assignment]
    data = text.encode() if isinstance(text, str) else text
    return read(data, refuse_unfit, lambda addresses: known & set(addresses))


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("name,email\nNoor,noor@example.org\n", NOOR),
        ("\ufeffname,email\r\nNoor,Noor@Example.org \r\n", NOOR),
        ("E-Mail;Name\rnoor@example.org;Noor\r", NOOR),
        ("name;email;;\nNoor;noor@example.org;;\n", NOOR),
        ("\n\nname,email\n,\n\nNoor,noor@example.org", NOOR),
        ('name,email,cohort\n"Noor, the 1st",noor@example.org,"Spring ""27"""', Invitee("Noor, the 1st", "noor@example.org", (), 'Spring "27"')),
        ("name,email,language\nNoor,noor@example.org,ar EN/Thai ar", Invitee("Noor", "noor@example.org", ("ar", "en", "th"))),
        ("name,email\nنور,noor@example.org", Invitee("نور", "noor@example.org")),
        (f"name,email,cohort\nNoor,noor@example.org,{'c' * 60}", Invitee("Noor", "noor@example.org", (), "c" * 60)),
        ("cohort;email;name;language\nฤดูฝน;noor@example.org;Noor;", Invitee("Noor", "noor@example.org", (), "ฤดูฝน")),
    ],
)  # fmt: skip
def test_a_fit_row_is_read_in_the_dress_of_every_spreadsheet(text, fit):
    read_ = of(text)
    assert (read_.invitees, read_.rejected) == ((fit,), ())
    assert of(written(read_.invitees)) == read_, "what is written is read as the same"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Noor,noor", "valid email address"),
        ("Noor,noor@exämple.org", "valid email address"),
        (f"Noor,{'n' * 250}@example.org", "valid email address"),
        (",noor@example.org", "Enter a name"),
        (f"{'n' * 201},noor@example.org", "at most 200"),
        ('"No\nor",noor@example.org', "one line"),
        ("=cmd|' /C calc'!A0,noor@example.org", "formula"),
        ("@Noor,noor@example.org", "formula"),
        ("Noor,+noor@example.org", "formula"),
        ("＝Noor,noor@example.org", "formula"),
        ("Noor,noor@example.org,,-1+1", "formula"),
        ("Noor,noor@example.org,tlh", "do not know the language"),
        (f"Noor,noor@example.org,,{'c' * 61}", "at most 60"),
        ("Noor,noor@example.org,en,Spring,more", "more cells"),
        ("Ana,ana@example.org", "is in line 2"),
        ("Ana,ANA@example.org", "is in line 2"),
        ("Cora,cora@example.org", "already an account"),
    ],
)
def test_an_unfit_row_is_named_with_its_line_and_the_others_stand(row, message):
    text = f"name,email,language,cohort\nAna,ana@example.org\n{row}\nBen,ben@example.org"
    read_ = of(text, {"cora@example.org"})
    assert [invitee.email for invitee in read_.invitees] == ["ana@example.org", "ben@example.org"]
    [rejected] = read_.rejected
    assert rejected.line == 3
    assert message in rejected.reason
    assert len(rejected.shown) < 260


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "first row names the columns"),
        (b"name,email\n", "contains no people"),
        (b"Noor,noor@example.org\n", "first row names the columns"),
        (b"name,email,name\nNoor,noor@example.org,N", "first row names the columns"),
        (b"name,email,phone\nNoor,noor@example.org,1", "phone"),
        ("name,email\nJosé,jose@example.org".encode("latin-1"), "not in UTF-8 (line 2)"),
        ("\nname,email\nJosé,jose@example.org".encode("latin-1"), "not in UTF-8 (line 3)"),
        (b'"name,email\nNoor,noor@example.org\n', "line 1 cannot be read"),
        ("name,email\nNoor,noor@example.org".encode("utf-16"), "not in UTF-8"),
        ("name,email\nNoor,noor@example.org".encode("utf-16-le"), "NUL"),
        (b'name,email\nAna,ana@example.org\n"Noor,noor@example.org\n', "line 3 cannot be read"),
        (b"name,email\n" + b"x" * 140_000, "line 2 cannot be read"),
        (b"name,email\n" + b"x" * 999_989, "line 2 cannot be read"),  # a million bytes are not too many
        (b"name,email\n" + b"x" * 999_990, "1 MB"),
        (b"PK\x03\x04\x00\x00", "NUL"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(data, message):
    with pytest.raises(Refused, match=message.replace("(", r"\(").replace(")", r"\)")):
        of(data)


def test_what_is_shown_of_a_file_is_as_much_as_is_good_to_read():
    list_ = of(f"name,email,language,cohort\n{'n' * 61},,c,d,e\nNoor,noor@example.org,{'t' * 21}")
    assert [row.shown for row in list_.rejected] == [f"{'n' * 60}, c, d", f"Noor, noor@example.org, {'t' * 21}"]
    assert f"“{'t' * 20}”" in list_.rejected[1].reason
    with pytest.raises(Refused, match=f"“{'p' * 40}”"):
        of(f"name,email,{'p' * 41}\nNoor,noor@example.org,1")


def test_ten_thousand_people_are_a_list_and_one_more_is_not():
    rows = [f"N,n{number}@example.org" for number in range(MOST_ROWS)]
    assert len(of("\n".join(["name,email", *rows])).invitees) == MOST_ROWS
    with pytest.raises(Refused, match="at most 10,000"):
        of("\n".join(["name,email", *rows, "N,one@more.org"]))


# --- Pasted ----------------------------------------------------------------------------------------------------------


def pasted(text: str):  # type: ignore[no-untyped-def]
    return read(text.encode(), refuse_unfit, pasted=True)


@pytest.mark.parametrize(
    "text",
    [
        "Noor,noor@example.org\nBen Okoro,ben@example.org",
        "noor@example.org;Noor\nben@example.org;Ben Okoro\n",
        "Noor\tnoor@example.org\nBen Okoro\tben@example.org",  # cells of a spreadsheet
        "name\temail\nNoor\tnoor@example.org\nBen Okoro\tben@example.org",
        "email,name\nnoor@example.org,Noor\nben@example.org,Ben Okoro",
        "Noor <noor@example.org>\nBen Okoro <ben@example.org>",
        '"Noor" <noor@example.org>,\r\n"Ben Okoro" <Ben@example.org>,\r\n',
        "Noor <noor@example.org>; Ben Okoro <ben@example.org>",
        '\n  Noor <noor@example.org>, "Ben Okoro" <ben@example.org>\n',
        "Noor <noor@example.org>\nBen Okoro,ben@example.org",
    ],
)
def test_a_pasted_list_is_read_with_or_without_a_first_row_and_as_mail_programs_write_people(text):
    assert pasted(text).invitees == (NOOR, Invitee("Ben Okoro", "ben@example.org"))
    assert pasted(text).rejected == ()


@pytest.mark.parametrize(
    ("text", "fit", "wrong"),
    [
        ("Noor,noor@example.org,ar en,Spring", Invitee("Noor", "noor@example.org", ("ar", "en"), "Spring"), None),
        ('"Okoro, Noor" <noor@example.org>', Invitee("Okoro, Noor", "noor@example.org"), None),
        ("Noor,noor@example.org\nben@example.org", NOOR, (2, "valid email")),
        ("Noor,noor@example.org\n<ben@example.org>", NOOR, (2, "Enter a name")),
        ("Noor,noor@example.org\n=cmd,ben@example.org", NOOR, (2, "formula")),
        ("Noor,noor@example.org\nNoor Too <noor@example.org>", NOOR, (2, "is in line 1")),
        ("Noor <noor@example.org>\nBen at example.org", NOOR, (2, "valid email")),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_pasted_list_is_said_by_its_line(text, fit, wrong):
    people = pasted(text)
    assert people.invitees == (fit,)
    assert [(row.line, wrong[1] in row.reason) for row in people.rejected] == ([(wrong[0], True)] if wrong else [])


@pytest.mark.parametrize(
    "line",
    [" " * 9000 + "x", "N" + " " * 9000 + ">", "N" + " " * 9000 + "<n", "<" + "a@" * 4500, "<a@b>" + ", " * 4500 + "x"],
)
def test_a_line_made_to_be_read_for_ever_is_read_at_once(line):
    begun = time.thread_time()
    people = pasted(f"Noor <noor@example.org>\n{line}")
    assert people.invitees == (NOOR,)
    assert len(people.rejected) == 1
    assert time.thread_time() - begun < 0.5


@pytest.mark.parametrize("text", ["", " \n ", "Dear all", "a,b\nc,d"])
def test_what_is_no_list_of_people_is_refused(text):
    with pytest.raises(Refused, match="first row names the columns"):
        pasted(text)


def test_a_group_is_for_all_who_name_no_other():
    people = in_group(of("name,email,cohort\nNoor,noor@example.org,\nBen,ben@example.org,Autumn"), "Spring")
    assert [invitee.cohort for invitee in people.invitees] == ["Spring", "Autumn"]
    assert of(written(people.invitees)) == people
