"""What day it is: the machine's, or with SOURCE_DATE_EPOCH (seconds, UTC) that one's.

The variable is reproducible-builds.org's convention: with it, every machine builds the same.
"""

import datetime as dt
import os


def today() -> dt.date:
    """The day on which all is judged: what is overdue, who is still there."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return day_of(int(epoch)) if epoch.isdecimal() else dt.date.today()


def day_of(time: int) -> dt.date:
    """The day of `time`, in seconds since 1970."""
    zone = dt.UTC if os.environ.get("SOURCE_DATE_EPOCH", "").isdecimal() else None
    return dt.datetime.fromtimestamp(time, zone).date()
