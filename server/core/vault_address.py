"""What `SPOTTER_VAULT_URL` names: a folder, or a bucket of an S3-compatible store. Pure."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # AWS, "Bucket naming rules"
PREFIX = re.compile(r"[A-Za-z0-9!_.*'()-]+(?:/[A-Za-z0-9!_.*'()-]+)*")  # AWS, "Safe characters" of object keys
REGION = re.compile(r"[a-z0-9-]{1,64}")
NAMES = "the bucket's name has 3 to 63 small letters, digits, dots and hyphens"
FORM = "give file:, file:/a/folder or s3://bucket/prefix?endpoint=https://host&region=name"


@dataclass(frozen=True)
class FolderAddress:
    """A folder of this machine."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True)
class BucketAddress:
    """A bucket, and what the names of its objects begin with: nothing, or a prefix without a slash at either end."""

    bucket: str
    prefix: str
    endpoint: str  # https://host, or http://host on loopback
    region: str

    def __str__(self) -> str:
        return f"s3://{self.bucket}{'/' if self.prefix else ''}{self.prefix} at {self.endpoint}"


def read(url: str, data_dir: Path) -> FolderAddress | BucketAddress:
    """Pure. Where evidence is kept; `file:` alone is the folder `evidence` of the data folder.

    Raises ValueError in words for whoever sets it; what was given is not repeated, for it may hold a secret.
    """
    if url.startswith("file:"):
        place = url.removeprefix("file:")
        if place and not place.startswith("/"):
            raise ValueError(FORM)
        return FolderAddress(Path(place) if place else data_dir / "evidence")
    if not url.startswith("s3://"):
        raise ValueError(FORM)
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket without its other
        raise ValueError(NAMES) from None
    if "@" in parts.netloc:
        raise ValueError("credentials belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in the address")
    prefix = parts.path.strip("/")
    if not BUCKET.fullmatch(parts.netloc) or ".." in parts.netloc:
        raise ValueError(NAMES)
    if prefix and (not PREFIX.fullmatch(prefix) or {".", ".."} & set(prefix.split("/"))):
        raise ValueError("the prefix has letters, digits and !_.*'()- between single slashes")
    if parts.fragment:
        raise ValueError(FORM)
    given = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(given)
    if len(options) < len(given) or set(options) - {"endpoint", "region"}:
        raise ValueError("after the ? stand endpoint and region, each at most once")
    return BucketAddress(parts.netloc, prefix, *_server(options.get("endpoint"), options.get("region")))


def _server(endpoint: str | None, region: str | None) -> tuple[str, str]:
    """Endpoint and region; without an endpoint it is AWS, and without a region, the one that other stores expect."""
    if region is not None and not REGION.fullmatch(region):
        raise ValueError("region has small letters, digits and hyphens, such as eu-central-1")
    if endpoint is None:
        if region is None:
            raise ValueError("without an endpoint it is AWS: give its region")
        return f"https://s3.{region}.amazonaws.com", region
    try:
        url = urlsplit(endpoint)
        whole = url.hostname and url.port != 0
    except ValueError:  # a port that is no number, or too large
        url, whole = urlsplit(""), None
    if not whole or url.scheme not in ("http", "https") or url.path.strip("/") or url.query or url.fragment:
        raise ValueError("endpoint is https://host or https://host:port, without a path")
    if "@" in url.netloc:
        raise ValueError("credentials belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in the address")
    if url.scheme == "http" and url.hostname not in LOOPBACK:
        raise ValueError("an endpoint that is not on this machine needs https://")
    return f"{url.scheme}://{url.netloc}", region or "us-east-1"
