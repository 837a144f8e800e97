"""Made-up people: names in many scripts and shapes, and where they work."""

from random import Random

GIVEN_NAMES = [
    "Aaliyah", "Adaeze", "Ana María", "Anaïs", "Arjun", "Björk", "Caleb", "Chidi", "Dmitri",
    "Elif", "Émile", "Fatima", "Georgi", "Giulia", "Hana", "Hiroshi", "Ingrid", "Inés", "Ioana",
    "Jamal", "Jean-Luc", "João", "Kavya", "Keiko", "Kwame", "Leilani", "Liam", "Łucja", "Mateo",
    "Maya", "Mehmet", "Mei-Ling", "Nia", "Noor", "Olga", "Omar", "Priya", "Quentin", "Rosa",
    "Ruth", "Samuel", "Saoirse", "Sofia", "Søren", "Tariq", "Thandiwe", "Uma", "Víctor", "Wen",
    "Ximena", "Yusuf", "Zoë",
]  # fmt: skip
FAMILY_NAMES = [
    "Abebe", "Acosta", "Adebayo", "Almeida", "Anand", "Bauer", "Begay", "Brandt", "Castillo",
    "Chen", "Cohen", "Dubois", "Eze", "Fernández", "Garcia-Lopez", "Gupta", "Haddad", "Ito",
    "Jansen", "Johnson", "Kaya", "Kim", "Kowalczyk", "Larsen", "Lindqvist", "Moreau", "Müller",
    "Nguyễn", "Novák", "O’Neill", "Ó Dálaigh", "Okafor", "Park", "Petrov", "Qureshi", "Rivera",
    "Rossi", "Sá", "Sato", "Schmidt", "Silva", "Smith", "St. James", "Tanaka", "Van der Berg",
    "Vogel", "Washington", "Wójcik", "Yılmaz", "Żak",
]  # fmt: skip
# Names that have no two parts, or another order, or another script.
WHOLE_NAMES = [
    ("Sukarno", ""), ("", "Teller"), ("王", "秀英"), ("さくら", "山田"), ("민준", "김"),
    ("Ольга", "Иванова"), ("Νίκος", "Παπαδόπουλος"), ("فاطمة", "الزهراء"), ("אברהם", "כהן"),
    ("अनन्या", "शर्मा"), ("สมชาย", "ใจดี"), ("Björn", ""),
]  # fmt: skip
ORGANIZATIONS = [
    "Aldgate Press", "Birch & Co.", "Cedar Credit Union", "City of Hartwell", "Dune Studio",
    "Fernway Markets", "Harbor Media", "Juniper Civic", "Kestrel Air", "Lumen Energy",
    "Meridian Law", "Northlight Theater", "Orchard Schools", "Osprey Labs", "Pine Hospital",
    "Quay Logistics", "Riverside Museum", "Saltmarsh Conservancy", "Tern Robotics",
    "Umbra Analytics", "Vesper Hotels", "Willow Clinic", "Yarrow Foods", "Zenith Rail",
]  # fmt: skip
JOB_TITLES = {
    "peer": ["Analyst", "Coordinator", "Junior Editor", "Research Assistant", "Associate"],
    "manager": ["Product Manager", "Account Manager", "Lab Manager", "Program Manager"],
    "director": ["Marketing Director", "Director of Nursing", "Creative Director"],
    "executive": ["VP, Growth", "Chief of Staff", "Chief Financial Officer"],
    "owner": ["Owner", "Founder"],
}
PROGRAMS = [
    "Biology", "Computer Science", "Economics", "English", "Finance", "History", "Marketing",
    "Nursing", "Psychology", "Sociology",
]  # fmt: skip


def name_of_student(random: Random) -> tuple[str, str]:
    """Return given name and family name; either may be empty."""
    if random.random() < 0.1:
        return random.choice(WHOLE_NAMES)
    return random.choice(GIVEN_NAMES), random.choice(FAMILY_NAMES)


def name_of_contact(random: Random) -> str:
    return " ".join(filter(None, name_of_student(random)))
