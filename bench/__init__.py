"""Benchmarks: what the shop costs beside its floors, in ratios measured in one run. `make bench`."""
