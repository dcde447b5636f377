"""Adds an alias to the front matter of a file, and leaves every other byte as it was."""

import yaml


def with_item(front: str, fields: yaml.Node | None, there: yaml.Node | None, item: str) -> str:
    """Add `item` at the end of the list of aliases `there`, or as a new list; other bytes of `front` stay.

    `fields` are all that the front matter has.
    """
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in front), "\n")
    if there is None and isinstance(fields, yaml.MappingNode) and fields.flow_style:
        end = fields.end_mark.index - 1
        inside = front[:end].rstrip()
        comma = ", " if fields.value and not inside.endswith(",") else ""
        return f"{inside}{comma}aliases: [{item}]{front[end:]}"
    if there is None:
        return f"{front}aliases: [{item}]{line_end}"
    start, end = there.start_mark.index, there.end_mark.index
    if isinstance(there, yaml.SequenceNode):
        if there.flow_style:
            inside = front[:end].rstrip().removesuffix("]").rstrip()
            return f"{inside}{', ' if there.value else ''}{item}]{front[end:]}"
        last = there.value[-1]
        at = last.end_mark.index
        begin = max(front.rfind("\n", 0, start), front.rfind("\r", 0, start)) + 1
        return f"{front[:at]}{line_end}{front[begin:start]}- {item}{front[at:]}"
    return f"{front[:start]}{' ' if not front[start - 1 : start].isspace() else ''}" + (
        f"[{front[start:end]}, {item}]{front[end:]}" if end > start else f"[{item}]{front[end:]}"
    )


def adds(before: yaml.Node | None, after: yaml.Node | None, alias: str) -> bool:
    """Whether `after` says the same as `before`, with `alias` added as the last alias."""
    was, now = _plain(before), _plain(after)
    if not isinstance(was, dict) or not isinstance(now, dict):
        return False
    aliases = was.get("aliases") or []
    wanted = [*(aliases if isinstance(aliases, list) else [aliases]), alias]
    return now == was | {"aliases": wanted}


def _plain(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.MappingNode):
        return {_plain(key): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return str(node.value) if node else ""
