"""Learn the weights of the rules from folders of *.txt with *.json gold labels. See script/learn-weights."""

import argparse
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from speeches.extraction.analysis import analyse
from speeches.extraction.evaluation import Tally, gold_units, offsets
from speeches.extraction.firing import fired
from speeches.extraction.learning import Example, fit, total
from speeches.extraction.rules import RULES
from speeches.extraction.score import BENEFIT, DOUBTFUL
from speeches.reading import read_document
from speeches.reading.encodings import decode

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "speeches/extraction/weights.py"
OWN = ROOT / "script/examples/speeches.tsv"
DEMO = ROOT / "speeches/demo"
DEMO_LABELS = ROOT / "script/examples"
DECAY_DIRECTIVE, DECAY_DEFINITE = 0.2, 0.3
# A long report must not drown the short speeches: a segment counts less the longer its text is.
EVENING_OUT = 0.05
# What we wrote ourselves counts less than real speeches that two readers labelled.
OWN_COUNTS = 0.6
HEAD = '''"""What each rule is worth. Written by script/learn-weights: do not edit by hand.

DIRECTIVE asks whether a segment is an instruction at all, DEFINITE whether an instruction is definite enough to be a
task. Both are log-odds to be added up; "" is the starting value.
"""

'''
Weights = tuple[dict[str, float], dict[str, float]]


@dataclass(slots=True)
class Row:
    """One segment with its gold label."""

    ids: list[str]
    label: str
    heading: bool
    counts: float = 1.0


def rows_of(path: Path, labels_at: Path | None = None) -> list[Row]:
    """The segments of one text with the label of the unit each overlaps most."""
    body = read_document(path.read_bytes(), name=path.name).body
    source = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    labels = [
        unit["label"] for unit in json.loads((labels_at or path.with_suffix(".json")).read_text())["units"]
    ]
    units = [(low, high, label) for (low, high), label in zip(gold_units(source), labels, strict=True)]
    return _labelled(body, units, offsets(body, source))


def taught() -> list[list[Row]]:
    """What we wrote to learn from and never score on: the examples and the speeches of the demo."""
    demo = [rows_of(DEMO / f"{labels.stem}.txt", labels) for labels in sorted(DEMO_LABELS.glob("*.json"))]
    texts = [own_rows(OWN), *demo]
    for rows in texts:
        _counts_less(rows)
    return texts


def _counts_less(rows: list[Row]) -> None:
    for row in rows:
        row.counts = OWN_COUNTS


def own_rows(path: Path) -> list[Row]:
    """The segments of our own examples: a line is a label and a segment, lines that touch are one paragraph."""
    rows: list[Row] = []
    for text in re.split(r"\n(?=H\t.*(?:讲话|报告|纪要|通知)\n)", path.read_text(encoding="utf-8")):
        body, units = "", []
        for block in text.split("\n\n"):
            lines = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
            for label, piece in lines:
                own_line = label == "H" and not piece.endswith("。")
                body += "\n" if own_line and body and not body.endswith("\n") else ""
                units.append((len(body), len(body) + len(piece), label))
                body += piece + ("\n" if own_line else "")
            body = body.rstrip("\n") + "\n"
        rows.extend(_labelled(body, units, list(range(len(body) + 1))))
    return rows


def _labelled(body: str, units: list[tuple[int, int, str]], at: list[int]) -> list[Row]:
    rows = []
    for view in analyse(body):
        low, high = at[view.segment.start], at[view.segment.end - 1] + 1
        _, _, label = max(units, key=lambda unit: min(high, unit[1]) - max(low, unit[0]))
        said = fired(view)
        rows.append(Row([rule.id for rule in RULES if rule.id in said], label, view.place.heading))
    return rows


def learn(texts: Iterable[list[Row]]) -> Weights:
    """The two weight tables."""
    bodies = [[row for row in rows if not row.heading and row.label != "H"] for rows in texts]
    mean = sum(map(len, bodies)) / len(bodies)
    weighed = [(row, row.counts * (mean / len(rows)) ** EVENING_OUT) for rows in bodies for row in rows]
    directive = [Example(row.ids, row.label in "TS", counts) for row, counts in weighed]
    definite = [Example(row.ids, row.label == "T", counts) for row, counts in weighed if row.label in "TS"]
    return fit(directive, decay=DECAY_DIRECTIVE), fit(definite, decay=DECAY_DEFINITE)


def tally(rows: list[Row], weights: Weights) -> Tally:
    """How the weights do on some segments."""
    count = Tally()
    for row in rows:
        taken = (
            not row.heading and total(weights[0], row.ids) > DOUBTFUL and total(weights[1], row.ids) > BENEFIT
        )
        count.tasks += taken
        count.found += taken and row.label == "T"
        count.missed += not taken and row.label == "T"
        count.noise += taken and row.label == "N"
        count.soft += taken and row.label == "S"
    return count


Texts = dict[str, list[Row]]


def texts_of(folder: Path) -> Texts:
    """The labelled texts of a folder by name. Those of our own repository are our own writing."""
    paths = [path for path in sorted(folder.glob("*.txt")) if path.with_suffix(".json").exists()]
    texts = {path.stem: rows_of(path) for path in paths}
    if folder.resolve().is_relative_to(ROOT):
        for rows in texts.values():
            _counts_less(rows)
    return texts


def report(folders: dict[str, Texts], own: list[list[Row]], weights: Weights) -> None:
    """Print for each folder the plain table, the one where each text is scored by what the others taught, and the score
    of the whole folder by what the other folders taught."""
    every = {name: rows for texts in folders.values() for name, rows in texts.items()}
    for folder, texts in folders.items():
        _print(
            f"{folder}: weights of all texts", {name: tally(rows, weights) for name, rows in texts.items()}
        )
        without = {name: learn([*own, *_others(every, {name})]) for name in texts}
        _print(
            f"{folder}: weights learned on the other texts",
            {n: tally(r, without[n]) for n, r in texts.items()},
        )
        apart = learn([*own, *_others(every, set(texts))])
        _print(
            f"{folder}: weights learned without this folder", {n: tally(r, apart) for n, r in texts.items()}
        )


def _others(texts: Texts, names: set[str]) -> list[list[Row]]:
    return [rows for name, rows in texts.items() if name not in names]


def _print(title: str, tallies: dict[str, Tally]) -> None:
    print(title)
    whole = Tally()
    for name, one in tallies.items():
        whole.add(one)
        print("  " + one.line(name))
    print("  " + whole.line("ALL"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--quick", action="store_true", help="write the weights, print no tables")
    options = parser.parse_args()
    folders = {str(folder): texts_of(folder) for folder in options.folders}
    own = taught()
    weights = learn([*own, *(rows for texts in folders.values() for rows in texts.values())])
    if not options.quick:
        report(folders, own, weights)
    if not options.dry_run:
        TARGET.write_text(HEAD + _table("DIRECTIVE", weights[0]) + "\n" + _table("DEFINITE", weights[1]))


def _table(name: str, weights: dict[str, float]) -> str:
    lines = [f'    "{key}": {weights[key]:.3f},' for key in sorted(weights)]
    return f"{name}: dict[str, float] = {{\n" + "\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    main()
