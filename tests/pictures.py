"""Takes the guide's pictures from the sample handbook: `make pictures`.

They are kept in the repository, since `rolebook init` copies the guide into every handbook.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from browser import served, started
from sites import SAMPLE, build_site, copy_sample

PICTURES = SAMPLE / "content/guide/img"
WIDTH, MARGIN = 980, 24
"""Pixels of CSS; each is two of the picture."""
VIEWS = {
    "chart.webp": ("org-chart/", ".rb-cards", 0),
    "role.webp": ("roles/marketing/ppc/", "h1", 560),
    "job-post.webp": ("jobs/ppc/", "h1", 620),
    "hand-over.webp": ("decisions/hand-over/", "h1", 560),
}
"""The page of each picture, what it begins with, and its height; 0 for that element alone."""
HIDDEN = ".rb-tools, .md-header, .md-tabs, .md-sidebar, .md-content__button, .md-tags, .headerlink, .md-top"


def take(page: Page, address: str, begins: str, height: int) -> bytes:
    """Take a picture of a page's content, without the theme's bars."""
    page.goto(address)
    page.add_style_tag(content=f"{HIDDEN} {{display: none !important}}")
    page.wait_for_load_state("networkidle")
    box = page.locator(f".md-content {begins}").first.bounding_box()
    assert box
    high = MARGIN + (height or box["height"]) + MARGIN / 4
    place = {"x": 0, "y": box["y"] - MARGIN, "width": WIDTH, "height": high}
    return page.screenshot(clip=place, full_page=True)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site, _ = build_site(copy_sample(Path(folder) / "sample"))
        with started() as browser, served(site) as root:
            page = browser.new_page(viewport={"width": WIDTH, "height": 900}, device_scale_factor=2)
            for name, (path, begins, height) in VIEWS.items():
                shot = Image.open(io.BytesIO(take(page, root + path, begins, height)))
                shot.convert("RGB").save(PICTURES / name, "WEBP", quality=80, method=6)
                print(name, (PICTURES / name).stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
