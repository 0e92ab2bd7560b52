"""Measure what disguise hides from the filter: `python benchmarks/disguise/run.py`."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # The benchmark's parts import each other by their full names; this folder itself
    # must not be searched, or a part could hide a module of the standard library.
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    runpy.run_module("benchmarks.disguise", run_name="__main__")
