"""The demonstration: two invented marketplaces and the people of one programme, so that a newcomer sees a whole round.

Only with SPOTTER_DEMO=1 and only on loopback. Words: marketplace (an invented platform), seller, listing, staff.
"""
