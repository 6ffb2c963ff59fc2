"""What only a real browser shows."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

# The first test may have to install a Chromium.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def count_of(page, status):
    """The number beside a status in the overview's legend."""
    words = page.locator(".bw-legend span", has=page.get_by_text(status, exact=False)).first.inner_text()
    return int(re.search(r"(\d+)$", words)[1])


def test_a_claim_is_marked_disputed_and_seen_in_its_history_and_on_the_overview(page):
    page.goto("/?lang=en&person=Kim+Beispiel")
    before = count_of(page, "disputed")
    page.get_by_role("link", name="Claims").click()
    page.locator(".bw-row", has_text="candidate").locator("a").nth(3).click()
    page.get_by_role("button", name="Disputed").click()
    page.get_by_label("What is objected to?").fill("The figure <b>cannot</b> be found in the budget.")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    history = page.locator(".bw-time", has_text="Disputed")
    expect(history).to_contain_text("The figure <b>cannot</b> be found in the budget.")
    expect(history).to_contain_text("Kim Beispiel")
    expect(page.locator(".bw-badge").first).to_have_text("disputed")
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", name="What was promised")).to_be_visible()
    expect(page.locator(".bw-legend")).to_contain_text(f"disputed {before + 1}")


def test_a_judgment_without_a_reason_is_refused_in_a_sentence(page):
    page.goto("/claims?lang=en&status=open")
    page.locator(".bw-row a").first.click()
    page.get_by_role("button", name="Fulfilled", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_contain_text("A judgment needs a reason")


def test_filters_stand_in_the_address_and_work_from_a_link(page):
    page.goto("/claims?lang=de&kind=ranking")
    expect(page.locator(".bw-row").first).to_contain_text("Rangbehauptung")
    assert "Finanzzusage" not in page.locator("[data-testid=stMain]").inner_text()


def test_a_search_is_marked_and_its_address_shows_the_same_to_others(page):
    page.goto("/claims?lang=de")
    page.get_by_label("Wörter").fill("Abschiebungsraten")
    page.get_by_label("Wörter").press("Enter")
    expect(page.locator(".bw-row mark")).to_have_text(["Abschiebungsrate"])
    page.get_by_role("link", name="1 Pressemitteilung mit diesen Wörtern").click()
    expect(page.get_by_role("heading", name="Was gesagt wurde, Wort für Wort")).to_be_visible()
    expect(page.locator(".bw-row")).to_have_count(1)
    page.get_by_role("button", name="Alles").or_(page.get_by_role("radio", name="Alles")).click()
    expect(page.locator(".bw-row")).to_have_count(2)
    address = page.url
    page.goto("/overview")
    page.goto(address)
    expect(page.locator(".bw-row mark").first).to_have_text("Abschiebungsrate")
    expect(page.locator(".bw-row")).to_have_count(2)


def test_the_language_is_kept_from_page_to_page(page):
    page.goto("/?lang=en")
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("heading", name="Where it comes from")).to_be_visible()


def test_opening_a_release_reads_it(page):
    page.goto("/inbox?lang=en&person=Toni+Muster")
    unread = page.locator(".bw-unread")
    expect(unread.first).to_be_visible()
    title = page.locator(".bw-row", has=unread).first.locator(".bw-quote").inner_text().strip()
    page.locator(".bw-row", has=unread).first.locator("a").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.get_by_role("link", name="Inbox").click()
    row = page.locator(".bw-row", has_text=title).first
    expect(row).to_be_visible()
    expect(row.locator(".bw-unread")).to_have_count(0)


@pytest.mark.parametrize(
    "path", ["/", "/inbox", "/claims", "/search?q=Millionen", "/desk", "/review", "/sources", "/claim?id=1", "/release?id=1"]
)
def test_no_page_asks_anybody_outside_and_none_is_wider_than_a_phone(chromium, demo, path):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=demo)
    phone = context.new_page()
    outside, broken = [], []
    phone.on("request", lambda request: None if request.url.startswith((demo, "data:", "blob:")) else outside.append(request.url))
    phone.on("pageerror", lambda error: broken.append(str(error)))
    phone.goto(path)
    phone.wait_for_selector(".bw-kicker")
    phone.wait_for_timeout(1500)
    assert outside == []
    assert broken == []
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= 390")
    context.close()


def test_the_health_check_answers_json_and_every_answer_carries_the_policy(demo):
    with urllib.request.urlopen(f"{demo}/healthz") as answer:
        row = json.load(answer)
        policy = answer.headers["content-security-policy"]
    assert set(row) == {"status", "releases", "claims", "worker_seen_at"}
    assert row["status"] == "ok"
    assert row["releases"] >= 42
    assert row["claims"] > 100
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
