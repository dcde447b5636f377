"""Workbooks that are read directly: which sheet, which row, which cells."""

import io
import resource
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from imports import Import, findings
from rolebook.problems import Problem
from rolebook.spreadsheet import sheets, shown_cells, workbook
from workbooks import Cell, noted, ods, xlsx

ROWS: list[list[Cell]] = [["Title", "Parent", "Weekly hours"], ["Boss", None, 40], ["Shop", "Boss", 7.5]]


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return Import(tmp_path)


def run(imported: Import, data: bytes, *more: str, name: str = "a.xlsx", to: str = "roles") -> Result:
    (imported.folder / name).write_bytes(data)
    return imported.run(str(imported.folder / name), *more, to=to)


@pytest.mark.parametrize(("name", "data"), [("a.xlsx", xlsx({"Roles": ROWS})), ("a.ods", ods(ROWS))])
def test_a_workbook_is_read_like_a_table_of_text(imported: Import, name: str, data: bytes) -> None:
    result = run(imported, data, name=name)
    assert (result.exit_code, "2 role files written" in result.stdout) == (0, True)
    assert imported.front("shop") == {"title": "Shop", "parent": "boss", "weekly_hours": 7.5}


def test_rows_are_numbered_and_the_header_found_below_a_merged_title(imported: Import) -> None:
    rows: list[list[Cell]] = [["Org chart 2026"], [], *ROWS, [], ["Till", "Shpo", None]]
    result = run(imported, xlsx({"Roles": rows}, merged="A1:C1"))
    assert findings(result) == ["a.xlsx:7: unknown-parent"]
    assert "1 empty row passed over." in result.stdout


def test_the_sheet_with_the_header_is_read_and_the_others_are_named(imported: Import) -> None:
    book = xlsx({"Read me": [["How to use"]], "Old": ROWS, "Now": ROWS[:2], "Empty": []}, hidden=["Old"])
    result = run(imported, book)
    assert imported.stems == {"boss"}
    assert "a.xlsx: the sheet 'Now' was read; for 'Read me', add --sheet.\n" in result.stdout


def test_a_sheet_can_be_named_even_if_it_is_hidden(imported: Import) -> None:
    book = xlsx({"Now": ROWS[:2], "Old": ROWS}, hidden=["Old"])
    assert run(imported, book, "--sheet", "Old").exit_code == 0
    assert imported.stems == {"boss", "shop"}


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(imported: Import) -> None:
    result = run(imported, xlsx({"Now": ROWS}), "--sheet", "Nwo")
    assert result.exit_code == 2
    assert "no sheet is called 'Nwo'. The sheets are 'Now'." in result.stderr


def test_a_workbook_without_a_header_that_is_known_names_its_columns(imported: Import) -> None:
    result = run(imported, xlsx({"Empty": [], "Now": [["Seat", "Reports to"], ["x", None]]}))
    assert result.exit_code == 2
    assert (
        "The columns are 'Seat', 'Reports to'. If their contents match their names, add --map title=\"Seat\""
        in result.stderr
    )


def test_cells_are_what_a_person_would_write(imported: Import) -> None:
    rows: list[list[Cell]] = [
        ["id", "Title", "Parent", "Tags", "Purpose"],
        [101.0, "a", None, True, 0.1 + 0.2],
    ]
    assert run(imported, xlsx({"Now": [*rows, [102, "b", 101, "d:46150", None]]})).exit_code == 0
    assert imported.front("101") == {"title": "a", "tags": ["yes"], "purpose": "0.3"}
    assert imported.front("102") == {"title": "b", "parent": "101", "tags": ["2026-05-08"]}


def test_hours_that_a_spreadsheet_took_for_a_date_are_explained(imported: Import) -> None:
    result = run(imported, xlsx({"Now": [["Title", "Weekly hours"], ["a", "d:46150"]]}))
    assert (
        "weekly_hours is '2026-05-08', which a spreadsheet has made a date of. Write 5 to 8" in result.stdout
    )


