import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.features.decoding import CODE_MASK, look_up
from saring.features.leetspeak import spell
from saring.features.reading import read


def read_text(*contents: str) -> str:
    readings = read([("", content) for content in contents])
    return "".join(map(chr, (readings.letters & CODE_MASK).tolist()))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("g4c0r", "gacor"),
        ("m45uk", "masuk"),
        ("5l0t", "slot"),
        ("h4r1", "hari"),
        ("b00m3r", "boomer"),
        ("g@cor", "gacor"),
        ("$lot", "slot"),
        ("s€t!a", "setia"),
        ("w3ton88", "weton88"),
        ("₴l₳m", "slam"),
        ("k€r€n", "keren"),
        ("c!nt@", "cinta"),
        ("t!d@k@", "tidaka"),
        ("b3r4n!+", "beranit"),
        ("d3w4n4g477", "dewanaga77"),
        ("l49unya", "lagunya"),
        ("@p@l@gi", "apalagi"),
        ("@|amat", "alamat"),
    ],
)
def test_spell_reads_letters(written: str, meant: str) -> None:
    assert spell(written) == meant


@pytest.mark.parametrize(
    "token",
    [
        *("toko88", "3jam", "2x", "10rb", "slot4d", "mpo77slot", "qq101bet", "b2b"),
        *("@s4m", "₱500", "€20", "covid19nya", "100k", "s@l@o@t", "wow!keren"),
    ],
)
def test_spell_leaves_numbers_and_names(token: str) -> None:
    assert spell(token) == token


def test_spell_leaves_addresses_of_mail() -> None:
    assert spell("b0b@shop", ".c") == "b0b@shop"
    assert spell("m@s0k4n", ". ") == "masokan"


def test_read_spells_only_where_a_letter_follows() -> None:
    assert "sl0 8o" not in read_text("sl0t 80 kali")
    assert "toko88 jam 7" in read_text("toko88 jam 7")


def test_read_spells_every_word_of_a_text_that_is_written_so() -> None:
    assert "kit4" in read_text("k1ta dan kit4")
    assert "aku kita 88 toko88" in read_text("b3sok p4gi s0re 4ku kit4 88 toko88")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("b4g1 b0nu5 50k p49i 1n1", "bagi bonus 50k pagi ini"),
        ("54tu 4mb1l 84n937 cep47 l491", "satu ambil banget cepat lagi"),
        ("m4in d1 n4g4 n4g477 n4ga17", "main di naga naga77 naga17"),
        ("m!n+@ d! r@m@! m@l@m h@r!, ok€", "minta di ramai malam hari, oke"),
        ("₱₳₲i i₦i b€₴₳Ɽ 100₭", "pagi ini besar 100k"),
    ],
)
def test_read_spells_all_but_amounts_and_numbers_of_brands(
    written: str, meant: str
) -> None:
    assert f" {meant} " in read_text(written)


def test_read_leaves_letters_set_apart_in_a_text_that_is_written_so() -> None:
    assert "salat enak" in read_text("s|a|l|a|t  e|n|a|k!").replace("  ", " ")


def test_read_spells_each_text_by_itself() -> None:
    assert "kit4" in read_text("b3sok p4gi s0re", "kit4")


def test_read_spells_decorated_digits() -> None:
    assert "gacor" in read_text("𝗴𝟰𝗰𝟬𝗿")


@given(st.text("a1@$0 €₳3", max_size=60))
def test_read_keeps_the_number_of_letters(content: str) -> None:
    assert len(spell(content)) == len(content)
    if content:
        assert len(look_up(content)[1]) == len(content)
    read_text(content, content)
