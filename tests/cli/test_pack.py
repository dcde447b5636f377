"""`rolebook pack`: what is written, what is reported, and what it refuses."""

import base64
import datetime as dt
import io
import itertools
import os
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result
from markdown import Markdown
from markdown_it import MarkdownIt
from markupsafe import Markup
from PIL import Image

from projects import opened, write
from rolebook.cli import main
from rolebook.documents import pack, pdf, pictures
from rolebook.documents.document import Document, Part, boxes, joined, named, points
from rolebook.documents.markdown import as_markdown
from rolebook.documents.plain_text import as_text
from rolebook.documents.statement import with_statement
from rolebook.rendering.document_page import DocumentPages
from rolebook.schema.audience import Audience
from rolebook.visibility.view import view_for
from sites import copy_sample

SEAT = """\
---
title: Video editor
parent: owner
weekly_hours: 8
purpose: Viewers come back.
deliverable:
  - {outcome: Two videos a week are online, cadence: weekly, measure: views, receiver: owner}
tools: [{name: Frame.io, access: editor, admin: Ada}]
reporting: {to: owner, cadence: weekly, channel: one message}
out_of_scope: [Thumbnails]
rate: {amount: 45, currency: EUR}
---

## Procedure

1. Cut.

## Notes

Inside.
"""
OWNER = "---\ntitle: Owner\nowner: Ada\n---\n"
DOCUMENTS = Path(__file__).parents[1] / "golden" / "documents"
FILES = {"roles/owner.md": OWNER, "roles/team/seat.md": SEAT}


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(
        main, ["pack", *words, "-f", str(root / "mkdocs.yml"), "--to", str(root / "out")]
    )


def written(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "out").iterdir()) if (root / "out").is_dir() else []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "project", FILES)


def test_a_pack_is_written_in_each_form_and_what_stays_inside_is_reported(root: Path) -> None:
    result = run(root, "seat", "--format", "html,pdf,md,txt", "--sow")
    assert result.exit_code == 0, result.output
    assert written(root) == [f"seat-pack.{form}" for form in ("html", "md", "pdf", "txt")]
    assert "seat: 1 section left out: 'Notes'.\nseat: 1 field left out: rate.\n" in result.output
    assert "4 files of 1 role written to" in result.output
    assert (root / "out/seat-pack.pdf").read_bytes().startswith(b"%PDF-")


def test_text_in_no_section_is_left_out_and_reported(tmp_path: Path) -> None:
    body = "Inside.\n\n## Purpose\n\nSold.\n\n# Procedure\n\n1. Sell.\n\n# End\n"
    root = write(tmp_path, FILES | {"roles/team/seat.md": f"---\ntitle: Seat\n---\n\n{body}"})
    result = run(root, "seat", "owner", "--format", "txt")
    assert result.output.count("left out") == 3
    assert "seat: the text above the first heading was left out: it is in no section.\n" in result.output
    assert "seat: the text from '# Procedure' on was left out: it is in no section.\n" in result.output
    text = (root / "out/seat-pack.txt").read_text(encoding="utf-8")
    assert "Sold." in text and "Inside" not in text and "Sell" not in text


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["seat", "Owner"], ["owner-pack.html", "seat-pack.html"]),
        (["seat", "video  editor"], ["seat-pack.html"]),
        (["Video"], ["seat-pack.html"]),
        (["--all-open"], ["seat-pack.html"]),
        (["--all"], ["owner-pack.html", "seat-pack.html"]),
        (["seat", "--post", "--format", "TXT, md"], ["seat-post.md", "seat-post.txt"]),
    ],
)
def test_roles_are_chosen_by_id_by_title_and_all_at_once(
    root: Path, words: list[str], files: list[str]
) -> None:
    assert run(root, *words).exit_code == 0
    assert written(root) == files


