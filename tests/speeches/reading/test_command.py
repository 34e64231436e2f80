"""manage.py read: the body on stdout, the reason on stderr with status 2, and no database."""

import pytest
from django.core.management import call_command

from tests.speeches.reading.makers import docx, p
from tests.speeches.reading.samples import SPEECH


def test_read_prints_the_cleaned_body_alone(tmp_path, capsys):
    file = tmp_path / "讲话.docx"
    file.write_bytes(docx("".join(p(line) for line in ["首页 > 讲话 > 春灌", *SPEECH.split("\n")])))
    call_command("read", str(file))
    assert capsys.readouterr() == (SPEECH + "\n", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "文件是空的", id="empty"),
        pytest.param(b"MZ\x90\0\x03\0", "程序文件", id="program"),
        pytest.param(None, "打不开文件", id="absent"),
    ],
)
def test_what_cannot_be_read_is_explained_with_status_two(tmp_path, capsys, content, said):
    file = tmp_path / "讲话.docx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        call_command("read", str(file))
    out, err = capsys.readouterr()
    assert stopped.value.code == 2
    assert out == ""
    assert said in err
