"""The figures an owner decides from: promises and their roles, workload, what to hand over next."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rolebook.analysis.absence import Absence, absences
from rolebook.analysis.audit import Audit, audit
from rolebook.analysis.handover import Candidate, rank
from rolebook.analysis.leaving import Leaving, leavings
from rolebook.analysis.promises import Model, business_model
from rolebook.analysis.relief import Relief, relief
from rolebook.analysis.scenario import Change, changes, planned
from rolebook.options import Options
from rolebook.organisation import Organisation


@dataclass(frozen=True)
class Analysis:
    """The figures of one organisation, each worked out when it is first asked for."""

    organisation: Organisation
    options: Options

    @cached_property
    def model(self) -> Model:
        return business_model(self.organisation)

    @cached_property
    def audit(self) -> Audit:
        return audit(self.organisation)

    @cached_property
    def absences(self) -> Mapping[str, Absence]:
        """What stops while each person is away, by person id; the most serious first."""
        return absences(self.organisation, self.model.promises)

    @cached_property
    def leavings(self) -> Mapping[str, Leaving]:
        """What each person leaves behind, by person id."""
        return leavings(self.organisation)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The roles that could be handed over, the best one first."""
        return rank(self.organisation, self.options.hand_over_weights)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """At which place, from 0, each candidate stands, by role id."""
        return {each.role.id: place for place, each in enumerate(self.candidates)}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What the plan changes, in the order of its dates."""
        return changes(self.organisation)

    @cached_property
    def next(self) -> Organisation:
        """The organisation after the plan."""
        return planned(self.organisation)

    @cached_property
    def next_audit(self) -> Audit:
        return audit(self.next)

    @cached_property
    def relief(self) -> Relief | None:
        """What handing over does for the person who is to be relieved; None if there is nobody."""
        return relief(self.organisation, self.next, self.candidates)
