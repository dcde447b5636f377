"""Finds rows of a table that are no role: examples, sums, notes, and the header once more."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rolebook.language import gettext
from rolebook.organisation import name_key
from rolebook.problems import Rule, Severity
from rolebook.spreadsheet.columns import ColumnMap
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.findings import RowFinding
from rolebook.spreadsheet.holders import MAX_NAME
from rolebook.spreadsheet.table import Row, Table, column_key, one_line, shortened

TEMPLATE_ROW = Rule(
    "template-row", Severity.WARNING, "An example, a sum or a second header would become a role of its own."
)

_TEMPLATE = re.compile(
    r"\[.*\]|<.*>|\{.*\}|e\.g\.?,? .*|"
    r"(?:example|sample|template)(?: (?:row|role|title|position|entry))?|"
    r"(?:(?:job|role|your|post) )?title(?: here)?|lorem ipsum.*|(?:legende?|légende|leyenda): .*"
)
"""Titles, by `name_key`, that no role has: rows with these are examples, headers or sums."""
_TOTAL = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sum|average|(?:zwischen|gesamt)?summe|gesamt|mittelwert|durchschnitt|"
    r"anzahl|somme|totale|totaal|suma|subtotaal|insgesamt|celkem|összesen|yhteensä|i alt|summa|count|"
    r"σύνολο|σ|итого|всего|合计|总计|合計)"
    r"(?: (?:fte|hours|general|général|général|headcount|roles|posts|positions|people|\(?\d+\)?))?"
    r":?(?: \d+(?: \w+)?)?|"
    r"(?:sub-?total|sous-total|zwischensumme|razem|subtotaal)(?: .*)?"
)
"""Words that stand beside sums."""
_PART_TOTAL = re.compile(r"(?:total|summe|gesamt|suma|somme) .*|.* (?:sub)?totals?")
"""The sum of a department, where nobody holds it and it reports to nobody."""
_FIGURE = re.compile(
    r"(?:of which|thereof|including|davon|darunter|dont|di cui|de (?:los|las) cuales|d[ao]s quais|waarvan|"
    r"varav|hvoraf|herav|z czego|w tym|z toho|ebből|из них|в том числе)\b.*|(?:其中|うち).*|"
    r"(?:mean|median|average|avg\.?|ø|∅|durchschnitt|mittelwert|moyenne|promedio|gemiddelde|"
    r"genomsnitt|gennemsnit|gjennomsnitt|średnia|průměr|átlag|keskiarvo|среднее|平均)"
    r"(?: (?:per|pro|je|par|por|hours|of|de|des|age|fte|value) ?.*)?|"
    r"m[eé]dia (?:per|por|ore|horas|de|das) ?.*|"
    r"(?:number|no\.?|anzahl|zahl|nombre|número|numero|aantal|antal|liczba|počet) (?:of|der|de|di|van)\b.*|"
    r"head ?count|kopfzahl|effectifs?|(?:total )?ftes?|(?:total )?(?:vzä|etp)|full[- ]time equivalents?|"
    r"vollzeitäquivalente?|équivalents? temps plein|"
    r"(?:full|working|standard) week|(?:weekly )?hours (?:a|per) week|wochenstunden|vollzeitwoche|"
    r"totaux|totales|totali|totalen|sommes|summen|sums|"
    r"(?:vacant|open|unfilled|filled|occupied) (?:positions|posts|roles|seats|jobs)|vacancies|vacants|"
    r"(?:offene|unbesetzte|besetzte|vakante) stellen|vakanzen|postes (?:vacants|pourvus|à pourvoir)|"
    r"puestos (?:vacantes|libres)|plazas vacantes|posti vacanti|vagas abertas|vacatures|wakaty|vakanser"
)
"""What figures about all roles are called, in rows that nobody holds and that report to nobody."""
_FOOTER = re.compile(
    r"(?:page|seite|página|pagina|p\.) \d+(?: ?(?:of|/|von|de|di|sur|van) ?\d+)?|"
    r"(?:source|quelle|fuente|fonte|bron|notes?|nb|n\.b\.|anmerkung(?:en)?|hinweise?|remarque|nota|key|"
    r"confidential|vertraulich|approved|genehmigt|signed|signature|unterschrift|prepared|checked|reviewed|"
    r"printed|gedruckt|created|erstellt|generated|exported|updated|last updated|version|effective|valid|"
    r"as of|as at|date|datum|stand)(?: (?:by|on|from|von|am|at|as of))?(?: ?:.*| [._]*\d.*| _+.*)|"
    r"[*†‡]+ ?[=:–-].*|\*+\) ?.*|©.*|[\s_.]*__[\s_.]*"
)
"""What comes below a table, in a row with nothing else, by `name_key`."""
_COUNT = re.compile(r"\d+ \w+|\d+ \(.*\)")
"""Such as `3 people`, where a name would be."""
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
_PAIR = 2


def template_rows(table: Table, columns: ColumnMap, conventions: Conventions) -> Iterator[RowFinding]:
    """Find the rows of `table` that are no role; a table that Rolebook exported has none."""
    for row in () if columns.as_exported else table.rows:
        title = one_line(columns.of(row, "title"))
        of_sum = _word_for_sum(table, row, columns)
        word = title if of_sum is None else of_sum
        is_template = len(word) <= MAX_NAME and (
            of_sum is not None
            or _TEMPLATE.fullmatch(name_key(word))
            or (_is_alone(row) and _FOOTER.fullmatch(name_key(word)))
        )
        note = "" if title or conventions.memberships else _note(row, columns)
        if _is_header(table, row):
            message = gettext("the row is the header once more")
        elif is_template and word:
            message = gettext("the row is '%(title)s', which is no role's title", title=word)
        elif is_template:
            message = gettext("the row has sums, and no title")
        elif note:
            message = gettext(
                "the row has nothing but '%(cell)s', and no title", cell=shortened(note, MAX_NAME)
            )
        else:
            continue
        yield RowFinding(
            TEMPLATE_ROW,
            row,
            message,
            gettext("It was left out"),
            gettext("they are no roles"),
            word or note,
            gettext("They were left out"),
        )


def is_called_title(cell: str) -> bool:
    """Whether a cell is the heading of a column of titles, or in another way no role's title."""
    return len(cell) <= MAX_NAME and _TEMPLATE.fullmatch(name_key(cell)) is not None


