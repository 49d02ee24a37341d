"""Many processes that do something at the same moment, each in a child of the tests' own."""

import gc
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any


def together(count: int, work: Callable[[int, Barrier], Any]) -> list[Any]:
    """What each of `count` children answered; each does `work(number, barrier)` and waits there for the others.

    A child that falls over fails the test with its traceback. No connection may be open when this is called.
    """
    context = get_context("fork")
    barrier, answers = context.Barrier(count), context.SimpleQueue()
    children = [context.Process(target=_work, args=(work, n, barrier, answers)) for n in range(count)]
    for child in children:
        child.start()
    found = [answers.get() for _ in children]
    for child in children:
        child.join()
    broken = [said for said, answer in found if said]
    assert not broken, broken[0]
    return [answer for _, answer in found]


def _work(work: Callable[[int, Barrier], Any], number: int, barrier: Barrier, answers: Any) -> None:
    # What was inherited stays where it is: a connection that is collected here would end the parent's.
    gc.disable()
    try:
        answers.put(("", work(number, barrier)))
    except BaseException:
        barrier.abort()
        answers.put((traceback.format_exc(), None))
