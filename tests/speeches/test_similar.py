"""The hint that an item reads nearly the same."""

import pytest

from speeches.similar import LEAST, likeness, most_alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("组织暑期教师全员培训", "组织寒假教师全员培训", True),
        ("完成消防设施检测", "完成消防设施的检测", True),
        ("组织寒假教师全员培训，培训不少于1200人次", "组织暑期教师全员培训", True),
        ("完成消防设施检测", "印发招生工作意见", False),
        ("完成消防设施检测", "完成教师招聘", False),
        ("", "印发", False),
    ],
)
def test_titles_are_alike_when_most_of_the_shorter_one_agrees(one, other, alike):
    assert (likeness(one, other) >= LEAST) is alike


def test_the_best_come_first_and_strangers_not_at_all():
    titles = [(1, "检查食堂卫生"), (2, "检查学校食堂卫生状况"), (3, "印发意见"), (4, "检查学校食堂卫生")]
    assert most_alike("检查学校食堂卫生", titles) == [4, 2]
