"""Each kind of damage to a data folder is one line of `check`, at the place where it can be mended."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from clean_folder import FILES, write_clean_folder

from gsanalysis.checking import check

INDICATORS, KPIS, OBJECTIVES = "plan/indicators.csv", "plan/kpis.csv", "plan/objectives.csv"
LINKS, OUTPUTS, RESULTS, TOML = (
    "plan/links.csv",
    "plan/outputs.csv",
    "plan/expected_results.csv",
    "plan/plan.toml",
)
Y12, Y13, COMMENTARY = "measurements/2012.csv", "measurements/2013.csv", "commentary/2013/O1.md"


@dataclass(frozen=True)
class Damage:
    """What is done to the folder, the place that is named for it, and a telling part of the message."""

    kind: str
    do: Callable[[Path], None]
    place: str
    message: str
    warning: bool = False


def edit(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace a text that stands once in a file."""
    assert FILES[file].count(old) == 1, (file, old, FILES[file].count(old))
    return write(file, FILES[file].replace(old, new).encode("utf-8", "surrogateescape"))


def everywhere(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace a text wherever it stands in a file."""
    assert old in FILES[file]
    return write(file, FILES[file].replace(old, new).encode())


def add(file: str, line: str) -> Callable[[Path], None]:
    """Add a line at the end of a file."""
    return write(file, FILES[file].encode() + line.encode() + b"\n")


def write(file: str, data: bytes) -> Callable[[Path], None]:
    """Write a file anew."""

    def damage(folder: Path) -> None:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)

    return damage


def remove(file: str) -> Callable[[Path], None]:
    """Delete a file."""
    return lambda folder: (folder / file).unlink()


def move(file: str, other: str) -> Callable[[Path], None]:
    """Give a file another name."""
    return lambda folder: (folder / file).rename(folder / other)


def remove_plan(folder: Path) -> None:
    for path in (folder / "plan").iterdir():
        path.unlink()
    (folder / "plan").rmdir()


def put_folder(file: str) -> Callable[[Path], None]:
    """Put a folder where a file should be."""

    def damage(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return damage


def put_dangling_link(folder: Path) -> None:
    (folder / KPIS).unlink()
    (folder / KPIS).symlink_to(folder / "elsewhere.csv")


LATIN = (
    FILES[KPIS]
    .replace("Satisfaction of delegates", "Satisfaction des délégués")
    .replace("buildings", "bâtiments")
)

# fmt: off
FILES_AND_BYTES = [
    Damage("plan folder missing", remove_plan, "plan:1:-", "missing"),
    Damage("plan.toml missing", remove(TOML), f"{TOML}:1:-", "missing"),
    Damage("table missing", remove(KPIS), f"{KPIS}:1:-", "missing"),
    Damage("indicators missing", remove(INDICATORS), f"{INDICATORS}:1:-", "missing"),
    Damage("absent table that links name", remove(OUTPUTS), f"{OUTPUTS}:1:-", "“O2-P1”"),
    Damage("table misnamed", move(INDICATORS, "plan/indicator.csv"), "plan/indicator.csv:1:-", INDICATORS),
    Damage("plan.toml misnamed", move(TOML, "plan/plan.tml"), "plan/plan.tml:1:-", TOML),
    Damage("spreadsheet in plan", write("plan/costs.xlsx", b"PK"), "plan/costs.xlsx:1:-", "expected plan/"),
    Damage("table as spreadsheet", move(KPIS, "plan/kpis.xlsx"), "plan/kpis.xlsx:1:-", KPIS),
    Damage("spreadsheet of a year", write("measurements/2014.xlsx", b"PK"), "measurements/2014.xlsx:1:-", "2014.csv"),
    Damage("copy of a year", write("measurements/2013 (1).csv", b""), "measurements/2013 (1).csv:1:-", "2013.csv"),
    Damage("year with two digits", move(Y13, "measurements/13.csv"), "measurements/13.csv:1:-", "2013.csv"),
    Damage("file of another year", move(Y13, "measurements/2014.csv"), "measurements/2014.csv:1:-", "year 2013"),
    Damage("misspelt folder", move("measurements", "measurement"), "measurement:1:-", "measurements", True),
    Damage("spreadsheet named csv", write(KPIS, b"PK\x03\x04\x14\0\0"), f"{KPIS}:1:-", "spreadsheet"),
    Damage("empty file", write(KPIS, b""), f"{KPIS}:1:-", "empty"),
    Damage("header only", write(KPIS, b"kpi,objective,text\n"), f"{KPIS}:1:-", "no rows"),
    Damage("no objective", write(OBJECTIVES, b"objective,title\n"), f"{OBJECTIVES}:1:-", "no rows"),
    Damage("folder in place of file", put_folder(KPIS), f"{KPIS}:1:-", "folder"),
    Damage("link to nothing", put_dangling_link, f"{KPIS}:1:-", "link"),
    Damage("UTF-16 with a mark", write(KPIS, FILES[KPIS].encode("utf-16")), f"{KPIS}:1:-", "UTF-16"),
    Damage("UTF-16 without a mark", write(Y12, FILES[Y12].encode("utf-16-le")), f"{Y12}:1:-", "UTF-16"),
    Damage("Windows-1252", write(KPIS, LATIN.encode("cp1252")), f"{KPIS}:3:text", "0xE9"),
    Damage("Windows-1252, read", write(KPIS, LATIN.encode("cp1252")), f"{KPIS}:3:text", "des délégués"),
    Damage("Mac Roman", write(KPIS, LATIN.encode("mac_roman")), f"{KPIS}:3:text", "Mac Roman"),
    Damage("one byte in a code", edit(KPIS, "O1-K2,", "O1-\udce92,"), f"{KPIS}:3:kpi", "0xE9"),
    Damage("byte in a header", edit(KPIS, "kpi,", "kp\udcec,"), f"{KPIS}:1:kp\\xec", "0xEC"),
    Damage("byte in plan.toml", edit(TOML, "A service", "Un\udce9"), f"{TOML}:2:organisation", "0xE9"),
    Damage("byte in a commentary", edit(COMMENTARY, "moved", "d\udce9m"), f"{COMMENTARY}:5:-", "0xE9"),
    Damage("NUL in a value", edit(Y12, "81.5", "81\0.5"), f"{Y12}:2:value", "NUL"),
    Damage("NUL in a code", edit(INDICATORS, "O1-K2a,", "O1-K\0002a,"), f"{INDICATORS}:5:indicator", "NUL"),
]

ROWS_AND_COLUMNS = [
    Damage("semicolons", everywhere(KPIS, ",", ";"), f"{KPIS}:1:-", "semicolons"),
    Damage("tabs", everywhere(KPIS, ",", "\t"), f"{KPIS}:1:-", "tabs"),
    Damage("semicolons below the header", edit(OBJECTIVES, "O1,Meetings\nO2,", "O1;Meetings\nO2;"),
           f"{OBJECTIVES}:1:-", "semicolons"),
    Damage("semicolons in one row", edit(KPIS, "O1-K1,O1,Documents", "O1-K1;O1;Documents"),
           f"{KPIS}:2:-", "semicolons"),
    Damage("no header", edit(KPIS, "kpi,objective,text\n", ""), f"{KPIS}:1:-", "header"),
    Damage("table of another file", write(KPIS, FILES[OBJECTIVES].encode()), f"{KPIS}:1:-", OBJECTIVES),
    Damage("unknown column", edit(INDICATORS, ",tolerance,", ",tolerence,"),
           f"{INDICATORS}:1:tolerence", "tolerance"),
    Damage("required column misspelt", edit(KPIS, "objective,", "objectiv,"),
           f"{KPIS}:1:objectiv", "expected objective"),
    Damage("required column in capitals", edit(Y12, "value,", "VALUE,"), f"{Y12}:1:VALUE", "expected value"),
    Damage("required column renamed", edit(KPIS, ",text", ",words"), f"{KPIS}:1:words", "expected text"),
    Damage("column missing", write(KPIS, b"kpi,text\nO1-K1,x\nO1-K2,x\nO2-K1,x\nO2-K2,x\n"),
           f"{KPIS}:1:objective", "missing"),
    Damage("name of a column missing", edit(KPIS, "kpi,objective,", "kpi,"), f"{KPIS}:1:-", "each row 3 cells"),
    Damage("column without name", edit(KPIS, "kpi,objective,", "kpi,,"), f"{KPIS}:1:-", "no name"),
    Damage("column twice", edit(LINKS, "note", "basis"), f"{LINKS}:1:basis", "twice"),
    Damage("required column overwritten", edit(KPIS, "objective,", "kpi,"), f"{KPIS}:1:kpi", "expected objective"),
    Damage("too many cells", edit(KPIS, "Documents on time", "Documents, on time"), f"{KPIS}:2:-", "4 cells"),
    Damage("empty cell too many", edit(Y12, "Report B,,,,,", "Report B,,,,,,"), f"{Y12}:5:-", "13 cells"),
    Damage("too few cells", edit(Y12, "Report B,,,,,", "Report B"), f"{Y12}:5:-", "7 cells"),
    Damage("too few cells in an indicator", edit(INDICATORS, "O1-K1a,O1-K1,Documents on time,", "O1-K1a,O1-K1,"),
           f"{INDICATORS}:2:-", "17 cells"),
    Damage("line break without quotes", edit(OUTPUTS, "Documents,", "Docu\nments,"), f"{OUTPUTS}:2:-", "breaks off"),
    Damage("decimal comma without quotes", edit(Y12, "81.5", "81,5"), f"{Y12}:2:value", "81.5"),
    Damage("empty row", edit(Y12, "O1-K1b,2012", ",,,,,,,,,,,\nO1-K1b,2012"), f"{Y12}:5:-", "empty"),
    Damage("quote never closed", edit(Y12, '"one office, two weeks"', '"one office two weeks'),
           f"{Y12}:3:comment", "quote"),
    Damage("quote closed too early", edit(Y12, '"one office,', '"one" office,'), f"{Y12}:3:comment", "quote"),
    Damage("quote within a cell", edit(KPIS, "Plan for", 'Plan 12" for'), f"{KPIS}:5:text", "quote"),
]

CELLS = [
    Damage("required cell empty", edit(KPIS, "Documents on time", ""), f"{KPIS}:2:text", "empty"),
    Damage("code empty", edit(KPIS, "O1-K2,", ","), f"{KPIS}:3:kpi", "empty"),
    Damage("source empty", edit(Y12, "Survey", ""), f"{Y12}:6:source", "empty"),
    Damage("code with a space", edit(KPIS, "O1-K2,", "O1 K2,"), f"{KPIS}:3:kpi", "O1-K2"),
    Damage("code that starts with a digit", edit(OUTPUTS, "O1-P1,", "1-P1,"), f"{OUTPUTS}:2:output", "letter"),
    Damage("code twice, copied", add(KPIS, "O1-K1,O1,Documents on time"), f"{KPIS}:6:kpi", "line 2"),
    Damage("code twice, mistyped", edit(KPIS, "O1-K2,", "O1-K1,"), f"{KPIS}:3:kpi", "line 2"),
    Damage("link twice", add(LINKS, "O1-K1,O1-R1,,plan,"), f"{LINKS}:4:kpi", "line 2"),
    Damage("decimal comma", edit(Y12, "81.5", '"81,5"'), f"{Y12}:2:value", "81.5"),
    Damage("thousands separator", edit(Y12, "1300000", '"1,300,000"'), f"{Y12}:8:value", "1300000"),
    Damage("thousands space", edit(Y12, "1300000", "1 300 000"), f"{Y12}:8:value", "1300000"),
    Damage("thousands point", edit(Y12, "1300000", "1.300.000"), f"{Y12}:8:value", "1300000"),
    Damage("percent sign", edit(Y12, "81.5", "81.5 %"), f"{Y12}:2:value", "expected 81.5"),
    Damage("exponent", edit(Y12, "1300000", "1.3e6"), f"{Y12}:8:value", "1300000"),
    Damage("not a number", edit(Y12, "81.5", "nan"), f"{Y12}:2:value", "“nan”"),
    Damage("infinite", edit(Y12, "1300000", "inf"), f"{Y12}:8:value", "“inf”"),
    Damage("larger than any number", edit(Y12, "1300000", "9" * 400), f"{Y12}:8:value", "too large"),
    Damage("typographic minus", edit(INDICATORS, ",5,2011,", ",−5,2011,"), f"{INDICATORS}:11:baseline", "-5"),
    Damage("word for a number", edit(Y12, "81.5", "n/a"), f"{Y12}:2:value", "number"),
    Damage("unit in a number", edit(Y12, "1300000", "CHF 1300000"), f"{Y12}:8:value", "digits"),
    Damage("comma in tolerance", edit(INDICATORS, "2011,0.05", '2011,"0,05"'), f"{INDICATORS}:2:tolerance", "0.05"),
    Damage("day first", edit(Y12, "2013-06-30", "30/06/2013"), f"{Y12}:4:reported_on", "2013-06-30"),
    Damage("day or month first", edit(Y12, "2013-06-30", "3.4.2013"),
           f"{Y12}:4:reported_on", "2013-04-03 or 2013-03-04"),
    Damage("date without zeros", edit(Y12, "2013-06-30", "2013-6-30"), f"{Y12}:4:reported_on", "2013-06-30"),
    Damage("date in words", edit(Y12, "2013-06-30", "30 June 2013"), f"{Y12}:4:reported_on", "2013-06-30"),
    Damage("spreadsheet's day", edit(Y12, "2013-06-30", "41455"), f"{Y12}:4:reported_on", "2013-06-30"),
    Damage("impossible day", edit(Y12, "2013-06-30", "2013-06-31"), f"{Y12}:4:reported_on", "01 to 30"),
    Damage("impossible month", edit(Y12, "2013-06-30", "2013-13-30"), f"{Y12}:4:reported_on", "month"),
    Damage("state misspelt", edit(Y12, "provisional", "provisonal"), f"{Y12}:3:state", "expected provisional"),
    Damage("state in capitals", edit(Y12, "provisional", "Provisional"), f"{Y12}:3:state", "expected provisional"),
    Damage("verification unknown", edit(Y12, "audited", "checked"), f"{Y12}:4:verification", "audited, published"),
    Damage("basis unknown", edit(LINKS, "derived", "deduced"), f"{LINKS}:3:basis", "derived"),
    Damage("address of another kind", edit(Y12, "https://", "ftp://"), f"{Y12}:2:source_url", "https://"),
    Damage("address with a space", edit(Y12, "example.org/a", "example.org/a b"), f"{Y12}:2:source_url", "spaces"),
    Damage("year in a cell", edit(Y12, "O1-K1b,2012", "O1-K1b,12"), f"{Y12}:5:year", "four digits"),
    Damage("due is no year", edit(INDICATORS, "95,2015", "95,end 2015"), f"{INDICATORS}:2:due", "four digits"),
    Damage("years with a slash", edit(INDICATORS, "2008-2011", "2008/2011"),
           f"{INDICATORS}:3:baseline_years", "2008-2011"),
    Damage("years backwards", edit(INDICATORS, "2008-2011", "2011-2008"),
           f"{INDICATORS}:3:baseline_years", "2008-2011"),
    Damage("answers not whole", edit(Y12, "120,640", "120.5,640"), f"{Y12}:6:responses", "whole"),
    Damage("answers negative", edit(Y12, "120,640", "120,-640"), f"{Y12}:6:invited", "negative"),
    Damage("scale of one label", edit(INDICATORS, "poor|fair|good", "good"), f"{INDICATORS}:5:scale", "|"),
    Damage("label twice", edit(INDICATORS, "poor|fair|good", "poor|good|good"), f"{INDICATORS}:5:scale", "twice"),
]

CODES = [
    Damage("objective of a KPI", edit(KPIS, "O2-K1,O2", "O2-K1,O22"), f"{KPIS}:4:objective", "expected O2"),
    Damage("KPI of an indicator", edit(INDICATORS, "O1-K2a,O1-K2", "O1-K2a,O1-K9"), f"{INDICATORS}:5:kpi", "O1-K"),
    Damage("KPI of a link", edit(LINKS, "O2-K1,", "O2-k1,"), f"{LINKS}:3:kpi", "expected O2-K1"),
    Damage("expected result of a link", edit(LINKS, "O1-R1", "O1-R7"), f"{LINKS}:2:expected_result", "O1-R1"),
    Damage("output of a link", edit(LINKS, "O2-P1", "O2P1"), f"{LINKS}:3:output", "O2-P1"),
    Damage("measured_by", edit(INDICATORS, "sum,O1-K1b", "sum,O1-K1x"), f"{INDICATORS}:4:measured_by", "O1-K1"),
    Damage("reference", edit(INDICATORS, "at_most,O2-K1b", "at_most,O2-K1z"),
           f"{INDICATORS}:6:target", "expected a number or O2-K1"),
    Damage("measurement", edit(Y12, "O1-K1b,2012", "O1-K1bb,2012"), f"{Y12}:5:indicator", "expected O1-K1b"),
    Damage("foreign letter", edit(Y12, "O1-K1b,2012", "О1-K1b,2012"), f"{Y12}:5:indicator", "U+041E"),
    Damage("one code in many rows", everywhere(Y12, "O1-K1a", "O1-K1q"), f"{Y12}:2:indicator", "line 3 and line 4"),
    Damage("code of an indicator changed", edit(INDICATORS, "O1-K2a,", "O1-K2q,"), f"{Y12}:6:indicator", Y13),
    Damage("code of a KPI changed", edit(KPIS, "O1-K1,", "O1-K7,"), f"{INDICATORS}:2:kpi", COMMENTARY),
    Damage("row of an indicator lost", edit(INDICATORS, "O1-K2a,O1-K2,", "O1-K2a;O1-K2,"),
           f"{INDICATORS}:5:-", "17 cells"),
    Damage("commentary of no objective", move(COMMENTARY, "commentary/2013/O7.md"),
           "commentary/2013/O7.md:1:-", "“O7”"),
    Damage("commentary not Markdown", move(COMMENTARY, "commentary/2013/O1.txt"),
           "commentary/2013/O1.txt:1:-", "O1.md"),
    Damage("commentary of no year", move("commentary/2013", "commentary/latest"), "commentary/latest:1:-", "2013"),
    Damage("heading unknown", edit(COMMENTARY, "O1-K1", "O1-K5"), f"{COMMENTARY}:3:-", "expected O1-K"),
    Damage("heading of another objective", edit(COMMENTARY, "O1-K1", "O2-K1"), f"{COMMENTARY}:3:-", "KPI of O2"),
    Damage("heading with words", edit(COMMENTARY, "O1-K1", "O1-K1: moving"), f"{COMMENTARY}:3:-", "## O1-K1"),
    Damage("heading twice", add(COMMENTARY, "## O1-K1"), f"{COMMENTARY}:6:-", "line 3"),
    Damage("link to nowhere", edit(LINKS, "O1-R1", ""), f"{LINKS}:2:expected_result", "empty"),
]

MEASUREMENTS = [
    Damage("value above", edit(Y12, "81.5", "815"), f"{Y12}:2:value", "above the maximum"),
    Damage("value below", edit(Y12, "1300000", "-1"), f"{Y12}:8:value", "below the minimum"),
    Damage("label off the scale", edit(Y12, "fair", "fare"), f"{Y12}:6:value", "expected fair"),
    Damage("label in capitals", edit(Y12, "fair", "Fair"), f"{Y12}:6:value", "expected fair"),
    Damage("yes in capitals", edit(Y12, ",yes,", ",Yes,"), f"{Y12}:9:value", "expected yes"),
    Damage("true for yes", edit(Y12, ",yes,", ",true,"), f"{Y12}:9:value", "expected yes"),
    Damage("milestone with yes", edit(Y13, "2013-11-30", "yes"), f"{Y13}:7:value", "the day"),
    Damage("milestone in words", edit(Y13, "2013-11-30", "30 Nov 2013"), f"{Y13}:7:value", "2013-11-30"),
    Damage("value missing", edit(Y12, ",31,final", ",,final"), f"{Y12}:5:value", "empty"),
    Damage("value too many", edit(Y13, ",,not_collected", ",good,not_collected"), f"{Y13}:5:value", "not_collected"),
    Damage("state without value", edit(Y13, ",33,estimated", ",33,not_applicable"),
           f"{Y13}:4:value", "not_applicable"),
    Damage("row twice", add(Y13, "O1-K1a,2013,French,86,final,2014-03-31,Report A,,,,,"),
           f"{Y13}:10:indicator", "line 3"),
    Damage("year of another file", edit(Y13, "O1-K1b,2013", "O1-K1b,2012"), f"{Y13}:4:year", "2013"),
    Damage("more answers than asked", edit(Y12, "120,640", "640,120"), f"{Y12}:6:responses", "120"),
    Damage("rows of its own", add(Y13, "O1-K1c,2013,,5,final,2014-03-31,B,,,,,"), f"{Y13}:10:indicator", "O1-K1b"),
    Damage("no after a date", write("measurements/2014.csv",
           FILES[Y12].splitlines()[0].encode() + b"\nO2-K2a,2014,,no,final,2015-03-31,Minutes,,,,,\n"),
           "measurements/2014.csv:2:value", "2013-11-30"),
    Damage("part forgotten", edit(Y13, "O1-K1a,2013,Arabic,84,final,2014-03-31,Report A,,,,,\n", ""),
           f"{Y12}:2:breakdown", "2013", True),
    Damage("part misspelt", edit(Y13, "Arabic", "Arabian"), f"{Y12}:2:breakdown", "“Arabic”", True),
]

PLAN = [
    Damage("kind misspelt", edit(INDICATORS, "label,level,", "label,levl,"),
           f"{INDICATORS}:5:kind", "expected level"),
    Damage("rule misspelt", edit(INDICATORS, "increase", "increases"), f"{INDICATORS}:4:rule", "expected increase"),
    Damage("kind that the rule can't read", edit(INDICATORS, "CHF,number,at_most", "CHF,date,at_most"),
           f"{INDICATORS}:6:kind", "number"),
    Damage("rule for another kind", edit(INDICATORS, "number,between", "number,yes"),
           f"{INDICATORS}:10:kind", "yes_no"),
    Damage("target missing", edit(INDICATORS, "at_least,95", "at_least,"), f"{INDICATORS}:2:target", "needs it"),
    Damage("target with a percent sign", edit(INDICATORS, "at_least,95", "at_least,95%"),
           f"{INDICATORS}:2:target", "expected 95"),
    Damage("target of a milestone", edit(INDICATORS, "2013-12-31", "31.12.2013"),
           f"{INDICATORS}:9:target", "2013-12-31"),
    Damage("band without its end", edit(INDICATORS, "4|6", "4"), f"{INDICATORS}:10:target", "low|high"),
    Damage("band with a dash", edit(INDICATORS, "4|6", "4-6"), f"{INDICATORS}:10:target", "low|high"),
    Damage("low above high", edit(INDICATORS, "4|6", "6|4"), f"{INDICATORS}:10:target", "4|6"),
    Damage("target off the scale", edit(INDICATORS, "level,good", "level,gut"),
           f"{INDICATORS}:5:target", "not on the scale"),
    Damage("scale missing", edit(INDICATORS, "poor|fair|good", ""), f"{INDICATORS}:5:scale", "needs it"),
    Damage("scale misspelt", edit(INDICATORS, "poor|fair|good", "poor|fair|goood"),
           f"{INDICATORS}:5:target", "not on the scale"),
    Damage("due not after", edit(INDICATORS, "95,2015", "95,2011"), f"{INDICATORS}:2:due", "2012"),
    Damage("baseline years missing", edit(INDICATORS, "2008-2011", ""), f"{INDICATORS}:3:baseline_years", "needs it"),
    Damage("trend of two years", edit(INDICATORS, "2008-2011", "2010-2011"),
           f"{INDICATORS}:3:baseline_years", "three years"),
    Damage("trend of one year", edit(INDICATORS, "2008-2011", "2011"),
           f"{INDICATORS}:3:baseline_years", "three years"),
    Damage("direction from a range", edit(INDICATORS, "increase,,,,2011", "increase,,,,2008-2011"),
           f"{INDICATORS}:4:baseline_years", "single"),
    Damage("baseline without its year", edit(INDICATORS, ",5,2011,", ",5,,"),
           f"{INDICATORS}:11:baseline_years", "year of the baseline"),
    Damage("due target without baseline year", edit(INDICATORS, "80,2011", ","),
           f"{INDICATORS}:2:baseline_years", "needs it"),
    Damage("target met at the start", edit(INDICATORS, "95,2015,80", "95,2015,96"),
           f"{INDICATORS}:2:target", "already met"),
    Damage("target above the maximum", edit(INDICATORS, "at_least,95", "at_least,950"),
           f"{INDICATORS}:2:target", "above the maximum"),
    Damage("baseline below the minimum", edit(INDICATORS, ",5,2011,", ",-5,2011,"),
           f"{INDICATORS}:11:baseline", "below the minimum"),
    Damage("minimum above maximum", edit(INDICATORS, "each,,0,100", "each,,101,100"),
           f"{INDICATORS}:2:minimum", "100"),
    Damage("tolerance negative", edit(INDICATORS, "2011,0.05", "2011,-0.05"),
           f"{INDICATORS}:2:tolerance", "0 or more"),
    Damage("sum with a maximum", edit(INDICATORS, "each,,0,100", "sum,,0,100"),
           f"{INDICATORS}:2:breakdowns", "maximum"),
    Damage("sum of labels", edit(INDICATORS, "poor|fair|good,,", "poor|fair|good,sum,"),
           f"{INDICATORS}:5:breakdowns", "numbers"),
    Damage("sum with a minimum", edit(INDICATORS, "2008-2011,,,sum,,0", "2008-2011,,,sum,,5"),
           f"{INDICATORS}:3:breakdowns", "minimum"),
    Damage("breakdowns unknown", edit(INDICATORS, "0.05,,each", "0.05,,every"), f"{INDICATORS}:2:breakdowns", "each"),
    Damage("its own reference", edit(INDICATORS, "at_most,O2-K1b", "at_most,O2-K1a"),
           f"{INDICATORS}:6:target", "itself"),
    Damage("reference that is no number", edit(INDICATORS, "at_most,O2-K1b", "at_most,O2-K1c"),
           f"{INDICATORS}:6:target", "yes_no"),
    Damage("reference of another unit", edit(INDICATORS, "Budget,CHF", "Budget,USD"),
           f"{INDICATORS}:6:unit", "expected USD"),
    Damage("measured by itself", edit(INDICATORS, "sum,O1-K1b", "sum,O1-K1c"),
           f"{INDICATORS}:4:measured_by", "itself"),
    Damage("measured by another kind", edit(INDICATORS, "sum,O1-K1b", "sum,O2-K2a"),
           f"{INDICATORS}:4:measured_by", "kind date"),
    Damage("measured by one that is measured", edit(INDICATORS, "2008-2011,,,sum,,0", "2008-2011,,,sum,O2-K2c,0"),
           f"{INDICATORS}:4:measured_by", "O2-K2c"),
    Damage("unit misspelt", edit(INDICATORS, "Documents,documents", "Documents,document"),
           f"{INDICATORS}:4:unit", "expected document"),
    Damage("column unused", edit(INDICATORS, "yes_no,yes,", "yes_no,yes,yes"),
           f"{INDICATORS}:8:target", "does not use", True),
    Damage("due beside a reference", edit(INDICATORS, "O2-K1b,,", "O2-K1b,2015,"),
           f"{INDICATORS}:6:due", "a reference", True),
    Damage("rule changed", edit(INDICATORS, "number,at_least", "number,monitor"),
           f"{INDICATORS}:2:target", "due, baseline", True),
]

SETTINGS = [
    Damage("TOML without quotes", edit(TOML, '"A service"', "A service"), f"{TOML}:2:organisation", "TOML"),
    Damage("TOML quote not closed", edit(TOML, '"A service"', '"A service'), f"{TOML}:2:organisation", "TOML"),
    Damage("decimal comma in TOML", edit(TOML, "0.5", "0,5"), f"{TOML}:5:coverage_floor", "decimal comma"),
    Damage("key twice", add(TOML, "first_year = 2011"), f"{TOML}:7:first_year", "twice"),
    Damage("key unknown", edit(TOML, "mission", "misson"), f"{TOML}:6:misson", "expected mission"),
    Damage("required key misspelt", edit(TOML, "first_year", "firstyear"),
           f"{TOML}:3:firstyear", "expected first_year"),
    Damage("key missing", edit(TOML, 'organisation = "A service"\n', ""), f"{TOML}:1:organisation", "missing"),
    Damage("keys under a heading", edit(TOML, "title", "[plan]\ntitle"), f"{TOML}:1:plan", "[plan]"),
    Damage("year in quotes", edit(TOML, "2012", '"2012"'), f"{TOML}:3:first_year", "without quotes"),
    Damage("title a number", edit(TOML, '"Strategic plan"', "12"), f"{TOML}:1:title", "text in quotes"),
    Damage("title empty", edit(TOML, '"Strategic plan"', '" "'), f"{TOML}:1:title", "empty"),
    Damage("years backwards", edit(TOML, "last_year = 2015", "last_year = 2011"),
           f"{TOML}:4:last_year", "2012 or later"),
    Damage("floor in per cent", edit(TOML, "0.5", "50"), f"{TOML}:5:coverage_floor", "from 0 to 1"),
    Damage("language in words", add(TOML, 'language = "English"'), f"{TOML}:7:language", "such as en"),
]
# fmt: on

DAMAGES = [*FILES_AND_BYTES, *ROWS_AND_COLUMNS, *CELLS, *CODES, *MEASUREMENTS, *PLAN, *SETTINGS]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.kind)
def test_a_damage_is_one_line_at_its_place(damage: Damage, tmp_path: Path) -> None:
    damage.do(write_clean_folder(tmp_path))
    lines = [str(problem) for problem in check(tmp_path)]
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"{damage.place}: {'warning: ' if damage.warning else ''}"), lines
    assert damage.message in lines[0]
    assert "expected" in lines[0]
    assert lines[0].isprintable()
