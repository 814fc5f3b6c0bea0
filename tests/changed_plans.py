"""Editions of a plan for tests: random edits of every kind, and what a list of changes makes of an edition."""

import copy
from dataclasses import replace

import pandas as pd
from random_plans import SCALE

from gsanalysis.schema import PLAN_KEYS, TABLES

KEYED = ("objectives", "outputs", "expected_results", "kpis", "indicators")
STATES = ["final", "final", "provisional", "estimated", "illustrative", "not_applicable", "not_collected"]
TEXTS = ["", "plain", "a=b", "=1+1", "a, b", 'say "so"', "two\nlines", "O1", "ä ≥ 5 %"]
NUMBERS = ["0", "-0.0", "1", "2.50", "80", "95", "100", "-50", "9000000.0000000001", "1234567890123"]
DAYS = ["2012-06-30", "2013-12-31", "2014-03-31", "2016-01-01"]
OPPOSITE = [("at_least", "at_most"), ("rise_each_year", "fall_each_year"), ("increase", "decrease"),
            ("above_trend", "below_trend")]  # fmt: skip


# ---------------------------------------------------------------- an edition as plain dictionaries


def edition(plan, as_of=None):
    """Settings, rows by key, links by key, and the latest value and state of each figure."""
    found = {"settings": {key.name: str(getattr(plan, key.name)) for key in PLAN_KEYS}}
    for name in KEYED:
        rows = getattr(plan, name)[TABLES[name].names].to_dict("records")
        found[name] = {row[TABLES[name].key[0]]: row for row in rows}
    links = plan.links[TABLES["links"].names].to_dict("records")
    found["links"] = {(row["kpi"], row["expected_result"], row["output"]): row for row in links}
    latest = {}
    for row in plan.measurements.to_dict("records"):
        place = (row["indicator"], str(row["year"]), row["breakdown"])
        known = latest.get(place, row)
        if (as_of is None or row["reported_on"] <= as_of) and row["reported_on"] >= known["reported_on"]:
            latest[place] = row
    found["figures"] = {place: (row["value"], row["state"]) for place, row in latest.items()}
    return read(found)


def read(found):
    """The same edition with what is a number as a number."""
    found["settings"]["coverage_floor"] = float(found["settings"]["coverage_floor"])
    kinds = {code: row["kind"] for code, row in found["indicators"].items()}
    found["figures"] = {
        place: (float(value) if value and kinds[place[0]] == "number" else value, state)
        for place, (value, state) in found["figures"].items()
    }
    return found


# ---------------------------------------------------------------- a list of changes, applied


def applied(old, table):
    """What an edition becomes by a table of changes: nothing is known here but the table and the format."""
    new, open_row = copy.deepcopy(old), None
    for row in table.to_dict("records"):
        code, change, before, after = row["indicator"], row["change"], row["before"], row["after"]
        if change in ("figure_new", "figure_revised", "figure_withdrawn", "state"):
            apply_figure(new, (code, row["year"], row["breakdown"]), change, before, after)
        elif change != "rating":
            open_row = apply_plan(new, code, change, before, after, open_row)
    new["figures"] = {place: figure for place, figure in new["figures"].items() if figure[1]}
    return read(new)


def apply_figure(new, place, change, before, after):
    value, state = new["figures"].get(place, ("", ""))
    if change == "state":
        new["figures"][place] = (value, after)
    elif change == "figure_new":
        assert value == "" == before
        new["figures"][place] = (after, "final")
    else:
        assert value == float(before) if isinstance(value, float) else value == before
        new["figures"][place] = (after, state if after else "not_collected")


def apply_plan(new, code, change, before, after, open_row):
    """Change one cell; a row that is new or gone stays open for the cells that follow."""
    column, _, text = (after or before).partition("=")
    if code == "":
        was = new["settings"][column]
        assert was == type(was)(before.partition("=")[2])
        new["settings"][column] = text
        return None
    if column == "link":
        apply_link(new["links"], code, before, after)
        return None
    if before and after:
        [name] = [name for name in KEYED if code in new[name] and column in TABLES[name].names]
        assert new[name][code][column] == before.partition("=")[2]
        new[name][code][column] = text
        return None
    side = "before" if before else "after"
    if open_row and open_row[1:] == (code, side) and column in TABLES[open_row[0]].names:
        if side == "after":
            new[open_row[0]][code][column] = text
        return open_row
    names = [name for name in KEYED if TABLES[name].key == (column,)]
    [name] = ["indicators"] if change.startswith("indicator_") else names
    if side == "before":
        del new[name][code]
    else:
        assert code not in new[name]
        new[name][code] = dict.fromkeys(TABLES[name].names, "") | {TABLES[name].key[0]: code, column: text}
    return name, code, side


