"""The one rule by which 统计, 例会 and documents say whose an item is: no figure counts it twice, none leaves it out.

Its lead; without one, the groups it is handed out to (各学校), all of them together as one line of their own; else
nobody (未明确单位). A member's share is no item and counts nowhere.

What the speech says where neither is known (请韩继川同志牵头) is no unit: it stands beside as 未明确（原文：韩继川同志）.
"""

import re

# A department's primary key, the names of groups, or nobody.
Unit = int | str | None

NOBODY = "未明确单位"
_UNCLEAR = "未明确"
_WRITTEN = re.compile(r"未明确(?:牵头)?(?:单位)?(?:（原文：(.*)）)?", re.S)
# The rule in the words of the definitions pages.
RULE = (
    "有牵头单位的计在牵头单位；没有牵头单位、按分办范围（如各学校）分别办理的，按分办范围另列一行，排在各单位之后，"
    "不计入成员单位；两者都没有的计在未明确单位。每件只计一次，各行相加等于合计。"
)


def handed_to_groups() -> dict[int, str]:
    """{item: the names of its groups} of all items without a lead that have groups. One query."""
    from tracker.items.models import ActionItem  # models.py says with this module whose an item is

    rows = ActionItem.groups.through.objects.filter(actionitem__lead__isnull=True)
    ordered = rows.order_by("departmentgroup__name").values_list("actionitem_id", "departmentgroup__name")
    names: dict[int, list[str]] = {}
    for item, name in ordered:
        names.setdefault(item, []).append(name)
    return {item: "、".join(found) for item, found in names.items()}


def unit_of(lead: int | None, groups: str) -> Unit:
    """Whose an item is that `lead` leads (a department's key) and that `groups` share."""
    return lead or groups or None


def unit_words(lead: str, groups: str, written: str) -> str:
    """Whose an item is, in words: its lead, the groups that share it, 未明确（原文：韩继川同志）. Empty: nothing is known."""
    return lead or groups or (f"{_UNCLEAR}（原文：{written}）" if written else "")


def names_nobody(words: str) -> bool:
    """Whether `unit_words` made `words` of an item that nobody has."""
    return not words or words.startswith(_UNCLEAR)


def as_written(words: str) -> str:
    """What the speech says, of words that `unit_words` may have made (an exported sheet comes back)."""
    found = _WRITTEN.fullmatch(words)
    return words if found is None else found[1] or ""
