"""What the small handbook lacks: teams, automations, several currencies, people over capacity, pay, retired
branches, planned people, many roles of one person; for texts of pages that are compared as a whole.
"""

from small_handbook import page

OPTIONS = {
    "owner_hour_value": {"amount": 80, "currency": "EUR"},
    "hand_over_weights": {"plan": 5, "independence": 0},
    "sections": {"public": ["House rules"]},
    "post_limit": 900,
    "static_charts": ["role", "person", "people", "department", "overview", "business-model"],
    "allow_multiple_roots": True,
}

FILES = {
    "roles/board.md": page(
        """
        title: Board
        kind: team
        lead: [ada, Ruth Roe]
        members:
          - {person: ben, as: treasurer, weekly_hours: 2, since: 2026-01-01}
          - {person: Dana Dietz, as: secretary, weekly_hours: {min: 1, max: 3}, until: 2026-11-01}
          - {person: Sam Soon, since: 2027-03-01}
        purpose: Decides what the mill spends.
        tags: [money]
        """,
        "## Responsibilities\n\nMeets on Mondays.",
    ),
    "roles/crew.md": page("title: Night crew\nkind: team\nparent: shop\nmembers: [emil]\nstatus: planned"),
    "roles/web/web.md": page(
        """
        title: Web
        parent: owner
        owner: gus
        performed_by:
          - {person: robot, weekly_hours: {min: 2, max: 3}}
          - {person: ben, weekly_hours: 1, until: 2026-06-30}
        weekly_hours: {min: 10, max: 14}
        engagement: employee
        deliverable:
          - {outcome: The shop loads in a second, measure: a probe, for: found, receiver: counter}
          - {outcome: Orders arrive, for: fresh, acceptance: [Every day, Without a call]}
        skills: {must: [HTML, SQL], languages: [German]}
        tools: [{name: Host, access: admin, admin: ada}, {name: Shop, access: read}]
        reporting: {to: owner, cadence: weekly, channel: chat, format: three lines}
        outsource: {fit: maybe, reason: Nobody here is fond of it}
        review_by: 2026-02-01
        """,
        """
        ## House rules

        Nothing on Fridays.

        ## Procedure

        1. Read the log.

        ## Passwords

        In the safe.
        """,
    ),
    "roles/web/images.md": page(
        """
        title: Images
        parent: web
        owner: agency
        backup: gus
        weekly_hours: 12
        rate: {amount: 1950.5, currency: USD, per: month}
        deliverable: Ten pictures a week
        outsource: {fit: done, to: agency}
        """,
        "## Procedure\n\nBy daylight.",
    ),
    "roles/web/texts.md": page(
        """
        title: Texts
        parent: web
        status: open
        performed_by: [{person: gus}]
        weekly_hours: 3
        rate: {min: 400, max: 700, currency: EUR, per: fixed, show: true}
        location: {place: Dublin, timezone_overlap: mornings}
        deliverable: [{outcome: A page a day, cadence: daily, for: taught}]
        trial_task: {brief: Write a label, paid: false, pass: It fits}
        posting: {closes: 2026-12-24, apply_url: "https://example.com/apply"}
        purpose: Pages that sell.
        """,
        "## Responsibilities\n\n- Write.\n\n## Done when\n\n- Read aloud once.",
    ),
    "roles/web/old/archive.md": page(
        "title: Archive\nparent: web\nstatus: retired\nowner: ada\nweekly_hours: 5\naliases: [old/box]"
    ),
    "roles/web/old/shelf.md": page("title: Shelf\nparent: archive\nowner: gus\nweekly_hours: 1"),
    "roles/web/next.md": page(
        "title: Films\nparent: web\nstatus: planned\nweekly_hours: {min: 3, max: 5}\n"
        "outsource: {fit: next, by: 2027-02-01, to: agency}\nrate: {amount: 45, currency: EUR, per: hour}"
    ),
    "roles/web/mail.md": page(
        "title: Mail\nparent: web\nowner: robot\nweekly_hours: 0.5\nseats: 2\nbackup: gus\n"
        "deliverable: [{outcome: An answer in an hour, measure: the clock, for: fresh}]\n"
        "outsource: {fit: next, by: 2026-12-31}",
        "## Procedure\n\n- [x] Filters\n- [ ] Words",
    ),
    "people/gus.md": page(
        "name: Gus Grün\nweekly_capacity: 8\nemail: gus@example.com\ntimezone: Europe/Dublin\n"
        "starts: 2026-11-20\nends: 2027-01-31",
        "## Likes\n\nTea.",
    ),
    "people/robot.md": page(
        "name: The robot\nkind: automation\nrate: {amount: 19.9, currency: EUR, per: month}"
    ),
    "people/agency.md": page(
        "name: Bright Agency\nkind: agency\nrate: {amount: 60, currency: USD, per: hour}"
    ),
    "people/sam.md": page("name: Sam Soon\nstarts: 2027-03-01\nweekly_capacity: 20\nengagement: contractor"),
    "people/tom.md": page("name: Tom Tall\nweekly_capacity: 10"),
}
