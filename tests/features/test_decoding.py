import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.features import decoding
from saring.features.decoding import skeleton, squeeze
from saring.features.glyphs import Kind


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("ɢᴀᴄᴏʀ", "gacor"),
        ("🅶🅰🅲🅾🆁", "gacor"),
        ("🇬 🇦 🇨", "g a c"),
        ("𝗦𝗟𝗢𝗧", "slot"),
        ("8️⃣8️⃣", "88"),
        ("p͟u͟l͟a͟u͟", "pulau"),
        ("ѕӏоt", "slot"),
        ("ＳＬＯＴ ８８", "slot 88"),
        ("Ⓢⓛⓞⓣ ❽ ⑩", "slot 8 10"),
        ("ᵍᵃᶜᵒʳ ₈₈", "gacor 88"),
        ("ꓢꓡꓳꓔ", "slot"),
        ("s\u200bl\u00ado\u2060t", "slot"),
        ("s̶l̶o̶t̶", "slot"),
        ("ʇɔɐɹƃ", "tcarg"),
        ("ᔕᒪᗝT ᎶᏗᏟᎧᏒ", "slot gacor"),
        ("⒢⒜⒞⒪⒭ ⒏⒏", "gacor 88"),
        ("şłøŧ ǥⱥȼøɍ ꝑꝁ", "slot gacor pk"),
        ("ηοω", "now"),
        ("ΒΟΝUЅ", "bonus"),
        ("ﬁnal ½ Straße", "final 1/2 strasse"),
        ("“quoted” – it’s…", '"quoted" - it\'s.'),
        ("a\tb\nc\u3000d", "a b c d"),
        ("a\x00b", "ab"),
    ],
)
def test_skeleton_reads_disguised_letters(disguised: str, plain: str) -> None:
    assert skeleton(disguised) == plain


@pytest.mark.parametrize("text", ["ฟรี", "हिन्दी", "한국어", "が", "中文", "❤😂", "عربي"])
def test_skeleton_keeps_what_words_live_by(text: str) -> None:
    assert skeleton(text) == text


def test_skeleton_drops_marks_of_latin_greek_and_cyrillic() -> None:
    assert skeleton("Café ά ё Đỗ Nguyễn") == "cafe a e do nguyen"


def test_skeleton_reads_russian_letter_by_letter() -> None:
    letters = "абвгджзиклмнопрстуфхцчшщъыьэюя"

    assert len(set(skeleton(letters))) == len(letters)
    assert skeleton(letters.upper()) == skeleton(letters)


def test_skeleton_gives_a_mixed_word_its_plain_form() -> None:
    assert skeleton("pаботa") == skeleton("работа")


def test_squeeze_leaves_letters_and_digits() -> None:
    assert squeeze("B . O . S - 8 8 ❤ ฟรี") == "bos88ฟรี"
    assert squeeze(skeleton("𝗕 . 𝗢 . 𝗦")) == "bos"


def test_skeleton_of_nothing_is_nothing() -> None:
    assert skeleton("") == squeeze("") == ""


@given(st.text(max_size=50))
def test_skeleton_takes_any_text(text: str) -> None:
    read = skeleton(text)

    assert len(read) <= 4 * len(text)
    assert set(squeeze(text)) <= set(read)


def test_skeleton_takes_lone_surrogates() -> None:
    assert skeleton("a\ud800B") == "a\ud800b"


def test_expansion_is_bounded() -> None:
    ligature = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"

    assert len(skeleton(ligature)) == 4
    assert len(decoding.expansion(ligature)) == 4
    assert decoding.expansion("a") == "a"


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("a", Kind.LOWER),
        ("A", Kind.UPPER),
        ("ฟ", Kind.CASELESS),
        ("7", Kind.DIGIT),
        ("\u3000", Kind.BLANK),
        ("\n", Kind.NEWLINE),
        ("\u2028", Kind.BLANK),
        ("!", Kind.PUNCTUATION),
        ("+", Kind.OTHER),
        ("©", Kind.SYMBOL),
        ("😂", Kind.EMOJI),
        ("𝗦", Kind.MATHEMATICAL),
        ("Ⓢ", Kind.ENCLOSED),
        ("Ｓ", Kind.FULL_WIDTH),
        ("\u0332", Kind.MARK),
        ("\u200b", Kind.FORMAT),
        ("ɢ", Kind.SMALL_CAPITAL),
        ("Ꮪ", Kind.LOOKALIKE),
        ("ѕ", Kind.CYRILLIC),
        ("ο", Kind.GREEK),
        ("\u0e35", Kind.FOREIGN_MARK),
    ],
)
def test_look_up_tells_kinds_apart(letter: str, kind: Kind) -> None:
    (entry,) = decoding.look_up(letter)[1].tolist()

    assert entry >> decoding.KIND_SHIFT == kind
