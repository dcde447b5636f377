"""Fields that a handbook's owner declares, beside the built-in ones and by the same declaration.

They join the built-in fields of a record in a class of its own, derived from it. Whatever reads declarations
reads theirs too: files, audiences, schemas, forms, changes.
"""

import keyword
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, make_dataclass, replace
from functools import cache
from typing import Any, TypeVar

import yaml
from yaml.representer import SafeRepresenter

from rolebook.language import N_, gettext, ngettext
from rolebook.problems import Rule, Severity
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import (
    MISSING_FIELD,
    Declaration,
    Group,
    declarations,
    declared,
    former_names,
    shown_name,
)
from rolebook.schema.kinds import (
    EMAIL,
    PHONE,
    WEB_ADDRESS,
    WRONG_VALUE,
    Choice,
    Day,
    Kind,
    ListOf,
    Number,
    Reference,
    Report,
    Text,
    YesNo,
    in_words,
    is_empty,
    plain_text,
)
from rolebook.schema.records import (
    PAGE_FIELDS,
    PERSON,
    ROLE,
    BusinessDeliverable,
    BusinessModelFields,
    Offer,
    PersonFields,
    RoleFields,
)
from rolebook.schema.standards import CURRENCY

NO_AUDIENCE = Rule(
    "audience-without-effect",
    Severity.WARNING,
    "Nothing about people and offers leaves the company, so a wider audience promises what does not happen.",
)
RULES = (NO_AUDIENCE,)

