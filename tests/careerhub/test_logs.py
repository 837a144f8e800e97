import logging
from io import StringIO

import pytest
import structlog
from django.db import IntegrityError

from apps.contacts.models import Contact
from careerhub import logs
from tests.contacts.factories import ContactFactory


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
def test_says_nothing_of_the_row_that_broke_a_constraint(debug):
    contact = ContactFactory(name="Ana María Whitfield")
    with pytest.raises(IntegrityError) as caught:
        Contact.objects.filter(pk=contact.pk).update(source="unheard of")
    error = caught.value
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "broke: %s", (error,), None
    )
    record.exc_info = (type(error), error, error.__traceback__)
    written = formatter(debug=debug).format(record)
    assert "contacts_contact_source_is_known" in written
    assert "DETAIL: left out" in written
    assert "Whitfield" not in written


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/c/", "/"),
        ("/c/", "/more/"),
        ("/calendar/", ".ics"),
        ("/invitation/", "/"),
        ("/invitation/", "/opened/"),
        ("/accounts/password/reset/key/1-", "/more/"),
    ],
)
def test_says_no_address_that_is_its_own_key(client, settings, debug, before, after):
    settings.CONTACT_PAGE_MISSES = 1
    secret = "Qm9-rV_kT3xL8sWz1yNcUe5HdJ2pGa7Fb4iOoXtRq6E"
    address = f"{before}{secret}{after}"
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter(debug=debug))
    logging.getLogger().addHandler(handler)
    try:
        for send in (client.get, client.post, client.put):
            for _ in range(2):
                send(address)
        logging.getLogger("django.request").error("broke", exc_info=ValueError(address))
    finally:
        logging.getLogger().removeHandler(handler)
    written = handler.stream.getvalue()
    assert secret not in written
    assert "(left out)" in written


def test_writes_through_its_own_handlers_only():
    assert logging.getLogger("django").handlers == []


def formatter(*, debug):
    """Return what formats a line as the product does; pytest's own handler would not."""
    configuration = logs.configuration(debug=debug)["formatters"]["structured"]
    return structlog.stdlib.ProcessorFormatter(
        processors=configuration["processors"],
        foreign_pre_chain=configuration["foreign_pre_chain"],
    )
