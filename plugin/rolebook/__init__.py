"""Rolebook: plain role files in git become an organisation's handbook.

The words of the field, one for each thing, in code, pages and messages:

role: a unit of the chart, in a file of its own. Its seats are how many people do the same.
holder: the one person who answers for a role, named in the field `owner`.
vacancy: a role without a holder; an open role is one that is being advertised.
function: a branch of the chart right below the top, such as marketing.
capacity: the hours a week that somebody has. Their workload is what their roles take.
cover: who steps in when the holder is away, named in the field `backup`.
deliverable: what a role produces. A promise is what customers were promised.
hand over: give a role to somebody else. A role that has gone to a specialist is outsourced.
pack, job post, statement of work: the documents that leave the company.
audience: who may see something: the public, contractors, or colleagues (internal).

`ARCHITECTURE.md` in the repository explains the rooms of this package.
"""
