"""What must be kept secret and yet be sent: sealed in the database with a key that follows from SECRET_KEY.

Whoever reads the database, or a dump of it, learns no address and no password; whoever has SECRET_KEY as well does.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django import forms
from django.conf import settings
from django.db import models

from tracker.notices.errors import SecretUnreadable

PREFIX = "sealed:1:"
_PURPOSE = b"tracker.notices.channel.1"


def seal(plain: str) -> str:
    """`plain` as the database keeps it; blank stays blank."""
    return PREFIX + _box(settings.SECRET_KEY).encrypt(plain.encode()).decode() if plain else ""


def unseal(kept: str) -> str:
    """What was sealed; words that never were (of a row not saved yet) are given back. Raises `SecretUnreadable`."""
    if not kept.startswith(PREFIX):
        return kept
    try:
        return _box(settings.SECRET_KEY).decrypt(kept.removeprefix(PREFIX)).decode()
    except InvalidToken:
        raise SecretUnreadable from None


@lru_cache(maxsize=4)
def _box(secret_key: str) -> Fernet:
    # The key of its own purpose: what signs cookies does not open these.
    digest = hmac.new(secret_key.encode(), _PURPOSE, hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class SealedField(models.TextField[Any, Any]):
    """A text that is sealed on its way into the database and stays so in memory: `unseal` opens it where it is sent."""

    def get_prep_value(self, value: Any) -> Any:
        """Whatever is written is sealed."""
        kept = super().get_prep_value(value)
        return seal(kept) if kept and not kept.startswith(PREFIX) else kept

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """One line; the form seals what was typed."""
        return super().formfield(*args, **{"widget": forms.TextInput, "max_length": 500, **kwargs})
