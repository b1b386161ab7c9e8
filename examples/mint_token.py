#!/usr/bin/env python3
"""Mints a Starling room token: a JWT signed with HS256. Nothing but Python's standard library.

    python3 mint_token.py --room garden --user ada [--role moderator] [--ttl 3600] [--secret S]
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import time


def mint_token(secret: str, user: str, room: str, role: str = "member", ttl_seconds: int = 3600) -> str:
    """Signs a token; `secret` is the server's `auth.secret`, `room` a name or a pattern (`team-*`, `*`)."""
    claims = {"sub": user, "room": room, "role": role, "exp": int(time.time()) + ttl_seconds}
    signed = f"{_encode_json({'alg': 'HS256', 'typ': 'JWT'})}.{_encode_json(claims)}"
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_encode(signature)}"


def _encode_json(value: dict) -> str:
    return _encode(json.dumps(value, separators=(",", ":")).encode())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def main() -> None:
    parser = argparse.ArgumentParser(description="Mints a Starling room token.")
    parser.add_argument("--room", required=True, help="a room's name or a pattern: team-*, *")
    parser.add_argument("--user", required=True)
    parser.add_argument("--role", default="member", choices=["member", "moderator"])
    parser.add_argument("--ttl", default=3600, type=int, metavar="SECONDS")
    parser.add_argument("--secret", default=os.environ.get("STARLING_AUTH_SECRET"), help="or STARLING_AUTH_SECRET in the environment")
    options = parser.parse_args()
    if not options.secret:
        parser.error("no secret: give --secret or set STARLING_AUTH_SECRET")
    print(mint_token(options.secret, options.user, options.room, options.role, options.ttl))


if __name__ == "__main__":
    main()
