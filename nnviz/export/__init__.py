"""Files out: pictures and animations."""
