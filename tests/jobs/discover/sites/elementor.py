"""WordPress with a page builder: cards whose picture, headline and `Weiterlesen` all lead to the release; a feed; an archive widget."""

ITEMS = 6
START = "/presse/"
FURNITURE = ("Elisa Beispiel, Pressesprecherin", "Das könnte Sie auch interessieren", "Teilen Sie diesen Beitrag")


def _frame(title, body, base, extra=""):
    return f"""<!DOCTYPE html><html lang="de-DE"><head><meta charset="UTF-8"><title>{title} &#8211; Musterfraktion</title>
<link rel="alternate" type="application/rss+xml" title="Musterfraktion &raquo; Feed" href="{base}/feed/" />
<link rel="alternate" type="application/rss+xml" title="Musterfraktion &raquo; Kommentar-Feed" href="{base}/comments/feed/" />
<link rel='stylesheet' href='{base}/wp-content/themes/hello-elementor/style.min.css' />
<meta name="generator" content="WordPress 6.4.3; Elementor 3.19" />{extra}</head>
<body class="wp-custom-logo elementor-default elementor-kit-5">
<header class="elementor elementor-12"><nav class="elementor-nav-menu--main"><ul class="elementor-nav-menu">
<li class="menu-item menu-item-21"><a href="{base}/">Startseite</a></li><li class="menu-item menu-item-22"><a href="{base}/fraktion/">Unsere Fraktion</a></li>
<li class="menu-item menu-item-23"><a href="{base}/unsere-themen-im-landtag/">Unsere Themen im Landtag</a></li>
<li class="menu-item menu-item-24"><a href="{base}/presse/">Pressemitteilungen</a></li></ul></nav></header>
{body}
<footer class="elementor elementor-55"><p>Musterfraktion im Landtag Musterland, Musterplatz 1, 01234 Musterstadt</p>
<ul><li><a href="{base}/impressum/">Impressum</a></li><li><a href="{base}/datenschutz/">Datenschutzerklärung lesen</a></li></ul></footer></body></html>"""


def pages(texts, base):
    made = {}
    for page, first in enumerate(range(0, len(texts), ITEMS), 1):
        cards = "".join(
            f"""<article class="elementor-post elementor-grid-item post-{t.number} post type-post status-publish format-standard has-post-thumbnail hentry category-presse">
<div class="elementor-post__card"><a class="elementor-post__thumbnail__link" href="{base}/{t.slug}/" tabindex="-1"><div class="elementor-post__thumbnail"><img src="{base}/wp-content/uploads/{t.number}.jpg" alt=""></div></a>
<div class="elementor-post__badge">Presse</div><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{base}/{t.slug}/">{t.title}</a></h3>
<div class="elementor-post__excerpt"><p>{t.lead[:90]} …</p></div><a class="elementor-post__read-more" href="{base}/{t.slug}/" aria-label="Mehr über {t.title}">Weiterlesen »</a></div>
<div class="elementor-post__meta-data"><span class="elementor-post-date">{t.long}</span></div></div></article>"""
            for t in texts[first : first + ITEMS]
        )
        address = START if page == 1 else f"{START}page/{page}/"
        older = (
            f'<a class="page-numbers next" href="{base}{START}page/{page + 1}/">Nächste »</a>'
            if first + ITEMS < len(texts)
            else ""
        )
        newer = f'<a class="page-numbers prev" href="{base}{START}">« Vorherige</a>' if page > 1 else ""
        numbers = "".join(
            f'<span aria-current="page" class="page-numbers current">{n}</span>'
            if n == page
            else f'<a class="page-numbers" href="{base}{START}page/{n}/">{n}</a>'
            for n in range(1, -(-len(texts) // ITEMS) + 1)
        )
        recent = "".join(f'<li><a href="{base}/{t.slug}/">{t.title}</a></li>' for t in texts[:4])
        made[address] = _frame(
            "Pressemitteilungen",
            f"""<main><div class="elementor-widget-container"><div class="elementor-posts-container elementor-posts">{cards}</div>
<nav class="elementor-pagination" role="navigation">{newer}{numbers}{older}</nav></div></main>
<aside class="sidebar widget-area"><h3>Neueste Beiträge</h3><ul>{recent}</ul><h3>Archiv</h3><ul><li><a href="{base}/2024/03/">März 2024</a></li><li><a href="{base}/2024/02/">Februar 2024</a></li></ul></aside>""",
            base,
        )
    for t in texts:
        others = "".join(
            f'<article class="elementor-post"><h3><a href="{base}/{o.slug}/">{o.title}</a></h3><span class="elementor-post-date">{o.long}</span></article>'
            for o in texts[:3]
            if o is not t
        )
        paragraphs = "".join(f"<p>{p}</p>" for p in (t.lead, *t.paragraphs))
        made[f"/{t.slug}/"] = _frame(
            t.title,
            f"""<div class="elementor elementor-77 post-{t.number}"><div class="elementor-element elementor-element-3fa21b elementor-widget elementor-widget-theme-post-title"><div class="elementor-widget-container"><h1 class="elementor-heading-title elementor-size-default">{t.title}</h1></div></div>
<ul class="elementor-post-info"><li itemprop="datePublished"><span class="elementor-icon-list-text elementor-post-info__item--type-date">{t.long}</span></li></ul>
<div class="elementor-element elementor-widget elementor-widget-theme-post-content"><div class="elementor-widget-container">{paragraphs}
<div class="sharing"><p>Teilen Sie diesen Beitrag</p><a href="https://social.invalid/share">Teilen</a></div></div></div>
<div class="elementor-widget elementor-author-box"><p>Elisa Beispiel, Pressesprecherin, Tel. 0123 456789, presse@muster.invalid</p></div>
<div class="elementor-widget elementor-posts related"><h3>Das könnte Sie auch interessieren</h3>{others}</div></div>""",
            base,
            f'<meta property="article:published_time" content="{t.day}T09:00:00+00:00" />',
        )
    items = "".join(
        f"<item><title>{t.title}</title><link>{base}/{t.slug}/</link><pubDate>{t.day:%a, %d %b %Y} 09:00:00 +0000</pubDate></item>"
        for t in texts[:10]
    )
    made["/feed/"] = (
        "application/rss+xml",
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Musterfraktion</title><link>{base}</link>{items}</channel></rss>',
    )
    return made
