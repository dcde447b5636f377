"""Every text that people read is in the catalogue, and what is in it is what the program shows."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

import rolebook
from rolebook.analysis.crafts import _CRAFTS
from rolebook.cli import main
from rolebook.language import words_of
from rolebook.rendering.environment import environment
from rolebook.schema.records import SECTIONS, heading_key
from texts import in_module, in_template, looked_up, modules

PACKAGE = Path(rolebook.__file__).parent
ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "plugin/rolebook/locale/rolebook.pot"
COMMAND = """pybabel extract --mapping PYPROJECT --output-file GOAL --no-wrap --sort-output --no-location
    --add-comments Translators: --strip-comment-tags --project Rolebook --copyright-holder
    --keyword gettext_html --keyword ngettext_html:1,2 --keyword pgettext_html:1c,2
    --keyword npgettext_html:1c,2,3 --keyword forms_of:1,2 --keyword Why"""

ROOMS = (
    "language",
    "wording",
    "organisation/words",
    "analysis",
    "charts",
    "diff",
    "reorganisation",
    "pages",
    "documents",
    "views",
    "rendering",
    "export",
    "forms",
    "spreadsheet",
    "cli",
    "problems",
    "files",
    "malformed",
    "front_matter",
    "attachments",
    "workflows",
    "body",
    "schema",
    "options",
    "blocks",
    "build_folders",
    "site_values",
    "site_config",
    "page_fields",
    "parse",
    "strays",
    "load",
    "photos",
    "checks",
    "git",
    "history",
    "slips",
    "visibility",
    "own_checks",
    "template_checks",
    "dead_links",
    "autofix",
    "handbook",
    "option_checks",
    "mkdocs_plugin",
    "cli/check",
    "cli/site_check",
)
"""Rooms whose texts are in the catalogue; the others follow."""
NOT_YET = {
    *("rendering/mishaps.py", "rendering/turns.py"),
    *("cli/check.py", "cli/site_check.py", "spreadsheet/column_names.py"),
}
"""Modules of these rooms whose texts follow."""
NO_TEXTS = {
    "analysis/crafts.py": {"_CRAFTS", "_PART"},
    "charts/mermaid.py": {"_HEADER", "_STYLES"},
    "charts/svg.py": {"STYLE", "CARD_STYLE", "_OF_FACES", "_RINGS", "_LINE_OVER", "_FACE_OVER"},
    "diff/formats.py": {"_FIRST"},
    "pages/kinds.py": {"TEXT", "TITLE", "ENTRY", "VALUES", "VIEW"},
    "pages/redirects.py": {"_PAGE"},
    "documents/chart_sheets.py": {"size"},
    "documents/png.py": {"_NEEDED"},
    "documents/letterhead.py": {"_COLOURS", "_PAGE"},
    "rendering/interface.py": {
        *("EVERYWHERE", "TEMPLATES", "SHARED", "FILTERS", "COLOURS", "_PAGE", "_CHART", "_NUMBERS"),
    },
    "rendering/own_templates.py": {
        *("_NO_PART", "_BREAKS_OFF", "_IMPORT", "_REPLACED"),
    },
    "rendering/document_page.py": {"_POLICY"},
    "documents/job_posting.py": {"_UNIONS"},
    "reorganisation/__init__.py": {"__all__"},
    "cli/changing.py": {"EXIT_CODES"},
    "cli/forms.py": {"repository_named"},
    "cli/form_server.py": {"_TYPES", "_HEADERS"},
    "cli/new.py": {"_BODY", "_TO_FILL_IN", "_TEAM_BODY", "_OF_A_TEAM"},
    "export/looks.py": {"_EDIT_LINK", "_PEN"},
    "export/site.py": {"_HEAD"},
    "spreadsheet/columns.py": {"_OF_AN_EXPORT"},
    "spreadsheet/conventions.py": {"TEAM_WORDS"},
    "spreadsheet/failures.py": {"_A_FORMULA"},
    "spreadsheet/empty_words.py": {"_EMPTY"},
    "spreadsheet/holders.py": {"ME", "NOBODY_IN_PARTICULAR", "_MANY", "_GROUP"},
    "spreadsheet/hours.py": {"_UNITS", "_ADVERBS", "_WORDS", "_EACH"},
    "spreadsheet/members.py": {"LEAD_WORDS", "_LEADS", "_FUNCTIONS"},
    "spreadsheet/role_hours.py": {"_FTE"},
    "spreadsheet/delimited.py": {"_WEB_PAGE"},
    "spreadsheet/template_rows.py": {"_TEMPLATE", "_TOTAL", "_FIGURE", "_FOOTER"},
    "forms/page.py": {"_PAGE"},
    "views/changes.py": {"_ENDS"},
    "attachments.py": {"_KINDS", "_COPY"},
    "body/__init__.py": {"__all__"},
    "body/cleaning.py": {"_ANYWHERE", "_MORE_TAGS", "_CLASSES", "_ATTRIBUTES"},
    "body/events.py": {"_VOID", "_INLINE"},
    "body/hidden.py": {"_TAGS"},
    "body/settings.py": {"_PYTHON_MARKDOWN", "_PYMDOWNX"},
    "checks/names.py": {"_WORDS"},
    "checks/posts.py": {"_PAY"},
    "checks/upkeep.py": {"_SECRET"},
    "checks/roles.py": {"_VAGUE"},
    "front_matter.py": {"_NO_FIELD", "_SECOND_COLON", "_REFERENCES"},
    "schema/foreign.py": {"_MEANT", "_ELSEWHERE", "_SECRETS"},
    "schema/json_schema.py": {"_SEEN_BY"},
    "schema/kinds.py": {"_WORDS", "_OTHER_FIELDS"},
    "schema/records.py": {"_PERIODS", "_FULL_TIME", "SECTIONS", "_PURPOSE"},
    "schema/standards.py": {"CURRENCIES"},
    "workflows.py": {"_HOSTS"},
    "slips.py": {"_WORDS"},
    "git.py": {"_POINTER"},
    "visibility/sections.py": {"_ELEMENTS", "_UNSEEN", "_ON_SCREEN"},
    "mkdocs_plugin/bodies.py": {"_BOXES"},
    "mkdocs_plugin/incremental/__init__.py": {"__all__"},
    "mkdocs_plugin/incremental/partial_cache.py": {"_CACHED_INCLUDE"},
    "cli/check.py": {"_HELP"},
    "cli/site_check.py": {"_OPTION", "_UNKNOWN"},
}
"""Names of what looks like a text and is none: patterns, styles, keys, headings that authors write."""
NOT_SHOWN = {
    "{people: no}",  # of YAML
    *("A page made of a ", " has no fingerprint."),  # for whoever changes the program
    # Mermaid's language
    *("accTitle: ", "accDescr: ", "click n", ' href "', "classDef ", "classDef here ", "class ", " here"),
    *("planned role", "planned team", "retired role", "retired team", "file name", "also changed"),  # keys
    *("AdministrativeArea", "JobPosting", "Organization", "PropertyValue", "PostalAddress"),  # of schema.org
    *("Country", "Place", "how to do it", "Markdown", "mailto:"),
    *(
        " has no form",
        "part",
        "img-src 'self' blob: data:",
        "frame-src blob:",
        "connect-src 'self' blob: data:",
    ),
    *(", until: ", ", max: ", "name: ", "aliases: [", " PERSON"),  # YAML, and a name in a command
    *("---\nname: ", "founder: yes\n", "allow_multiple_roots: yes", "Our business", "Owner"),
    *("pip install -e", '--owner "Ruth Wren"', "  cd ", "  rolebook check\n  mkdocs serve"),
    "pip wheel --no-deps . && pip install mkdocs_rolebook-*.whl",
    *("Vacant", "Eliminated", "Deleted", "Untitled post", "Untitled post ", " to ", "row "),  # of tables
    *('--map title="Job Title"', '--map title="…"', "): .*  \\(row \\d+ of .*\\)\\r?\\n"),
    *("  - person: ", "    as: ", "min: ", "members:\n", "Panic", "Target", "Id", "Type"),
    # what readings of one kind are known by
    *(" by number", "teams of one title", ": nobody in a team", ": another form", "status of a team"),
    "members: what they are",
    *("--prefer table", "--prefer file", "status: retired", "kind: team"),
    '  git init -b main\n  git add .\n  git commit -m "Our handbook"',
    "  git remote add origin ADDRESS-OF-THE-REPOSITORY\n  git push -u origin main",
    *("Group", "User", "Host", "Origin", "Accept", "localhost:"),  # of Backstage and HTTP
    "an address that begins with https://",  # of an option
    *(" needs a default to be hidden", " has no JSON Schema"),  # for whoever changes the program
    # of YAML's reader
    *("cannot start any token", "did not find expected ',' or ']'", "did not find expected ',' or '}'"),
    *("did not find expected node content", "found unexpected end of stream", "Unicode character escape"),
    *("did not find expected key", "did not find expected '-' indicator", "Null"),
    *("while scanning a quoted", "while parsing a flow", "while scanning a simple key"),
    # values as they are written in YAML, and types of own fields
    *(", measure: …}", ", max: ", "min: ", "amount: ", ", currency: ", ", per: ", "INHERIT: base.yml"),
    *("'icon: material/weather-night'", "[navigation, toc]", "Purpose", "Procedure", "How to do it"),
    *("long text", "web address", "email address"),
    *("pip install pillow", "Reader", "Suggestion", "Fix", "Picture", "aliases: [", "[a, b]"),
    '{% extends "',
    *("not a git repository", "git init -b main", "git add . && git commit -m 'Our handbook'"),
    *("git rm -r --cached ", "!ENV [NAME, value]"),
    # for whoever changes the program, or follows what it does
    *("what ", " readers may see is not for ", "All pages are rebuilt each time: "),
    *(" may affect every page.", "this version of ", "a theme that was changed", "a hook", "the setting "),
    *("a template of your own", "another version of the plugin 'tags'", "a setting has itself in it"),
    *("the plugin '", "the Markdown extension '"),
    # of MkDocs
    *("Callable", "': Unrecognised configuration name: ", "Required configuration", "Expected type: "),
    *(" but received: ", "Plugin 'search' option '", "Plugin 'search' option 'fields': Sub-option '"),
    # of click, which is in English
    "text for people, json for programs, github and gitlab for annotations on a pull or merge request.",
    "Fix typing mistakes that have only one possible correction, and list them.",
    "Check again after every change; stop with Ctrl-C.",
}
"""The same, one by one."""
KEYS = {
    *("department", "overview", "business-model", "role", "person", "people", "named", "title", "toc"),
    *("founder", "outsourced", "vacant", "fixed", "paused", "person", "roles_percent", "hours_percent"),
    *("macros.jinja", "people.csv", "roles.csv", "promises", "mailto:"),
    *("icon:", "search:", "exclude: true", "boost:"),  # fields of a page
    *("{roles}", "{number}"),  # what a script puts in
    *("(SVG)", "rolebook pack --leaving"),  # the same in every language
}
"""Texts in quotes in templates that nobody reads."""


def extracted(goal: Path) -> str:
    """The texts in the code, as gettext's template of a catalogue."""
    words = {"PYPROJECT": ROOT / "pyproject.toml", "GOAL": goal}
    arguments = [str(words.get(each, each)) for each in COMMAND.split()]
    arguments.insert(arguments.index("--copyright-holder") + 1, "Rolebook contributors")
    CommandLineInterface().run([*arguments, str(PACKAGE)])
    lines = goal.read_text(encoding="utf-8").splitlines(keepends=True)
    dated = ("# FIRST AUTHOR", '"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Generated-By')
    return "".join(line for line in lines if not line.startswith(dated))


