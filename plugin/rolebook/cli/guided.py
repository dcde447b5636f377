"""Asks an owner in plain questions what `rolebook init --guided` writes, and shows the chart as it grows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

import click

from rolebook.cli import answers
from rolebook.cli.starter import HOSTS
from rolebook.language import gettext
from rolebook.library import tailored
from rolebook.library.kind import Kind, general, kind, kinds
from rolebook.library.role import LibraryRole, library_role
from rolebook.library.tailored import Sale
from rolebook.organisation import name_key, names_nobody, words_of
from rolebook.schema.records import NO_HOURS, Hours
from rolebook.schema.typos import did_you_mean
from rolebook.wording import either, hours_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Guided:
    """What the owner answered."""

    business: str
    owner: str
    kind: Kind
    host: str


@dataclass(frozen=True, slots=True)
class Given:
    """What options answered already."""

    business: str | None = None
    owner: str | None = None
    kind: Kind | None = None
    host: str | None = None


@dataclass(slots=True)
class _Questions:
    """Asks one question after the other, with their numbers."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self, question: str, read: Callable[[str], T], hint: str = "") -> T:
        """Ask until `read` takes the answer; it gets an empty text for the Enter key alone."""
        click.echo(f"\n{hint}\n" if hint else "")
        click.echo(f"{next(self.numbers)}. {question}")
        found: T = click.prompt(
            ">",
            default="",
            show_default=False,
            prompt_suffix=" ",
            value_proc=lambda given: read(answers.tidy(str(given))),
        )
        return found


def asked(given: Given) -> Guided:
    """Ask all that `given` leaves open, in at most twelve questions."""
    questions = _Questions()
    message = gettext(
        "Twelve short questions at most. Press Enter to skip one; Ctrl-C ends without writing anything."
    )
    click.echo(message)
    business = given.business or questions.ask(
        gettext("What is the name of the business?"), _or("Our business")
    )
    owner = given.owner or questions.ask(gettext("What is your name?"), answers.name)
    question = gettext("Which kind of business is it? Write its number, or press Enter for the last one")
    known = given.kind or questions.ask(question, _kind, _kinds())
    click.echo("\n" + gettext("Step 1 of 3: what you sell, and what you promise with it"))
    known = tailored.with_sale(known, _sale(known, questions))
    click.echo("\n" + gettext("Step 2 of 3: the roles that produce it, whoever holds them"))
    known = _with_roles(known, questions)
    click.echo("\n" + gettext("Step 3 of 3: who does each today, and for how long"))
    known = _with_holders(known, owner, questions)
    known = _with_hours(known, owner, questions)
    known = _with_first(known, owner, questions)
    host = given.host
    if host is None:
        question = gettext(
            "Where will you publish it? Write %(hosts)s, or press Enter if you do not know yet",
            hosts=", ".join(HOSTS),
        )
        host = questions.ask(question, _host)
    return Guided(business, owner, known, host)


def _or(default: str) -> Callable[[str], str]:
    return lambda text: text or default


def _kinds() -> str:
    known = [*kinds().values(), general()]
    return "\n".join(f"  {number}  {each.title}: {each.summary}" for number, each in enumerate(known, 1))


def _kind(text: str) -> Kind:
    ids = [*kinds()]
    if not text or text == str(len(ids) + 1) or name_key(text) == name_key(general().title):
        return general()
    if text in map(str, range(1, len(ids) + 1)):
        return kind(ids[int(text) - 1])
    key = name_key(text)
    found = next((each for each, known in kinds().items() if key in (each, name_key(known.title))), "")
    if not found:
        hint = did_you_mean(text, ids) or gettext("Write a number from 1 to %(last)s.", last=len(ids) + 1)
        raise answers.Unclear(f"{no_kind(text)} {hint}")
    return kind(found)


def no_kind(wanted: str) -> str:
    """Say that there is no kind of business called `wanted`."""
    return gettext("There is no kind of business '%(kind)s'.", kind=wanted)


