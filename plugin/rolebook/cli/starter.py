"""Makes the files of a new handbook: those of `starter/` in this package, with names filled in."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Any

from rolebook.cli.common import refuse
from rolebook.cli.installed import requirement
from rolebook.examples import is_untouched
from rolebook.files import markdown_files as role_files
from rolebook.language import gettext
from rolebook.library.kind import Kind
from rolebook.organisation import RESERVED_IDS, name_key, slug
from rolebook.schema.json_schema import schemas
from rolebook.schema.snippets import snippets
from rolebook.spreadsheet.role_file import plain_body
from rolebook.yaml_text import scalar

GUIDE = (
    *("index.md", "spreadsheets.md", "editing.md", "forms.md", "people.md", "own-fields.md"),
    *("handing-over.md", "publishing.md", "deciding.md", "large.md", "pages.md", "looks.md"),
    *("languages.md", "neighbours.md", "leaving.md", "figures.md", "safety.md"),
    *("fields.md", "checks.md", "options.md", "commands.md"),
)
"""Pages of the guide, in the order of the navigation: what people do, then what they look up."""
GUIDE_PICTURES = ("chart.webp", "role.webp", "job-post.webp", "hand-over.webp")
"""Below `img/` of the guide."""
LOCKED = "requirements-locked.txt"
_BUSINESS_MODEL = "content/business-model.md"
_TOP = "roles/managing-director.md"
"""The role of whoever begins a handbook."""
HOSTS = ("github", "gitlab")
"""Git hosts that a starter has a publishing workflow for."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the files of a new handbook depend on."""

    business: str
    owner: str
    host: str
    """One of `HOSTS`, or empty."""
    guide: bool = True
    for_everyone: bool = True
    """Whether the public edition is published, which anybody may read."""
    table: Mapping[str, str] | None = None
    """Files of the folder of roles from a spreadsheet, by name."""
    holders: Sequence[str] = ()
    """Who holds the roles of the spreadsheet, or roles of the kind in place of the owner."""
    allow_multiple_roots: bool = False
    examples: bool = True
    """Whether there are roles below the owner's, and an offer with promises."""
    kind: Kind | None = None
    """What the roles and the business model are those of, in place of the examples."""

    @property
    def owner_id(self) -> str:
        person = slug(self.owner)
        return person if person and person not in RESERVED_IDS else "owner"

    @property
    def a_parent(self) -> str:
        """A role to which another one can report: in an example of a command."""
        if self.table is not None:
            return next((PurePosixPath(name).stem for name in self.table if name.endswith(".md")), "")
        if self.kind:
            return next(iter(self.kind.roles), self.kind.top)
        return "marketing" if self.examples else PurePosixPath(_TOP).stem


def starter(answers: Answers) -> dict[str, str | bytes]:
    """The content of each file by its path below the handbook's folder."""
    line, wheels = requirement()
    texts: dict[str, str | bytes] = dict(_part("common", answers, line))
    texts |= wheels
    locked = files("rolebook") / "starter" / LOCKED
    texts[LOCKED] = locked.read_text(encoding="utf-8")
    if answers.host:
        readers = "everyone" if answers.for_everyone else "colleagues"
        texts |= {path: _for(readers, text) for path, text in _part(answers.host, answers, line)}
    if answers.guide:
        guide = files("rolebook") / "starter" / "guide"
        texts |= {f"content/guide/{page}": (guide / page).read_text(encoding="utf-8") for page in GUIDE}
        pictures = [f"img/{name}" for name in GUIDE_PICTURES]
        texts |= {f"content/guide/{name}": (guide / name).read_bytes() for name in pictures}
    if answers.table is None:
        texts |= {path: text for path, text in _part("roles", answers, line) if _is_wanted(path, answers)}
        if answers.kind:
            roles = answers.kind.role_files(answers.owner_id)
            texts |= {f"roles/{name}": text for name, text in roles.items()}
            texts[_BUSINESS_MODEL] = answers.kind.business_model
            texts |= _people(answers, {answers.owner_id})
    else:
        texts |= {f"roles/{name}": text for name, text in answers.table.items()}
        texts |= _people(answers)
    return texts | _editor()


