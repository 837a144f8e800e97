"""The institution's sign-on, as allauth finds it: the registry imports every app's `provider`.

What allauth does not ask of an ID token is asked here: a signature by the provider's own keys,
however the token came; a nonce that belongs to this very try; a life that has not ended; and the
same person in the token and in the answer about the person.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from allauth.socialaccount.adapter import get_adapter as sign_on_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from jwt import PyJWK, PyJWKSet, PyJWTError, get_unverified_header
from jwt import decode as decode_token

# Only with a key pair: a provider's public key must never pass as a shared secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
CLOCKS_DIFFER = 60  # seconds that the provider's clock may be wrong by


def nonce_for(state_id: str) -> str:
    """Return the nonce of one try: of its state, which is random, the browser's own, and used once.

    A digest, so that the state cannot be read from a token.
    """
    return sha256(f"nonce:{state_id}".encode()).hexdigest()


class StrictOpenIDConnectAdapter(OpenIDConnectOAuth2Adapter):
    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise OAuth2Error("the answer holds no ID token")
        nonce = nonce_for(request.GET.get("state", ""))
        claims = self._verified(id_token, client_id=app.client_id, nonce=nonce)
        if self.openid_config.get("userinfo_endpoint"):
            person = self._fetch_user_info(token.token)
            if person.get("sub") != claims["sub"]:
                raise OAuth2Error("the answer is about somebody else than the ID token")
            claims = {**person, **claims}
        return self.get_provider().sociallogin_from_response(request, claims)

    def _verified(self, id_token: str, *, client_id: str, nonce: str) -> dict[str, Any]:
        try:
            claims = decode_token(
                id_token,
                key=self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_DIFFER,
                options={"require": ["exp", "iat", "sub", "nonce"]},
            )
        except PyJWTError as error:
            raise OAuth2Error("the ID token is not valid") from error
        if claims["nonce"] != nonce:
            raise OAuth2Error("the ID token belongs to another try")
        if claims.get("azp", client_id) != client_id:
            raise OAuth2Error("the ID token was made for another client")
        return dict(claims)

    def _key_of(self, id_token: str) -> PyJWK:
        """Return the provider's key that the token names. Raises PyJWTError, OAuth2Error."""
        named = get_unverified_header(id_token).get("kid")
        with sign_on_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = PyJWKSet.from_dict(answer.json()).keys
        for key in keys:
            if key.key_id == named and key.public_key_use in (None, "sig"):
                return key
        raise OAuth2Error("the ID token is signed with a key that is none of the provider's")


class CampusOpenIDConnect(OpenIDConnectProvider):
    """One provider with known settings; nothing about a sign-in is up to the address in a link."""

    oauth2_adapter_class = StrictOpenIDConnectAdapter

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        kwargs = super().get_redirect_from_request_kwargs(request)
        return {
            **kwargs,
            "process": "login",
            "scope": self.get_scope(),
            "auth_params": self.get_auth_params(),
        }

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        state_id = sign_on_adapter().generate_state_param({})
        params = {**kwargs.pop("auth_params", {}), "nonce": nonce_for(state_id)}
        return super().redirect(
            request,
            process,
            next_url=next_url,
            data=data,
            auth_params=params,
            state_id=state_id,
            **kwargs,
        )

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        uid = data.get(self.app.settings["uid_field"])
        if not uid:
            raise PermissionDenied("the provider names nobody")
        return str(uid)

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}  # what a claim says counts for this sign-in; nothing of it is kept

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        login.claims = dict(response)
        return login


class CampusSAML(SAMLProvider):
    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        request.META.setdefault("HTTP_HOST", request.get_host())  # HTTP/1.0 may not name it
        return super().redirect(request, process, **kwargs)

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_redirect_from_request_kwargs(request), "process": "login"}

    def extract_uid(self, data: Any) -> str:
        uid = super().extract_uid(data)
        if not uid:
            raise PermissionDenied("the provider names nobody")
        return str(uid)

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        attributes = response.get_attributes()
        login.claims = {name: _plain(values) for name, values in attributes.items()}
        mapped = self.extract_common_fields(response)
        login.claims["email"] = mapped.get("email")
        return login


def _plain(values: Iterable[str]) -> str | list[str]:
    values = list(values)
    return values[0] if len(values) == 1 else values


provider_classes = [CampusOpenIDConnect, CampusSAML]
