"""Learn the weights of the rules from a folder of *.txt with *.json gold labels. See script/learn-weights."""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from speeches.extraction.evaluation import Tally, gold_units, offsets
from speeches.extraction.extract import analyse
from speeches.extraction.learning import Example, fit, total
from speeches.extraction.rules import RULES
from speeches.reading import read_document
from speeches.reading.encodings import decode

TARGET = Path(__file__).resolve().parent.parent / "speeches/extraction/weights.py"
DECAY = {"directive": 0.01, "definite": 0.02}
HEAD = '''"""What each rule is worth. Written by script/learn-weights: do not edit by hand.

DIRECTIVE asks whether a segment is an instruction at all, DEFINITE whether an instruction is definite enough to be a
task. Both are log-odds to be added up; "" is the starting value.
"""

'''


@dataclass(slots=True)
class Row:
    """One segment with its gold label."""

    ids: list[str]
    label: str
    heading: bool


def rows_of(path: Path) -> list[Row]:
    """The segments of one text with the label of the unit each overlaps most."""
    reading = read_document(path.read_bytes(), name=path.name)
    source = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    labels = [unit["label"] for unit in json.loads(path.with_suffix(".json").read_text())["units"]]
    at = offsets(reading.body, source)
    units = gold_units(source)
    rows = []
    for view in analyse(reading.body):
        low, high = at[view.segment.start], at[view.segment.end - 1] + 1
        best = max(range(len(units)), key=lambda k: min(high, units[k][1]) - max(low, units[k][0]))
        ids = [rule.id for rule in RULES if rule.id in view.fired]
        rows.append(Row(ids, labels[best], view.place.heading))
    return rows


def learn(rows: list[Row]) -> tuple[dict[str, float], dict[str, float]]:
    """The two weight tables."""
    body = [row for row in rows if not row.heading and row.label != "H"]
    directive: list[Example] = [(row.ids, row.label in "TS") for row in body]
    definite: list[Example] = [(row.ids, row.label == "T") for row in body if row.label in "TS"]
    return fit(directive, decay=DECAY["directive"]), fit(definite, decay=DECAY["definite"])


def tally(rows: list[Row], weights: tuple[dict[str, float], dict[str, float]]) -> Tally:
    """How the weights do on some segments."""
    count = Tally()
    for row in rows:
        taken = not row.heading and all(total(table, row.ids) > 0 for table in weights)
        count.tasks += taken
        count.found += taken and row.label == "T"
        count.missed += not taken and row.label == "T"
        count.noise += taken and row.label == "N"
        count.soft += taken and row.label == "S"
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    texts = {
        path.stem: rows_of(path)
        for path in sorted(options.folder.glob("*.txt"))
        if path.with_suffix(".json").exists()
    }
    weights = learn([row for rows in texts.values() for row in rows])
    for title, left_out in (
        ("rules and weights of all texts", False),
        ("weights learned on the other texts", True),
    ):
        print(title)  # noqa: T201
        whole = Tally()
        for name, rows in texts.items():
            others = [row for other, some in texts.items() if other != name for row in some]
            one = tally(rows, learn(others) if left_out else weights)
            whole.add(one)
            print("  " + one.line(name))  # noqa: T201
        print("  " + whole.line("ALL"))  # noqa: T201
    if not options.dry_run:
        TARGET.write_text(HEAD + _table("DIRECTIVE", weights[0]) + "\n" + _table("DEFINITE", weights[1]))


def _table(name: str, weights: dict[str, float]) -> str:
    lines = [f'    "{key}": {weights[key]:.2f},' for key in sorted(weights)]
    return f"{name}: dict[str, float] = {{\n" + "\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    main()
