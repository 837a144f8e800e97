"""The columns of the CSV files that address books write, and how to know whose file it is.

A header is compared in lower case, with its blanks made single and its numbers written `#`, so
that one entry stands for "E-mail 1 - Value" and all that follow.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.common.plain_text import clean_line
from apps.contacts.files.person import FileKind

# What a column can be understood as, in the words a person reads.
GIVEN = "given name"
FAMILY = "family name"
SHOWN = "name"
EMAIL = "e-mail"
PHONE = "phone"
LINK = "link"
ORGANIZATION = "organization"
DEPARTMENT = "department"
JOB_TITLE = "job title"
NOTE = "note"
LABEL = "label"
CONNECTED = "connected on"
UID = "id"


@dataclass(frozen=True, slots=True)
class Layout:
    """One program's columns. It is that program's file where the names and one mark are there."""

    kind: FileKind
    meanings: dict[str, str]  # header, in the form of `header_key` → one of the words above
    marks: frozenset[str]  # headers that this program writes and the others do not
    values_end: str | None = None  # what separates several values in one cell
    labels_end: str | None = None
    label_mark: str = ""  # what the program puts before labels it made itself
    is_name_as_shown: bool = False  # the name column counts, whatever the two others say

    def fits(self, keys: Sequence[str]) -> bool:
        meanings = {self.meanings.get(key) for key in keys}
        named = SHOWN in meanings or {GIVEN, FAMILY} <= meanings
        return named and not self.marks.isdisjoint(keys)


def header_key(header: str) -> str:
    return re.sub(r"\d+", "#", " ".join(clean_line(header).lower().split()))


def recognise(keys: Sequence[str]) -> Layout | None:
    """Return whose header this is, or None if it is none we know. Keys: see `header_key`."""
    return next((layout for layout in LAYOUTS if layout.fits(keys)), None)


def _meanings(**headers: str) -> dict[str, str]:
    """Turn `given="first name | vorname"` into one entry for each header."""
    words = {"given": GIVEN, "family": FAMILY, "shown": SHOWN, "email": EMAIL, "phone": PHONE}
    words |= {"link": LINK, "organization": ORGANIZATION, "department": DEPARTMENT}
    words |= {"job_title": JOB_TITLE, "note": NOTE, "label": LABEL}
    words |= {"connected": CONNECTED, "uid": UID}
    return {
        header.strip(): words[word]
        for word, several in headers.items()
        for header in several.split("|")
    }


OURS = Layout(
    kind=FileKind.CSV,
    meanings=_meanings(
        shown="name",
        given="given name",
        family="family name",
        organization="organization",
        department="department",
        job_title="job title",
        email="e-mail addresses",
        phone="phone numbers",
        link="links",
        note="note",
        label="labels",
        connected="connected on",
        uid="id",
    ),
    marks=frozenset({"e-mail addresses"}),
    values_end=r"\n",
    labels_end=r"\n",
    is_name_as_shown=True,
)

_CONNECTED = (
    "connected on | verbunden am | kontakt seit | connexion le | connecté le | date de connexion"
    " | en relation depuis | conectado el | fecha de conexión | conectado em | data de conexão"
    " | conexão em | collegato il | data collegamento | connesso il | verbonden op"
    " | verbinding gemaakt op | ansluten den | kontakt sedan | forbundet den | tilkoblet"
    " | data nawiązania kontaktu | połączono"
)
LINKEDIN = Layout(
    kind=FileKind.LINKEDIN,
    meanings=_meanings(
        given="first name | vorname | prénom | nombre | nome | voornaam | förnamn | fornavn | imię",
        family=(
            "last name | nachname | nom | nom de famille | apellido | apellidos | sobrenome"
            " | cognome | achternaam | efternamn | efternavn | etternavn | nazwisko"
        ),
        link=(
            "url | profile url | profil-url | url du profil | url de perfil | url del perfil"
            " | url do perfil | url del profilo | profiel-url"
        ),
        email=(
            "email address | e-mail address | email | e-mail-adresse | adresse e-mail | e-mail"
            " | correo electrónico | dirección de correo electrónico | dirección de email"
            " | endereço de e-mail | indirizzo e-mail | indirizzo email | e-mailadres"
            " | e-postadress | e-postadresse | mailadresse | adres e-mail"
        ),
        organization=(
            "company | unternehmen | firma | entreprise | société | empresa | azienda | società"
            " | bedrijf | företag | virksomhed | bedrift"
        ),
        job_title=(
            "position | poste | fonction | cargo | puesto | posición | posizione"
            " | posizione lavorativa | functie | befattning | stilling | stanowisko"
        ),
        connected=_CONNECTED,
    ),
    marks=frozenset(header.strip() for header in _CONNECTED.split("|")),
)
# The order that LinkedIn has kept in every language since it writes profile links.
LINKEDIN_ORDER = (GIVEN, FAMILY, LINK, EMAIL, ORGANIZATION, JOB_TITLE, CONNECTED)

GOOGLE = Layout(
    kind=FileKind.GOOGLE,
    meanings=_meanings(
        shown="name",
        given="first name | given name",
        family="last name | family name",
        email="e-mail # - value",
        phone="phone # - value",
        link="website # - value",
        organization="organization name | organization # - name",
        department="organization department | organization # - department",
        job_title="organization title | organization # - title",
        note="notes",
        label="labels | group membership",
    ),
    marks=frozenset(
        {
            *("e-mail # - value", "phone # - value", "phonetic first name", "yomi name"),
            *("given name yomi", "group membership", "organization # - name"),
        }
    ),
    values_end=r" ?::: ?",
    labels_end=r" ?::: ?",
    label_mark="* ",
)

OUTLOOK = Layout(
    kind=FileKind.OUTLOOK,
    # "Title" and "Anrede" are Dr. and Mrs., not what a person does.
    meanings=_meanings(
        given="first name | vorname",
        family="last name | nachname",
        email=(
            "e-mail address | e-mail # address | e-mail-adresse | e-mail #: adresse"
            " | e-mail #-adresse | e-mail-adresse #"
        ),
        phone=(
            "business phone | business phone # | home phone | home phone # | mobile phone"
            " | mobile phone # | primary phone | other phone | car phone | telefon geschäftlich"
            " | telefon geschäftlich # | telefon privat | telefon privat # | mobiltelefon"
            " | mobiltelefon # | haupttelefon | weiteres telefon | autotelefon"
        ),
        link="web page | personal web page | webseite | private webseite",
        organization="company | firma",
        department="department | abteilung",
        job_title="job title | position",
        note="notes | notizen",
        label="categories | kategorien",
    ),
    marks=frozenset(
        {
            *("e-mail # address", "e-mail type", "e-mail display name", "business phone"),
            *("company main phone", "e-mail #: adresse", "e-mail-typ", "telefon geschäftlich"),
            *("e-mail: angezeigter name", "e-mail #-adresse", "e-mail-adresse #"),
        }
    ),
    labels_end=r"[;,]",
)

THUNDERBIRD = Layout(
    kind=FileKind.THUNDERBIRD,
    meanings=_meanings(
        given="first name | vorname",
        family="last name | nachname",
        shown="display name | anzeigename",
        email=(
            "primary email | secondary email | primäre e-mail-adresse | sekundäre e-mail-adresse"
        ),
        phone=(
            "work phone | home phone | mobile number"
            " | tel. dienstlich | tel. privat | mobil-tel.-nr."
        ),
        link="web page # | webseite #",
        organization="organization | organisation",
        department="department | abteilung",
        job_title="job title | arbeitstitel",
        note="notes | notizen",
    ),
    marks=frozenset({"primary email", "primäre e-mail-adresse"}),
)

LAYOUTS = (OURS, LINKEDIN, GOOGLE, OUTLOOK, THUNDERBIRD)