def test_the_template_of_the_catalogues_is_up_to_date(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """With --bless (`make texts`) it is written."""
    now = extracted(tmp_path / "now.pot")
    if request.config.getoption("bless") and not os.environ.get("CI"):
        TEMPLATE.parent.mkdir(exist_ok=True)
        TEMPLATE.write_text(now, encoding="utf-8", newline="\n")
    assert TEMPLATE.read_text(encoding="utf-8") == now, "run `make texts`"


def test_texts_have_named_values() -> None:
    """So that a language can put them in its own order."""
    with TEMPLATE.open("rb") as file:
        texts: Catalog = read_po(file)
    assert len(texts) > 100
    for message in texts:
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        for form in forms:
            values = {"number": ""} | dict.fromkeys(_names(form), "")
            assert form % values is not None, form


LOCALES = PACKAGE / "locale"
CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES/rolebook.po"))
_TAG = re.compile(r"</?\w+[^<>]*>")


def wrong_in(catalogue: Catalog, template: Catalog) -> list[str]:
    """What is wrong in a catalogue, a line each."""
    wanted = {(each.context, each.id): each for each in template if each.id}
    texts = {(each.context, each.id): each for each in catalogue if each.id}
    found = [f"missing: {name}" for _, name in wanted.keys() - texts.keys()]
    found += [f"in no page: {name}" for _, name in texts.keys() - wanted.keys()]
    if catalogue.fuzzy:
        found.append("the header is marked as fuzzy")
    for text in (texts[key] for key in texts.keys() & wanted.keys()):
        found += (f"{wrong}: {text.id}" for wrong in _wrong(text, catalogue.num_plurals))
    return sorted(found)


def _wrong(text: Message, plurals: int) -> Iterator[str]:
    if text.fuzzy:
        yield "fuzzy"
    originals = text.id if text.pluralizable else (text.id,)
    forms = text.string if text.pluralizable else (text.string,)
    if not all(forms) or (text.pluralizable and len(forms) != plurals):
        yield "not translated"
        return
    for form in forms:
        if not any(sorted(set(_names(form))) == sorted(set(_names(each))) for each in originals):
            yield "other values"
        elif form.replace("%%", "").count("%") != form.count("%("):
            yield "a sign % that is not doubled"
        elif any(each not in form for each in _as_typed(originals[-1])):
            yield "another command, option or name in quotation marks"
        if not any(sorted(_TAG.findall(form)) == sorted(_TAG.findall(each)) for each in originals):
            yield "other HTML"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_a_catalogue_is_complete(file: Path) -> None:
    code = file.parts[-3]
    with TEMPLATE.open("rb") as template, file.open("rb") as source:
        catalogue = read_po(source, locale=code)
        assert wrong_in(catalogue, read_po(template)) == []


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('msgid "Held by %(name)s"\nmsgstr "Hat %(name)s"', ""),
        ('msgid "Held by %(name)s"\nmsgstr ""', "not translated"),
        ('msgid "Held by %(name)s"\nmsgstr "Hat %(Name)s"', "other values"),
        ('msgid "Held by %(name)s"\nmsgstr "Hat"', "other values"),
        ('msgid "Held by %(name)s"\nmsgstr "zu 5 % hat %(name)s"', "a sign % that is not doubled"),
        ('msgid "Held by %(name)s"\nmsgstr "Hat <b>%(name)s</b>"', "other HTML"),
        ('#, fuzzy\nmsgid "Held by %(name)s"\nmsgstr "Hat %(name)s"', "fuzzy"),
        ("", "missing"),
    ],
)
def test_what_is_wrong_in_a_catalogue_is_found(entry: str, found: str) -> None:
    template = read_po(io.StringIO('msgid "Held by %(name)s"\nmsgstr ""'))
    catalogue = read_po(io.StringIO(entry), locale="de")
    catalogue.fuzzy = False
    assert wrong_in(catalogue, template) == ([f"{found}: Held by %(name)s"] if found else [])


