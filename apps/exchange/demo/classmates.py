"""Classmates of the demo student: some stand still, each in another way, and some hand work in."""

from apps.exchange.demo.story import Known, Met, Protagonist

NADIA = Protagonist("Nadia", "Rahman", "Economics")
LEO = Protagonist("Leo", "Marchetti", "History", [
    Known("Astrid Holm", "Harbor Media", "Editor", "peer", "family", "knows_well",
          -48, (-47,), ("yes", 1), Met(-43, 17, "phone", 4)),
    Known("Bola Adeyemi", "Riverside Museum", "Archivist", "peer", "professor", "knows",
          -41, (-40,), ("yes", 2), Met(-34, 10, "video", 6)),
    Known("Carmen Ruiz", "City of Hartwell", "Records Manager", "manager", "event", "stranger",
          -32, (-31,), ("yes", 3), Met(-22, 9, "in_person", 20)),
])  # fmt: skip
HANA = Protagonist("Hana", "Kim", "Biology", [
    Known("Derek Boateng", "Willow Clinic", "Lab Lead", "manager", "friend", "knows",
          -33, (-32,), ("yes", 1), Met(-27, 12, "in_person", 5)),
    Known("Eva Nowak", "Osprey Labs", "Researcher", "peer", "alumni", "knows",
          -22, (-21,), ("yes", 1), Met(-12, 16, "video")),
    Known("Felix Baum", "Osprey Labs", "Director of Research", "director", "event", "stranger",
          -18, (-17,), ("yes", 2), Met(-8, 11, "phone")),
    Known("Grace Liu", "Saltmarsh Conservancy", "Field Biologist", "peer", "professor", "knows",
          -12, (-11,), ("yes", 1), Met(-5, 15, "video")),
])  # fmt: skip
OSCAR = Protagonist("Oscar", "Lund", "Computer Science", [
    Known("Helga Stein", "Tern Robotics", "Engineer", "peer", "linkedin", "stranger",
          -18, (-15,)),
    Known("Ivan Horvat", "Tern Robotics", "Team Lead", "manager", "linkedin", "stranger",
          -18, (-15,)),
    Known("Jia Wu", "Umbra Analytics", "Developer", "peer", "alumni", "stranger", -17, (-14,)),
    Known("Karim Saleh", "Lumen Energy", "Architect", "manager", "company_site", "stranger",
          -17, (-13,)),
    Known("Lena Fischer", "Quay Logistics", "Data Engineer", "peer", "alumni", "stranger",
          -16, (-12,)),
    Known("Musa Diallo", "Umbra Analytics", "Head of Platform", "executive", "cold", "stranger",
          -16, (-10,)),
])  # fmt: skip
MAREK = Protagonist("Marek", "Dvořák", "Philosophy", [
    Known("Nora Quinn", "Meridian Law", "Paralegal", "peer", "family", "knows_well",
          -40, (-38,), ("yes", 2), Met(-30, 18, "phone", 3)),
    Known("Otto Keller", "Meridian Law", "Partner", "executive", "cold", "stranger",
          -29, (-26,)),
])  # fmt: skip
TARIQ = Protagonist("Tariq", "Mansour", "Design", [
    Known("Paula Costa", "Northlight Theater", "Stage Designer", "peer", "friend", "knows",
          -30, (-29,), ("yes", 1), Met(-19, 10, "in_person", 7)),
    Known("Qadir Aziz", "Riverside Museum", "Exhibit Designer", "manager", "event", "stranger",
          -16, (-14,), ("yes", 2), Met(-6, 14, "in_person", 4)),
    Known("Renata Vaz", "Harbor Media", "Art Director", "director", "alumni", "stranger",
          -4, (-3,)),
])  # fmt: skip
MEI = Protagonist("Mei-Ling", "Tan", "Linguistics", [
    Known("Stefan Ionescu", "Juniper Civic", "Interpreter", "peer", "professor", "knows",
          -34, (-33,), ("yes", 2), Met(-24, 9, "phone", 5)),
    Known("Thea Björnsson", "Harbor Media", "Localization Manager", "manager", "event",
          "stranger", -20, (-18,), ("yes", 3), Met(-10, 13, "video", 9)),
    Known("Uri Katz", "Tern Robotics", "Language Engineer", "peer", "linkedin", "stranger",
          -3, (-2,)),
])  # fmt: skip
ROSA = Protagonist("Rosa", "Ferreira", "Public Health", [
    Known("Vera Sokolova", "Willow Clinic", "Nurse", "peer", "family", "knows_well",
          -28, (-27,), ("yes", 1), Met(-21, 17, "phone", 2)),
    Known("Wale Ogun", "City of Hartwell", "Health Officer", "manager", "alumni", "knows",
          -11, (-9,), ("yes", 2), Met(-2, 12, "video", 6)),
])  # fmt: skip

CLASSMATES = [NADIA, LEO, HANA, OSCAR, MAREK, TARIQ, MEI, ROSA]
