"""Ten questions that people bring to the handbook: each is answered in two clicks and on one screen at most.

The sample on a laptop of 1280 by 800. A search is not needed for any of them.
"""

from dataclasses import dataclass
from math import ceil

import pytest

from browser import Reader

HEIGHT = 800
MOST_CLICKS, MOST_SCREENS = 2, 1
VIEWS = ("Hours", "Cover")
"""What the chart can show besides holders."""


@dataclass(frozen=True)
class Task:
    who: str
    question: str
    clicks: tuple[str, ...]
    """What is clicked, from the home page on: links and buttons by what they say."""
    answer: str
    """A text, within one element of the page that the last click leads to."""


TASKS = (
    Task("owner", "Who is overloaded, and by how much?", (), "Maya Brennan is 26 h over capacity"),
    Task("owner", "What should I hand over first, when, and what does it cost?", (), "EUR 1,950 a month"),
    Task("owner", "Which promise has nobody?", (), "Missing: An answer when the dough misbehaves"),
    Task("owner", "What stops when Inês is away?", ("People", "Inês Carvalho"), "covered by Maya Brennan"),
    Task("owner", "What is outsourcing going to cost?", ("Plan", "Before and after"), "EUR 5,772–6,275"),
    Task("colleague", "Who does PPC?", ("Org chart",), "PPC management Vacant"),
    Task("colleague", "Who covers shipping?", ("Org chart", "Cover"), "Shipping Maya Brennan No cover"),
    Task(
        "colleague",
        "What have I to deliver this week as a video editor?",
        ("Org chart", "Video editing"),
        "A finished club bake four days before its publication",
    ),
    Task(
        "colleague",
        "Who approves more money for advertising?",
        ("Org chart", "PPC management"),
        "unless marketing has agreed more in writing",
    ),
    Task("applicant", "Which roles are open?", ("Open roles (2)",), "PPC management 10 h a week"),
    Task(
        "applicant",
        "How do I apply, and until when?",
        ("Open roles (2)", "PPC management"),
        "Apply by 18 December 2026",
    ),
)

ANSWER = """words => {
    const said = each => each.innerText.replace(/[\\s\\u2066-\\u2069]+/g, " ")
    const found = [...document.querySelectorAll("article *")].filter(
        each => each.checkVisibility() && said(each).includes(words))
    const shortest = Math.min(...found.map(each => said(each).length))
    return found.findLast(each => said(each).length === shortest)?.getBoundingClientRect().bottom ?? null
}"""
"""Where on the screen the end of the shortest text is that has the answer."""


def clicked(reader: Reader, words: str) -> None:
    page = reader.page
    if words in VIEWS:
        page.locator(".rb-views label", has_text=words).click()
        return
    link = page.locator("article, .md-sidebar--primary").get_by_role("link", name=words, exact=True).first
    page.evaluate("document.querySelector('article').dataset.left = 'yes'")
    link.click()
    page.wait_for_function("document.querySelector('article')?.dataset.left === undefined")


def screens(reader: Reader, task: Task) -> int:
    """How many screens somebody scrolls who has clicked."""
    page = reader.open("")
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    for words in task.clicks:
        clicked(reader, words)
    page.wait_for_function(f"words => ({ANSWER})(words) !== null", arg=task.answer)
    return max(0, ceil((page.evaluate(ANSWER, task.answer) - HEIGHT) / HEIGHT))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.question)
def test_a_question_is_answered_in_two_clicks_and_on_one_screen(reader: Reader, task: Task) -> None:
    assert len(task.clicks) <= MOST_CLICKS
    assert screens(reader, task) <= MOST_SCREENS
