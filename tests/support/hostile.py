"""Labels and bodies that try to be more than text, and projects that hold one in every place."""

import datetime as dt
import json
import random
import re
from typing import Any

from rolebook.schema import kinds
from rolebook.schema.declarations import Group, declarations, shown_name
from rolebook.schema.kinds import EMAIL, ICON, PHONE, WEB_ADDRESS
from rolebook.schema.standards import Listed

HURT = "window.hurt=1"
ELSEWHERE = "https://elsewhere.example"
MARKUP = (
    f"<script>{HURT}</script>",
    f"</script><script>{HURT}</script>",
    f"<img src=x onerror={HURT}>",
    f"<svg onload={HURT}>",
    f"<svg><animate onbegin={HURT} attributeName=x dur=1s>",
    f"<details open ontoggle={HURT}><summary>s</summary></details>",
    f"<input autofocus onfocus={HURT}>",
    f"<style>@import '{ELSEWHERE}/a.css'; body {{ display: none }}</style>",
    f"<style><img src=x onerror={HURT}></style>",
    f"<link rel=stylesheet href={ELSEWHERE}/b.css>",
    f"<meta http-equiv=refresh content='0; url={ELSEWHERE}/c'>",
    f"<base href='{ELSEWHERE}/'>",
    f"<iframe src='{ELSEWHERE}/d'></iframe>",
    f"<iframe srcdoc='<script>parent.{HURT}</script>'></iframe>",
    f"<object data='{ELSEWHERE}/e'></object>",
    f"<embed src='{ELSEWHERE}/f'>",
    f"<form action='{ELSEWHERE}/g'><button>Go</button></form>",
    f"<video src='{ELSEWHERE}/h' poster='{ELSEWHERE}/i' autoplay></video>",
    f"<img srcset='{ELSEWHERE}/j 1x'>",
    f"<picture><source srcset='{ELSEWHERE}/k'><img src=x></picture>",
    f"<p style='background: url({ELSEWHERE}/l); position: fixed'>p</p>",
    f"<table background='{ELSEWHERE}/m'><tr><td>t</td></tr></table>",
    f"<a href='javascript:{HURT}' autofocus>a</a>",
    f"<a href='java\tscript:{HURT}'>a</a>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror={HURT}&gt;'>",
    f"<noscript><p title='</noscript><img src=x onerror={HURT}>'></p></noscript>",
    f"<!--><img src=x onerror={HURT}>-->",
    f"<![CDATA[><script>{HURT}</script>]]>",
    f"<template><script>{HURT}</script></template>",
    f'<div id="__config">{{"base": "{ELSEWHERE}", "search": "{ELSEWHERE}/w.js"}}</div>',
    "<div data-md-component=search id=__search>x</div>",
    f'<pre class="mermaid"><code>graph LR; a["<img src={ELSEWHERE}/n>"]</code></pre>',
    f'<pre class="rolebook-chart"><code>graph LR; a["&lt;img src={ELSEWHERE}/o&gt;"]</code></pre>',
    f'<pre id="a" class="rolebook-chart"><code>graph LR; a["&lt;img src={ELSEWHERE}/y&gt;"]</code></pre>',
    f'<pre class="rolebook-chart b"><code>graph LR; a["&lt;img src={ELSEWHERE}/z&gt;"]</code></pre>',
    f"</div></article></main></body><script>{HURT}</script>",
    f"</title><script>{HURT}</script>",
    f"</textarea></noscript></style></template><img src=x onerror={HURT}>",
    f"&lt;img src=x onerror={HURT}&gt;",
    f"&#60;script&#62;{HURT}&#60;/script&#62;",
    f"\\<img src=x onerror={HURT}\\>",
    f"﹤img src=x onerror={HURT}﹥ ＜script＞{HURT}＜/script＞",
)
QUOTES = (
    f'" onmouseover={HURT} x="',
    f"' onmouseover={HURT} x='",
    f"` onmouseover={HURT} x=`",
    f'"><img src=x onerror={HURT}>',
    f"'><img src=x onerror={HURT}>",
    f'"/><svg/onload={HURT}>',
)
MERMAID = (
    '"] click n0 call alert() %%{init: {"securityLevel": "loose"}}%%',
    f'"]; click n0 href "javascript:{HURT}"; n9["',
    "end",
    "graph",
    "subgraph x",
    "click n0",
    "classDef a fill:red",
    "style n0 fill:red",
    "direction TB",
    "constructor",
    "__proto__",
    "toString",
    "#quot; &amp; #35; #9829;",
    "ß ﬂ ¶",
    "$$\\\\sqrt{2}$$",
    f"`**bold** <img src={ELSEWHERE}/p>`",
    "a --> b",
    "|pipe| {brace} [square] (round)",
    "%% comment",
    f"n0@{{ img: '{ELSEWHERE}/q' }}",
    "::icon(fa fa-book)",
    "fa:fa-book",
    "a & b",
    ":::here",
)
MARKDOWN = (
    "*a* **b** _c_ __d__ ~~e~~ `f` ==g== ^^h^^",
    f"![x]({ELSEWHERE}/r.png)",
    f"[x](javascript:{HURT})",
    f"<javascript:{HURT}>",
    f'[x]({ELSEWHERE} "t\' onclick={HURT}")',
    "| a | b |",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "+ plus",
    "    code",
    "```",
    "~~~",
    "---",
    "***",
    "===",
    "[ref]: https://e.example",
    "*[abbr]: x",
    "[^1]: note",
    "!!! note",
    "??? note",
    '=== "Tab"',
    "{: onclick=x}",
    "{ .x }",
    "[TOC]",
    ":smile:",
    ":material-check:",
    "[[wiki]]",
    "$x$",
    "\\(x\\)",
    "<!-- rolebook: numbers -->",
    "<!-- rolebook: body -->",
    "&nbsp;&copy;&#x41;",
    "http://e.example/ a@b.example",
    "a\\",
    "\\*",
    "\\\\",
)
OTHERS = (
    "{{ 7*7 }}", "{% raw %}", "{# x #}", "${7*7}", "<%= 7 %>", "#{7}", '--8<-- "mkdocs.yml"', ";--8<--",
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://elsewhere.example")', "=cmd|' /C calc'!A0",
    "../../etc/passwd", "..\\..\\x", "/etc/passwd", "file:///etc/passwd", "C:\\x", "~/x", "con", "nul.txt",
    "a/b", "a?b#c", "%2e%2e%2f", "%00", "?q=1&x=2", "#fragment", "//elsewhere.example/x",
    "title: x", "- x", "---", "...", "'", '"', "''", '""', "|", ">", "&a", "*a",
    "!!python/object:os.system x",
    "yes", "null", "~", "012", "1:30", "0x1f", ".nan", ".inf", "2027-01-01", "1e9", "<<: x",
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "a\rb", "a\x08b", "::error::x", "%0A::error::x",
    "\u202eevil\u202c", "\u2066x\u2069", "a\u200bb", "\u2028x\u2029", "\ufeffbom", "\ufff9x", "\ufffe",
    "e\u0301 é", "Å Å", "İi", "ſ", "ﬀ", "👩‍💻 🏳️‍🌈 🇮🇪", "日本語", "עברית שלום", "العربية", "ไทย", "𝕳",
    "a" * 300, "no-break-" * 30, "wide " * 60, "a\N{NO-BREAK SPACE}", "\u3000a", "\u115f", "\u2800",
)  # fmt: skip
_ALPHABET = "".join(sorted({*"".join(MARKUP + QUOTES + MERMAID + MARKDOWN + OTHERS)}))

