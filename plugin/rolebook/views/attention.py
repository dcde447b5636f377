"""Problems and advice for an owner: grouped by what to do about them, in plain words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rolebook.problems import Problem


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """What can be done about some kinds of problems."""

    title: str
    how: str
    """One or two sentences: how it is done, and why."""
    codes: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return "to-" + "-".join(re.findall(r"\w+", self.title.lower()))


GROUPS = (
    IssueGroup(
        "Correct the name",
        "These pages name somebody or something that is written down nowhere. Usually the name is misspelt.",
        frozenset(
            {
                "unknown-person",
                "unknown-role",
                "vacant-by-name",
                "unknown-deliverable",
                "several-roots",
                "second-founder",
            }
        ),
    ),
    IssueGroup(
        "Say who is in the team",
        "People belong to a team, and nobody holds it. Name who leads it or belongs to it; to look for"
        " somebody, write a role below it.",
        frozenset({"empty-team", "status-of-team"}),
    ),
    IssueGroup(
        "Find somebody who keeps the promise",
        "Customers pay for these, and no seat has the task of seeing to them. Name each of them in the seat"
        " that should.",
        frozenset({"unkept-promise", "empty-function"}),
    ),
    IssueGroup(
        "Give hours back",
        "More work than hours is work that does not get done. Look first at the smallest clear seat.",
        frozenset({"over-capacity"}),
    ),
    IssueGroup(
        "Fill the seat, or stop advertising it",
        "A seat that nobody takes for months asks for too much, or pays too little, or is not needed. A"
        " vacancy that is filled or past its last day turns good people away.",
        frozenset({"long-vacancy", "posting-closed", "posting-filled", "come-back"}),
    ),
    IssueGroup(
        "Make it easy to apply",
        "Say how to answer, prepare a small paid task, and add what search engines need to list it.",
        frozenset({"no-way-to-apply", "no-trial-task", "posting-not-listed"}),
    ),
    IssueGroup(
        "Name somebody else",
        "Whoever has left can answer for nothing, and nobody can stand in for themselves.",
        frozenset({"ends-before-it-begins", "former-holder", "own-cover"}),
    ),
    IssueGroup(
        "Say what the seat produces",
        "Write what a customer or a colleague has when the work is done, how much of it and how often.",
        frozenset({"no-deliverable", "vague-deliverable", "no-acceptance"}),
    ),
    IssueGroup(
        "Count the hours, and say what is paid",
        "Write down a normal week. Without hours nobody can say whether a seat fits, or what it costs.",
        frozenset({"no-hours", "hours-of-people", "incomplete-pay", "placeholder"}),
    ),
    IssueGroup(
        "Make seats smaller",
        "One craft to a seat and few hours: then there is somebody who does nothing else, and does it well.",
        frozenset({"full-time-seat", "all-rounder", "several-crafts"}),
    ),
    IssueGroup(
        "Read the page again",
        "These pages were to be looked at by a day that has passed. Correct them, and choose the next day.",
        frozenset({"stale-page"}),
    ),
    IssueGroup(
        "Decide what others may see",
        "These parts of a page are never given to anybody outside. That may be right; it is good to know.",
        frozenset(
            {
                "section-stays-inside",
                "unclear-sections",
                "open-site",
                "name-in-address",
                "name-in-public-text",
            }
        ),
    ),
    IssueGroup(
        "Complete the site",
        "These files or texts, or the history, are not on the site though somebody seems to want them there.",
        frozenset({"not-published", "no-history", "stray-role", "swallowed-text"}),
    ),
)
OTHERS = IssueGroup("Correct what is not understood", "Open the file and look at what is said of it here.")
"""For whatever is in no group."""


def grouped(problems: Iterable[Problem]) -> list[tuple[IssueGroup, list[Problem]]]:
    """The groups in which there is something to do, with their problems in the order of their files."""
    by_code = {code: group for group in GROUPS for code in group.codes}
    found: dict[str, list[Problem]] = {group.title: [] for group in (OTHERS, *GROUPS)}
    for problem in problems:
        found[by_code.get(problem.rule.code, OTHERS).title].append(problem)
    return [(group, found[group.title]) for group in (OTHERS, *GROUPS) if found[group.title]]