def test_hours_that_are_shares_of_a_week_are_noticed(imported: Import) -> None:
    result = run(imported, xlsx({"Now": [["Title", "Weekly hours"], ["a", 0.5], ["b", 1]]}))
    assert findings(result) == ["a.xlsx:2: shares-for-hours"]
    assert 'add --map weekly_hours= --map fte="Weekly hours"' in result.stdout


def test_cells_that_are_one_with_those_above_count_for_every_row(imported: Import) -> None:
    rows: list[list[Cell]] = [["Title", "Tags"], ["a", "Kitchen"], ["b", None], ["c", None], [None, None]]
    assert run(imported, xlsx({"Now": rows}, merged="B2:B5")).exit_code == 0
    assert [imported.front(each).get("tags") for each in "abc"] == [["Kitchen"]] * 3


def test_an_error_of_a_formula_is_no_name(imported: Import) -> None:
    result = imported("Job,Who\na,#REF!\nb,#N/A\n")
    assert findings(result) == ["a.csv:2: error-cell", "a.csv:3: error-cell"]
    assert imported.front("a") == {"title": "a"}


@pytest.mark.parametrize("keep", [0, 30, 500])
def test_a_broken_workbook_is_refused(imported: Import, keep: int) -> None:
    result = run(imported, b"PK\x03\x04" + xlsx({"Now": ROWS})[4 : 4 + keep])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "it is not readable as a workbook" in result.stderr
    assert not imported.roles.exists()


def test_a_workbook_with_nothing_in_it_is_refused(imported: Import) -> None:
    result = run(imported, xlsx({"Now": [], "Hidden": ROWS}, hidden=["Hidden"]))
    assert result.exit_code == 2
    assert "it has no sheet with anything in it" in result.stderr


def test_a_workbook_that_swells_when_unpacked_is_refused(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 100)
    assert "too large when unpacked" in run(imported, xlsx({"Now": ROWS})).stderr


def far(*places: str) -> bytes:
    """A workbook of three cells, of which one stands at each of `places`."""
    return changed(
        xlsx({"Now": [["Title"], ["Boss"], ["x"]]}),
        {f'r="A{row}"': f'r="{place}"' for row, place in enumerate(places, 1)},
    )


