"""Who is told to do it: the bodies one task's text names."""

import re

from speeches.extraction.model import Directory, Responsible

_SUBJECT = re.compile(r"(?:^|[，。；：])((?:各|县|区|市|镇)[一-鿿]{0,8}?(?:局|委|办|部门|学校|乡镇|街道|村))(?=要|必须|须|应|负责)")


def find_responsible(text: str, *, directory: Directory, inherited: tuple[str, ...] = ()) -> Responsible:
    """The bodies `text` (one task with its subject clause and trailing bracket) makes responsible, as written.

    `inherited` are bodies that govern the text from its lead-in or heading; they count when the text names none.
    """
    names = tuple(dict.fromkeys(_SUBJECT.findall(text))) or inherited
    return Responsible(lead=names[:1], co=names[1:])
