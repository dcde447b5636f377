"""The tables that an owner compares with, in a browser and on paper."""

import io

import pypdf
import pytest

from browser import Reader


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_hand_over_plan_prints_on_two_pages_with_every_role_and_figure(
    reader: Reader, paper: str
) -> None:
    page = reader.open("decisions/hand-over/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))
    assert len(printed.pages) == 2
    text = " ".join(" ".join(each.extract_text() for each in printed.pages).split())
    assert "would bring the total to 45 h" in text
    for words in ("PPC management", "Legal 58 1 h", "24 h", "Write the procedure", "How the score is"):
        assert words in text
    page.emulate_media(media="print")
    wide = "document.querySelector('.rb-ranked').offsetWidth - document.querySelector('article').offsetWidth"
    page.set_viewport_size({"width": 600, "height": 900})
    assert page.evaluate(wide) <= 0


def test_a_score_leads_to_its_reasons_and_opens_them(reader: Reader) -> None:
    page = reader.open("decisions/hand-over/")
    reasons = page.locator("#seat-seo .rb-columns")
    assert not reasons.is_visible()
    page.get_by_role("link", name="Reasons for the score 81 of SEO").click()
    reasons.wait_for()
    assert page.locator(".rb-candidate[open]").count() == 1
