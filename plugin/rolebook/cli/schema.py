"""`rolebook schema`."""

import json

import click

from rolebook.schema.json_schema import schemas
from rolebook.schema.snippets import snippets

_HELP = """\
Print the schema of a file, for editors and other programs.

role, person and business-model give a JSON Schema (draft 7) of the lines between the two ---;
snippets gives the same fields as snippets of Visual Studio Code, which completes them in Markdown
files without any extension; data gives the JSON Schema (2020-12) of rolebook.json, which
rolebook export --format json writes.

Exit code: 0, or 2 when the arguments were wrong.

\b
Examples:
  rolebook schema role > .vscode/role.schema.json
  rolebook schema snippets > .vscode/rolebook.code-snippets
"""


@click.command(help=_HELP)
@click.argument("what", type=click.Choice([*schemas(), "snippets", "data"]))
def schema(what: str) -> None:
    """Print what a file may hold."""
    if what == "data":
        # Imported here: it takes 5 ms, and most commands write no data.
        from rolebook.json_export.build import json_schema

        click.echo(json_schema(), nl=False)
        return
    found = snippets() if what == "snippets" else schemas()[what]
    click.echo(json.dumps(found, indent=2))
