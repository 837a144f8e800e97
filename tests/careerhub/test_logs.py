import logging

import pytest
import structlog
from django.db import IntegrityError

from apps.contacts.models import Contact
from careerhub import logs
from tests.contacts.factories import ContactFactory


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
def test_says_nothing_of_the_row_that_broke_a_constraint(debug):
    # pytest's own handler formats as the product does.
    configuration = logs.configuration(debug=debug)["formatters"]["structured"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=configuration["processors"],
        foreign_pre_chain=configuration["foreign_pre_chain"],
    )
    contact = ContactFactory(name="Ana María Whitfield")
    with pytest.raises(IntegrityError) as caught:
        Contact.objects.filter(pk=contact.pk).update(source="unheard of")
    error = caught.value
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "broke: %s", (error,), None
    )
    record.exc_info = (type(error), error, error.__traceback__)
    written = formatter.format(record)
    assert "contacts_contact_source_is_known" in written
    assert "DETAIL: left out" in written
    assert "Whitfield" not in written
