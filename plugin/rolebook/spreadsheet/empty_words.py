"""Words and marks that people write into a cell to leave it empty."""

from rolebook.organisation import name_key

_EMPTY = frozenset(
    (
        *(
            "n/a",
            "n.a.",
            "n. a.",
            "n.a",
            "none",
            "nil",
            "null",
            "tbd",
            "t.b.d.",
            "tba",
            "tbc",
            "todo",
            "to do",
        ),
        *("to be defined", "to be decided", "to be determined", "not applicable", "not available"),
        *(
            "k.a.",
            "k. a.",
            "keine",
            "keiner",
            "keines",
            "keine angabe",
            "entfällt",
            "n.v.",
            "nicht vorhanden",
        ),
        *("néant", "aucun", "aucune", "n/d", "n.d.", "à définir", "sans objet"),
        *("ninguno", "ninguna", "por definir", "nenhum", "nenhuma", "a definir", "n/v", "nessuno", "nessuna"),
    )
)
"""By `name_key`: what people write into a cell that they leave empty."""
_MARKS = "-–—‒―−_.·…?¿*/\\~=+#× "


def is_nothing(text: str) -> bool:
    """Whether `text` says that there is nothing, such as `-`, `n/a` or `TBD`."""
    key = name_key(text)
    return key in _EMPTY or not key.strip(_MARKS)
