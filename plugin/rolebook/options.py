"""The options under `rolebook` in `mkdocs.yml`: one declaration each, read alike by every driver."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.representer import SafeRepresenter

from rolebook.language import N_, catalogues_there, gettext, is_code
from rolebook.problems import Problem, Rule, Severity
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import Group, declared, parse_fields
from rolebook.schema.kinds import (
    WRONG_VALUE,
    AnyOf,
    Choice,
    ListOf,
    Number,
    Pattern,
    Report,
    Text,
    Whole,
    YesNo,
    in_brackets,
    in_words,
    is_empty,
    plain_text,
)
from rolebook.schema.own_fields import RULES as OWN_RULES
from rolebook.schema.own_fields import OwnFields
from rolebook.schema.records import Sections, heading_key, section_audiences
from rolebook.schema.standards import CURRENCY
from rolebook.schema.typos import did_you_mean

WRONG_OPTION = Rule(
    "wrong-option",
    Severity.ERROR,
    "An unknown option would be ignored silently.",
)
MISSING_PATH = Rule(
    "missing-path",
    Severity.WARNING,
    "What is described in a file or folder that is not found is not in the handbook.",
)
UNKNOWN_FOUNDER = Rule(
    "unknown-founder", Severity.WARNING, "With a misspelt name, nobody counts as the founder."
)
NO_CATALOGUE = Rule(
    "no-catalogue",
    Severity.ADVICE,
    "Pages and documents are in English where their language has no catalogue of its own.",
)
UNKNOWN_WORD = Rule(
    "unknown-word",
    Severity.WARNING,
    "A word that is in no text of Rolebook replaces nothing.",
)
NO_BUSINESS_NAME = Rule(
    "no-business-name",
    Severity.ADVICE,
    "Job posts and contracts are in the name of the business.",
)
UNNAMED_BUSINESS = "Our business"
"""What `rolebook init` calls a business whose owner gave no name."""
BROKEN_CHECK = Rule(
    "broken-check",
    Severity.ERROR,
    "What a check of your own cannot look at may be wrong, and nobody sees it.",
)
UNKNOWN_SECTION = Rule(
    "unknown-section",
    Severity.WARNING,
    "With a misspelt heading, a section stays as visible as it was.",
)
SECTION_IN_TWO_LISTS = Rule(
    "section-in-two-lists",
    Severity.WARNING,
    "A section that is listed for two audiences is seen by the narrower one only.",
)
BROKEN_TEMPLATE = Rule(
    "broken-template",
    Severity.ERROR,
    "A template of your own that breaks off stops the build, and one that nothing asks for changes nothing.",
)
RULES = (
    WRONG_OPTION,
    MISSING_PATH,
    UNKNOWN_FOUNDER,
    NO_CATALOGUE,
    UNKNOWN_WORD,
    UNKNOWN_SECTION,
    NO_BUSINESS_NAME,
    BROKEN_CHECK,
    BROKEN_TEMPLATE,
    SECTION_IN_TWO_LISTS,
    *OWN_RULES,
)

PAPERS = ("a4", "a3", "letter")
"""Sizes of paper for charts."""
_UNKNOWN_OPTION = N_("there is no option '%(name)s'")
_INTERNAL = Audience.INTERNAL
_FOLDER = Text(N_("a folder beside mkdocs.yml"))
_WEIGHT = Whole(Number(N_("a whole number in digits, such as 3"), 0, 100))
_AMOUNT = Number(N_("an amount in digits, such as 60"))


PAGES = (
    "people",
    "jobs",
    "decisions",
    "workload",
    "hand-over",
    "now-and-next",
    "promises-and-risks",
    "attention",
    "changes",
)
"""Pages that an owner can leave out or give another title; sections have the names of entries in `nav`."""
_NO, _YES = ("no", "false", "off"), ("yes", "true", "on")
"""What MkDocs reads as such."""
_NEEDED = ("overview", "org-chart", "role", "roles")
"""Pages that every other one leads to."""


@dataclass(frozen=True, slots=True)
class PagesWanted:
    """Pages that are left out, with an empty title, and those with a title of the owner's."""

    @property
    def expects(self) -> str:
        return gettext("no or a title after one of %(pages)s", pages=", ".join(PAGES))

    def parse(self, node: yaml.Node, name: str, report: Report) -> tuple[tuple[str, str], ...]:
        if not isinstance(node, yaml.MappingNode):
            expected = gettext(
                "the name of each page and what it is to be, such as %(example)s", example="{people: no}"
            )
            report.wrong_value(node, name, expected)
            return ()
        found: dict[str, str] = {}
        for key, value in node.value:
            page = (plain_text(key) or "").lower()
            if page not in PAGES or page in found:
                report.add(WRONG_OPTION, key, *_no_such_page(page, in_words(key), name))
                continue
            outer = report.enter(page, key)
            title = Text().parse(value, f"{name}.{page}", report) or ""
            if title.lower() in _NO:
                found[page] = ""
            elif title and title.lower() not in _YES:
                found[page] = title
            report.place = outer
        return tuple(found.items())


