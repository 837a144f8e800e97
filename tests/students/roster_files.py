"""Class lists as other programs write them; the people are made up."""

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

import xlsxwriter

HUNDRED = [
    [f"R{n:04}", f"Given{n:03}", f"Family{n:03}", f"r{n:04}@students.example"] for n in range(100)
]


def csv(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join([*lines, ""]).encode(encoding)


def hundred(header: str = "Student ID,First Name,Last Name,Email") -> bytes:
    return csv(header, *(",".join(row) for row in HUNDRED))


def canvas(*rows: str) -> bytes:
    """Return a gradebook of Canvas: a row with the points possible stands below the names."""
    return csv(
        "Student,ID,SIS User ID,SIS Login ID,Section,Essay (101),Final Score",
        ",,,,,Manual Posting,",
        "    Points Possible,,,,,20,(read only)",
        *rows,
        '"Student, Test",999,,b7e1,ECON 1,,0',
    )


def moodle(*rows: str) -> bytes:
    return csv(
        "First name,Surname,ID number,Institution,Department,Email address,Quiz: One (Real),"
        "Last downloaded from this course",
        *rows,
    )


def blackboard(*rows: str) -> bytes:
    """Return what Blackboard calls .xls: text with tabs, in UTF-16."""
    names = '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"'
    return csv(f'{names}\t"Essay [Total Pts: 10] |7"', *rows, encoding="utf-16", end="\n")


def xlsx(rows: Iterable[Iterable[object]], first_sheet: Iterable[Iterable[object]] = ()) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for sheet_rows in filter(None, (list(first_sheet), list(rows))):
            sheet = book.add_worksheet()
            for number, row in enumerate(sheet_rows):
                sheet.write_row(number, 0, list(row))
    return out.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,ext_town"
)
USERS_1_2 = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier"
)
ENROLLMENTS = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role"


def user(pk: str, name: str, role: str = "student", status: str = "", email: str = "") -> str:
    given, _, family = name.partition(" ")
    return f"{pk},{status},,TRUE,o1,{role},{pk}.login,,{given},{family},,,{email},,,,,hunter2,Rome"


def user_1_2(pk: str, name: str, status: str = "") -> str:
    given, _, family = name.partition(" ")
    return f"{pk},{status},,true,{pk}.login,,{given},{family},,,,,,,,hunter2,"


def enrolled(pk: str, to: str, role: str = "student", status: str = "") -> str:
    return f"e-{pk}-{to},{status},,{to},o1,{pk},{role}"


def oneroster(
    users: Iterable[str],
    enrollments: Iterable[str],
    *,
    mode: str = "bulk",
    version: str = "1.1",
    folder: str = "",
    **more: bytes,
) -> bytes:
    """Return an export with two classes, c1 (Physics) and c2 (History)."""
    manifest = csv(
        "propertyName,value",
        "manifest.version,1.0",
        f"oneroster.version,{version}",
        f"file.users,{mode}",
        f"file.enrollments,{mode}",
    )
    files = {
        "manifest": manifest,
        "orgs": csv("sourcedId,status,dateLastModified,name,type", "o1,,,School,school"),
        "classes": csv(
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId",
            "c1,,,Physics,,k1",
            "c2,,,History,,k2",
        ),
        "users": csv(USERS if version == "1.1" else USERS_1_2, *users),
        "enrollments": csv(ENROLLMENTS, *enrollments),
        **more,
    }
    return packed({f"{folder}{name}.csv": data for name, data in files.items()})
