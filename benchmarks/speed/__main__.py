"""`python -m benchmarks.speed`, the same as `python benchmarks/speed/run.py`."""

from benchmarks.speed.program import main

main()
