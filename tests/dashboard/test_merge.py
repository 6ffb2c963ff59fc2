from datetime import UTC, datetime

from dashboard.merge import merge_html, value_words
from models.actions import Meanwhile
from models.actions.decision_log import state_of
from settings.texts import texts_in

T = texts_in("en")
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def rows_of(html):
    return [row.split("</tr>")[0] for row in html.split("<tr>")[2:]]


def test_each_field_shows_then_now_by_whom_and_mine():
    html = merge_html([Meanwhile("summary", None, "Neu <b>", "Toni <i>", AT)], {"summary": "Meine"}, T)
    (row,) = rows_of(html)
    assert row == "<td>Summary</td><td>–</td><td>Neu &lt;b&gt;</td><td>Toni &lt;i&gt;, 01/03/2026, 13:00</td><td>Meine</td>"


def test_a_wish_that_met_no_change_stands_below():
    html = merge_html([Meanwhile("topic", "verkehr", None, "Toni", AT)], {"judgment": "fulfilled", "reason": "Weil"}, T)
    assert [row.count("<td></td>") for row in rows_of(html)] == [0, 3, 3]
    assert "<td>fulfilled</td>" in html


def test_a_judgment_stands_beside_the_others_judgment():
    html = merge_html([Meanwhile("fulfillment", "open", "stalled", "Toni", AT)], {"judgment": "fulfilled"}, T)
    (row,) = rows_of(html)
    assert row.startswith("<td>Judgment</td><td>open</td><td>stalled</td>")
    assert row.endswith("<td>fulfilled</td>")


def test_every_field_of_a_claim_can_be_shown(desk_database):
    from models import queries

    with desk_database.reading() as session:
        claims = [queries.claim_for_page(session, number) for number in range(1, 12)]
        states = [state_of(claim) for claim in claims if claim is not None]
    fields = {name for state in states for name in state}
    html = merge_html([Meanwhile(name, None, state[name], "Toni", AT) for state in states for name in state], {}, T)
    assert len(rows_of(html)) == (len(fields) - 2) * len(states)  # two say again what others say


def test_values_are_written_as_people_read_them():
    assert value_words("deadline", "2026-12-31", T) == "31 Dec 2026"
    assert value_words("amount_max", 25e6, T) == "€25M"
    assert value_words("disputed", value=True, t=T) == "yes"
    assert value_words("appointments", [["2026-12-31", "deadline", ""]], T) == "31 Dec 2026 (deadline reached)"
