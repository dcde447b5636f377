"""What is left of an author's HTML."""

import pytest

from rolebook.body.cleaning import MAX_CHART_WORK, clean

KEPT = (
    '<p title="a">text <kbd>k</kbd> <sub>s</sub></p>',
    '<img src="plan.png" alt="plan" loading="lazy">',
    '<a href="../seo/" class="headerlink" title="Permanent link">¶</a>',
    '<a href="https://example.org" target="_blank">out</a>',
    '<input id="__tabbed_1_1" name="__tabbed_1" type="radio" checked="checked">',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M1 2"></path></svg>',
    '<table><thead><tr><th style="text-align:left">x</th></tr></thead></table>',
    '<pre class="rolebook-chart"><code>a --&gt; b[1 &lt; 2]&lt;br/&gt;</code></pre>',
    '<details open=""><summary>s</summary></details>',
    '<li class="task-list-item"><input type="checkbox" aria-label="Done" disabled="" checked=""> x</li>',
)
CHANGED = {
    "<script>x</script>a": "a",
    '<img src=" //host/x">': "<img>",
    '<img src="/\\host/x">': "<img>",
    '<img src="ht\ntps://host/x">': "<img>",
    '<div id="__config" name="__search">x</div>': "<div>x</div>",
    '<pre class="mermaid x">a</pre>': '<pre class="x">a</pre>',
    '<pre class="rolebook-chart"><code>&lt;img&gt;</code></pre>': "<pre><code>&lt;img&gt;</code></pre>",
    '<pre class="rolebook-chart"><code>a<b>b</b></code></pre>': "<pre><code>a<b>b</b></code></pre>",
    '<pre class="rolebook-chart x" id="y">a</pre>': '<pre class="x">a</pre>',
    '<pre id="a>b" class="rolebook-chart"><code>//a</code></pre>': "<pre><code>//a</code></pre>",
    '<a href="javascript:x" onclick="y">a</a>': "<a>a</a>",
    '<p style="position:fixed;width:5px">a</p>': '<p style="width:5px">a</p>',
    "</div></article>a": "a",
    'Password: <input name="p" type="password">': "Password: ",
    '<input type="image" alt="Sign in"><input value="x"><input title=\'type="radio"\'>': "",
    '<h2>a<svg onload="x"><a class="headerlink" href="#a">¶</a></h2>b': (
        '<h2>a<a class="headerlink" href="#a">¶</a></h2>b'
    ),
    '<svg viewBox="0 0 1 1"><path d="M1"/></svg><svg><path d="M1"/>a<b>c</b></svg>': (
        '<svg viewBox="0 0 1 1"><path d="M1"></path></svg><path d="M1"></path>a<b>c</b>'
    ),
}


@pytest.mark.parametrize("html", KEPT)
def test_what_shows_something_stays(html: str) -> None:
    assert clean(html) == html


@pytest.mark.parametrize("html", CHANGED)
def test_what_does_something_goes(html: str) -> None:
    assert clean(html) == CHANGED[html]


def test_a_chart_has_no_comments() -> None:
    chart = '<pre class="rolebook-chart"><code>flowchart LR\n%% SECRET\n  a --&gt; b\n  %% end</code></pre>'
    assert clean(chart) == ('<pre class="rolebook-chart"><code>flowchart LR\n  a --&gt; b\n</code></pre>')


def chart(source: str) -> str:
    return f'<pre class="rolebook-chart"><code>{source}</code></pre>'


FULL = MAX_CHART_WORK
TOO_MUCH = (
    "flowchart LR\n" + "a --&gt; b\n" * FULL,
    "flowchart LR;" + "a--&gt;b;" * FULL,
    "flowchart LR\na" + " --&gt; a" * (FULL + 1),
    "flowchart LR\n" + " &amp; ".join("a" * 15) + " --&gt; " + " &amp; ".join("b" * 15),
    "sequenceDiagram\n" + "a-&gt;&gt;b: x\n" * FULL,
    f"block-beta\nspace : {FULL}",
    "block-beta\nspace:" + "9" * 5000,
)


@pytest.mark.parametrize("source", TOO_MUCH, ids=lambda source: source[:20])
def test_a_chart_that_would_keep_a_browser_busy_is_text(source: str) -> None:
    assert clean(chart(source)) == f"<pre><code>{source}</code></pre>"


def test_the_charts_of_a_text_are_bounded_together() -> None:
    half = chart("flowchart LR\n" + "a --&gt; b\n" * (FULL // 2 - 1))
    assert clean(half * 2) == half * 2
    assert clean(half * 3) == half * 2 + half.replace(' class="rolebook-chart"', "")
