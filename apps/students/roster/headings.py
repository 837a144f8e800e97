"""What the name of a column says about what is in it, in the languages that people teach in."""

import re
import unicodedata
from functools import cache

from apps.students.roster.table import Meaning

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BREAKS = re.compile(r"[\W_]+")
_TRAILING_NUMBER = re.compile(r"(?<=\D)\d+$")


def _bare(text: str) -> str:
    """Return text without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for letter, ascii_letter in (("ø", "o"), ("ł", "l"), ("ı", "i"), ("đ", "d"), ("æ", "ae")):
        bare = bare.replace(letter, ascii_letter)
    return unicodedata.normalize("NFC", bare)


def _set(words: str) -> frozenset[str]:
    return frozenset(_bare(words).split())


# Words are written without accents and capitals, as `tokens` gives them.
SECRET_TOKENS = _set(
    "password passwords passwd passwort kennwort pwd pass pw psw pword passphrase passcode secret"
    " secrets geheim geheimnis pin pins puk tan otp token tokens apikey credential credentials ssn"
    " sin nino socialsecurity wachtwoord losenord adgangskode adgangskoder passord salasana haslo"
    " heslo jelszo parola parole lozinka geslo sifre clave contrasena contrasenya contrasenha senha"
    " palavrapasse salaojad slaptazodis motdepasse mdp пароль 密码 密碼 口令 パスワード 비밀번호"
    " personnummer fodselsnummer bsn dni curp cpf aadhaar steuerid"
)
SECRET_PARTS = _set(
    "password passwort passwd kennwort losenord adgangskode wachtwoord contrasen motdepasse"
    " palavrapasse passphrase passcode socialsecurity sociaalzeker sozialversicherung codigosecreto"
    " secretcode secretquestion secretanswer securityanswer securityquestion apikey codicefiscale"
    " пароль パスワード 密码 密碼 비밀번호"
)

_SOMEBODY_ELSE = _set(
    "parent parents guardian guardians mother father agent agents emergency advisor adviser teacher"
    " teachers instructor instructors professor counselor coach tutor mentor mutter vater eltern"
    " padre madre pere mere tuteur manager supervisor contact spouse partner"
)
_NOT_THE_NAME_IN_USE = _set("middle second maiden preferred nick nickname alias phonetic former")
_FILLER = _set(
    "student students user users learner learners pupil pupils legal official member participant"
    " person people attendee des der die das del de do da di of the your s etudiant etudiante eleve"
    " studierende studierender studierenden schuler schulers alumno alumna alumnos estudiante"
    " estudiantes aluno aluna alunos leerling studente studenten studenti elev deltager opiskelija"
)
_MAIL = _set(
    "email emails mail mails correo courriel epost eposta posta poczta sahkoposti emailadresse"
    " emailaddress mailadresse メール 邮箱 邮件 電子郵件 почта"
)
_MAIL_PARTS = _set("email epost courriel correoelectronico メール 邮箱 邮件 почт")
_GIVEN = _set(
    "first firstname firstnames namefirst given givenname givennames namegiven fore forename"
    " forenames vorname vornamen rufname prenom prenoms voornaam voornamen roepnaam fornavn fornamn"
    " tilltalsnamn etunimi etunimet imie imiona jmeno krestni krestnijmeno keresztnev utonev"
    " prenume primernombre nombres primeironome nomeproprio nompropi adi имя 名 名字 이름"
)
_FAMILY = _set(
    "last lastname lastnames namelast sur surname surnames family familyname namefamily nachname"
    " nachnamen familienname zuname nomdefamille apellido apellidos primerapellido cognom cognoms"
    " cognome cognomi sobrenome apelido apelidos ultimonome achternaam familienaam efternavn"
    " etternavn efternamn sukunimi nazwisko prijmeni vezeteknev csaladnev prezime soyad soyadi"
    " фамилия 姓 姓氏 성"
)
# One of these is a whole name, unless a column beside it holds the given or the family name.
AMBIGUOUS = _set("name names nom nome nombre naam namn navn nimi nume ime ad jmeno imie имя")
_WHOLE = _set(
    "fullname fullnames wholename displayname completename studentname username_full sortablename"
    " namefull nomcomplet nomecompleto nombrecompleto nomecompletto vollstandigername vollername"
    " anzeigename volledigenaam fuldenavn fulltnavn fullstandigtnamn kokonimi imieinazwisko"
    " jmenoaprijmeni adsoyad adisoyadi lastfirst 姓名 氏名 名前 成员 성명 фио"
)
# In the order in which they are believed; the first of them is what the institution itself uses.
IDS = (
    _set(
        "sourcedid sisuserid sisid sisstudentid studentid studentids studentnumber studentno stuid"
        " studentidnumber studentnr idnumber idno emplid emplids bannerid campusid universityid"
        " collegeid schoolid orgdefinedid externalid externalpersonkey personid personnumber"
        " registrationnumber enrollmentnumber matriculationnumber matriculation rollnumber rollno"
        " matrikelnummer matrikelnr matrikel matnr matriculenumber matricule numeroetudiant"
        " numetudiant netudiant noetudiant codeetudiant numeroeleve numeromatricula"
        " numerodematricula matricula nummatricula numerodeestudiante numeroestudiante expediente"
        " codigoestudiante codigodeestudiante carnet legajo matricola numeromatricola numerodealuno"
        " numeroaluno ra studentnummer studienummer opiskelijanumero numeralbumu nralbumu indeks"
        " osobnicislo neptunkod neptun ogrencino ogrencinumarasi 学号 学籍番号 学生番号 學號 학번"
    ),
    _set(
        "id ids identifier identifiant uid userid userids canvasid no number numero nummer kennung"
    ),
    _set(
        "username usernames userlogin login logins loginid sisloginid netid unetid uniqname onyen"
        " eid account accountname benutzername benutzer anmeldename nutzername kurzel usuario"
        " nombredeusuario nomdutilisateur utilisateur gebruikersnaam brugernavn brukernavn"
        " anvandarnamn kayttajatunnus nazwauzytkownika uzivatelskejmeno utilizador nomeutente"
        " логин ユーザー名 用户名"
    ),
)
_PROGRAM = _set(
    "program programs programme major majors programofstudy programmeofstudy courseofstudy degree"
    " degreeprogram degreeprogramme programandplan academicprogram academicplan plan studiengang"
    " fachrichtung studienfach filiere formation carrera titulacion curso corsodilaurea"
    " corsodistudio opleiding studierichting uddannelse utbildning studieprogram kierunek"
    " studijniprogram bolum 专业"
)
_CLASS_YEAR = _set(
    "classyear classof year years yearofstudy gradyear graduationyear expectedgraduation"
    " expectedgraduationyear classlevel level jahrgang studienjahr annee anneedetude ano anno"
    " annodicorso leerjaar arskurs rocnik 年级"
)
_SECTION = _set(
    "section sections sectionname class classes classname group groups groupname gruppe gruppen"
    " kurs kursgruppe groupe groupes grupo grupos sezione turno turma gruppo groep klas klasse"
    " grupp hold ryhma grupa skupina seccion sinif 班级 組"
)


def tokens(name: str) -> list[str]:
    """Return the words of a column's name without accents and capitals: `LastName` has two."""
    spaced = _CAMEL.sub(" ", name.replace("’", "").replace("'", ""))
    return [word for word in _BREAKS.split(_bare(spaced)) if word]


