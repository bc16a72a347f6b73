"""Digest as the Public API asks for it: qop=auth, MD5, nonces that end after some uses or seconds."""

import hashlib
import os
import re
import threading
import time

from order_wire import Answer

PUBLIC_KEY, PRIVATE_KEY = "orderkey", "8c2f6a54-1b7e-4f0d-9a3c-5d1e7b9f0a42"
REALM = "MMS Public API"
UNAUTHORIZED = {"detail": "You are not authorized for this resource.", "error": 401, "reason": "Unauthorized"}


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Digest:
    """`options` as for /reset: auth, qop, nonce_uses, nonce_seconds."""

    def __init__(self, options):
        self.off = options.get("auth", "digest") == "none"
        self.qop = options.get("qop", True)
        self.uses, self.seconds = options.get("nonce_uses", 0), options.get("nonce_seconds", 0)
        self.lock, self.nonces = threading.Lock(), {}

    def challenge(self, stale=False):
        nonce = os.urandom(16).hex()
        self.nonces[nonce] = {"time": time.monotonic(), "counts": []}
        quality = ', qop="auth"' if self.qop else ""
        ending = f"algorithm=MD5{quality}, stale={str(stale).lower()}"
        header = f'Digest realm="{REALM}", domain="", nonce="{nonce}", {ending}'
        return Answer(401, UNAUTHORIZED, {"WWW-Authenticate": header})

    def refusal(self, request):
        """None, or the challenge that answers the request. Sets the request's nonce and count."""
        request.nonce, request.count = None, None
        if self.off:
            return None
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "digest":
            return self.challenge()
        fields = {name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', text)}
        request.nonce, request.count = fields.get("nonce"), fields.get("nc")
        with self.lock:
            known = self.nonces.get(request.nonce)
            if known is None or fields.get("username") != PUBLIC_KEY or fields.get("uri") != request.target:
                return self.challenge(stale=known is None)
            first = md5(f"{PUBLIC_KEY}:{REALM}:{PRIVATE_KEY}")
            second = md5(f"{request.method}:{request.target}")
            middle = ":".join(fields.get(name, "") for name in ("nc", "cnonce", "qop")) + ":" if "qop" in fields else ""
            if fields.get("response") != md5(f"{first}:{request.nonce}:{middle}{second}"):
                return self.challenge()
            old = self.seconds and time.monotonic() - known["time"] > self.seconds
            used = self.uses and len(known["counts"]) >= self.uses
            if old or used or (request.count and request.count in known["counts"]):
                return self.challenge(stale=True)
            known["counts"].append(request.count)
        return None
