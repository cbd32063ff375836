"""The mails about a second factor: they tell the owner of a change that somebody else may have made."""

from sqlalchemy.orm import Session

from server.core import post, web, work
from server.core.database import new_id, read
from server.core.sentences import Sentence, sentence
from server.people.accounts import frozen
from server.people.accounts.models import Account

KINDS = (
    "mail_factor_on",
    "mail_factor_replaced",
    "mail_factor_off",
    "mail_recovery_code_used",
    "mail_factor_reset_asked",
    "mail_factor_reset",
)


def tell(session: Session, account_id: str, kind: str) -> None:
    """Mail the account what became of its second factor; kind: of a handler below."""
    work.enqueue(session, kind, f"{account_id}.{new_id()[:28]}")


@work.handler("mail_factor_on")
def mail_on(request_id: str) -> None:
    """A second factor was set up."""
    _mail(
        f"{request_id}.factor-on",
        sentence("Your second factor is set up"),
        sentence("From now on, signing in to your account also asks for a code from your authenticator app."),
        sentence("If this was not you, reply to this email immediately."),
    )


@work.handler("mail_factor_replaced")
def mail_replaced(request_id: str) -> None:
    """Another app took the place of the one before."""
    _mail(
        f"{request_id}.factor-replaced",
        sentence("Your second factor is replaced"),
        sentence(
            "Signing in to your account now asks for a code from the authenticator app you have just set up. The old app and "
            "the old recovery codes no longer work."
        ),
        sentence("If this was not you, reply to this email immediately."),
    )


@work.handler("mail_factor_off")
def mail_off(request_id: str) -> None:
    """It was turned off."""
    _mail(
        f"{request_id}.factor-off",
        sentence("Your second factor is turned off"),
        sentence("Signing in to your account now asks only for your password."),
        sentence("If this was not you, reply to this email immediately."),
    )


@work.handler("mail_recovery_code_used")
def mail_recovery_code_used(request_id: str) -> None:
    """Somebody signed in with a recovery code."""
    _mail(
        f"{request_id}.recovery-code",
        sentence("A recovery code was used to sign in"),
        sentence(
            "Somebody signed in to your account with one of your recovery codes. Each works only once. If few are left, "
            "create new ones on the page below."
        ),
        sentence("If this was not you, reply to this email immediately."),
    )


@work.handler("mail_factor_reset_asked")
def mail_reset_asked(request_id: str) -> None:
    """An administrator wants to take it away."""
    _mail(
        f"{request_id}.factor-reset-asked",
        sentence("Somebody asked to remove your second factor"),
        sentence(
            "An administrator asked to remove the second factor of your account. It is removed when a second person "
            "confirms, within three days."
        ),
        sentence("If you did not ask for this, reply to this email immediately."),
    )


@work.handler("mail_factor_reset")
def mail_reset(request_id: str) -> None:
    """It was taken away."""
    _mail(
        f"{request_id}.factor-reset",
        sentence("Your second factor is removed"),
        sentence(
            "The second factor of your account was removed, and you are signed out everywhere. Sign in with your "
            "password and set it up again. Paired devices stay paired."
        ),
        sentence("If you did not ask for this, reply to this email immediately."),
    )


def _mail(name: str, subject: Sentence, text: Sentence, otherwise: Sentence) -> None:
    with read() as session:
        account = session.get(Account, name.partition(".")[0])
        if account:
            frozen.hold_mail(session, account.id)
        if account is None or account.disabled_at:
            return
        to, language = account.email, account.language
    context = {"subject": subject, "text": text, "otherwise": otherwise, "page": web.absolute("factor.show")}
    post.send_template("factor", to, subject, context, post.message_id(name), language)
