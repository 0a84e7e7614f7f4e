"""Updates of optimizers taken apart, a phase at a time, for people to see what happens."""