def test_what_is_typed_is_not_translated() -> None:
    entry = 'msgid "Add --id, or write \'lead\' and run rolebook check."\nmsgstr "{}"'
    template = read_po(io.StringIO(entry.format("")))
    for translated, is_right in (
        ("Ergänzen Sie --id, oder schreiben Sie „lead“ und rufen Sie rolebook check auf.", True),
        ("Ergänzen Sie --id, oder schreiben Sie „Leitung“ und rufen Sie rolebook check auf.", False),
        ("Ergänzen Sie --kennung, oder schreiben Sie „lead“ und rufen Sie rolebook check auf.", False),
    ):
        catalogue = read_po(io.StringIO(entry.format(translated)), locale="de")
        catalogue.fuzzy = False
        assert (wrong_in(catalogue, template) == []) == is_right, translated


def test_a_text_that_is_gone_from_the_program_is_found_in_a_catalogue() -> None:
    catalogue = read_po(io.StringIO('msgid "Gone"\nmsgstr "Weg"'), locale="de")
    assert "in no page: Gone" in wrong_in(catalogue, read_po(io.StringIO("")))


@pytest.mark.parametrize(
    ("forms", "found"),
    [
        ('msgstr[0] "%(number)s Rolle"\nmsgstr[1] "%(number)s Rollen"', 0),
        ('msgstr[0] "%(number)s Rolle"\nmsgstr[1] ""', 1),
        ('msgstr[0] "%(number)s Rolle"', 1),
    ],
)
def test_a_form_that_is_missing_in_a_catalogue_is_found(forms: str, found: int) -> None:
    plural = 'msgid "%(number)s role"\nmsgid_plural "%(number)s roles"\n'
    template = read_po(io.StringIO(plural + 'msgstr[0] ""\nmsgstr[1] ""'))
    catalogue = read_po(io.StringIO(plural + forms), locale="de")
    catalogue.fuzzy = False
    assert len(wrong_in(catalogue, template)) == found


