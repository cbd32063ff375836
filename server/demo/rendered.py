"""Draw the picture lane's own pictures again: `python -m server.demo.rendered [FOLDER [NAME ...]]`. A test compares them with the kept ones."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from server.demo import (
    materials_fur,
    materials_grown,
    materials_pale,
    materials_skin,
    scenes_aviary,
    scenes_birds,
    scenes_dug,
    scenes_feathers,
    scenes_fish,
    scenes_frogs,
    scenes_garden,
    scenes_joinery,
    scenes_lifted,
    scenes_mixed,
    scenes_newts,
    scenes_parts,
    scenes_plants,
    scenes_reptiles,
    scenes_shells,
    scenes_water,
    scenes_wood,
    scenes_young,
)
from server.ledger.reports import recode

FOLDER = Path(__file__).resolve().parents[2] / "training_modules" / "picture-lane"
PICTURES: dict[str, Callable[[], Image.Image]] = {  # by the name of the file, which says nothing of what it shows
    "a01": materials_pale.tusk_end,
    "a02": materials_pale.broken_slice,
    "a03": materials_pale.table_knife,
    "a04": materials_pale.hand_mirror,
    "a05": materials_pale.oval_slice,
    "a06": materials_pale.tooth_and_ruler,
    "a07": materials_pale.nuts_and_coin,
    "a08": materials_skin.high_comb,
    "a09": materials_skin.spectacles,
    "a10": materials_skin.long_skin,
    "a11": materials_skin.handbag,
    "a12": materials_skin.belly_panel,
    "a13": materials_skin.belt,
    "a14": materials_skin.flat_skin,
    "a15": materials_grown.scales_on_pan,
    "a16": materials_grown.slab_with_grain,
    "a17": materials_grown.open_horn,
    "a18": materials_grown.twig_in_cotton,
    "a19": materials_grown.bead_string,
    "a20": materials_fur.fur_collar,
    "a21": materials_fur.throw_cushion,
    "a22": materials_fur.striped_hide,
    "a23": materials_grown.shell_on_gravel,
    "a24": scenes_birds.parrot_in_cage,
    "a25": scenes_birds.two_on_perch,
    "a26": scenes_birds.ring_on_leg,
    "a27": scenes_birds.feathers_in_vase,
    "a28": scenes_birds.carved_block,
    "a29": scenes_birds.bumpy_wallet,
    "a30": scenes_birds.singer_in_bamboo,
    "a31": scenes_birds.white_face_on_glove,
    "a32": scenes_water.dried_on_paper,
    "a33": scenes_water.tooth_beside_coin,
    "a34": scenes_water.long_saw_on_wall,
    "a35": scenes_water.bladder_with_strings,
    "a36": scenes_water.combs_of_the_sea,
    "a37": scenes_water.purse_of_pockets,
    "a38": scenes_frogs.white_in_tank,
    "a39": scenes_frogs.blue_on_moss,
    "a40": scenes_frogs.green_from_below,
    "a41": scenes_frogs.boxes_of_one_kind,
    "a42": scenes_plants.coloured_heads,
    "a43": scenes_plants.dug_on_newspaper,
    "a44": scenes_plants.arching_spray,
    "a45": scenes_dug.bundle_with_bark,
    "a46": scenes_dug.stones_that_live,
    "a47": scenes_dug.stumps_on_truck,
    "a48": scenes_plants.traps_in_pot,
    "a49": scenes_dug.packet_too_blue,
    "a50": scenes_wood.guitar_from_behind,
    "a51": scenes_wood.boards_in_yard,
    "a52": scenes_wood.chips_on_foil,
    "a53": scenes_wood.bottle_with_box,
    "a54": scenes_wood.red_logs,
    "a55": scenes_wood.box_of_men,
    "a56": scenes_shells.chambers_cut_open,
    "a57": scenes_shells.folded_white,
    "a58": scenes_shells.ear_with_holes,
    "a59": scenes_shells.shell_on_shelf,
    "a60": scenes_shells.green_in_frame,
    "a61": scenes_shells.five_blues,
    "a62": scenes_reptiles.stretched_on_sticks,
    "a63": scenes_reptiles.coiled_in_bottle,
    "a64": scenes_reptiles.folded_hands,
    "a65": scenes_reptiles.spotted_in_tub,
    "a66": scenes_parts.twisted_spear,
    "a67": scenes_parts.found_in_woods,
    "a68": scenes_parts.ringed_amber,
    "a69": scenes_parts.mounted_in_gold,
    "a70": scenes_parts.silky_beads,
    "a71": scenes_young.huge_ears,
    "a72": scenes_young.bottle_for_baby,
    "a73": scenes_mixed.three_engraved,
    "a74": scenes_mixed.opener_on_bar,
    "a75": scenes_young.hairy_pouch,
    "a76": scenes_mixed.fins_on_rack,
    "a77": scenes_mixed.four_white_heads,
    "a78": scenes_young.eight_long_legs,
    "a79": scenes_mixed.clay_croaker,
    "a80": scenes_mixed.wax_in_glass,
    "a81": scenes_newts.red_eyes_on_stem,
    "a82": scenes_newts.blender_at_stall,
    "a83": scenes_newts.white_and_orange_on_sand,
    "a84": scenes_newts.washing_bowl,
    "a85": scenes_newts.box_with_ice,
    "a86": scenes_newts.belly_on_glass,
    "a87": scenes_fish.black_grains_in_tin,
    "a88": scenes_fish.threads_in_bucket,
    "a89": scenes_fish.red_scales_in_tank,
    "a90": scenes_fish.stripes_under_wood,
    "a91": scenes_fish.disc_with_spots,
    "a92": scenes_fish.open_mouth_on_board,
    "a93": scenes_fish.tool_on_shavings,
    "a94": scenes_aviary.yellow_on_wings,
    "a95": scenes_aviary.box_under_lamp,
    "a96": scenes_aviary.crest_up,
    "a97": scenes_aviary.sheet_on_trunk,
    "a98": scenes_feathers.plumes_on_hat,
    "a99": scenes_feathers.cap_on_block,
    "a100": scenes_aviary.white_cheeks,
    "a101": scenes_feathers.fan_of_orange,
    "a102": scenes_joinery.stick_with_hair,
    "a103": scenes_joinery.grooved_on_pallet,
    "a104": scenes_joinery.dark_round_on_tray,
    "a105": scenes_joinery.black_pipe_with_keys,
    "a106": scenes_joinery.red_heap_in_brass,
    "a107": scenes_joinery.chest_by_wall,
    "a108": scenes_joinery.rose_and_paper,
    "a109": scenes_joinery.pale_bowls,
    "a110": scenes_lifted.onions_in_net,
    "a111": scenes_garden.hanging_jugs,
    "a112": scenes_lifted.man_in_red_box,
    "a113": scenes_garden.pouch_on_stalk,
    "a114": scenes_garden.green_under_glass,
    "a115": scenes_garden.black_sticks_in_tube,
    "a116": scenes_lifted.star_in_gravel,
    "a117": scenes_lifted.buttons_in_parcel,
}


def encoded(drawn: Image.Image, quality: int) -> bytes:
    """A WebP of the pixels alone."""
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def main(folder: Path, *names: str) -> None:
    """Draw all of them, or those named, into `folder`."""
    for name in names or PICTURES:
        clear = PICTURES[name]()
        (folder / f"{name}.webp").write_bytes(encoded(clear, 80))
        (folder / f"{name}.blurred.webp").write_bytes(encoded(recode.blurred(clear), recode.BLURRED_QUALITY))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, *sys.argv[2:])
