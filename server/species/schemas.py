"""JSON of taxa."""

from marshmallow import Schema, fields, validate

from server.species.entries import Group


class TaxonNameOut(Schema):
    """A name in one language; `la` for scientific ones."""

    language = fields.Str()
    text = fields.Str()


class ListingOut(Schema):
    """An appendix for one population, as in force. A population of null is not known."""

    source = fields.Str()
    appendix = fields.Str()
    population = fields.Str(allow_none=True)
    annotation = fields.Str(allow_none=True)
    effective_from = fields.Date(allow_none=True)


class TaxonOut(Schema):
    """A taxon with its names and what protects it. It may have several listings: one appendix is often half the truth."""

    id = fields.Str()
    scientific_name = fields.Str()
    common_name = fields.Str(allow_none=True)
    names = fields.List(fields.Nested(TaxonNameOut))
    group = fields.Str(validate=validate.OneOf([group.value for group in Group]))
    listings = fields.List(fields.Nested(ListingOut))
