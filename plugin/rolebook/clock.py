"""Says what day it is: the machine's day, or that of SOURCE_DATE_EPOCH (seconds, UTC).

The variable is reproducible-builds.org's convention: with it, every machine builds the same.
"""

import datetime as dt
import os


def today() -> dt.date:
    """The day that decides what is overdue and who still holds a role."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return day_of(int(epoch)) if epoch.isdecimal() else dt.date.today()


def day_of(time: int) -> dt.date:
    """The day of `time`, in seconds since 1970."""
    zone = dt.UTC if os.environ.get("SOURCE_DATE_EPOCH", "").isdecimal() else None
    return dt.datetime.fromtimestamp(time, zone).date()
