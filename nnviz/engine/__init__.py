"""The mathematics of NNViz: networks, data, surfaces and optimizers. No Qt, no threads, no files."""
