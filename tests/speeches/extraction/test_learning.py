"""The little linear model."""

from speeches.extraction.learning import Example, fit, total

EXAMPLES = [
    Example(["要", "项目"], True),
    Example(["要"], True),
    Example(["了"], False),
    Example(["了", "项目"], False),
] * 5


def test_what_speaks_for_and_against_is_learned():
    weights = fit(EXAMPLES, decay=0.5)

    assert total(weights, ["要"]) > 0 > total(weights, ["了"])


def test_the_same_examples_give_the_same_weights():
    assert fit(EXAMPLES, decay=0.5) == fit(EXAMPLES, decay=0.5)


def test_decay_keeps_weights_small():
    assert abs(fit(EXAMPLES, decay=10)["要"]) < abs(fit(EXAMPLES, decay=0.5)["要"])


def test_an_unknown_rule_counts_nothing():
    weights = fit(EXAMPLES, decay=0.5)

    assert total(weights, ["未知"]) == weights[""]
