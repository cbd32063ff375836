"""Who may see a notice. Pure."""

from enum import StrEnum


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0, lowest first."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"
