"""Drupal: a views table with a column of days, links in the second column, a pager by `?page=N`; press contacts beside it; no feed."""

ITEMS = 5
START = "/presse/pressemitteilungen"
FURNITURE = ("Pressestelle der Musterfraktion", "Schlagworte", "Weitere Pressemitteilungen zum Thema")


def _frame(title, body):
    return f"""<!DOCTYPE html><html lang="de" dir="ltr"><head><meta charset="utf-8" /><meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<title>{title} | Musterfraktion im Landtag Musterland</title><link rel="stylesheet" href="/sites/default/files/css/css_a81.css" /></head>
<body class="path-presse"><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><div id="page-wrapper">
<header id="header"><div class="region region-primary-menu"><nav id="block-main-navigation"><ul class="menu menu--level-1">
<li class="menu-item"><a href="/fraktion" data-drupal-link-system-path="node/1">Die Fraktion im Überblick</a></li><li class="menu-item menu-item--active-trail"><a href="/presse" class="is-active">Presse</a></li>
<li class="menu-item"><a href="/termine" >Termine</a></li></ul></nav></div></header>
<main id="main-content">{body}</main>
<aside class="layout-sidebar-second"><div class="block block-presskontakt"><h2>Pressekontakt</h2><p>Pressestelle der Musterfraktion<br>Telefon 0123 4567</p><ul><li><a href="/presse/pressefotos">Pressefotos zum Herunterladen</a></li><li><a href="/presse/akkreditierung-im-landtag">Akkreditierung im Landtag</a></li></ul></div></aside>
<footer><a href="/impressum">Impressum</a> <a href="/barrierefreiheit-der-seite">Barrierefreiheit der Seite</a></footer></div></div></body></html>"""


def pages(texts, base):
    made = {}
    last = -(-len(texts) // ITEMS) - 1
    for page in range(last + 1):
        rows = "".join(
            f"""<tr class="{"odd" if n % 2 else "even"}"><td headers="view-created-table-column" class="views-field views-field-created">{t.dotted}</td>
<td headers="view-title-table-column" class="views-field views-field-title"><a href="/presse/pressemitteilungen/{t.slug[:30].rstrip("-")}-{t.number}" hreflang="de">{t.title}</a></td>
<td class="views-field views-field-field-thema"><a href="/themen/{"soziales" if n % 2 else "verkehr"}">{"Soziales und Familie" if n % 2 else "Verkehr und Bauen"}</a></td></tr>"""
            for n, t in enumerate(texts[page * ITEMS : (page + 1) * ITEMS])
        )
        pager = (
            (
                f'<li class="pager__item pager__item--previous"><a href="?page={page - 1}" title="Zur vorherigen Seite" rel="prev"><span aria-hidden="true">‹‹</span></a></li>'
                if page
                else ""
            )
            + "".join(
                f'<li class="pager__item{" is-active active" if n == page else ""}"><a href="?page={n}" title="{"Aktuelle Seite" if n == page else f"Gehe zu Seite {n + 1}"}">{n + 1}</a></li>'
                for n in range(last + 1)
            )
            + (
                f'<li class="pager__item pager__item--next"><a href="?page={page + 1}" title="Zur nächsten Seite" rel="next"><span class="visually-hidden">Nächste Seite</span><span aria-hidden="true">››</span></a></li>'
                if page < last
                else ""
            )
        )
        made[START + (f"?page={page}" if page else "")] = _frame(
            "Pressemitteilungen",
            f"""<h1 class="page-title">Pressemitteilungen</h1><div class="views-element-container"><div class="view view-pressemitteilungen view-id-pressemitteilungen js-view-dom-id-4af9">
<div class="view-content"><table class="table cols-3"><thead><tr><th>Datum</th><th>Titel</th><th>Thema</th></tr></thead><tbody>{rows}</tbody></table></div>
<nav class="pager" role="navigation"><ul class="pager__items js-pager__items">{pager}</ul></nav></div></div>""",
        )
    for t in texts:
        paragraphs = "".join(f"<p>{p}</p>\n" for p in t.paragraphs)
        others = "".join(
            f'<li><a href="/presse/pressemitteilungen/{o.slug[:30].rstrip("-")}-{o.number}">{o.title}</a> <time datetime="{o.day}T08:00:00Z">{o.dotted}</time></li>'
            for o in texts[3:6]
            if o is not t
        )
        made[f"/presse/pressemitteilungen/{t.slug[:30].rstrip('-')}-{t.number}"] = _frame(
            t.title,
            f"""<article role="article" class="node node--type-pressemitteilung node--view-mode-full" data-history-node-id="{t.number}">
<div class="field field--name-field-kategorie field--type-string">Pressemitteilung Nr. {t.number}</div><h1><span class="field field--name-title field--type-string">{t.title}</span></h1>
<div class="field field--name-created"><time datetime="{t.day}T10:12:00+01:00" title="{t.weekday}, {t.long}" class="datetime">{t.dotted}</time></div>
<div class="clearfix text-formatted field field--name-field-vorspann"><p><strong>{t.lead}</strong></p></div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary">{paragraphs}</div>
<div class="field field--name-field-tags"><div class="field__label">Schlagworte</div><div class="field__item"><a href="/taxonomy/term/4">Musterland</a></div></div>
</article><div class="view view-verwandte"><h2>Weitere Pressemitteilungen zum Thema</h2><ul>{others}</ul></div>""",
        )
    return made
