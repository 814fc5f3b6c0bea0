"""Runs the notebooks of a year and puts their pages in place."""
