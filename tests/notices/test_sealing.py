"""Addresses and passwords of channels are sealed in the database; another SECRET_KEY is said in words."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from tests.notices.servers import SECRET, robot_server
from tracker.notices.errors import SecretUnreadable
from tracker.notices.models import Channel
from tracker.notices.sealing import PREFIX, seal, unseal

URL = "https://open.feishu.cn/open-apis/bot/v2/hook/abcdef"
OTHER_KEY = "another-" + "1" * 50


@pytest.fixture
def channel(db):
    Channel.objects.create(kind="feishu", name="局群", url=URL, secret=SECRET)
    return Channel.objects.get()


def in_database() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT url, secret FROM notices_channel")
        return cursor.fetchone()


def test_the_database_holds_neither_address_nor_secret(channel):
    assert all(kept.startswith(PREFIX) for kept in in_database())
    assert not any(part in "".join(in_database()) for part in ("feishu", "abcdef", SECRET))
    assert Channel.objects.get().opened == channel.opened == (URL, SECRET)


def test_saving_again_seals_nothing_twice(channel):
    kept = in_database()
    Channel.objects.get().save()
    assert in_database() == kept


@pytest.mark.parametrize("text", ["", "密码：甲乙丙", "x" * 500, " 前后有空格 "])
def test_what_is_sealed_comes_back(text):
    assert unseal(seal(text)) == text
    assert (seal(text) == "") == (text == "")


def test_the_database_refuses_what_is_not_sealed(channel):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE notices_channel SET secret = 'geheim'")


@pytest.mark.django_db(transaction=True)
def test_rows_from_before_are_sealed_by_the_migration_and_opened_by_its_way_back():
    Channel.objects.create(kind="feishu", name="局群", url=URL, secret=SECRET)
    try:
        MigrationExecutor(connection).migrate([("notices", "0001_initial")])
        assert in_database() == (URL, SECRET)
    finally:
        MigrationExecutor(connection).migrate([("notices", "0002_sealed_secrets")])
    assert Channel.objects.get().opened == (URL, SECRET)
    assert all(kept.startswith(PREFIX) for kept in in_database())


def test_with_another_key_the_words_say_what_to_do(channel, settings):
    settings.SECRET_KEY = OTHER_KEY
    with pytest.raises(SecretUnreadable, match=r"SECRET_KEY）已更换.*请在“设置—通知渠道”中重新填写"):
        assert channel.opened
    assert not Channel.objects.get().is_readable


def test_with_another_key_the_pages_open_and_a_test_says_why(channel, settings, client, administrator):
    settings.SECRET_KEY = OTHER_KEY
    client.force_login(administrator)
    assert "SECRET_KEY）已更换" in client.get(reverse("notices:channels")).content.decode()
    assert "SECRET_KEY）已更换" in client.get(reverse("notices:channel", args=[channel.pk])).content.decode()
    page = client.post(reverse("notices:channel-test", args=[channel.pk]), follow=True).content.decode()
    assert "测试未成功" in page
    with robot_server() as robots:
        form = {
            "name": "局群",
            "url": robots.url("feishu"),
            "secret": SECRET,
            "department": "",
            "enabled": "on",
        }
        client.post(reverse("notices:channel", args=[channel.pk]), form)
        page = client.post(reverse("notices:channel-test", args=[channel.pk]), follow=True).content.decode()
    assert "测试已发出" in page
