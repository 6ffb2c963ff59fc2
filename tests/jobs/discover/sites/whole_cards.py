"""Cards that are links as a whole, with kicker, day and headline inside; speeches and dates of events listed beside; days in words."""

ITEMS = 5
START = "/aktuelles"
FURNITURE = ("Mehr aus der Fraktion", "Rückfragen an")


def _frame(title, body):
    return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title></head><body class="site has-sidebar">
<a class="skip-link" href="#main">Zum Inhalt springen</a><header class="c-header"><nav class="c-nav"><a href="/aktuelles">Aktuelles und Presse</a><a href="/ueber-uns-und-unsere-ziele">Über uns und unsere Ziele</a></nav></header>
<main id="main" class="l-main">{body}</main><footer class="c-footer"><nav><a href="/impressum">Impressum</a></nav></footer></body></html>"""


def pages(texts, base):
    made = {}
    speeches = "".join(
        f'<li class="c-speech"><a href="/reden/rede-{n}-im-plenum-zum-haushalt">Rede {n}: Zum Haushalt des Landes</a> <span>{t.dotted}</span></li>'
        for n, t in enumerate(texts[:6])
    )
    events = "".join(
        f'<a class="c-event" href="/termine/sprechstunde-in-musterstadt-{n}"><time datetime="2024-0{n}-12">12.0{n}.2024</time><h3>Sprechstunde in Musterstadt</h3></a>'
        for n in (5, 6, 7, 8)
    )
    for first in range(0, len(texts), ITEMS):
        cards = "".join(
            f"""<a class="c-card{" c-card--wide" if n == 0 else ""}" href="/aktuelles/meldung/{t.slug}"><span class="c-card__kicker">Pressemitteilung</span><span class="c-card__date">{t.long}</span><h3 class="c-card__title">{t.title}</h3><p class="c-card__text">{t.lead[:70]}…</p></a>"""
            for n, t in enumerate(texts[first : first + ITEMS])
        )
        pager = (
            f'<a class="c-pager__link" href="/aktuelles?offset={first - ITEMS}" aria-label="Vorherige Seite">‹</a>'
            if first
            else ""
        ) + (
            f'<a class="c-pager__link" href="/aktuelles?offset={first + ITEMS}" aria-label="Nächste Seite">›</a>'
            if first + ITEMS < len(texts)
            else ""
        )
        made["/aktuelles" + (f"?offset={first}" if first else "")] = _frame(
            "Aktuelles – Musterfraktion",
            f'<h1>Aktuelles</h1><section class="c-events"><h2>Nächste Termine</h2>{events}</section><section class="c-list"><h2>Meldungen</h2>{cards}<div class="c-pager">{pager}</div></section><section class="c-speeches"><h2>Reden</h2><ul>{speeches}</ul></section>',
        )
    for t in texts:
        others = "".join(
            f'<a class="c-card" href="/aktuelles/meldung/{o.slug}"><span class="c-card__date">{o.long}</span><h3 class="c-card__title">{o.title}</h3></a>'
            for o in texts[5:8]
            if o is not t
        )
        made[f"/aktuelles/meldung/{t.slug}"] = _frame(
            f"{t.title} – Musterfraktion",
            f"""<article class="c-article"><header class="c-article__header"><span class="c-article__kicker">Pressemitteilung</span><h1 class="c-article__title">{t.title}</h1><p class="c-article__meta">{t.long} | Lesezeit: 2 Minuten</p></header>
<div class="c-article__intro"><p>{t.lead}</p></div><div class="c-richtext">{"".join(f"<p>{p}</p>" for p in t.paragraphs)}</div>
<div class="c-contact"><h2>Rückfragen an</h2><p>Frieda Muster, Telefon 0123 4567</p></div></article><section class="c-more"><h2>Mehr aus der Fraktion</h2>{others}</section>""",
        )
    return made
