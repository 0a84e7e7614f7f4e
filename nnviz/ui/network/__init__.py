"""The network panel's inner parts: what it shows, what its menus offer, what is edited."""
