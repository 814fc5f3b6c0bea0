"""The rating of a year: values, rules, evidence, and the tables of `assess`."""
