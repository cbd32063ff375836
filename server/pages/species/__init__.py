"""Terms of the lexicon."""
