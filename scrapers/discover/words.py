"""What press pages call things: words in links, addresses and class names by which lists, pages and releases are told apart."""

import re

PRESS_LINKS = (
    # The best first; capitals do not count.
    re.compile(r"(?:alle\s)?(?:presse|medien)(?:mitteilung|meldung|information|erklärung)(?:en)?(?:\W.{0,30})?", re.IGNORECASE),
    re.compile(r"(?:presse|medien)(?:archiv|bereich|dienst|portal|service|raum|center|info(?:s|thek)?)?", re.IGNORECASE),
    re.compile(
        r"aktuelle(?:s|\s(?:meldungen|mitteilungen|nachrichten))|(?:alle\s)?(?:meldungen|nachrichten|news|neuigkeiten)",
        re.IGNORECASE,
    ),
    re.compile(r".{0,20}\b(?:presse|medien)(?:mitteilung|meldung|information)?(?:en)?\b.{0,20}", re.IGNORECASE),
)
PRESS_ADDRESS = re.compile(
    r"press|medieninfo|medienmitteil|mitteilung|meldung|nachricht|news|aktuell|artikel|article|beitr|blog|detail|(?<![a-z])p[mi](?![a-z])",
    re.IGNORECASE,
)
# What addresses of other lists bear: subjects, people, days to come, documents.
OTHER_ADDRESS = re.compile(
    r"(?:^|/)(?:tag|tags|thema|themen|topic|category|kategorien?|schlagwort|author|autor|person(?:en)?|team|abgeordnete?|mitglieder|"
    r"termine?|veranstaltung(?:en)?|events?|kalender|kontakt|impressum|datenschutz\w*|suche|search|login|jobs?|stellen\w*|"
    r"reden?|antr[aä]e?ge|anfragen|videos?|fotos?|mediathek|podcast|newsletter)(?:/|$|\.)",
    re.IGNORECASE,
)
NO_PAGE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|svg|webp|mp[34]|ics|vcf|xml|rss|css|js)$", re.IGNORECASE)
PAGE_NUMBER = re.compile(
    r"(?P<before>(?:[?&](?:[\w.%\[\]-]*(?:page|seite|paged|pagina|currentpage)[\w.%\[\]-]*|p|pg|s)=)|/(?:page|seite|p)[/-]?)(?P<number>\d{1,4})(?=[/&#.]|$)",
    re.IGNORECASE,
)
OFFSET = re.compile(r"[?&](?:[\w.%\[\]-]*(?:start|offset|skip|from)[\w.%\[\]-]*)=\d{1,5}(?=[&#]|$)", re.IGNORECASE)
NEXT = re.compile(
    r"\W*(?:(?:zur\s)?nächsten?(?:\sseite)?|weiter(?:\szur nächsten seite)?|vor(?:wärts)?|blättern|next(?:\spage)?|"
    r"(?:zu\s)?ältere[nrs]?(?:\s(?:meldungen|mitteilungen|beiträgen?|artikeln?|einträgen?|pressemitteilungen|pressemeldungen|nachrichten|posts))?|"
    r"older(?:\s(?:posts|entries))?|"
    r"(?:mehr|weitere)\s?(?:meldungen|mitteilungen|beiträge|artikel|einträge|pressemitteilungen|pressemeldungen|nachrichten)?\s?"
    r"(?:laden|anzeigen|zeigen)|"
    r"(?:weitere|frühere)\s(?:meldungen|mitteilungen|beiträge|artikel|pressemitteilungen|pressemeldungen|nachrichten)|"
    r"load more|show more)\W*|[›»>→]{1,2}",
    re.IGNORECASE,
)
BACK = re.compile(r"zurück|vorherige|previous|prev|neuere|newer|letzte seite|last|erste|first", re.IGNORECASE)
# Links that name nothing: the headline stands beside them.
GENERIC = re.compile(
    r"\W*(?:(?:zum?r?|den|ganzen|vollständigen|die)\s)*"
    r"(?:mehr|weiter|weiterlesen|lesen|details?|artikel|beitrag|meldung|pressemitteilung|read more|more|"
    r"hier|pdf|download|drucken|teilen)(?:\s(?:lesen|erfahren|dazu|informationen|infos|anzeigen|ansehen|details?))?\W*",
    re.IGNORECASE,
)
HEADLINE_LETTERS = 12
HEADLINE_WORDS = 2
DAY_AND_MONTH = re.compile(
    r"(?<![\d.])\d{1,2}\.\s?(?:\d{1,2}\.|jan|jän|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)|\b20\d\d-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/20\d\d\b",
    re.IGNORECASE,
)


def is_headline(text: str) -> bool:
    """Whether some words could be the headline of a release, as far as their number tells."""
    return len(text) >= HEADLINE_LETTERS and len(text.split()) >= HEADLINE_WORDS and not GENERIC.fullmatch(text)
