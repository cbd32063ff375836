"""Finding an edited copy of an ad among many, beside datasketch and rensa, at equal bands; writes a table and a plot.

Every ad is made anew, seeded: about 35 words in the order that the training modules' words follow each other (a Markov
chain) with names of species, a price, and most often one of ten shop's notices in four languages. Queries are half
edited copies of eight kinds, half new ads. All engines get the same shingles (fold, 5 characters, none that more than 1 %
of a sample have), 80 permutations, 20 bands of 4, and answer each query in turn. Ours are the tables and the code of the
server, on SQLite; the peers keep everything in memory, in one process, and lose it with it. A search is timed by the
processor, for other programs use the machine meanwhile; an add by the clock, the disk included.

    python -m benchmarks.texts [ADS ...]         default 100000; datasketch is left out above 200,000
"""

import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from server.core.database import WORKERS_CACHE, fetched
from server.ledger.matches import text, text_store
from server.ledger.matches.models import BANDS, TextFingerprint
from server.pages import register  # noqa: F401 - every table that a fingerprint refers to

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "benchmarks"
SEED, QUERIES, SAMPLE, LARGEST_FOR_DATASKETCH = 20261127, 200, 3000, 200_000
NOTICES = (
    "Free shipping worldwide within two working days, tracking number included, no returns.",
    "Please look at my other offers, I combine postage. Payment by bank transfer only.",
    "Sold as seen, private sale, no warranty and no refund. Collection possible at weekends.",
    "Thank you for looking! Any questions, send me a message and I will answer the same evening.",
    "Privatverkauf, keine Garantie, keine Rücknahme. Versand gegen Aufpreis, Abholung möglich.",
    "Bitte beachten Sie auch meine anderen Anzeigen, bei Fragen einfach melden.",
    "Envoi rapide et soigné, remise en main propre possible, paiement par virement.",
    "N'hésitez pas à regarder mes autres annonces, prix ferme, merci de votre visite.",
    "Envíos a todo el país, pago por transferencia, no se aceptan devoluciones.",
    "Mira mis otros anuncios, cualquier duda escribir por mensaje, gracias por su visita.",
)


class Ads:
    """Makes ads, and edited copies of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        pages = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "training_modules").rglob("*.md")))
        words = re.findall(r"[^\W\d_]{2,}", pages)
        self.after: dict[str, list[str]] = defaultdict(list)
        for one, other in pairwise(words):
            self.after[one.lower()].append(other.lower())
        self.words = sorted(self.after)
        lexicon = ROOT / "server" / "ledger" / "species" / "lexicon"
        names = re.findall(
            r"[^\W\d_]{3,}(?: [^\W\d_]{3,})*", "\n".join(p.read_text("utf-8") for p in sorted(lexicon.glob("*.yaml")))
        )
        self.names = sorted(set(names))

    def make(self) -> str:
        """An ad nobody has seen."""
        chance, word = self.chance, self.chance.choice(self.words)
        said = []
        for _ in range(chance.randint(26, 44)):
            said.append(word)
            # one word in five begins anew, so that two ads seldom share a run of words
            follows = self.after.get(word)
            word = chance.choice(follows) if follows and chance.random() < 0.8 else chance.choice(self.words)
            if chance.random() < 0.08:
                said.append(chance.choice(self.names))
        ad = f"{' '.join(said)}. {chance.randint(5, 4000)} EUR"
        return f"{ad}. {chance.choice(NOTICES)}" if chance.random() < 0.8 else ad

    def edited(self, ad: str, kind: str) -> str:
        """A copy of an ad, edited as sellers do."""
        words, chance = ad.split(" "), self.chance
        match kind:
            case "price":
                return re.sub(r"\d+ EUR", f"{chance.randint(5, 4000)} euros", ad)
            case "capitals":
                return ad.upper()
            case "emoji":
                return " ".join(word + chance.choice(("", "", " \U0001f525", " \u2728")) for word in words)
            case "words":
                return " ".join(chance.choice(self.words) if chance.random() < 0.08 else word for word in words)
            case "notice":
                return f"{chance.choice(NOTICES)} {ad} {chance.choice(NOTICES)}"
            case "order":
                cut = len(words) // 3
                return " ".join(words[cut:] + words[:cut])
            case "cut":
                return " ".join(words[: int(len(words) * 0.8)])
            case _:  # all at once
                return self.edited(self.edited(self.edited(ad, "words"), "order"), "notice")


KINDS = ("price", "capitals", "emoji", "words", "notice", "order", "cut", "mix")


class Query(NamedTuple):
    """What is looked for: `source` is the ad it was copied from, None for a new one."""

    words: str
    kind: str
    source: int | None


class Engine(NamedTuple):
    """One way to find: the numbers of the ads that it calls the same."""

    name: str
    find: Callable[[str], list[int]]
    add: Callable[[str], None]  # one ad more, kept for good where the engine keeps anything for good
    built_in: float  # seconds
    memory: float  # MB that the process grew by


def resident() -> float:
    """MB that this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def ours(ads: list[str], common: text.Hashes, folder: Path) -> Engine:
    """The server's own tables and search, on SQLite with the worker's settings."""
    began, before = time.perf_counter(), resident()
    path = folder / "texts.sqlite3"
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"cache_size=-{WORKERS_CACHE}",
            "wal_autocheckpoint=4000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    table = TextFingerprint.__table__
    indexes = list(table.indexes)
    with engine.begin() as connection:
        table.create(connection)
        for index in indexes:
            index.drop(connection)
        connection.exec_driver_sql("CREATE TABLE wordings (report_id TEXT PRIMARY KEY, wording TEXT) WITHOUT ROWID")
    columns = ["id", "case_id", "report_id", "text_hash", "version", "minima", *(f"t{n}" for n in range(BANDS))]

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, ad in enumerate(ads):
            sketch = text.sketch(text.shingles(ad, common))
            if sketch:
                name = f"{number:032x}"
                yield (number + 1, name, name, number.to_bytes(16), "bench", sketch.minima, *sketch.bands)

    raw = sqlite3.connect(path)
    raw.executemany(
        f"INSERT INTO text_fingerprints ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows()
    )
    # Copies, for sqlite3 leaves the UTF-8 of what it stores with the string, and the ads stay until the end.
    copies = ((f"{n:032x}", ad.encode().decode()) for n, ad in enumerate(ads))
    raw.executemany("INSERT INTO wordings VALUES (?, ?)", copies)
    raw.commit()
    raw.close()
    with engine.begin() as connection:
        for index in indexes:
            index.create(connection)
        connection.exec_driver_sql("ANALYZE")

    session = Session(engine)

    def find(words: str) -> list[int]:
        own = text.read(words, common)
        sketch = text.sketch(own.shingles)
        if sketch is None:
            return []
        candidates = text_store.near(session, sketch, "")
        if not candidates:
            return []
        marks = ", ".join("?" * len(candidates))
        chosen = f"SELECT report_id, wording FROM wordings WHERE report_id IN ({marks})"
        kept = fetched(session.connection(), chosen, [each.report_id for each in candidates])
        return [int(name, 16) for name, wording in kept if text.distance(own, text.read(wording, common)) is not None]

    def add(words: str) -> None:
        sketch = text.sketch(text.shingles(words, common))
        if sketch:
            name = f"{random.getrandbits(127) | 1 << 127:032x}"
            with Session(engine) as adding:
                text_store.keep(adding, name, name, words, "bench", sketch)
                adding.commit()

    return Engine("Cyber Spotter, SQLite", find, add, time.perf_counter() - began, resident() - before)


