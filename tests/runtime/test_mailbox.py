from __future__ import annotations

from threading import Thread

from nnviz.runtime.mailbox import Mailbox


def test_a_new_value_replaces_an_unread_one() -> None:
    box: Mailbox[int] = Mailbox()
    box.post(1)
    box.post(2)
    assert box.take() == 2
    assert box.take() is None


def test_waiting_ends_when_a_value_comes_from_another_thread() -> None:
    box: Mailbox[str] = Mailbox()
    writer = Thread(target=box.post, args=("here",))
    writer.start()
    assert box.wait(10) == "here"
    writer.join()


def test_waiting_ends_with_the_time() -> None:
    box: Mailbox[str] = Mailbox()
    assert box.wait(0.001) is None


def test_closing_wakes_whoever_waits_and_drops_what_comes_later() -> None:
    box: Mailbox[int] = Mailbox()
    seen: list[int | None] = []
    reader = Thread(target=lambda: seen.append(box.wait()))
    reader.start()
    box.close()
    reader.join()
    box.post(3)
    assert seen == [None]
    assert box.is_closed
    assert box.take() is None
