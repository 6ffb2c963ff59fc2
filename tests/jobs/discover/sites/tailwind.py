"""A class soup of utilities with hashed names: nothing has a name that means something but the elements and the addresses."""

ITEMS = 6
START = "/de/newsroom"
FURNITURE = ("Newsletter abonnieren", "Ähnliche Beiträge")


def _frame(title, body):
    return f"""<!DOCTYPE html><html lang="de" class="h-full antialiased"><head><meta charset="utf-8"><title>{title}</title><meta property="og:site_name" content="Musterfraktion"></head><body class="flex min-h-full flex-col bg-zinc-50">
<header class="sticky top-0 z-50 flex justify-between px-4 py-5 sm:px-6"><a class="text-lg font-bold css-1q2w3e" href="/de">Musterfraktion</a><div class="hidden lg:flex gap-x-8"><a class="text-sm hover:text-teal-500" href="/de/menschen-und-positionen">Menschen und Positionen</a><a class="text-sm hover:text-teal-500" href="/de/newsroom">Newsroom</a></div></header>
<main class="flex-auto">{body}</main><footer class="mt-32 px-8 border-t border-zinc-100"><a class="text-sm" href="/de/datenschutz-und-cookies">Datenschutz und Cookies</a></footer></body></html>"""


def pages(texts, base):
    made = {}
    for page, first in enumerate(range(0, len(texts), ITEMS), 1):
        cards = "".join(
            f"""<div class="group relative flex flex-col items-start p-6 rounded-2xl md:grid md:grid-cols-4 css-x9k{n}2"><a class="absolute inset-0 z-20" href="/de/newsroom/{t.day.year}/{t.slug}"><span class="sr-only">Lesen</span></a>
<div class="md:col-span-3"><a class="text-base font-semibold tracking-tight text-zinc-800 hover:underline" href="/de/newsroom/{t.day.year}/{t.slug}">{t.title}</a><p class="relative z-10 mt-2 text-sm text-zinc-600">{t.lead[:100]}</p></div>
<time class="order-first mb-3 text-sm text-zinc-400" datetime="{t.day}">{t.long}</time></div>"""
            for n, t in enumerate(texts[first : first + ITEMS])
        )
        older = (
            f'<a class="inline-flex items-center gap-2 rounded-md px-3 py-2" href="/de/newsroom?page={page + 1}">Ältere Beiträge →</a>'
            if first + ITEMS < len(texts)
            else ""
        )
        newer = (
            f'<a class="inline-flex items-center gap-2 rounded-md px-3 py-2" href="/de/newsroom?page={page - 1}">← Neuere Beiträge</a>'
            if page > 1
            else ""
        )
        made[START + (f"?page={page}" if page > 1 else "")] = _frame(
            "Newsroom",
            f"""<div class="mx-auto max-w-7xl px-8 mt-16"><h1 class="text-4xl font-bold">Newsroom</h1><div class="mt-16 space-y-16">{cards}</div><div class="flex justify-between mt-12">{newer}{older}</div></div>""",
        )
    for t in texts:
        paragraphs = "".join(f'<p class="mt-6 leading-7 text-zinc-600">{p}</p>' for p in (t.lead, *t.paragraphs))
        others = "".join(
            f'<a class="block mt-4 text-sm font-medium" href="/de/newsroom/{o.day.year}/{o.slug}">{o.title}</a>'
            for o in texts[4:7]
            if o is not t
        )
        made[f"/de/newsroom/{t.day.year}/{t.slug}"] = _frame(
            f"{t.title} - Musterfraktion",
            f"""<div class="mx-auto max-w-2xl mt-16"><div class="flex items-center gap-x-4 text-xs"><time class="text-zinc-500" datetime="{t.day}T07:30:00.000Z">{t.long}</time><span class="rounded-full bg-zinc-100 px-3">Presse</span></div><h1 class="mt-6 text-4xl font-bold tracking-tight">{t.title}</h1>
<div class="mt-8 css-7f3aQ">{paragraphs}</div><div class="mt-16 rounded-2xl border p-6"><p class="text-sm font-semibold">Newsletter abonnieren</p><form class="mt-4"><input type="email"></form></div>
<div class="mt-16 border-t"><p class="mt-6 text-sm font-semibold">Ähnliche Beiträge</p>{others}</div></div>""",
        )
    return made