def datasketch(ads: list[str], common: text.Hashes) -> Engine:
    """`MinHashLSH` in memory, its answers checked by the estimated Jaccard index, at which we claim."""
    from datasketch import MinHash, MinHashLSH

    began, before = time.perf_counter(), resident()
    index, kept = MinHashLSH(num_perm=text.PERMUTATIONS, params=(BANDS, text.ROWS)), {}

    def made(words: str) -> Any:
        signature = MinHash(num_perm=text.PERMUTATIONS, seed=1)
        signature.update_batch([value.tobytes() for value in text.shingles(words, common)])
        return signature

    def insert(number: int, words: str) -> None:
        kept[number] = made(words)
        index.insert(number, kept[number], check_duplication=False)

    for number, ad in enumerate(ads):
        insert(number, ad)

    def find(words: str) -> list[int]:
        signature = made(words)
        return [n for n in index.query(signature) if signature.jaccard(kept[n]) >= text.CLAIMED]

    add = lambda words: insert(len(kept), words)  # noqa: E731
    return Engine("datasketch 2.0, memory", find, add, time.perf_counter() - began, resident() - before)


def rensa(ads: list[str], common: text.Hashes) -> Engine:
    """`RMinHashLSH` in memory (Rust), checked the same way."""
    from rensa import RMinHash, RMinHashLSH

    began, before = time.perf_counter(), resident()
    index, kept = RMinHashLSH(threshold=text.CLAIMED, num_perm=text.PERMUTATIONS, num_bands=BANDS), {}

    def made(words: str) -> Any:
        signature = RMinHash(num_perm=text.PERMUTATIONS, seed=1)
        signature.update([str(value) for value in text.shingles(words, common).tolist()])
        return signature

    def insert(number: int, words: str) -> None:
        kept[number] = made(words)
        index.insert(number, kept[number])

    for number, ad in enumerate(ads):
        insert(number, ad)

    def find(words: str) -> list[int]:
        signature = made(words)
        return [n for n in index.query(signature) if signature.jaccard(kept[n]) >= text.CLAIMED]

    add = lambda words: insert(len(kept), words)  # noqa: E731
    return Engine("rensa 0.5, memory", find, add, time.perf_counter() - began, resident() - before)


