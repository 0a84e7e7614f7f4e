"""The command line: numbers on stdout, messages on stderr, 0 when well, 2 for bad input."""