def apply_link(links, kpi, before, after):
    import csv
    import io

    for text, side in ((before, "before"), (after, "after")):
        if text:
            [cells] = csv.reader(io.StringIO(text.removeprefix("link="), newline=""))
            row = dict(zip(TABLES["links"].names, [kpi, *cells], strict=True))
            key = (kpi, row["expected_result"], row["output"])
            if side == "after":
                links[key] = row
            else:
                assert links.pop(key) == row


# ---------------------------------------------------------------- random edits


def edited(dice, plan, count):
    """The plan after some edits; what `check` forbids may come out, but never what can't be rated."""
    for _ in range(count):
        plan = dice.choice(EDITS)(dice, plan)
    return plan


def edit_setting(dice, plan):
    name = dice.choice(["title", "mission", "goal", "language", "last_year", "coverage_floor"])
    values = {"last_year": [2013, 2014, 2015], "coverage_floor": [0.0, 0.25, 0.5, 1 / 3]}
    return replace(plan, **{name: dice.choice(values.get(name, TEXTS))})


def edit_table(dice, plan):
    """Add, drop or change a row of a table that is not the indicators'."""
    name = dice.choice(["objectives", "outputs", "expected_results", "kpis"])
    columns, rows = TABLES[name].names, getattr(plan, name).to_dict("records")
    what = dice.choice(["add", "drop", "change", "change"])
    codes = {row[columns[0]] for row in rows}
    if what == "add" and (free := [c for c in ("X", "O1-K1", "O1-K1a") if c not in codes]):
        rows.append({column: dice.choice(TEXTS) for column in columns} | {columns[0]: dice.choice(free)})
    elif what == "drop" and rows:
        rows.remove(dice.choice(rows))
    elif rows:
        dice.choice(rows)[dice.choice(columns[1:])] = dice.choice(TEXTS)
    if dice.random() < 0.3:
        dice.shuffle(rows)
    return replace(plan, **{name: frame(rows, columns)})


def edit_link(dice, plan):
    rows = {tuple(row[n] for n in TABLES["links"].key): row for row in plan.links.to_dict("records")}
    for _ in range(2):
        cells = [dice.choice(["X", "O1-K1"]), dice.choice(["", "R, 1", "R2"]), dice.choice(["", "P=1"])]
        row = dict(zip(TABLES["links"].names, [*cells, "plan", dice.choice(TEXTS)], strict=True))
        rows[tuple(cells)] = row
    if dice.random() < 0.4:
        del rows[dice.choice(list(rows))]
    return replace(plan, links=frame(list(rows.values()), TABLES["links"].names))


def edit_words(dice, plan):
    column = dice.choice(["name", "unit", "basis", "note", "definition", "owner", "first_target",
                          "confirmed_by", "confirmed_on"])  # fmt: skip
    texts = [text for text in TEXTS if text or column not in ("name", "unit", "basis")]
    return with_cells(plan, dice.choice(list(plan.indicators.index)), {column: dice.choice(texts)})


def edit_reading(dice, plan):
    """Change a column that the rule reads."""
    place = dice.choice(list(plan.indicators.index))
    row = plan.indicators.loc[place]
    choices = [{"tolerance": dice.choice(["", "0", "0.05", "0.5"])},
               {"breakdowns": dice.choice(["", "each"])}]  # fmt: skip
    if row["kind"] == "number":
        choices += [{"breakdowns": "sum"}, {"maximum": dice.choice(["", "100"])}]
        choices += [{"minimum": dice.choice(["", "0"])}, {"rule": "monitor"}]
    codes = list(plan.indicators["indicator"])
    if row["rule"] in ("at_least", "at_most"):
        choices += [{"target": dice.choice(NUMBERS)}, {"due": dice.choice(["", "2014", "2015"])}]
        numbers = plan.indicators[plan.indicators["kind"] == "number"]["indicator"]
        choices.append({"target": dice.choice([c for c in numbers if c != row["indicator"]] or ["5"])})
    choices += [{"rule": b if row["rule"] == a else a} for a, b in OPPOSITE if row["rule"] in (a, b)]
    if row["baseline_years"] and "-" not in row["baseline_years"]:
        choices.append({"baseline_years": dice.choice(["2010", "2011", "2012"])})
        choices.append({"baseline": dice.choice(["", *NUMBERS])})
    if row["rule"] in ("above_trend", "below_trend"):
        choices.append({"baseline_years": dice.choice(["2008-2011", "2009-2012"])})
    if row["rule"] == "by_date":
        choices.append({"target": dice.choice(DAYS)})
    if row["rule"] == "level":
        choices.append({"target": dice.choice(SCALE)})
    sources = plan.indicators[
        (plan.indicators["kind"] == row["kind"]) & (plan.indicators["measured_by"] == "")
    ]
    if row["indicator"] not in set(plan.indicators["measured_by"]) and set(sources["indicator"]) - {
        codes[place]
    }:
        source = dice.choice(sorted(set(sources["indicator"]) - {row["indicator"]}) or [""])
        if dice.random() < 0.3:
            rows = plan.measurements[plan.measurements["indicator"] != row["indicator"]]
            plan = replace(plan, measurements=rows.reset_index(drop=True))
            return with_cells(plan, place, {"measured_by": source})
    return with_cells(plan, place, dice.choice(choices))


