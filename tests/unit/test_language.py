"""Texts, figures, dates and lists in the language that is written in."""

import datetime as dt
import importlib.util
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from rolebook import language as languages
from rolebook.analysis.money import Money
from rolebook.language import (
    Language,
    catalogues_there,
    current,
    forms_of,
    gettext,
    gettext_html,
    language,
    language_for,
    ngettext,
    ngettext_html,
    npgettext,
    npgettext_html,
    pgettext,
    pgettext_html,
    written_in,
)
from rolebook.rendering.environment import environment
from rolebook.schema.records import Rate
from rolebook.wording import (
    NO_BREAK,
    day,
    either,
    first_of,
    listed,
    money,
    month,
    number,
    pay_text,
    percent,
    price,
    short_day,
    table_day,
    unbroken_day,
)

HOOK = Path(__file__).parents[2] / "plugin/hatch_build.py"
GERMAN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Held by %(name)s"
msgstr "%(name)s ist <b>da</b>"

msgid "%(number)s role"
msgid_plural "%(number)s roles"
msgstr[0] "%(number)s Rolle"
msgstr[1] "%(number)s Rollen"

msgctxt "of a role"
msgid "None"
msgstr "Keine"

msgctxt "of a team"
msgid "%(number)s seat"
msgid_plural "%(number)s seats"
msgstr[0] "%(number)s Platz"
msgstr[1] "%(number)s Plätze"
"""


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    file = tmp_path / "de" / "LC_MESSAGES" / "rolebook.po"
    file.parent.mkdir(parents=True)
    file.write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    language.cache_clear()
    yield language("de")
    language.cache_clear()


def test_a_text_without_a_translation_is_english(german: Language) -> None:
    with written_in(german):
        assert gettext("Such a thing is %(what)s, 100%%.", what="new") == "Such a thing is new, 100%."
        assert pgettext("of a team", "None") == "None"
        assert ngettext("%(number)s team", "%(number)s teams", 1) == "1 team"
    assert gettext("Held by %(name)s", name="Ada") == "Held by Ada"


def test_a_wheel_has_each_catalogue_compiled(german: Language, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    assert spec and spec.loader
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    (made,) = hook.compiled(tmp_path, tmp_path).items()
    assert made == (str(tmp_path / "de.mo"), "rolebook/locale/de/LC_MESSAGES/rolebook.mo")
    folder = tmp_path / "de/LC_MESSAGES"
    (tmp_path / "de.mo").rename(folder / "rolebook.mo")
    (folder / "rolebook.po").write_text("no catalogue at all", encoding="utf-8")
    language.cache_clear()
    with written_in(language("de")):
        assert ngettext("%(number)s role", "%(number)s roles", 2) == "2 Rollen"


def test_a_script_gets_every_form_of_a_text(german: Language) -> None:
    one, many = "%(number)s role", "%(number)s roles"
    assert json.loads(forms_of(one, many)) == {"other": "{} roles", "one": "{} role"}
    with written_in(german):
        assert json.loads(forms_of(one, many)) == {"other": "{} Rollen", "one": "{} Rolle"}
    with written_in(language("pl")):
        assert json.loads(forms_of(one, many)).keys() == {"one", "few", "many", "other"}


@pytest.mark.parametrize(
    ("code", "found"),
    [("de", "de"), ("de-AT", "de-AT"), ("en-US", "en-US"), ("ja", None), ("german", None), ("", None)],
)
def test_a_language_is_found_by_its_code(german: Language, code: str, found: str | None) -> None:
    chosen = language_for(code)
    assert (chosen and chosen.tag) == found
    assert catalogues_there() == ("en", "de")


def test_a_text_has_its_form_and_its_meaning(german: Language) -> None:
    with written_in(german):
        assert [ngettext("%(number)s role", "%(number)s roles", each) for each in (0, 1, 1200)] == [
            "0 Rollen",
            "1 Rolle",
            "1.200 Rollen",
        ]
        assert pgettext("of a role", "None") == "Keine"
        assert npgettext("of a team", "%(number)s seat", "%(number)s seats", 2) == "2 Plätze"
        assert gettext("Held by %(name)s", name=1200) == "1.200 ist <b>da</b>"


def test_the_values_of_html_are_escaped(german: Language) -> None:
    with written_in(german):
        assert gettext_html("Held by %(name)s", name="<{A}>") == "&lt;&#123;A&#125;&gt; ist <b>da</b>"
        assert gettext_html("Held by %(name)s", name=Markup("<i>A</i>")) == "<i>A</i> ist <b>da</b>"
        assert ngettext_html("%(number)s role", "%(number)s roles", 1) == Markup("1 Rolle")
        assert pgettext_html("of a role", "None") == Markup("Keine")
        assert npgettext_html("of a team", "%(number)s seat", "%(number)s seats", 1) == Markup("1 Platz")


def test_a_template_escapes_the_values_of_a_text(german: Language) -> None:
    template = environment().from_string(
        "{% trans name=name %}Held by {{ name }}{% endtrans %} {{ _('Held by %(name)s', name=name) }}"
        " {% trans number=number %}{{ number }} role{% pluralize %}{{ number }} roles{% endtrans %}"
    )
    with written_in(german):
        assert template.render(name="<{A}>", number=1200) == (
            "&lt;&#123;A&#125;&gt; ist <b>da</b> &lt;&#123;A&#125;&gt; ist &lt;b&gt;da&lt;/b&gt; 1.200 Rollen"
        )
    assert template.render(name="A", number=1) == "Held by A Held by A 1 role"


def test_each_thread_writes_in_its_own_language() -> None:
    found: list[str] = []

    def write() -> None:
        found.append(current().code)
        with written_in(language("fr")):
            found.append(current().code)

    with written_in(language("de")):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        with written_in(language("pt-BR")):
            found.append(current().tag)
        assert [*found, current().code] == ["en", "fr", "pt-BR", "de"]
    assert current().code == "en"


def test_figures_are_those_of_the_language() -> None:
    with written_in(language("de")):
        assert (number(1234.5), price(1234.5), price(1200), percent(66)) == (
            "1.234,5",
            "1.234,50",
            "1.200",
            f"66{NO_BREAK}%",
        )
        assert money(Money(1040, 1248, "EUR")) == f"1.040–1.248{NO_BREAK}EUR"
        assert pay_text(Rate(amount=30.5, currency="EUR", per="hour")) == "30,50 EUR pro Stunde"
    with written_in(language("en-US")):
        assert number(1234.5) == "1,234.5"
    assert number(1e300) == f"1{',000' * 100}"
    assert percent(100) == "100%"


def test_pay_names_what_it_is_for_and_where_it_begins_and_ends() -> None:
    ends = [{"amount": 1200}, {"min": 1200}, {"max": 1200.5}, {"min": 0.125, "max": 1200}, {}]
    assert [pay_text(Rate(**each, currency="EUR")) for each in ends] == [
        "EUR 1,200",
        "from EUR 1,200",
        "up to EUR 1,200.50",
        "EUR 0.125 to 1,200",
        "",
    ]
    per = ("", "hour", "month", "fixed", "deliverable")
    assert [pay_text(Rate(amount=5, per=each)) for each in per] == [
        "5",
        "5 an hour",
        "5 a month",
        "5 in total",
        "5 per deliverable",
    ]
    assert pay_text(None) == ""


def test_days_and_lists_are_those_of_the_language() -> None:
    date = dt.date(2026, 9, 3)
    assert (short_day(date), month(date)) == ("3 Sept", "September 2026")
    assert table_day(date) == f"3{NO_BREAK}Sept 2026"
    assert either("abc") == "a, b or c"
    with written_in(language("de")):
        assert (day(date), short_day(date), month(date)) == (
            "3. September 2026",
            "3. Sept.",
            "September 2026",
        )
        assert unbroken_day(date) == f"3.{NO_BREAK}September 2026"
        assert (listed("abc"), either("ab"), listed("")) == ("a, b und c", "a oder b", "")
    assert day(date) == "3 September 2026"


def test_what_a_list_does_not_name_is_counted() -> None:
    assert [first_of("abcde"[:number], 3) for number in (0, 2, 3, 4, 5)] == [
        "",
        "a and b",
        "a, b and c",
        "a, b, c and 1 more",
        "a, b, c and 2 more",
    ]


@pytest.mark.parametrize(
    ("code", "number", "written"),
    [
        ("fr", 1, "1er février 2027"),
        ("fr", 11, "11 février 2027"),
        ("fr-CA", 1, "1er février 2027"),
        ("pt", 1, "1º de fevereiro de 2027"),
        ("pt_BR", 1, "1º de fevereiro de 2027"),
        ("pt_PT", 1, "1 de fevereiro de 2027"),
    ],
)
def test_the_first_day_of_a_month_is_an_ordinal_where_usage_asks_for_it(
    code: str, number: int, written: str
) -> None:
    with written_in(language(code)):
        assert day(dt.date(2027, 2, number)) == written
