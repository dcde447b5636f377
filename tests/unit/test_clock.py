"""One clock for checks and history."""

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from rolebook.clock import day_of, today

NOON = 1_798_718_400  # 2026-12-31 12:00 UTC


@pytest.fixture(params=["Pacific/Kiritimati", "UTC", "America/Los_Angeles"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_now_is_today_in_every_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = day_of(int(time.time()))
    assert before <= today() <= day_of(int(time.time()))
    assert day_of(NOON) == dt.date(2027, 1, 1) if "Kiritimati" in zone else dt.date(2026, 12, 31)


def test_with_a_day_that_is_given_every_machine_has_the_same(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON + 11 * 3600))
    assert today() == day_of(NOON + 11 * 3600) == dt.date(2026, 12, 31)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert today() == dt.date.today()
