"""Controls turn: small widgets that know numbers and choices, and nothing of experiments."""
