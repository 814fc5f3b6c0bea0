"""What each command does and which options it has: one module for each thing that people come for.

A command's function gives its exit code. Whatever is slow to import is imported by the function that needs it.
"""

from gsanalysis.commands.codes import CODES, DATA, DONE, FAILED, INTERRUPTED, OUTPUT, USAGE

__all__ = ["CODES", "DATA", "DONE", "FAILED", "INTERRUPTED", "OUTPUT", "USAGE"]