def _no_such_page(page: str, written: str, option: str) -> tuple[str, str]:
    """What is wrong with the name of a page, and what to write."""
    if page in PAGES:
        twice = gettext("%(option)s has %(page)s twice", option=option, page=written)
        return twice, gettext("Keep one of the two")
    if page in _NEEDED:
        message = gettext(
            "%(page)s in %(option)s is always there: every page leads to it", page=written, option=option
        )
        return message, gettext("Remove it")
    hint = did_you_mean(page, PAGES) or gettext("Write one of %(pages)s", pages=", ".join(PAGES))
    return gettext("%(option)s has no page %(page)s", option=option, page=written), hint


@dataclass(frozen=True, slots=True)
class ReplacedWords:
    """Words of the program's texts, each with the one in its place."""

    word: Pattern = field(
        # Neither HTML nor Markdown: it comes into texts that hold both.
        default=Pattern(
            N_("letters, digits, spaces, - and ' only"), re.compile(r"[^\W_](?:[^\W_]|[ '’.-]){0,59}")
        ),
        compare=False,
    )

    @property
    def expects(self) -> str:
        return gettext("each word or phrase, and after it the one in its place: 'role: seat'")

    def parse(self, node: yaml.Node, name: str, report: Report) -> tuple[tuple[str, str], ...]:
        if not isinstance(node, yaml.MappingNode):
            report.wrong_value(node, name, self.expects)
            return ()
        found: dict[str, tuple[str, str]] = {}
        for key, value in node.value:
            phrase = self.word.parse(key, gettext("a word in %(name)s", name=name), report)
            if not phrase:
                continue
            if phrase.casefold() in found:
                message = gettext("%(name)s has '%(phrase)s' twice", name=name, phrase=phrase)
                report.add(WRONG_VALUE, key, message, gettext("Keep one of the two"))
                continue
            outer = report.enter(phrase, key)
            if word := self.word.parse(value, f"{name}.{phrase}", report):
                found[phrase.casefold()] = _as_in_a_sentence(phrase, word)
            elif is_empty(value) or plain_text(value) == "":
                report.wrong_value(value, f"{name}.{phrase}", gettext("the word in its place"))
            report.place = outer
        return tuple(found.values())


