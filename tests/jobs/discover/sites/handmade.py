"""Hand-made pages of a decade ago: tables for layout, windows-1252, no classes, `news/123.html`, lines apart by <br>, one long list."""

START = "/presse.html"
ITEMS = 14
FURNITURE = ("Seite drucken", "Besucher seit")


def _frame(title, body):
    return (
        f"""<html><head><title>{title}</title><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"></head><body bgcolor="#ffffff">
<table width="900" border="0" cellpadding="4"><tr><td colspan="2"><img src="/kopf.gif" alt="Musterfraktion"></td></tr>
<tr><td width="160" valign="top"><a href="/index.html">Startseite</a><br><a href="/presse.html">Pressemitteilungen</a><br><a href="/abgeordnete.html">Unsere Abgeordneten</a><br><a href="/so-finden-sie-uns.html">So finden Sie uns</a></td>
<td valign="top">{body}</td></tr><tr><td colspan="2" align="center"><font size="1">Besucher seit 2009: 48213 | <a href="/impressum.html">Impressum</a></font></td></tr></table></body></html>""".encode(
            "cp1252"
        ),
    )


def pages(texts, base):
    rows = "".join(
        f'<tr><td width="90"><font size="2">{t.dotted}</font></td><td><a href="news/{t.number}.html"><b>{t.title}</b></a></td></tr>'
        for t in texts
    )
    made = {
        START: (
            "text/html",
            *_frame("Pressemitteilungen der Musterfraktion", f"<h2>Unsere Pressemitteilungen</h2><table>{rows}</table>"),
        )
    }
    for t in texts:
        body = "<br><br>".join((t.lead, *t.paragraphs))
        made[f"/news/{t.number}.html"] = (
            "text/html",
            *_frame(
                "Musterfraktion im Landtag Musterland",
                f'<font size="2">Musterstadt, {t.dotted}</font><h3>{t.title}</h3><font face="Arial">{body}</font><hr><a href="javascript:window.print()">Seite drucken</a> | <a href="../presse.html">zur Liste</a>',
            ),
        )
    return made
