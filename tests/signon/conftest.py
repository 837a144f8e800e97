"""A provider in a process of its own, and a person's way through it by hand."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import environ
import pytest
import requests
from django.http import HttpResponse
from django.test import Client

from careerhub import sign_on
from tests.processes import ROOT
from tests.signon.provider import CLIENT, SECRET

PERSON = {"sub": "id-4711", "email": "ana@college.example", "email_verified": True}


@dataclass
class Provider:
    """The process at `url`; `says` tells it who comes next, and what is wrong with its answer."""

    url: str

    def says(self, wrong: str = "", **person: Any) -> str:
        told = {"person": {**PERSON, **person}, "wrong": wrong}
        return str(requests.post(f"{self.url}/behave", json=told, timeout=5).json()["certificate"])


@pytest.fixture(scope="session")
def _provider() -> Iterator[Provider]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.signon.provider"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        yield Provider(f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture
def provider(_provider: Provider, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Provider:
    """Return the provider, known to the product as one by OpenID Connect and one by SAML."""
    environment = {
        "OIDC_ISSUER": _provider.url,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "SAML_IDP_ENTITY_ID": f"{_provider.url}/saml",
        "SAML_IDP_SSO_URL": f"{_provider.url}/saml",
        "SAML_IDP_CERTIFICATE": _provider.says(),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = sign_on.providers(environ.Env())
    settings.SIGN_ON_EMAIL_DOMAINS = ["college.example"]
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = [*policy["form-action"], *sign_on.origins(environ.Env())]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "form-action": allowed}}
    return _provider


class Browser(Client):
    """A client that names its host, as every browser does."""

    def __init__(self) -> None:
        super().__init__(headers={"host": "testserver"})


@pytest.fixture
def client() -> Client:
    return Browser()


def path_of(url: str) -> str:
    parts = urlsplit(unescape(url))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def oidc_answer(client: Client, next_page: str = "") -> str:
    """Go to the provider and return the path by which its answer comes back."""
    begun = client.post("/accounts/oidc/campus/login/", {"next": next_page})
    page = requests.get(begun.headers["Location"], timeout=5).text
    return path_of(re.findall(r'href="([^"]+)"', page)[0])


def by_oidc(client: Client, next_page: str = "") -> HttpResponse:
    return client.get(oidc_answer(client, next_page))


def saml_answer(client: Client) -> tuple[str, dict[str, str]]:
    begun = client.post("/accounts/saml/campus-saml/login/")
    page = requests.get(begun.headers["Location"], timeout=5).text
    (action,) = re.findall(r'action="([^"]+)"', page)
    return path_of(action), dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


def post_saml(client: Client, answer: tuple[str, dict[str, str]]) -> HttpResponse:
    path, form = answer
    return client.get(client.post(path, form).headers["Location"])


def by_saml(client: Client) -> HttpResponse:
    return post_saml(client, saml_answer(client))
