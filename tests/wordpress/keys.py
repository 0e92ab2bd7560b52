"""Cases: the key is entered, refused, taken; the plugin is switched off and on."""

import html
import re

from wordpress.browser import Page
from wordpress.expect import Cases, expect, same
from wordpress.site import SETTINGS_PAGE, Site

CASES = Cases()


@CASES.add
def key_too_short(site: Site) -> str:
    """The plugin itself refuses a key that is not 12 hexadecimal digits."""
    site.save_settings(key="abc123")

    same(site.calls("verify-key"), [], "verify-key calls")
    same(site.option("wordpress_api_key"), None, "stored key")
    return f"calls: {site.trail()}"


@CASES.add
def key_invalid(site: Site) -> str:
    """A key that the server does not know is not stored."""
    site.save_settings(key="ffffffffffff")

    call = site.one("verify-key")
    same(call.fields["key"], "ffffffffffff", "key")
    same(call.answer.body, "invalid", "reply")
    same(site.option("wordpress_api_key"), None, "stored key")
    return f"calls: {site.trail()}"


@CASES.add
def key_valid(site: Site) -> str:
    """A good key is stored, once the server says that its account is active."""
    site.save_settings(key=site.key)

    call = site.one("verify-key")
    same((call.method, call.path), ("POST", "/1.1/verify-key"), "call")
    same((call.fields["key"], call.fields["blog"]), (site.key, site.url), "key, blog")
    same(call.answer.body, "valid", "reply")
    same(site.option("wordpress_api_key"), site.key, "stored key")
    asked = {stats.fields.get("from") for stats in site.calls("get-stats")}
    same(asked, {"6-months", "all"}, "get-stats intervals")
    return f"calls: {site.trail()}"


@CASES.add
def plugin_off_and_on(site: Site) -> str:
    """Switching the plugin off in wp-admin calls deactivate."""
    switch(site, "deactivate")
    call = site.one("deactivate")
    switch(site, "activate")

    same(call.fields.get("key"), site.key, "key")
    same(call.answer.body, "deactivated", "reply")
    same(site.admin.get(SETTINGS_PAGE).status, 302, "welcome redirect, once")
    same(site.admin.get(SETTINGS_PAGE).status, 200, "settings page")
    return f"calls: {site.trail()}"


def switch(site: Site, action: str) -> Page:
    """Follow the plugin's `activate` or `deactivate` link on the page of plugins."""
    page = site.admin.get("/wp-admin/plugins.php").text
    found = re.search(
        rf'href="(plugins\.php\?action={action}&amp;plugin=akismet[^"]*)"', page
    )
    expect(found, f"no {action} link")
    return site.admin.get("/wp-admin/" + html.unescape(found[1] if found else ""))
