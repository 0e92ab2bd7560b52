"""`python -m benchmarks.accuracy`, the same as `python benchmarks/accuracy/run.py`."""

from benchmarks.accuracy.program import main

main()
