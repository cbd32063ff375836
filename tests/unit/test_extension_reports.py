"""The largest report that the extension makes is one that the server takes."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from server.core import payloads
from server.core.config import Settings
from server.ledger.reports import schemas

LIB = Path(__file__).resolve().parents[2] / "extension" / "lib"
NODE = shutil.which("node")

# Everything at its limit, in letters of three bytes, with half a sign at every end; and one over it, which stays out.
LARGEST = """
import { fitted, LIMITS } from './limits.js';
import { compose, REASON_LIMIT, SPECIES_LIMIT, TITLE_LIMIT } from './report.js';
const long = (limit, more) => '虎'.repeat(limit - 1 + more) + '\\ud83d';
const address = (more) => 'https://market.example/' + 'x'.repeat(LIMITS.url - 23 + more);
const listing = (more) => ({
  ...Object.fromEntries(['title', 'description', 'number', 'location', 'posted_at'].map((field) => [field, long(LIMITS[field] ?? LIMITS.short, more)])),
  language: 'x'.repeat(LIMITS.language + more),
  price: { amount: '123456789012345.123456', currency: 'EUR', text: long(LIMITS.price, more) },
  seller: { name: long(LIMITS.short, more), url: address(more) },
  images: Array.from({ length: LIMITS.images + more }, () => ({ url: address(0), alt: long(LIMITS.alt, 1500) })),
  structured_data: Array.from({ length: LIMITS.nodes + more }, () => ({ 'x\\ud83d': 'a\\0b\\udc00' })),
});
const form = { category: 'live', picks: [], words: long(REASON_LIMIT, 0), title: long(TITLE_LIMIT, 0), species: long(SPECIES_LIMIT, 0), legality: 'none', confidence: '', access: 'public' };
console.log(JSON.stringify([0, 1].map((more) => {
  const captured = { url: address(0), captured_at: new Date().toISOString(), sha256: {}, client: { extension_version: '1.0.0', browser: long(300, 0), viewport: '1×1' } };
  const { listing: left, too_long } = fitted({ listing: listing(more) });
  return { too_long, json: JSON.stringify(compose({ ...captured, listing: left }, form, new Set()).report) };
})));
"""


@pytest.mark.skipif(not NODE, reason="node is not installed: make tools installs it")
def test_the_largest_report_of_the_extension_is_taken() -> None:
    assert NODE
    run = subprocess.run(
        [NODE, "--input-type=module", "-e", LARGEST], cwd=LIB, capture_output=True, text=True, check=True
    )
    within, over = json.loads(run.stdout)
    for report in (within, over):
        raw = report["json"].encode()
        assert len(raw) <= Settings.max_json
        assert not payloads._ESCAPED.search(raw), "no NUL, no half of a sign"
        schemas.NewReport().load(json.loads(raw))
    assert (within["too_long"], len(json.loads(within["json"])["listing"])) == ([], 10)
    left_out = {"title", "description", "number", "location", "posted_at", "language", "price", "seller", "structured_data"}  # fmt: skip
    assert set(over["too_long"]) == left_out, "and pictures, of which the first hundred go"
