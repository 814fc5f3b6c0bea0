"""Imported once by the process that workers are forked from."""

import os

from gsanalysis.runner import rubbish

# What workers have to say they give back. One that is told to end while it starts would print where it was.
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
rubbish.look_for_none()

from gsanalysis.runner import preload  # noqa: E402, F401 - may take long, and must be silent too

rubbish.keep_all()
