"""Canvases draw: widgets that know arrays, and nothing of experiments."""