CHARTS = (
    f"```mermaid\ngraph LR\n a[\"<img src='{ELSEWHERE}/t'>\"]\n```",
    f"```mermaid\ngraph LR\n a@{{ img: '{ELSEWHERE}/u' }}\n```",
    f'```mermaid\n%%{{init: {{"themeCSS": "@import url({ELSEWHERE}/v)"}}}}%%\ngraph LR\n a-->b\n```',
    f"```mermaid\ngraph LR\n a-->b\n style a fill:url({ELSEWHERE}/w)\n```",
    '```mermaid\ngraph LR\n a["#lt;img src=https:#47;#47;elsewhere.example/x#gt;"]\n```',
    f'```mermaid\ngraph LR\n a-->b\n click a href "javascript:{HURT}"\n```',
)
"""Charts in a body that would fetch something, or run it."""
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def labels(number: int) -> list[str]:
    """The labels above, and then as many made of their characters as are needed for `number`."""
    dice = random.Random(8)
    made = ["".join(dice.choices(_ALPHABET, k=dice.randint(1, 40))) for _ in range(number)]
    return [*MARKUP, *QUOTES, *MERMAID, *MARKDOWN, *OTHERS, *(each for each in made if each.strip())][:number]


def bodies() -> list[str]:
    """Markdown that tries to bring more than text: markup alone, in Markdown, and through its syntax."""
    attacks = (*MARKUP, *QUOTES, *MARKDOWN)
    around = ("{}", "text {} text", "- {}\n", "# {}\n", "> {}", "| a |\n| - |\n| {} |\n", "[{}](x.md)")
    wrapped = [shape.format(attack) for attack in MARKUP[:14] for shape in around[1:]]
    syntax = (
        f"# Heading {{: onclick={HURT} id=__config data-toc-label='<img src=x onerror={HURT}>' }}",
        f"# `<img src=x onerror={HURT}>` &lt;img src=x onerror={HURT}&gt;",
        f"text[^1]\n\n[^1]: note <img src=x onerror={HURT}>\n",
        f"*[text]: <img src=x onerror={HURT}>\n\ntext",
        f"![x](x.png){{: onerror={HURT} src={ELSEWHERE}/s }}",
        f"<div markdown>\n<script>{HURT}</script>\n",
        f'??? note "<img src=x onerror={HURT}>"\n    text\n',
        f'=== "<img src=x onerror={HURT}>"\n    text\n',
        f"- [x] <img src=x onerror={HURT}>",
    )
    return [around[0].format(attack) for attack in attacks] + wrapped + [*syntax, *CHARTS]


