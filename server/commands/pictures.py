"""`flask training pictures …`: photographs for the picture lane, with their licence."""

from pathlib import Path

import click
from flask.cli import AppGroup

from server.core.database import read
from server.journeys.spotter import picturing
from server.people.courses import catalogue, pictured
from server.people.courses.yaml_lines import Invalid
from server.people.skill import picture_store
from server.reads import picture_lane

cli = AppGroup("pictures", help="Pictures of the picture lane, each with its licence and author.")


@cli.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and say what would be done; keep nothing.")
def import_folder(folder: Path, dry_run: bool) -> None:
    """Load the pictures that FOLDER/pictures.yaml names, all of them or none. Importing the same file again changes nothing, and
    pictures that it leaves out stay. What is kept is a smaller copy of the pixels: no metadata, no original."""
    if not (folder / pictured.NAME).is_file():
        raise click.ClickException(f"There is no {pictured.NAME} in {folder}.")
    try:
        done = picturing.load_pictures(folder, dry_run=dry_run)
    except Invalid as invalid:
        for problem in invalid.problems:
            click.echo(problem, err=True)
        many = len(invalid.problems)
        raise click.ClickException(
            f"{many} {'problem' if many == 1 else 'problems'} to fix. Nothing was loaded."
        ) from None
    click.echo(
        f"{'Would load' if dry_run else 'Loaded'} {len(done.added)} new and {len(done.changed)} changed pictures; "
        f"{len(done.unchanged)} are as they were."
    )


@cli.command("list")
def list_pictures() -> None:
    """List every picture of the lane: its name, what it shows, licence, author and source."""
    with read() as session:
        loaded, shown = picture_store.loaded(session), picture_lane.all_pictures(session)
    ours = catalogue.pictures()
    for name, picture in shown.items():
        come = "bundled" if name in ours else "loaded"
        if name in ours and name in loaded:
            come += "; a loaded picture of this name is not shown"
        click.echo(f"{name}: {picture.title}; {picture.licence}, {picture.author}, {picture.source} ({come})")
    click.echo(f"{len(ours)} are bundled, {len(loaded)} were loaded.")


@cli.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove the loaded picture NAME from the lane and delete it. Answers to it stay."""
    if not picturing.remove_picture(name):
        if name in catalogue.pictures():
            raise click.ClickException(f"{name} is bundled and was not loaded.")
        raise click.ClickException(f"There is no loaded picture named {name}.")
    click.echo(f"Removed {name}.")
