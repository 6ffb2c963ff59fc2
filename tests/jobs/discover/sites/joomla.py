"""Joomla's blog layout: leading article larger than the rest, days in words in a list of details, `?start=N`, text straight in a div."""

ITEMS = 6
START = "/"
FURNITURE = ("Zugriffe", "Zuletzt aktualisiert", "Beliebte Beiträge")


def _frame(title, body):
    return f"""<!DOCTYPE html><html lang="de-de"><head><meta charset="utf-8" /><meta name="generator" content="Joomla! - Open Source Content Management" /><title>{title}</title></head><body class="site com_content view-category layout-blog itemid-133">
<div class="body"><div class="container"><header class="header"><a class="brand" href="/">Musterfraktion im Landtag</a></header><nav class="navigation"><ul class="nav menu"><li class="item-101"><a href="/">Start</a></li><li class="item-133"><a href="/presse/mitteilungen">Presse</a></li><li class="item-140"><a href="/fraktion/arbeitskreise-der-fraktion">Arbeitskreise der Fraktion</a></li></ul></nav>
<div class="row-fluid"><main id="content" class="span9">{body}</main><div id="aside" class="span3"><div class="well"><h3 class="page-header">Beliebte Beiträge</h3><ul class="mostread"><li><a href="/presse/mitteilungen/12-alte-geschichten-aus-musterland">Alte Geschichten aus Musterland</a></li><li><a href="/presse/mitteilungen/13-noch-mehr-alte-geschichten">Noch mehr alte Geschichten</a></li></ul></div></div></div></div></div>
<footer class="footer"><p>© 2024 Musterfraktion</p></footer></body></html>"""


def _details(t):
    return f'<dl class="article-info muted"><dt class="article-info-term">Details</dt><dd class="createdby" itemprop="author">Geschrieben von: <span itemprop="name">Redaktion</span></dd><dd class="modified"><time datetime="2024-03-30T10:00:00+01:00" itemprop="dateModified">Zuletzt aktualisiert: 30. März 2024</time></dd><dd class="published"><time datetime="{t.day}T08:00:00+01:00" itemprop="datePublished">Veröffentlicht: {t.long}</time></dd><dd class="hits">Zugriffe: {t.number}</dd></dl>'


def pages(texts, base):
    made = {
        "/": _frame(
            "Musterfraktion",
            "<h1>Herzlich willkommen</h1><p>Die Musterfraktion arbeitet für ein besseres Musterland, Tag für Tag, im Plenum und in den Ausschüssen.</p>",
        )
    }
    for first in range(0, len(texts), ITEMS):
        parts = []
        for n, t in enumerate(texts[first : first + ITEMS]):
            inner = f'<div class="page-header"><h2 itemprop="name"><a href="/presse/mitteilungen/{t.number}-{t.slug}" itemprop="url">{t.title}</a></h2></div>{_details(t)}<p>{t.lead}</p><p class="readmore"><a class="btn" href="/presse/mitteilungen/{t.number}-{t.slug}" itemprop="url" aria-label="Weiterlesen: {t.title}">Weiterlesen …</a></p>'
            parts.append(
                f'<div class="items-leading clearfix"><div class="leading-0" itemprop="blogPost">{inner}</div></div>'
                if n == 0
                else f'<div class="items-row cols-1 row-{n - 1} row-fluid clearfix"><div class="span12"><div class="item column-1" itemprop="blogPost">{inner}</div></div></div>'
            )
        pager = "".join(
            [
                f'<li><a class="pagenav" title="Zurück" href="/presse/mitteilungen{f"?start={first - ITEMS}" if first > ITEMS else ""}">Zurück</a></li>'
                if first
                else "",
                f'<li><a class="pagenav" title="Weiter" href="/presse/mitteilungen?start={first + ITEMS}">Weiter</a></li>'
                if first + ITEMS < len(texts)
                else "",
            ]
        )
        made["/presse/mitteilungen" + (f"?start={first}" if first else "")] = _frame(
            "Mitteilungen",
            f'<div class="blog" itemscope itemtype="https://schema.org/Blog"><h1>Mitteilungen</h1>{"".join(parts)}<div class="pagination"><ul class="pagination-list">{pager}</ul></div></div>',
        )
    for t in texts:
        made[f"/presse/mitteilungen/{t.number}-{t.slug}"] = _frame(
            t.title,
            f'<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{t.title}</h2></div>{_details(t)}<div itemprop="articleBody">{t.lead}<br /><br />{"<br /><br />".join(t.paragraphs)}</div><ul class="pager pagenav"><li class="previous"><a href="/presse/mitteilungen/1-x" rel="prev">Zurück</a></li><li class="next"><a href="/presse/mitteilungen/2-y" rel="next">Weiter</a></li></ul></div>',
        )
    return made
