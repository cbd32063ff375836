"""The words for the extension's pickers, as JSON: only for the API's description; they are sent as they are stored."""

from marshmallow import Schema, fields

from server.ledger.reports.schemas import LessonLink


class VocabularyChoice(Schema):
    """One word to choose, and how the reader says it."""

    id = fields.Str()
    words = fields.Str()


class StatusWords(VocabularyChoice):
    """A status of a report, and what it means for the spotter."""

    sentence = fields.Str()


class VocabularyPlatform(Schema):
    """A site a company runs, known by its registrable domains and by its hosts."""

    slug = fields.Str()
    name = fields.Str()
    domains = fields.List(fields.Str())
    hosts = fields.List(fields.Str())
    languages = fields.List(fields.Str())


class VocabularyName(Schema):
    """A name of a taxon. The first one of each language is the one to show, except those `of_kind`: of a species in it."""

    text = fields.Str()
    language = fields.Str()
    of_kind = fields.Bool()


class VocabularyListing(Schema):
    """A listing of a taxon in CITES. `in_force_by`: where its first day is not known."""

    source = fields.Str()
    appendix = fields.Str(allow_none=True)
    population = fields.Str(allow_none=True)
    annotation = fields.Str(allow_none=True)
    effective_from = fields.Date(allow_none=True)
    in_force_by = fields.Date()


class VocabularyTaxon(Schema):
    """A taxon to pick, with what is in force today."""

    id = fields.Str()
    scientific_name = fields.Str()
    common_name = fields.Str(allow_none=True)
    group = fields.Str()
    names = fields.List(fields.Nested(VocabularyName))
    look_alikes = fields.Raw()
    listings = fields.List(fields.Nested(VocabularyListing))


class VocabularyTerm(Schema):
    """A trade term."""

    text = fields.Str()
    language = fields.Str()
    kind = fields.Str()
    taxa = fields.List(fields.Str())


class VocabularyOut(Schema):
    """GET /api/v1/vocabulary. `words` and `endings`: all that is looked for in a text, so packed that it is small.

    `format` grows when an extension that does not know it could not read it.
    """

    format = fields.Int()
    version = fields.Str()
    as_of = fields.Date(allow_none=True)
    categories = fields.List(fields.Nested(VocabularyChoice))
    legality = fields.List(fields.Nested(VocabularyChoice))
    answers = fields.List(fields.Nested(VocabularyChoice))
    statuses = fields.List(fields.Nested(StatusWords))
    reasons = fields.List(fields.Str())
    page_copy = fields.Bool()
    lessons = fields.List(fields.Nested(LessonLink))
    platforms = fields.List(fields.Nested(VocabularyPlatform))
    taxa = fields.List(fields.Nested(VocabularyTaxon))
    terms = fields.List(fields.Nested(VocabularyTerm))
    words = fields.List(fields.Dict())
    endings = fields.List(fields.List(fields.Str()))
