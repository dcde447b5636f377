"""Reads who holds a role: names in many forms, and words in place of names."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.organisation import name_key, names_nobody, words_of
from rolebook.problems import Rule, Severity

PLACEHOLDER_HOLDER = Rule(
    "placeholder-holder", Severity.ADVICE, "A word in place of a name would become a person with hours."
)
UNCLEAR_HOLDER = Rule(
    "unclear-holder", Severity.WARNING, "One person answers for a role; only you know which is meant."
)

MAX_NAME = 300
"""Characters of a cell that may be a name; the forms below are not looked for in a longer one."""
ME = frozenset(
    ("me", "myself", "i", "self", "ich", "ich selbst", "moi", "moi-même", "yo", "eu", "io", "ik", "jag")
)
"""Whoever made the table."""
_BULLET = re.compile(r"^[ \t]*(?:[•·‣◦▪●○■][ \t]*|[-–—*][ \t]+)(?=[^\s])", re.MULTILINE)
"""Before the names of a list."""
_SEVERAL = re.compile(r"[^/;+]*(?:[^\W\d]\s*/\s*[^\W\d]|\w\s*(?:;|\+|\n|→|⇒|[-=]>)\s*\w)[^;+]*")
NOBODY_IN_PARTICULAR = frozenset(
    (
        *("all", "everyone", "everybody", "various", "several", "multiple", "alle", "mehrere", "diverse"),
        *("div.", "div", "verschiedene", "versch.", "plusieurs", "divers", "varios", "vari", "diversi"),
        *(
            "ditto",
            "dito",
            "same",
            "idem",
            "wie oben",
            "s.o.",
            "same as above",
            '"',
            "''",
            "”",
            "„",
            "〃",
            '-"-',
            '"-"',
        ),
        *("tous", "todos", "tutti", "yes", "no", "true", "false", "ja", "nein", "oui", "non", "sí"),
    )
)
"""Words in place of a name that mean nobody whom they name."""
_MANY = (
    r"staff|employees?|members?|hands|teams?|managers?|departments?|colleagues?|volunteers?|of us|"
    r"mitarbeiter\w*|mitarbeitenden?|kolleg\w+|personnel|personnes|employés|membres|empleados|personal|"
    r"miembros|dipendenti|membri|medewerkers"
)
_GROUP = re.compile(
    rf"(?:all|every|any|entire|whole|our|alle|gesamtes?|tous|toutes|todos?|todas?|tutt[io]|tutte)"
    rf"(?: the| other| les| los| las| el| i| le)? (?:{_MANY})|"
    r"(?:the )?(?:(?:whole|entire) )?(?:team|staff|group)|das team|l'équipe|el equipo|"
    r"external(?:s|ly)?|(?:an )?external (?:provider|contractor|company|agency|consultant)|extern|"
    r"(?:the )?(?:back|front|head|home) office|(?:\w+ ){1,2}(?:helpdesk|service desk|team)|"
    r"externe?r? dienstleister|externe|externo|esterno|internal(?:ly)?|intern|outsourced|in-house|"
    r"(?:a )?(?:contractor|freelancer|volunteer|temp|trainee|apprentice|student)s?|"
    r"(?:dept\.?|department|division) of \w.*|"
    r"(?:the )?\w+(?: (?:and|&|und) \w+)? (?:dept\.?|department|division|abteilung|abt\.)|"
    r"\w+-(?:abteilung|team)|"
    r"(?:die |das |le |la |el |o |a )?(?:abteilung|abt\.|bereich|team|département|dpt\.?|équipe|"
    r"departamento|dpto\.?|equip[oea]|setor) \w+(?: \w+){0,3}|"
    r"service (?:achats|client|clients|commercial|comptabilité|informatique|juridique|rh|technique)|"
    r"hr|it|marketing|sales|finance|accounting|accounts|operations|management|reception|front desk|"
    r"buchhaltung|vertrieb|personalabteilung|verwaltung|geschäftsführung|geschäftsleitung|vorstand|"
    r"sekretariat|comptabilité|la direction|secrétariat|contabilidad|contabilidade|gerencia|gerência|"
    r"recursos humanos|ressources humaines|diretoria|ventas|vendas"
)
"""Words for a group in place of a name, by `name_key`."""
_MORE_THAN_A_NAME = re.compile(
    r".*[?:%=@].*|.*\d[./-]\d.*|\d+ .*|"
    r"(?:ex|former|formerly|acting|interim|kommissarisch)[ -].*|"
    r".* (?:from|since|until|till|ab|seit|bis|depuis|jusqu'au|desde|hasta) .*\d.*|"
    r"(?:room|rm|office|floor|desk|raum|zimmer|büro|etage|bureau|salle|sala|despacho|tel|telephone|phone|"
    r"mobile|telefon|handy|mobil|fax|téléphone|teléfono|telefone|ext|extension|durchwahl|dw|poste)"
    r"\b[ .:]*\w*\d\w*(?: .*)?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,4}|\d{1,2}\s?(?:am|pm|h|uhr)\b.*",
    re.IGNORECASE,
)
_LAST_FIRST = re.compile(r"([^,]*\w[^,]*),\s*([^,]*\w[^,]*)")
_AFTER_A_NAME = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "md",
        "mba",
        "esq",
        "cpa",
        *("msc", "bsc", "ma", "ba", "beng", "meng", "llm", "llb", "mag", "dipl-ing", "acca", "fca", "aca"),
        *("cfo", "ceo", "coo", "cto", "cmo", "cio"),
        "ltd",
        "inc",
        "llc",
        "llp",
        "plc",
        "gmbh",
        "ag",
        "co",
        "bv",
        "sa",
    ]
)
"""What follows a comma without being a first name."""
_PRONOUNS = re.compile(
    r"\(\s*(?:she|he|they|ze|xe|sie|er|elle|il|iel|ella|él)(?:\s*/\s*\w+){1,2}\s*\)", re.IGNORECASE
)
_BESIDE_A_NAME = re.compile(
    r"\s*<[^<>]*@[^<>]*>|\s*[,;:|–—-]?\s+[^\s@,;()]+@[^\s@,;()]+$|[*†‡§¹²³⁴-⁹]+\s*$|^\s*[*†‡§]+"
)
_ADDRESS = re.compile(r"\s*<?(?:mailto:)?([^\s<>@,;]+@[^\s<>@,;]+?)>?\s*", re.IGNORECASE)
_ADDRESS_BESIDE = re.compile(r"[^\s<>@,;()]+@[^\s<>@,;()]+")
_MAIL = r"(?:mailto:)?[^\s<>@,;()]+@[^\s<>@,;()]+"
_ADDRESS_IN_BRACKETS = re.compile(
    rf"\s*\(\s*{_MAIL}\s*\)|[,;]\s*{_MAIL}(?=\s*[,;)])|(?<=\()\s*{_MAIL}\s*[,;]\s*"
)
_NUMBERED = re.compile(r"(?:\d{3,}\s*[-–—:|#]?\s+)?(?P<name>\D*[^\W\d])(?:\s*[-–—|#]\s*\d{3,})?")
"""`1001 Ada Stone`, `Ada Stone - 1001`."""
FORMS_OF_ADDRESS = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "sir", "dame", "dr", "prof", "herr", "herrn", "frau", "ing", "dipl"),
        *("hr", "fr", "hrn", "mag", "rev", "hon", "capt", "col", "lt", "sgt", "eng", "dott", "avv", "mgr"),
        *("m", "mme", "mlle", "monsieur", "madame", "sr", "sra", "srta", "don", "doña", "sig", "dhr", "mevr"),
    )
)
"""What stands before a name in one place, and not in another."""
_FIRST_AND_LAST = 2
"""Words that can be somebody's name without a form of address."""
_NUMBER = re.compile(r"(?<![\w@.])\d+(?![\w@.])")
_IN_A_NAME = re.compile(r"\w[\w.'’-]*")
_WORD = r"\w[\w.'’-]*"
_TWO_PEOPLE = re.compile(
    rf"{_WORD}(?: {_WORD}){{0,3}} (?<!von )(?:and|&|und|et|i|и|or|oder|ou) {_WORD}(?: {_WORD}){{1,3}}"
)
"""With a first and a last name at the end; `y` and `e` join the last names of one person."""
_TWO_FIRST_NAMES = re.compile(rf"({_WORD}) (?:and|&|und|et|i|и|or|oder|ou|y|e|og|och|en|u\\.|ja) ({_WORD})")
"""Also the two last names of one person, or a firm's: see `NameForms.joins_two`."""
_TWO_NAMES = re.compile(
    rf"{_WORD}(?: {_WORD}){{1,2}} (?:y|e|og|och|en|u\.|ja|ve|és|și|και|\|) {_WORD}(?: {_WORD}){{1,2}}"
)
"""With two words and more on each side."""
_FIRMS = frozenset(
    (
        *("co", "company", "cie", "sons", "söhne", "fils", "partner", "partners", "associates", "brothers"),
        *("daughters", "family", "team", *_AFTER_A_NAME, "kg", "ohg", "ug", "ab", "oy", "as", "aps", "nv"),
        *("sarl", "sas", "srl", "spa", "ltda", "lda", "kft", "sro", "pty"),
    )
)
"""The last word of a firm's name."""
_HAS_A_SHARE = re.compile(r"\([^()]*\d[^()]*\)")
"""Such as `Ben (50 %)` in a list."""
_MOST_ARE_SHORT = 4
"""Where fewer than one in so many names are long on both sides of the comma, these may be two names each."""
_MANY_NAMES = 5
"""Of fewer, most say nothing about the others."""
_UMLAUT = re.compile(r"([aou])e")
_REMARK = re.compile(r"(.*\S)\s*\(([^()]*)\)")


