"""A definition list under headings of months, days before the links, paging by months' archive is a plain `weiter`; the home page is given."""

ITEMS = 7
START = "/"
FURNITURE = ("Folgen Sie uns", "Diese Meldung als PDF")


def _frame(title, body):
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{title}</title></head><body><div id="kopf"><a href="/">Start</a> <a href="/menschen">Menschen</a> <a href="/meldungen">Presse</a> <a href="/termine">Termine</a></div>
<div id="inhalt">{body}</div><div id="fuss">Folgen Sie uns: <a href="https://social.invalid/muster">Netzwerk</a> · <a href="/kontakt">Kontakt</a></div></body></html>"""


def pages(texts, base):
    made = {
        "/": _frame(
            "Musterfraktion",
            '<h1>Willkommen bei der Musterfraktion</h1><p>Wir arbeiten für Musterland.</p><ul class="kacheln"><li><a href="/themen/bildung-und-kultur">Bildung und Kultur</a></li><li><a href="/themen/umwelt-und-klima">Umwelt und Klima</a></li><li><a href="/themen/arbeit-und-soziales">Arbeit und Soziales</a></li></ul>',
        )
    }
    for page, first in enumerate(range(0, len(texts), ITEMS), 1):
        parts, month = [], ""
        for t in texts[first : first + ITEMS]:
            if t.month != month:
                parts.append(f"{'</dl>' if month else ''}<h3>{t.month}</h3><dl>")
                month = t.month
            parts.append(f'<dt>{t.dotted}</dt><dd><a href="/meldungen/{t.number}/{t.slug}">{t.title}</a><br>{t.lead[:60]} …</dd>')
        older = f'<a href="/meldungen?seite={page + 1}">weiter</a>' if first + ITEMS < len(texts) else ""
        newer = f'<a href="/meldungen?seite={page - 1}">zurück</a> ' if page > 1 else ""
        made["/meldungen" + (f"?seite={page}" if page > 1 else "")] = _frame(
            "Meldungen der Musterfraktion", f"<h1>Meldungen</h1>{''.join(parts)}</dl><p>{newer}{older}</p>"
        )
    for t in texts:
        points = "".join(f"<p>{p}</p>" for p in t.paragraphs)
        made[f"/meldungen/{t.number}/{t.slug}"] = _frame(
            f"{t.title} | Musterfraktion",
            f'<div class="meldung"><p class="stand">Musterstadt, den {t.long}</p><h1>{t.title}</h1><p class="vorspann">{t.lead}</p>{points}<p class="werkzeug"><a href="/pdf/{t.number}.pdf">Diese Meldung als PDF</a></p></div>',
        )
    return made
