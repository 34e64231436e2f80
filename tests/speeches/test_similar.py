"""The hint that an item reads nearly the same."""

import pytest

from speeches.extraction.segment import teach
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


SAME = [
    ("完成64所中小学消防设施检测", "对64所学校的消防设施开展检测"),
    ("编制校车线路调整方案", "提出校车线路的调整方案"),
    ("新建村卫生室12所", "建设12所村卫生室"),
    ("开展食堂食品安全专项检查", "组织一次食堂食品安全检查"),
    ("制定学位预警办法", "印发《学位预警办法》"),
    ("完成31座小水库除险加固", "小水库除险加固31座全部完工"),
    ("清理拖欠农民工工资", "把拖欠的农民工工资清理到位"),
    ("落实汛期二十四小时值班制度", "严格执行汛期值班制度"),
    ("建立学生欺凌防治委员会", "各校成立学生欺凌防治委员会，公布举报电话"),
    ("推进古渡口景区二期建设", "加快古渡口景区二期工程"),
    ("对校外培训机构开展联合检查", "对全区73家校外培训机构开展一次联合检查，结果公布"),
    ("更换老旧小区电梯40部", "完成老旧小区40部电梯更新"),
    ("公示课后服务收费标准", "统一公示课后服务收费样表"),
    ("市住建局整治工地扬尘", "加强工地扬尘整治"),
    ("建设社区食堂20个", "新建社区食堂20个，老人就餐有补贴"),
]
OTHER = [
    ("完成64所中小学消防设施检测", "完成64所中小学心理测评"),
    ("制定校车补贴办法", "制定教师招聘办法"),
    ("开展食品安全专项检查", "开展消防安全专项检查"),
    ("新建公办幼儿园5所", "新建社区食堂5个"),
    ("加强校园周边交通整治", "加强河道采砂整治工作"),
    ("推进老旧小区改造", "推进乡镇污水管网改造"),
    ("市住建局编制燃气管网改造方案", "市住建局编制停车设施建设方案"),
    ("组织全体教师签订师德承诺书", "组织全体干部签订廉政承诺书"),
    ("开展一次教学视导", "开展一次网络安全自查"),
    ("建立学位预警机制", "建立心理危机转介机制"),
    ("完成寒假走访慰问", "完成寒假校舍维修"),
    ("发放困难学生资助资金", "发放种粮农民补贴资金"),
    ("编制2027年教师招聘计划", "编制2027年财政预算草案"),
    ("清查学校固定资产", "清查学校欠款"),
    ("加强森林防火通道清理工作", "加强排水管渠清淤工作"),
]


def test_most_rewordings_are_seen_and_few_neighbours_taken_for_them():
    teach(["市住建局"])

    seen = [pair for pair in SAME if likeness(*pair) >= LEAST]
    mistaken = [pair for pair in OTHER if likeness(*pair) >= LEAST]

    assert len(seen) >= 13
    assert len(mistaken) <= 2
