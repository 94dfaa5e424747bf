from datetime import time, timedelta

import pytest

from sessions.exchange.reading.durations import minutes_of

WRITTEN = {
    "00:30": 30,
    "0:30": 30,
    "01:30": 90,
    "26:00": 1560,
    "99:59": 5999,
    "45": 45,
    45: 45,
    22.5: 22,
    "135.0:00": 135,
    "1:05:00": 65,
    "01:05:00": 65,
    "00:00": 0,
    "-1:30": -90,
    "1 day, 5:00:00": 1740,
    "2 days": 2880,
    "PT1H30M": 90,
    "P1DT2H": 1560,
    "90 min": 90,
    "1h30m": 90,
    "1 uur 30 minuten": 90,
    "1,5 uur": 90,
    time(1, 15): 75,
    timedelta(minutes=50): 50,
    "": None,
    "soon": None,
    "1:xx": None,
    "9" * 30: None,
    True: None,
    "P": None,
}


@pytest.mark.parametrize("written", WRITTEN)
def test_every_way_the_field_writes_a_duration_is_read(written):
    assert minutes_of(written) == WRITTEN[written]


def test_programs_that_write_days_are_believed():
    assert minutes_of("1:05:00", days_first=True) == 29 * 60
    assert minutes_of("1:30:00", days_first=True) == 90
