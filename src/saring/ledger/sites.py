"""Sites: pairs of an API key and a normalised address, with their settings."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from saring.errors import NotFoundError
from saring.ledger.database import now_milliseconds
from saring.ledger.records import Key, Site
from saring.ledger.schema import keys, sites
from saring.ledger.vault import Vault
from saring.verdict import Cutoffs

JOINED = select(sites, keys.c.owner_id).join_from(sites, keys)


class Lists(msgspec.Struct):
    """A site's own words on identities, as they are stored."""

    allow: list[str]
    block: list[str]


def find(connection: Connection, vault: Vault, key: Key, address: str) -> Site | None:
    """Return the site of a key and a normalised address, or None."""
    query = JOINED.where(sites.c.key_id == key.id, sites.c.address == address)
    row = connection.execute(query).mappings().first()
    return _site(vault, row) if row else None


def find_one(connection: Connection, vault: Vault, key: Key, address: str) -> Site:
    """Return a site that is known to be there."""
    query = JOINED.where(sites.c.key_id == key.id, sites.c.address == address)
    return _site(vault, connection.execute(query).mappings().one())


def with_id(connection: Connection, vault: Vault, site_id: int) -> Site | None:
    """Return the site with this number, whoever's it is, or None."""
    row = connection.execute(JOINED.where(sites.c.id == site_id)).mappings().first()
    return _site(vault, row) if row else None


def register(connection: Connection, key: Key, address: str) -> None:
    """Add a pair, within a transaction that no other writer shares."""
    new = insert(sites).values(
        key_id=key.id,
        address=address,
        created_at=now_milliseconds(),
        may_discard=False,
    )
    connection.execute(new)


def every(connection: Connection, vault: Vault, key: Key) -> Iterator[Site]:
    """Yield the sites of a key in the order in which they came."""
    query = JOINED.where(sites.c.key_id == key.id).order_by(sites.c.id)
    for row in connection.execute(query).mappings():
        yield _site(vault, row)


def save(connection: Connection, vault: Vault, site: Site) -> None:
    """Store a site's settings; its address and key stay as they are."""
    cutoffs = site.cutoffs
    lists = Lists(allow=sorted(site.allowlist), block=sorted(site.blocklist))
    sealed = vault.lists.encrypt(_row_name(site.id), msgspec.json.encode(lists))
    query = (
        update(sites)
        .where(sites.c.id == site.id, sites.c.key_id == site.key_id)
        .values(
            cutoff_unsure=cutoffs.unsure if cutoffs else None,
            cutoff_spam=cutoffs.spam if cutoffs else None,
            cutoff_discard=cutoffs.discard if cutoffs else None,
            may_discard=site.may_discard,
            budget_one_in=site.budget_one_in,
            budget_confidence=site.budget_confidence,
            lists=sealed if lists.allow or lists.block else None,
        )
    )
    if not connection.execute(query).rowcount:
        raise NotFoundError(f"there is no site {site.id} under this key")


def promise(
    connection: Connection, site: Site, held: int | None, discard: int | None
) -> None:
    """Store the margins that a site's error budget came to."""
    query = update(sites).where(sites.c.id == site.id)
    connection.execute(query.values(held_margin=held, discard_margin=discard))


def mark_deactivated(connection: Connection, site: Site, at: int) -> None:
    """Note when a site was last switched off (milliseconds since 1970)."""
    query = update(sites).where(sites.c.id == site.id).values(deactivated_at=at)
    connection.execute(query)


def _site(vault: Vault, values: RowMapping) -> Site:
    sealed, unsure = values["lists"], values["cutoff_unsure"]
    lists = Lists(allow=[], block=[])
    if sealed is not None:
        opened = vault.lists.decrypt(_row_name(values["id"]), sealed)
        lists = msgspec.json.decode(opened, type=Lists)
    return Site(
        id=values["id"],
        key_id=values["key_id"],
        owner_id=values["owner_id"],
        address=values["address"],
        cutoffs=None
        if unsure is None
        else Cutoffs(unsure, values["cutoff_spam"], values["cutoff_discard"]),
        may_discard=values["may_discard"],
        budget_one_in=values["budget_one_in"],
        budget_confidence=values["budget_confidence"],
        held_margin=values["held_margin"],
        discard_margin=values["discard_margin"],
        allowlist=frozenset(lists.allow),
        blocklist=frozenset(lists.block),
    )


def _row_name(site_id: int) -> bytes:
    return b"%d" % site_id
