"""Who notifies: the organisations of the coalition, their trusted-flagger awards, and which of them writes to a company.

An *organisation* is a notifier; the organisation of the settings is one without a row. A *mechanism* is what a company itself
offers for notices under Article 16 of the Digital Services Act.
"""
