"""A small data folder with a form for one objective, and the ways in which people fill it in or spoil it."""

import datetime
import hashlib
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

from gsanalysis import load
from gsanalysis.forms.collect import collect
from gsanalysis.rating.evaluation import Evaluation

FILES = {
    "plan/plan.toml": 'title = "A plan"\norganisation = "An office"\nfirst_year = 2012\nlast_year = 2015\n',
    "plan/objectives.csv": "objective,title\nA,Answers & more\nB,Buildings\n",
    "plan/kpis.csv": "kpi,objective,text\nA-K1,A,Answers in time\nA-K2,A,Quality\nB-K1,B,Rooms\n",
    "plan/indicators.csv": """\
indicator,kpi,name,unit,kind,rule,target,scale,breakdowns,measured_by,minimum,maximum,basis,owner,definition
A-K1a,A-K1,Answers in time,%,number,at_least,90,,,,0,100,plan,Desk,Of all
A-K1b,A-K1,Letters,letters,number,monitor,,,sum,,0,,plan,,
A-K1c,A-K1,"Letters, again",letters,number,monitor,,,sum,A-K1b,0,,plan,,
A-K2a,A-K2,Manual in place,yes or no,yes_no,yes,,,,,,,plan,,
A-K2b,A-K2,Survey,label,level,level,good,"poor, really|fair|good",,,,,plan,,
A-K2c,A-K2,Audit done,date,date,by_date,2014-06-30,,,,,,plan,,
B-K1a,B-K1,Rooms in use,rooms,number,monitor,,,,,,,plan,,
""",
    "measurements/2013.csv": """\
indicator,year,breakdown,value,state,reported_on,source,source_url,verification,comment,responses,invited
A-K1a,2013,,91,final,2014-03-31,Register,,internal,,,
A-K1b,2013,Arabic,30,final,2014-03-31,Register,,,,,
A-K1b,2013,French,40,final,2014-03-31,Register,,,,,
""",
    "measurements/2014.csv": """\
indicator,year,breakdown,value,state,reported_on,source
A-K1a,2014,,80,provisional,2015-03-31,Register
""",
}


