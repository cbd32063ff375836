"""Ads that are known again: their texts, and reports of them at as many addresses as wanted."""

from typing import Any

PARROT = (
    "African grey parrot, hand tame\nBeautiful Congo chicks, fourteen weeks old, raised in our living room with other birds. "
    "They talk a little already and whistle all morning. Big cage and perches go with them. Price 1,250 euros each, Lisbon."
)
TUSK = (
    "Antique carved tusk on rosewood stand\nInherited from my grandfather, who lived in Mombasa until 1961. Fine relief of a "
    "caravan with elephants along the whole curve, small age crack near the base. 62 cm on the outer bend, 3.4 kg."
)


def ad(report: dict[str, Any], number: int, text: str = "", **listing: Any) -> dict[str, Any]:
    """A report of the ad with this number on Tradepost. text: its title, and its description below; or say them by name."""
    title, _, description = text.partition("\n")
    stated = {name: value for name, value in (("title", title), ("description", description)) if value}
    return report | {"url": f"https://tradepost.test/ad/{number}", "listing": stated | listing}
