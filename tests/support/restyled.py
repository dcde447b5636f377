"""The same front matter as people write it in many ways: quoted, in brackets, with comments and line ends."""

import json
import math
import random
import re
from typing import Any

import yaml

from random_organisations import Plain

_FIELD = re.compile(r"^(?=\w+:)", re.MULTILINE)
COMMENT = re.compile(r"^#.*\n?", re.MULTILINE)


def restyled(text: str, dice: random.Random) -> str:
    """The page `text` with each field of its front matter written in one of many ways."""
    _, front, body = text.split("---\n", 2)
    fields = [*yaml.load(front, yaml.CBaseLoader).items()]
    if dice.random() < 0.3:
        dice.shuffle(fields)
    written = "".join(_line(name, value, dice) for name, value in fields)
    whole = f"---\n{written}---\n{body}"
    if dice.random() < 0.2:
        whole = whole.replace("\n", "\r\n")
    return whole


def _line(name: str, value: Any, dice: random.Random) -> str:
    comment = f"# about {name}: 'é'\n" if dice.random() < 0.2 else ""
    beside = f"  # {name}, as agreed" if dice.random() < 0.3 else ""
    if isinstance(value, str):
        quoted = dice.choice((value, json.dumps(value, ensure_ascii=False), f"'{value}'", f"   {value}"))
        return f"{comment}{name}: {quoted}{beside}\n"
    if dice.random() < 0.4:
        flow = yaml.dump(value, Dumper=Plain, default_flow_style=True, width=math.inf, sort_keys=False)
        return f"{comment}{name}: {flow.rstrip()}{beside}\n"
    block = yaml.dump(value, Dumper=Plain, sort_keys=False, indent=dice.choice((2, 4)))
    lines = [f"{each}{beside}" if not at else each for at, each in enumerate(block.splitlines())]
    indent = "  " if isinstance(value, dict) or dice.random() < 0.5 else ""
    return f"{comment}{name}:\n" + "".join(f"{indent}{each}\n" for each in lines)


def parts(text: str) -> tuple[dict[str, str], list[str], str]:
    """What each field is written as, the comments between fields, and the body with its line ends."""
    _, front, body = re.split(r"^---\r?\n", text, maxsplit=2, flags=re.MULTILINE)
    comments = COMMENT.findall(front)
    pieces = [piece for piece in _FIELD.split(COMMENT.sub("", front)) if piece]
    return {piece.partition(":")[0]: piece for piece in pieces}, comments, body
