"""Site: the WordPress that setup.sh made, from the inside and from the outside.

From the inside: its database, its options, its cron. From the outside: visitors who
comment and a moderator who clicks. Between the plugin and the filter sits a recorder.
"""

import html
import json
import re
import subprocess
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wordpress.browser import FIREFOX, Browser, Page, hidden_fields
from wordpress.expect import expect, same
from wordpress.recorder import Call, Recorder
from wordpress.words import number, pleasantry

APPROVED, HELD, SPAM, TRASH, NONE = "1", "0", "spam", "trash", None
FOLDERS = {"1": "approved", "0": "moderated", "spam": "spam", "trash": "trash"}
CONSTANTS = ("AKISMET_TEST_MODE", "WPCOM_API_KEY", "SARING_TIMEOUT")
SETTINGS_PAGE = "/wp-admin/options-general.php?page=akismet-key-config"
FORM_FIELDS = ("comment_post_ID", "comment_parent", "akismet_comment_nonce", "ak_js")

PREPARE = """
    foreach ( array( "wordpress_api_key", "akismet_strictness", "akismet_ssl_disabled",
        "akismet_comment_form_privacy_notice", "akismet_spam_count",
        "akismet_alert_code", "akismet_alert_msg", "akismet_connector_key_status"
    ) as $option ) { delete_option( $option ); }
    wp_unschedule_hook( "akismet_schedule_cron_recheck" );
    wp_unschedule_hook( "akismet_approval_fallback" );
    update_option( "disallowed_keys", "" );
    if ( ! username_exists( "reader" ) ) {
        wp_insert_user( array( "user_login" => "reader", "user_pass" => "reader",
            "user_email" => "reader@example.com", "role" => "subscriber" ) );
    }
    activate_plugin( "akismet/akismet.php" );
    $id = wp_insert_post( array( "post_title" => "Growing tomatoes",
        "post_content" => "How to grow them.", "post_status" => "publish",
        "post_author" => 1, "tags_input" => array( "tomatoes", "soil" ),
        "comment_status" => "open", "ping_status" => "open" ) );
    return array( "id" => $id, "name" => get_post( $id )->post_name,
        "wordpress" => $GLOBALS["wp_version"], "akismet" => AKISMET_VERSION );
"""
WHEN_DUE = """
    foreach ( _get_cron_array() as $time => $hooks ) {
        if ( isset( $hooks["HOOK"] ) ) { return $time - time(); }
    }
    return null;
"""
MAKE_DUE = """
    foreach ( _get_cron_array() as $time => $hooks ) {
        if ( isset( $hooks["HOOK"] ) ) {
            $event = reset( $hooks["HOOK"] );
            wp_unschedule_event( $time, "HOOK", $event["args"] );
            wp_schedule_single_event( time() - 60, "HOOK", $event["args"] );
            delete_transient( "doing_cron" );
            return 1;
        }
    }
    return 0;
"""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """How somebody comments; None for an author is somebody logged in.

    Attributes:
        text: An ordinary reader's where it is empty.
        more: Further fields of the form.
        with_form: Whether the form was opened first, or a program posts blindly.
    """

    text: str = ""
    author: str | None = "Bob"
    email: str | None = None
    website: str = ""
    who: Browser | None = None
    agent: str = FIREFOX
    more: dict[str, object] | None = None
    with_form: bool = True


