"""Compares names of people and roles, makes ids of them, and finds them in texts."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rolebook.attachments import DEVICES

RESERVED_IDS = frozenset({"index", "readme"}) | DEVICES
"""Ids that would take the place of a page of the site, or that Windows keeps for devices."""
MAX_ID_BYTES = 120
"""An id has no more in UTF-8: file names have at most 255, and archives and addresses need room around it."""
_MAX_TITLE = 80
"""Characters of an id that is made of a title."""


def name_key(name: str) -> str:
    """Reduce `name` to what makes it the same name: case, spaces and Unicode form do not count."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return folded.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def id_in_path(name: str) -> str:
    """The id of a file in a path that leads to it, such as `people/ann.md`."""
    return name.rpartition("/")[2].removesuffix(".md").strip()


def natural_key(title: str) -> tuple[tuple[int, int, str], ...]:
    """Order titles as people do: in any case, and Seat 2 before Seat 14."""
    parts = re.split(r"(\d{1,18})", title.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def slug(text: str) -> str:
    """Make an id of `text`: lower-case letters and digits of any script, joined by hyphens; may be empty.

    Long titles are cut; what is an id already stays as it is.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    whole = re.sub(r"[\W_]+", "-", plain).strip("-")
    return whole if whole == text and _fits(whole) else cut_id(whole[:_MAX_TITLE])


def cut_id(whole: str, room: int = 0) -> str:
    """Cut an id so that `room` more bytes fit."""
    return whole.encode()[: MAX_ID_BYTES - room].decode(errors="ignore").strip("-")


def _fits(whole: str) -> bool:
    return len(whole.encode()) <= MAX_ID_BYTES


_BEFORE_NOBODY = (
    r"not|z\. ?zt\.|currently|positions?|roles?|post|seat|job|appointment|to be|not yet|still|"
    r"derzeit|aktuell|momentan|zurzeit|zur zeit|noch|stelle|poste|actuellement|puesto|cargo|actualmente"
)
_NOBODYS = (
    r"vacant|vacancy|open|unfilled|unassigned|recruiting|hiring|hired?|new hire|needed|required|recruited|"
    r"determined|decided|confirmed|announced|appointed|filled|none|nobody|no one|n/?[ad]|t\.?b\.?[acdhtn]\.?|"
    r"n\. ?n\.|nn|vakant|vakanz|offen|unbesetzt|nicht besetzt|(?:neu )?zu besetzen|nachzubesetzen|niemand|"
    r"gesucht|vacante?s?|[àa] pourvoir|non pourvue?|[àa] recruter|[àa] d[ée]finir|"
    r"por (?:cubrir|asignar|definir|contratar|preencher)|sin (?:cubrir|asignar)|nadie|vago|a definir|"
    r"da (?:assegnare|definire)|vacature|in te vullen|n\.?t\.?b\.?|wakat|"
    r"null|nil|blank|0|frozen|on hold|new (?:post|position|role|hire|starter)|see (?:above|below)|"
    r"ledigt?|onbezet|ubesatt?|tillsätts|avoin|neobsazeno|nieobsadzon[eay]|do obsadzenia|betöltetlen|"
    r"scoperto|boş|вакансия|вакантн[оаы]|свободн[оа]|не (?:назначена?|занята?)|"
    r"(?:maternity|paternity|parental|sick|long-term) leave|maternity cover|sabbatical|"
    r"elternzeit|mutterschutz|congé (?:maternité|parental|maladie)|baja (?:maternal|médica)|"
    r"back-?fill|headcount|placeholder|opening|ausgeschrieben|in besetzung|siehe oben|"
    r"en cours(?: de recrutement)?|en proceso|vaga|"
    r"(?:open |job )?req(?:uisition)?[ .#:-]*\d*|"
    r"\d+ (?:people|persons?|staff|posts?|positions?|vacanc(?:y|ies))|"
    r"n\.a\.|a cubrir|in recruitment|unknown|unbekannt|inconnu|desconocido|"
    r"keine?r?|frei|libre|posto vacante|vakante?|vakantne|vacantă|wird gesucht|en recrutement|hire|"
    r"recrutement en cours|da assumere|volné místo|wolny etat|üres|ledig stilling|open vacature|te werven|"
    r"vaga aberta|plaza libre|stelle frei|ausschreibung läuft|κενή|ανοιχτή θέση|"
    r"advert(?:ised| out| live)?|empty|vrij|(?:to )?recruit|agency(?: temps?| workers?| staff)?|"
    r"on leave|candidates? (?:identified|selected|found|chosen)|interviewing|offer (?:out|made|accepted)|"
    r"q[1-4](?: \d{4})? (?:hire|recruit)|back-?fill (?:for |of )?[^\W\d].*|k/a|"
    r"intérim(?:aire)?|interin[oa]|temporary|temps?|locum|"
    r"(?:karenz|elternzeit|mutterschafts?|mutterschutz|krankheits?|urlaubs?|schwangerschafts)-?vertretung|"
    r"vertretung|karenz|aushilfe|zeitarbeit|leihkraft|springer(?:in)?|remplacement|remplaçante?|"
    r"sustituci[óo]n|suplencia|suplente|substituto|"
    r"(?:noch )?nicht bekannt|folgt|wird (?:noch )?(?:benannt|bekannt ?gegeben)|noch zu benennen|"
    r"[àa] (?:confirmer|nommer|désigner|venir)|en attente|sans titulaire|"
    r"pendiente|por (?:nombrar|confirmar|determinar)|sin titular|"
    r"em (?:aberto|recrutamento|contrataç[ãa]o)|a (?:contratar|confirmar|designar)|sem titular|"
    r"licen[çc]a (?:de )?(?:maternidade|parental|m[ée]dica)|baja|"
    r"(?:(?:see|as in|same as|siehe|s\.|wie in|vgl\.|cf\.|voir|ver|v[ée]ase|vea|veja) )+(?:the |die |la )?"
    r"(?:rows?|lines?|notes?|comments?|cells?|sheets?|tabs?|lists?|org ?chart|below|above|"
    r"zeilen?|blatt|liste|anmerkung|ligne|feuille|note|fila|hoja|nota|linha|folha|lista|línea|"
    r"abajo|arriba|abaixo|acima)(?:[ .:#].*|\d*)|"
    r"(?:zeile|row|line|ligne|fila|linha|rij|riga) \d+|未定|兼務|채용중|شاغر|laust|"
    r"geen|niemand|n\.v\.t\.|personne|aucune?|ningun[oa]|nenhuma?|ningu[ée]m|nessun[oa]|ingen|"
    r"offene stelle|wird (?:neu |nach)?besetzt|poste ouvert|nog in te vullen|niet ingevuld|to hire|"
    r"in ausschreibung|nouvelle embauche|nueva contratación|in elternzeit|en congé|de baja|met verlof|"
    r"k\. a\.|s\. o\.|as above|voir ci-dessus|zie boven|"
    r"rotating|in rotation|by rota|on rota|im wechsel|wechselnd|rotierend|tournant|en rotation|rotativ[oa]|"
    r"to follow|wird nachgereicht|noch zu klären|in klärung|unklar|ungeklärt|a nomear|por nomear|"
    r"pending|ausstehend|pendente|unresourced|unstaffed|not staffed|not applicable|nicht zutreffend|"
    r"entfällt|sans objet|no aplica|não se aplica|keine angabe|"
    r"空缺|空席|待定|暂缺|招聘中|欠員|募集中|공석"
)
_NUMBERED = r"[\s-]*[#№]?\s*\d{1,4}|\s+q[1-4](?: \d{4})?"
"""Plans of headcount tell vacancies apart so: `TBH 1`, `New hire #2`, `TBH Q3 2026`."""
_AFTER_NOBODY = r"since|from|until|seit|ab|bis|depuis|desde|hasta|dal"
_DITTO = "'\"’”„〃"
"""Marks for what stands in the cell above."""
_NOBODY = re.compile(
    rf"(?:(?:{_BEFORE_NOBODY})[\s:–—-]+)*(?:{_NOBODYS})"
    rf"(?:\s+[–—:/-].*|\s*[:(–—].*|\s+(?:{_AFTER_NOBODY})\s.*|\s+(?:position|role|post|seat|hire)|{_NUMBERED})?"
    rf"|\((?:{_NOBODYS})\)|[^\w{_DITTO}]+|x+|\d{{1,2}}"
    r"|ad interim|acting|interim(?:istisch|s(?:lösung|besetzung))?"
)
"""By `name_key`."""
_MARKS = " *†‡§¹²³"
"""Of footnotes."""
_AROUND = "[](){}<>!-–—_ "
"""What stands around a word that is no name: `[vacant]`, `- vacant -`."""
_MAX_NAME = 300
"""Characters of what may be a name, or a word in place of one."""


def names_nobody(name: str) -> bool:
    """Whether `name` is a word in place of one, such as `TBD`, `Open – engineer` or `vacant (was Ann)`."""
    if len(name) > _MAX_NAME:
        return False
    key = name_key(name).strip(_MARKS)
    return _NOBODY.fullmatch(key) is not None or _NOBODY.fullmatch(key.strip(_AROUND)) is not None


def words_like(word: str, people: Iterable[tuple[str, str]]) -> list[str]:
    """What people, each an id and a name, are called: names only, if `word` is written as one, or ids too."""
    ids, names = zip(*people, strict=True) if (people := tuple(people)) else ((), ())
    return [*names] if " " in word.strip() else [*names, *ids]


MAX_NAME_WORDS = 5
"""Of a person's name that is looked for."""
_SHORTEST_PART, _SHORTEST_JOINED = 3, 6
"""A part of a name, or a name without blanks, is no chance if it has so many letters."""
_WORD = re.compile(r"[^\W_]+")
_BLANKS = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalnum()})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_BARE = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})
"""Letters that Unicode does not take apart, as they are often typed."""
_INSIDE = re.compile(r"['’‘`´-]")
"""Marks inside a name, which some leave out."""
FORMS_OF_ADDRESS = frozenset(
    ("dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "herr", "frau", "ing", "phd", "jr", "sr")
)
"""What stands before or after a name."""
_SHORTEST_UNSPACED = 2
"""Letters of a name in a script that has no capitals: words follow it without a blank."""


def words_of(text: str) -> tuple[str, ...]:
    """Split `text` into words without capitals, accents and marks."""
    if text.isascii():  # the same, in a third of the time
        return tuple(text.lower().translate(_BLANKS).split())
    return tuple(_WORD.findall(plain(text)))


def plain(text: str) -> str:
    """Take capitals, accents and characters that nobody sees out of `text`; its lines stay."""
    if text.isascii():
        return text.lower()
    # Letters of mathematics have capitals only once they are plain letters.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in apart if unicodedata.category(char) not in ("Mn", "Cf"))


class KnownNames:
    """Finds people's names in a text: in any order of their words, with hyphens, or as one word.

    Titles, initials and marks inside a name may be there or not, and an s may follow it.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: dict[str, str] = {}
        self._starts: set[str] = set()
        self._joined: set[str] = set()
        self._single: dict[str, str] = {}
        self._by_longest: dict[str, set[frozenset[str]]] = {}
        """The words of each name, by the longest of them: it is the rarest."""
        self._parts: dict[str, str] = {}
        self._unspaced: dict[str, str] = {}
        for name in names:
            for words in _forms(name):
                self._add(name, words)
            for part in handles(name):
                self._parts.setdefault(part, name)
            if unspaced := _unspaced(name):
                self._unspaced.setdefault(unspaced, name)
        self._lengths = {len(each) for each in self._unspaced}

    def _add(self, name: str, words: tuple[str, ...]) -> None:
        if len(words) == 1:
            self._single.setdefault(words[0], name)
            self._by_longest.setdefault(words[0], set()).add(frozenset(words))
            return
        for order in (words, words[::-1]):
            for last in (order[-1], f"{order[-1]}s"):
                written = (*order[:-1], last)
                self._by_longest.setdefault(max(written, key=len), set()).add(frozenset(written))
                joined = "".join(written)
                self._whole.setdefault(joined, name)
                self._starts.add(order[0])
                if len(joined) >= _SHORTEST_JOINED:
                    self._joined.add(joined)

    def may_be_in(self, text: str) -> bool:
        """Whether `text` has all words of somebody's name, whatever is between them."""
        if self._unspaced_in(text):
            return True
        for words in map(frozenset, spellings(text)):
            if not words.isdisjoint(self._joined):
                return True
            longest = words & self._by_longest.keys()
            if any(each <= words for word in longest for each in self._by_longest[word]):
                return True
        return False

    def whole(self, text: str) -> str:
        """The first person who is named in full in `text`; empty for nobody.

        A name of one word, such as Will, may be a word of the language: it counts as it is written.
        """
        for words in spellings(text):
            without_initials = _longer(words)
            if found := self._whole_in(words) or (
                self._whole_in(without_initials) if len(without_initials) < len(words) else ""
            ):
                return found
            for word in () if self._single.keys().isdisjoint(words) else words:
                name = self._single.get(word, "")
                if name and re.search(rf"\b{re.escape(name)}\b", text):
                    return name
        return self._unspaced_in(text)

    def _unspaced_in(self, text: str) -> str:
        if not self._unspaced or text.isascii():
            return ""
        letters = plain(text)
        parts = (letters[at : at + length] for length in self._lengths for at in range(len(letters)))
        return next((self._unspaced[part] for part in parts if part in self._unspaced), "")

    def _whole_in(self, words: tuple[str, ...]) -> str:
        if joined := next((word for word in words if word in self._joined), ""):
            return self._whole[joined]
        if self._starts.isdisjoint(words):
            return ""
        for start, word in enumerate(words):
            if word in self._starts:
                for end in range(start + 2, min(start + MAX_NAME_WORDS, len(words)) + 1):
                    if name := self._whole.get("".join(words[start:end])):
                        return name
        return ""

    def part(self, text: str) -> str:
        """The first person of whose name a word is in `text`; empty for nobody."""
        found = (self._parts.get(word) for words in spellings(text) for word in words)
        return next(filter(None, found), "") or self.whole(text)

    def part_of(self, names: Iterable[str], text: str) -> str:
        """The first of `names` of which a word is in `text`; empty for none."""
        there = {word for words in spellings(text) for word in words if word in self._parts}
        return next((name for name in names if not there.isdisjoint(handles(name))), "") if there else ""


def _forms(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name as people write it: with and without titles, initials and marks inside."""
    for text in dict.fromkeys((name, _INSIDE.sub("", name))):
        for words in spellings(text):
            if words:
                yield words
            short = tuple(word for word in _longer(words) if word not in FORMS_OF_ADDRESS)
            if 1 < len(short) < len(words):
                yield short


def handles(name: str) -> frozenset[str]:
    """Words that say who is meant: those of a name, and others such as `brennans`, `mbrennan`, `mayab`."""
    found: set[str] = set()
    for words in _forms(name):
        initials = {word[0] for word in words}
        for part in words:
            if len(part) >= _SHORTEST_PART and part not in FORMS_OF_ADDRESS:
                others = initials - {part[0]} if len(words) > 1 else set[str]()
                found |= {part, f"{part}s", *(f"{one}{part}" for one in others)}
                found |= {f"{part}{one}" for one in others}
    return frozenset(found)


def _longer(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` without initials."""
    return tuple(word for word in words if len(word) > 1 or not word.isascii())


def _unspaced(name: str) -> str:
    """A name in a script without capitals, as one word; empty for any other."""
    whole = "".join(words_of(name))
    is_unspaced = len(whole) >= _SHORTEST_UNSPACED and all(
        unicodedata.category(char) == "Lo" for char in whole
    )
    return whole if is_unspaced else ""


def spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of `text`, also as they are typed on a keyboard that lacks its letters."""
    if text.isascii():
        return (words_of(text),)
    composed = unicodedata.normalize("NFC", text.casefold())
    ways = (text, composed.translate(_GERMAN), composed.translate(_BARE))
    return tuple(dict.fromkeys(map(words_of, ways)))
