"""A small data folder without a fault, for tests that damage it."""

from pathlib import Path

FILES = {
    "plan/plan.toml": """\
title = "Strategic plan"
organisation = "A service"
first_year = 2012
last_year = 2015
coverage_floor = 0.5
mission = "To serve."
""",
    "plan/objectives.csv": """\
objective,title
O1,Meetings
O2,Money
""",
    "plan/outputs.csv": """\
output,objective,text,text_variant
O1-P1,O1,Documents,
O2-P1,O2,Accounts,
""",
    "plan/expected_results.csv": """\
expected_result,objective,text
O1-R1,O1,Better documents
O2-R1,O2,Sound accounts
""",
    "plan/kpis.csv": """\
kpi,objective,text
O1-K1,O1,Documents on time
O1-K2,O1,Satisfaction of delegates
O2-K1,O2,Spending within the budget
O2-K2,O2,Plan for the buildings
""",
    "plan/links.csv": """\
kpi,expected_result,output,basis,note
O1-K1,O1-R1,,plan,
O2-K1,,O2-P1,derived,
""",
    "plan/indicators.csv": """\
indicator,kpi,name,unit,kind,rule,target,due,baseline,baseline_years,tolerance,scale,breakdowns,measured_by,minimum,maximum,basis,note
O1-K1a,O1-K1,Documents on time,%,number,at_least,95,2015,80,2011,0.05,,each,,0,100,plan,
O1-K1b,O1-K1,Documents,documents,number,above_trend,,,,2008-2011,,,sum,,0,,derived,
O1-K1c,O1-K1,"Documents, more of them",documents,number,increase,,,,2011,,,sum,O1-K1b,0,,derived,
O1-K2a,O1-K2,Satisfaction,label,level,level,good,,,,0.05,poor|fair|good,,,,,assumed,
O2-K1a,O2-K1,Spending,CHF,number,at_most,O2-K1b,,,,,,,,0,,plan,
O2-K1b,O2-K1,Budget,CHF,number,monitor,,,,,,,,,0,,plan,
O2-K1c,O2-K1,Accounts approved,yes or no,yes_no,yes,,,,,,,,,,,plan,
O2-K2a,O2-K2,Plan in place,date,date,by_date,2013-12-31,,,,,,,,,,plan,
O2-K2b,O2-K2,Reserve,%,number,between,4|6,,,,0.1,,,,0,100,assumed,
O2-K2c,O2-K2,Saving,CHF,number,rise_each_year,,,5,2011,,,,,0,,plan,
""",
    "measurements/2012.csv": """\
indicator,year,breakdown,value,state,reported_on,source,source_url,verification,comment,responses,invited
O1-K1a,2012,Arabic,81.5,final,2013-03-31,Report A,https://example.org/a,published,,,
O1-K1a,2012,French,82,provisional,2013-03-31,Report A,,,"one office, two weeks",,
O1-K1a,2012,French,83,final,2013-06-30,Report A,,audited,corrected,,
O1-K1b,2012,,31,final,2013-03-31,Report B,,,,,
O1-K2a,2012,,fair,final,2013-03-31,Survey,,internal,,120,640
O2-K1a,2012,,1200000.5,final,2013-03-31,Accounts,,,,,
O2-K1b,2012,,1300000,final,2013-03-31,Budget,,,,,
O2-K1c,2012,,yes,final,2013-03-31,Accounts,,,,,
O2-K2a,2012,,no,final,2013-03-31,Minutes,,,,,
""",
    "measurements/2013.csv": """\
indicator,year,breakdown,value,state,reported_on,source,source_url,verification,comment,responses,invited
O1-K1a,2013,Arabic,84,final,2014-03-31,Report A,,,,,
O1-K1a,2013,French,85,final,2014-03-31,Report A,,,,,
O1-K1b,2013,,33,estimated,2014-03-31,Report B,,,,,
O1-K2a,2013,,,not_collected,2014-03-31,Survey,,,,,
O2-K1c,2013,,,not_applicable,2014-03-31,Accounts,,,,,
O2-K2a,2013,,2013-11-30,final,2014-03-31,Minutes,,,,,
O2-K2b,2013,,5,final,2014-03-31,Accounts,,,,,
O2-K2c,2013,,7,final,2014-03-31,Accounts,,,,,
""",
    "commentary/2013/O1.md": """\
The year was a good one.

## O1-K1

Two offices moved.
""",
}


def write_clean_folder(folder: Path) -> Path:
    """Write the folder's files under `folder`, and return it."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder
