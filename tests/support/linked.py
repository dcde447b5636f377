"""A small handbook, links in every form, and pages to write them on."""

from small_handbook import PNG

MKDOCS = """\
site_name: Test
docs_dir: content
theme: {name: mkdocs}
markdown_extensions: [attr_list, footnotes]
plugins:
  - rolebook: {disabled_checks: [no-hours, no-deliverable]}
validation: {links: {anchors: warn}}
"""
BASE: dict[str, str | bytes] = {
    "mkdocs.yml": MKDOCS,
    "content/index.md": "# Home\n\n## Some Part\n",
    "content/deep/page.md": "---\ntitle: Deep\n---\n\n# Page {#own}\n\n<a id='raw'></a>\n",
    "content/deep/own_name.md": "# Name\n",
    "content/pic.png": PNG,
    "roles/boss.md": "---\ntitle: Boss\nowner: ann\n---\n## Done when\n",
    "roles/team/x.md": "---\ntitle: X\nparent: boss\n---\n",
    "roles/team/beside.png": PNG,
    "people/ann.md": "---\nname: Ann\n---\n",
}
LINKS = (
    # To be found as written from content/deep, from roles/team and from people.
    *("{}content/index.md", "{}content/index.md#some-part", "{}content/index.md#other-part"),
    *(
        "{}roles/boss.md",
        "{}roles/boss.md#done-when",
        "{}roles/boss.md#direct-reports",
        "{}roles/boss.md#no",
    ),
    *("{}roles/gone.md", "{}roles/gone.md#x", "{}people/ann.md", "{}people/nobody.md", "{}roles/team/x.md"),
    *("{}content/deep/page.md#own", "{}content/deep/page.md#raw", "{}content/deep/page.md#page"),
    *("{}content/pic.png", "{}content/gone.png", "{}roles/team/beside.png", "{}mkdocs.yml", "{}roles/team"),
    *("{}content/jobs/x.md", "{}content/jobs/boss.md", "{}content/org-chart/index.md", "{}content/tree/x.md"),
    *(
        "#here",
        "#",
        "?a=b",
        "https://example.org/x.md",
        "mailto:a@b.c",
        "/roles/boss/",
        "x.md",
        "%zz.mdhttp://[",
    ),
    *("page.md", "beside.png", "{}roles/boss.md?x#done-when", "{}roles/b%6Fss.md", "{}roles/BOSS.md"),
    *(
        "no page.md",
        "no pic.png 'Title'",
        "{}content/deep/page.md#part one",
        "no\u00a0page.md",
        '{}no.md "open',
    ),
    *("{}content/deep/page.md\u00a0x", "<{}no page.md>", "<{}content/deep/page.md>#own", "`no page.md`"),
    *("no\\_page.md", "{}content/deep/own\\_name.md", "{}no.md\\)x", "no&amp;page.md", "no&#46;md"),
    *("{}content/index.md){{ href=no.md }}", "no(1).md", "no.md#x#y", "", "<>", "{}roles/boss.md #x"),
)
HEADINGS = """

## Über uns
## 关于我们
## Straße & more
## Two  blanks
## Two  blanks
## under_score_
## *Marked* `code`
## Entity &amp; x
## esc\\_aped

Underlined
----------

<a id=unquoted></a> <input name="input"> <a name='called'></a> <p id="a&amp;b">x</p>

<!-- <a id="comment"></a> -->

    <a id="indented"></a>

```
## In fence
<a id="fenced"></a>
```

`<a id="coded"></a>`

<section id="section">
text
</section>

Text. {#text-id}

## Own {#own-id}
"""
"""Whatever gives a part of a page a name, and what only looks so."""
ANCHORS = (
    "über-uns", "uber-uns", "%C3%BCber-uns", "Uber-uns", "关于我们", "_1", "_2", "straße-more", "strae-more",
    "strasse-more", "two-blanks", "two--blanks", "two-blanks_1", "two%20blanks", "under_score_",
    "under_score", "marked-code", "entity-x", "entity-amp-x", "esc_aped", "escaped", "underlined",
    "unquoted", "input", "called", "a&b", "a&amp;b", "comment", "indented", "in-fence", "fenced", "coded",
    "section", "text-id", "own", "own-id",
)  # fmt: skip
FORMS = (
    "[t]({})", "![t]({})", "[t](<{}>)", '[t]({} "title")', "> - [t]({})", "`[t]({})`", "    [t]({})",
    "\n```\n[t]({})\n```\n", "[t][r]\n\n[r]: {}\n", "<!-- [t]({}) -->", '<a href="{}">t</a>', "\\[t]({})",
    "x[^1]\n\n[^1]: See [t]({}).\n", "[two\nlines]({})", "[t](\n{})", "## Here [t]({})", "*[t]({})*",
)  # fmt: skip
PLACES = {"content/deep/page.md": "../../", "roles/team/x.md": "../../", "people/ann.md": "../"}