@pytest.mark.parametrize("file", sorted(LOCALES.glob("*/words.toml")), ids=lambda file: file.parts[-2])
def test_a_table_of_words_names_sections_and_crafts_that_there_are(file: Path) -> None:
    words = words_of(file.read_text(encoding="utf-8"))
    assert words.sections.keys() <= SECTIONS.keys()
    assert words.crafts.keys() <= _CRAFTS.keys()
    headings = [heading_key(each) for all_of in words.sections.values() for each in all_of]
    assert len(set(headings)) == len(headings), "a heading stands for two sections"
    assert not {heading_key(each) for each in SECTIONS} & set(headings)
    for table in (*words.sections.values(), *words.crafts.values(), words.vague, words.to_do):
        assert table and all(word == word.strip() and word for word in table)


def test_the_guide_names_the_headings_of_every_language() -> None:
    guide = (ROOT / "content/guide/languages.md").read_text(encoding="utf-8")
    for file in LOCALES.glob("*/words.toml"):
        words = words_of(file.read_text(encoding="utf-8"))
        for known, headings in words.sections.items():
            assert f"| {known} |" in guide and f"| {'; '.join(headings)} |" in guide, file


_COMMANDS = "|".join((*main.commands, "serve", "build"))
_TYPED = re.compile(rf"(?<!\w)'([\w.-]+)'(?!\w)|(?<!\w)(--[a-z-]+)|\b((?:rolebook|mkdocs) (?:{_COMMANDS}))\b")


