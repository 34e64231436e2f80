"""Frozen values as plain JSON and back."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")


def to_plain(value: Any) -> Any:
    """Dataclasses, tuples, dates and moments as what JSON can hold."""
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [to_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: type[_Value], data: dict[str, Any]) -> _Value:
    """The dataclass again; what older data does not hold keeps its default."""
    hints = get_type_hints(kind)
    return kind(**{name: _typed(hint, data[name]) for name, hint in hints.items() if name in data})


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    parts = [part for part in get_args(hint) if part is not NoneType]
    if get_origin(hint) is tuple:
        if len(parts) == 2 and parts[1] is not Ellipsis:
            return tuple(_typed(part, one) for part, one in zip(parts, value, strict=True))
        return tuple(_typed(parts[0], part) for part in value)
    kind = parts[0] if parts else hint
    if is_dataclass(kind) and isinstance(kind, type):
        return from_plain(kind, value)
    return kind.fromisoformat(value) if kind in (date, datetime) else value