def turned(name: str) -> str:
    """Turn `Last, First` into `First Last`; any other name stays."""
    found = _LAST_FIRST.fullmatch(name) if len(name) <= MAX_NAME else None
    if not found or _plain(found[2]) in _AFTER_A_NAME or _plain(found[2].split()[-1]) in _FIRMS:
        return name
    return f"{found[2].strip()} {found[1].strip()}"


@dataclass(frozen=True, slots=True)
class TitledRow:
    """A row by whose title somebody may call the person who holds it."""

    number: int
    holder: str
    """Empty where that is nobody, or not clear."""


@dataclass(frozen=True, slots=True)
class NameForms:
    """How the names of a table are written."""

    last_first: bool
    """Whether those with a comma are `Last, First`."""
    untitled: frozenset[str]
    """Keys of the names that also stand without a form of address, or with another."""
    shared: frozenset[str]
    """Keys of the names beside which several personnel numbers stand."""
    known: frozenset[str]
    """Keys of the names that role files have, which stay as they are."""
    whole: frozenset[str]
    """Keys of the names of two words and more, `First Last`."""
    has_long_names: bool
    """Whether last and first names of two words each are usual, as in Spain."""
    by_words: Mapping[frozenset[str], str]
    """The first name with these words, by the words' keys."""
    given: frozenset[str]
    """Keys of the first words of names."""
    mostly_long: bool
    """Whether most names have two words and more."""
    by_short_form: Mapping[str, str]
    """The names of two words and more by forms that are shorter, as `_short_forms` has them."""
    by_letters: Mapping[str, str]
    """The first name with these letters, see `_letters_of`."""
    by_address: Mapping[str, str]
    """Whose an e-mail address is: the name beside which it stands, by its key."""
    titles: Mapping[str, TitledRow]
    """The row of each title, by the title's key; without those that are their holder's name, too."""

    def title_named(self, name: str) -> TitledRow | None:
        """The row whose title `name` is, where no file has it as somebody's name."""
        return None if name_key(name) in self.known else self.titles.get(name_key(name))

    def joins_two(self, name: str) -> bool:
        """Whether `name` joins the first names of two people of the table, such as `Ada & Ben`."""
        found = _TWO_FIRST_NAMES.fullmatch(name) if len(name) <= MAX_NAME else None
        return found is not None and all(name_key(word) in self.given for word in found.groups())

    def may_be_none(self, name: str) -> bool:
        """Whether `name` is one word, or begins with a small letter, where most names are not so."""
        first, *others = name.split() or [""]
        has_no_first = len(others) == 1 and _plain(first) in FORMS_OF_ADDRESS
        is_odd = not others or first[0].islower() or has_no_first
        return self.mostly_long and is_odd and name_key(name) not in self.known

    def has_another(self, name: str) -> bool:
        """Whether another name of the table, of two words and more, is a part of this one."""
        words = [name_key(word) for word in _IN_A_NAME.findall(name)] if len(name) <= MAX_NAME else []
        parts = (
            " ".join(words[at : at + size])
            for size in range(_FIRST_AND_LAST, len(words) + 1)
            for at in range(len(words) - size + 1)
        )
        return any(part in self.whole and part != name_key(name) for part in parts)

    def in_other_order(self, name: str) -> str:
        """An earlier name that has the words of `name` in another order; empty without one."""
        first = self.by_words.get(_words_of(name), name)
        return first if name_key(untitled(first)) != name_key(untitled(name)) else ""

    def has(self, name: str) -> bool:
        """Whether role files or people's files have this name, so that it is one as it stands.

        Where there are none yet, every name is.
        """
        return not (name and self.known) or name_key(name) in self.known

    def in_full(self, name: str) -> str:
        """Another name of which `name` may be a short form, such as `A. Hill`; empty without one."""
        if name_key(name) in self.known or len(name) > MAX_NAME:
            return ""
        words = [_plain(word) for word in name.split()]
        if len(words) == _FIRST_AND_LAST and words[0] in FORMS_OF_ADDRESS:
            words = words[1:]
        full = self.by_short_form.get(" ".join(words), "")
        return full if name_key(full) != name_key(name) else ""

    def otherwise_spelt(self, name: str) -> str:
        """An earlier name with the same letters, but for accents, hyphens and blanks; empty without one."""
        first = self.by_letters.get(_letters_of(name), name)
        return first if name_key(untitled(first)) != name_key(untitled(name)) else ""

    def seem_two(self, cell: str) -> bool:
        """Whether `cell` is read as `Last, First`, and may be two names of two words with a comma between."""
        return self.last_first and not self.has_long_names and _is_long(cell)

    def are_two(self, cell: str) -> bool:
        """Whether `cell` has two names of others with a comma between them, and no `Last, First`."""
        parts = [name_key(part) for part in cell.split(",")]
        return self.last_first and len(parts) > 1 and all(part in self.whole for part in parts)

    def name_in(self, cell: str, number: str = "") -> str:
        """The name in `cell` as `First Last`, with nothing beside it; `number` is the id of the row."""
        name = self.first_last(alone(self.by_address.get(_address(cell), cell), number))
        short = untitled(name)
        if name_key(short) in self.shared and (found := numbers_beside(cell)) and found != [number]:
            return self.first_last(cell)
        return short if name_key(short) in self.untitled and name_key(name) not in self.known else name

    def first_last(self, name: str) -> str:
        """`name` as `First Last`."""
        return turned(name) if self.last_first else name


