"""Numbers, ratings and reasons in words."""
