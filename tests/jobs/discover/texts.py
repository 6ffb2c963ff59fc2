"""Fourteen invented releases that all invented sites publish, each in its own markup. No such parliament, party or person exists."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]
WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]


@dataclass(frozen=True)
class Text:
    number: int
    slug: str
    title: str
    day: date
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def dotted(self):
        return f"{self.day:%d.%m.%Y}"

    @property
    def long(self):
        return f"{self.day.day}. {MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def month(self):
        return f"{MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def weekday(self):
        return WEEKDAYS[self.day.weekday()]


TITLES = (
    (
        "Quittenhain: Der Deich bei Musterstadt muss saniert werden",
        "Deich bei Musterstadt",
        "Wenzel Quittenhain",
        "1,4 Kilometer",
    ),
    ("Mehr Musiklehrer für Musterland", "Musikunterricht", "Rosalie Ohnesorg", "320 Stellen"),
    ("Birnbaum (UM): Busfahren auf dem Land bleibt zu teuer", "öffentlichen Nahverkehr", "Jasper Birnbaum", "49 Taler"),
    ("„Die Moore sind unser Klimaschutz“", "Moorschutz", "Hedwig Sandmann", "12.000 Hektar"),
    ("Haushalt 2024: Zahlen ohne Ziel", "Haushaltsentwurf", "Leander Kieselstein", "2,5 Milliarden Taler"),
    ("Feuerwehren bekommen neue Fahrzeuge", "Brandschutz", "Wilma Seebach", "48 Löschfahrzeuge"),
    ("Seebach und Ohnesorg zur Lage der Hebammen im Land", "Geburtshilfe", "Wilma Seebach", "17 Kreißsäle"),
    ("Hafen Sandbank: Ausbau endlich beginnen", "Hafenausbau", "Ignaz Feldmark", "90 Millionen Taler"),
    ("Feldmark fordert Klarheit über die Pflegekammer", "Pflegekammer", "Ignaz Feldmark", "35.000 Beschäftigte"),
    ("Digitalfunk kommt auf alle Inseln", "Digitalfunk", "Leander Kieselstein", "sieben Inseln"),
    ("Kita-Gebühren: Regierung lässt Familien allein", "Kita-Gebühren", "Rosalie Ohnesorg", "140 Taler im Monat"),
    ("Sandmann: Windräder nur mit den Gemeinden", "Windenergie", "Hedwig Sandmann", "zwei Prozent der Fläche"),
    ("Weinbau braucht Wasser, nicht Worte", "Weinbau", "Jasper Birnbaum", "600 Betriebe"),
    ("Quittenhain: Polizeiwache in Beispielhausen bleibt", "Polizei", "Wenzel Quittenhain", "24 Beamte"),
)
SLUGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug_of(title):
    plain = title.lower().translate(SLUGS)
    return "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain).split())


def texts():
    """The newest first."""
    last = date(2024, 3, 21)
    made = []
    for number, (title, about, person, amount) in enumerate(TITLES):
        lead = f"Zur heutigen Debatte über {about} im Landtag Musterland erklärt {person}, Mitglied der Musterfraktion:"
        paragraphs = (
            f"„Wer über {about} spricht, darf von {amount} nicht schweigen. Die Regierung hat dazu seit Jahren nichts vorgelegt, was den Menschen hilft.",
            f"Wir haben einen Antrag eingebracht, der das Problem Schritt für Schritt löst. Er liegt dem Ausschuss seit dem Frühjahr vor, und noch immer fehlt eine Antwort zu {about}.",
            f"Unser Angebot steht: {amount} sind machbar, wenn alle es wollen. Darauf können sich die Menschen in Musterland verlassen.“",
        )
        day = last - timedelta(days=number * 5 + number % 3)
        made.append(Text(9000 - number * 7, slug_of(title), title, day, lead, paragraphs))
    return made
