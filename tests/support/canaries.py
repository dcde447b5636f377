"""A project in which every value can be recognised wherever it comes out, and a search for the values.

The fields come from the schema's declarations, so that a new one is covered by itself.
"""

import base64
import datetime as dt
import gzip
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pypdf
import yaml
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from projects import write
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import Group, declarations, shown_name
from rolebook.schema.kinds import AnyOf, Choice, Day, ListOf, Number, Pattern, Text, Whole, YesNo
from rolebook.schema.own_fields import BUILT_IN, Records
from rolebook.schema.records import EMAIL, PHONE, SECTIONS, WEB_ADDRESS, Search
from rolebook.schema.standards import CURRENCY, TIME_ZONE

PUBLIC, CONTRACTOR, INTERNAL = Audience


@dataclass
class Canaries:
    """Makes values that can be recognised, and remembers whom each is for."""

    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """How a value may be written, by what it stands for."""
    audiences: dict[str, Audience] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1001))

    def token(self, name: str, audience: Audience) -> str:
        """A word that stands nowhere else."""
        word = f"canary{next(self._numbers)}x"
        self.forms[name], self.audiences[name] = (word,), audience
        return word

    def record(self, kind: type, fixed: dict[str, Any], at: str, audience: Audience = PUBLIC) -> Any:
        """A record of `kind` with a value in each field, but for those that are `fixed`."""
        values = {}
        of = fixed.get(f"{at}.kind", "role")
        for name, declaration in declarations(kind).items():
            if of in declaration.instead:
                continue
            where = f"{at}.{name}"
            values[name] = self._value(declaration.kind, fixed, where, max(audience, declaration.audience))
        return kind(**values)

    def _value(self, kind: Any, fixed: dict[str, Any], at: str, audience: Audience) -> Any:
        if at in fixed:
            return fixed[at]
        if isinstance(kind, ListOf):
            return (self._value(kind.kind, fixed, at, audience),)
        if isinstance(kind, Group | AnyOf):
            group = kind if isinstance(kind, Group) else kind.group
            return self.record(group.record, fixed, at, audience)
        if isinstance(kind, YesNo | Choice):
            return True if isinstance(kind, YesNo) else kind.words[0]
        if kind is CURRENCY:
            return "EUR"  # the amount beside it has a canary
        return self._scalar(kind, at, audience)

    def _scalar(self, kind: Any, at: str, audience: Audience) -> Any:
        self.audiences[at] = audience
        number = next(self._numbers)
        if isinstance(kind, Text | Pattern):
            word = f"canary{number}x"
            self.forms[at] = (word,)
            if kind is PHONE:
                self.forms[at] = (f"+353 1 55{number}", f"+353155{number}")
                return self.forms[at][0]
            shapes = {EMAIL: f"{word}@example.org", WEB_ADDRESS: f"https://{word}.example.org/"}
            return shapes.get(kind, word)
        if kind is TIME_ZONE:
            self.forms[at] = ("Antarctica/Troll",)
            return "Antarctica/Troll"
        if isinstance(kind, Day):
            day = dt.date(1200 + number, 3, 4)
            self.forms[at] = (day.isoformat(), f"4 March {day.year}")
            return day
        assert isinstance(kind, Number | Whole), f"{at} is of a new kind: teach it here"
        high = kind.high if isinstance(kind, Number) else kind.number.high
        amount = number / 100 + 40 if high < 1000 else 70_000 + number
        self.forms[at] = (f"{amount:.4g}",) if high < 1000 else (f"{amount}", f"{amount:,}")
        return amount

    def found(self, text: str) -> set[str]:
        """What of the values stands in `text`."""
        return {name for name, forms in self.forms.items() if any(_stands_in(form, text) for form in forms)}

    def beyond(self, audience: Audience) -> set[str]:
        """What `audience` may not see."""
        return {name for name, its_audience in self.audiences.items() if its_audience > audience}


def _stands_in(form: str, text: str) -> bool:
    if form.startswith("canary"):
        return form in text or form.upper() in text  # within an address or a file's name as well
    return form in text and bool(re.search(rf"(?<![\w,.-]){re.escape(form)}(?![\w-])", text))


_NO_SEARCH = Search()
FIXED = {
    **{f"{each}.icon": "material/library" for each in ("role", "team", "planned", "person")},
    **{f"{each}.search": _NO_SEARCH for each in ("role", "team", "planned", "person")},
    "role.parent": "above",
    "role.also_reports_to": ("planned", "team"),
    "role.status": "open",
    "role.posting.opens": dt.date(2020, 1, 2),
    "role.rate.show": False,
    "role.rate.currency": "EUR",
    "role.location.remote": True,
    "role.reporting.to": "above",
    "role.deliverable.receiver": "above",
    "role.deliverable.for_": "promise",
    "business.deliverables.id": "promise",
    "team.kind": "team",
    "team.aliases": (),
    "team.parent": "above",
    "team.also_reports_to": ("planned", "seat"),
    "team.status": "",
    "team.deliverable.receiver": "above",
    "team.deliverable.for_": "promise",
    "team.members.since": dt.date(2020, 1, 2),
    "team.members.until": None,
    "planned.parent": "above",
    "planned.also_reports_to": ("team",),
    "planned.status": "planned",
}
"""Where not just any value will do."""


