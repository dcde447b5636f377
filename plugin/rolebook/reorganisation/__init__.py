"""What a change of holders, people or reporting lines writes into the files of an organisation."""

from rolebook.reorganisation.changes import NotPossible, Reorganisation
from rolebook.reorganisation.outlook import Outlook, outlook
from rolebook.reorganisation.staffing import assigned, hired, left, vacated
from rolebook.reorganisation.structure import Part, moved, retired, split

__all__ = [
    "NotPossible",
    "Outlook",
    "Part",
    "Reorganisation",
    "assigned",
    "hired",
    "left",
    "moved",
    "outlook",
    "retired",
    "split",
    "vacated",
]