NO_FORMS = NameForms(
    False, frozenset(), frozenset(), frozenset(), frozenset(), False, {}, frozenset(), False, {}, {}, {}, {}
)
"""Of a table without names."""


def name_forms(
    holders: Iterable[tuple[str, str]], parents: Iterable[str] = (), known: Iterable[str] = ()
) -> NameForms:
    """Find how names are written; `holders` are cells, each with the number of its row.

    They are `Last, First` if all have a comma, or if one is written both ways. `parents` may name the same
    people, and `known` are the holders in role files.
    """
    known = tuple(known)
    by_words: dict[frozenset[str], str] = {}
    cells = [(cell, number) for cell, number in holders if cell and not names_nobody(cell)]
    names = [alone(*each) for each in cells]
    with_comma = [each for each in names if turned(each) != each]
    everywhere = [*names, *(alone(each) for each in (*parents, *known) if each)]
    plain = {name_key(each) for each in everywhere if turned(each) == each}
    confirmed = any(name_key(turned(each)) in plain for each in with_comma)
    last_first = confirmed or len(with_comma) == len(names) > 1
    forms: dict[str, set[str]] = {}
    numbers: dict[str, set[str]] = {}
    for name in everywhere:
        whole = turned(name) if last_first else name
        forms.setdefault(name_key(untitled(whole)), set()).add(name_key(whole))
    for name in (*known, *names):
        whole = turned(name) if last_first else name
        by_words.setdefault(_words_of(whole), whole)
    for (cell, number), name in zip(cells, names, strict=True):
        key = name_key(untitled(turned(name) if last_first else name))
        numbers.setdefault(key, set()).update({*numbers_beside(cell)} - {number})
    return NameForms(
        last_first,
        _of_several(forms),
        _of_several(numbers),
        frozenset(name_key(each) for each in known),
        frozenset(name_key(turned(each)) for each in everywhere if " " in turned(each)),
        (long := sum(map(_is_long, with_comma))) > 1 and long * _MOST_ARE_SHORT > len(with_comma),
        by_words,
        frozenset(
            name_key(name.split()[0])
            for name in map(_in_order(last_first), everywhere)
            if not _TWO_FIRST_NAMES.fullmatch(name)
        ),
        _are_mostly_long(names),
        _by_short_form(map(_in_order(last_first), everywhere)),
        _first_of_each((_in_order(last_first)(name) for name in (*known, *names)), _letters_of),
        _by_address((cell for cell, _ in cells), _in_order(last_first)),
        {},
    )


