"""Says what to write in place of fields as other programs and people call them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from rolebook.language import N_, gettext
from rolebook.schema.kinds import OTHER_FIELDS
from rolebook.schema.typos import meant_is, offered

_MEANT = {
    "outcome": "output, outputs, result, results, deliverable, what, ergebnis, résultat, resultado,"
    " risultato",
    "person": "holder, name, owner, who, wer, qui, quien, quem",
    "cadence": "frequency, how_often, interval, rhythm, every, häufigkeit, fréquence, frecuencia, frequência",
    "measure": "metric, kpi, measured_by, measurement, messgröße, medida",
    "access": "permission, permissions, rights, role, level, zugang, accès, acceso, acesso",
    "apply_email": "email, e_mail, mail, apply, contact",
    "apply_url": "url, link, website, address",
    "closes": "deadline, until, closing_date, end, ends, apply_by",
    "opens": "from, since, start, starts, begins",
    "parent": "boss, line_manager, manager, managed_by, report_to, reports_to, superior, supervisor,"
    " übergeordnet, übergeordnete_rolle, vorgesetzter, vorgesetzte, berichtet_an, chef,"
    " responsable_hiérarchique, supérieur, rattaché_à, jefe, depende_de, reporta_a, riporta_a,"
    " leidinggevende",
    "title": "job, job_title, jobtitle, name, position, role, role_name, role_title,"
    " titel, rolle, stelle, funktion, bezeichnung, titre, poste, rôle, título, puesto, cargo, titolo,"
    " ruolo, functie",
    "owner": "assignee, employee, filled_by, held_by, holder, incumbent, person, responsible, who,"
    " verantwortlich, verantwortliche, verantwortlicher, inhaber, inhaberin, mitarbeiter, mitarbeiterin,"
    " zuständig, responsable, titulaire, titular, responsabile, verantwoordelijk,"
    " verantwoordelijke, eigenaar",
    "performed_by": "contractors, helpers, ausgeführt_von",
    "lead": "chair, chairs, coordinator, leader, leaders, leads, led_by, team_lead, leitung, leiter,"
    " leiterin",
    "members": "membership, people, team_members, mitglieder, membres, miembros, membri, leden",
    "backup": "cover, covered_by, deputy, substitute,"
    " vertretung, vertreter, vertreterin, stellvertreter, stellvertretung, remplaçant, sustituto,"
    " sostituto, vervanger",
    "weekly_hours": "hours, hours_a_week, hours_per_week, time, weekly_time, workload,"
    " wochenstunden, stunden, stunden_pro_woche, heures, heures_par_semaine, horas, horas_semanales, ore,"
    " ore_settimanali, uren, uren_per_week",
    "rate": "compensation, cost, hourly_rate, pay, price, salary, wage,"
    " stundensatz, honorar, gehalt, lohn, tarif, salaire, tarifa, sueldo, tariffa, tarief",
    "deliverable": "deliverables, output, outputs, outcome, outcomes, result, results,"
    " ergebnis, ergebnisse, livrable, livrables, résultat, résultats, entregable, entregables, resultado,"
    " risultato, risultati, resultaat",
    "purpose": "description, goal, mission, summary, zweck, ziel, objectif, objetivo, scopo, doel",
    "weekly_capacity": "available_hours, availability, capacity, capacity_hours, hours, hours_a_week,"
    " hours_per_week, weekly_hours, wochenstunden, stunden, heures, horas, ore, uren",
    "starts": "start_date, started, joined",
    "ends": "end_date, ended, left",
    "name": "full_name, fullname, title, nom, nombre, nome, naam, vorname",
    "email": "e_mail, email_address, mail",
    "phone": "telephone, mobile, mobile_phone, phone_number, tel, cell, telefon, telefonnummer, handy, mobil,"
    " téléphone, portable, teléfono, móvil, telefono, cellulare, telefoon",
    "chat": "slack, chat_handle, teams_chat, mattermost, signal, matrix, handle, im",
    "calendar": "calendly, calendar_url, booking, booking_page, kalender, calendrier, calendario, agenda",
    "working_hours": "office_hours, working_time, arbeitszeit, arbeitszeiten, horaires, horario, orari",
    "languages": "language, spoken_languages, sprachen, langues, idiomas, lingue, talen",
    "photo": "avatar, image, picture, portrait",
    "skills": "requirements, qualifications, fähigkeiten, kenntnisse, compétences, competencias",
    "tools": "accounts, software, systems, werkzeuge, outils, herramientas, strumenti",
    "tags": "category, categories, keywords, labels, topics",
    "seats": "headcount, number_of_seats, positions",
    "location": "country, office, place, workplace, ort, standort, lieu, ubicación",
    "review_by": "review, review_date, next_review",
}
"""What a field of ours is called elsewhere."""
_BELOW = N_("Write it as text below the second ---")
_IN_PERSON = N_("Write it in the person's own file, or as text below the second ---")
_SECRETS = (
    "password, passwords, passwort, passwörter, kennwort, pass, pwd, passphrase, pin, secret, secrets,"
    " api_key, apikey, token, access_token, private_key, credentials, zugangsdaten, mot_de_passe, contraseña,"
    " senha, clave"
)
_NO_SECRETS = N_(
    "Never write a password in the handbook: remove the line, and change the password if anybody has the file"
)
_OF_ROLES, _OF_PEOPLE, _ANYWHERE = "title", "weekly_capacity", ""
"""A field that a file of this kind has."""
_ELSEWHERE = (
    (_OF_ROLES, "email, mail, phone, telephone, mobile, slack, photo, picture, birthday", _IN_PERSON),
    (
        _OF_ROLES,
        "founder, weekly_capacity, timezone, start_date, starts, end_date, ends",
        N_("Write it in the person's own file"),
    ),
    (
        _OF_ROLES,
        "department, team, division, unit, function, abteilung, bereich, département, departamento",
        N_("A department is a role, too: name it under 'parent'"),
    ),
    (
        _OF_PEOPLE,
        "role, roles, title, job, job_title, jobtitle, position, rolle, stelle, department, team, division,"
        " unit, function, abteilung, bereich",
        N_("Write this person's name under 'owner' in the file of each role"),
    ),
    (
        _OF_PEOPLE,
        "boss, line_manager, manager, managed_by, parent, report_to, reports_to, superior, supervisor,"
        " vorgesetzter, vorgesetzte, chef",
        N_("Write in the file of each role under 'parent' to which role it reports"),
    ),
    (
        _OF_PEOPLE,
        "owner, backup, performed_by, deliverable, purpose, status, outsource, skills, tools, location,"
        " reporting, posting, seats, review_by, out_of_scope, trial_task",
        N_("Write it in the file of the role that they hold"),
    ),
    (_ANYWHERE, "notes, note, comments, responsibilities, procedure, duties, aufgaben, notizen", _BELOW),
    (_ANYWHERE, "description, about, details, links, beschreibung", _BELOW),
    (
        _OF_ROLES,
        "draft",
        N_("Remove the line, or write 'status: planned' if the role is still to come"),
    ),
    (_ANYWHERE, "template, layout", N_("Remove it: pages of roles and people have the site's own template")),
    (_ANYWHERE, "birthday, address, linkedin, geburtstag", _BELOW),
    (
        _ANYWHERE,
        "author, authors, created, cssclass, cssclasses, date, draft, id, image,"
        " lastmod, late, modified, nav_exclude, nav_order, order, permalink, position, publish, related,"
        " sidebar_label, sidebar_position, slug, sort, subtitle, type, uid, updated, url, weight",
        N_("Remove the line, or write it as text below the second ---"),
    ),
)
"""Fields that a kind of file does not have, and where to write what is in them."""
_MOST_NAMED = 20
"""Names that a message lists; only the options in mkdocs.yml are more."""
_MAIN = ("title", "name", "parent", "owner", "weekly_hours", "weekly_capacity", "deliverable", "email")
"""The fields that are named where nobody knows which one is meant."""


def instead_of(
    name: str, is_inside: bool, known: Sequence[str], present: Mapping[str, int]
) -> tuple[str, tuple[str, ...]]:
    """What to write in place of the field `name` beside `known` fields, and the fields that are offered.

    `is_inside`: in a group of fields. `present` has the fields that are there, with their lines.
    """
    plain = _plain(name)
    ours = next((each for each in known if plain in _MEANT.get(each, "").split(", ")), "")
    if ours and ours not in present:
        return gettext("Write '%(what)s'", what=ours), (ours,)
    if is_secret(name):
        return gettext(_NO_SECRETS), ()
    rows = () if is_inside else _ELSEWHERE
    for field, names, where in rows:
        if plain in names.split(", ") and (not field or field in known):
            return gettext(where), ()
    if ours:
        text = N_("Write it in '%(field)s' on line %(line)s, and remove this line")
        return gettext(text, field=ours, line=str(present[ours])), ()
    meant = () if plain in OTHER_FIELDS else offered(name, known)
    if meant:
        return meant_is(*meant), meant
    if is_inside and len(known) > _MOST_NAMED:
        return gettext("The page 'Options' of the guide has all of them"), ()
    if is_inside or len(known) <= 5:
        return gettext("The fields are %(fields)s", fields=", ".join(known)), ()
    main = ", ".join(each for each in _MAIN if each in known)
    text = N_("The fields are %(fields)s and others; any other text goes below the second ---")
    return gettext(text, fields=main), ()


def is_secret(name: str) -> bool:
    """Whether a field is called like something that no handbook may hold."""
    return _plain(name) in _SECRETS.split(", ")


def _plain(name: str) -> str:
    """The name of a field without capitals, spaces and hyphens."""
    return re.sub(r"[\s-]+", "_", unicodedata.normalize("NFC", name).strip().lower())
