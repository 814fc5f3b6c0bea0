"""When Python looks for rubbish: hardly, in processes that import once and are forked, and that live for seconds.

Looking as often as usual takes a tenth of a notebook's time, and would copy what a fork shares with its parent.
"""

import gc

MANY = 100_000  # objects made since the last look, instead of 700


def look_for_none() -> None:
    """For a process that imports what its forks need: nothing of that is ever rubbish."""
    gc.disable()


def keep_all() -> None:
    """Before the first fork: what is there is left out of every later look."""
    gc.freeze()


def look_seldom() -> None:
    """For a fork."""
    gc.enable()
    gc.set_threshold(MANY, 10, 10)
