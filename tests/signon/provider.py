"""A small identity provider in a process of its own, speaking OpenID Connect and SAML.

It can also misbehave: `POST /behave` says who signs in next and what is wrong with the answer. It
signs with other libraries than those that check: joserfc and signxml here, PyJWT and xmlsec there.
"""

import base64
import hashlib
import json
import secrets
import sys
import zlib
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import RSAKey
from lxml import etree
from signxml import XMLSigner, methods

CLIENT, SECRET = "careerhub", "a-secret-of-the-client"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "provider")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()


def pem(key: rsa.RSAPrivateKey) -> bytes:
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, kind, plain)


KEY, STRANGERS_KEY = new_key(), new_key()
CERTIFICATE, STRANGERS_CERTIFICATE = certificate(KEY), certificate(STRANGERS_KEY)
state: dict[str, Any] = {"person": {}, "wrong": "", "codes": {}, "token": ""}


def id_token(asked: dict[str, str], issuer: str) -> str:
    now, wrong, claims = int(datetime.now(UTC).timestamp()), state["wrong"], dict(state["person"])
    claims.update(iss=issuer, aud=CLIENT, iat=now, exp=now + 300, nonce=asked.get("nonce", ""))
    changes: dict[str, dict[str, Any]] = {
        "expired": {"iat": now - 7200, "exp": now - 3600},
        "another audience": {"aud": "another-client"},
        "another issuer": {"iss": "https://else.example"},
        "another nonce": {"nonce": "of-another-try"},
    }
    claims.update(changes.get(wrong, {}))
    if wrong == "unsigned":
        parts = [{"alg": "none", "kid": "one"}, claims]
        return ".".join(b64(json.dumps(part).encode()) for part in parts) + "."
    signer = STRANGERS_KEY if wrong == "forged" else KEY
    key = RSAKey.import_key(pem(signer))
    token = state["token"] if wrong == "replayed" else ""
    state["token"] = token or jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
    return str(state["token"])


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def saml_response(request_id: str, acs: str, audience: str, issuer: str) -> str:
    wrong, person, now = state["wrong"], state["person"], datetime.now(UTC)
    if wrong == "expired":
        now -= timedelta(hours=2)
    if wrong == "another audience":
        audience = "https://else.example"
    at, until = (f"{t:%Y-%m-%dT%H:%M:%SZ}" for t in (now, now + timedelta(minutes=5)))
    before = f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"
    values = {MAIL: [person["email"]], "groups": person.get("groups", [])}
    attributes = "".join(
        f'<saml:Attribute Name="{name}">'
        + "".join(f"<saml:AttributeValue>{escape(v)}</saml:AttributeValue>" for v in several)
        + "</saml:Attribute>"
        for name, several in values.items()
        if several
    )
    assertion = etree.fromstring(
        '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
        f' ID="_{secrets.token_hex(16)}" Version="2.0" IssueInstant="{at}">'
        f"<saml:Issuer>{issuer}</saml:Issuer>"
        f'<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">'
        f"{escape(person['sub'])}</saml:NameID><saml:SubjectConfirmation"
        f' Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData'
        f' NotOnOrAfter="{until}" Recipient="{acs}" InResponseTo="{request_id}"/>'
        f"</saml:SubjectConfirmation></saml:Subject>"
        f'<saml:Conditions NotBefore="{before}" NotOnOrAfter="{until}"><saml:AudienceRestriction>'
        f"<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="{at}"><saml:AuthnContext><saml:AuthnContextClassRef>'
        f"urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>"
        f"</saml:AuthnContext></saml:AuthnStatement>"
        f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
    )
    signed = assertion if wrong == "unsigned" else signature(assertion)
    if wrong == "changed":
        for value in signed.iter("{*}AttributeValue"):
            value.text = "dean@college.example"
    text = etree.tostring(signed).decode()
    return (
        '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
        f' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{secrets.token_hex(16)}"'
        f' Version="2.0" IssueInstant="{at}" Destination="{acs}" InResponseTo="{request_id}">'
        f"<saml:Issuer>{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode"
        ' Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
        f"{text}</samlp:Response>"
    )


