"""A text that is sent names nobody: what a notice says, an answer that a coordinator records, what spotters are told."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from server.core import everyday, mailboxes, web, wording
from server.core.sentences import sentence
from server.core.words import Category, Refused
from server.journeys.report import composing
from server.ledger.cases import store as cases
from server.ledger.notices import compose, email_addresses, mentions, names
from server.ledger.reports import statements
from server.ledger.reports import store as reports
from server.ledger.species import store as species
from server.people.accounts import called


def refuse_names(
    session: Session,
    texts: Mapping[str, str | None],
    reporter_ids: Collection[str],
    *,
    ad_words: Iterable[str] = (),
    ad: Iterable[str] = (),
    own: Collection[str] = (),
) -> None:
    """Raises Refused("names-a-person") when a text names one of these reporters, a coordinator or an administrator.

    An email address of any spotter is refused, too.

    texts: by the name of their field. ad_words: confirmed to be the ad's own, where `ad`, its texts, has them. own: name and address of the organisation
    that says it, where that is not the one of the settings.
    """
    found = _find(session, texts, reporter_ids, ad_words, own, ad)
    if found:
        raise Refused(
            "names-a-person",
            sentence("This names a person in the programme. Nothing was sent."),
            errors={mention.field: _sentences(mention) for mention in found},
            mentions=[mention.stated() for mention in found],
        )


def names_somebody(session: Session, text: str, reporter_ids: Collection[str]) -> bool:
    """Whether a text that came from outside names one of these reporters, a coordinator or an administrator."""
    return bool(_find(session, {"text": text}, reporter_ids, ()))


def mentioned(session: Session, texts: Mapping[str, str | None]) -> list[mentions.Mention]:
    """Where texts that companies are to read name a coordinator or an administrator, or give the address of a spotter."""
    return _find(session, texts, (), ())


def in_ad(session: Session, case_id: str) -> list[mentions.Mention]:
    """Where the ad itself, as a notice about this case would quote it, names somebody; nothing while there is no route."""
    case = cases.get(session, case_id)
    try:
        draft = composing.draft(session, case, composing.Grounds(reason="", taxa=[], category=Category.LIVE))
    except Refused:
        return []
    texts = compose.stated(draft.document)
    reporters = reports.reporters(session, case_id)
    return _find(session, {name: texts.get(name) for name in AD}, reporters, (), _own(draft.document))


def _own(document: compose.Document) -> tuple[str, str]:
    return document["notifier"]["organisation"], document["notifier"]["email"]


AD = ("title", "seller", "price", "url")  # what a notice quotes of the ad


def _find(
    session: Session,
    texts: Mapping[str, str | None],
    reporter_ids: Collection[str],
    ad_words: Iterable[str],
    own: Collection[str] = (),
    ad: Iterable[str] = (),
) -> list[mentions.Mention]:
    settings = web.settings()
    people = names.People.of(
        [
            *(names.Identity(account.name, account.email) for account in called.not_to_be_named(session, reporter_ids)),
            *(names.Identity(sealed.name, sealed.email) for sealed in called.sealed(session, reporter_ids)),
        ],
        names.everyday(everyday.words() | species.words(session)),
    )
    spotters = called.addresses_of_spotters(session, email_addresses.addresses(texts.values()))
    people.emails.update(mailboxes.without_tag(address) for address in spotters)  # whoever reported
    own = (settings.organisation, settings.contact_email, *own)
    return mentions.find(texts, people, excepted=own, ad_words=ad_words, ad=ad)


def refuse_in_notice(session: Session, case_id: str, document: compose.Document, *, ad_words: Collection[str]) -> None:
    """Raises Refused("names-a-person") when a notice about this case names a person, whatever its field."""
    refuse_names(
        session, compose.stated(document), reports.reporters(session, case_id), ad_words=ad_words,
        ad=_ad(session, case_id) if ad_words else (), own=_own(document),
    )  # fmt: skip


def _ad(session: Session, case_id: str) -> list[str]:
    return statements.of_ad(reports.of_case(session, case_id))


def refuse_words(
    session: Session,
    text: str,
    spotter_ids: Collection[str],
    *,
    ad_words: Collection[str] = (),
    case_id: str | None = None,
) -> None:
    """Raises Refused("names-a-person") when what these spotters are told names another of them, or who decided.

    Who is told alone may be named: "Thank you, Ana". ad_words: of this case's ad.
    """
    ad = _ad(session, case_id) if case_id and ad_words else ()
    others = spotter_ids if len(set(spotter_ids)) > 1 else ()
    refuse_names(session, {"reason": text}, others, ad_words=ad_words, ad=ad)


def _sentences(mention: mentions.Mention) -> list[str]:
    """What to do about it: a sentence for all the names, and one for each email address."""
    addresses = mention.email_addresses
    people = [_quoted(word) for word in mention.words if word not in addresses]
    sentences: list[str] = [
        sentence("%(words)s is somebody’s email address. Remove it.", words=_quoted(word)) for word in addresses
    ]
    if people:
        words = wording.series(people)
        sentences.insert(0, sentence("%(words)s may be a person in the programme. Reword it.", words=words))
    return sentences


def _quoted(word: str) -> str:
    return sentence("“%(word)s”", word=word)