def edit_indicators(dice, plan):
    """Drop an indicator that no other one needs, add a copy of one, or give one another code."""
    frame_ = plan.indicators
    row = dice.choice(frame_.to_dict("records"))
    code, what = row["indicator"], dice.choice(["add", "drop", "rename"])
    if what == "add":
        new = row | {"indicator": f"New{len(frame_)}", "measured_by": row["measured_by"] or code}
        return replace(plan, indicators=frame([new, *frame_.to_dict("records")], list(frame_.columns)))
    used = (frame_["target"] == code) | (frame_["measured_by"] == code)
    rows = plan.measurements
    if what == "drop" and len(frame_) > 1 and not used.any():
        kept = rows[rows["indicator"] != code].reset_index(drop=True)
        return replace(
            plan, indicators=frame_[frame_["indicator"] != code].reset_index(drop=True), measurements=kept
        )
    if what == "rename":
        new = f"Re{len(frame_)}{code}"
        names = {
            column: frame_[column].replace(code, new) for column in ("indicator", "target", "measured_by")
        }
        renamed = rows.assign(indicator=rows["indicator"].replace(code, new))
        return replace(plan, indicators=frame_.assign(**names), measurements=renamed)
    return plan


def edit_figures(dice, plan):
    """Correct, drop, add or withdraw a figure, or give a part another name."""
    rows = plan.measurements.to_dict("records")
    own = plan.indicators[plan.indicators["measured_by"] == ""].to_dict("records")
    if not own:
        return plan
    for _ in range(dice.randint(1, 4)):
        row, what = dice.choice(rows) if rows else None, dice.random()
        if row is None or what < 0.25:
            indicator = dice.choice(own)
            row = dict.fromkeys(TABLES["measurements"].names, "")
            row |= {"indicator": indicator["indicator"], "year": dice.randint(2009, 2015), "row": 2}
            row |= {"breakdown": dice.choice(["", "North", "East", "a=b, c"]), "source": "A report"}
            rows.append(filled(dice, row, indicator))
        elif what < 0.45:
            rows.remove(row)
        elif what < 0.75:
            indicator = next(i for i in own if i["indicator"] == row["indicator"])
            rows.append(filled(dice, dict(row), indicator))
        elif what < 0.85:
            row["breakdown"] = dice.choice(["South", "", "East"])
        elif row["value"]:
            row["state"] = dice.choice(STATES[:5])
    unique = {(r["indicator"], r["year"], r["breakdown"], r["reported_on"]): r for r in rows}
    columns = list(plan.measurements.columns)
    made = frame(list(unique.values()), [c for c in columns if c not in ("year", "row")])
    numbers = pd.DataFrame(
        [(r["year"], r["row"]) for r in unique.values()], columns=["year", "row"], dtype="int64"
    )
    return replace(plan, measurements=pd.concat([made, numbers], axis=1)[columns])


def filled(dice, row, indicator):
    """A figure with some value and state that its indicator can have, reported on some day."""
    values = {"number": NUMBERS, "yes_no": ["yes", "no"], "date": ["no", *DAYS], "level": SCALE}
    state = dice.choice(STATES)
    value = "" if state.startswith("not_") else dice.choice(values[indicator["kind"]])
    day = dice.choice([f"{row['year']}-12-31", f"{row['year'] + 1}-03-31", "2016-05-01", "2017-01-01"])
    return row | {"value": value, "state": state, "reported_on": day}


def with_cells(plan, place, cells):
    indicators = plan.indicators.copy()
    for column, text in cells.items():
        indicators.loc[place, column] = text
    return replace(plan, indicators=indicators)


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns, dtype="str")


EDITS = [edit_setting, edit_table, edit_link, edit_words, edit_reading, edit_reading, edit_indicators,
         edit_figures, edit_figures]  # fmt: skip
