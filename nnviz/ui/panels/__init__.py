"""Panels bind: each shows one part of the experiment and changes it."""
