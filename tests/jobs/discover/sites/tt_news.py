"""An old TYPO3: addresses of queries only, days and headlines in spans, relative to <base>, `[mehr]` behind each teaser, pages by `pointer`."""

ITEMS = 4
START = "/index.php?id=405"
FURNITURE = ("Seitenanfang", "Weitere Meldungen", "Ansprechpartner für die Presse")


def _frame(base, title, body):
    return f"""<html xmlns="http://www.w3.org/1999/xhtml" lang="de"><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" /><base href="{base}/" /><title>{title}</title>
<link rel="stylesheet" href="typo3conf/ext/tt_news/style.css" /><meta name="generator" content="TYPO3 4.5 CMS" /></head><body>
<div id="wrapper"><div id="navi"><ul><li><a href="index.php?id=1">Startseite der Fraktion</a></li><li><a href="index.php?id=12">Abgeordnete im Wahlkreis</a></li><li><a href="index.php?id=405">Presse</a></li></ul></div>
<div id="col2">{body}</div><div id="col3"><div class="csc-default"><h4>Ansprechpartner für die Presse</h4><p>Elisa Beispiel<br />Zimmer 12 im Landtag</p></div></div><div id="bottom"><a href="index.php?id=99">Impressum</a></div></div></body></html>""".encode(
        "latin-1", "xmlcharrefreplace"
    )


def pages(texts, base):
    made = {}
    for page, first in enumerate(range(0, len(texts), ITEMS)):
        rows = "".join(
            f"""<div class="news-list-item"><span class="news-list-date">{t.day:%d.%m.%y} </span><h3><a href="index.php?id=405&amp;tx_ttnews[tt_news]={t.number}&amp;cHash=a{t.number}ff" title="{t.title}">{t.title}</a></h3><p>{t.lead[:80]}<span class="news-list-morelink"><a href="index.php?id=405&amp;tx_ttnews[tt_news]={t.number}&amp;cHash=a{t.number}ff">[mehr]</a></span></p><hr class="clearer" /></div>"""
            for t in texts[first : first + ITEMS]
        )
        numbers = "".join(
            f"<strong>Seite {n + 1}</strong> "
            if n == page
            else f'<a href="index.php?id=405&amp;tx_ttnews[pointer]={n}">Seite {n + 1}</a> '
            if n
            else '<a href="index.php?id=405">Seite 1</a> '
            for n in range(-(-len(texts) // ITEMS))
        )
        older = (
            f'<a href="index.php?id=405&amp;tx_ttnews[pointer]={page + 1}">Nächste &gt;</a>' if first + ITEMS < len(texts) else ""
        )
        made["/index.php?id=405" + (f"&tx_ttnews[pointer]={page}" if page else "")] = (
            "text/html",
            _frame(
                base,
                "Presse",
                f'<div class="tx-ttnews"><div class="news-list-container">{rows}</div><div class="news-list-browse"><p class="tx-ttnews-browsebox">{numbers}{older}</p></div></div>',
            ),
        )
    for t in texts:
        others = "".join(
            f'<dd><a href="index.php?id=405&amp;tx_ttnews[tt_news]={o.number}">{o.title}</a> {o.dotted}</dd>'
            for o in texts[2:5]
            if o is not t
        )
        body = "".join(f'<p class="bodytext">{p}</p>' for p in t.paragraphs)
        made[f"/index.php?id=405&tx_ttnews[tt_news]={t.number}"] = (
            "text/html",
            _frame(
                base,
                "Presse",
                f'<div class="tx-ttnews"><div class="news-single-item"><div class="news-single-timedata">{t.day:%d.%m.%y} 10:15</div><h1>{t.title}</h1><h2>{t.lead}</h2>{body}<hr class="cl-right" /><div class="news-single-backlink"><a href="index.php?id=405">&lt;- Zurück zu: Presse</a></div></div></div><dl class="news-single-related"><dt>Weitere Meldungen</dt>{others}</dl><p><a href="index.php?id=405#top">Seitenanfang</a></p>',
            ),
        )
    return made
