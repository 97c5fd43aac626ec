# WEBHOOK_SECRET='…' python3 verify.py
import base64
import hashlib
import hmac
import os
import sys


def is_genuine(body: bytes, signature: str, secret: str) -> bool:
    """body: the raw bytes, before any parser. signature: the header __HEADER__."""
    digest = hmac.new(__KEY__, body, hashlib.sha256).digest()
    expected = "__PREFIX__" + __ENCODED__
    # As bytes: compare_digest refuses text that is not ASCII.
    return hmac.compare_digest(signature.encode(), expected.encode())


# This delivery, as it was sent.
body = "__BODY__".encode()
signature = "__SIGNATURE__"

genuine = is_genuine(body, signature, os.environ.get("WEBHOOK_SECRET", ""))
print("genuine" if genuine else "NOT genuine")
sys.exit(0 if genuine else 1)
