"""Sending a report as a client of the API does."""

import hashlib
import io
import json
import uuid
from typing import Any

from flask.testing import FlaskClient
from PIL import Image


def png(size: tuple[int, int] = (40, 30), colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def send(client: FlaskClient, headers: dict[str, str], report: Any, key: str | None = None, **files: bytes) -> Any:
    headers = headers | {"Idempotency-Key": key or str(uuid.uuid4())}
    if not files:
        return client.post("/api/v1/reports", headers=headers, json=report)
    report = report | {
        "evidence": report.get("evidence")
        or [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()]
    }
    form: dict[str, Any] = {"report": (io.BytesIO(json.dumps(report).encode()), "report.json", "application/json")}
    form |= {name: (io.BytesIO(data), name + ".png") for name, data in files.items()}
    return client.post("/api/v1/reports", headers=headers, data=form)


def multipart(report: Any, *screenshot: bytes) -> tuple[bytes, str]:
    """A body with its content type, for a client of a real server: the report, and a screenshot if there is one."""
    boundary = uuid.uuid4().hex
    entries = [{"name": "screenshot", "sha256": hashlib.sha256(data).hexdigest()} for data in screenshot]
    body = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="report"\r\n\r\n'.encode(),
        json.dumps(report | {"evidence": entries}).encode(),
    ]
    for data in screenshot:
        body += [
            f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="screenshot"; filename="s.png"\r\n'.encode(),
            b"Content-Type: image/png\r\n\r\n",
            data,
        ]
    return b"".join([*body, f"\r\n--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"