def _is_alone(row: Row) -> bool:
    """Whether the row has one cell, and nothing failed in it."""
    return sum(bool(cell.strip()) for cell in row.cells) == 1 and not row.failed


def _is_header(table: Table, row: Row) -> bool:
    header = [column_key(each) for each in table.columns]
    cells = [column_key(cell) for cell in row.cells]
    filled = [cell for cell, written in zip(cells, row.cells, strict=True) if written.strip()]
    return cells == header or sum(cell in header for cell in filled) > max(1, len(filled) // 2)


def _word_for_sum(table: Table, row: Row, columns: ColumnMap) -> str | None:
    """What a row of sums is called, which may be nothing; None for any other row."""
    title, holder = (one_line(columns.of(row, field)) for field in ("title", "owner"))
    if not title and _TOTAL.fullmatch(name_key(holder)):
        return holder
    # Beside a sum there may be how many there are, in the column of the names.
    if any(map(str.isalpha, holder)) and not _COUNT.fullmatch(name_key(holder)):
        return None
    word = title or _total([one_line(cell) for cell in row.cells if cell.strip()])
    is_top = not columns.of(row, "parent")
    is_sum = (
        _TOTAL.fullmatch(name_key(word))
        or (is_top and row is table.rows[-1] and _adds_up(table, columns))
        or (is_top and not holder and _PART_TOTAL.fullmatch(name_key(word)))
        or (
            is_top
            and row is not table.rows[0]
            and has_figure(row, columns)
            and _FIGURE.fullmatch(name_key(word).rstrip(" :"))
        )
    )
    return word if is_sum else None


def has_figure(row: Row, columns: ColumnMap) -> bool:
    """Whether a row has a number beside its title and its id."""
    named = {at for field in ("title", "id") for places in columns.places.get(field, ()) for at in places}
    return any(any(map(str.isdigit, cell)) for at, cell in enumerate(row.cells) if at not in named)


def _adds_up(table: Table, columns: ColumnMap) -> bool:
    """Whether the last row has the sum of the hours above it."""
    for field in ("weekly_hours", "fte"):
        cells = [one_line(columns.of(row, field)).replace(",", ".") for row in table.rows]
        numbers = [Decimal(cell) for cell in cells if _NUMBER.fullmatch(cell)]
        if len(numbers) > _PAIR and _NUMBER.fullmatch(cells[-1]) and sum(numbers[:-1]) == numbers[-1]:
            return True
    return False


def _note(row: Row, columns: ColumnMap) -> str:
    """What a row says that has one cell and no title; empty where that is its id, or a cell failed."""
    filled = [one_line(cell) for cell in row.cells if cell.strip()]
    return filled[0] if len(filled) == 1 and not row.failed and not columns.of(row, "id") else ""


def _total(filled: Sequence[str]) -> str:
    """The word for a sum in a row that has only figures besides; empty in any other row."""
    words = [cell for cell in filled if any(map(str.isalpha, cell))]
    is_sum = len(words) == 1 < len(filled) and _TOTAL.fullmatch(name_key(words[0]))
    return words[0] if is_sum else ""
