"""The wing of what was seen and what became of it: reports, listings, species, cases, matches, learning, alarms, past work,
companies, notifiers, notices, delivery, inbound mail, monitoring, complaints, disputes.
"""
