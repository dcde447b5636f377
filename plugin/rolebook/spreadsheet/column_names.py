"""Knows what people call the columns of a table: by field, and the halves of a holder's name."""

import re
from collections.abc import Iterable, Mapping

from rolebook.schema.typos import Known
from rolebook.spreadsheet.table import column_key

_FIRST_NAMES = frozenset(
    (
        *("first name", "first", "firstname", "fname", "given name", "forename", "christian name", "名"),
        *("vorname", "rufname", "prénom", "prénom usuel", "prénoms", "nombre de pila", "nombres"),
        *("voornaam", "roepnaam", "förnamn", "fornavn", "etunimi", "imię", "jméno", "keresztnév", "имя"),
    )
)
_LAST_NAMES = frozenset(
    (
        *("last name", "last", "lastname", "lname", "surname", "family name", "second name", "姓"),
        *("nachname", "familienname", "zuname", "nom de famille", "nom usuel", "apellido", "apellidos"),
        *("apellido paterno", "primer apellido", "cognome", "sobrenome", "apelido", "achternaam"),
        *("efternamn", "etternavn", "efternavn", "sukunimi", "nazwisko", "příjmení", "vezetéknév", "фамилия"),
    )
)
_LAST_NAMES_FIRST = frozenset({"vezetéknév"})
"""Last names that stand before first names without a comma, in whatever letters."""
_EITHER_NAMES = frozenset({"name", "nom", "nombre", "nome", "naam", "navn", "namn"})
"""A whole name; beside a column of first names the last one, beside one of last names the first."""
_WHOSE_NAME = re.compile(
    r"(?:(?:employee|worker|staff|person|holder|legal|preferred|mitarbeiter|personal)(?:'?s)?|emp) "
)
"""What may stand before a name's part."""
LIKELY: Mapping[str, tuple[str, ...]] = {
    "title": (
        *("job title", "role", "role name", "role title", "position", "position title", "seat", "post"),
        *("job", "job name", "jobtitle", "employee title", "designation", "function"),
        *("stelle", "stellenbezeichnung", "funktion", "rolle", "bezeichnung", "tätigkeit"),
        *("poste", "titre", "fonction", "intitulé du poste", "intitulé", "rôle"),
        *("stanowisko", "nazwa stanowiska", "pozice", "pracovní pozice", "befattning", "stilling"),
        *(
            "stillingsbetegnelse",
            "tehtävänimike",
            "munkakör",
            "beosztás",
            "должность",
            "职位",
            "岗位",
            "役職",
        ),
        *("puesto", "cargo", "función", "rol", "título", "nombre del puesto", "ruolo", "mansione", "functie"),
    ),
    "parent": (
        *("reports to", "reporting to", "manager", "manager name", "line manager", "reporting manager"),
        *("supervisor", "supervisor name", "direct manager", "superior", "boss", "reports to id"),
        *("manager id", "manager email", "supervisor id", "manager employee id", "reports to name"),
        *("parent id", "parent role", "managed by", "head", "supervisor position id", "manager position id"),
        *("reports to position id", "parent position id", "manager hiérarchique", "przełożony", "nadřízený"),
        *(
            "vorgesetzter",
            "vorgesetzte",
            "vorgesetzte/r",
            "führungskraft",
            "berichtet an",
            "chef",
            "unterstellt",
        ),
        *(
            "responsable hiérarchique",
            "supérieur",
            "supérieur hiérarchique",
            "rattachement",
            "rattaché à",
            "n+1",
        ),
        *("depende de", "reporta a", "jefe", "jefe directo", "superior jerárquico", "supervisado por"),
        *("riporta a", "leidinggevende", "reports to no", "reports to number", "manager no"),
        *("närmaste chef", "nærmeste leder", "leder", "esimies", "lähiesimies", "felettes", "vezető"),
        *("bezpośredni przełożony", "přímý nadřízený", "руководитель", "начальник", "上级", "上司"),
    ),
    "also_reports_to": (
        *("dotted line", "dotted line manager", "dotted line to", "dotted line report", "matrix manager"),
        *("secondary manager", "second manager", "functional manager", "fachliche führungskraft"),
        *("fachvorgesetzter", "responsable fonctionnel", "jefe funcional"),
    ),
    "owner": (
        *("nom et prénom", "nombre y apellidos", "imię i nazwisko", "nome e cognome", "jméno a příjmení"),
        *("name", "full name", "employee", "employee name", "display name", "displayname", "holder"),
        *("person", "who", "worker name", "last name first name", "incumbent", "worker", "held by"),
        *("post holder", "staff name", "owner name"),
        *("mitarbeiter", "mitarbeiterin", "mitarbeiter/in", "stelleninhaber", "stelleninhaberin", "inhaber"),
        *(
            "wer",
            "name vorname",
            "titulaire",
            "nom complet",
            "nom prénom",
            "collaborateur",
            "salarié",
            "personne",
        ),
        *("titular", "responsable", "nombre", "nombre completo", "empleado", "empleada", "persona", "quién"),
        *("nominativo", "medewerker", "naam", "pracownik", "zaměstnanec", "anställd", "medarbejder"),
        *("ansatt", "työntekijä", "dolgozó", "munkavállaló", "сотрудник", "фио", "姓名", "氏名"),
        *_FIRST_NAMES,
        *_LAST_NAMES,
    ),
    "weekly_hours": (
        *("wochenarbeitszeit", "sollstunden", "hrs/week", "weekly hrs"),
        *("hours", "hours per week", "hours a week", "working hours", "contracted hours", "week hours"),
        *("scheduled hours", "standard hours", "weekly hrs", "hours week", "hrs", "h week"),
        *("wochenstunden", "stunden", "stunden pro woche", "std", "std woche", "arbeitszeit"),
        *("heures", "heures par semaine", "heures hebdomadaires", "temps de travail"),
        *(
            "horas",
            "horas semanales",
            "horas por semana",
            "horas semana",
            "jornada",
            "ore",
            "ore settimanali",
        ),
        *("uren", "uren per week", "godziny", "godziny tygodniowo", "hodiny", "hodiny týdně", "timmar"),
        *("timmar per vecka", "timer", "timer per uke", "timer om ugen", "tunnit", "óra", "часы"),
    ),
    "fte": (
        *("wymiar etatu", "beschäftigungsgrad", "quotité", "úvazek"),
        *("full time equivalent", "fte %", "workload", "workload %", "percentage", "pensum", "employment %"),
        *("vzä", "vza", "stellenanteil", "beschäftigungsgrad", "stellenumfang", "etp", "taux d'activité"),
    ),
    "seats": (
        *("headcount", "number of posts", "number of positions", "positions", "number", "count", "qty"),
        *("anzahl", "anzahl stellen", "nombre de postes", "effectif", "plazas", "número de plazas"),
    ),
    "deliverable": (
        *("result", "results", "output", "outcome", "main deliverable", "ergebnis", "résultat", "resultado"),
    ),
    "purpose": (
        *("job description", "description", "summary", "mission", "why", "job purpose", "zweck", "ziel"),
        *(
            "stellenbeschreibung",
            "beschreibung",
            "objectif",
            "descriptif",
            "objetivo",
            "misión",
            "descripción",
        ),
    ),
    "status": ("state", "position status", "role status", "statut", "estado", "stato"),
    "engagement": (
        *("employment type", "contract type", "worker type", "employee type", "contract", "vertragsart"),
        *("beschäftigungsart", "type de contrat", "tipo de contrato"),
    ),
    "skills": ("competencies", "requirements", "skill", "kenntnisse", "compétences", "competencias"),
    "location": (
        *("office", "office location", "work location", "site", "city", "place", "standort", "ort"),
        *("arbeitsort", "lieu", "ubicación", "lugar", "sede"),
    ),
    "kind": (
        "type of unit",
        "unit type",
        "kind of unit",
        "group type",
        "circle type",
        "team type",
        "type",
        "typ",
        "art",
        "tipo",
    ),
    "lead": ("team lead", "leader", "chair", "lead link", "circle lead", "coordinator", "led by"),
    "members": ("team members", "people in the team", "membership", "mitglieder", "membres", "miembros"),
    "as": ("role in team", "role in the team", "team role", "membership role", "member as", "capacity"),
    "tags": (
        *(
            "department",
            "team",
            "unit",
            "division",
            "group",
            "business unit",
            "labels",
            "abteilung",
            "bereich",
        ),
        *("service", "département", "departamento", "área", "equipo", "reparto", "afdeling"),
    ),
    "body": (
        *(
            "notes",
            "comments",
            "text",
            "responsibilities",
            "remarks",
            "bemerkung",
            "bemerkungen",
            "anmerkung",
        ),
        *("aufgaben", "remarques", "commentaires", "observaciones", "notas", "comentarios", "tareas"),
    ),
}
"""What personnel systems call a field, by `column_key`: too many meanings to be taken unasked."""
_BY_NAME = {name: field for field, names in LIKELY.items() for name in names}