def _are_mostly_long(names: Iterable[str]) -> bool:
    """Whether one word alone is seldom a name in this table."""
    of_words = [len(name.split()) > 1 for name in {name_key(each): each for each in names}.values()]
    short, long = of_words.count(False), of_words.count(True)
    return short * _MANY_NAMES <= long or (long >= _MANY_NAMES and short < long)


def _by_short_form(names: Iterable[str]) -> dict[str, str]:
    """The names by their short forms; a form of several names has all of them."""
    found: dict[str, dict[str, str]] = {}
    for name in names:
        for form in _short_forms(name):
            found.setdefault(form, {}).setdefault(name_key(name), name)
    return {form: " / ".join(same.values()) for form, same in found.items()}


def _first_of_each(names: Iterable[str], key: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key(name), name)
    return found


def _letters_of(name: str) -> str:
    """What is the same in all spellings of a name: its letters, without one that stands for a middle name."""
    words = words_of(untitled(name))
    long = [word for word in words if len(word) > 1]
    return _UMLAUT.sub(r"\1", "".join(long if len(long) >= _FIRST_AND_LAST else words))


def _short_forms(name: str) -> Iterator[str]:
    """Shorter forms of a full name: with one letter of the first or the last name, and one of them alone."""
    first, *others = [_plain(word) for word in untitled(name).split()] or [""]
    if others and first not in FORMS_OF_ADDRESS and all(len(word) > 1 for word in (first, *others)):
        yield from (f"{first[0]} {' '.join(others)}", f"{first} {others[-1][0]}", others[-1], first)


