"""The Streamlit script: style, sidebar, banners, and the page that was asked for."""

from pathlib import Path

import streamlit as st

from dashboard import safe, state
from dashboard.labels import doing_label
from dashboard.opened import desk
from models import queries
from settings.texts import LANGUAGES

HERE = Path(__file__).resolve().parent

st.set_page_config(page_title="beimwort", page_icon=str(HERE / "static" / "icon.svg"), layout="wide")
st.html(f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}</style>")
st.logo(str(HERE / "static" / "logo.svg"), size="large", icon_image=str(HERE / "static" / "icon.svg"))

# Read first: a quick click on another page may cut off the rest of this run.
t = state.texts()
state.person_name()
for name, chosen in (("lang", t.language), ("person", state.person_name())):
    # A click on another page may have cut off the first drawing of the widget that keeps the choice.
    if name not in st.session_state and name not in st.query_params:
        st.session_state[name] = chosen
views = HERE / "views"
overview = st.Page(views / "overview.py", title=t("Overview"), icon=":material/insights:", url_path="overview", default=True)
inbox = st.Page(views / "inbox.py", title=t("Inbox"), icon=":material/inbox:", url_path="inbox")
my_desk = st.Page(views / "my_desk.py", title=t("My desk"), icon=":material/event_upcoming:", url_path="desk")
review = st.Page(views / "review.py", title=t("Review"), icon=":material/fact_check:", url_path="review")
claims = st.Page(views / "claim_list.py", title=t("Claims"), icon=":material/format_quote:", url_path="claims")
search = st.Page(views / "search.py", title=t("Search"), icon=":material/search:", url_path="search")
sources = st.Page(views / "sources.py", title=t("Sources"), icon=":material/rss_feed:", url_path="sources")
claim = st.Page(views / "one_claim.py", title=t("Claim"), url_path="claim", visibility="hidden")
release = st.Page(views / "one_release.py", title=t("Release"), url_path="release", visibility="hidden")
page = st.navigation(
    {"": [overview], t("Work"): [my_desk, review, inbox, claims, search], t("Collecting"): [sources], " ": [claim, release]}
)

trouble = state.trouble()
with st.sidebar:
    st.segmented_control(
        t("Language"),
        list(LANGUAGES),
        default=desk().settings.language,
        key="lang",
        label_visibility="collapsed",
        bind="query-params",
        required=True,
    )
    names = [] if trouble else state.ask(queries.people)
    names += [name for name in dict.fromkeys((state.person_name(), desk().settings.person)) if name not in names]
    st.selectbox(
        t("Who is at the desk?"),
        names,
        # Not this visit's: what is the default does not stand in the address, and a reload would forget it.
        index=names.index(desk().settings.person),
        key="person",
        accept_new_options=True,
        placeholder=t("Choose or type a name"),
        bind="query-params",
    )

settings = desk().settings
if settings.demo:
    words = t(
        "This is a demo. The Landtag Musterland, its factions, speakers, figures and documents are invented; only the release of"
    )
    more = t("27 November 2019 (CDU and FDP, NRW) and what is said about it are real. Start on the real factions with")
    st.html(f'<div class="bw-demo">{safe.text(words)} {safe.text(more)} <code>beimwort up</code>.</div>')

if trouble:
    st.warning(t("There is no data yet. Start the worker with `beimwort up`, then reload this page."))
    st.text(trouble)
    st.stop()

with desk().database.reading() as session:
    health = queries.health(session, state.now())
    notices = queries.count_notices(session)
if health.status == "starting":
    st.info(t("The worker is starting."))
elif health.status == "silent":
    st.error(
        t(
            "The worker has been silent since {moment}. Nothing is collected or sent.",
            moment=t.moment(health.worker_seen_at or state.now()),
        )
    )
elif health.doing:
    st.html(f'<div class="bw-meta">{safe.text(t("The worker is at work: {doing}", doing=doing_label(health.doing, t)))}</div>')
lost = notices.get("dead", 0) + notices.get("uncertain", 0)
if lost:
    st.warning(t.count("{n} message could not be delivered for sure.", "{n} messages could not be delivered for sure.", lost))

page.run()
