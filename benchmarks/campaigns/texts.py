"""Texts of the simulated stream: readers, what all readers say, and campaigns.

All of it was written for this simulation. Words in braces are filled in by chance.
"""

CAMPAIGNS = {
    "gambling": (
        (
            "Baru kemarin coba {brand} depo {number} ribu langsung cair {number} juta, "
            "cek aja sendiri kalau nggak percaya"
        ),
        (
            "Udah muter-muter ke mana-mana ujungnya balik lagi ke {brand}, wd lancar "
            "tiap malam buat jajan anak istri"
        ),
        (
            "Makasih buat kakak yang kemarin kasih tahu {brand}, sekarang motor lunas "
            "tinggal mikirin renovasi rumah"
        ),
    ),
    "loans": (
        (
            "Butuh dana cepat tanpa jaminan? Proses {number} menit cair ke rekening, "
            "hubungi Ibu {name} di WhatsApp {phone}"
        ),
        (
            "Saya sempat terlilit utang sampai kenal Bapak {name}, pinjaman {number} "
            "juta cair hari itu juga, nomornya {phone}"
        ),
    ),
    "shops": (
        (
            "Ready stock sepatu original murah banget kak, garansi uang kembali, order "
            "lewat https://{host}/promo atau WA {phone}"
        ),
        (
            "Obat herbal turun gula darah sudah dipakai ribuan orang, info lengkap di "
            "http://{host}/herbal?id={number}"
        ),
    ),
    "search": (
        (
            "Great post! I have been looking for this information everywhere, please "
            "visit my site https://{host}/best-{word}-{number} for more"
        ),
        (
            "Thanks for sharing such a useful article about {word}. You can also check "
            "<a href='https://{host}/'>cheap {word} online</a> for discounts"
        ),
    ),
    "crypto": (
        (
            "I invested $500 with Mrs {name} and got $5,{number} back within a week, "
            "reach her on telegram @{word}_trades"
        ),
        (
            "Who else is making real profit with coach {name} signals this month? My "
            "portfolio is up {number} percent, write to {word}@{host}"
        ),
    ),
    "gossip": (
        (
            "Kasihan ya warga sana, untung kampung kami dibantu program dari tokoh "
            "{name}, semoga beliau terpilih lagi tahun depan"
        ),
        (
            "Media lain tidak berani memuat ini, hanya tokoh {name} yang jujur membela "
            "rakyat kecil, sebarkan sebelum dihapus"
        ),
    ),
}
"""Campaigns by kind; the last kind names nothing that is for sale."""

PLEASANTRIES = (
    "Mantap",
    "Terima kasih infonya min",
    "Aamiin ya rabbal alamin",
    "❤️❤️❤️",
    "Nice article, thank you for sharing",
    "Setuju banget sama tulisannya",
    "Semangat terus kak, ditunggu tulisan berikutnya",
    "Keren, sukses selalu buat tim redaksi",
    "Selamat ulang tahun, semoga panjang umur dan sehat selalu",
    "Terima kasih banyak atas informasinya, sangat bermanfaat sekali",
    (
        "Innalillahi wa inna ilaihi rajiun, semoga almarhum husnul khatimah dan "
        "keluarga yang ditinggalkan diberi ketabahan"
    ),
    (
        "Turut berduka cita yang sedalam-dalamnya, semoga amal ibadah beliau diterima "
        "di sisi Allah SWT"
    ),
    (
        "Selamat Hari Raya Idul Fitri, mohon maaf lahir dan batin, taqabbalallahu "
        "minna wa minkum"
    ),
    "Selamat Natal dan Tahun Baru untuk semua pembaca yang merayakan, damai selalu",
    "Dirgahayu Republik Indonesia ke-80, semoga makin jaya dan rakyatnya sejahtera",
    "Happy birthday, wishing you all the best and many more years to come",
    "Our deepest condolences to the family, may she rest in peace",
    "Semoga cepat sembuh ya pak, kami semua mendoakan yang terbaik dari sini",
)
"""What readers who never met say in the same words."""

COPIED = {
    "a quotation": "“Harga pupuk akan kami tinjau sebelum musim tanam berikutnya, dan "
    "kuota tiap desa tidak berubah,” kata menteri dalam jumpa pers itu",
    "a chain prayer": "Ya Allah lindungilah negeri kami dari bencana, lapangkan rezeki "
    "kami, kirim doa ini kepada sepuluh orang yang kamu sayangi",
    "an old joke": "Bapak saya beli sate sepuluh tusuk, pulang tinggal sembilan, "
    "katanya satu dipakai bayar parkir, memang bapak-bapak di mana saja sama",
    "a petition": "Tolak tambang di hulu sungai kami, tanda tangani petisi warga di "
    "https://petisi.example/selamatkan-hulu dan sebarkan ke grup masing-masing",
}
"""What honest readers paste because others did."""

