"""`python -m benchmarks.disguise`, the same as `python benchmarks/disguise/run.py`."""

from benchmarks.disguise.program import main

main()
