"""From the files of a data folder to sheets of text cells, with every damage of file, row and cell noted."""

from gsanalysis.reading.folder import Folder, read_folder
from gsanalysis.reading.sheets import Sheet

__all__ = ["Folder", "Sheet", "read_folder"]
