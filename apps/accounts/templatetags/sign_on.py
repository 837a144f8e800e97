from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django import template

register = template.Library()


@register.inclusion_tag("accounts/_sign_on_buttons.html", takes_context=True)
def sign_on_buttons(context: dict[str, Any]) -> dict[str, Any]:
    """One button for each way of signing in with the institution; none where there is none."""
    request = context["request"]
    providers = get_adapter().list_providers(request)
    return {
        "buttons": [{"name": p.name, "url": p.get_login_url(request)} for p in providers],
        "csrf_token": context.get("csrf_token"),
        "next": request.GET.get("next", ""),
    }
