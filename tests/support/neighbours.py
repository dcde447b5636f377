"""A Markdown extension's function of an owner, which does what it is asked to."""

from typing import Any


def run(source: str, *rest: Any, **more: Any) -> str:
    return f"<pre>RUN {source}</pre>"