def project(
    root: Path,
    canaries: Canaries,
    site: str = "",
    records: Records = BUILT_IN,
    own: Mapping[str, Any] | None = None,
) -> Path:
    """Writes the project below `root`; `site` is the rest of `mkdocs.yml`.

    `records` declare the fields; `own` has the values of the owner's fields that need one of a kind.
    """
    fixed = FIXED | dict(own or {})
    token = canaries.token
    person, path = token("person's file", INTERNAL), token("folder", INTERNAL)
    inside, picture = token("page inside", INTERNAL), token("picture's name", INTERNAL)
    former = f"{token('role.aliases.folder', INTERNAL)}/{token('role.aliases.name', PUBLIC)}"
    role = canaries.record(records.role, fixed | {"role.aliases": (former,)}, "role")
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"site_name: Us\nsite_url: https://us.example/\ndocs_dir: content\n{site}",
        "content/index.md": f"# {token('public page', PUBLIC)}\n\n"
        f"[The seat](../roles/{path}/seat.md), [{token('text of a link', PUBLIC)}]({inside}.md)\n",
        f"content/{inside}.md": f"---\ntags: [{token('tag', INTERNAL)}]\n---\n"
        f"# {token('title inside', INTERNAL)}\n",
        f"content/{token('attachment', INTERNAL)}.txt": "x",
        "content/business-model.md": front(canaries.record(records.business, fixed, "business")) + "x\n",
        f"people/{person}.md": front(canaries.record(records.person, fixed, "person"))
        + token("person's page", INTERNAL),
        "roles/above.md": f"---\ntitle: {token('role above', PUBLIC)}\n"
        f"owner: {token('owner above', INTERNAL)}\n---\n",
        "roles/planned.md": front(canaries.record(records.role, fixed, "planned", INTERNAL)),
        "roles/team.md": front(canaries.record(records.role, fixed, "team"))
        + f"## Purpose\n\n{token('purpose of the team', PUBLIC)}\n\n"
        + f"## Minutes\n\n{token('minutes of the team', INTERNAL)}\n",
        f"roles/{path}/seat.md": front(role) + _body(canaries, inside, picture),
        f"roles/{path}/{picture}.png": _picture(canaries, "PNG"),
        f"roles/{path}/{picture}.jpg": _picture(canaries, "JPEG"),
        f"roles/{path}/{token('file beside a role', INTERNAL)}.csv": "x",
    }
    return write(root, files)


def front(record: Any) -> str:
    """A record as the front matter of a file."""
    return f"---\n{yaml.safe_dump(_plain(record), allow_unicode=True)}---\n"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {
            shown_name(each.name): _plain(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) not in (None, "", (), each.default)
        }
    return value


def _body(canaries: Canaries, inside: str, picture: str) -> str:
    """A body with each known section and another, and in each what an author can hide in one."""
    token = canaries.token
    parts = [token("before the first heading", INTERNAL)]
    for heading, audience in SECTIONS.items():
        parts += [
            f"## {heading}",
            f"{token(heading, audience)} [{token(f'link in {heading}', audience)}](../{inside}.md"
            f' "{token(f"title of a link in {heading}", INTERNAL)}")',
            f"<!-- {token(f'comment in {heading}', INTERNAL)} -->",
            f'<p title="{token(f"attribute in {heading}", INTERNAL)}" onclick="x">'
            f"{token(f'HTML in {heading}', audience)}</p>",
            f"<script>{token(f'script in {heading}', INTERNAL)}</script>",
            f"![]({picture}.png) ![]({picture}.jpg)",
            f"[x](file:///{token(f'path in {heading}', INTERNAL)})",
            f"### {token(f'empty heading in {heading}', INTERNAL)}",
        ]
    parts += ["## Notes", token("other section", INTERNAL), f"[n]: https://{token('reference', INTERNAL)}"]
    return "\n\n".join(parts) + "\n"


def _picture(canaries: Canaries, form: str) -> bytes:
    """A picture that says more than it shows."""
    words = canaries.token(f"metadata of a {form}", INTERNAL)
    image, data = Image.new("RGB", (8, 8), "teal"), io.BytesIO()
    if form == "PNG":
        info = PngInfo()
        info.add_text("Author", words)
        image.save(data, form, pnginfo=info)
    else:
        exif = Image.Exif()
        exif[0x013B] = words  # Artist
        image.save(data, form, exif=exif, comment=words.encode())
    return data.getvalue() + words.encode()


# --- what can be read in what was made -----------------------------------------------------------


def readable(files: Iterable[tuple[str, bytes]]) -> str:
    """All that can be found in `files`, their names included."""
    return "\n".join(part for name, content in files for part in (name, _text(name, content)))


def _text(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        return "\n".join(_of_pdf(content))
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    text = content.decode("utf-8", errors="replace")
    pictures = re.findall(r"data:image/\w+;base64,([A-Za-z0-9+/=]+)", text)
    return "\n".join([text, *(base64.b64decode(each).decode("latin-1") for each in pictures)])


def _of_pdf(content: bytes) -> Iterator[str]:
    """Its text, and everything that stands in its objects, unpacked."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    texts = [page.extract_text() for page in reader.pages]
    # Where a line ends depends on the machine's fonts: within a long word, or between two.
    yield from (text.replace("\n", end) for text in texts for end in ("", " ", "\n"))
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        found = reader.get_object(number)
        yield repr(found)
        if isinstance(found, pypdf.generic.StreamObject):
            yield found.get_data().decode("latin-1")


def below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
