"""The species picker: without a connection, by keyboard, with what tells species apart."""

import json
from typing import Any

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import element, needs_chromium, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium


def listing(appendix: str, since: str | None, population: str = "all", **more: Any) -> dict[str, Any]:
    return {"source": "CITES", "appendix": appendix, "effective_from": since, "population": population} | more


TAXA = [
    {
        "id": "psittacus-erithacus",
        "scientific_name": "Psittacus erithacus",
        "common_name": "Grey parrot",
        "names": [{"text": "grey parrot", "language": "en", "preferred": True}],
        "look_alikes": "Timneh parrot: smaller, darker, maroon tail",
        "listings": [listing("I", "2017-01-02", annotation=None)],
    },
    {
        "id": "loxodonta-africana",
        "scientific_name": "Loxodonta africana",
        "common_name": "African savanna elephant",
        "names": [{"text": "elefante africano", "language": "es", "preferred": True}],
        "listings": [
            listing("I", "1990-01-18", "every other population"),
            listing("II", "1997-09-18", "Botswana, Namibia, Zimbabwe", annotation="annotated"),
            listing("II", None, "South Africa", in_force_by="2017-04-21"),
        ],
    },
]


def test_it_finds_tells_apart_and_chooses_without_a_connection(ana: Browser, server: StandIn, market: str) -> None:
    server.stop()
    kept = {"taxa": TAXA, "language": "fr", "reasons": [], "fetched_at": 1790000000000, "looked_at": 4000000000000}
    ana.in_worker(f"cyberSpotter.settings.set({json.dumps({'vocabulary': kept})})")
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup() as popup:
        element(ana, "body").send_keys("p")
        shown = text(ana)
        assert sentence("speciesNamed") in shown, "its title says grey parrot"
        assert "Grey parrot\nPsittacus erithacus\nCITES Appendix I since 2 January 2017\n" in shown
        assert f"{sentence('looksAlike')} Timneh parrot: smaller, darker, maroon tail" in shown
        notes = [note.get_attribute("lang") for note in popup.find_elements("css selector", "#species-list bdi")]
        assert notes == ["fr"], "in the language in which the server said them"
        assert shown.count("I don’t know") == 1
        field = element(ana, "#species-field")
        field.send_keys("a", Keys.ARROW_DOWN)
        assert "and 1 more" in text(ana), "the elephant is not the one being looked at now"
        field.send_keys("frican")
        shown = text(ana)
        assert "African savanna elephant" in shown
        assert "CITES Appendix II since 18 September 1997: Botswana, Namibia, Zimbabwe; annotated" in shown
        assert "CITES Appendix II, in force by 21 April 2017: South Africa" in shown
        options = popup.find_elements("css selector", '[role="option"]')
        assert field.get_attribute("aria-activedescendant") == options[0].get_attribute("id")
        assert popup.switch_to.active_element == field, "the focus stays in the field"
        field.send_keys(Keys.ARROW_UP)
        assert popup.find_element("css selector", '[aria-selected="true"]').text.startswith("I don’t know")
        composed = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true})"
        popup.execute_script(f"arguments[0].dispatchEvent({composed})", field)
        assert popup.switch_to.active_element == field, "an Enter that ends a word of an input method chooses nothing"
        field.send_keys(Keys.ENTER)
        assert "Not chosen" in text(ana)
        element(ana, "#open-species").send_keys(Keys.ENTER)
        element(ana, "#species-field").send_keys(Keys.ENTER)
        until(lambda: "Psittacus erithacus" in text(ana), "the species in the form")
        assert popup.switch_to.active_element.get_attribute("id") == "open-species"
        element(ana, "#open-species").send_keys(Keys.ENTER)
        element(ana, "#species-field").send_keys(Keys.ESCAPE)
        assert popup.switch_to.active_element.get_attribute("id") == "open-species", "Esc goes back to where one was"
