"""The exit codes that scripts rely on."""

from gsanalysis.problems import DataError, UsageError
from gsanalysis.runner.outputs import OutputError

DONE, DATA, USAGE, FAILED, OUTPUT, INTERRUPTED = 0, 1, 2, 3, 4, 130
CODES = {DataError: DATA, UsageError: USAGE, OutputError: OUTPUT, KeyboardInterrupt: INTERRUPTED}
