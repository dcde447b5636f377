"""Fills `rolebook.json` from a plan: every part in the shape that `shape` declares, in a fixed order."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from rolebook import organisation as org
from rolebook import problems
from rolebook.analysis.audit import Audit, PersonLoad
from rolebook.analysis.handover import Candidate
from rolebook.analysis.money import Money
from rolebook.analysis.scenario import costs
from rolebook.json_export import shape
from rolebook.organisation import Holding, Organisation
from rolebook.pages.plan import Plan
from rolebook.schema.declarations import Declaration
from rolebook.schema.kinds import ListOf
from rolebook.schema.own_fields import EXPORT, own_values
from rolebook.schema.records import PERSON, Hours

DATA, SCHEMA = "rolebook.json", "rolebook.schema.json"
"""Files of the site."""
_DIGITS = 6
"""After the point of hours."""


def files(plan: Plan) -> Mapping[str, bytes]:
    """The data of `plan` and its schema, by their paths on the site."""
    return {DATA: msgspec.json.encode(dataset(plan)) + b"\n", SCHEMA: json_schema().encode()}


def values(plan: Plan) -> dict[str, Any]:
    """The same data as plain values."""
    plain: dict[str, Any] = msgspec.to_builtins(dataset(plan), str_keys=True)
    return plain


def json_schema() -> str:
    """The JSON Schema of the data, derived from its declaration."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | msgspec.json.schema(shape.Dataset), indent=2) + "\n"


def dataset(plan: Plan) -> shape.Dataset:
    """Everything that an owner may want to work with elsewhere. For her alone: it holds names and pay."""
    organisation, decisions = plan.organisation, plan.decisions
    loads = {each.person.id: each for each in decisions.audit.loads}
    changes = tuple(shape.Change(role=each.role.id, to=each.to, by=each.by) for each in decisions.changes)
    return shape.Dataset(
        schema=SCHEMA,
        name=plan.project.name,
        day=organisation.day,
        totals=_totals(decisions.audit),
        roles=tuple(_role(plan, role) for role in organisation.roles.values()),
        people=tuple(_person(plan, person, loads.get(person.id)) for person in organisation.people.values()),
        deliverables=tuple(
            shape.Deliverable(
                id=promise.deliverable.id,
                name=promise.name,
                promise=promise.deliverable.promise,
                standard=promise.deliverable.standard,
                offer=promise.deliverable.offer,
                roles=tuple(role.id for role in promise.roles),
                own=_own(organisation, promise.deliverable),
            )
            for promise in decisions.model.promises
        ),
        plan=shape.Plan(
            changes=changes,
            after=_totals(decisions.next_audit) if changes else None,
            candidates=tuple(map(_candidate, decisions.candidates)),
        ),
        problems=tuple(map(_problem, plan.problems)),
        offers=tuple(
            shape.Offer(id=offer.id, name=offer.name, own=_own(organisation, offer))
            for offer in organisation.business.offers
        ),
    )


def _own(organisation: Organisation, record: Any) -> dict[str, Any]:
    """What the owner's fields say that are exported; people and roles by their ids."""
    return {name: _plain(organisation, each, value) for name, each, value in own_values(record, EXPORT)}


def _plain(organisation: Organisation, declaration: Declaration, value: Any) -> Any:
    if isinstance(value, tuple):
        kind = declaration.kind.kind if isinstance(declaration.kind, ListOf) else declaration.kind
        return tuple(_plain(organisation, replace(declaration, kind=kind), each) for each in value)
    if declaration.kind == PERSON:
        person = organisation.named(value)
        return person.id if person else value
    return value.isoformat() if isinstance(value, dt.date) else value


def _totals(audit: Audit) -> shape.Totals:
    active = list(audit.organisation.active_roles)
    founder, cost = audit.part(Holding.FOUNDER), costs(audit)
    return shape.Totals(
        roles=len(active),
        teams=len(audit.organisation.teams),
        people=len(audit.loads),
        vacant=audit.part(Holding.VACANT).roles,
        hours=_range(audit.hours),
        founder_roles_percent=founder.roles_percent,
        founder_hours_percent=founder.hours_percent,
        specialists_cost=tuple(map(_cost, cost.sums)),
        specialists_without_cost=cost.unknown,
    )


def _role(plan: Plan, role: org.Role) -> shape.Role:
    fields = role.fields
    organisation = plan.organisation
    parent, function = organisation.parents.get(role.id), organisation.functions.get(role.id)
    return shape.Role(
        id=role.id,
        title=role.title,
        file=role.file.path,
        page=plan.url(plan.roles[role.id].uri),
        holding=role.holding.value,
        parent=parent.id if parent else "",
        also_reports_to=tuple(each.id for each in organisation.also_above.get(role.id, ())),
        function=function.id if function else "",
        owner=role.owner.id if role.owner else "",
        backup=role.backup.id if role.backup else "",
        kind=fields.kind,
        members=tuple(
            shape.Member(
                person=each.person.id,
                leads=each.leads,
                as_=each.as_,
                hours=_some(each.hours) if each.hours else None,
            )
            for each in role.members
        ),
        seats=fields.seats,
        hours=_some(role.hours),
        shares=tuple(
            shape.Share(person=share.person.id, hours=_some(share.hours)) for share in role.shares()
        ),
        produces=tuple(
            shape.Result(
                outcome=each.outcome,
                cadence=each.cadence,
                measure=each.measure,
                acceptance=each.acceptance,
                deliverable=each.for_,
                receiver=each.receiver,
            )
            for each in fields.deliverable
        ),
        fit=fields.outsource.fit if fields.outsource else "",
        review_by=fields.review_by,
        own=_own(organisation, fields),
    )


def _person(plan: Plan, person: org.Person, load: PersonLoad | None) -> shape.Person:
    return shape.Person(
        id=person.id,
        name=person.name,
        page=plan.url(plan.people[person.id].uri) if plan.has(plan.people[person.id]) else "",
        photo=plan.photo("index.md", person),
        roles=load.roles if load else 0,
        teams=load.teams if load else 0,
        hours=_some(load.load) if load else None,
        capacity=person.fields.weekly_capacity,
        founder=person.founder,
        outside=person.outside,
        over=load.over if load else False,
        email=person.fields.email,
        phone=person.fields.phone,
        chat=person.fields.chat,
        calendar=person.fields.calendar,
        pronouns=person.fields.pronouns,
        working_hours=person.fields.working_hours,
        languages=person.fields.languages,
        own=_own(plan.organisation, person.fields),
    )


def _candidate(candidate: Candidate) -> shape.Candidate:
    return shape.Candidate(
        role=candidate.role.id,
        score=candidate.score,
        values={reason.name: reason.value for reason in candidate.reasons},
        missing=tuple(point.name for point in candidate.readiness if not point.done),
        frees=None if candidate.frees is None else _range(candidate.frees),
        cost=_cost(candidate.cost) if candidate.cost else None,
    )


def _problem(problem: problems.Problem) -> shape.Problem:
    return shape.Problem(
        code=problem.rule.code,
        severity=problem.rule.severity.value,
        path=problem.path,
        message=problem.message,
        hint=problem.hint,
        line=problem.line,
    )


def _range(hours: Hours) -> shape.Range:
    return shape.Range(min=round(hours.min, _DIGITS), max=round(hours.max, _DIGITS))


def _some(hours: Hours) -> shape.Range | None:
    return _range(hours) if hours else None


def _cost(money: Money) -> shape.Cost:
    return shape.Cost(min=round(money.min, 2), max=round(money.max, 2), currency=money.currency)
