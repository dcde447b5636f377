"""The page with the forms: its files, and what it may load and ask for."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from rolebook.escaping import in_html
from rolebook.language import current, gettext

SETTINGS = "handbook.json"
"""The file that says what the forms are, and who and what there is."""
_SCRIPTS = ("forms/forms.js", "forms/format.js", "vendor/sveltia-cms.min.js", "vendor/yaml.min.js")
_NOTICES = ("vendor/sveltia-cms.LICENSE.txt", "vendor/yaml.LICENSE.txt")
_FONTS = (
    "material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
    "noto-mono-latin-400-normal-DiC8lJru.woff2",
    "source-sans-3-latin-wght-normal-BqRLTx4X.woff2",
)
_PAGE = """\
<!doctype html>
<html lang="{language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="Content-Security-Policy" content="{policy}">
    <title>{title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="forms.css">
  </head>
  <body>
    <noscript>{without_scripts}</noscript>
    <script type="module" src="forms.js"></script>
  </body>
</html>
"""


def policy(*hosts: str) -> str:
    """What the page may load and ask for: its own files, and nothing of other hosts than these."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            # Sveltia sets styles from its script.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' blob: data:",
            "font-src 'self'",
            " ".join(("connect-src 'self' blob: data:", *hosts)),
            "worker-src 'self' blob:",
            "frame-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def page_files(title: str, settings: Mapping[str, Any], *hosts: str) -> dict[str, bytes]:
    """The files of the page by their paths below its folder; `hosts` are those that it signs in to."""
    assets = files("rolebook") / "assets"
    named = (*_SCRIPTS, "forms/forms.css", *_NOTICES)
    read = {path.rpartition("/")[2]: (assets / path).read_bytes() for path in named}
    # The bundle asks for them in a folder beside it.
    read |= {f"assets/{name}": (assets / "vendor" / name).read_bytes() for name in _FONTS}
    page = _PAGE.format(
        language=current().tag,
        policy=in_html(policy(*hosts)),
        title=in_html(title),
        without_scripts=in_html(gettext("The forms need JavaScript.")),
    )
    return {"index.html": page.encode(), SETTINGS: as_json(settings), **read}


def as_json(settings: Mapping[str, Any]) -> bytes:
    """The settings as the page reads them."""
    return json.dumps(settings, ensure_ascii=False, indent=1).encode() + b"\n"
