"""docs/workflow.md shows the machine as it is."""

from pathlib import Path

from tracker.items.drawing import as_mermaid, as_table
from tracker.items.states import MOVES, Status

DOC = Path(__file__).resolve().parents[2] / "docs/workflow.md"


def test_the_documented_machine_is_the_machine():
    text = DOC.read_text(encoding="utf-8")
    assert as_mermaid() in text
    assert as_table() in text


def test_every_state_and_every_move_is_drawn():
    drawn = as_mermaid()
    assert all(f'state "{status.label}" as {status.value}' in drawn for status in Status)
    assert all(f": {move.label}" in drawn for move in MOVES.values())


def test_what_restores_a_state_leads_back_to_all_it_may_have_been():
    drawn = as_mermaid()
    assert "on_hold --> issued: 恢复办理" in drawn
    assert "submitted --> returned: 撤回办结申请" in drawn
    assert "submitted --> issued" not in drawn
