"""Groups problems and advice for an owner by what to do about them, in plain words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rolebook.language import N_, gettext
from rolebook.problems import Problem


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """What can be done about some kinds of problems."""

    name: str
    about: str
    codes: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return gettext(self.name)

    @property
    def how(self) -> str:
        """One or two sentences: how it is done, and why."""
        return gettext(self.about)

    @property
    def anchor(self) -> str:
        """Its anchor on the page, in any language."""
        return "to-" + "-".join(re.findall(r"\w+", self.name.lower()))


GROUPS = (
    IssueGroup(
        N_("Correct the name"),
        N_(
            "These pages name a person or a thing that is not in the handbook, or is in it twice:"
            " often a typo."
        ),
        frozenset(
            {
                "unknown-person",
                "unknown-role",
                "same-name",
                "unknown-block",
                "repeated-reporting-line",
                "vacant-by-name",
                "unknown-deliverable",
                "unknown-offer",
                "several-roots",
                "parent-retired",
                "second-founder",
                "unknown-founder",
            }
        ),
    ),
    IssueGroup(
        N_("Name the members of the team"),
        N_(
            "A team has members rather than a holder. Name who leads it or belongs to it; to advertise,"
            " add a role below it."
        ),
        frozenset({"empty-team", "status-of-team"}),
    ),
    IssueGroup(
        N_("Assign promises to roles"),
        N_(
            "Customers pay for these, but no role is responsible for them. Link each one to a deliverable"
            " of the role that should be."
        ),
        frozenset({"unkept-promise", "empty-function"}),
    ),
    IssueGroup(
        N_("Reduce overload"),
        N_("Work beyond capacity does not get done. The hand-over plan shows which role to begin with."),
        frozenset({"over-capacity"}),
    ),
    IssueGroup(
        N_("Fill the role, or stop advertising it"),
        N_(
            "A role that stays vacant for months asks too much, pays too little, or is not needed."
            " An outdated job post turns good people away."
        ),
        frozenset({"long-vacancy", "posting-closed", "posting-filled", "come-back", "late-hand-over"}),
    ),
    IssueGroup(
        N_("Make it easy to apply"),
        N_("Say how to apply, prepare a small paid task, and add what search engines need to list the post."),
        frozenset({"no-posting", "no-way-to-apply", "no-trial-task", "posting-not-listed"}),
    ),
    IssueGroup(
        N_("Name another person"),
        N_("Somebody who has left cannot hold a role, and nobody can be their own cover."),
        frozenset({"ends-before-it-begins", "former-holder", "own-cover"}),
    ),
    IssueGroup(
        N_("Define the deliverable"),
        N_("Write what a customer or colleague has when the work is done, how much of it and how often."),
        frozenset({"no-deliverable", "vague-deliverable", "no-acceptance"}),
    ),
    IssueGroup(
        N_("Add hours and pay"),
        N_("Write down a normal week. Without hours, neither workload nor cost can be calculated."),
        frozenset({"no-hours", "hours-of-people", "incomplete-pay"}),
    ),
    IssueGroup(
        N_("Replace the examples"),
        N_("Hours and results of 'rolebook init' or the library count as if somebody had written them."),
        frozenset({"placeholder", "no-business-name"}),
    ),
    IssueGroup(
        N_("Split large roles"),
        N_("A role with one craft and few hours can go to somebody who does nothing else, and does it well."),
        frozenset({"full-time-seat", "several-crafts"}),
    ),
    IssueGroup(
        N_("Find a specialist"),
        N_("Few people excel at several crafts; a specialist for each does it better, in fewer hours."),
        frozenset({"all-rounder"}),
    ),
    IssueGroup(
        N_("Review pages that are due"),
        N_("The review date of these pages has passed. Update them and set the next date."),
        frozenset({"stale-page"}),
    ),
    IssueGroup(
        N_("Review what is shared"),
        N_("Check that these pages show outsiders what they should, and nothing more."),
        frozenset(
            {
                "section-stays-inside",
                "secret-in-access",
                "section-in-two-lists",
                "unknown-section",
                "audience-without-effect",
                "heading-level",
                "unclear-sections",
                "hidden-text",
                "open-site",
                "name-in-address",
                "name-in-public-text",
                "first-or-last-name",
            }
        ),
    ),
    IssueGroup(
        N_("Add what is missing from the site"),
        N_("These files, texts or the history are not on the site, although they seem to be meant for it."),
        frozenset(
            {
                "not-published",
                "no-photo",
                "quotes-in-text",
                "no-history",
                "stray-role",
                "unread-file",
                "swallowed-text",
                "missing-path",
                "unknown-word",
                "no-catalogue",
            }
        ),
    ),
)
OTHERS = IssueGroup(N_("Fix errors in files"), N_("Open the file and correct what is described here."))
"""For whatever is in no group."""


def grouped(problems: Iterable[Problem]) -> list[tuple[IssueGroup, list[Problem]]]:
    """Group problems by what to do, in the order of their files; empty groups are left out."""
    by_code = {code: group for group in GROUPS for code in group.codes}
    found: dict[str, list[Problem]] = {group.name: [] for group in (OTHERS, *GROUPS)}
    for problem in problems:
        found[by_code.get(problem.rule.code, OTHERS).name].append(problem)
    return [(group, found[group.name]) for group in (OTHERS, *GROUPS) if found[group.name]]