FACTS, CARD, TABLE, EXPORT, SEARCH = PLACES = ("facts", "card", "table", "export", "search")
"""Where a field can be shown."""
_INTERNAL = Audience.INTERNAL
_CHOICE = "choice"
_KINDS: Mapping[str, Kind[Any]] = {
    "text": Text(),
    "long text": Text(is_long=True),
    "number": Number(N_("a number in digits, such as 12 or 7.5"), low=-(10**12)),
    "amount": Number(N_("an amount in digits, such as 45 or 1200.50"), is_amount=True),
    "date": Day(),
    "yes/no": YesNo(),
    _CHOICE: Text(),
    "web address": WEB_ADDRESS,
    "e-mail": EMAIL,
    "telephone": PHONE,
    "role": Reference(ROLE.asks_for, to="role", of_a_list=N_("one role, or add 'list: yes' to the field")),
    "person": Reference(
        PERSON.asks_for, to="person", of_a_list=N_("one person, or add 'list: yes' to the field")
    ),
}
"""What a type is, but for the words of a choice."""
_TYPES = Choice(
    tuple(_KINDS),
    (
        *dict.fromkeys(
            ("list", "array"), N_("Write the type of an entry, such as text, and 'list: yes'")
        ).items(),
    ),
    meant=(
        *dict.fromkeys(("string", "str", "word", "words", "line"), "text").items(),
        *dict.fromkeys(("textarea", "paragraph", "long", "multiline", "markdown"), "long text").items(),
        *dict.fromkeys(("integer", "int", "float", "decimal", "hours"), "number").items(),
        *dict.fromkeys(("money", "currency", "price"), "amount").items(),
        *dict.fromkeys(("day", "datetime", "time"), "date").items(),
        *dict.fromkeys(("boolean", "bool", "checkbox", "yesno", "yes", "no"), "yes/no").items(),
        *dict.fromkeys(("select", "enum", "option", "options", "dropdown"), "choice").items(),
        *dict.fromkeys(("url", "link", "uri", "website", "web"), "web address").items(),
        *dict.fromkeys(("phone", "tel", "mobile"), "telephone").items(),
        *dict.fromkeys(("email", "mail", "email address"), "e-mail").items(),
        *dict.fromkeys(("user", "people", "employee"), "person").items(),
    ),
)
_AUDIENCES = Choice(
    tuple(each.name.lower() for each in Audience),
    meant=(("private", "internal"), ("everybody", "public"), ("colleagues", "internal")),
)
_RESERVED = PAGE_FIELDS | frozenset(("id", "body", "layout", "other_fields", "fte", "as", "file", "path"))
"""Names that pages, tables and other generators use for something else."""
_LONGEST_NAME = 40
MAX_OWN = 40
"""Fields of one kind of thing: each is a row of every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """A field of your own. What it stands under is its name in files, such as `risk_class`."""

    type: str = declared(_TYPES, _INTERNAL, "what it holds; every field says it", default="")
    label: str = declared(Text(), _INTERNAL, "what pages and forms call it", default="")
    meaning: str = declared(Text(), _INTERNAL, "what it says, for whoever fills it in", default="")
    choices: tuple[str, ...] = declared(
        ListOf(Text(N_("a word to choose"))), _INTERNAL, "the words of a choice", default=()
    )
    currency: str = declared(CURRENCY, _INTERNAL, "the currency of an amount", default="")
    list_: bool = declared(YesNo(), _INTERNAL, "whether it can have several values", default=False)
    audience: str = declared(_AUDIENCES, _INTERNAL, "who may see it", default="internal")
    show: tuple[str, ...] = declared(
        ListOf(Choice(PLACES)),
        _INTERNAL,
        "where it is shown: among the facts of its page and of documents, on cards of charts, in the table "
        "of roles or people, in exports, in search",
        default=(FACTS, EXPORT, SEARCH),
    )


Named = tuple[str, OwnField]
"""A field of your own after its name."""


def _declaration(name: str, own: OwnField) -> Declaration:
    """Declare a field as built-in ones are."""
    kind: Kind[Any] = Choice(own.choices) if own.type == _CHOICE else _KINDS[own.type]
    label = own.label or name.replace("_", " ").capitalize()
    return Declaration(
        ListOf(kind) if own.list_ else kind,
        Audience[own.audience.upper()],
        own.meaning or label,
        label=label,
        one=label,
        own=True,
        shown_in=own.show,
        currency=own.currency,
    )


@dataclass(frozen=True, slots=True)
class ByName:
    """The fields of your own that one kind of thing has, each under its name."""

    record: type
    """What declares the built-in fields of such a thing."""
    is_internal: bool = False
    """Whether nothing of such a thing leaves the company."""
    group: Group[OwnField] = field(default=Group(OwnField, "type"), compare=False)

    @property
    def expects(self) -> str:
        return gettext("the name of each field, and below it what it is")

    def parse(self, node: yaml.Node, name: str, report: Report) -> tuple[Named, ...]:
        if not isinstance(node, yaml.MappingNode):
            expects = gettext("the name of each field, and below it what it is: 'risk: text'")
            report.wrong_value(node, name, expects)
            return ()
        found: dict[str, OwnField] = {}
        if len(node.value) > MAX_OWN:
            number = len(node.value)
            message = ngettext(
                "%(name)s has %(number)s field", "%(name)s has %(number)s fields", number, name=name
            )
            report.add(WRONG_VALUE, node, message, gettext("Write at most %(most)s", most=MAX_OWN))
            return ()
        for key, value in node.value:
            own_name = plain_text(key) or in_words(key)
            if wrong := self._wrong_name(own_name, found):
                report.add(WRONG_VALUE, key, f"{name}: {wrong[0]}", wrong[1])
                continue
            outer = report.enter(own_name, key)
            own = self._own(value, f"{name}.{own_name}", report)
            report.place = outer
            if own and not self._is_label_taken(own_name, own, found, value, report):
                found[own_name] = own
        return tuple(found.items())

    def _wrong_name(self, name: str, known: Mapping[str, OwnField]) -> tuple[str, str] | None:
        """What is wrong with the name of a field, and what to write."""
        built_in = {shown_name(each) for each in declarations(self.record)} | former_names(self.record).keys()
        if name in known:
            return gettext("'%(name)s' appears twice", name=name), gettext("Keep one of the two")
        if name in built_in:
            return gettext("'%(name)s' is a built-in field", name=name), _another_name(name)
        if name in _RESERVED:
            return gettext("'%(name)s' has a meaning of its own", name=name), _another_name(name)
        plain = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", name).casefold()).strip("_")
        if name != plain or not plain.isidentifier() or len(name) > _LONGEST_NAME:
            hint = gettext("Write one, in small letters, digits and _; what pages call it is its 'label'")
            if plain.isidentifier() and len(plain) <= _LONGEST_NAME:
                hint = gettext(
                    "Write %(name)s, in small letters, digits and _; what pages call it is its 'label'",
                    name=plain,
                )
            return gettext("'%(name)s' cannot be the name of a field", name=name[:80]), hint
        return None

    def _own(self, node: yaml.Node, name: str, report: Report) -> OwnField | None:
        if is_empty(node):
            expects = gettext("what it holds, such as '%(field)s: text'", field=name.rpartition(".")[2])
            report.wrong_value(node, name, expects)
            return None
        before = len(report.problems)
        own = self.group.parse(node, name, report)
        if own is None or len(report.problems) > before:
            return None  # Whatever is said of a field in part would be shown to somebody else.
        if not own.type:
            report.add(
                MISSING_FIELD,
                node,
                gettext("%(name)s has no type", name=name),
                gettext("Add 'type: …' to it, such as 'type: text'"),
            )
            return None
        if hint := _not_together(own):
            report.add(
                WRONG_VALUE, node, gettext("the fields of %(name)s do not go together", name=name), hint
            )
            return None
        if word := next((each for each in _plain_words(node) if not _is_read_as_written(each)), ""):
            message = gettext("'%(word)s' in %(name)s is no text to YAML", word=word, name=name)
            report.add(WRONG_VALUE, node, message, gettext("Put it in quotes: %(word)s", word=f'"{word}"'))
            return None
        return self._kept_inside(own, node, name, report)

    def _kept_inside(self, own: OwnField, node: yaml.Node, name: str, report: Report) -> OwnField:
        """The field, with the audience that it can have."""
        if own.audience == "internal" or not (self.is_internal or own.type == "person"):
            return own
        if self.is_internal:
            message = gettext(
                "%(name)s is for a %(audience)s audience, and this never leaves the company",
                name=name,
                audience=own.audience,
            )
        else:
            message = gettext(
                "%(name)s is for a %(audience)s audience, and people's names never leave the company",
                name=name,
                audience=own.audience,
            )
        report.add(NO_AUDIENCE, node, message, gettext("Remove 'audience': only colleagues see it"))
        return replace(own, audience="internal")

    def _is_label_taken(
        self, name: str, own: OwnField, known: Mapping[str, OwnField], node: yaml.Node, report: Report
    ) -> bool:
        """Report a label by which nobody can tell two fields apart: a table finds its columns by it."""
        label = own.label or name
        built_in = declarations(self.record).items()
        others = {_key(each.label or shown_name(other)): shown_name(other) for other, each in built_in}
        others |= {_key(shown_name(other)): shown_name(other) for other, _ in built_in}
        for other, each in known.items():
            others |= {_key(each.label or other): other, _key(other): other}
        taken = others.get(_key(label)) or others.get(_key(name))
        if taken:
            message = gettext(
                "'%(label)s' is also what the field '%(taken)s' is called", label=label, taken=taken
            )
            report.add(WRONG_VALUE, node, message, gettext("Give one of the two another label"))
        return bool(taken)


def _another_name(name: str) -> str:
    return gettext("Give it another name, such as our_%(name)s", name=name)


def _key(label: str) -> str:
    return " ".join(re.split(r"[\W_]+", label.casefold())).strip()


def _not_together(own: OwnField) -> str:
    """What to write instead of fields that do not go together; empty where they do."""
    if own.type == _CHOICE and not own.choices:
        return gettext("Add the words: 'choices: [low, high]'")
    if own.choices and own.type != _CHOICE:
        return gettext("Write 'type: choice', or remove 'choices'")
    if own.currency and own.type != "amount":
        return gettext("Write 'type: amount', or remove 'currency'")
    if len({each.casefold() for each in own.choices}) < len(own.choices):
        return gettext("Write each of the choices once")
    if any("," in each for each in own.choices):
        return gettext("Write choices without commas")
    return ""


def _plain_words(node: yaml.Node) -> Iterator[str]:
    """The words without quotes that are texts: the label, the meaning, the choices."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if str(key.value) in ("label", "meaning", "choices"):
            for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if isinstance(each, yaml.ScalarNode) and not each.style and each.start_mark:
                    yield str(each.value)