def _as_typed(text: str) -> Iterator[str]:
    """Names, options and commands in an English text, which are the same in every language."""
    for found in _TYPED.finditer(text):
        yield found[1] or found[2] or found[3]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Add a reason under 'outsource', or run rolebook check.", ["outsource", "rolebook check"]),
        ("Name another with --to.", ["--to"]),
        ("the company's and the owner's", []),
        ("'%(name)s' is away", []),
    ],
)
def test_what_is_typed_is_found_in_a_text(text: str, found: list[str]) -> None:
    assert [*_as_typed(text)] == found


def _names(form: str) -> list[str]:
    return [part.partition(")")[0] for part in form.split("%(")[1:]]


def test_every_text_that_is_looked_up_is_in_the_template() -> None:
    """What collects them passes over a call within another one, and within an f-string."""
    with TEMPLATE.open("rb") as file:
        there = {form for text in read_po(file) for form in (text.id if text.pluralizable else (text.id,))}
    texts = {text for file in PACKAGE.rglob("*.py") for text in looked_up(file.read_text(encoding="utf-8"))}
    assert texts - there == set()


@pytest.mark.parametrize("name", sorted(environment().list_templates()))
def test_no_text_of_a_template_is_outside_the_catalogue(name: str) -> None:
    templates = environment()
    assert templates.loader is not None
    source, _, _ = templates.loader.get_source(templates, name)
    found = set(in_template(source, templates)) - KEYS
    assert {
        text for text in found if not text.startswith(("rb-", " rb-")) and any(map(str.isalpha, text))
    } == set()


