"""Write docs/engine.md from the rule table, and with labelled speeches the ablation and speed tables. See script/engine-docs."""

import argparse
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

from learn_weights import ROOT, Row, learn, tally, taught, texts_of

from speeches.extraction import Directory, extract
from speeches.extraction.evaluation import Tally
from speeches.extraction.lexicon import LEXICON
from speeches.extraction.rules import RULES
from speeches.extraction.score import BY_HAND
from speeches.extraction.segment import tokenizer
from speeches.extraction.weights import DEFINITE, DIRECTIVE

TARGET = ROOT / "docs/engine.md"
PAIRS = 15
HELD_OUT = ROOT / "tests/gold"
MEASURED = "<!-- measured -->"
HEAD = """# The extraction engine

Written by `script/engine-docs` from the rule table; do not edit by hand.

A text is cut into segments (`segment.py`); headings give each its place (`tree.py`) and its zone (`zones.py`); words are
looked up in the lexicon (`lexicon.py`, {words} entries) and clauses read for what they do (`view.py`). Then the rules
below are asked. What fires is added up twice (`score.py`): is it an instruction at all (A), and is an instruction
definite enough to be a task (B)? Both above 0: a task; only A: a 一般要求. The weights are learned from labelled speeches
and our own examples by logistic regression (`script/learn-weights`); nothing but these sums decides, and the rules that
fired are shown to the clerk as the reasons.
"""
GROUPS = {
    "zones (回顾、问题、开场、结尾……)": ("zone.",),
    "modals and other words of instruction": (
        "must", "forbid", "ask", "now", "by", "decided", "strive", "may", "each", "dui", "ba", "person", "organ", "subject",
    ),
    "the sentence begins with its action": ("head", "later", "no_verb"),
    "kinds of verbs": ("verb.", "verbs."),
    "what the verb acts on": ("object.", "firm"),
    "things one can show": ("mechanism", "project", "thing", "activity", "reform", "level", "definite."),
    "abstract words and set phrases": ("abstract", "soft", "field", "policy", "xiagongfu", "compare", "vision", "priority"),
    "past, problem, reason, rhetoric": (
        "done", "already", "past", "achieved", "state", "problem", "rationale", "copula", "rhetoric", "procedure", "quote", "fact",
    ),
    "talk without a script": (
        "tell.", "talk", "proverb", "count", "calendar", "meeting.", "body.", "told.", "then", "dont", "deed", "lesson", "seen",
    ),
    "numbers and dates": ("figure", "due", "this_year", "rhythm", "soon", "target"),
}  # fmt: skip


def rule_table() -> list[str]:
    """One row a rule."""
    lines = ["", "## Rules", "", "| rule | shown as | A | B |", "|---|---|---|---|"]
    for rule in RULES:
        more_a, more_b = BY_HAND.get(rule.id, (0.0, 0.0))
        worth_a, worth_b = DIRECTIVE.get(rule.id, 0.0) + more_a, DEFINITE.get(rule.id, 0.0) + more_b
        lines.append(f"| `{rule.id}` | {rule.phrase} | {worth_a:+.1f} | {worth_b:+.1f} |")
    return lines


def without(rows: list[Row], prefixes: tuple[str, ...]) -> list[Row]:
    """The same segments with some rules switched off."""
    return [
        Row(
            [name for name in row.ids if not (prefixes and name.startswith(prefixes))],
            row.label,
            row.heading,
            row.counts,
        )
        for row in rows
    ]


def left_out(texts: list[list[Row]], own: list[list[Row]]) -> Tally:
    """Each text scored with weights learned on the others."""
    whole = Tally()
    for at, rows in enumerate(texts):
        others = [*own, *texts[:at], *texts[at + 1 :]]
        whole.add(tally(rows, learn(others)))
    return whole


def ablation(folder: Path) -> list[str]:
    """Each signal switched off, weights learned anew without it."""
    texts, own = list(texts_of(folder).values()), [*taught(), *texts_of(HELD_OUT).values()]
    lines = [
        "",
        "## Ablation",
        "",
        "Each text is scored with weights learned on the others; strict scores over all texts.",
        "",
    ]
    lines += ["| without | P | R | F1 |", "|---|---|---|---|"]
    for name, prefixes in [("(nothing: the whole engine)", ()), *GROUPS.items()]:
        score = left_out(
            [without(rows, prefixes) for rows in texts], [without(rows, prefixes) for rows in own]
        )
        lines.append(f"| {name} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} |")
    return lines


def speed(folder: Path) -> list[str]:
    """Time and memory of the whole engine, beside jieba's cutting of the same texts."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    lines = ["", "## Speed", ""]
    lines += ["Processor time, both warm; the ratio is the median of paired runs.", ""]
    lines += ["| text | characters | `extract` | `jieba.lcut` | ratio |", "|---|---|---|---|---|"]
    lines += [_paired(name, [text]) for name, text in texts.items()]
    lines.append(_paired("all of them", list(texts.values())))
    longest = max(texts.values(), key=len)
    tracemalloc.start()
    _extract(longest)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    lines += ["", f"Peak memory of one call, {len(longest):,} characters: {peak:.1f} MB. It is linear:", ""]
    lines += ["| characters | `extract` | a character |", "|---|---|---|"]
    for times in (4, 16, 48):
        longer = longest * times
        taken = _seconds(_extract, [longer])
        lines.append(f"| {len(longer):,} | {taken:.2f} s | {taken / len(longer) * 1e6:.1f} µs |")
    return lines


def _extract(text: str) -> None:
    extract(text, spoken_on=date(2026, 1, 5), directory=Directory())


def _paired(name: str, texts: list[str]) -> str:
    """A line of the table: some texts by the engine and by jieba in turn, whatever else the machine does."""
    cut = tokenizer().lcut
    runs = [(_seconds(_extract, texts), _seconds(cut, texts)) for _ in range(PAIRS + 1)][1:]
    ours, theirs = (statistics.median(times) * 1000 for times in zip(*runs, strict=True))
    ratio = statistics.median(mine / other for mine, other in runs)
    return f"| {name} | {sum(map(len, texts)):,} | {ours:.1f} ms | {theirs:.1f} ms | {ratio:.2f} |"


def _seconds(act: Callable[[str], object], texts: list[str]) -> float:
    """Processor time of something done to each text."""
    start = time.process_time()
    for text in texts:
        act(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    options = parser.parse_args()
    kept = TARGET.read_text(encoding="utf-8").partition(MEASURED)[2] if TARGET.exists() else ""
    measured = (
        "\n".join([*ablation(options.folder), *speed(options.folder)]) + "\n" if options.folder else kept
    )
    TARGET.parent.mkdir(exist_ok=True)
    rules = "\n".join(rule_table())
    TARGET.write_text(
        HEAD.format(words=len(LEXICON)) + rules + f"\n\n{MEASURED}" + measured, encoding="utf-8"
    )


if __name__ == "__main__":
    main()
