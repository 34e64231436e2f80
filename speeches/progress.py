"""What the progress page says: one row per stage, with what was found there."""

from dataclasses import dataclass

from speeches.models import Speech


@dataclass(frozen=True, slots=True)
class StageRow:
    """`state` is done, now, failed, next or never; `found` is what the stage came to, in words."""

    label: str
    state: str
    found: str

    @property
    def mark(self) -> str:
        """Shape as well as colour."""
        return {"done": "✓", "now": "▶", "failed": "✕", "next": "○", "never": "—"}[self.state]

    @property
    def word(self) -> str:
        """And the word for it."""
        return {"done": "完成", "now": "进行中", "failed": "未通过", "next": "等待", "never": "未进行"}[
            self.state
        ]


def stages(speech: Speech) -> list[StageRow]:
    """A row per stage, in order."""
    names = list(Speech.Stage)
    reached = names.index(Speech.Stage(speech.stage)) if speech.stage else -1
    if speech.state == Speech.State.DONE:
        reached = len(names)
    later = "never" if speech.state == Speech.State.FAILED else "next"
    here = {Speech.State.WORKING: "now", Speech.State.FAILED: "failed"}.get(
        Speech.State(speech.state), "next"
    )
    return [
        StageRow(
            label=str(name.label),
            state="done" if at < reached else here if at == reached else later,
            found=speech.progress.get(name, ""),
        )
        for at, name in enumerate(names)
    ]
