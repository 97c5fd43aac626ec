# WEBHOOK_SECRET='…' python3 verify.py
import base64
import hashlib
import hmac
import os
import sys

SIGNED = ["__SIGNED__"]


def is_genuine(body: bytes, headers: dict, secret: str) -> bool:
    """body: the raw bytes, before any parser. headers: by lower-case name."""
    # Joined by dots, the body last.
    before = "".join(headers.get(name, "") + "." for name in SIGNED).encode()
    digest = hmac.new(__KEY__, before + body, hashlib.sha256).digest()
    expected = ("__PREFIX__" + __ENCODED__).encode()
    # While a secret is being replaced there are several signatures; one has to fit.
    given = headers.get("__HEADER__", "").split("__SEPARATOR__")
    return any(hmac.compare_digest(text.encode(), expected) for text in given)


# This delivery, as it was sent. Your server should also refuse requests whose time is minutes away from now.
body = "__BODY__".encode()
headers = "__HEADERS__"

genuine = is_genuine(body, headers, os.environ.get("WEBHOOK_SECRET", ""))
print("genuine" if genuine else "NOT genuine")
sys.exit(0 if genuine else 1)
