"""The rules about links that lead nowhere. `dead_links`, the room, finds them: it knows the site's pages."""

from rolebook.problems import Rule, Severity

DEAD_LINK = Rule(
    "dead-link",
    Severity.WARNING,
    "A link that leads nowhere is useless to readers, and 'mkdocs build --strict' rejects it.",
)
DEAD_ANCHOR = Rule(
    "dead-anchor",
    Severity.ADVICE,
    "A link to a part of a page that is not there leads to the top of the page, where nobody finds it.",
)
DEAD_NAV = Rule(
    "dead-nav",
    Severity.WARNING,
    "An entry of the navigation that leads nowhere is an error on every page.",
)
NOT_IN_NAV = Rule(
    "not-in-nav",
    Severity.WARNING,
    "A page that the navigation does not have is found by searching only, and the option "
    "`validation.nav.omitted_files` asks for a warning.",
)
SAME_ADDRESS = Rule(
    "same-address",
    Severity.WARNING,
    "Of two files with one address one is on the site, and 'mkdocs build --strict' refuses both.",
)
RULES = (DEAD_LINK, DEAD_ANCHOR, DEAD_NAV, NOT_IN_NAV, SAME_ADDRESS)
