"""Asks an owner in plain questions what `rolebook init --guided` writes, and shows the chart as it grows."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TypeVar

import click

from rolebook.cli.library import not_there
from rolebook.cli.starter import HOSTS
from rolebook.escaping import printable
from rolebook.library import tailored
from rolebook.library.kind import Kind, general, kind, kinds
from rolebook.library.role import LibraryRole, library_role, named
from rolebook.library.tailored import Price, Sale
from rolebook.organisation import name_key, names_nobody, words_of
from rolebook.schema.records import NO_HOURS, WEEK, Hours
from rolebook.schema.standards import CURRENCIES, CURRENCY_WORDS, SIGNS
from rolebook.schema.typos import did_you_mean
from rolebook.spreadsheet.holders import ME, may_be_two, remark, several
from rolebook.spreadsheet.hours import read_hours
from rolebook.wording import hours_text

T = TypeVar("T")
_LONGEST = 200
"""Characters of an answer: names, and promises of one sentence."""
_FULL_WEEK = Decimal(40)
_NUMBERS = re.compile(r"(not\s+)?(\d+(?:\s*[-–]\s*\d+)?(?:\s*[,\s]\s*\d+(?:\s*[-–]\s*\d+)?)*)", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![.,]?\d)")
_DENIED = re.compile(r"(not|no|without|only|just)\s+(.+)", re.IGNORECASE)
_JOINED = re.compile(r"\s(?:and|&|\+|or)\s|[/,+]", re.IGNORECASE)
"""Between the names of two people."""
_LARGEST = 12
"""Characters of a price."""


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
            value_proc=lambda given: read(_tidy(str(given))),
        )
        return found


def asked(given: Given) -> Guided:
    """Ask all that `given` leaves open, in at most twelve questions."""
    questions = _Questions()
    click.echo(
        "Twelve short questions at most. Press Enter to skip one; Ctrl-C ends without writing anything."
    )
    business = given.business or questions.ask("What is the name of the business?", _or("Our business"))
    owner = given.owner or questions.ask("What is your name?", _name)
    known = given.kind or questions.ask(
        "Which kind of business is it? Write its number; Enter for the last", _kind, _kinds()
    )
    click.echo("\nStep 1 of 3: what you sell, and what you promise with it")
    known = tailored.with_sale(known, _sale(known, questions))
    click.echo("\nStep 2 of 3: the roles that produce it, whoever does them")
    known = _with_roles(known, questions)
    click.echo("\nStep 3 of 3: who does each today, and for how long")
    known = _with_holders(known, owner, questions)
    known = _with_hours(known, owner, questions)
    known = _with_first(known, owner, questions)
    host = given.host
    if host is None:
        question = f"Where will you publish it? {', '.join(HOSTS)}, or Enter for nowhere yet"
        host = questions.ask(question, _host)
    return Guided(business, owner, known, host)


def _tidy(given: str) -> str:
    text = " ".join(printable(given).split())
    if len(text) > _LONGEST:
        raise click.UsageError(
            f"Write at most {_LONGEST} characters; there is room for more in the handbook."
        )
    return text


def _or(default: str) -> Callable[[str], str]:
    return lambda text: text or default


def _name(text: str) -> str:
    if text and (names_nobody(text) or name_key(text) in ME):
        raise click.UsageError(f"'{text}' is no name that others know you by. Write your name.")
    return text or "Owner"


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
        hint = did_you_mean(text, ids) or f"Write a number from 1 to {len(ids) + 1}."
        raise click.UsageError(f"There is no kind of business '{text}'. {hint}")
    return kind(found)


def _sale(known: Kind, questions: _Questions) -> Sale:
    sells = questions.ask("What do you sell, in a few words?", str)
    customer = questions.ask("To whom?", str)
    price = questions.ask("For how much? Such as 45 EUR a month", _price)
    known_promises = tailored.promises(known)
    lines = [f"  {number}  {each.name}" for number, each in enumerate(known_promises, 1)]

    def read(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
        kept, own = _chosen(text, len(known_promises))
        left = frozenset(each.id for number, each in enumerate(known_promises, 1) if number not in kept)
        return left, own

    left_out, own = questions.ask(
        "What must arrive, so that customers are content? Enter keeps all. Otherwise write\n"
        "   the numbers that you keep (1, 3-5) or do not (not 2), and your own promises after semicolons.",
        read,
        "\n".join(lines),
    )
    return Sale(sells, customer, price, own, left_out)


def _price(text: str) -> Price | None:
    if not text:
        return None
    found = _AMOUNT.search(text)
    before, after = (text[: found.start()], text[found.end() :]) if found else ("", "")
    if not found or before.rstrip().endswith(("-", "−")) or re.match(r"\s*[-–]\s*\d", after):
        raise click.UsageError("Write one number with its currency, such as 45 EUR a month.")
    amount = _plain_number(found[1])
    if len(amount) > _LARGEST:
        raise click.UsageError("This is more than anybody pays. Write a number such as 45.")
    currency, after = _currency(before, after)
    return Price(amount, currency, " ".join(after.split()).strip(" ,;"))


def _currency(before: str, after: str) -> tuple[str, str]:
    """The currency that is named before or after the amount, and what else follows that."""
    codes = {
        word: word.upper()
        for word in re.findall(r"\b[A-Z]{3}\b|\b(?:eur|usd|gbp|chf)\b", f"{before} {after}")
    }
    words = {
        word: CURRENCY_WORDS.get(word.casefold(), "") for word in re.findall(r"\w+", f"{before} {after}")
    }
    for word, code in (SIGNS | words | codes).items():
        if word in before + after and code in CURRENCIES:
            return code, after.replace(word, " ", 1)
    return "", after


def _plain_number(written: str) -> str:
    """The number in digits with a point, whichever marks part its thousands and its cents."""
    cents = re.search(r"[.,](\d{1,2})$", written)
    whole = re.sub(r"\D", "", written[: cents.start()] if cents else written)
    return f"{whole}.{cents[1]}" if cents else whole


def _chosen(text: str, most: int) -> tuple[frozenset[int], tuple[str, ...]]:
    """The numbers that an answer keeps, all if it names none, and its own words, parted by semicolons."""
    kept: set[int] = set()
    left_out: set[int] = set()
    own: list[str] = []
    for part in filter(None, (each.strip() for each in text.split(";"))):
        if found := _NUMBERS.fullmatch(part):
            (left_out if found[1] else kept).update(_numbers(found[2], most))
        else:
            own.append(part)
    return frozenset(kept or range(1, most + 1)) - left_out, tuple(own)


def _numbers(text: str, most: int) -> frozenset[int]:
    """The numbers of a list such as `1, 3-5`; each is on a list of `most`."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", text):
        if max(len(first), len(last)) > len(str(most)) or not 1 <= int(first) <= int(last or first) <= most:
            shown = f"{first}-{last}" if last else first
            raise click.UsageError(f"'{shown}' is not on the list. Write numbers from 1 to {most}.")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def _with_roles(known: Kind, questions: _Questions) -> Kind:
    ids = known.role_ids

    def read(text: str) -> tuple[LibraryRole, ...]:
        kept, added = _chosen_roles("" if name_key(text) == "all" else text, ids)
        return tuple(role for role in map(library_role, (*kept, *added)) if role and role.id != known.top)

    wanted = questions.ask(
        "Which of these roles does your business have? Enter keeps all. Otherwise write\n"
        "   the numbers that you keep (1-4, 7) or do not (not 5, 6), and others of the library after a\n"
        "   semicolon (not 5; payroll).",
        read,
        "\n".join(_tree(known)),
    )
    return tailored.with_roles(known, wanted)


