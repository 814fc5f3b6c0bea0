"""``python -m gsanalysis``: the same as the ``gsanalysis`` command."""

import sys

from gsanalysis.cli import main

if __name__ == "__main__":
    code = main()
    # An interrupt that came in code made from a string, such as a dataclass's, was caught; CPython takes note of that
    # only when it runs the next such code, and would else end by the signal instead of with our exit code.
    exec("")
    sys.exit(code)