def _as_in_a_sentence(phrase: str, word: str) -> tuple[str, str]:
    """Both without their capitals, where both begin with one: texts have the word as it stands in them."""
    if phrase[0].isupper() and word[0].isupper() and not word[1:2].isupper():
        return phrase, word[0].lower() + word[1:]
    return phrase, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each thing counts when roles are ranked for handing over; 0 leaves it out."""

    plan: int = declared(_WEIGHT, _INTERNAL, "what the owner has planned for the role", default=3)
    holder: int = declared(_WEIGHT, _INTERNAL, "whose workload it would reduce", default=3)
    hours: int = declared(_WEIGHT, _INTERNAL, "how few hours it takes", default=2)
    deliverable: int = declared(_WEIGHT, _INTERNAL, "whether its deliverables can be measured", default=2)
    procedure: int = declared(_WEIGHT, _INTERNAL, "whether its procedure is written down", default=2)
    independence: int = declared(_WEIGHT, _INTERNAL, "how few other roles depend on it", default=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HourValue:
    """What an hour of the owner's is worth."""

    amount: float = declared(_AMOUNT, _INTERNAL, "the amount", default=0.0, required=True)
    currency: str = declared(CURRENCY, _INTERNAL, "the currency", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadOptions:
    """What stands at the top of packs, job posts, statements of work and leaving lists."""

    name: str = declared(Text(), Audience.PUBLIC, "the company's name, if not that of the site", default="")
    address: tuple[str, ...] = declared(
        ListOf(Text(N_("a line of the address"), one_line=False)),
        Audience.PUBLIC,
        "its address, line by line",
        default=(),
    )
    logo: str = declared(
        Text(N_("a picture's path beside mkdocs.yml, such as content/img/logo.png")),
        Audience.PUBLIC,
        "its logo: PNG, JPEG or WebP",
        default="",
    )
    colour: str = declared(
        Pattern(
            N_('a colour as red, green and blue in quotation marks, such as "#0a58ca"'),
            re.compile("#(?:[0-9A-Fa-f]{3}){1,2}"),
        ),
        Audience.PUBLIC,
        "its colour; made darker or lighter where letters in it could not be read",
        default="",
    )
    paper: str = declared(Choice(("a4", "letter")), Audience.PUBLIC, "the size of the paper", default="")


_NO_SEVERITIES = tuple(
    (word, N_("Write ignore: the check reports nothing")) for word in ("off", "no", "none")
)
IGNORE = "ignore"
"""In place of a severity: the check reports nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSeverity:
    """How much a check matters in this handbook."""

    check: str = declared(
        Text(N_("the code of a check")), _INTERNAL, "which check", default="", required=True
    )
    severity: str = declared(
        Choice((*(each.value for each in Severity), IGNORE), _NO_SEVERITIES),
        _INTERNAL,
        "how much it matters; `ignore` reports nothing",
        default="",
        required=True,
    )
    files: tuple[str, ...] = declared(
        ListOf(Text(N_("a file's path beside mkdocs.yml, or a pattern such as roles/archive/*"))),
        _INTERNAL,
        "in which files; without it, in all",
        default=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a handbook's owner can set."""

    roles_dir: str = declared(_FOLDER, _INTERNAL, "folder of the role files", default="roles")
    people_dir: str = declared(_FOLDER, _INTERNAL, "folder of the people's files", default="people")
    language: str = declared(
        Text(N_("a language's code, such as de or pt-BR")),
        _INTERNAL,
        "the language of pages and documents, if it is not that of the theme (`theme.language`)",
        default="",
    )
    words: tuple[tuple[str, str], ...] = declared(
        ReplacedWords(),
        _INTERNAL,
        "words and phrases of Rolebook's own texts on pages, in charts and documents, each with your own in "
        "its place; each form is an entry of its own, such as `role: seat` and `roles: seats`",
        default=(),
    )
    business_model: str = declared(
        Text(N_("a page's path below docs_dir")),
        _INTERNAL,
        "page whose front matter names offers and deliverables",
        default="business-model.md",
    )
    founders: tuple[str, ...] = declared(
        ListOf(Text(N_("a person's name"))),
        _INTERNAL,
        "the founders, by name, if no person's file has founder: yes",
        default=(),
    )
    allow_multiple_roots: bool = declared(
        YesNo(),
        _INTERNAL,
        "whether more than one role may report to nobody",
        default=False,
        formerly="several_roots",
    )
    disabled_checks: tuple[str, ...] = declared(
        ListOf(Text(N_("the code of a check"))),
        _INTERNAL,
        "checks to switch off",
        default=(),
        formerly="switched_off",
    )
    severities: tuple[CheckSeverity, ...] = declared(
        ListOf(Group(CheckSeverity)),
        _INTERNAL,
        "checks that matter more or less here than elsewhere, in all files or some; of several that fit, the "
        "last one counts",
        default=(),
    )
    own_checks: tuple[str, ...] = declared(
        ListOf(Text(N_("a file and a function in it, such as checks.py:staff_have_cover"))),
        _INTERNAL,
        "checks of your own, written in Python; who checks or builds the handbook runs them",
        default=(),
    )
    sections: Sections = declared(
        AnyOf(
            ListOf(Text(N_("headings of public sections"))),
            Group(Sections),
            lambda public: Sections(public=public),
        ),
        _INTERNAL,
        "who may see which sections of role pages",
        default=Sections(),
        formerly="public_sections",
    )
    navigation: str = declared(
        Choice(("auto", "tree", "functions", "none")),
        _INTERNAL,
        "every role in the navigation, or the functions only; `auto` decides by size",
        default="auto",
    )
    pages: tuple[tuple[str, str], ...] = declared(
        PagesWanted(),
        _INTERNAL,
        "pages that are left out (`no`) or have a title of your own; the overview and the pages of roles are "
        "always there",
        default=(),
    )
    static_charts: tuple[str, ...] = declared(
        ListOf(Choice(("role", "person", "people", "department", "overview", "business-model"))),
        _INTERNAL,
        "pages whose charts need no script: `role`, `person` and `people` have cards alone, the others "
        "a drawing made with the site; pages that are not named have a diagram by Mermaid, which is fetched "
        "when somebody comes to it",
        default=("role", "person", "people"),
    )
    first_charts: str = declared(
        Choice(("cards", "diagram")),
        _INTERNAL,
        "what a page with a chart shows first: cards (the business model: its list of promises), or the "
        "diagram; the other is below that",
        default="cards",
    )
    chart_files: tuple[str, ...] = declared(
        ListOf(Choice(("pdf", "png"))),
        _INTERNAL,
        "the forms in which colleagues can download each org chart; the whole one is there as SVG anyway; a "
        "build makes a chart in a second, so it takes longer",
        default=(),
    )
    chart_paper: str = declared(
        Choice(PAPERS), _INTERNAL, "the size of the sheets of charts as PDF", default=PAPERS[0]
    )
    letterhead: LetterheadOptions | None = declared(
        Group(LetterheadOptions),
        _INTERNAL,
        "the company's name, address, logo and colour on documents, and the size of their paper",
    )
    history: bool = declared(
        YesNo(),
        _INTERNAL,
        "a page of changes by month, former holders and redirects from former addresses, all from git",
        default=False,
    )
    hand_over_weights: Weights = declared(
        Group(Weights), _INTERNAL, "how much each reason counts in what to hand over next", default=Weights()
    )
    owner_hour_value: HourValue | None = declared(
        AnyOf(_AMOUNT, Group(HourValue), lambda amount: HourValue(amount=amount)),
        _INTERNAL,
        "what an hour of the owner's time is worth: amount and currency",
    )
    audience: str = declared(
        Choice(("internal", "public")),
        _INTERNAL,
        "who the site is for: `public` builds only what outsiders may see",
        default="internal",
    )
    public_pages: tuple[str, ...] = declared(
        ListOf(Text(N_("a file's path below docs_dir, or a pattern such as img/*"))),
        _INTERNAL,
        "hand-written pages, and files beside them, that a public site has",
        default=(),
    )
    trust_role_files: bool = declared(
        YesNo(),
        _INTERNAL,
        "whether other plugins and every Markdown extension may work on the texts of role and person files: "
        "some of them run what is written there",
        default=False,
    )
    post_limit: int = declared(
        Whole(Number(N_("a number of characters in digits, such as 5000"), 1, 1_000_000)),
        _INTERNAL,
        "maximum characters of a job post; longer ones are marked",
        # What Upwork's form takes.
        default=5000,
    )
    fields: OwnFields = declared(
        Group(OwnFields),
        _INTERNAL,
        "fields of your own for roles, people, offers and promises",
        default=OwnFields(),
    )
    search: str = declared(
        Choice(("auto", "text", "titles")),
        _INTERNAL,
        "what search finds of roles: all text of their pages, or title, holder and deliverable; "
        "`auto` decides by size",
        default="auto",
    )
    cache_dir: str = declared(
        Text(N_("a folder beside mkdocs.yml, such as .cache/rolebook")),
        _INTERNAL,
        "folder for cached pages, so that the next build renders only what changed",
        default="",
    )


def parse_options(
    node: yaml.Node | None, path: str, codes: frozenset[str]
) -> tuple[Options, tuple[Problem, ...]]:
    """Read the options that `node` holds, and what is wrong with them; `codes` are those of all checks."""
    report = Report(path, unknown=_UNKNOWN_OPTION)
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return Options(), ()
    if not isinstance(node, yaml.MappingNode):
        hint = gettext("Write 'name: value' below it")
        report.add(WRONG_OPTION, node, gettext("rolebook has no options here"), hint)
        return Options(), tuple(report.problems)
    values, lines = parse_fields(node, Options, report, "rolebook.")
    options = Options(**values)
    if value := _colour_in_a_comment(node):
        hint = gettext("Put it in quotation marks, such as %(example)s", example='colour: "#0a58ca"')
        name = "rolebook.letterhead.colour"
        message = gettext("%(name)s is empty: a # begins a comment", name=name)
        report.add(WRONG_OPTION, value, message, hint)
    named = {f"disabled_checks.{at}": code for at, code in enumerate(options.disabled_checks)}
    named |= {f"severities.{at}.check": each.check for at, each in enumerate(options.severities)}
    known = codes.union(map(code_of, options.own_checks))
    for place, code in named.items():
        if code not in known:
            report.problems.append(Problem(WRONG_OPTION, path, lines.get(place, 0), *_no_check(code, known)))
    if options.language and not is_code(options.language):
        message = gettext("there is no language with the code '%(code)s'", code=options.language)
        hint = gettext("Write one of %(codes)s", codes=", ".join(catalogues_there()))
        line = lines.get("language", 0)
        report.problems.append(Problem(WRONG_OPTION, path, line, message, hint))
    for folder in (options.roles_dir, options.people_dir, options.cache_dir):
        if Path(folder).is_absolute() or ".." in Path(folder).parts:
            hint = gettext("Write a folder beside mkdocs.yml")
            message = gettext("'%(folder)s' is outside the project", folder=folder)
            report.add(WRONG_OPTION, node, message, hint)
    report.problems += _in_two_lists(options.sections, path, lines)
    return options, tuple(report.problems)


def _colour_in_a_comment(options: yaml.MappingNode) -> yaml.Node | None:
    """The empty value of a colour, which somebody wrote without quotation marks."""
    for path in ("letterhead", "colour"):
        values = {str(key.value): value for key, value in options.value}
        found: yaml.Node | None = values.get(path)
        if not isinstance(found, yaml.MappingNode):
            return found if path == "colour" and found is not None and not found.value else None
        options = found
    return None


def code_of(own_check: str) -> str:
    """The code of a check of the owner's, such as `staff-have-cover` of `checks.py:staff_have_cover`."""
    return own_check.strip().rpartition(":")[2].replace("_", "-")


def _in_two_lists(sections: Sections, path: str, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Report headings that stand in the lists of several audiences: only the narrowest one sees them."""
    audiences = section_audiences(sections)
    for audience, headings in sections.by_audience:
        for at, heading in enumerate(headings):
            narrower = audiences[heading_key(heading)]
            if narrower is not audience:
                name, other = audience.name.lower(), narrower.name.lower()
                line = lines.get(f"sections.{name}.{at}", 0)
                message = gettext(
                    "the section '%(section)s' is in '%(list)s' and in '%(other)s', so it is %(other)s",
                    section=heading,
                    list=name,
                    other=other,
                )
                hint = gettext("Remove it from one of the two")
                yield Problem(SECTION_IN_TWO_LISTS, path, line, message, hint)


def _no_check(code: str, codes: frozenset[str]) -> tuple[str, str]:
    """What is wrong with a code that no check has, and what to write."""
    if entries := in_brackets(code):
        message = gettext(
            "%(name)s is '%(value)s', and a list belongs there", name="disabled_checks", value=code
        )
        return message, gettext("Write %(what)s", what=entries)
    hint = gettext("Write the code that is in square brackets at the end of a message, such as no-hours")
    return gettext("there is no check '%(code)s'", code=code), did_you_mean(code, codes) or hint


def option_lines(node: yaml.Node | None, path: str) -> dict[str, int]:
    """The lines of the options that `node` holds, and of the entries of a list, such as `founders.2`."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    _, lines = parse_fields(node, Options, Report(path, unknown=_UNKNOWN_OPTION), "rolebook.")
    return lines


def as_node(value: Mapping[str, Any]) -> yaml.Node:
    """`value`, which a host has already read, as the nodes that `parse_options` reads."""
    # The order of own fields is that of their columns.
    node: yaml.Node = SafeRepresenter(sort_keys=False).represent_data(dict(value))
    return node
