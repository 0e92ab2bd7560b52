"""Cases: the pages of wp-admin, and what the reader's page shows of the filter."""

import html
import re
import urllib.parse

from wordpress.browser import Browser
from wordpress.expect import Cases, SkippedError, expect, same
from wordpress.site import SETTINGS_PAGE, Site

CASES = Cases()

NOTICE = r'<p class="akismet_comment_form_privacy_notice">(.*?)</p>'


def frames(page: str) -> list[str]:
    """Return the addresses of a page's frames."""
    found = re.findall(r'<iframe[^>]*\bsrc="([^"]+)"', page)
    return [html.unescape(source) for source in found]


@CASES.add
def screen_settings(site: Site) -> str:
    """The settings page loads its statistics from our server, if at all."""
    page = site.admin.get(SETTINGS_PAGE)

    same(page.status, 200, "page")
    for source in frames(page.text):
        expect(source.startswith(site.recorder.url + "/1.0/"), "frame:", source)
    return f"calls: {site.trail()}"


@CASES.add
def screen_stats(site: Site) -> str:
    """So does the page of statistics."""
    page = site.admin.get(SETTINGS_PAGE + "&view=stats")

    same(page.status, 200, "page")
    found = frames(page.text)
    same(len(found), 1, "frames")
    expect(found[0].startswith(site.recorder.url + "/1.0/user-stats.php?"), found[0])
    return f"calls: {site.trail()}"


@CASES.add
def screens_without_calls(site: Site) -> None:
    """The daily pages ask the server nothing."""
    for page in ("index.php", "edit-comments.php", "plugins.php"):
        same(site.admin.get("/wp-admin/" + page).status, 200, page)

    same(site.calls(), [], "calls")


@CASES.add
def screen_connectors(site: Site) -> str:
    """WordPress 7 has a page of its own for keys."""
    if site.admin.get("/wp-admin/options-connectors.php").status != 200:
        raise SkippedError("this WordPress has no such page (7 has)")
    return f"calls: {site.trail()}"


@CASES.add
def rest_stats(site: Site) -> None:
    """The plugin's own REST API hands the statistics on."""
    nonce = site.rest_nonce()
    path = "/wp-json/akismet/v1/stats?interval=60-days"
    page = site.admin.get(path, X_WP_Nonce=nonce)

    same(page.status, 200, "answer")
    same(site.one("get-stats").fields.get("from"), "60-days", "from")


@CASES.add
def privacy_notice(site: Site) -> str:
    """Off at first; once on, its link leads where SARING_PRIVACY_URL says."""
    page = Browser(site.url).get(site.post_path).text
    same(re.search(NOTICE, page), None, "notice though off")
    site.save_settings(akismet_comment_form_privacy_notice="display")
    page = Browser(site.url).get(site.post_path).text
    site.save_settings(akismet_comment_form_privacy_notice="hide")

    found = re.search(NOTICE, page)
    shown = found[1] if found else ""
    link = re.search(r'href="([^"]+)"', shown)
    same(html.unescape(link[1]) if link else "", site.recorder.url + "/privacy", "link")
    return re.sub(r"<[^>]+>", "", shown)


@CASES.add
def frontend_script(site: Site) -> str:
    """The form loads the plugin's own script; no screenshots of commenters' sites."""
    page = Browser(site.url).get(site.post_path).text
    script = r"<script[^>]*src=['\"][^'\"]*akismet-frontend\.js"
    expect(re.search(script, page), "no akismet-frontend.js")

    page = site.admin.get("/wp-admin/edit-comments.php").text
    expect('"enable_mshots"' not in page, "screenshots from s0.wp.com are on")
    named = re.findall(r"""(?:src|href)=["'](?:https?:)?(//[^"'/]+)""", page)
    hosts = {urllib.parse.urlsplit(address).netloc for address in named}
    return f"hosts named: {sorted(hosts - {urllib.parse.urlsplit(site.url).netloc})}"
