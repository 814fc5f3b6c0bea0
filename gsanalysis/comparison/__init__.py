"""What is different between two editions of a plan and its figures, and what moved its ratings."""