def test_the_first_words_of_a_role_are_enough_if_no_other_begins_so(root: Path) -> None:
    write(root, {"roles/ppc-management.md": "---\ntitle: Search\nparent: owner\n---\n"})
    assert run(root, "ppc").exit_code == 0
    assert written(root) == ["ppc-management-pack.html"]
    write(root, {"roles/ads.md": "---\ntitle: PPC advertising\nparent: owner\n---\n"})
    result = run(root, "PPC")
    assert result.exit_code == 2
    assert "Several roles are called 'PPC': ads, ppc-management. Write one of these ids." in result.output


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        (["seta"], "There is no role 'seta'. Did you mean 'seat'?"),
        (["sea view"], "There is no role 'sea view'. Write the name of its file"),
        (["vide"], "There is no role 'vide'."),
        (["editor"], "There is no role 'editor'."),
        ([""], "There is no role ''."),
        (["Video editer"], "There is no role 'Video editer'. Did you mean 'seat'?"),
        (["zzz"], "There is no role 'zzz'. Write the name of its file without .md, or its title."),
        (["accounts"], "There is no role 'accounts'. Write the name of its file without .md, or its title."),
        (["later"], "'later' is a planned role; these are internal."),
        (["seat", "--all"], "Name the roles, or write --all-open, or --all."),
        ([], "Name the roles, or write --all-open, or --all."),
        (["seat", "--post", "--sow"], "A statement of work belongs to a pack, not to a job post."),
        (["seat", "--format", "docx"], "'docx' is none of html, pdf, md, txt."),
        (["seat", "--format", ","], "write one or more of html, pdf, md, txt"),
    ],
)
def test_what_cannot_be_written_is_reported(root: Path, words: list[str], reported: str) -> None:
    write(root, {"roles/later.md": "---\ntitle: Later\nparent: owner\nstatus: planned\n---\n"})
    result = run(root, *words)
    assert result.exit_code == 2
    assert reported in result.output
    assert "Traceback" not in result.output
    assert written(root) == []


def test_nothing_is_overwritten_and_nothing_is_half_written(root: Path) -> None:
    (root / "out").mkdir()
    (root / "out/seat-pack.md").write_text("mine", encoding="utf-8")
    result = run(root, "seat", "owner", "--format", "html,md")
    assert result.exit_code == 2
    assert "already has seat-pack.md" in result.output
    assert written(root) == ["seat-pack.md"]
    assert (root / "out/seat-pack.md").read_text(encoding="utf-8") == "mine"


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "out").symlink_to(outside)
    result = run(root, "seat")
    assert result.exit_code == 2
    assert "is a link" in result.output
    assert list(outside.iterdir()) == []


def test_a_handbook_with_errors_is_not_given_away(root: Path) -> None:
    write(root, {"roles/other.md": "---\ntitle: Other\nparent: nobody\n---\n"})
    result = run(root, "seat")
    assert result.exit_code == 2
    assert "roles/other.md:3: there is no role 'nobody'" in result.output
    assert written(root) == []


