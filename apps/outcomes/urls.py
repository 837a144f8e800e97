from django.urls import path

from apps.outcomes.views import offers, staff

urlpatterns = [
    # a student's own offers
    path("offers/", offers.offer_list, name="offer_list"),
    path("offers/new/", offers.offer_new, name="offer_new"),
    path("offers/<int:pk>/", offers.offer_edit, name="offer_edit"),
    path("offers/<int:pk>/way/", offers.offer_way, name="offer_way"),
    path("offers/<int:pk>/ending/", offers.offer_ending, name="offer_ending"),
    # those of the students in a counselor's care
    path("classes/<int:pk>/offers/", staff.class_offers, name="class_offers"),
    path(
        "classes/<int:cohort>/students/<int:pk>/offers/new/",
        staff.class_offer_new,
        name="class_offer_new",
    ),
    path(
        "classes/<int:cohort>/students/<int:pk>/no-offer/",
        staff.class_no_offer,
        name="class_no_offer",
    ),
    path("offers/<int:pk>/care/", staff.offer_care, name="offer_care"),
    path("offers/<int:pk>/care/facts/", staff.offer_care_edit, name="offer_care_edit"),
    path("offers/<int:pk>/care/way/", staff.offer_care_way, name="offer_care_way"),
]
