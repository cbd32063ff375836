"""The gallery's pages of one's own accreditation: the agreement, the appeal, the certificate."""

from datetime import timedelta
from typing import Any

from server.core.words import Level, Standing
from server.pages.accreditation.forms import AgreementForm, AppealForm, CertificateForm
from server.people.accreditation.agreement import Agreement, load, load_translation
from server.people.courses import catalogue
from tests.browser.gallery_desk import ARABIC, LONG, NOW, SPOTTER, Thing, ago, blank, wrong


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    path = catalogue.CONTENT / "agreement.md"
    text = load(path)
    french = load_translation(path, "fr") or text
    agreement = {"text": text, "translation": None, "signed": None, "current": False, "may_sign": True, "grace": 30}
    signed = Thing(at=ago(days=40), name=ARABIC, witness_id=None)

    def form(shown: Agreement = text) -> AgreementForm:
        return blank(AgreementForm).of(shown)

    active = Thing(
        level=Level.PROBATION, standing=Standing.ACTIVE, at=ago(days=40), expires_at=NOW + timedelta(days=325), why=""
    )
    stopped = Thing(
        standing=Standing.SUSPENDED,
        at=ago(days=3),
        expires_at=NOW + timedelta(days=90),
        why="Reports that were no suspicions.",
        id="a1",
    )
    held = {"last": active, "since": ago(days=40), "shown": None, "address": "", "at": NOW}
    long = [("Ivory, bone and horn", ago(days=45)), (LONG[:200], ago(days=44)), (ARABIC, ago(days=43))]
    contexts: dict[str, tuple[str, dict[str, Any]]] = {
        "agreement": ("agreement", agreement | {"form": form()}),
        "agreement-translated": ("agreement", agreement | {"form": form(french), "translation": french}),
        "agreement-wrong": (
            "agreement",
            agreement | {"form": wrong(form(), promises="You need to confirm every promise.", name="Enter your name.")},
        ),
        "agreement-changed": ("agreement", agreement | {"form": form(), "signed": signed}),
        "agreement-signed": ("agreement", agreement | {"form": form(), "signed": signed, "current": True}),
        "appeal": ("appeal", {"form": blank(AppealForm), "last": stopped, "appeal": None, "possible": True}),
        "appeal-suspended": (
            "appeal",
            {
                "form": blank(AppealForm),
                "last": stopped,
                "possible": True,
                "appeal": Thing(decided_at=ago(days=1), granted=True, why=LONG, text=ARABIC, at=ago(days=2)),
            },
        ),
        "appeal-none": ("appeal", {"form": blank(AppealForm), "last": active, "appeal": None, "possible": False}),
        "certificate": ("certificate", held | {"form": blank(CertificateForm, alias="Kestrel"), "modules": long}),
        "certificate-none": ("certificate", held | {"form": blank(CertificateForm, alias=""), "modules": []}),
    }
    return {name: (f"training/{of}.html", {"me": SPOTTER} | context) for name, (of, context) in contexts.items()}
