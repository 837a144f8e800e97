"""Sessions in a table that says whose they are. The name of the module is the setting."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from apps.accounts.models import Session

DEVICE = "device"
SIGNED_IN_AT = "signed_in_at"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session: Any = super().create_model_instance(data)
        signed_in_at = data.get(SIGNED_IN_AT)
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.device = str(data.get(DEVICE, ""))[:200]
        session.signed_in_at = datetime.fromtimestamp(signed_in_at, UTC) if signed_in_at else None
        made: Session = session
        return made
