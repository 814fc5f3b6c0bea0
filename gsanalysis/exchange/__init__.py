"""Other people's plans and tools: a new plan folder, and a plan with its ratings in other people's formats."""
