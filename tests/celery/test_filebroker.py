from __future__ import annotations

import stat
from queue import Empty

import kombu
import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.common import filebroker


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.CELERY_FOLDER = tmp_path / "celery"
    filebroker.Transport.global_state.clear()  # bindings known from another folder
    return settings.CELERY_FOLDER


@pytest.fixture
def queue():
    with kombu.Connection("safefile://") as connection:
        yield connection.SimpleQueue("celery")


def files(folder, name):
    return sorted(path.name for path in (folder / name).iterdir())


def test_messages_come_in_the_order_in_which_they_were_sent(queue):
    for number in range(12):
        queue.put(number)

    assert [queue.get(timeout=1).payload for _ in range(12)] == list(range(12))


def test_a_message_is_held_until_it_is_acknowledged(queue, folder):
    queue.put("a")

    message = queue.get(timeout=1)
    held = files(folder, "held")
    message.ack()

    assert len(held) == 1
    assert files(folder, "held") == files(folder, "queue") == []


def test_what_a_worker_left_unfinished_comes_first(queue):
    queue.put("first")
    queue.put("second")
    queue.get(timeout=1)

    filebroker.put_back()

    assert queue.get(timeout=1).payload == "first"
    assert queue.get(timeout=1).payload == "second"


def test_a_rejected_message_can_be_queued_again(queue, folder):
    queue.put("a")

    queue.get(timeout=1).requeue()

    assert queue.get(timeout=1).payload == "a"
    assert len(files(folder, "held")) == 1


def test_queues_do_not_mix(queue):
    queue.put("a")

    with kombu.Connection("safefile://") as connection, pytest.raises(Empty):
        connection.SimpleQueue("other").get(timeout=0.01)


def test_nobody_else_can_read_what_is_queued(queue, folder):
    queue.put("a")

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder / "queue").iterdir()]
    assert modes == [0o600]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_has_one_worker(monkeypatch):
    monkeypatch.setattr(filebroker, "LOCK_SECONDS", 0.05)
    first = filebroker.take_folder()

    with pytest.raises(ImproperlyConfigured, match="Another worker uses"):
        filebroker.take_folder()

    first.close()
    filebroker.take_folder().close()
