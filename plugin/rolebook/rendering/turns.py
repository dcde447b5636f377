"""Bounds what an own template may do: who makes documents of somebody's handbook waits for an end."""

from dataclasses import dataclass

from jinja2 import nodes

from rolebook.rendering.mishaps import WrongUse

MOST_TURNS = 300_000
"""Turns of loops, calls of macros and entries of lists: of a thousand roles, each can ask for 300."""
MOST_CHARACTERS = 50_000_000
"""Characters that are put together: pictures are text too, and documents have several."""
LARGEST = 10**30
"""No business has such figures, and with larger ones the machine reckons for long."""


@dataclass(slots=True)
class Turns:
    """Counts what a template does until it is filled."""

    turns: int = 0
    characters: int = 0

    def begin(self) -> None:
        """Count from nothing."""
        self.turns = self.characters = 0

    def turn(self, number: int = 1) -> None:
        """Count a turn, or several."""
        self.turns += number
        if self.turns > MOST_TURNS:
            message = f"loops and macros take more than {MOST_TURNS:,} turns"
            raise WrongUse(message, "Look for a loop within a loop, or a macro that calls itself")

    def write(self, characters: int) -> None:
        """Count text that is put together."""
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            message = f"the text has more than {MOST_CHARACTERS:,} characters"
            raise WrongUse(message, "Look for text that is put together again and again")

    def range(self, *ends: int) -> range:
        """List whole numbers, as Jinja's `range` does."""
        numbers = range(*ends)
        self.turn(min(len(numbers), MOST_TURNS + 1))
        return numbers


def count_turns(tree: nodes.Template) -> None:
    """Have whatever can be repeated in a template call `turn` of its environment first."""
    repeated = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
    for node in (tree, *tree.find_all(repeated)):
        call = nodes.Call(nodes.EnvironmentAttribute("turn"), [], [], None, None)
        statement = nodes.ExprStmt(call).set_lineno(node.lineno)
        assert node.environment is not None
        node.body.insert(0, statement.set_environment(node.environment))  # type: ignore[attr-defined]
