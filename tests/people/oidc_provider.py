"""A small OpenID Connect provider that runs in the test: discovery, keys, authorisation with PKCE, tokens,
userinfo.

It asks nobody anything: whoever comes is `person`, a dict of claims.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "hungdao", "bi-mat-cua-thu-nghiem"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """`with Provider() as provider:`; `provider.issuer` is its address. `person`: the claims of whoever
    comes; `userinfo`: where these differ from the token's; `refuses`: the person presses "no";
    `calls_itself`: the issuer its metadata and tokens name; `moved`: pages that answer with another address,
    where they are as well."""

    def __init__(self):
        self.person = {"sub": "cong-dan-1"}
        self.userinfo = None
        self.refuses = False
        self.asked = []  # queries of /authorize
        self.codes = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = self.calls_itself = f"http://127.0.0.1:{self._server.server_port}"
        self.moved = {}

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args):
        self._server.shutdown()
        self._server.server_close()

    # ---- its pages

    def configuration(self, query, body, headers):
        return 200, {
            "issuer": self.calls_itself,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def jwks(self, query, body, headers):
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
        return 200, {"keys": [key | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query, body, headers):
        self.asked.append(query)
        back = {"state": query["state"]}
        if self.refuses:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            self.codes[back["code"]] = query
        return 302, f"{query['redirect_uri']}?{urlencode(back)}"

    def token(self, query, body, headers):
        begun = self.codes.pop(body.get("code"), None)
        if not begun or (body.get("client_id"), body.get("client_secret")) != (CLIENT, SECRET):
            return 400, {"error": "invalid_grant"}
        hashed = hashlib.sha256(body["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() != begun["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.calls_itself, "aud": CLIENT, "iat": now, "exp": now + 300, **self.person}
        token = jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "1"})
        return 200, {"access_token": "mo-cua", "token_type": "Bearer", "expires_in": 300, "id_token": token}

    def told(self, query, body, headers):
        if headers.get("Authorization") != "Bearer mo-cua":
            return 401, {"error": "invalid_token"}
        return 200, self.userinfo if self.userinfo is not None else self.person

    def _handler(self):
        pages = {
            "/.well-known/openid-configuration": self.configuration,
            "/jwks": self.jwks,
            "/authorize": self.authorize,
            "/token": self.token,
            "/userinfo": self.told,
        }

        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer({})

            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                sent = parse_qs(self.rfile.read(length).decode())
                self._answer({name: values[0] for name, values in sent.items()})

            def _answer(self, body):
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                if parts.path in provider.moved:
                    status, said = 307, provider.moved[parts.path]
                else:
                    page = pages[parts.path.removeprefix("/elsewhere")]
                    status, said = page(query, body, self.headers)
                self.send_response(status)
                if status in (302, 307):
                    self.send_header("Location", said)
                    said = ""
                text = json.dumps(said).encode()
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args):
                pass

        return Handler
