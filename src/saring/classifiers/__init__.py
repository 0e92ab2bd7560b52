"""Classifiers: from hashed features to a score, and from a label to what is learned.

Pure: no clock, no store, no network. `linear` learns, `base` is what the package
ships, `calibration` turns margins into probabilities, `contract` says what every
classifier promises.
"""