def _in_order(last_first: bool) -> Callable[[str], str]:
    return turned if last_first else str


def _address(cell: str) -> str:
    """The key of the e-mail address that `cell` is; empty where it is more, or something else."""
    found = _ADDRESS.fullmatch(cell) if len(cell) <= MAX_NAME else None
    return name_key(found[1]) if found else ""


def without_address(text: str) -> str:
    """Take an e-mail address out of the brackets behind a name."""
    return _ADDRESS_IN_BRACKETS.sub("", text) if len(text) <= MAX_NAME else text


def _by_address(cells: Iterable[str], in_order: Callable[[str], str]) -> dict[str, str]:
    """Whose each e-mail address is that stands beside a name; one beside several names is nobody's."""
    found: dict[str, dict[str, str]] = {}
    for cell in cells:
        beside = _ADDRESS_BESIDE.search(cell) if len(cell) <= MAX_NAME else None
        if beside and (name := alone(cell)) != cell and "@" not in name:
            found.setdefault(name_key(beside[0]), {}).setdefault(name_key(name), in_order(name))
    return {address: next(iter(names.values())) for address, names in found.items() if len(names) == 1}


def _words_of(name: str) -> frozenset[str]:
    return frozenset(name_key(untitled(name)).split())


def _is_long(name: str) -> bool:
    """Whether there are two words with capitals and more on each side of a comma."""
    found = _LAST_FIRST.fullmatch(name) if turned(name) != name else None
    parts = [part.split() for part in found.groups()] if found else [[]]
    return all(sum(word[0].isupper() for word in words) > 1 for words in parts)


