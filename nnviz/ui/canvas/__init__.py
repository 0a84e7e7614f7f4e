"""Canvases draw: widgets that know arrays and tokens of the theme, and nothing of experiments."""