def untouched_examples(folder: Path, remove: bool | None) -> tuple[str, ...]:
    """The role files of `folder`, if all are untouched examples of the starter; else none.

    Ends the program if others are there though the examples are to go: roles may report to an example.
    """
    names = [Path(name).as_posix() for name in role_files(folder, ".")] if folder.is_dir() else []
    own = [name for name in names if not is_untouched(name, _text(folder / name))]
    if own and remove:
        refuse(
            gettext(
                "%(file)s is not as 'rolebook init' wrote it. Delete by hand the roles that go.",
                file=folder / own[0],
            )
        )
    return () if own else tuple(names)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _people(answers: Answers, there: Iterable[str] = ()) -> dict[str, str]:
    """A file for each holder, beside those that are there; the owner of the business is its founder."""
    texts: dict[str, str] = {}
    taken = {*RESERVED_IDS, *there}
    for name in answers.holders:
        wanted = slug(name) or "person"
        numbered = (f"{wanted}-{number}" for number in count(2))
        person = next(each for each in chain([wanted], numbered) if each not in taken)
        taken.add(person)
        founder = "founder: yes\n" if name_key(name) == name_key(answers.owner) else ""
        texts[f"people/{person}.md"] = f"---\nname: {scalar(name)}\n{founder}---\n"
    return texts


def _is_wanted(path: str, answers: Answers) -> bool:
    if not path.startswith("roles/"):
        return True
    return not answers.kind and (answers.examples or path == _TOP)


def _for(readers: str, text: str) -> str:
    """Leave out of a workflow what is for other readers: lines between `# >>> …` and `# <<<`."""
    text = re.sub(rf"^ *# >>> (?!{readers}\b).*?^ *# <<<\n", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^ *# (?:>>> \w+|<<<)\n", "", text, flags=re.MULTILINE)


def _part(name: str, answers: Answers, line: str) -> Iterator[tuple[str, str]]:
    """Read the files of one of the starter's folders; in those that end in .jinja, names are filled in."""
    # Imported here: it takes 20 ms, and of the commands only `init` fills in templates.
    from jinja2 import Environment, StrictUndefined

    templates = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    templates.filters |= {"yaml": scalar, "markdown": plain_body}
    context: dict[str, Any] = {
        "business": answers.business,
        "owner": answers.owner,
        "id": answers.owner_id,
        "host": answers.host,
        "guide": GUIDE if answers.guide else (),
        "table": answers.table is not None,
        "examples": answers.examples and answers.table is None,
        "allow_multiple_roots": answers.allow_multiple_roots,
        "requirement": line,
        "parent": answers.a_parent,
    }
    for path, file in _files(files("rolebook") / "starter" / name):
        text = file.read_text(encoding="utf-8")
        if path.endswith(".jinja"):
            text = templates.from_string(text).render(context)
        yield path.removesuffix(".jinja").replace("ID.md", f"{answers.owner_id}.md"), text


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    # Hidden files get their dot here; with it, tools that pack the wheel might pass them over.
    for entry in folder.iterdir():
        name = entry.name.replace("dot-", ".", 1) if entry.name.startswith("dot-") else entry.name
        if entry.is_dir():
            yield from _files(entry, f"{path}{name}/")
        else:
            yield f"{path}{name}", entry


def _editor() -> dict[str, str]:
    """Completion in Visual Studio Code: snippets work as they are, the schemas with a YAML extension."""
    settings = {
        "yaml.schemas": {
            ".vscode/role.schema.json": "roles/**/*.md",
            ".vscode/person.schema.json": "people/*.md",
            ".vscode/business-model.schema.json": "content/business-model.md",
        }
    }
    texts = {f"{name}.schema.json": schema for name, schema in schemas().items()}
    texts |= {"settings.json": settings, "rolebook.code-snippets": snippets()}
    return {f".vscode/{name}": f"{json.dumps(value, indent=2)}\n" for name, value in texts.items()}
