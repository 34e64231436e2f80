"""Invented speeches for tests: no place or person in them exists."""

SHORT = """在全区校舍安全工作推进会上的讲话
青禾区教育局局长 秦望舒
（2026年4月10日）

同志们：
今天召开全区校舍安全工作推进会，主要任务是部署下一阶段工作。
一、认清形势
去年以来，各学校做了大量工作，成绩值得肯定。
二、抓好落实
（一）摸清底数。基础教育科要在4月30日前完成全区校舍安全排查，建立问题清单。
（二）限期整改。由计划财务科牵头、安全管理科配合，6月底前完成12所学校的围墙加固。
各学校每月底向安全管理科报送整改进展。
大家要切实提高认识，狠抓落实。
谢谢大家。
"""


def long_text(repeats: int) -> str:
    """`SHORT` many times over with different numbers, so that extraction has something to do."""
    body = SHORT.split("二、抓好落实", 1)[1].split("谢谢", 1)[0]
    return SHORT.split("谢谢", 1)[0] + "".join(
        body.replace("12所", f"{number}所").replace("（一）", f"第{number}项。")
        for number in range(2, repeats + 2)
    )