def every_field(record: type, label: str, of: str = "role") -> dict[str, Any]:
    """Front matter with a value in every field that `record` declares, `label` wherever text is taken.

    Fields that another kind of unit than `of` has are left out.
    """
    return {
        shown_name(name): _value(declaration.kind, label)
        for name, declaration in declarations(record).items()
        if of not in declaration.instead
    }


def _value(kind: Any, label: str) -> Any:
    if kind is EMAIL:
        return f"`onclick={HURT}`@e.example"
    if kind is WEB_ADDRESS:
        return f"https://e.example/'onclick='{HURT}'/javascript:{HURT}"
    if kind is PHONE:
        return "+1 (555) 010-0000 x12"
    if kind is ICON:
        return "material/library"
    match kind:
        case kinds.Text():
            return label
        case Listed():
            return min(kind.names())
        case kinds.ListOf():
            return [_value(kind.kind, label)]
        case Group():
            return every_field(kind.record, label)
        case kinds.AnyOf():
            return _value(kind.group, label)
        case kinds.Choice():
            return kind.words[0]
        case kinds.YesNo():
            return True
        case kinds.Day():
            return dt.date(2027, 1, 1).isoformat()
        case _:
            return 1


def page(fields: dict[str, Any], body: str = "") -> str:
    """A file with `fields` in its front matter. YAML reads JSON, but for pairs of surrogate escapes."""
    front = _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(fields, ensure_ascii=False))
    return f"---\n{front}\n---\n\n{body}\n"