def changed(data: bytes, texts: Mapping[str, str], more: Mapping[str, str] | None = None) -> bytes:
    """A workbook with other texts in all its parts, and with `more` parts that are not empty."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for before, after in texts.items():
                text = text.replace(before, after)
            new.writestr(name, text)
        for name, text in (more or {}).items():
            if text:
                new.writestr(name, text)
    return made.getvalue()


REPEATED = "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000000">'
HOSTILE = {
    "a cell in the last place": far("A1", "A2", "XFD1048576"),
    "a cell beyond all places": far("A1", "A2", "ZZZZZZ4294967295"),
    "a row that is repeated": changed(ods(ROWS), dict([REPEATED])),
    "a text in many cells": changed(
        xlsx({"Now": [["Title"], *[["&&"]] * 3000]}), {"&amp;&amp;": "y" * 40_000}
    ),
    "cells that are one beyond the last": xlsx({"Now": ROWS}, merged="A1:XFD1048576"),
    "cells that are one outside": xlsx({"Now": ROWS}, merged="Y1:Z9"),
    "an entity": changed(xlsx({"Now": ROWS}), {"Boss": "&file;"}),
    "a part outside": changed(xlsx({"Now": ROWS}), {"worksheets/sheet0.xml": "../../../etc/passwd"}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_costs_little_and_ends_in_words(
    imported: Import, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sheets.MAX_SECONDS <= 30
    monkeypatch.setattr(sheets, "MAX_SECONDS", 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    result = run(imported, HOSTILE[kind], name="a.xlsx")
    assert result.exit_code in (0, 1, 2) and isinstance(result.exception, SystemExit | None)
    assert "root:" not in result.output
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("title," + "c," * 100_000 + "\n", "has 100,002 columns, and 1,000 can be imported"),
        ("title\n" + "x\n" * 60_000, "has 60,001 rows, and 50,000 can be imported"),
    ],
)
def test_a_table_of_too_many_cells_is_refused(imported: Import, text: str, reported: str) -> None:
    result = imported(text)
    assert (result.exit_code, reported in result.stderr) == (2, True)


def test_no_file_in_the_folder_stands_in_for_a_module(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    (imported.folder / "json.py").write_text("raise SystemExit('hurt')", encoding="utf-8")
    monkeypatch.chdir(imported.folder)
    assert run(imported, xlsx({"Now": ROWS})).exit_code == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ods", ods(ROWS, protected=True)),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "...EncryptedPackage...".encode("utf-16-le")),
    ],
)
def test_a_protected_workbook_is_refused_in_plain_words(imported: Import, name: str, data: bytes) -> None:
    result = run(imported, data, name=name)
    assert "it is protected by a password. Save a copy without one." in result.stderr


@settings(max_examples=25)
@given(st.binary(max_size=20), st.integers(0, 2000), st.integers(0, 2000))
def test_whatever_a_workbook_holds_ends_in_words(middle: bytes, start: int, end: int) -> None:
    data = xlsx({"Now": ROWS})
    found = workbook.sheet_of("a.xlsx", data[:start] + middle + data[end:], "", {"title"})
    assert isinstance(found, workbook.Sheet | Problem)


def test_without_maps_the_sheet_and_the_row_of_likely_titles_are_found(imported: Import) -> None:
    rows: list[list[Cell]] = [["Plan", "2026"], ["Position", "Who"], ["Boss", "Ann"]]
    said = run(imported, xlsx({"Notes": [["Read me"]], "Staff": rows})).output
    assert '--map title="Position" --map owner="Who"' in said
    assert "The header was read from row 2 of a.xlsx." in said


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ERRORS = '<c r="B3" t="e"><f>VLOOKUP(1,2)</f><v>#N/A</v></c><c t="e"><v>#REF!</v></c>'
UNSAVED = '<c r="B4"><f>20*1.5</f><v/></c><c r="C4"><f si="0"/></c><c r="D4"><f>"x"</f><v>3</v></c>'
TABLE: list[list[Cell]] = [["Title", "Owner", "Parent", "Weekly hours"], ["Boss", "Ada", None, 40]]
MADE = '<c r="B3" t="inlineStr"><is><t>zz</t></is></c>', '<c r="B4" t="inlineStr"><is><t>zz</t></is></c>'
FAILING = changed(
    xlsx({"Now": [*TABLE, ["Librarian", "zz"], ["Cook", "zz"]]}),
    dict(zip(MADE, (ERRORS, UNSAVED), strict=True)),
)


def test_errors_and_formulas_without_a_result_are_reported_and_kept(imported: Import) -> None:
    result = run(imported, FAILING)
    assert result.stdout.startswith(
        "a.xlsx:3: 'Owner' is '#N/A' and 'Parent' is '#REF!': formulas failed. Correct the formula, or write "
        "the value. It was left out and kept as a comment in librarian.md. [error-cell]\n"
        "a.xlsx:4: there is a formula without its result in 'Owner' and 'Parent'. Open the file in a "
        "spreadsheet and save it there, or write the value. It was left out and kept as a comment in "
        "cook.md. [error-cell]\n"
    )
    assert imported.front("cook") == {"title": "Cook", "weekly_hours": 3}
    assert "# parent: #REF!  (row 3 of a.xlsx: a formula failed)\n# owner: #N/A" in imported.text("librarian")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("r0", "zz9"),
        ("<c ", "<x:c "),
        ('Target="worksheets/', 'Target="/xl/Worksheets/'),
        ('t="e"', "t='e'"),
        (' r="3"', ""),
    ],
)
def test_errors_are_found_however_a_workbook_is_written(imported: Import, old: str, new: str) -> None:
    prefixed = {"</c>": "</x:c>", "<worksheet ": f'<worksheet xmlns:x="{MAIN}" '} if ":" in new else {}
    xml = {old: new, **prefixed}
    assert findings(run(imported, changed(FAILING, xml)))[0] == "a.xlsx:3: error-cell"


def test_an_error_that_the_reader_does_not_know_is_an_error_of_its_cell(imported: Import) -> None:
    result = run(imported, changed(FAILING, {"#REF!": "#SPILL!"}))
    assert "'Owner' is '#N/A' and 'Parent' is '#SPILL!': formulas failed" in result.stdout


@pytest.mark.parametrize(("asks", "failed"), [("1", 2), ("true", 2), ("0", 0)])
def test_a_0_that_is_to_be_worked_out_is_no_result(imported: Import, asks: str, failed: int) -> None:
    """Programs that cannot work out a formula write 0 for its result, and ask the next program for it."""
    book = xlsx({"Now": [["Title", "Owner", "Weekly hours"], ["Boss", "Ada", 4], ["Cook", 0, 5]]})
    formulas_of_cells = {
        "<v>0</v>": "<f>A1</f><v>0</v>",
        "<v>5</v>": "<f>A1</f><v>0</v>",
        "<v>4</v>": "<f>A1</f><v>4</v>",
    }
    asking = {"</sheets>": f'</sheets><calcPr calcId="124519" fullCalcOnLoad="{asks}"/>'}
    result = run(imported, changed(book, formulas_of_cells | asking))
    assert result.stdout.count("a formula without its result") == min(failed, 1)
    assert imported.front("boss")["weekly_hours"] == 4
    assert ("'Owner'" in result.stdout and "'Weekly hours'" in result.stdout) == bool(failed)


def test_a_formula_without_letters_in_its_text_is_no_failure(imported: Import) -> None:
    empty = changed(FAILING, {ERRORS: '<c r="B3" t="str"><f>IF(1,"")</f><v></v></c>', UNSAVED: ""})
    assert {each.split()[1] for each in findings(run(imported, empty))} == {"heading-row"}


def test_a_last_row_of_formulas_without_results_is_read(imported: Import) -> None:
    failing = changed(FAILING, {'<c r="A4" t="inlineStr"><is><t>Cook</t></is></c>': "", ' r="D4"': ' r="F4"'})
    assert "a.xlsx:4: missing-title" in findings(run(imported, failing))


CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
OPEN = f'{CALC} calcext:value-type="error" office:value-type="string" office:string-value=""'


@pytest.mark.parametrize(
    ("about", "shown", "reported"),
    [
        (OPEN, "#N/A", "'Owner' is '#N/A': a formula failed"),
        (OPEN, "#NV", "'Owner' is '#NV': a formula failed"),
        (OPEN, "", "'Owner' is '#ERROR!': a formula failed"),
        ('table:formula="of:=1&gt;0" office:value-type="float" office:value="0"', "Err:502", "is 'Err:502'"),
        ('table:formula="of:=[.A1]>3"', "", "a formula without its result in 'Owner'"),
    ],
)
def test_errors_in_an_open_document_are_reported(
    imported: Import, about: str, shown: str, reported: str
) -> None:
    book = ods([["Title", "Owner"], ["Boss", "Ada"], ["Cook", "zz"], ["Maid", "zz"]])
    rows = "<table:table-row><table:table-cell", '<table:table-row table:style-name="r"><table:table-cell'
    cell = '<table:table-cell office:value-type="string"><text:p>zz</text:p></table:table-cell>'
    failed = f"<table:table-cell {about}><text:p>{shown}</text:p></table:table-cell>"
    result = run(imported, changed(book, {cell: failed, rows[0]: rows[1]}), name="a.ods")
    assert findings(result) == ["a.ods:3: error-cell", "a.ods:4: error-cell"]
    assert reported in result.stdout
    assert "owner" not in imported.front("cook")


@pytest.mark.parametrize("error", ["#¡VALOR!", "#WERT!", "#NOM?", "#N/D", "#ÜBERLAUF!", "########", "#REF"])
def test_errors_of_any_language_are_no_names(imported: Import, error: str) -> None:
    assert findings(imported(f"Job,Who\na,{error}\n")) == ["a.csv:2: error-cell"]


def test_an_error_takes_nothing_away(imported: Import) -> None:
    imported("Job,Who,FTE\na,Ada,1\n")
    result = imported("Job,Who,FTE\na,#REF!,#N/A\n", more=("--update",))
    assert findings(result) == ["a.csv:2: error-cell"]
    assert imported.front("a") == {"title": "a", "owner": "Ada", "weekly_hours": 37.5}


def test_formulas_cost_little_to_look_through() -> None:
    sheet = [["Title", *"abcdefghi"], *([f"Title {row}", *range(row, row + 9)] for row in range(5_000))]
    data = changed(xlsx({"Now": sheet}), {"><v>": "><f>A1*2</f><v>"})
    began = time.process_time()
    assert not list(shown_cells.Workbook(data).shown("Now"))
    looked = time.process_time() - began
    assert isinstance(sheets.read(data), sheets.Book)
    assert looked < 0.5


def test_a_hostile_sheet_is_looked_through_once() -> None:
    hostile = {"<c ": '<c t="e" <c ', "<v>": "<f><f><f <f/ ", "</c>": "<v><v "}
    data = changed(xlsx({"Now": [["Title"], *[["x", 1]] * 5_000]}), hostile)
    began = time.process_time()
    list(shown_cells.Workbook(data).shown("Now"))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#BLOCKED!", "#NEW_ONE!"])
def test_an_error_that_only_later_programs_know_refuses_no_workbook(imported: Import, error: str) -> None:
    book = xlsx({"Now": [["Title", "Owner"], ["Boss", "Ada"], ["Cook", "zz"]]})
    cell = '<c r="B3" t="inlineStr"><is><t>zz</t></is></c>'
    result = run(imported, changed(book, {cell: f'<c r="B3" t="e"><v>{error}</v></c>'}))
    assert result.stdout.startswith("a.xlsx:3: ") and "[error-cell]" in result.stdout
    assert imported.front("boss")["owner"] == "Ada" and "owner" not in imported.front("cook")


PLACED = [
    ('<row r="3"><c r="B3" t="e"><v>#REF!</v></c></row>', (2, 1)),
    ('<row r="3"><c><v>1</v></c><c t="e"><v>#REF!</v></c></row>', (2, 1)),
    ('<row><c/></row><row><c/><c/><c t="e"><v>#REF!</v></c></row>', (1, 2)),
    ('<row><c t="e"><v>#REF!</v></c></row>', (0, 0)),
    ('<row r="2"><c r="AB2" t="e"><v>#REF!</v></c></row>', (1, 27)),
    ('<row r="2"><c r="A2"/><c t="e"><v>#REF!</v></c></row>', (1, 1)),
]


@pytest.mark.parametrize(("rows", "place"), PLACED)
def test_an_error_is_found_in_its_place(rows: str, place: tuple[int, int]) -> None:
    """Programs may leave out where a row or a cell is."""
    found = shown_cells.Workbook(changed(xlsx({"Now": []}), {"<sheetData>": f"<sheetData>{rows}"})).shown(
        "Now"
    )
    assert list(found) == [(*place, "#REF!")]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ("<table:table-row>{0}</table:table-row>", (0, 0)),
        ("<table:table-row><table:table-cell/>{0}</table:table-row>", (0, 1)),
        (
            '<table:table-row><table:table-cell table:number-columns-repeated="3"/>{0}</table:table-row>',
            (0, 3),
        ),
        ('<table:table-row table:number-rows-repeated="4"/><table:table-row>{0}</table:table-row>', (4, 0)),
        (
            "<table:table-row><table:table-cell/></table:table-row><table:table-row>{0}</table:table-row>",
            (1, 0),
        ),
    ],
)
def test_an_error_of_an_open_document_is_found_in_its_place(cells: str, place: tuple[int, int]) -> None:
    error = '<table:table-cell calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    book = changed(ods([]), {'table:name="Roles">': f'table:name="Roles">{cells.format(error)}'})
    assert list(shown_cells.Workbook(book).shown("Roles")) == [(*place, "#N/A")]


SHARES: list[list[Cell]] = [
    ["Title", "Weekly hours"],
    ["Boss", 40],
    ["Cook", 0.5],
    ["Maid", 0.125],
    ["Till", 0.8],
]
STYLES = """<numFmts><numFmt numFmtId="164" formatCode="0.0%"/>
<numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>"""
PLAIN = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf fontId="2"/></cellXfs>'


@pytest.mark.parametrize(("style", "hours"), [(1, 18.75), (2, 18.75), (3, 0.5), (0, 0.5)])
def test_a_cell_in_percent_is_a_share_of_a_week(style: int, hours: float, imported: Import) -> None:
    """Excel writes 0.5 and how it is shown."""
    styled = {' r="B3"': f' r="B3" s="{style}"', PLAIN: STYLES}
    result = run(imported, changed(xlsx({"Now": SHARES}), styled))
    assert [imported.front(each)["weekly_hours"] for each in ("boss", "cook", "till")] == [40, hours, 0.8]
    assert ("'50 %' is read as 18.75 h a week" in result.stdout) == (hours > 1)


def test_a_cell_in_percent_of_an_open_document_is_a_share_of_a_week(imported: Import) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="0.5"/>'
    book = changed(ods(SHARES), {cell: cell.replace("float", "percentage")})
    run(imported, book, name="a.ods")
    assert [imported.front(each)["weekly_hours"] for each in ("boss", "cook", "till")] == [40, 18.75, 0.8]


def test_a_time_of_more_than_a_day_in_an_open_document_is_read(imported: Import) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="0.5"/>'
    time = cell.replace("float", "time").replace('office:value="0.5"', 'office:time-value="PT37H30M00S"')
    run(imported, changed(ods(SHARES), {cell: time}), name="a.ods")
    assert imported.front("cook")["weekly_hours"] == 37.5


def test_a_range_that_became_a_date_goes_up_and_is_offered_to_no_other_row(imported: Import) -> None:
    hours: list[Cell] = ["2026-12-10", "2025-12-09", "2025-12-09", "yes", "5 6"]
    rows: list[list[Cell]] = [["Title", "Weekly hours"], *([f"T{at}", each] for at, each in enumerate(hours))]
    assert "Write" not in run(imported, xlsx({"Now": rows})).stdout
    assert "Write 10 to 12, if that is meant" in run(imported, xlsx({"Now": rows[:2]}), "--update").stdout


@pytest.mark.parametrize("rows", [[["Term", "Title"], ["CEO", "Chief"]], [["Term", "Title"]]])
def test_a_sheet_with_more_fields_and_with_rows_comes_first(rows: list[list[Cell]], imported: Import) -> None:
    roles: list[list[Cell]] = [["Title", "Owner", "Weekly hours"], ["Boss", "Ada", 4]]
    run(imported, xlsx({"Notes": rows, "Org": roles}))
    assert imported.stems == {"boss"}


NAMED: list[list[Cell]] = [
    ["Title", "Parent", "Owner", "Location", "Weekly hours"],
    ["Head", None, "Ann", "Berlin", 40],
    ["Cook", "Head", "Bo Li", None, 20],
    ["Baker", None, "Cy Toe", None, None],
]


def test_merged_cells_of_an_open_document_are_those_of_each_row(imported: Import) -> None:
    def spanning(value: str, rows: int) -> dict[str, str]:
        cell = f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return {
            cell: cell.replace("<table:table-cell", f'<table:table-cell table:number-rows-spanned="{rows}"')
        }

    rows = [row[:4] for row in NAMED]
    rows[2] = ["Cook", "Head ", "Bo Li", None]  # a blank, so that the cell is not that of the title
    run(imported, changed(ods(rows), spanning("Berlin", 3) | spanning("Head ", 2)), name="a.ods")
    assert [imported.front(each).get("parent") for each in ("cook", "baker")] == ["head", "head"]
    assert {imported.front(each)["location"] for each in ("head", "cook", "baker")} == {"Berlin"}


@pytest.mark.parametrize("mark", ["<text:line-break/>", "<text:line-break />", "<text:tab/>"])
def test_breaks_in_a_cell_of_an_open_document_part_words(mark: str, imported: Import) -> None:
    rows: list[list[Cell]] = [["Title", "Location"], ["Head-cook", "Berlin"]]
    run(imported, changed(ods(rows), {"Head-cook": f"Head{mark}cook"}), name="a.ods")
    assert imported.front("head-cook")["title"] == "Head cook"


def test_hours_in_one_cell_for_two_rows_count_once(imported: Import) -> None:
    result = run(imported, xlsx({"Now": NAMED}, merged="E3:E4"))
    assert imported.front("cook")["weekly_hours"] == 20
    assert "weekly_hours" not in imported.front("baker")
    assert "weekly_hours '20' is in one cell with the row above" in result.stdout
    assert run(imported, xlsx({"Now": NAMED}, merged="D2:D4"), to="other").exit_code == 0


ASIDE: list[list[Cell]] = [*ROWS, ["~Gone", "~Boss", None], ["Here", "Boss", 8], ["Last", "Boss", None]]


def test_rows_that_are_hidden_or_struck_through_are_reported(imported: Import) -> None:
    result = run(imported, xlsx({"Now": ASIDE}, hidden_rows=[3, 6]))
    assert findings(result) == [f"a.xlsx:{row}: row-aside" for row in (3, 4, 6)]
    assert imported.stems == {"boss", "shop", "gone", "here", "last"}
    assert "the row is hidden or struck through in the sheet. It was read as the others are" in result.stdout


STRUCK_HEAD = ["Title", "Parent", "Owner", "Weekly hours"]
GONE = "<r><rPr><strike/></rPr><t>Ben Low</t></r>"
CROSSED_OUT: list[tuple[str, str | None]] = [
    (f"{GONE}<r><t xml:space='preserve'> Cy Day</t></r>", "Cy Day"),
    (f"<r><rPr><b/></rPr><t>Cy &amp; Day</t></r>{GONE}", "Cy & Day"),
    (GONE, None),
    (f"{GONE}<r><rPr><strike val='0'/></rPr><t>Cy Day</t></r>", "Cy Day"),
    ("<r><t>Ben</t></r><r><rPr><i/></rPr><t xml:space='preserve'> Low</t></r>", "Ben Low"),
    ("<t>Ben Low</t>", "Ben Low"),
]


@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize(("string", "owner"), CROSSED_OUT)
def test_what_is_crossed_out_in_a_cell_is_left_out_and_reported(
    string: str, owner: str | None, is_shared: bool, imported: Import
) -> None:
    rows = [STRUCK_HEAD, ["Head", None, "@", 40], ["Cook", "Head", "Ann Oak", 20]]
    inline = '<c r="C2" t="inlineStr"><is><t>@</t></is></c>'
    shared = f'<sst xmlns="x"><si><t>Other</t></si><si>{string}</si></sst>' if is_shared else ""
    cell = '<c r="C2" t="s"><v>1</v></c>' if is_shared else f'<c r="C2" t="inlineStr"><is>{string}</is></c>'
    result = run(imported, changed(xlsx({"Now": rows}), {inline: cell}, {"xl/sharedStrings.xml": shared}))
    assert imported.front("head").get("owner") == owner
    is_struck = "<strike/>" in string
    assert findings(result) == (["a.xlsx:2: struck-cell"] if is_struck else [])
    assert (
        "is struck through, or a part of it. What is struck through was left out" in result.stdout
    ) == is_struck


def test_a_cell_that_is_crossed_out_as_a_whole_is_empty_but_in_a_row_that_is_so(imported: Import) -> None:
    rows = [STRUCK_HEAD, ["Head", None, "~Ann", 40], ["~Cook", "~Head", "~Bo", None]]
    result = run(imported, xlsx({"Now": rows}))
    assert findings(result) == ["a.xlsx:2: struck-cell", "a.xlsx:3: row-aside"]
    assert "owner" not in imported.front("head") and imported.front("cook")["owner"] == "Bo"


@pytest.mark.parametrize(
    ("style", "cell", "owner"),
    [
        ("solid", '><text:p><text:span text:style-name="T1">Ben Low</text:span> Cy Day</text:p>', "Cy Day"),
        ("none", '><text:p><text:span text:style-name="T1">Ben Low</text:span></text:p>', "Ben Low"),
        ("solid", ' table:style-name="T1"><text:p>Ben Low</text:p>', None),
        ("solid", ' table:style-name="T2"><text:p>Ben Low</text:p>', "Ben Low"),
    ],
)
def test_what_is_crossed_out_in_an_open_document_is_left_out(
    style: str, cell: str, owner: str | None, imported: Import
) -> None:
    properties = f'<style:text-properties style:text-line-through-style="{style}"/>'
    styles = f'<style:style style:name="T1" style:family="text">{properties}</style:style>'
    body = "<office:body>"
    names = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    book = changed(
        ods([STRUCK_HEAD, ["Head", None, "@", 40], ["Cook", "Head", "Ann Oak", 20]]),
        {
            "><text:p>@</text:p>": cell,
            body: f"<office:automatic-styles {names}>{styles}</office:automatic-styles>{body}",
        },
    )
    result = run(imported, book, name="a.ods")
    assert imported.front("head").get("owner") == owner
    assert ("struck-cell" in result.stdout) == (owner != "Ben Low")


def test_many_rows_that_are_hidden_are_one_line(imported: Import) -> None:
    rows = [ROWS[0], *([f"Seat {at}", None, None] for at in range(9))]
    result = run(imported, xlsx({"Old": rows, "Now": rows}, hidden_rows=range(4, 9)), "--sheet", "Now")
    assert (
        "5 rows: hidden or struck through in the sheet: rows 4, 5, 6 and 2 more. They were" in result.stdout
    )


@pytest.mark.parametrize("how", ["filter", "collapse", "visible"])
def test_hidden_rows_of_an_open_document_are_reported(how: str, imported: Import) -> None:
    boss = '<table:table-row><table:table-cell office:value-type="string"><text:p>Boss'
    hidden = boss.replace("-row>", f'-row table:number-rows-repeated="2" table:visibility="{how}">')
    result = run(imported, changed(ods(ROWS), {boss: hidden}), name="a.ods")
    aside = [each for each in findings(result) if "row-aside" in each]
    assert aside == ([] if how == "visible" else ["a.ods:2: row-aside", "a.ods:3: row-aside"])


@pytest.mark.parametrize(
    ("row", "aside"),
    [
        ('<row r="7" hidden="1">', [6]),
        ('<row hidden="true">', [0]),
        ('<row r="7" hidden="0"><c s="2"><v>1</v></c>', [6]),
        ('<row r="7"><c s="2"/><c s="2"><v>1</v></c>', [6]),
        ('<row r="7"><c s="1"><v>1</v></c>', []),
        ('<row r="7"><c s="1"><v>2</v></c><c s="2"><v>1</v></c>', []),
        ('<row r="7" hidden="0"><c s="2"/>', []),
        ('<row/><row><c s="2"><v>1</v></c>', [1]),
    ],
)
def test_a_row_is_aside_if_all_that_it_has_is_struck_through(row: str, aside: list[int]) -> None:
    book = changed(xlsx({"Now": []}), {"<sheetData>": f"<sheetData>{row}</row>"})
    assert list(shown_cells.Workbook(book).put_aside("Now")) == aside


# Notes of cells


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_note_of_a_cell_is_reported(kind: str, imported: Import) -> None:
    file = imported.folder / f"t.{kind}"
    file.write_bytes(
        noted(kind, [["title", "owner"], ["Boss", "Ada Hill"], ["Shop", "Ben Low"]], "leaves in May")
    )
    result = imported.run(str(file))
    assert findings(result) == [f"t.{kind}:3: cell-note"]
    assert "a cell has the note 'leaves in May'. It was not imported" in result.stdout
    assert imported.front("shop") == {"title": "Shop", "owner": "Ben Low"}