@pytest.mark.parametrize(
    "file",
    [each for each in modules(PACKAGE, ROOMS) if each.relative_to(PACKAGE).as_posix() not in NOT_YET],
    ids=lambda file: file.relative_to(PACKAGE).as_posix(),
)
def test_no_text_of_a_room_is_outside_the_catalogue(file: Path) -> None:
    names = NO_TEXTS.get(file.relative_to(PACKAGE).as_posix(), ())
    found = in_module(file.read_text(encoding="utf-8"), names)
    assert [f"line {line}: {text}" for line, text in found if text not in NOT_SHOWN] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('"""Such a thing."""\nx = gettext("Nobody holds it.")', []),
        ('x = N_("Over capacity"), pgettext("of a role", "None")', []),
        ('x = gettext("%(name)s holds it", name="Nobody else")', ["Nobody else"]),
        ('x = "Nobody holds it."', ["Nobody holds it."]),
        ('x = "Vacant"', ["Vacant"]),
        ('x = f"{number} below"', [" below"]),
        ("""x = f'<p class="rb-lead">{words} is away</p>'""", [" is away</p>"]),
        ("""x = f'<p class="rb-lead">{words}</p>'""", []),
        ("""x = '<nav class="rb-x" aria-label="Pages">'""", ['<nav class="rb-x" aria-label="Pages">']),
        ('x = "rb-lead", f"promise-{number}", "jobs", "a.md"', []),
        ('click.echo(f"Send {name} the pack.")', ["Send ", " the pack."]),
        ('refuse("Give the role a title.")', ["Give the role a title."]),
        ('click.echo(gettext("Send it: %(command)s", command=f"rolebook pack {role}"))', []),
        ('click.option("--to", help="Where it goes.")', []),
        ('_HELP = "Show it."\n\n@click.command(help=_HELP)\ndef show(): pass', []),
        ('raise click.UsageError("Name the roles.")', []),
        ('raise NotPossible("Name the roles.")', ["Name the roles."]),
        ("""yield Problem(RULE, path, 1, f"there is no role '{name}'", "")""", ["there is no role '"]),
        ("""yield Problem(RULE, path, 1, message, "Remove one of the two")""", ["Remove one of the two"]),
        ("""yield Problem(RULE, path, 1, gettext("there is no role '%(name)s'", name=name), hint)""", []),
        ("""yield Finding(role.file, f"deliverable.{at}.outcome", message, hint)""", []),
        ("""RULE = Rule("no-role", Severity.ERROR, "Somebody has to do it.")""", []),
        ("""x: str = declared(Text("a colour in words"), PUBLIC, "its colour")""", ["a colour in words"]),
    ],
)
def test_a_text_outside_the_catalogue_is_found(code: str, found: list[str]) -> None:
    assert [text for _, text in in_module(code)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("## {{ _('Gaps') }}\n<p>{% trans a=b %}Held by {{ a }}{% endtrans %}</p>", []),
        ("## Gaps\n", ["Gaps"]),
        ("<p>{{ 'none' if x else _('some') }}</p>", ["none"]),
        ('<p aria-label="Pages of {{ x }}">', ["Pages of \0"]),
        ('<p class="{{ x }} rb-lead">Held by {{ x }}</p>', ["Held by"]),
    ],
)
def test_a_text_of_a_template_outside_the_catalogue_is_found(source: str, found: list[str]) -> None:
    assert [text.removeprefix("## ") for text in in_template(source, environment())] == found