@pytest.mark.parametrize(
    ("module", "reported"),
    [
        (
            "raise OSError('cannot load library gobject: error')",
            "a library of the system that is not there",
        ),
        (None, "pip install weasyprint"),
    ],
)
def test_without_weasyprint_the_message_says_how_to_get_it(
    module: str | None, reported: str, root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    if module is None:
        monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    else:
        write(tmp_path, {"weasyprint/__init__.py": module})
        monkeypatch.syspath_prepend(tmp_path)
    result = run(root, "seat", "--format", "pdf")
    assert result.exit_code == 2
    assert reported in result.output
    assert not (root / "out").exists()


def test_letters_without_a_font_are_reported(root: Path) -> None:
    letters = "\U000f1234\U000f1235"  # for private use, so no font has them
    write(root, {"roles/team/seat.md": SEAT + f"\n## Tools\n\nA{letters}B {letters[0]}\n"})
    result = run(root, "seat", "--format", "html,pdf")
    assert result.exit_code == 0
    assert f"no font on this machine has them: {letters[0]} {letters[1]}  Install" in result.output
    write(root, {"roles/team/seat.md": SEAT})
    assert "no font" not in run(root, "seat", "--format", "pdf", "--to", "again").output


def test_a_picture_that_is_not_there_is_reported(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = SEAT + "\n## Tools\n\n![Desk](desk.png) ![](../../../etc/x.png) ![](https://example.org/x.png)\n"
    write(root, {"roles/team/seat.md": body})
    result = run(root, "seat")
    assert "were left out: roles/team/desk.png, ../etc/x.png." in result.output
    assert "<img" not in (root / "out/seat-pack.html").read_text(encoding="utf-8")


def test_names_in_an_author_s_own_words_are_reported(root: Path) -> None:
    write(root, {"roles/team/seat.md": SEAT.replace("1. Cut.", "1. Ask Ada, not Adam.")})
    assert "seat: its text names Ada. Read it before you send it.\n" in run(root, "seat").output
    write(root, {"roles/team/seat.md": SEAT.replace("1. Cut.", "1. Ask Adam.")})
    assert "its text names" not in run(root, "seat", "--post").output


# --- the document --------------------------------------------------------------------------------


def pack_of(root: Path, role_id: str = "seat") -> pack.Pack:
    return pack.compose(view_for(opened(root).organisation, Audience.CONTRACTOR), role_id, "Us")


def test_a_pack_has_its_parts_in_order(root: Path) -> None:
    headings = [part.heading for part in pack_of(root).document.parts]
    assert headings == [
        "At a glance",
        "What you deliver",
        "Procedure",
        "Your tools and access",
        "How you report",
        "Out of scope",
        "Where this role fits",
        "Getting started",
        "When you leave",
    ]


def test_a_pack_names_roles_by_their_titles(root: Path) -> None:
    text = as_text(pack_of(root).document)
    assert "- Reports to: Owner" in text
    assert "- Delivered to: Owner" in text
    assert "Owner › this role" in text
    assert "- ☐ Sign in to Frame.io (editor)" in text
    assert "- ☐ Frame.io access removed" in text
    assert not re.search("Ada|45", text)


def test_a_title_alone_makes_a_pack_without_empty_parts(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/owner.md": "---\ntitle: Owner\n---\n"})
    document = pack_of(root, "owner").document
    assert [part.heading for part in document.parts] == ["Getting started", "When you leave"]
    assert all(part.html for part in document.parts)


@pytest.mark.parametrize(
    ("rate", "reported"),
    [
        ("amount: 45, currency: EUR", "- Rate: [ amount, currency and unit ]"),
        ("amount: 45, currency: EUR, per: hour, show: yes", "- Rate: EUR 45 an hour"),
        ("amount: 45, currency: EUR, show: yes", "- Rate: EUR 45"),
    ],
)
def test_a_statement_of_work_names_pay_only_where_it_is_shown(root: Path, rate: str, reported: str) -> None:
    write(root, {"roles/team/seat.md": SEAT.replace("amount: 45, currency: EUR", rate)})
    text = as_text(with_statement(pack_of(root)))
    assert reported in text
    assert "not legal advice" in text
    for heading in ("Parties", "Scope", "Out of scope", "Deliverables", "Acceptance", "Time and pay"):
        assert f"\n{heading}\n" in text
    for heading in ("Start, term and notice", "Change of scope", "Signatures"):
        assert f"\n{heading}\n" in text
    assert "The client (Owner) reviews each deliverable" in text


def test_the_html_is_one_file_that_asks_for_nothing(root: Path) -> None:
    html = DocumentPages()(with_statement(pack_of(root)), opened(root).organisation.day)
    assert "<script" not in html
    assert re.findall(r'(?:src|href|url\()\s*=?\s*["\']?(?!data:)(\w+:)?//', html) == []
    assert "default-src &#39;none&#39;" in html
    assert '<html lang="en">' in html
    assert html.count("<h1>") == 1


def test_every_sample_pack_reads_well(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample")
    result = run(root, "--all", "--format", "html,md,txt", "--sow")
    assert result.exit_code == 0, result.output
    for file in (root / "out").glob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert not re.search(r"<h\d>\s*</h\d>|</h2>\s*<h2>|<(p|ul|li|ol)>\s*</\1>|None", html), file.name
        levels = [int(level) for level in re.findall(r"<h(\d)>", html)]
        assert all(below <= above + 1 for above, below in itertools.pairwise(levels)), file.name
    for file in (root / "out").glob("*.txt"):
        assert not re.search(
            r"^\s*[#*]|\*\*|\]\(|!!!|None| {4,}\S+\|", file.read_text(encoding="utf-8"), re.MULTILINE
        ), file.name


# --- forms ---------------------------------------------------------------------------------------


def document_of(html: str) -> Document:
    return Document("T <i>*x*</i>", "Us", "", (Part("H", Markup(html)),))


HOSTILE = "1. # - [x](javascript:a) `b` *c* _d_ <img src=x> <script>f()</script> {{ e }} \\ &amp;"
READERS: dict[str, Callable[[str], str]] = {
    "CommonMark": MarkdownIt("commonmark").enable("table").render,
    "Python-Markdown": lambda text: Markdown(extensions=["extra"]).convert(text),
}
_OURS = "p br hr blockquote pre code em strong a ul ol li table thead tbody tr td th h1 h2 h3 h4 h5 h6"


def shown_to(reader: str, html: str) -> str:
    """What a reader sees of the Markdown form of a document with `html`, without any of its blanks."""
    shown = READERS[reader](as_markdown(document_of(html))).replace("<!-- -->", "")
    assert set(re.findall(r"<([a-zA-Z!?]\w*)", shown)) <= set(_OURS.split())
    assert all(each.startswith(("https:", "mailto:")) for each in re.findall(r'href="([^"]*)"', shown))
    return without_blanks(unescape(re.sub(r"<[^>]*>", "", shown)))


def without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("reader", READERS)
def test_what_is_text_stays_text_in_markdown(reader: str) -> None:
    html = str(joined(points([HOSTILE]), named([("n", HOSTILE)])))
    shown = READERS[reader](as_markdown(document_of(html)))
    assert not re.search("<(?:img|script|a |code)", shown)
    assert shown.count("javascript:a") == 2
    assert shown_to(reader, html) == without_blanks(f"UsT <i>*x*</i> H{HOSTILE}n:{HOSTILE}")


# Text that would be something else at the beginning of its line, or beside what is around it.
LINES = (
    "# a",
    "#a",
    "- a",
    "+ a",
    "* a",
    "10. a",
    "2) a",
    "> a",
    "---",
    "===",
    "- - -",
    ": a",
    "| a | b |",
    "--- | ---",
    "|---|",
    "!!! note",
    "??? note",
    "/// note",
    "~~~",
    "```",
    "[x]: /y",
    "[^x]: y",
    "*[x]: y",
    "    a",
    "&amp;lt;b&amp;gt;",
    "&lt;!-- a",
    "&lt;div&gt;",
    "&lt;/script&gt;",
    "a_b_c*d*",
    "\\",
    "5. ",
    "C#",
    "{: .a #b }",
    "&lt;https://x.org&gt;",
)
PLACES = (
    "<p>{}</p>",
    "<p>a<br>{}<br>{}</p>",
    "<p>{}</p><p>{}</p>",
    "<h3>{}</h3>",
    "<ul><li>{}</li><li>{}<ul><li>{}</li></ul></li></ul>",
    "<ol start='3'><li>{}</li><li><p>{}</p><pre><code>{}</code></pre></li></ol>",
    "<ul><li>{}</li></ul><pre><code>{}</code></pre><ul><li>{}</li></ul><ol><li>{}</li></ol>",
    "<ul><li><pre><code>{}</code></pre></li></ul><pre><code>{}\n\n{}</code></pre>",
    "<blockquote><ul><li>{}</li></ul></blockquote><blockquote><pre><code>{}</code></pre></blockquote>",
    "<ul><li><blockquote><pre><code>{}</code></pre></blockquote></li></ul>",
    "<table><tr><th>{}</th><td><p>{}</p></td></tr><tr><td>{}</td></tr></table>",
    "<p><code>a</code><code>{}</code>! <em>{}</em> <strong>{}</strong></p>",
    '<p>a!<a href="https://x.org/_a_(b)?c=d&amp;e=f">{}</a></p>',
    "<dl><dt>{}</dt><dd>{}</dd></dl><details><summary>{}</summary>{}</details>",
)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("place", PLACES)
def test_every_reader_of_the_markdown_form_sees_its_text(reader: str, place: str) -> None:
    for line in LINES:
        html = place.replace("{}", line)
        text = without_blanks("UsT <i>*x*</i> H" + unescape(re.sub("<[^>]*>", "", html)))
        assert shown_to(reader, html) == text, line


def test_a_deeply_nested_text_is_written(tmp_path: Path) -> None:
    html = "<div>" * 3_000 + "a" + "</div>" * 3_000 + "<p>b</p>"
    for form in (as_markdown, as_text):
        assert form(document_of(html)).endswith("\n\na\n\nb\n")


MARKED = """\
<p>One <strong>two</strong> <a href="https://x.org">three</a> <a href="mailto:a@x.org">a@x.org</a></p>\
<ul><li>a<ul><li>b</li></ul></li></ul><h3>Sub</h3><pre><code># c
  d
</code></pre><p># e</p>"""
PLAIN = """\
H

One two three (https://x.org) a@x.org

- a
  - b

Sub

    # c
      d

# e
"""


def test_plain_text_has_no_marks_but_those_of_lists() -> None:
    assert as_text(document_of(MARKED)).split("\n\n", 2)[2] == PLAIN


@pytest.mark.parametrize("form", ["md", "txt"])
def test_golden_document_with_everything_an_author_can_write(
    form: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """`pytest --bless` writes `golden/documents/everything.*`; the page it is made of stands beside them."""
    body = (DOCUMENTS / "everything.body").read_text(encoding="utf-8")
    root = write(tmp_path, FILES | {"roles/team/seat.md": f"---\ntitle: Video editor\n---\n\n{body}"})
    assert run(root, "seat", "--format", form).exit_code == 0
    now = (root / f"out/seat-pack.{form}").read_text(encoding="utf-8")
    golden = DOCUMENTS / f"everything.{form}.txt"
    if request.config.getoption("bless") and not os.environ.get("CI"):
        golden.write_text(now, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == now


# --- PDF -----------------------------------------------------------------------------------------


def test_a_pdf_is_tagged_has_bookmarks_and_says_in_words_what_its_chart_shows(root: Path) -> None:
    html = DocumentPages()(with_statement(pack_of(root)), opened(root).organisation.day)
    reader = pypdf.PdfReader(io.BytesIO(pdf.as_pdf(html)))
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF object)
    assert reader.metadata is not None
    assert reader.metadata.title == "Video editor · Role pack · Us"
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    assert [entry.title for entry in _entries(reader.outline)][:3] == [
        "Video editor",
        "At a glance",
        "What you deliver",
    ]
    assert "Two videos a week are online" in reader.pages[0].extract_text()
    (figure,) = [each for each in _tags(catalog["/StructTreeRoot"]["/K"]) if each["/S"] == "/Figure"]
    assert figure["/Alt"].startswith("Where Video editor fits, Video editor reports to Owner")


def test_the_date_at_the_end_never_has_a_page_of_its_own() -> None:
    pages = set()
    for steps in range(24, 34):
        ending = Part("When you leave", boxes(["Hand over", "Give back", "Delete", "Report"]))
        document = Document("Seat", "Role pack", "", (Part("Work", points(["A step"] * steps)), ending))
        reader = pypdf.PdfReader(io.BytesIO(pdf.as_pdf(DocumentPages()(document, dt.date(2027, 1, 1)))))
        pages.add(len(reader.pages))
        last = reader.pages[-1].extract_text()
        assert "As of 1 January 2027." in last
        assert last.count("☐") >= 3, f"{steps} steps"
    assert pages == {1, 2}


def _entries(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry)
        else:
            yield entry


def _tags(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _tags(node["/K"])


# --- pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["text.png", "drawing.svg", "empty.png", "huge.png", "none.png", "../out.png"]
)
def test_what_is_no_picture_is_none(tmp_path: Path, name: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "out.png").write_bytes(b"x")
    (root / "text.png").write_text("no picture", encoding="utf-8")
    (root / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (root / "empty.png").write_bytes(b"")
    (root / "huge.png").write_bytes(_png_header(60_000, 60_000))
    found = pictures.Pictures(root)
    assert found(name) == ""
    assert found.missing == [name]


@pytest.mark.parametrize("alpha", [0, 1])
def test_no_colour_is_left_where_nothing_is_seen(alpha: int, tmp_path: Path) -> None:
    secret = b"pay: 4711 a month".ljust(48)
    pixels = b"".join(secret[at : at + 3] + bytes([alpha]) for at in range(0, 48, 3))
    Image.frombytes("RGBA", (16, 1), pixels).save(tmp_path / "seen.png")
    address = pictures.Pictures(tmp_path)("seen.png")
    data = base64.b64decode(address.partition(",")[2])
    with Image.open(io.BytesIO(data)) as drawn:
        assert set(drawn.convert("RGB").tobytes()) <= {0, 255}


def _png_header(width: int, height: int) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", zlib.compress(b"\0")) + part(b"IEND", b"")
    )


def test_without_a_vacancy_all_open_writes_nothing_and_is_done(tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/a.md": "---\ntitle: A\nowner: Ann\n---\n", "content/index.md": "# Home\n"})
    result = CliRunner().invoke(main, ["pack", "--all-open", "-f", str(root / "mkdocs.yml")])
    assert (result.exit_code, result.output) == (0, "No role is vacant, so there is nothing to write.\n")


@pytest.mark.parametrize(("side", "seen"), [(3_000, True), (9_500, False), (14_000, False)])
def test_a_picture_of_more_pixels_than_memory_should_hold_is_left_out(
    side: int, seen: bool, tmp_path: Path
) -> None:
    Image.new("1", (side, side)).save(tmp_path / "large.png")
    assert bool(pictures.Pictures(tmp_path)("large.png")) == seen


def test_a_file_that_is_too_large_is_no_picture(tmp_path: Path) -> None:
    Image.new("1", (8, 8)).save(tmp_path / "small.png")
    # What comes after the end of a picture is no part of it, so only the size of the file differs.
    large = (tmp_path / "small.png").read_bytes() + b"\0" * pictures.MAX_BYTES
    (tmp_path / "large.png").write_bytes(large)
    seen = pictures.Pictures(tmp_path)
    assert (bool(seen("small.png")), bool(seen("large.png"))) == (True, False)


# --- leaving lists ---------------------------------------------------------------------------------

LEAVER = {
    "people/ann.md": "---\nname: Ann Hill\nemail: Ann@example.org\n---\n",
    "people/bo.md": "---\nname: Bo Low\n---\n",
    "roles/boss.md": "---\ntitle: Boss\nowner: bo\nbackup: ann\n"
    "tools: [{name: Bank, access: pay, admin: ann}, {name: Post}]\n---\n",
    "roles/shop.md": "---\ntitle: Shop\nparent: boss\nowner: ann\nbackup: bo\n"
    "outsource: {fit: next, to: Cy Dow, by: 2027-03-01}\n"
    "tools: [{name: Till, access: open, admin: bo}, {name: Mail, admin: ann}]\n---\n",
    "roles/web.md": "---\ntitle: Web\nparent: boss\nowner: ann\nbackup: ann\n"
    "tools: [{name: till, access: Open, admin: ann}, {name: Till, access: close}]\n---\n",
    "roles/mill.md": "---\ntitle: Mill\nparent: boss\nowner: bo\nweekly_hours: 9\n"
    "performed_by: [{person: ann, weekly_hours: 2}]\noutsource: {fit: next, to: ann}\n---\n",
    "roles/oven.md": "---\ntitle: Oven\nparent: boss\nstatus: open\nperformed_by: [ann]\n"
    "posting: {closes: 2027-04-01}\n---\n",
    "roles/hire.md": "---\ntitle: Hire\nparent: boss\nstatus: open\noutsource: {fit: next}\n"
    "posting: {apply_email: ann@example.org}\n---\n",
    "roles/crew.md": "---\ntitle: Crew\nkind: team\nparent: boss\nlead: ann\n---\n",
    "roles/past.md": "---\ntitle: Past\nparent: boss\nstatus: retired\nowner: ann\nbackup: ann\n"
    "tools: [{name: Fax, admin: ann}]\n---\n",
}
LIST = """\
Leaving list · Test · internal

ANN HILL

Internal: for colleagues only. What to take back, and what to pass on.

TAKE BACK ACCESS

- ☐ Till: for Shop and Web (access: open); taken back by Bo Low

TAKE BACK ACCESS (NO ADMIN IS NAMED)

- ☐ Mail: for Shop
- ☐ Till: for Web (access: close)

NAME ANOTHER ADMIN

- ☐ Bank: for Boss
- ☐ Mail: for Shop
- ☐ till: for Web

HAND OVER ROLES

- ☐ Shop: Bo Low covers
- ☐ Web: no cover

PASS ON SHARED WORK

- ☐ Mill: 2 h a week, held by Bo Low
- ☐ Oven: vacant

REMOVE FROM TEAMS

- ☐ Crew: Lead

NAME ANOTHER COVER

- ☐ Boss: Bo Low

REVIEW JOB POSTS

- ☐ Hire: applications go to ann@example.org
- ☐ Oven: closes on 1 April 2027

REVIEW PLANNED HAND-OVERS

- ☐ Shop: to Cy Dow, by 1 March 2027
- ☐ Mill: to Ann Hill
"""


@pytest.fixture
def leaver(tmp_path: Path) -> Path:
    return write(tmp_path / "project", LEAVER)


@pytest.mark.parametrize("name", ["ann", "Ann Hill", "ann  hill"])
def test_a_leaving_list_names_all_that_is_to_be_taken_back_and_passed_on(name: str, leaver: Path) -> None:
    result = run(leaver, "--leaving", name, "--format", "txt")
    assert result.exit_code == 0, result.output
    assert written(leaver) == ["ann-leaving.txt"]
    text = (leaver / "out/ann-leaving.txt").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert text.replace(text.split(" · ")[1], "Test") == LIST


def test_a_leaving_list_is_written_in_each_form_and_says_for_whom_it_is(leaver: Path) -> None:
    result = run(leaver, "--leaving", "ann", "--format", "html,pdf,md,txt")
    assert written(leaver) == [f"ann-leaving.{form}" for form in ("html", "md", "pdf", "txt")]
    assert "4 files written to" in result.output
    assert "Internal, for colleagues only: names people and their access." in result.output
    for form in ("html", "md", "txt"):
        assert "Internal: for colleagues only" in (leaver / f"out/ann-leaving.{form}").read_text("utf-8")
    pages = pypdf.PdfReader(leaver / "out/ann-leaving.pdf").pages
    assert "Internal: for colleagues only" in pages[0].extract_text()
    assert run(leaver, "--leaving", "ann").exit_code == 2, "no file is overwritten"


def test_somebody_whom_nothing_names_leaves_nothing_behind(leaver: Path) -> None:
    write(leaver, {"people/di.md": "---\nname: Di\n---\n"})
    assert run(leaver, "--leaving", "di", "--format", "txt").exit_code == 0
    text = (leaver / "out/di-leaving.txt").read_text(encoding="utf-8")
    assert text.endswith("NOTHING TO DO\n\nNo role, team or tool in the handbook names them.\n")


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        (["--leaving", "Ann Hil"], "There is no person 'Ann Hil'. Did you mean 'ann'?"),
        (
            ["--leaving", ""],
            "There is no person ''. Write their name, or the name of their file without .md.",
        ),
        (["--leaving", "zzz"], "There is no person 'zzz'. Write their name, or the name of their file"),
        *(
            (["--leaving", "ann", more], "A leaving list is about a person: leave out roles and")
            for more in ("shop", "--all", "--all-open", "--post", "--sow")
        ),
    ],
)
def test_a_leaving_list_that_cannot_be_written_is_reported(
    words: list[str], reported: str, leaver: Path
) -> None:
    result = run(leaver, *words)
    assert result.exit_code == 2
    assert reported in result.output and "Traceback" not in result.output
    assert written(leaver) == []


def test_a_leaving_list_shows_what_files_say_as_text(leaver: Path) -> None:
    hostile = "'<script>alert(1)</script> **b**'"
    write(
        leaver, {"roles/x.md": f"---\ntitle: {hostile}\nparent: boss\nowner: ann\ntools: [{hostile}]\n---\n"}
    )
    assert run(leaver, "--leaving", "ann", "--format", "html,md").exit_code == 0
    assert "<script" not in (leaver / "out/ann-leaving.html").read_text(encoding="utf-8")
    assert "\\*\\*b" in (leaver / "out/ann-leaving.md").read_text(encoding="utf-8")
