"""flask evidence …: evidence files are moved, checked, and exported as proof."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import track

from server.core import audit, moving, setting_checks, vault, web
from server.core.database import read, write
from server.core.vault import FileState
from server.core.vault_bucket import Bucket
from server.core.vault_folder import Folder
from server.core.words import Refused
from server.journeys.oversight import evidence_export
from server.ledger.cases import store as cases
from server.reads import evidence

LISTED = 20  # of the files that are not what their names say

Item = TypeVar("Item")
cli = AppGroup("evidence", help="Evidence files.")


@cli.command("move")
@click.option("--to", "to_url", metavar="URL", help="Copy from the vault in use (SPOTTER_VAULT_URL) to this one.")
@click.option("--from", "from_url", metavar="URL", help="Copy from this vault to the one in use.")
@click.option(
    "--delete", is_flag=True, help="Delete each file in the old place once it is whole in the new. Only with --from."
)
def move(to_url: str | None, from_url: str | None, delete: bool) -> None:
    """Copy all evidence between a folder and a bucket, or two of either; after an interruption, run it again.

    URL is written as SPOTTER_VAULT_URL is: file:, file:/a/folder or s3://bucket/prefix?endpoint=…&region=…
    """
    if bool(to_url) == bool(from_url):
        raise click.UsageError("Give --to or --from, and not both: the other side is the vault in use.")
    if delete and to_url:
        raise click.UsageError(
            "--delete would empty the vault in use. Change SPOTTER_VAULT_URL first, then use --from."
        )
    option, other = ("--to", _store("--to", to_url)) if to_url else ("--from", _store("--from", from_url or ""))
    here = _store("SPOTTER_VAULT_URL", web.settings().vault_url)
    if str(other) == str(here):
        raise click.UsageError(f"{option} is the vault in use.")
    source, target = (here, other) if to_url else (other, here)
    if isinstance(source, Folder) and not source.path.is_dir():
        raise click.ClickException(f"There is no folder {source}.")
    click.echo(f"From {source}\nto {target}")
    found = _moved(source, target, delete)
    _say(found, target, delete)


def _moved(source: Folder | Bucket, target: Folder | Bucket, delete: bool) -> dict[FileState, list[str]]:
    found: dict[FileState, list[str]] = {state: [] for state in FileState}
    console = Console(stderr=True)
    try:
        if delete and moving.is_same(source, target):
            raise click.ClickException("This is the vault in use under another name: nothing was deleted.")
        digests = moving.listed(source)
        moved = moving.move(digests, source, target, delete)
        for digest, state in track(
            moved, "Moving", total=len(digests), console=console, disable=not console.is_terminal, transient=True
        ):
            found[state].append(digest)
    except moving.Stopped as problem:
        done = len(found[FileState.WHOLE])
        raise click.ClickException(
            f"Stopped after {done} files. {problem}. Once that is put right, run the same command again: it continues."
        ) from None
    finally:
        if found[FileState.WHOLE]:
            with write() as session:
                audit.record(
                    session, None, "evidence_moved", "vault", "vault",
                    source=str(source), target=str(target), files=len(found[FileState.WHOLE]), deleted=delete,
                )  # fmt: skip
    return found


def _say(found: dict[FileState, list[str]], target: Folder | Bucket, delete: bool) -> None:
    whole, altered, missing = (found[state] for state in (FileState.WHOLE, FileState.ALTERED, FileState.MISSING))
    click.echo(f"{len(whole)} files are whole in {target}{', and deleted in the old place' if delete else ''}.")
    if missing:
        click.echo(f"{len(missing)} were deleted in the old place meanwhile.")
    for digest in altered[:LISTED]:
        click.echo(f"Not what its name says, and left where it is: {digest}")
    if altered:
        raise click.ClickException(
            f"{len(altered)} files are altered: restore them from your backup, then run this again."
        )


def _store(name: str, url: str) -> Folder | Bucket:
    settings = web.settings()
    key_id, secret = settings.vault_key_id, settings.vault_secret
    if errors := setting_checks.vault_errors(name, url, key_id, secret):
        raise click.ClickException(" ".join(errors))
    return vault.open_store(url, settings.data_dir, key_id, secret, moving.AT_ONCE)


# --- Whether they are whole, and a case's as proof ------------------------------------------------------------------


@cli.command("verify")
@click.option("--case", "name", metavar="REFERENCE", help="Only of this case.")
def verify(name: str | None) -> None:
    """Check every kept file against its hash; exit status 1 when one is missing or altered."""
    wrong: Counter[str] = Counter()
    with read() as session:
        case_id = cases.id_of(session, name.strip()) if name else None
        if name and case_id is None:
            raise click.ClickException(f"There is no case {name}.")
        total = evidence.count_kept(session, case_id)
        for file in _shown(evidence.kept(session, case_id), "Checking", total):
            try:
                state = vault.state(file.digest)
            except Refused as refusal:
                raise click.ClickException(f"{refusal.detail} ({vault.current()})") from None
            if state is not FileState.WHOLE:
                wrong[state] += 1
                click.echo(f"{state.capitalize()}: {', '.join(file.names)} ({file.digest})")
    files = f"{total:,} {'file' if total == 1 else 'files'}{f' of {name}' if name else ''}"
    if wrong:
        summary = ", ".join(f"{number:,} {state}" for state, number in sorted(wrong.items()))
        raise click.ClickException(f"Of {files} in {vault.current()}: {summary}.")
    click.echo(f"Checked {files} in {vault.current()}: all are unchanged.")


@cli.command("manifest")
@click.argument("reference")
@click.option("--out", required=True, metavar="FILE.zip", type=click.Path(dir_okay=False, path_type=Path))
def manifest(reference: str, out: Path) -> None:
    """Write the evidence of case REFERENCE to FILE.zip, with hashes, times, audit rows and a signature."""
    try:
        done = evidence_export.export(reference, out, lambda files: _shown(files, "Writing", len(files)))
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
    except OSError as problem:
        raise click.ClickException(f"Cannot write {out}: {problem.strerror}.") from None
    click.echo(
        f"Wrote {done.files} {'file' if done.files == 1 else 'files'} of {reference} to {out}; recorded in the audit trail."
    )
    click.echo(f"Signed with key {done.fingerprint}")
    click.echo("Originals may show who captured them: for authorities only.")


def _shown(files: Iterable[Item], words: str, total: int) -> Iterator[Item]:
    """The files one by one, with a bar where somebody looks on."""
    console = Console(stderr=True)
    yield from track(files, words, total, console=console, transient=True, disable=not console.is_terminal)
