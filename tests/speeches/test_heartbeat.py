"""A claim is renewed for as long as a step runs, and no longer."""

import threading

from speeches.heartbeat import heartbeat


def test_it_beats_while_the_block_runs_and_stops_with_it():
    beats, third = [], threading.Event()

    def beat():
        beats.append(1)
        if len(beats) == 3:
            third.set()

    with heartbeat(beat, every=0.01):
        assert third.wait(5)
    after = len(beats)
    threading.Event().wait(0.05)
    assert len(beats) == after


def test_a_quick_step_needs_no_beat():
    beats = []
    with heartbeat(lambda: beats.append(1), every=60):
        pass
    assert beats == []


def test_a_beat_that_fails_does_not_fail_the_step(caplog):
    failed = threading.Event()

    def beat():
        failed.set()
        raise OSError("database gone")

    with heartbeat(beat, every=0.01):
        assert failed.wait(5)
    assert "database gone" in caplog.text
