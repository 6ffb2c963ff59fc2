from datetime import date, timedelta

from jobs.anchors import anchor_today, read_anchors
from models import Claim, actions, queries


def test_the_head_is_written_down_once_a_day_and_the_history_fits_it(press):
    press.publish("news", date(2024, 3, 1), "Wir werden bis Ende 2025 insgesamt 25 Millionen Euro für die Schulen bereitstellen.")
    press.collect()
    assert anchor_today(press.desk) is None  # nothing was decided yet
    with press.desk.database.writing() as session:
        claim = session.query(Claim).first()
        actions.track(session, claim.id, actor=actions.person_named(session, "Kim", press.desk.clock()), now=press.desk.clock())
    file = anchor_today(press.desk)
    assert file.name == "2024-03-01.json"
    assert anchor_today(press.desk) is None
    press.after = timedelta(days=1)
    assert anchor_today(press.desk).name == "2024-03-02.json"
    with press.desk.database.reading() as session:
        assert queries.check_history(session, read_anchors([file])) == []
