"""flask training check, flask training keep, flask training accredit."""

from pathlib import Path

import click
from flask.cli import AppGroup

from server.commands import guard, pictures
from server.core.words import Level, Refused
from server.journeys.spotter import accrediting
from server.people.accreditation import agreement
from server.people.accreditation.deciding import LacksSecond
from server.people.courses import catalogue, known, pictured, taught
from server.people.courses.module_file import PICTURE_LANE, load_all
from server.people.courses.yaml_lines import Invalid

cli = AppGroup("training", help="Lessons, and who may report.")
cli.add_command(pictures.cli)


@cli.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=catalogue.CONTENT)
@guard.without_database
def check(folder: Path) -> None:
    """Check every module in FOLDER (training_modules/ by default), the agreement and the known listings; say what is
    wrong, by file and line."""
    listings: dict[str, known.Known] = {}
    shown: dict[str, object] = {}
    try:
        modules = load_all(folder)
        if (folder / "agreement.md").is_file():
            agreement.load(folder / "agreement.md")
            for beside in folder.glob("agreement.*.md"):
                agreement.load_translation(folder / "agreement.md", beside.stem.partition(".")[2])
        words = taught.vocabulary(modules.values())
        if problems := [p for m in modules.values() for p in taught.check(folder / m.slug, m, words)]:
            raise Invalid(problems)
        lessons = {f"{module.slug}/{lesson.name}" for module in modules.values() for lesson in module.lessons}
        if (folder / PICTURE_LANE / pictured.NAME).is_file():
            shown = dict(pictured.load(folder / PICTURE_LANE / pictured.NAME, lessons))
        if (folder / known.NAME).is_file():
            listings = known.load(folder / known.NAME, lessons)
    except Invalid as invalid:
        raise _to_fix(invalid) from None
    for module in modules.values():
        click.echo(
            f"{module.slug}: {len(module.lessons)} lessons, {module.minutes} minutes, {len(module.questions)} questions, "
            f"{f'{len(module.exam_questions)} of the exam alone, ' if module.exam_questions else ''}"
            f"{len(module.pictures)} pictures, {', '.join(module.languages)}, exam {module.content_hash}"
        )
    if listings:
        flags = sum(listing.truth == "flag" for listing in listings.values())
        click.echo(f"{known.NAME}: {len(listings)} listings, {flags} to flag")
    if shown:
        pictures_said = f"{len(shown)} {'picture' if len(shown) == 1 else 'pictures'}"
        ours = folder.resolve() == catalogue.CONTENT
        load = "" if ours else f" to load: flask training pictures import {folder / PICTURE_LANE}"
        click.echo(f"{PICTURE_LANE}: {pictures_said}{load}")
    click.echo(f"Checked {len(modules)} {'module' if len(modules) == 1 else 'modules'}: no problems found.")


@cli.command("keep")
@click.argument("slug")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=catalogue.CONTENT)
@guard.without_database
def keep(slug: str, folder: Path) -> None:
    """Keep what the module SLUG teaches now beside it, so that its next change can be detected. Refused while a change of
    words is not declared in its front matter. Of `agreement`: what it is signed as, so that a comma asks nobody again."""
    try:
        if slug == agreement.NAME:
            agreement.keep(folder / "agreement.md")
            click.echo("Kept what the agreement says.")
            return
        modules = load_all(folder)
        if slug not in modules:
            raise click.ClickException(f"There is no module {slug} in {folder}.")
        day = taught.keep(folder / slug, modules[slug], taught.vocabulary(modules.values()))
    except Invalid as invalid:
        raise _to_fix(invalid) from None
    click.echo(f"Kept what {slug} teaches, as of {day}.")


def _to_fix(invalid: Invalid) -> click.ClickException:
    """The error that counts the problems, each told on its own line before."""
    for problem in invalid.problems:
        click.echo(problem, err=True)
    many = len(invalid.problems)
    return click.ClickException(f"{many} {'problem' if many == 1 else 'problems'} to fix.")


@cli.command("accredit")
@click.argument("email")
@click.option(
    "--by", "by_email", metavar="COORDINATOR_EMAIL", required=True, help="The coordinator who is responsible for it."
)
@click.option("--why", required=True, help="The reason, kept with the decision.")
@click.option("--level", type=click.Choice([level.value for level in Level]), default=Level.PROBATION.value)
@click.option(
    "--second", default="", metavar="EMAIL",
    help="Above probation: another coordinator, or for the only coordinator a person elsewhere. They are told by email.",
)  # fmt: skip
def accredit(email: str, by_email: str, why: str, level: str, second: str) -> None:
    """Accredit EMAIL without an exam, their agreement on paper; both are recorded. Never oneself."""
    try:
        accrediting.accredit_by_email(email, by_email, why, Level(level), waive_exam=True, second=second)
    except LacksSecond as refusal:
        raise click.ClickException(f"{refusal.detail} To name a second person here: --second EMAIL.") from None
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
    click.echo(f"Accredited {email} as {level}, by {by_email}; recorded: exam waived.")
