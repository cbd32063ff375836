"""Tables of matches: photos, fingerprints of photos and texts, keys of sellers, and the links between cases that follow."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ABOUT, ANOTHER, AS_IT_WAS, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.words import LinkKind, SellerKeyKind
from server.ledger.matches import bands
from server.ledger.matches.photo import Variant


class Link(Model):
    """Two cases that share a photo, a text or a seller. The case with the smaller id stands first."""

    __tablename__ = "links"
    __keeping__ = Keeping(
        purpose="Shows which earlier ads share a photo, text or seller with an ad.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "first_case_id": PLAIN,
            "second_case_id": PLAIN,
            "linked_by": ANOTHER,
            "why": WORDS,
            "undone_by": ANOTHER,
            "undone_why": WORDS,
        },
    )
    first_case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    second_case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(*one_of(LinkKind, "kind"), primary_key=True)
    distance: Mapped[float] = mapped_column(Float)
    """0: the same. Photos: bits that differ, of 256; texts: 1 less the share of shingles in common; sellers: always 0."""
    at: Mapped[datetime] = mapped_column(Time)
    linked_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # None: it was found by its fingerprint
    why: Mapped[str | None] = mapped_column(Text)  # the words of whoever linked by hand
    undone_at: Mapped[datetime | None] = mapped_column(Time)  # the two do not belong together: never found again
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    undone_why: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (CheckConstraint("first_case_id < second_case_id", name="order"),)


class Photo(Model):
    """A photo of the goods: a part of one evidence file, or all of it, with the copies people may see."""

    __tablename__ = "photos"
    __keeping__ = Keeping(
        purpose="Shows which photos an ad was recognised by, side by side.",
        kept=NO_END,
        whose="report_id",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="They are parts of the evidence, and are kept as long.",
        fields={"case_id": PLAIN, "evidence_id": PLAIN, "copy_sha256": AS_IT_WAS, "blurred_sha256": AS_IT_WAS},
    )
    id: Mapped[Id]
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"))
    x: Mapped[int]  # where it stands in that file, in the file's own pixels
    y: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    copy_sha256: Mapped[str] = mapped_column(String(64))  # re-encoded
    blurred_sha256: Mapped[str] = mapped_column(String(64))  # tiny and blurred, shown first
    version: Mapped[int]  # photo.VERSION of its fingerprints
    swept_at: Mapped[datetime | None] = mapped_column(Time)  # when it was sought as far as two photos can differ

    __table_args__ = (
        UniqueConstraint("evidence_id", "x", "y", "width", "height"),
        CheckConstraint("x >= 0 AND y >= 0 AND width > 0 AND height > 0", name="box"),
        Index("ix_photos_version", "version", "id"),
        Index("ix_photos_unswept", "id", sqlite_where=swept_at.is_(None), postgresql_where=swept_at.is_(None)),
    )


class PhotoFingerprint(Model):
    """A photo, or its middle, or what is inside its frame, as it is found again: `photo.Fingerprint`, by its bands.

    A flat picture has none. The bands are columns of one row, each with an index, in which the sample stands too.
    """

    __tablename__ = "photo_fingerprints"
    __keeping__ = Keeping(
        purpose="Recognises a photo under another address. The photo cannot be restored from it.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"photo_id": PLAIN},
    )
    photo_id: Mapped[str] = mapped_column(ForeignKey("photos.id"), primary_key=True)
    variant: Mapped[str] = mapped_column(*one_of(Variant, "variant"), primary_key=True)
    bits: Mapped[bytes] = mapped_column(LargeBinary)  # 32 bytes
    mirrored: Mapped[bytes] = mapped_column(LargeBinary)  # the same of the mirrored photo: sought by, not found by
    sample: Mapped[int]  # 32 of the bits, as `bands.samples_of` takes them


for _band in range(bands.COUNT):
    setattr(PhotoFingerprint, f"b{_band}", _column := mapped_column(Integer, nullable=False))
    Index(f"ix_photo_fingerprints_b{_band}", _column, PhotoFingerprint.sample)


BANDS = 20  # of text.py
SELLER_KEYS_KEPT = timedelta(days=365)  # since an ad with it was last reported


class TextFingerprint(Model):
    """One wording of a case's ad, as it is found again: `text.Sketch`. The wording itself stands in its report.

    The bands are columns of one row, each with an index: half the size on PostgreSQL of a row for each band.
    """

    __tablename__ = "text_fingerprints"
    __keeping__ = Keeping(
        purpose="Recognises an ad's text under another address. The text cannot be restored from it.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"case_id": PLAIN, "report_id": PLAIN, "version": PLAIN},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"))  # the first with this wording
    text_hash: Mapped[bytes] = mapped_column(LargeBinary)  # of the wording: one row for each of a case
    version: Mapped[str] = mapped_column(String(16))  # of the common phrases that were left out
    minima: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        UniqueConstraint("case_id", "text_hash"),
        Index("ix_text_fingerprints_version", "version"),
    )


for _band in range(BANDS):
    setattr(TextFingerprint, f"t{_band}", mapped_column(Integer, nullable=False))
    Index(f"ix_text_fingerprints_t{_band}", TextFingerprint.__table__.c[f"t{_band}"])


class SellerKey(Model):
    """Something a case's seller is known by (`sellers.Key`), as a keyed hash: it can be compared, not read or looked up."""

    __tablename__ = "seller_keys"
    __keeping__ = Keeping(
        purpose="Shows that two ads come from one seller. Kept as keyed hashes, which nobody can read or search by a name.",
        kept=f"{SELLER_KEYS_KEPT.days} days after an ad with it was last reported; the links it made go with it, unless a coordinator undid them.",
        job="forget_seller_keys",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="They are of the sellers of ads, not of people with an account.",
        fields={"case_id": PLAIN, "mac": ABOUT, "seller": ABOUT, "key_id": PLAIN},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(*one_of(SellerKeyKind, "kind"))
    mac: Mapped[bytes] = mapped_column(LargeBinary)  # of the key, 16 bytes
    seller: Mapped[bytes] = mapped_column(LargeBinary)  # of the name or account on its site, else of the case
    key_id: Mapped[str] = mapped_column(String(8))  # of the secret it was made with
    seen_at: Mapped[datetime] = mapped_column(Time, index=True)  # when an ad with it was last reported

    __table_args__ = (UniqueConstraint("case_id", "mac"), Index("ix_seller_keys_mac", "mac", "id"))
