import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.dates import DateError, read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27.11.2019", date(2019, 11, 27)),
        ("Düsseldorf, 27. 11. 2019", date(2019, 11, 27)),
        ("7.1.2020", date(2020, 1, 7)),
        ("27.11.19", date(2019, 11, 27)),
        ("22.08.2019 Musterstadt", date(2019, 8, 22)),
        ("27. November 2019", date(2019, 11, 27)),
        ("Mittwoch, den 27. November 2019, 14:30 Uhr", date(2019, 11, 27)),
        ("27.November 2019", date(2019, 11, 27)),
        ("02. November\n   2021", date(2021, 11, 2)),
        ("1. März 2024", date(2024, 3, 1)),
        ("1. Maerz 2024", date(2024, 3, 1)),
        ("1. MÄRZ 2024", date(2024, 3, 1)),
        ("5. Mrz. 2024", date(2024, 3, 5)),
        ("5. Jänner 2024", date(2024, 1, 5)),
        ("3. Sept. 2023", date(2023, 9, 3)),
        ("3 Dez 2023", date(2023, 12, 3)),
        ("Mi, 01 Apr 2026 10:00:00 +0200", date(2026, 4, 1)),
        ("Wed, 01 Oct 2025 10:00:00 GMT", date(2025, 10, 1)),
        ("2019-11-27", date(2019, 11, 27)),
        ("2019-11-27 23:30", date(2019, 11, 27)),
        ("2019-11-27T14:30:00+01:00", date(2019, 11, 27)),
        ("am 31.02.2020 geändert, erschienen 1.3.2020", date(2020, 3, 1)),
        ("29.02.2024", date(2024, 2, 29)),
        ("27/11/2019", date(2019, 11, 27)),
        ("2019/11/27", date(2019, 11, 27)),
        ("2019-11-7", date(2019, 11, 7)),
        ("November 27, 2019", date(2019, 11, 27)),
        ("März 1, 2024", date(2024, 3, 1)),
        ("23.06.98", date(1998, 6, 23)),
        ("23.06.06", date(2006, 6, 23)),
    ],
)
def test_a_day_is_read_as_german_pages_write_it(text, day):
    assert read_day(text) == day


def test_a_moment_with_an_offset_is_the_day_it_has_at_the_source():
    assert read_day("2019-11-27T23:30:00Z") == date(2019, 11, 28)
    assert read_day("2019-11-27T23:30:00Z", zone="UTC") == date(2019, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "heute",
        "am Mittwoch",
        "31.02.2020",
        "29.02.2023",
        "Drucksache 17/1234",
        "13.2019",
        "3. Foo 2020",
        "Foo 3, 2020",
        "1/2/17/2020",
    ],
)
def test_a_text_without_a_day_is_an_error_that_shows_the_text(text):
    with pytest.raises(DateError, match="No date in"):
        read_day(text)


@given(
    st.one_of(
        st.text(max_size=80),
        st.from_regex(r"\d{1,2}\. ?\d{1,2}\. ?\d{2,4}", fullmatch=False),
        st.from_regex(r"\d{1,2}\. (März|Mai|Foo|Jan)\.? \d{4}", fullmatch=False),
        st.from_regex(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?", fullmatch=True),
    )
)
def test_any_text_gives_a_day_or_a_date_error(text):
    with contextlib.suppress(DateError):
        assert isinstance(read_day(text), date)
