"""`python -m saring`, where the `saring` command is not on the path."""

from saring.cli import main

main(prog_name="saring")