class Site:
    """The site under `root`, with the plugin's calls going through a recorder.

    Args:
        root: Where setup.sh keeps it.
        key: An API key that the server takes.
        upstream: Address of the server; the stub answers where it is empty.
    """

    def __init__(self, root: Path, key: str, upstream: str = "") -> None:
        self.root = root
        lines = (root / "env").read_text().splitlines()
        self.environment = dict(line.split("=", 1) for line in lines)
        self.url = self.environment["WP_URL"]
        self.key = key
        self.upstream = upstream
        self.recorder = Recorder(key, upstream)
        self.admin = Browser(self.url)
        self._address_file = root / "saring-url"
        self._own_address = self._address_file.read_text()
        self._mark = 0
        self.post_id = 0
        self.post_path = ""
        self.versions = ""
        self.version: tuple[int, ...] = ()

    # --- a run ---

    def prepare(self) -> None:
        """Empty the site of comments and settings, and write an article."""
        self.recorder.start()
        self.point_at(self.recorder.url)
        for name in CONSTANTS:
            self.constant(name, None)
        self.sql("delete from wp_comments")
        self.sql("delete from wp_commentmeta")
        made = self.php(PREPARE)
        self.post_id, self.post_path = made["id"], f"/{made['name']}/"
        self.versions = f"WordPress {made['wordpress']}, Akismet {made['akismet']}"
        self.version = tuple(int(part) for part in re.findall(r"\d+", made["akismet"]))
        page = Browser(self.url).get(self.post_path)
        same(page.status, 200, f"{self.url}: the article of the site in {self.root}")
        self.log_in()

    def finish(self) -> None:
        """Put the address of the server back and close the recorder."""
        self.point_at(self._own_address)
        for name in CONSTANTS:
            self.constant(name, None)
        self.recorder.stop()

    def point_at(self, address: str) -> None:
        """Let the plugin call this server from now on."""
        self._address_file.write_text(address)

    @property
    def has_webhook(self) -> bool:
        """Say whether this plugin takes a later verdict."""
        return self.version >= (5, 3, 2)

    # --- from the inside ---

    def sql(self, query: str) -> list[list[str]]:
        """Return the rows of a query on WordPress's database."""
        password = "-p" + self.environment["WP_DB_PASSWORD"]
        socket = self.environment["WP_DB_SOCKET"]
        client = ["mariadb", "--no-defaults", "-S", socket, "-u", "wordpress", password]
        output = ["--batch", "--raw", "-N", "wordpress", "-e", query]
        done = subprocess.run(
            [*client, *output], capture_output=True, text=True, check=True
        )
        return [line.split("\t") for line in done.stdout.splitlines()]

    def php(self, code: str) -> Any:  # noqa: ANN401 - whatever the code returns
        """Run PHP code inside WordPress and return what it returns."""
        php = ["php", "-d", "display_errors=stderr", str(self.root / "wpctl.php"), code]
        done = subprocess.run(php, capture_output=True, text=True, check=False)
        said = (done.stdout[-500:], done.stderr[-500:])
        expect(done.returncode == 0, "php failed:", *said)
        return json.loads(done.stdout.splitlines()[-1])

    def option(self, name: str) -> str | None:
        """Return an option of WordPress, or None if it is not set."""
        rows = self.sql(
            f"select option_value from wp_options where option_name='{name}'"
        )
        return rows[0][0] if rows else None

    def set_option(self, name: str, value: str) -> None:
        """Set an option of WordPress."""
        self.php(f'update_option( "{name}", "{value}" ); return 1;')

    def constant(self, name: str, value: str | None) -> None:
        """Define a PHP constant for the whole site, or take it away."""
        path = self.root / f"constant-{name}"
        if value is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(value)

    def newest(self) -> int:
        """Return the number of the newest comment, 0 if there is none."""
        rows = self.sql("select coalesce(max(comment_ID), 0) from wp_comments")
        return int(rows[0][0])

    def added_since(self, newest: int) -> int | None:
        """Return the number of a comment newer than that, None if there is none."""
        now = self.newest()
        return now if now > newest else None

    def status(self, comment: int | None) -> str | None:
        """Return a comment's status; None if it is not there."""
        if comment is None:
            return NONE
        rows = self.sql(
            f"select comment_approved from wp_comments where comment_ID={comment}"
        )
        return rows[0][0] if rows else NONE

    def meta(self, comment: int) -> dict[str, str]:
        """Return what the plugin noted on a comment."""
        rows = self.sql(
            "select meta_key, replace(meta_value, '\\n', ' ') from wp_commentmeta"
            f" where comment_id={comment} order by meta_id"
        )
        return {row[0]: row[1] if len(row) > 1 else "" for row in rows}

    def due_in(self, hook: str) -> int | None:
        """Return in how many seconds a cron hook is due; None if it is not planned."""
        seconds: int | None = self.php(WHEN_DUE.replace("HOOK", hook))
        return seconds

    def run_cron(self, hook: str) -> None:
        """Make the hook due now, then let WordPress's own cron run it over HTTP."""
        same(self.php(MAKE_DUE.replace("HOOK", hook)), 1, f"planned {hook}")
        Browser(self.url).get("/wp-cron.php")

    def forget_cron(self) -> None:
        """Take all planned rechecks away."""
        self.php(
            'wp_unschedule_hook( "akismet_schedule_cron_recheck" );'
            'wp_unschedule_hook( "akismet_approval_fallback" ); return 1;'
        )

    def age_comments(self) -> None:
        """Make all an hour older: WordPress takes pings within 15 s for a flood."""
        self.sql(
            "update wp_comments set comment_date=comment_date - interval 1 hour,"
            " comment_date_gmt=comment_date_gmt - interval 1 hour"
        )

    @property
    def mail_count(self) -> int:
        """How many mails WordPress has sent (into a file)."""
        mails = self.root / "log" / "mail.jsonl"
        return mails.read_text().count("\n") if mails.exists() else 0

    # --- the plugin's calls ---

    def begin(self, mode: str = "ok") -> None:
        """Forget the calls so far, and let the server be in this mode."""
        self.recorder.mode = mode
        self._mark = len(self.recorder.seen)

    def calls(self, name: str | None = None) -> list[Call]:
        """Return the plugin's calls since `begin`, or those of one name."""
        seen = self.recorder.seen[self._mark :]
        return [call for call in seen if name in (None, call.name)]

    def one(self, name: str) -> Call:
        """Return the only call of that name."""
        found = self.calls(name)
        same(len(found), 1, f"number of {name} calls")
        return found[0]

    def trail(self) -> str:
        """Return the names of the calls, in order."""
        return " ".join(call.name for call in self.calls()) or "none"

    # --- visitors ---

    def comment(self, visit: Visit) -> tuple[int | None, Page]:
        """Post a comment as a browser does; return its number, and the page."""
        newest = self.newest()
        who = visit.who or Browser(self.url, visit.agent)
        fields: dict[str, object] = {"comment_post_ID": self.post_id}
        if visit.with_form:
            fields |= self._form(who)
        fields |= {"comment": visit.text or pleasantry(), "submit": "Post Comment"}
        if visit.author is not None:
            email = visit.email or f"reader.{number()}@kebun.example"
            fields |= {"author": visit.author, "email": email, "url": visit.website}
        fields |= visit.more or {}
        referer = self.url + self.post_path
        page = who.post("/wp-comments-post.php", fields, Referer=referer)
        return self.added_since(newest), page

    def _form(self, who: Browser) -> dict[str, object]:
        """Return the article's comment form as the page's script fills it."""
        shown = hidden_fields(who.get(self.post_path).text)
        kept: dict[str, object] = {
            name: shown[name] for name in FORM_FIELDS if name in shown
        }
        if "_wp_unfiltered_html_comment" in shown:
            kept["_wp_unfiltered_html_comment"] = shown["_wp_unfiltered_html_comment"]
        if "ak_js" in kept:
            kept |= {"ak_js": int(time.time() * 1000), "ak_hp_textarea": ""}
        return kept

    def settles(self, wanted: str | None, visit: Visit | None = None) -> int:
        """Post a comment, see that it gets the status wanted; return its number."""
        added, page = self.comment(visit or Visit())
        expect(page.status in (200, 302), "posting answered", page.status, page.words)
        got = self.status(added)
        expect(
            got == wanted, f"status: got {got!r}, wanted {wanted!r};", *self.reasons()
        )
        return added or 0

    def reasons(self) -> list[str]:
        """Return what the server said of the last comment, and the calls made."""
        said = [f"calls: {self.trail()}"]
        for call in self.calls("comment-check")[-1:]:
            for name in ("verdict", "score", "clues"):
                header = call.reply and call.reply.header(f"X-saring-{name}")
                said.append(f"{name}: {header}")
        return said

    # --- the moderator ---

    def log_in(self) -> None:
        """Log the administrator in."""
        name, password = (
            self.environment["WP_ADMIN"],
            self.environment["WP_ADMIN_PASSWORD"],
        )
        self.log_in_as(self.admin, name, password)

    def log_in_as(self, who: Browser, name: str, password: str) -> None:
        """Log a visitor in."""
        who.get("/wp-login.php")
        form = {"log": name, "pwd": password, "wp-submit": "Log In", "testcookie": 1}
        same(who.post("/wp-login.php", form).status, 302, "login")

    def save_settings(self, **fields: str) -> Page:
        """Save the plugin's settings form as it is shown, with these changes."""
        shown = hidden_fields(self.admin.get(SETTINGS_PAGE + "&view=start").text)
        same(shown.get("action"), "enter-key", "form on the settings page")
        notice = self.option("akismet_comment_form_privacy_notice") or "hide"
        form = {
            "action": "enter-key",
            "_wpnonce": shown["_wpnonce"],
            "key": self.option("wordpress_api_key") or "",
            "akismet_strictness": self.option("akismet_strictness") or "0",
            "akismet_show_user_comments_approved": "1",
            "akismet_comment_form_privacy_notice": notice,
        }
        self.begin(self.recorder.mode)
        return self.admin.post(SETTINGS_PAGE, form | fields)

    def click(self, comment: int, action: str) -> None:
        """Click `spam`, `unspam` or `trash` under a comment (by the page's script)."""
        nonce = self.link_nonce(comment)
        self.begin(self.recorder.mode)
        form = {
            "action": "delete-comment",
            "id": comment,
            "_ajax_nonce": nonce,
            "comment_status": "",
            "_total": 5,
            "_per_page": 20,
            "_page": 1,
            "_url": self.url + "/wp-admin/edit-comments.php",
            action: 1,
        }
        same(self.admin.post("/wp-admin/admin-ajax.php", form).status, 200, "click")

    def link_nonce(self, comment: int) -> str:
        """Return the nonce of the moderation links under a comment."""
        folder = FOLDERS[self.status(comment) or ""]
        page = self.admin.get(f"/wp-admin/edit-comments.php?comment_status={folder}")
        for link in re.findall(r'comment\.php\?([^"\']+)', html.unescape(page.text)):
            query = dict(urllib.parse.parse_qsl(link))
            action = query.get("action", "")
            ours = query.get("c") == str(comment) and "_wpnonce" in query
            if ours and re.fullmatch("(un)?(spam|trash|delete)comment", action):
                return str(query["_wpnonce"])
        raise AssertionError(f"no moderation link for comment {comment} ({folder})")

    def rest_nonce(self) -> str:
        """Return a nonce for the administrator's REST calls."""
        return self.admin.get("/wp-admin/admin-ajax.php?action=rest-nonce").text
