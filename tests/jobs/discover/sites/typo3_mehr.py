"""TYPO3 news: utility classes, `Mehr laden` is a button of a script, `mehr` apart from the unlinked headline; a feed at its own address."""

ITEMS = 8
START = "/aktuell/presse/"
FURNITURE = ("Ihr Pressekontakt", "Verwandte Meldungen", "Zurück zur Übersicht")


def _frame(title, body):
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><meta name="generator" content="TYPO3 CMS"><title>Musterfraktion: {title}</title>
<link rel="stylesheet" href="/typo3temp/assets/css/9a1c.css"><link rel="alternate" type="application/rss+xml" href="/aktuell/presse/rss.xml"></head>
<body id="p47" class="page-47 pagelevel-2 language-0"><div class="d-flex flex-column min-vh-100"><nav class="navbar navbar-expand-lg"><a class="navbar-brand" href="/">Musterfraktion</a>
<ul class="navbar-nav"><li class="nav-item"><a class="nav-link" href="/ueber-unsere-arbeit/">Über unsere Arbeit</a></li><li class="nav-item"><a class="nav-link" href="/aktuell/presse/">Presse</a></li></ul></nav>
<div class="container py-5"><div class="row gx-4">{body}</div></div>
<div class="bg-dark text-white p-4 footer"><a class="link-light" href="/impressum/">Impressum</a></div></div></body></html>"""


def pages(texts, base):
    cards = "".join(
        f"""<div class="col-12 col-md-6 mb-4"><div class="news-list-item h-100 border p-3"><p class="small text-muted mb-1">{t.weekday}, {t.long}</p>
<h3 class="h5 fw-bold">{t.title}</h3><p class="mb-2">{t.lead[:80]} …</p><a class="btn btn-outline-primary btn-sm" title="{t.title}" href="/aktuell/presse/detail/{t.slug}/?cHash=ab{t.number}">mehr</a></div></div>"""
        for t in texts[:ITEMS]
    )
    made = {
        START: _frame(
            "Presse",
            f"""<div class="col-lg-8"><h1>Pressemitteilungen</h1><div class="tx-news row">{cards}</div><form method="post" action="/aktuell/presse/?type=99"><input type="hidden" name="page" value="2"><button class="btn btn-primary js-load-more">Mehr laden</button></form></div>
<div class="col-lg-4"><div class="card p-3 ansprechpartner"><h4>Ihr Pressekontakt</h4><p>Frieda Muster, <a href="mailto:presse@muster.invalid">presse@muster.invalid</a></p></div></div>""",
        )
    }
    for t in texts:
        others = "".join(
            f'<li class="mb-1"><a href="/aktuell/presse/detail/{o.slug}/">{o.title}</a><span class="small text-muted"> {o.dotted}</span></li>'
            for o in texts[:2]
            if o is not t
        )
        paragraphs = "".join(f"<p>{p}</p>" for p in t.paragraphs)
        made[f"/aktuell/presse/detail/{t.slug}/"] = _frame(
            t.title,
            f"""<div class="col-lg-8"><div class="news news-single"><div class="article" itemscope="itemscope" itemtype="http://schema.org/Article">
<p class="small text-muted mb-1"><span class="badge bg-primary">Pressemitteilung</span> <span class="news-list-date">{t.long}</span></p><h2 class="display-6" itemprop="headline">{t.title}</h2>
<div class="lead" itemprop="description"><p>{t.lead}</p></div><div class="news-text-wrap" itemprop="articleBody">{paragraphs}</div>
<div class="news-backlink-wrap"><a href="/aktuell/presse/">Zurück zur Übersicht</a></div></div></div><h4 class="mt-5">Verwandte Meldungen</h4><ul class="list-unstyled">{others}</ul></div>
<div class="col-lg-4"><div class="card p-3 ansprechpartner"><h4>Ihr Pressekontakt</h4><p>Frieda Muster, presse@muster.invalid</p></div></div>""",
        )
    entries = "".join(
        f"<item><title>{t.title}</title><link>{base}/aktuell/presse/detail/{t.slug}/</link><pubDate>{t.day:%a, %d %b %Y} 10:00:00 +0100</pubDate></item>"
        for t in texts
    )
    made["/aktuell/presse/rss.xml"] = (
        "application/rss+xml",
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Presse</title><link>{base}/aktuell/presse/</link>{entries}</channel></rss>',
    )
    return made
