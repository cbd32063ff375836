"""Species: what is traded, under which names and code words, and what protects it since when.

Owns taxa, their names and listings, and terms. A taxon is what a listing (an appendix with its population, annotation
and dates) protects; a term is a trader's word or emoji; an *against* term is an innocent use of such a word. The shipped
lexicon is content, in `lexicon/`; a Species+ export may be added to it.
"""
