"""The licences under which a picture may be shown in training: a closed list. Pure.

Each allows a smaller, blurred copy to be shown to everybody here, whatever the programme that runs this is.
"""

from enum import StrEnum


class Licence(StrEnum):
    """What the author of a picture allows; by its SPDX name where it has one."""

    CC0 = "CC0-1.0"
    PUBLIC_DOMAIN = "PDM-1.0"
    BY_2 = "CC-BY-2.0"
    BY_25 = "CC-BY-2.5"
    BY_3 = "CC-BY-3.0"
    BY_4 = "CC-BY-4.0"
    BY_SA_2 = "CC-BY-SA-2.0"
    BY_SA_25 = "CC-BY-SA-2.5"
    BY_SA_3 = "CC-BY-SA-3.0"
    BY_SA_4 = "CC-BY-SA-4.0"
    OGL = "OGL-UK-3.0"
    OWN = "own"  # made for this training by whoever runs it
    PERMISSION = "permission"  # given in writing; `source` says by whom and when


_CC = "https://creativecommons.org"
ADDRESS = {
    Licence.CC0: f"{_CC}/publicdomain/zero/1.0/",
    Licence.PUBLIC_DOMAIN: f"{_CC}/publicdomain/mark/1.0/",
    Licence.BY_2: f"{_CC}/licenses/by/2.0/",
    Licence.BY_25: f"{_CC}/licenses/by/2.5/",
    Licence.BY_3: f"{_CC}/licenses/by/3.0/",
    Licence.BY_4: f"{_CC}/licenses/by/4.0/",
    Licence.BY_SA_2: f"{_CC}/licenses/by-sa/2.0/",
    Licence.BY_SA_25: f"{_CC}/licenses/by-sa/2.5/",
    Licence.BY_SA_3: f"{_CC}/licenses/by-sa/3.0/",
    Licence.BY_SA_4: f"{_CC}/licenses/by-sa/4.0/",
    Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


def refusal(name: str) -> str:
    """Why pictures under `name` are not loaded; empty: they may be."""
    if name in set(Licence):
        return ""
    listed = ", ".join(Licence)
    parts = name.upper().replace("_", "-").split("-")
    if "ND" in parts:
        return (
            f"{name} allows no changed copies, and every picture here is made smaller and blurred. Allowed are {listed}"
        )
    if "NC" in parts:
        return f"{name} allows no commercial use, which a programme with companies in it cannot promise. Allowed are {listed}"
    return f"{name} is not a licence that pictures may be loaded under. Allowed are {listed}"