def _of_several(found: Mapping[str, set[str]]) -> frozenset[str]:
    return frozenset(key for key, values in found.items() if len(values) > 1)


def untitled(name: str) -> str:
    """Take forms of address off the front of a name; two words are left at least."""
    words = name.split()
    while len(words) > _FIRST_AND_LAST and _plain(words[0]) in FORMS_OF_ADDRESS:
        words = words[1:]
    return " ".join(words)


def numbers_beside(cell: str) -> list[str]:
    """The numbers beside the name in `cell`."""
    return _NUMBER.findall(cell) if alone(cell) != cell else []


def alone(cell: str, number: str = "") -> str:
    """The name in `cell` without pronouns, an e-mail address and a number; `number` is the row's id."""
    cell = bare(without_pronouns(cell))
    name, note = remark(cell)
    # `Orla Quint (101)`: the number is the row's own, or could be nobody's name.
    is_number = note and (note.isdigit() or "@" in note or name_key(note) == name_key(number))
    return bare(name) if is_number else cell


def names_a_group(cell: str) -> bool:
    """Whether `cell` has a word in place of a name that means nobody in particular."""
    key = name_key(cell)
    if key and _plain(key.split()[-1]) in _FIRMS - {"team"}:
        return False
    return key in NOBODY_IN_PARTICULAR or (len(key) <= MAX_NAME and _GROUP.fullmatch(key) is not None)


def without_bullets(cell: str) -> str:
    """Take the marks of a list off the beginnings of a cell's lines."""
    return _BULLET.sub("", cell)


def several(cell: str) -> bool:
    """Whether `cell` seems to name more than one person."""
    cell = without_bullets(cell)
    if len(cell) > MAX_NAME:
        return False
    listed = [
        each for each in re.split("[,、，]", cell) if _plain(each) and _plain(each) not in _AFTER_A_NAME
    ]
    return (
        len(listed) > 2
        or (len(listed) > 1 and ("," not in cell or all(map(_HAS_A_SHARE.search, listed))))
        or _SEVERAL.fullmatch(without_pronouns(cell)) is not None
    )


def may_be_two(name: str) -> bool:
    """Whether `name` seems to be the names of two people, such as `Eve and Tom Long`, and no firm's."""
    plain = " ".join(name.split())
    if len(name) > MAX_NAME or not plain or _plain(plain.split()[-1]) in _FIRMS:
        return False
    if turned(name) != name:
        return False
    return _TWO_PEOPLE.fullmatch(plain) is not None or _TWO_NAMES.fullmatch(plain) is not None


def may_be_more(name: str) -> bool:
    """Whether there seems to be more in `name` than a name, such as a day or a doubt."""
    return len(name) <= MAX_NAME and _MORE_THAN_A_NAME.fullmatch(name) is not None


def without_pronouns(name: str) -> str:
    """Take words such as `(she/her)` out of `name`."""
    return _PRONOUNS.sub("", name).strip()


def bare(name: str) -> str:
    """Take an e-mail address, marks of footnotes and a personnel number off a name."""
    if len(name) > MAX_NAME:
        return name
    plain = _BESIDE_A_NAME.sub("", without_bullets(name)).strip()
    found = _NUMBERED.fullmatch(plain)
    return found["name"] if found else plain or name


def _plain(word: str) -> str:
    return word.casefold().replace(".", "").strip()


def remark(name: str) -> tuple[str, str]:
    """Split a cell into the name and what is in brackets after it, such as `Orla Quint (101)`."""
    found = _REMARK.fullmatch(name) if len(name) <= MAX_NAME else None
    return (found[1], found[2].strip()) if found else (name, "")
