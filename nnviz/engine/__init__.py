"""The mathematics: networks, data, surfaces and optimizers. No Qt, no threads, no files."""
