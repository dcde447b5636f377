"""`rolebook forms`."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rolebook import atomic_file
from rolebook.cli.common import (
    CLEAN,
    config_option,
    open_or_exit,
    refuse,
    refuse_linked,
    refuse_unwritten,
    shown,
    stopping_whole,
)
from rolebook.escaping import printable
from rolebook.files import has_link
from rolebook.forms.config import settings, title
from rolebook.forms.hosts import HOSTS, Repository
from rolebook.forms.page import SETTINGS, page_files
from rolebook.git import GitError, repository
from rolebook.handbook import Handbook
from rolebook.language import gettext, ngettext
from rolebook.pages.addresses import FORMS
from rolebook.site_config import site_settings

_HELP = """\
Write the page with forms for a git host. It is for people who edit the handbook in their browser.

It becomes part of the internal site, at admin/, and never of a public edition: it holds names. Whoever opens
it signs in to the git host, and what they save is a commit there. Run the command again when people or
folders of roles were added, or after an update of Rolebook.

Without --sign-in, people paste an access token. What each host needs is in the guide, under Edit with forms.

Exit code: 0 when the page was written, 2 when nothing was written.

\b
Examples:
  rolebook forms --host github --repo our-shop/handbook
  rolebook forms --host gitlab --repo our-shop/handbook --sign-in APPLICATION-ID
  rolebook forms --host gitea --address https://codeberg.org --repo our-shop/handbook
"""
_REPOSITORY = re.compile(r"[\w.-]+(?:/[\w.-]+)+")
_ADDRESS = re.compile(r"https://[\w.-]+(?::\d+)?(?:/[\w./-]*)?")


def _of_form(form: re.Pattern[str], expected: str) -> Callable[[Any, Any, str], str]:
    def checked(_: Any, __: Any, value: str) -> str:
        if value and not form.fullmatch(value):
            raise click.BadParameter(f"Write {expected}.")
        return value

    return checked


repository_named = _of_form(_REPOSITORY, "owner and name of the repository, such as our-shop/handbook")
"""Takes the name of a repository from the command line."""


@click.command(help=_HELP)
@click.option("--host", type=click.Choice(HOSTS), required=True, help="Forgejo and Codeberg are as gitea.")
@click.option(
    "--repo",
    metavar="OWNER/NAME",
    required=True,
    callback=repository_named,
    help="The repository there.",
)
@click.option("--branch", default="main", show_default=True, help="The branch that is edited.")
@click.option(
    "--address",
    metavar="URL",
    default="",
    callback=_of_form(_ADDRESS, "an address that begins with https://"),
    help="The host's address, if it is not github.com, gitlab.com or gitea.com.",
)
@click.option(
    "--sign-in",
    metavar="ID",
    default="",
    help="The id of the application on GitLab or Gitea; for GitHub, the address of a sign-in helper.",
)
@config_option
def forms(host: str, repo: str, branch: str, address: str, sign_in: str, config_file: Path) -> None:
    """Write the page with forms for a git host."""
    with stopping_whole():
        handbook = open_or_exit(config_file)
        if host == "github" and sign_in and not _ADDRESS.fullmatch(sign_in):
            refuse(gettext("GitHub needs the address of a sign-in helper: write --sign-in https://…."))
        if "encryptcontent" in site_settings(config_file).plugins:
            refuse(
                gettext(
                    "The password of your pages does not protect the names in the forms. Use 'rolebook edit'."
                )
            )
        folder, number = write_forms(handbook, Repository(host, repo, branch, address, sign_in))
    said = ngettext(
        "The page with the forms is in %(folder)s: %(number)s file written.",
        "The page with the forms is in %(folder)s: %(number)s files written.",
        number,
        folder=folder,
    )
    click.echo(printable(said))
    sys.exit(CLEAN)


def write_forms(handbook: Handbook, kept_in: Repository) -> tuple[str, int]:
    """Write the page into the handbook: its folder as whoever typed the command reaches it, and the files."""
    project = handbook.project
    if project.is_public:
        refuse(
            gettext(
                "A public edition has no forms, as they hold names. Name the internal one's file with -f."
            )
        )
    try:
        prefix = repository(project.root).prefix
    except GitError:
        prefix = ""
    folder = project.root / project.docs_dir / FORMS
    for below in (FORMS, f"{FORMS}/assets"):
        if has_link(project.root, f"{project.docs_dir}/{below}"):
            refuse_linked(f"{project.docs_dir}/{below}")
    if os.path.lexists(folder) and not (folder / SETTINGS).is_file():
        refuse(
            gettext(
                "%(folder)s is there already, and not from 'rolebook forms'. Move it away first.",
                folder=folder,
            )
        )
    texts = page_files(title(project), settings(handbook, kept_in.backend, prefix), kept_in.asked)
    try:
        # The settings first: they say that the folder is ours.
        for name, content in sorted(texts.items(), key=lambda each: each[0] != SETTINGS):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            atomic_file.replace(folder / name, content)
    except OSError as error:
        refuse_unwritten(error.filename or folder, error)
    return shown(project.root, f"{project.docs_dir}/{FORMS}"), len(texts)
