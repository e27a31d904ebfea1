"""Tokens in place of personal values, and the values sealed: HMAC-SHA-256 (RFC 2104), AES-256-GCM (NIST SP 800-38D)."""

from __future__ import annotations

import base64
import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, TOKEN = 12, 16  # bytes


def token(key: bytes, holds: str, value: str) -> str:
    """26 letters and digits that stand for ``value``: 128 bits, so that no two values share one."""
    return base64.b32encode(_digest(key, holds, value)[:TOKEN]).decode().rstrip("=").lower()


def seal(key: bytes, holds: str, value: str) -> bytes:
    """Nonce and ciphertext. The nonce is a keyed digest of what is sealed: two values never share one, and sealing the
    same value again gives the same bytes."""
    nonce = _digest(key, f"nonce of {holds}", value)[:NONCE]
    return nonce + AESGCM(key).encrypt(nonce, value.encode(), holds.encode())


def _digest(key: bytes, holds: str, value: str) -> bytes:
    return hmac.digest(key, f"{holds}\0{value}".encode(), "sha256")