def _is_read_as_written(word: str) -> bool:
    """Whether MkDocs, which reads YAML by its types, has the same word: `yes` is none, and 012 is 10."""
    try:
        read = yaml.safe_load(word)
    except (yaml.YAMLError, ValueError):
        return True
    return isinstance(read, str) or str(SafeRepresenter().represent_data(read).value) == word


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFields:
    """Fields of your own, by what has them."""

    roles: tuple[Named, ...] = declared(ByName(RoleFields), _INTERNAL, "of roles and teams", default=())
    people: tuple[Named, ...] = declared(
        ByName(PersonFields, is_internal=True), _INTERNAL, "of people", default=()
    )
    offers: tuple[Named, ...] = declared(
        ByName(Offer, is_internal=True), _INTERNAL, "of offers of the business model", default=()
    )
    promises: tuple[Named, ...] = declared(
        ByName(BusinessDeliverable, is_internal=True),
        _INTERNAL,
        "of promises, the deliverables of the business model",
        default=(),
    )


@dataclass(frozen=True, slots=True)
class Records:
    """What declares the fields of each kind of file in a handbook."""

    role: type[RoleFields] = RoleFields
    person: type[PersonFields] = PersonFields
    business: type[BusinessModelFields] = BusinessModelFields


BUILT_IN = Records()
"""Those of a handbook without fields of its own."""

