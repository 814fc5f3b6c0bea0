"""``python -m gsanalysis``: the same as the ``gsanalysis`` command."""

import sys

from gsanalysis.cli import main

if __name__ == "__main__":
    sys.exit(main())
