"""How far a rating can be doubted: other methods, how firm it is, and what others say of it."""