def make_folder(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def form_of(folder: Path, objective: str = "A", year: int = 2014) -> Path:
    [path] = collect(Evaluation(load(folder), year), [objective], folder.parent / "forms")
    return path


class Form:
    """A form as a colleague has it open: cells by the code of the indicator, the part and the column."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.page = self.book["measurements"]

    def column(self, name: str) -> int:
        return next(cell.column for cell in self.page[1] if cell.value == name)

    def row(self, code: str, part: str = "") -> int:
        at = self.column("indicator"), self.column("breakdown")
        rows = range(2, self.page.max_row + 1)
        found = (r for r in rows if self.page.cell(r, at[0]).value == code)
        return next(r for r in found if (self.page.cell(r, at[1]).value or "") == part)

    def spare(self) -> int:
        """The first empty line below those that are asked for."""
        at = self.column("indicator")
        return next(r for r in range(2, self.page.max_row + 1) if not self.page.cell(r, at).value)

    def cell(self, row: int, name: str):
        return self.page.cell(row, self.column(name))

    def put(self, row: int, **cells: object) -> int:
        for name, value in cells.items():
            self.cell(row, name).value = value
        return row

    def answer(self, code: str = "A-K1a", part: str = "", value: object = 95, **cells: object) -> int:
        given = {"state": "final", "reported_on": datetime.date(2015, 9, 30), "source": "Register", **cells}
        return self.put(self.row(code, part), value=value, **given)

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def hashes(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


# Each way to spoil a form: what is done to it, the cell that has to be named, and a part of what is said.
def _text_starting_with_equals(form):
    form.cell(form.answer(), "source").value = "=1+1"


def _array_formula(form):
    row = form.answer()
    form.page[f"D{row}"] = ArrayFormula(f"D{row}", "=SUM(A1:A3)")


def _day_as_number(form):
    form.cell(form.answer(reported_on=42000), "reported_on").number_format = "General"


def _percent(form):
    row = form.answer(value=0.95)
    form.cell(row, "value").number_format = "0%"


def _merged(form):
    row = form.answer()
    form.page.merge_cells(f"D{row}:E{row}")


def _hidden_row(form):
    form.page.row_dimensions[form.answer()].hidden = True


def _hidden_column(form):
    form.answer(comment="seen by nobody")
    form.page.column_dimensions["J"].hidden = True


def _total_below(form):
    form.put(form.spare() + 3, value=70, state="final", source="Sum")


def _total_word(form):
    form.put(form.spare(), indicator="Total", value=70, state="final", source="Sum")


def _total_of_parts(form):
    form.put(form.spare(), indicator="A-K1b", value=70, state="final", source="Register")


def _other_code(form):
    form.put(form.row("A-K2a"), indicator="A-K1a", value=95, state="final", source="Register")


def _unknown_code(form):
    form.put(form.row("A-K1a"), indicator="A-K1x", value=95, state="final", source="Register")


def _borrowed_code(form):
    form.put(form.spare(), indicator="A-K1c", breakdown="Arabic", value=5, state="final", source="Register")


def _similar_part(form):
    form.put(form.spare(), indicator="A-K1b", breakdown="Arabicc", value=5, state="final", source="Register")


def _twice(form):
    form.answer()
    form.put(
        form.spare(), indicator="A-K1a", value=96, state="final", source="R",
        reported_on=datetime.date(2015, 9, 30),
    )  # fmt: skip


def _same_day_other_value(form):
    form.answer(reported_on=datetime.date(2015, 3, 31))


def _hidden_sheet(form):
    form.answer()
    form.page.sheet_state = "hidden"
    form.book.active = 1


def _misspelt_header(form):
    form.answer()
    form.page["D1"] = "vlaue"


def _misspelt_optional_header(form):
    form.answer()
    form.page["J1"] = "coment"


def _lost_header(form):
    form.answer()
    form.page["E1"] = None


def _moved_header(form):
    form.answer()
    form.page.insert_rows(1)
    form.page["A1"] = "Figures of our unit"


def _header_twice(form):
    form.answer()
    form.page["H1"] = "value"


SPOILT = {
    "a decimal comma": (lambda form: form.answer(value="95,5"), "D2", "expected 95.5"),
    "a thousands separator": (lambda form: form.answer(value="1’000"), "D2", "expected 1000"),
    "a percent sign": (lambda form: form.answer(value="95 %"), "D2", "expected 95"),
    "words for a number": (lambda form: form.answer(value="about 95"), "D2", "expected"),
    "a formula": (lambda form: form.answer(value="=SUM(D3:D4)"), "D2", "a formula (“=SUM(D3:D4)”)"),
    "an array formula": (_array_formula, "D2", "a formula"),
    "a formula as a source": (_text_starting_with_equals, "G2", "a formula"),
    "an error": (lambda form: form.answer(value="#DIV/0!"), "D2", "the error #DIV/0!"),
    "a truth value": (lambda form: form.answer(value=True), "D2", "the truth value TRUE, expected a number"),
    "a date for a number": (lambda form: form.answer(value=datetime.date(2014, 5, 3)), "D2", "a date (2014-05-03)"),
    "a time for a number": (lambda form: form.answer(value=datetime.time(9, 30)), "D2", "a time of day"),
    "a date for a part": (
        lambda form: form.answer(comment=datetime.datetime(2014, 2, 1)), "J2", "a date (2014-02-01), expected a text",
    ),
    "a number shown as a percentage": (_percent, "D2", "expected the number 95"),
    "a value out of bounds": (lambda form: form.answer(value=101), "D2", "above the maximum"),
    "a value below its bound": (lambda form: form.answer(value=-1), "D2", "below the minimum"),
    "no state": (lambda form: form.answer(state=None), "E2", "the cell is empty"),
    "another state": (lambda form: form.answer(state="finel"), "E2", "“finel”, expected final"),
    "a value that does not apply": (lambda form: form.answer(state="not_applicable"), "D2", "expected an empty cell"),
    "a state without its value": (lambda form: form.answer(value=None), "D2", "the cell is empty"),
    "no source": (lambda form: form.answer(source=None), "G2", "the cell is empty"),
    "a day that is none": (lambda form: form.answer(reported_on="31.2.2015"), "F2", "expected a date"),
    "a day as a number": (_day_as_number, "F2", "expected a date as year-month-day: 2014-12-27"),
    "another check": (lambda form: form.answer(verification="auditd"), "I2", "expected audited"),
    "an address that is none": (lambda form: form.answer(source_url="our intranet"), "H2", "expected an address"),
    "more answers than asked": (lambda form: form.answer(responses=9, invited=8), "K2", "at most the 8 invited"),
    "half an answer": (lambda form: form.answer(responses=8.5, invited=9), "K2", "a whole number"),
    "a year with letters": (lambda form: form.answer(year="20I4"), "B2", "a year of four digits"),
    "another year": (lambda form: form.answer(year=2013), "B2", "expected 2014, the year of this form"),
    "a label off the scale": (lambda form: form.answer("A-K2b", value="god"), "D6", "expected good"),
    "yes in another language": (lambda form: form.answer("A-K2a", value="oui"), "D5", "expected yes or no"),
    "done instead of a day": (lambda form: form.answer("A-K2c", value="done"), "D7", "expected the day it was done"),
    "a merged cell": (_merged, "D2", "merged cells (D2:E2)"),
    "a hidden line": (_hidden_row, "A2", "the line is hidden"),
    "a hidden column": (_hidden_column, "J2", "the column comment is hidden"),
    "a hidden sheet": (_hidden_sheet, "A1", "the sheet is hidden"),
    "a total below the lines": (_total_below, "A11", "without an indicator"),
    "a line called total": (_total_word, "A8", "unknown indicator “Total”"),
    "a total where parts are collected": (_total_of_parts, "C8", "a total where parts are collected"),
    "a code that is another line's": (_other_code, "A5", "is not the code of “Manual in place”, expected A-K2a"),
    "an unknown code": (_unknown_code, "A2", "unknown indicator “A-K1x”, expected A-K1a"),
    "a code measured by another": (_borrowed_code, "A8", "expected A-K1b"),
    "a part misspelt": (_similar_part, "C8", "unknown part “Arabicc”, expected Arabic"),
    "a figure twice": (_twice, "A8", "the same indicator, year, breakdown and day of report"),
    "another value for the same day": (_same_day_other_value, "F2", "expected a later reported_on"),
    "a misspelt header": (_misspelt_header, "D1", "unknown column “vlaue”, expected value"),
    "a misspelt optional header": (_misspelt_optional_header, "J1", "unknown column “coment”, expected comment"),
    "a header that is gone": (_lost_header, "A1", "the column state is missing"),
    "a header that has moved": (_moved_header, "A2", "the header stands in line 2"),
    "a header twice": (_header_twice, "H1", "the column value stands also in D"),
}  # fmt: skip


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 210_000_000)
