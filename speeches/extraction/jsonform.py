"""The result as plain JSON values, in the stable shape scripts rely on."""

from typing import Any

from speeches.extraction.model import Extraction, Found


def to_json(extraction: Extraction) -> dict[str, Any]:
    """The shape of `extract --json`. Offsets are Unicode code points of `body`."""
    return {
        "body": extraction.body,
        "speeches": [
            {"title": part.title, "start": part.start, "end": part.end} for part in extraction.parts
        ],
        "tasks": [_found(found) for found in extraction.tasks],
        "requirements": [_found(found) for found in extraction.requirements],
        "sentences": [
            {"start": one.start, "end": one.end, "role": one.role.value} for one in extraction.sentences
        ],
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "quote": found.quote,
        "title": found.title,
        "section": list(found.section),
        "kind": found.kind.value,
        "lead": list(found.lead),
        "co": list(found.co),
        "suggested": list(found.suggested),
        "due": found.due.isoformat() if found.due else None,
        "due_phrase": found.due_phrase,
        "due_rule": found.due_rule,
        "reckoned": found.reckoned,
        "recur": found.recur.value if found.recur else None,
        "figures": [{"text": figure.text, "direction": figure.direction} for figure in found.figures],
        "items": list(found.items),
        "score": found.score,
        "reasons": [{"rule": one.rule, "phrase": one.phrase, "weight": one.weight} for one in found.reasons],
    }
