"""One role as people write it in many ways, in a handbook where somebody is hired, moved and leaves."""

_BODY = """
<!-- kept -->
The *advertising* of the shop.

## Procedure

1. Look at the figures.

## Notes

Ask Ines.
"""

BLOCK = f"""\
---
# The adverts of the shop
title: Adverts   # not 'Ads'
parent: marketing
owner: ines  # since May
performed_by:
  # the early shift
  - person: ines
    weekly_hours: 2
  - person: ada   # Mondays
    weekly_hours: 1
backup: aoife
weekly_hours: 6
# what comes out
deliverable:
  - outcome: Ten enquiries a week
    measure: counted
  - Two adverts a month
status: open
outsource:
    fit: done
    reason: a craft of its own
    # to whom
    to: ines
tools: [{{name: Mail, access: writer}}]
posting:
  opens: 2027-01-04
  # applications
  apply_email: jobs@example.com
x-own: "kept"
---
{_BODY}"""
_TITLE = "---\ntitle: Adverts\nparent: marketing\n"

WAYS: dict[str, str] = {
    "a line each, with comments": BLOCK,
    "line ends of Windows": BLOCK.replace("\n", "\r\n"),
    "a mark at its beginning": f"\ufeff{BLOCK}",
    "in brackets": f"""\
{_TITLE}owner: 'Ines Silva'
performed_by: [{{person: ines, weekly_hours: 2}}, ada]
backup: "Aoife Byrne"
weekly_hours: {{min: 5, max: 6}}
deliverable: [{{outcome: Ten enquiries a week, measure: counted}}, Two adverts a month]
status: 'open'
outsource: {{ fit: done, to: ines, reason: "a craft, of its own" }}
posting: {{apply_email: jobs@example.com}}
---
{_BODY}""",
    "shorthand": f"{_TITLE}owner: ines\nperformed_by: ines\nweekly_hours: 6\n"
    f"deliverable: Ten enquiries a week\noutsource: done\n---\n{_BODY}",
    "one person who does the work, without a list": f"{_TITLE}owner: ines\nweekly_hours: 6\n"
    f"performed_by:\n  person: ines\n  weekly_hours: 2\n---\n{_BODY}",
    "a list that is not indented": f"{_TITLE}owner: ines\nweekly_hours: 6\nperformed_by:\n"
    f"- ada\n- {{person: ines, weekly_hours: 2, since: 2026-05-01}}\n---\n{_BODY}",
    "names without values": f"{_TITLE}owner: ines\nbackup:\nstatus: ~\n"
    f"outsource:\n  fit: done\n  to:\n---\n{_BODY}",
    "in another order": "---\noutsource:\n  to: ines\n  fit: done\nowner: ines\n"
    f"parent: marketing\nweekly_hours: 6\ntitle: Adverts\n---\n{_BODY}",
    "all in braces": "---\n{title: Adverts, parent: marketing, owner: ines, weekly_hours: 6, "
    f"status: open}}\n---\n{_BODY}",
    "no line after the fields": f"{_TITLE}owner: ines\nweekly_hours: 6\n---",
    "a text of several lines beside it": f"{_TITLE}purpose: |\n  Be seen.\n\n  By many.\n"
    "\n# kept\nowner: ines\n---\n",
    "in brackets over several lines": f"{_TITLE}owner: ines\nperformed_by: [\n  ines,\n  ada\n]\n"
    f"outsource: {{\n  fit: done\n}}\nweekly_hours: {{\n  min: 5, max: 6}}\n---\n{_BODY}",
    "a name over several lines": '---\ntitle: Adverts\nparent: >-\n  marketing\nowner: "Ines\n  Silva"\n'
    f"weekly_hours: >-\n  6\nstatus: >-\n  open\n---\n{_BODY}",
    "anchors": f"{_TITLE}owner: &who ines\nweekly_hours: 6\n---\n{_BODY}",
}
"""The text of `roles/adverts.md`, by how it is written."""

FILES = {
    "roles/boss.md": "---\ntitle: Boss\nowner: ada\nweekly_hours: 5\ndeliverable: The shop is open\n---\n",
    "roles/marketing.md": "---\ntitle: Marketing\nparent: boss\nowner: ada\nbackup: ines # for now\n---\n",
    "roles/sales.md": "---\ntitle: Sales\nparent: boss\nowner: aoife\n"
    "tools: [{name: Till, admin: ines}]\n---\n",
    "roles/council.md": "---\ntitle: Council\nkind: team\nparent: boss\nlead: [ada, ines]\n"
    "members:\n  - ines\n  - person: aoife\n---\n",
    "people/ada.md": "---\nname: Ada King\nfounder: yes\n---\n",
    "people/aoife.md": "---\nname: Aoife Byrne\nengagement: contractor # by the hour\n---\n",
    "people/ines.md": "---\nname: Ines Silva\nengagement: contractor\n---\n\nA note.\n",
}

COMMANDS: dict[str, list[str]] = {
    "assign": ["assign", "Adverts", "Aoife Byrne", "--hours", "7.5"],
    "assign to the founder": ["assign", "adverts", "ada"],
    "assign later": ["assign", "adverts", "aoife", "--from", "2027-02-01"],
    "vacate": ["vacate", "adverts"],
    "vacate later": ["vacate", "adverts", "--on", "2027-02-28"],
    "leave": ["leave", "ines", "--on", "2027-01-15"],
    "leave later": ["leave", "Ines Silva", "--on", "2027-02-28"],
    "move": ["move", "adverts", "sales"],
    "retire": ["retire", "adverts"],
    "split": [
        "split",
        "adverts",
        "Leaflets",
        "--hours",
        "1.5",
        "--deliverable",
        "1",
        "--section",
        "procedure",
    ],
    "hire": [
        *("hire", "Noor  Vos: 'x'", "--id", "noor", "--engagement", "employee", "--capacity", "12.5"),
        *("--email", "noor@example.com", "--timezone", "Europe/Dublin", "--from", "2027-03-01"),
    ],
}
"""What is typed, by what it is for."""
