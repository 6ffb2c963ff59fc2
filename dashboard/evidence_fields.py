"""The fields for one piece of evidence: an address, a file, or a text as it stands there."""

from datetime import date

import streamlit as st

from dashboard import state
from dashboard.form import Form
from dashboard.labels import EVIDENCE_KINDS
from models.actions import NewEvidence
from models.actions.evidence import LARGEST_FILE
from models.words import EvidenceKind

TYPES = ["pdf", "png", "jpg", "jpeg", "gif", "webp"]


def evidence_fields(form: Form, *, needed: bool = False) -> NewEvidence | None:
    """What a judgment rests on; None where nothing is given and it is not `needed`, which the gate then says.

    A chosen file is no part of the draft: browsers let no page choose a file anew.
    """
    t = state.texts()
    left, right = st.columns([3, 2])
    with left:
        address = form.words(t("Address of a document"), "address", placeholder="https://")
    with right:
        kind = form.choice(
            t("Sort of document"), "kind", list(EVIDENCE_KINDS), "report", format_func=lambda word: t(EVIDENCE_KINDS[word])
        )
    document_on: date | None = form.day(t("Date on the document (if it bears one)"), "document_on")
    by_claimant = form.tick(t("It comes from whoever made the claim"), "by_claimant")
    file = st.file_uploader(
        t("Or a file: PDF or picture, at most {size} MiB", size=LARGEST_FILE // 2**20),
        type=TYPES,
        max_upload_size=LARGEST_FILE // 2**20,
        key=form.key("file"),
    )
    note = form.paragraph(t("Or the document's text, as it stands there"), "note")
    evidence = NewEvidence(
        kind=EvidenceKind(kind),
        address=address,
        note=note,
        document_on=document_on,
        by_claimant=by_claimant,
        file_name=file.name if file else "",
        content=file.getvalue() if file else b"",
    )
    is_given = address.strip() or note.strip() or evidence.content
    return evidence if is_given or needed else None
