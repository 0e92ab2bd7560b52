"""Rspamd with nothing but its Bayes classifier, as the neighbour to measure against.

Its tokens lie in its own SQLite backend: on two cores that was faster than Redis (521
against 850 microseconds of CPU a check, of which Redis took 290 in a second process),
and the rival shall have the better of the two.
"""

import http.client
import os
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.speed.bodies import mail_message
from benchmarks.speed.corpus import Row
from benchmarks.speed.processes import Program, free_port

CONFIGURATION = """
options {{
  filters = "";
  pidfile = "{folder}/rspamd.pid";
  tempdir = "{folder}";
  control_socket = "{folder}/control.sock mode=0600";
  history_file = "{folder}/history";
  hs_cache_dir = "{folder}";
  url_tld = "/usr/share/rspamd/effective_tld_names.dat";
  dns {{ nameserver = ["127.0.0.1:9"]; }}
}}
logging {{ type = "file"; filename = "{folder}/rspamd.log"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
worker "controller" {{
  bind_socket = "127.0.0.1:{controller_port}";
  count = 1;
  secure_ip = ["127.0.0.1"];
}}
classifier "bayes" {{
  tokenizer {{ name = "osb"; }}
  cache {{ path = "{folder}/learned.sqlite"; }}
  backend = "sqlite3";
  min_tokens = 11;
  min_learns = 200;
  statfile {{ symbol = "BAYES_HAM"; path = "{folder}/ham.sqlite"; spam = false; }}
  statfile {{ symbol = "BAYES_SPAM"; path = "{folder}/spam.sqlite"; spam = true; }}
}}
metric {{
  name = "default";
  actions {{ reject = 15; add_header = 4; }}
  group "statistics" {{
    symbols {{
      "BAYES_SPAM" {{ weight = 5.1; }}
      "BAYES_HAM" {{ weight = -3.0; }}
    }}
  }}
}}
"""


class Rspamd:
    """One Rspamd with a normal worker for checks and a controller to learn."""

    def __init__(self, folder: Path, configuration: str = CONFIGURATION) -> None:
        folder.mkdir()
        self.port, self.controller_port = free_port(), free_port()
        settings = folder / "rspamd.conf"
        settings.write_text(
            configuration.format(
                folder=folder, port=self.port, controller_port=self.controller_port
            )
        )
        # Rspamd gives up root unless told otherwise; anybody else stays who they are.
        user = ["--user", "root", "--group", "root"] if os.geteuid() == 0 else []
        self.program = Program(
            [
                *("rspamd", "--no-fork", "--insecure", *user),
                *("--config", str(settings)),
            ],
            folder / "output.log",
        )
        try:
            self.program.wait_for(self.port)
            self.program.wait_for(self.controller_port)
        except RuntimeError:
            self.program.stop()
            raise

    def learn(self, rows: Iterable[Row]) -> int:
        """Teach labelled comments and return how many it took (it skips copies)."""
        taken = 0
        for row in rows:
            connection = http.client.HTTPConnection("127.0.0.1", self.controller_port)
            connection.request("POST", f"/learn{row['label']}", mail_message(row))
            taken += connection.getresponse().status == http.client.OK
            connection.close()
        time.sleep(0.5)  # its worker sees the learned tokens with its next statement
        return taken
