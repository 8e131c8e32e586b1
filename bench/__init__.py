"""Measurements, as ratios in one run: `make bench`. Nothing here is a test, and nothing is timed in one."""
