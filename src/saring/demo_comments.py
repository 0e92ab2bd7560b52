"""The comments of `saring demo`: two dozen, all of our own writing.

Names, sites and brands are made up; hosts end in names that nobody can own.
"""

import msgspec


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One comment of the demonstration and the kind it is there to show."""

    kind: str
    content: str
    author: str = "Alice"
    author_email: str = ""
    author_url: str = ""


SAMPLES = (
    Sample(
        kind="pleasantry",
        content="Terima kasih, artikelnya jelas sekali dan enak dibaca.",
        author="Alice",
    ),
    Sample(
        kind="pleasantry",
        content="Mantap, ditunggu kelanjutannya ya!",
        author="Bob",
    ),
    Sample(
        kind="pleasantry",
        content="Lovely piece. I read it twice on the train this morning.",
        author="Alice",
    ),
    Sample(kind="pleasantry", content="Selamat ulang tahun kotaku 🎉🎉", author="Bob"),
    Sample(
        kind="fancy letters, honest",
        content="𝓢𝓮𝓵𝓪𝓶𝓪𝓽 𝓱𝓪𝓻𝓲 𝓵𝓪𝓱𝓲𝓻 untuk ibu, semoga panjang umur dan sehat selalu",
        author="Alice",
    ),
    Sample(
        kind="argument",
        content=(
            "Saya tidak setuju. Harga beras naik bukan karena cuaca saja, tetapi karena "
            "gudang di daerah kami kosong sejak Maret dan tidak ada yang memeriksa."
        ),
        author="Bob",
    ),
    Sample(
        kind="argument",
        content=(
            "The second figure is wrong: the council voted in May, not in June, and the "
            "minutes say eleven to four. Please correct it."
        ),
        author="Alice",
    ),
    Sample(
        kind="question",
        content="Apakah jalur sepeda ini nanti sampai ke stasiun, atau berhenti di pasar?",
        author="Alice",
    ),
    Sample(
        kind="technical, with a link",
        content=(
            "If you see the same error after the upgrade, clear the cache folder first; "
            "the notes are at https://docs.example.org/upgrade#cache and took me a minute."
        ),
        author="Bob",
    ),
    Sample(
        kind="about gambling, honest",
        content=(
            "Adik saya habis gajinya karena judi online. Tolong pemerintah jangan hanya "
            "memblokir situs, bantu juga keluarga yang kecanduan."
        ),
        author="Alice",
    ),
    Sample(
        kind="gambling, plain",
        content="Main slot gacor di NAGA77 modal receh langsung maxwin, WD cair 2 menit",
        author="Sam",
    ),
    Sample(
        kind="gambling, bold letters",
        content="gila 𝗡𝗔𝗚𝗔𝟳𝟳 beneran 𝗚𝗔𝗖𝗢𝗥 baru depo udah jepe aja malam ini",
        author="Sam",
    ),
    Sample(
        kind="gambling, look-alikes",
        content="cobain ѕӏоt gасоr di NΑGΑ77, tiар hаri ѕеlаlu kаѕih ѕсаttеr",
        author="Sam",
    ),
    Sample(
        kind="gambling, small capitals",
        content="ʙᴀʀᴜ ᴅᴀꜰᴛᴀʀ ʟᴀɴɢꜱᴜɴɢ ᴍᴀxᴡɪɴ ᴅɪ ɴᴀɢᴀ77 ꜱʟᴏᴛ ᴘᴀʟɪɴɢ ɢᴀᴄᴏʀ",
        author="Sam",
    ),
    Sample(
        kind="gambling, letters apart",
        content="cuma di N.A.G.A.7.7 yang s l o t nya g a c o r tiap malam auto sultan",
        author="Sam",
    ),
    Sample(
        kind="gambling, boxes and keycaps",
        content="🅽🅰🅶🅰7️⃣7️⃣ selalu 🄶🄰🄲🄾🅁 wede berapapun pasti dibayar",
        author="Sam",
    ),
    Sample(
        kind="link spam",
        content=(
            'Buy <a href="http://cheap-pills.example/viagra">cheap viagra online</a>, '
            '<a href="http://cheap-pills.example/cialis">cialis no prescription</a>, '
            "best price, free shipping http://cheap-pills.example/order"
        ),
        author="cheap viagra",
        author_url="http://cheap-pills.example/",
    ),
    Sample(
        kind="link spam",
        content=(
            "[url=http://replica-bags.example]replica handbags[/url] "
            "[url=http://replica-bags.example/watch]replica watches[/url] discount outlet"
        ),
        author="Sam",
    ),
    Sample(
        kind="profile spam",
        content="Great post! Thanks for sharing this useful information with us.",
        author="Best Payday Loans Online",
        author_email="payday@mailinator.com",
        author_url="http://payday-loans-now.example/apply",
    ),
    Sample(
        kind="self-promotion",
        content="check out my channel and subscribe, I give away free gift cards every day",
        author="Sam",
    ),
    Sample(
        kind="Thai, spam",
        content="สล็อตเว็บตรง ฝากถอนออโต้ สมัครวันนี้รับเครดิตฟรี 100 ไม่ต้องฝาก",
        author="Sam",
    ),
    Sample(
        kind="Thai, honest",
        content="ขอบคุณครับ พรุ่งนี้เจอกันที่หน้าโรงเรียนตอนเก้าโมงนะ",
        author="Bob",
    ),
    Sample(
        kind="Russian, spam",
        content="Ищу людей в команду, доход от 500$ в неделю, удалённо, пишите в личку",
        author="Sam",
    ),
    Sample(
        kind="Russian, honest",
        content="Спасибо за подробный разбор, а то я вчера весь вечер искал ошибку.",
        author="Bob",
    ),
)

# Taught at the end: what a moderator might say of the first two that came out wrong,
# or, where none did, of a comment on a new subject.
CORRECTIONS = (
    (
        "spam",
        Sample(
            kind="new wave",
            content="Jasa joki skripsi dan tugas kuliah, aman dan cepat, kontak di profil",
            author="Sam",
        ),
        Sample(
            kind="new wave, next copy",
            content="Joki tugas kuliah dan skripsi aman terpercaya, kontak ada di profil",
            author="Sam",
        ),
    ),
    (
        "ham",
        Sample(
            kind="honest, held",
            content=(
                "Promo slot parkir gratis di pasar malam hari ini, daftar langsung di pos, "
                "menang undian sepeda!"
            ),
            author="Alice",
        ),
        Sample(
            kind="honest, next one",
            content="Slot parkir gratis masih ada untuk pasar malam besok, daftar di pos.",
            author="Alice",
        ),
    ),
)
