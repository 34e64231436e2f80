"""Figures and parts as the item page shows them."""

import pytest

from tracker.items.measures import measures_of
from tracker.items.models import ActionItem


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"figures": [{"text": "95%", "direction": ">="}]}, [("数量目标", "不少于95%")]),
        ({"figures": [{"text": "3件", "direction": "<="}]}, [("数量目标", "不超过3件")]),
        ({"figures": [{"text": "不少于2次", "direction": ">="}]}, [("数量目标", "不少于2次")]),
        ({"figures": [{"text": "九成以上", "direction": ">="}]}, [("数量目标", "九成以上")]),
        ({"figures": [{"text": "三次", "direction": ">="}]}, [("数量目标", "不少于三次")]),
        ({"figures": ["7个"]}, [("数量目标", "7个")]),
        ({"parts": ["东桥", {"name": "西桥"}]}, [("东桥", ""), ("西桥", "")]),
        ({}, []),
    ],
)
def test_figures_and_parts_are_told_in_words(fields, expected):
    assert measures_of(ActionItem(**fields)) == expected
