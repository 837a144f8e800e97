from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, signed_in
from careerhub.navigation import first_page


@signed_in(reason="It only sends people on to the first page of their role.")
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    return redirect(first_page(request.user))
