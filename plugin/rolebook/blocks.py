"""Finds the blocks that hand-written pages ask for, each by a comment on a line of its own."""

import html
import re
import sys
from collections.abc import Callable, Iterator

from rolebook import files
from rolebook.language import gettext
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.typos import Known, did_you_mean

UNKNOWN_BLOCK = Rule(
    "unknown-block",
    Severity.WARNING,
    "A block whose name is misspelt is an invisible comment, and its page lacks what it should show.",
)
BUSINESS_MODEL = "business-model"
NAMES = ("numbers", "org-chart", BUSINESS_MODEL)
_PART = re.compile(
    r"(?P<code>^[ \t>]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z))"
    r"|^[ \t]*<!--[ \t]*rolebook:[ \t]*(?P<block>[\w-]+)[ \t]*-->[ \t]*$"
    r"|<![-–—]+\s*(?P<called>role[ \t]book|[\w-]{7,10})(?:[ \t]*[:;,=][ \t]*(?P<other>[^<>\n]{0,80}?)"
    r"|\s+(?P<word>\w+(?:-\w+)*))\s*(?:[-–—]+>|$)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
"""Code between fences, which is text; a block; and a comment that seems to be meant for one."""
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_CALLED = Known([("rolebook", "rolebook")], most=1)
_WELL_FORMED = re.compile(r"<!--[ \t]*rolebook:[ \t]*[\w-]+[ \t]*-->", re.IGNORECASE)


def filled(markdown: str, block: Callable[[str], str]) -> str:
    """Put what `block` gives for its name in the place of each block of `markdown`."""
    return _PART.sub(lambda part: block(part["block"]) if part["block"] in NAMES else part[0], markdown)


def asked(markdown: str) -> frozenset[str]:
    """The names of the blocks that `markdown` asks for."""
    return frozenset(part["block"] for part in _PART.finditer(markdown) if part["block"] in NAMES)


def problems(project: Project) -> Iterator[Problem]:
    """Report comments on the project's hand-written pages that seem to ask for a block, and get none."""
    for path in files.below(project.source, project.docs_dir):
        text = files.read_text(project.source, path, sys.maxsize) if path.endswith(".md") else ""
        if isinstance(text, str):
            yield from _in_page(project, path, text)


def _in_page(project: Project, path: str, text: str) -> Iterator[Problem]:
    for part in _PART.finditer(text) if "<!" in text else ():
        name = part["block"] or part["other"] or part["word"] or ""
        if part["code"] or not _is_for_us(part, name) or not _is_read(project, text, part[0].strip()):
            continue
        message = gettext("there is no block '%(name)s'", name=name)
        hint = did_you_mean(name, NAMES) or gettext("Write one of %(names)s", names=", ".join(NAMES))
        if name in NAMES:
            if part["block"] and (name != BUSINESS_MODEL or path == project.business_path):
                continue
            message, hint = _of_a_known_block(project, part, name)
        line = text.count("\n", 0, part.end() - len(part[0].lstrip())) + 1
        yield Problem(UNKNOWN_BLOCK, path, line, message, hint)


def _is_for_us(part: re.Match[str], name: str) -> bool:
    """Whether somebody who wrote this asks for a block: it begins with our name, or with a slip of it."""
    called = part["called"]
    if not called or (called.casefold() == "rolebook" and part[0].endswith(">")):
        return True
    return bool(_CALLED.slips(called)) and (name in NAMES or bool(did_you_mean(name, NAMES)))


def _of_a_known_block(project: Project, part: re.Match[str], name: str) -> tuple[str, str]:
    """What is wrong with a comment that names a block that there is, and what to do."""
    if part["block"]:
        message = gettext("the block '%(name)s' shows nothing on this page", name=name)
        return message, gettext("It belongs on %(page)s", page=project.business_path)
    comment = f"<!-- rolebook: {name} -->"
    if _WELL_FORMED.fullmatch(part[0]):
        message = gettext("the block '%(name)s' is not alone on its line", name=name)
        return message, gettext("Write %(comment)s on one", comment=comment)
    message = gettext("the block '%(name)s' is not asked for in the right form", name=name)
    return message, gettext("Write %(what)s", what=comment)


def _is_read(project: Project, text: str, comment: str) -> bool:
    """Whether the page has `comment` as a comment or as text, and not as code that it shows."""
    # Imported here: it takes 15 ms, and few pages have such a comment.
    from rolebook.body.linked import LinkReader

    page = _CODE.sub("", LinkReader(project.markdown).read(text).html)
    return comment in page or html.escape(comment, quote=False) in page