def plain_key(column: str) -> str:
    """Take what is in brackets off a column's name, and the star of fields that must be filled in."""
    return column_key(re.sub(r"\[.*?\]|\(.*?\)|\*", " ", column))


def field_called(column: str) -> str:
    """The field that systems call so; empty where none does."""
    return _BY_NAME.get(plain_key(column), "")


def fields_like(columns: Iterable[str], fields: Iterable[str]) -> dict[str, str]:
    """The field that each of `columns` may hold, as its name is near the field's; others are absent."""
    fields_by_name = {**_BY_NAME, **{column_key(field): field for field in fields}}
    known = Known(fields_by_name.items())
    meant = {column: known.meant(plain_key(column)) for column in columns}
    return {column: fields_by_name[name] for column, name in meant.items() if name}


def halves(columns: Iterable[str]) -> tuple[str, ...]:
    """The columns of both names among `columns`, as they are read; empty where that is not clear."""
    sides: dict[str, list[str]] = {"first": [], "last": [], "either": [], "": []}
    for column in columns:
        sides[half(column)].append(column)
    either = sides["either"]
    first, last = sides["first"] or either, sides["last"] or either
    if len(first) != 1 or len(last) != 1 or first == last:
        return ()
    is_turned = plain_key(last[0]) in _LAST_NAMES_FIRST
    return (last[0], first[0]) if is_turned else (first[0], last[0])


def half(column: str) -> str:
    """Which half of a name a column holds: `first`, `last`, `either` or, as far as its name says, none."""
    key = _WHOSE_NAME.sub("", plain_key(column))
    sides = {"first": _FIRST_NAMES, "last": _LAST_NAMES, "either": _EITHER_NAMES}
    return next((side for side, names in sides.items() if key in names), "")
