"""Gives options in `mkdocs.yml` the names that they have today."""

from collections.abc import Iterator

import yaml

from rolebook.autofix.edits import Edit, composed, edit, edited, says_the_same
from rolebook.autofix.fixes import FixedFile
from rolebook.options import Options
from rolebook.schema.declarations import former_names

_PLUGIN = "rolebook"


def with_todays_options(path: str, whole: str) -> FixedFile | None:
    """The configuration at `path` with today's names of options; None where nothing is to be changed."""
    node = composed(whole)
    edits = [*_edits(path, node, whole)] if node else []
    after = edited(whole, edits)
    if node is None or not edits or not says_the_same(node, composed(after), edits):
        return None
    return FixedFile(path, whole, after, tuple(each.fix for each in edits))


def _edits(path: str, node: yaml.Node, whole: str) -> Iterator[Edit]:
    former = former_names(Options)
    for options in _options(node):
        for key, _ in options.value:
            now = former.get(str(key.value)) if isinstance(key, yaml.ScalarNode) else None
            if now and (change := edit(path, key, now, whole, lines_before=0)):
                yield change


def _options(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    """What is written under the plugin's name, in a list or a mapping of plugins."""
    for plugins in _below(node, "plugins"):
        for entry in plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]:
            yield from (each for each in _below(entry, _PLUGIN) if isinstance(each, yaml.MappingNode))


def _below(node: yaml.Node, name: str) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        yield from (value for key, value in node.value if str(key.value) == name)
