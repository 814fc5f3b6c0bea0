"""Forms for those who own the figures: workbooks to fill in, and the way back into the data folder."""
