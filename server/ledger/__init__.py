"""The wing of what was seen and its outcomes: reports, listings, species, cases, matches, learning, alarms, past work,
companies, notifiers, notices, delivery, inbound mail, monitoring, complaints, disputes.
"""