def measure(count: int) -> list[dict[str, Any]]:
    """A row for each engine: what it found of the copies, what else it called the same, and how long it took."""
    maker = Ads(SEED)
    ads = [maker.make() for _ in range(count)]
    sample = [text.hashes(text.folded(ad)) for ad in ads[:SAMPLE]]
    values, often = np.unique(np.concatenate(sample), return_counts=True)
    common = values[often > len(sample) / 100]
    copied = [maker.chance.randrange(count) for _ in range(QUERIES)]
    queries = [Query(maker.edited(ads[n], KINDS[place % 8]), KINDS[place % 8], n) for place, n in enumerate(copied)]
    queries += [Query(maker.make(), "new", None) for _ in range(QUERIES)]
    maker.chance.shuffle(queries)
    with tempfile.TemporaryDirectory() as folder:
        engines = [ours(ads, common, Path(folder))]
        if count <= LARGEST_FOR_DATASKETCH:
            engines.append(datasketch(ads, common))
        engines.append(rensa(ads, common))
        times: dict[str, list[float]] = defaultdict(list)
        answers: dict[str, list[list[int]]] = defaultdict(list)
        for turn in range(4):  # the first warms up
            for query in queries:
                for engine in engines:
                    began = time.process_time()
                    found = engine.find(query.words)
                    if turn:
                        times[engine.name].append(time.process_time() - began)
                    if turn == 1:
                        answers[engine.name].append(found)
        adding: dict[str, list[float]] = defaultdict(list)
        for _ in range(100):
            ad = maker.make()
            for engine in engines:
                began = time.perf_counter()
                engine.add(ad)
                adding[engine.name].append(time.perf_counter() - began)
        rows = []
        for engine in engines:
            copies = [
                (query, found)
                for query, found in zip(queries, answers[engine.name], strict=True)
                if query.source is not None
            ]
            mixes = [query.source in found for query, found in copies if query.kind == "mix"]
            false = sum(
                text.jaccard(text.shingles(query.words, common), text.shingles(ads[n], common)) < 0.35
                for query, found in zip(queries, answers[engine.name], strict=True)
                for n in found[:20]
            )
            rows.append(
                {
                    "ads": count,
                    "engine": engine.name,
                    "p50": statistics.median(times[engine.name]) * 1000,
                    "p99": sorted(times[engine.name])[int(len(times[engine.name]) * 0.99)] * 1000,
                    "recall": sum(query.source in found for query, found in copies) / len(copies),
                    "mix": sum(mixes) / len(mixes),
                    "false": false / len(queries),
                    "add": statistics.median(adding[engine.name]) * 1000,
                    "built": engine.built_in,
                    "memory": engine.memory,
                }
            )
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """The rows in Markdown."""
    lines = [
        "| ads | engine | p50 ms | ratio of p50 | p99 ms | recall | recall of all edits at once | false a query | one add ms | build s | process grew MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        rensa = next(peer["p50"] for peer in rows if peer["ads"] == row["ads"] and "rensa" in peer["engine"])
        lines.append(
            f"| {row['ads']:,} | {row['engine']} | {row['p50']:.3f} | {row['p50'] / rensa:.2f} | {row['p99']:.2f} | {row['recall']:.3f} | {row['mix']:.2f} "
            f"| {row['false']:.3f} | {row['add']:.2f} | {row['built']:.0f} | {row['memory']:.0f} |"
        )
    return "\n".join(lines)


def plot(rows: list[dict[str, Any]]) -> str:
    """The medians as bars, in one SVG that works on light and dark ground."""
    most, lines = max(row["p50"] for row in rows), []
    for place, row in enumerate(rows):
        y, width = 20 + place * 26, 300 * row["p50"] / most
        fill = "#14565a" if row["engine"].startswith("Cyber") else "#9a8f7d"
        lines.append(
            f'<text x="0" y="{y + 13}">{row["ads"]:,}: {row["engine"]}</text><rect x="250" y="{y}" width="{width:.0f}" height="17" fill="{fill}"/>'
        )
        lines.append(f'<text x="{256 + width:.0f}" y="{y + 13}">{row["p50"]:.2f} ms, {row["memory"]:.0f} MB</text>')
    high = 30 + len(rows) * 26
    style = "text{font:13px sans-serif;fill:#555}@media(prefers-color-scheme:dark){text{fill:#bbb}}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {high}"><style>{style}</style>{"".join(lines)}</svg>\n'


def main(counts: tuple[int, ...] = (100_000,)) -> str:
    """The table, in Markdown."""
    rows = [row for count in counts for row in measure(count)]
    (OUT / "texts.svg").write_text(plot(rows), encoding="utf-8")
    load = Path("/proc/loadavg").read_text().split()[0]
    about = (
        "Edited copies found among so many ads, every engine asked the same in turn; 80 permutations, 20 bands of 4. Recall "
        "is of 200 copies of eight kinds of edits; `false` are answers whose exact Jaccard index is below .35. Ours compares "
        "the texts themselves before it answers, and every add is committed with fsync; the peers answer by an estimate and "
        f"keep nothing after the process ends. Load of the machine when measured: {load}."
    )
    return f"{about}\n\n{table(rows)}\n\n![Median of one search, by engine](texts.svg)"


if __name__ == "__main__":
    print(main(tuple(int(count.replace(",", "")) for count in sys.argv[1:]) or (100_000,)))