def _chosen_roles(text: str, ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """The roles of the list that an answer keeps, by number or name, and those of the library that it adds.

    The role at the top is always kept.
    """
    places = {each: number for number, each in enumerate(ids, 1)}
    _, words = _chosen(text, len(ids))
    numbered = [part for part in map(str.strip, text.split(";")) if _NUMBERS.fullmatch(part)]
    added = []
    for denied, name in _names(words):
        if not (role := named(name)):
            raise click.UsageError(not_there(name))
        if role.id in places:
            numbered.append(f"{denied}{places[role.id]}")
        elif denied:
            raise click.UsageError(f"{role.title} is not on the list.")
        else:
            added.append(role.id)
    kept, _ = _chosen("; ".join(numbered), len(ids))
    if 1 not in kept and all(each.casefold().startswith("not") for each in numbered):
        raise click.UsageError("Role 1 is at the top of the chart and stays.")
    return [each for each in ids if places[each] in kept], added


def _names(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name in lists such as `only shipping, payroll` or `not shipping`; before it `not ` or nothing."""
    for part in words:
        found = _DENIED.fullmatch(part)
        denied = "not " if found and found[1].casefold() in ("not", "no", "without") else ""
        for listed in (found[2] if found else part).split(","):
            for name in [listed] if named(listed.strip()) else re.split(r"\band\b", listed):
                if name.strip():
                    yield denied, name.strip()


def _with_holders(known: Kind, owner: str, questions: _Questions) -> Kind:
    def read(text: str) -> Mapping[str, str]:
        spelt: dict[tuple[str, ...], str] = {}
        found = {}
        for each, who in _by_role(known, text, "4: Aoife"):
            if names_nobody(who) and not any(map(str.isdigit, who)):
                found[each] = ""
            elif not _is_owner(_one_name(who), owner):
                found[each] = spelt.setdefault(words_of(who), who)
        return found

    holders = questions.ask(
        "Who does what you do not do yourself? Such as 4: Aoife; 6, 7: Ben Ode; 9: nobody",
        read,
        "\n".join(_tree(known, owner)),
    )
    return tailored.with_holders(known, holders)


def _one_name(text: str) -> str:
    """The answer, which is one person's name; refused if it can be anything else."""
    if not any(map(str.isalpha, text)):
        hours = " Hours are asked for next." if any(map(str.isdigit, text)) else ""
        raise click.UsageError(f"'{text}' has no letter. Write a name, or nobody.{hours}")
    if read_hours(text, _FULL_WEEK):
        raise click.UsageError(f"'{text}' are hours, which are asked for next. Write a name, or nobody.")
    name, note = remark(text)
    if note:
        raise click.UsageError(f"Write the name alone: {name}.")
    if several(text) or may_be_two(text) or _JOINED.search(text):
        raise click.UsageError(
            f"'{text}' seems to be more than one person. Write who answers for it; others come later."
        )
    return text


def _is_owner(name: str, owner: str) -> bool:
    """Whether a name is the owner's: in full, or the first name alone."""
    words, known = words_of(name), words_of(owner)
    return name_key(name) in (*ME, "owner") or words in (known, known[:1])


def _with_hours(known: Kind, owner: str, questions: _Questions) -> Kind:
    def read(text: str) -> Mapping[str, Hours]:
        return {each: _hours(hours) for each, hours in _by_role(known, text, "4: 10")}

    hours = questions.ask(
        "About how many hours a week does each take? Begin with those that take most of your week,\n"
        "   such as 4: 10; 6, 7: 2-3",
        read,
        "\n".join(_tree(known, owner)),
    )
    return tailored.with_hours(known, hours)


def _hours(text: str) -> Hours:
    found = read_hours(text, _FULL_WEEK)
    if found is None or found.high > WEEK:
        raise click.UsageError(f"'{text}' are no hours of a week. Write a number such as 5, 7.5 or 2-3.")
    return Hours(min=float(found.low), max=float(found.high))


def _by_role(known: Kind, text: str, example: str) -> Iterator[tuple[str, str]]:
    """Each role that the answer names by its number, with what it says of it."""
    ids = known.role_ids
    for part in filter(None, (each.strip() for each in text.split(";"))):
        numbers, colon, said = (each.strip() for each in part.partition(":"))
        listed = _NUMBERS.fullmatch(numbers)
        if not colon or not said or not listed or listed[1]:
            raise click.UsageError(
                f"'{part}' is not clear. Write the number, a colon and the rest: {example}"
            )
        for number in sorted(_numbers(listed[2], len(ids))):
            yield ids[number - 1], said


def _with_first(known: Kind, owner: str, questions: _Questions) -> Kind:
    ids = known.role_ids
    first = known.first

    def read(text: str) -> str:
        if not text:
            return first.id if first else ""
        if not text.isdecimal() or int(text[:9]) not in range(2, len(ids) + 1):
            raise click.UsageError(f"Write one number from 2 to {len(ids)}.")
        role = ids[int(text) - 1]
        if who := known.holders.get(role):
            raise click.UsageError(f"{who} does this already. Write the number of a role of yours.")
        return role

    if len(ids) == 1:
        return known
    suggested = f"Enter for {first.title}" if first else "Enter to decide later"
    question = f"Which hours would you give away first? Its number, or {suggested}"
    chosen = questions.ask(question, read, "\n".join(_tree(known, owner)))
    known = tailored.with_first(known, chosen) if chosen else known
    click.echo("\n" + "\n".join(_tree(known, owner)))
    return known


def _host(text: str) -> str:
    if text and text.casefold() not in (*HOSTS, "nowhere"):
        raise click.UsageError(f"Write {' or '.join(HOSTS)}, or press Enter.")
    return text.casefold() if text.casefold() in HOSTS else ""


def _tree(known: Kind, owner: str = "") -> Iterator[str]:
    """The chart as text, with a number for each role; with holders and totals if an owner is named."""
    depths = {known.top: 0, **dict.fromkeys(known.roles, 1)}
    first = known.first
    for number, each in enumerate(known.role_ids, 1):
        role = library_role(each)
        title = role.title if role else each
        line = f"{number:>4}  {'   ' * depths.get(each, 2)}{title}"
        if owner:
            line += f": {known.holders.get(each, owner) or 'vacant'}"
        line += f", {hours_text(known.hours(each))}"
        yield line + ("   <- hand over first" if owner and first and first.id == each else "")
    if owner:
        mine = (each for each in known.role_ids if each not in known.holders)
        yield f"      In total {_sum(known, known.role_ids)} a week, {_sum(known, mine)} of them {owner}'s."


def _sum(known: Kind, roles: Iterable[str]) -> str:
    return hours_text(sum((known.hours(each) for each in roles), NO_HOURS))
