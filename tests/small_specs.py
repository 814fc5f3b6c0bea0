"""Indicators of each rule, and figures for a trend, for tests of what is said of them."""

from small_plans import indicator

STANDARD = indicator("at_least", target="95", tolerance="0.05", unit="%")
CEILING = indicator("at_most", target="4", tolerance="0.25", unit="hours")
DUE = indicator("at_least", target="80", due="2015", baseline_years="2011", tolerance="0.05", unit="%")
BAND = indicator("between", target="4|6", tolerance="0.1", unit="days")
ZERO = indicator("zero", unit="incidents", minimum="0")
YES = indicator("yes")
LEVEL = indicator("level", target="good", scale="poor|fair|good|excellent", tolerance="0.1")
MILESTONE = indicator("by_date", target="2013-06-30")
RISE = indicator("rise_each_year", baseline_years="2011", tolerance="0.02", unit="members")
FALL = indicator("fall_each_year", unit="complaints")
ABOVE_TREND = indicator("above_trend", baseline_years="2008-2011", tolerance="0.05", unit="activities")
BELOW_TREND = indicator("below_trend", baseline_years="2008-2011", unit="days")
INCREASE = indicator("increase", baseline_years="2011", unit="visits", minimum="0")
DECREASE = indicator("decrease", baseline_years="2011", unit="messages", minimum="0")
MONITORED = indicator("monitor", unit="countries")
SPENDING = indicator("at_most", target="B", unit="CHF million", tolerance="0.03")
BUDGET = indicator("monitor", indicator="B", name="Budget", unit="CHF million")
RISING = {2008: 20, 2009: 24, 2010: 28, 2011: 32}
FALLING = {2008: 60, 2009: 56, 2010: 52, 2011: 48}
