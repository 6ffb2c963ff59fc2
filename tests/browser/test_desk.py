"""Keys, dialogues and reloads of the desk, which only a real browser has."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def shown(page):
    return page.locator(".bw-card").get_attribute("data-claim")


def after(page, key):
    """Press a key and wait until another candidate is shown."""
    before = shown(page)
    page.keyboard.press(key)
    expect(page.locator(".bw-card")).not_to_have_attribute("data-claim", before)
    return shown(page)


def test_candidates_are_reviewed_by_keys_alone(page):
    page.goto("/review?lang=en&person=Kim+Beispiel")
    expect(page.locator(".bw-card")).to_be_visible()
    expect(page.locator(".bw-text mark").first).to_be_visible()
    first = shown(page)
    second = after(page, "j")
    assert after(page, "k") == first
    assert after(page, "t") == second
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Not checkable")).to_be_visible()
    third = after(page, "2")
    assert third not in {first, second}
    assert after(page, "u") == second
    assert after(page, "u") == first
    page.keyboard.press("e")
    summary = page.get_by_label("Summary in our words")
    summary.fill("Typing jtdku decides nothing")
    assert shown(page) == first
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".bw-lead", has_text="Typing jtdku decides nothing")).to_be_visible()


def open_judgment(page, person):
    page.goto(f"/claim?lang=en&id=2&person={person}")
    page.get_by_role("button", name="Fulfilled", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_draft_outlives_a_reload_a_stale_form_shows_both_and_doubts_are_answered(page, chromium, demo):
    open_judgment(page, "Kim+Beispiel")
    page.get_by_label("Why? One sentence is enough.").fill("The budget has it; <b>spending</b> is unknown.")
    expect(page.get_by_role("button", name="Throw the draft away")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Fulfilled", exact=True).click()
    expect(page.get_by_label("Why? One sentence is enough.")).to_have_value("The budget has it; <b>spending</b> is unknown.")

    other = chromium.new_context(viewport={"width": 1440, "height": 950}, base_url=demo)
    toni = other.new_page()
    toni.goto("/claim?lang=en&id=2&person=Toni+Muster")
    toni.get_by_role("button", name="Edit").click()
    toni.get_by_label("Summary in our words").fill("25 million for municipal integration")
    toni.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(toni.locator(".bw-lead", has_text="25 million for municipal integration")).to_be_visible()
    other.close()

    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".bw-merge")).to_contain_text("25 million for municipal integration")
    expect(dialog.locator(".bw-merge")).to_contain_text("Toni Muster")
    expect(dialog.get_by_label("Why? One sentence is enough.")).to_have_value("The budget has it; <b>spending</b> is unknown.")

    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("A budget shows that money was planned, not that it was spent.")
    dialog.get_by_text("The reason says why it is enough all the same.").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    judged = page.locator(".bw-time", has_text="The budget has it; <b>spending</b> is unknown.").first
    expect(judged).to_contain_text("Judged: fulfilled late")
    page.get_by_role("button", name="Undo: Judged").click()
    expect(page.locator(".bw-undone", has_text="The budget has it")).to_contain_text("taken back")


def test_what_waits_is_handed_over_and_put_off_from_its_row(page):
    page.goto("/desk?lang=en&person=Kim+Beispiel")
    row = page.locator("[class*=st-key-desk_row_]", has_text="deadline reached").first
    words = row.locator(".bw-quote").inner_text()
    row.get_by_role("button", name="Do").click()
    page.get_by_text("To me", exact=True).click()
    mine = page.locator("[class*=st-key-desk_row_]", has_text=words)
    expect(mine).to_contain_text("with Kim Beispiel")
    mine.get_by_role("button", name="Do").click()
    page.get_by_text("Put off a month", exact=True).click()
    expect(mine).not_to_contain_text("deadline reached")


def dialog_of(page, button):
    page.get_by_role("button", name=button, exact=True).click()
    return page.locator("section[role=dialog]")  # a popover is a dialog as well


def test_a_dispute_shows_both_positions_and_a_file_is_kept_as_evidence(page):
    page.goto("/claims?lang=en&status=open&person=Kim+Beispiel")
    page.locator(".bw-row a").first.click()
    dialog = dialog_of(page, "Disputed")
    dialog.get_by_label("What is objected to?").fill("The sum was in the budget already.")
    dialog.get_by_label("Who objects?").fill("Fraktion <i>SL</i>")
    dialog.get_by_role("button", name="Save").click()
    positions = page.locator(".bw-dispute")
    expect(positions).to_contain_text("Fraktion <i>SL</i>")
    expect(positions).to_contain_text("not asked yet")
    dialog = dialog_of(page, "Positions and reply")
    dialog.get_by_label("What do we hold?").fill("It was announced as new.")
    dialog.get_by_role("button", name="Save").click()
    expect(positions).to_contain_text("It was announced as new.")

    page.get_by_role("button", name="More", exact=True).click()
    dialog = dialog_of(page, "Add evidence")
    dialog.locator("input[type=file]").set_input_files({"name": "plan.html", "mimeType": "text/html", "buffer": b"<script>"})
    expect(dialog).to_contain_text("not allowed")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"}
    )
    expect(dialog).to_contain_text("plan.pdf")
    dialog.get_by_role("button", name="Save").click()
    kept = page.locator(".bw-time", has_text="plan.pdf")
    expect(kept).to_contain_text("SHA-256")
    with page.expect_download() as download:
        kept.get_by_role("link", name="Download the archived file").click()
    assert download.value.path().read_bytes() == b"%PDF-1.7 plan"