def signature(assertion: Any) -> Any:
    forged = state["wrong"] == "forged"
    key, cert = (STRANGERS_KEY, STRANGERS_CERTIFICATE) if forged else (KEY, CERTIFICATE)
    issuer = assertion.find("{*}Issuer")
    place = etree.SubElement(assertion, "{http://www.w3.org/2000/09/xmldsig#}Signature")
    place.set("Id", "placeholder")
    issuer.addnext(place)
    signer = XMLSigner(
        method=methods.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"
    )
    return signer.sign(
        assertion, key=pem(key), cert=cert, reference_uri=assertion.get("ID"), id_attribute="ID"
    )


class Provider(BaseHTTPRequestHandler):
    @property
    def here(self) -> str:
        return f"http://{self.headers['Host']}"

    def log_message(self, *args: Any) -> None:
        pass

    def answer(self, body: Any, kind: str = "application/json", status: int = 200) -> None:
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        pages = {
            "/.well-known/openid-configuration": self.configuration,
            "/authorize": self.authorize,
            "/jwks": self.jwks,
            "/userinfo": self.userinfo,
            "/saml": self.saml,
            "/favicon.ico": self.nothing,
        }
        pages[url.path](asked)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/behave":
            state.update(json.loads(body))
            return self.answer({"certificate": CERTIFICATE})
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        if self.path == "/token":
            return self.token(asked)
        return None

    def nothing(self, asked: dict[str, str]) -> None:
        self.answer("", "image/x-icon")

    def configuration(self, asked: dict[str, str]) -> None:
        self.answer(
            {
                "issuer": self.here,
                "authorization_endpoint": f"{self.here}/authorize",
                "token_endpoint": f"{self.here}/token",
                "userinfo_endpoint": f"{self.here}/userinfo",
                "jwks_uri": f"{self.here}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    def jwks(self, asked: dict[str, str]) -> None:
        key = RSAKey.import_key(pem(KEY)).as_dict(private=False)
        self.answer({"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]})

    def authorize(self, asked: dict[str, str]) -> None:
        code = secrets.token_urlsafe(16)
        state["codes"][code] = asked
        back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        self.answer(f'<h1>Provider</h1><a href="{escape(back)}">Go on</a>', "text/html")

    def token(self, asked: dict[str, str]) -> None:
        began = state["codes"].pop(asked["code"], None)
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if (
            began is None
            or (asked["client_id"], asked["client_secret"]) != (CLIENT, SECRET)
            or b64(verifier) != began["code_challenge"]
        ):
            return self.answer({"error": "invalid_grant"}, status=400)
        token = {"access_token": "for-userinfo", "token_type": "Bearer"}
        return self.answer({**token, "id_token": id_token(began, self.here)})

    def userinfo(self, asked: dict[str, str]) -> None:
        person = dict(state["person"])
        if state["wrong"] == "another person":
            person["sub"] = "somebody-else"
        self.answer(person)

    def saml(self, asked: dict[str, str]) -> None:
        request = etree.fromstring(zlib.decompress(base64.b64decode(asked["SAMLRequest"]), -15))
        acs = request.get("AssertionConsumerServiceURL")
        audience = request.findtext("{*}Issuer")
        response = saml_response(request.get("ID"), acs, audience, f"{self.here}/saml")
        encoded = base64.b64encode(response.encode()).decode()
        relay = escape(asked.get("RelayState", ""))
        self.answer(
            f'<h1>Provider</h1><form method="post" action="{acs}">'
            f'<input type="hidden" name="SAMLResponse" value="{encoded}">'
            f'<input type="hidden" name="RelayState" value="{relay}"><button>Go on</button></form>',
            "text/html",
        )


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