OPENINGS = (
    "Menurut saya",
    "Setahu saya",
    "Jujur saja",
    "Kalau dilihat dari sisi lain",
    "Sebagai warga {place}",
    "Waktu saya masih tinggal di {place}",
    "Tetangga saya di {place} bilang",
    "I live near {place} and",
    "As far as I know",
    "Pengalaman saya tahun lalu",
    "Tadi pagi di {place}",
    "Dari dulu",
)
MIDDLES = (
    "{thing} memang sudah lama {state}",
    "{thing} justru makin {state} sejak {event}",
    "tidak semua {thing} itu {state}, ada juga yang sebaliknya",
    "pemerintah harusnya mengurus {thing} dulu sebelum {event}",
    "{thing} jadi {state} gara-gara {event}",
    "{thing} was never {state} before {event}",
    "yang bikin {thing} {state} itu bukan {event}",
    "anak-anak muda sekarang menganggap {thing} sudah {state}",
    "setiap {event} pasti {thing} jadi {state}",
    "belum pernah ada {thing} yang se-{state} ini",
)
ENDINGS = (
    "",
    "apalagi kalau musim hujan",
    "semoga ada yang dengar",
    "tolong diluruskan kalau saya salah",
    "artikelnya kurang membahas bagian itu",
    "jadi jangan buru-buru menyalahkan {who}",
    "dan {who} cuma bisa pasrah",
    "but nobody asked {who}",
    "padahal {who} sudah lama mengeluh soal itu",
    "kapan {who} diajak bicara?",
)
WORDS = {
    "place": (
        "Bandung",
        "Malang",
        "Sleman",
        "Makassar",
        "Medan",
        "Kupang",
        "Jember",
        "Palu",
        "Bogor",
        "Ternate",
        "Solo",
        "Padang",
    ),
    "thing": (
        "jalan kampung",
        "harga beras",
        "angkutan umum",
        "sekolah negeri",
        "air bersih",
        "pasar pagi",
        "jaringan internet",
        "lahan parkir",
        "ongkos kirim",
        "pupuk bersubsidi",
        "klub sepak bola kota",
        "puskesmas",
        "the bus line",
        "listrik desa",
        "panen cabai",
        "sungai di belakang rumah",
    ),
    "state": (
        "mahal",
        "rusak",
        "sepi",
        "ramai",
        "macet",
        "langka",
        "bagus",
        "bersih",
        "kotor",
        "reliable",
        "lambat",
        "aman",
        "membaik",
        "tertata",
    ),
    "event": (
        "pemilu",
        "banjir kemarin",
        "proyek tol",
        "kenaikan tarif",
        "pandemi",
        "the election",
        "libur panjang",
        "pergantian bupati",
        "renovasi stadion",
        "lebaran",
        "musim kemarau",
    ),
    "who": (
        "petani",
        "sopir",
        "warga",
        "guru honorer",
        "pedagang kecil",
        "nelayan",
        "the drivers",
        "ibu-ibu",
        "mahasiswa",
        "panitia",
    ),
}
NAMES = (
    "Budi", "Siti", "Agus", "Dewi", "Rina", "Joko", "Putri", "Andi", "Wayan", "Made",
    "Yusuf", "Fitri", "Hendra", "Lestari", "Rudi", "Ayu", "Bayu", "Nina", "Tono",
    "Maria", "Yohanes", "Ratna", "Dian", "Eko", "Sri", "Ahmad", "Laila", "Surya",
)  # fmt: skip
SURNAMES = (
    "Santoso", "Wijaya", "Pratama", "Siregar", "Nasution", "Hidayat", "Saputra",
    "Lestari", "Kusuma", "Harahap", "Gunawan", "Setiawan", "Utami", "Halim", "Rahman",
    "Simanjuntak", "Purnomo", "Wibowo", "Manurung", "Susanti", "", "", "", "",
)  # fmt: skip
BRANDS = (
    "NAGA",
    "GARUDA",
    "MACAN",
    "SULTAN",
    "RAJAWALI",
    "PERMATA",
    "KILAT",
    "BINTANG",
)
SIGNS = ("🔥", "🚀", "💰", "😍", "👍", "🎉", "!!", "...", "✨", " gan", " kak", " bro")
FILLERS = (
    "banget",
    "kak",
    "sih",
    "deh",
    "beneran",
    "really",
    "so",
    "lho",
    "dong",
    "juga",
)