Record = TypeVar("Record")


@cache
def records_with(own: OwnFields) -> Records:
    """The records of a handbook whose owner has declared `own` fields."""
    model = declarations(BusinessModelFields)
    offers = replace(model["offers"], kind=ListOf(Group(_with(Offer, own.offers))))
    promises = replace(model["deliverables"], kind=ListOf(Group(_with(BusinessDeliverable, own.promises))))
    changed = {"offers": offers} if own.offers else {}
    changed |= {"deliverables": promises} if own.promises else {}
    return Records(
        _with(RoleFields, own.roles), _with(PersonFields, own.people), _derived(BusinessModelFields, changed)
    )


def _with(record: type[Record], own: tuple[Named, ...]) -> type[Record]:
    return _derived(record, {_attribute(name): _declaration(name, each) for name, each in own})


def _attribute(name: str) -> str:
    """What a record calls a field: `class` is a reserved word in Python."""
    return f"{name}_" if keyword.iskeyword(name) else name


def _derived(record: type[Record], added: Mapping[str, Declaration]) -> type[Record]:
    """A class with the fields of `record` and those that are `added`; the same where there are none."""
    if not added:
        return record
    new = [
        (name, Any, field(default=_default(each.kind), metadata={"declaration": each}))
        for name, each in added.items()
    ]
    namespace = {"__doc__": record.__doc__, "__module__": record.__module__}
    return make_dataclass(
        record.__name__, new, bases=(record,), namespace=namespace, frozen=True, slots=True, kw_only=True
    )


def _default(kind: Kind[Any]) -> Any:
    if isinstance(kind, ListOf):
        return ()
    return "" if isinstance(kind, Text) else None


def own_values(record: Any, place: str = "") -> Iterator[tuple[str, Declaration, Any]]:
    """The own fields of `record` that hold something, and are shown in `place` where one is given.

    Each is the name in the file, the declaration and the value.
    """
    for name, each in own_declarations(type(record)).items():
        value = getattr(record, name)
        if value not in (None, "", ()) and (not place or place in each.shown_in):
            yield shown_name(name), each, value


def own_declarations(record: type) -> Mapping[str, Declaration]:
    """The fields of a record class that the owner has declared."""
    return _own_declarations(record)


@cache
def _own_declarations(record: type) -> Mapping[str, Declaration]:
    return {name: each for name, each in declarations(record).items() if each.own}