def _sale(known: Kind, questions: _Questions) -> Sale:
    sells = questions.ask(gettext("What do you sell, in a few words?"), str)
    customer = questions.ask(gettext("To whom?"), str)
    price = questions.ask(gettext("For how much? Such as 45 EUR a month"), answers.price)
    known_promises = tailored.promises(known)
    lines = [f"  {number}  {each.name}" for number, each in enumerate(known_promises, 1)]

    def read(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
        kept, own = answers.chosen(text, len(known_promises))
        left = frozenset(each.id for number, each in enumerate(known_promises, 1) if number not in kept)
        return left, own

    left_out, own = questions.ask(
        gettext(
            "What do you promise your customers? Enter keeps all. Otherwise write\n"
            "   the numbers that you keep (1, 3-5) or do not (not 2), and your own promises after semicolons."
        ),
        read,
        "\n".join(lines),
    )
    return Sale(sells, customer, price, own, left_out)


def _with_roles(known: Kind, questions: _Questions) -> Kind:
    ids = known.role_ids

    def read(text: str) -> tuple[LibraryRole, ...]:
        kept, added = answers.chosen_roles("" if name_key(text) == "all" else text, ids)
        return tuple(role for role in map(library_role, (*kept, *added)) if role and role.id != known.top)

    wanted = questions.ask(
        gettext(
            "Which of these roles does your business have? Enter keeps all. Otherwise write\n"
            "   the numbers that you keep (1-4, 7) or do not (not 5, 6), and other roles of the library\n"
            "   after a semicolon (not 5; payroll)."
        ),
        read,
        "\n".join(_tree(known)),
    )
    return tailored.with_roles(known, wanted)


def _with_holders(known: Kind, owner: str, questions: _Questions) -> Kind:
    def read(text: str) -> Mapping[str, str]:
        spelt: dict[tuple[str, ...], str] = {}
        found = {}
        for each, who in answers.by_role(known, text, "4: Aoife"):
            is_word = who.isascii() or any(map(str.isalpha, who))
            if names_nobody(who) and is_word and not any(map(str.isdigit, who)):
                found[each] = ""
            elif not answers.is_owner(answers.one_name(who), owner):
                found[each] = spelt.setdefault(words_of(who), who)
        return found

    holders = questions.ask(
        gettext("Who does what you do not do yourself? Such as 4: Aoife; 6, 7: Ben Ode; 9: nobody"),
        read,
        "\n".join(_tree(known, owner)),
    )
    return tailored.with_holders(known, holders)


def _with_hours(known: Kind, owner: str, questions: _Questions) -> Kind:
    def read(text: str) -> Mapping[str, Hours]:
        return {each: answers.hours(hours) for each, hours in answers.by_role(known, text, "4: 10")}

    hours = questions.ask(
        gettext(
            "About how many hours a week does each take? Begin with those that take most of your week,\n"
            "   such as 4: 10; 6, 7: 2-3"
        ),
        read,
        "\n".join(_tree(known, owner)),
    )
    return tailored.with_hours(known, hours)


def _with_first(known: Kind, owner: str, questions: _Questions) -> Kind:
    ids = known.role_ids
    first = known.first

    def read(text: str) -> str:
        if not text:
            return first.id if first else ""
        if not text.isdecimal() or int(text[:9]) not in range(2, len(ids) + 1):
            raise answers.Unclear(gettext("Write one number from 2 to %(last)s.", last=len(ids)))
        role = ids[int(text) - 1]
        if who := known.holders.get(role):
            raise answers.Unclear(
                gettext("%(name)s does this already. Write the number of a role of yours.", name=who)
            )
        return role

    if len(ids) == 1:
        return known
    if first:
        question = gettext(
            "Which role would you hand over first? Write its number, or press Enter for %(role)s",
            role=first.title,
        )
    else:
        question = gettext(
            "Which role would you hand over first? Write its number, or press Enter to decide later"
        )
    chosen = questions.ask(question, read, "\n".join(_tree(known, owner)))
    known = tailored.with_first(known, chosen) if chosen else known
    click.echo("\n" + "\n".join(_tree(known, owner)))
    return known


def _host(text: str) -> str:
    if text and text.casefold() not in (*HOSTS, "nowhere"):
        raise answers.Unclear(gettext("Write %(hosts)s, or press Enter.", hosts=either(HOSTS)))
    return text.casefold() if text.casefold() in HOSTS else ""


def _tree(known: Kind, owner: str = "") -> Iterator[str]:
    """The chart as text, with a number for each role; with holders and totals if an owner is named."""
    depths = {known.top: 0, **dict.fromkeys(known.roles, 1)}
    first = known.first
    vacant, to_give = gettext("vacant"), gettext("hand over first")
    for number, each in enumerate(known.role_ids, 1):
        role = library_role(each)
        title = role.title if role else each
        line = f"{number:>4}  {'   ' * depths.get(each, 2)}{title}"
        if owner:
            line += f": {known.holders.get(each, owner) or vacant}"
        line += f", {hours_text(known.hours(each))}"
        is_first = owner and first and first.id == each
        yield line + (f"   <- {to_give}" if is_first else "")
    if owner:
        mine = [each for each in known.role_ids if each not in known.holders]
        if len(mine) == len(known.role_ids):
            total = gettext("In total %(hours)s a week, all of it yours.", hours=_sum(known, mine))
        else:
            total = gettext(
                "In total %(hours)s a week, %(share)s of it yours.",
                hours=_sum(known, known.role_ids),
                share=_sum(known, mine),
            )
        yield f"      {total}"


def _sum(known: Kind, roles: Iterable[str]) -> str:
    return hours_text(sum((known.hours(each) for each in roles), NO_HOURS))