@cache
def is_secret(name: str) -> bool:
    """Tell whether a column of this name holds a password, or a number to be kept secret."""
    words = tokens(name)
    joined = "".join(words)
    return not SECRET_TOKENS.isdisjoint([*words, joined, _TRAILING_NUMBER.sub("", joined)]) or any(
        part in joined for part in SECRET_PARTS
    )


@cache
def meaning_of(name: str) -> tuple[str, int]:
    """Return what a column of this name is, with how far down it is believed (0 is best).

    The meaning is "" where the name says nothing we know.
    """
    words = tokens(name)
    if not words or not _SOMEBODY_ELSE.isdisjoint(words) or is_secret(name):
        return "", 0
    joined = _TRAILING_NUMBER.sub("", "".join(words))
    if (
        _MAIL & set(words) or any(part in joined for part in _MAIL_PARTS)
    ) and "mailing" not in words:
        is_second = not {"personal", "private", "alternate", "secondary", "other"}.isdisjoint(words)
        return Meaning.EMAIL, int(is_second)
    if not _NOT_THE_NAME_IN_USE.isdisjoint(words):
        return "", 0
    bare = [word for word in words if word not in _FILLER]
    for key in dict.fromkeys((joined, "".join(bare), "".join(w for w in bare if w != "name"))):
        if found := _looked_up(key):
            return found
    if _has(bare, _GIVEN | {"nombre", "nome", "prenom"}) and _has(bare, _FAMILY | {"nom"}):
        return Meaning.FULL_NAME, 0
    is_about_a_student = not bare and bool(
        {"student", "etudiant", "estudiante", "aluno"} & {*words}
    )
    return (Meaning.FULL_NAME, 1) if is_about_a_student else ("", 0)


def _has(words: list[str], known: frozenset[str]) -> bool:
    return not known.isdisjoint(words)


def _looked_up(key: str) -> tuple[str, int] | None:
    for place, names in enumerate(IDS):
        if key in names:
            return Meaning.STUDENT_ID, place
    for meaning, names in (
        (Meaning.GIVEN_NAME, _GIVEN - AMBIGUOUS),
        (Meaning.FAMILY_NAME, _FAMILY - AMBIGUOUS),
        (Meaning.FULL_NAME, _WHOLE),
        (Meaning.PROGRAM, _PROGRAM),
        (Meaning.CLASS_YEAR, _CLASS_YEAR),
        (Meaning.SECTION, _SECTION),
    ):
        if key in names:
            return meaning, 0
    return (Meaning.FULL_NAME, 1) if key in AMBIGUOUS else None
