#!/usr/bin/env bash
# The real WordPress with the real Akismet plugin, two generations, against a real Saring:
#
#   tests/wordpress/run.sh [bookworm] [trixie]
#
# Called by `make test-wordpress`. All of it is in run.py; see there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=$PWD/../.venv/bin/python
[ -x "$python" ] || { echo "run 'make setup' first" >&2; exit 2; }
exec env PYTHONPATH="$PWD" "$python" -m wordpress.run "$@"
