from django.urls import path

from apps.outcomes.views import close_out, destinations, offers, staff

urlpatterns = [
    # a student's own offers
    path("offers/", offers.offer_list, name="offer_list"),
    path("offers/new/", offers.offer_new, name="offer_new"),
    path("offers/<int:pk>/", offers.offer_edit, name="offer_edit"),
    path("offers/<int:pk>/way/", offers.offer_way, name="offer_way"),
    path("offers/<int:pk>/ending/", offers.offer_ending, name="offer_ending"),
    # the one question at a term's end
    path("close-out/<int:pk>/", close_out.close_out, name="close_out"),
    path("close-out/<int:pk>/destination/", destinations.destination_own, name="destination_own"),
    # what graduates do first
    path("destinations/", destinations.destination_terms, name="destination_terms"),
    path("destinations/<slug:code>/", destinations.destinations, name="destinations"),
    path(
        "destinations/<slug:code>/students/<int:pk>/",
        destinations.destination_edit,
        name="destination_edit",
    ),
    # offers of the students in a counselor's care
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
