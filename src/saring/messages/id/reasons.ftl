### Alasan putusan atas sebuah komentar, untuk moderator; pembaca tidak pernah melihat petunjuk.
### $side adalah arah petunjuk: "spam" atau "ham".

## Putusan dalam satu kalimat

said-ham = Diterbitkan
said-unsure = Diterbitkan, tetapi sebaiknya diperiksa orang
said-spam = Ditahan sebagai spam
said-discard = Spam yang begitu jelas sehingga situs boleh membuangnya

# $bound: "over" atau "under" bila skor lebih dekat pada kepastian daripada yang kami katakan.
probability = { $bound ->
    [over] di atas { NUMBER($score, style: "percent", maximumFractionDigits: 1) }
    [under] di bawah { NUMBER($score, style: "percent", maximumFractionDigits: 1) }
   *[exact] { NUMBER($score, style: "percent", maximumFractionDigits: 1) }
}
judged = { $said }: kemungkinan spam { $probability }.
judged-for = { $said }: kemungkinan spam { $probability }, terutama karena { $kinds }.
settled = { $said }: { $step }.

step-asked = klien meminta jawaban ini dengan salah satu nilai uji protokol
step-administrator = ditulis oleh administrator situs
step-allowlist = daftar izin situs memuat “{ $value }”
step-blocklist = daftar blokir situs memuat “{ $value }”
step-honeypot = ada isian pada kolom yang tidak terlihat oleh orang
step-campaign = salinannya sudah dinilai begitu oleh orang, atau diputuskan untuk semuanya
step-crowd = sepuluh orang atau lebih mengirim hal yang sama dalam sehari
step-pre_check = halaman di balik pingback ini akan dibaca dan dinilai kemudian
step-other = diputuskan oleh “{ $value }”

## Jenis alasan

kind-text = kata-katanya
kind-links = tautannya
kind-identity = penulisnya
kind-disguise = cara penulisannya
kind-client = cara pengirimannya
kind-classifier = pengklasifikasi
kind-asked = pengujian dari klien
kind-administrator = peran penulisnya
kind-allowlist = daftar izin situs
kind-blocklist = daftar blokir situs
kind-honeypot = kolom yang tidak terlihat oleh orang
kind-campaign = penilaian orang atas salinannya
kind-crowd = banyaknya orang yang mengirim hal yang sama
kind-reputation = kiriman penulisnya sebelum ini
kind-pre_check = pemeriksaan awal pingback
kind-other = { $value }

## Petunjuk: kata-kata

clue-word = { $known ->
    [yes] Kata “{ $value }” sering muncul dalam { $side ->
        [spam] spam
       *[ham] komentar asli
    }
   *[no] Kata “{ $value }” mirip dengan kata-kata dalam { $side ->
        [spam] spam
       *[ham] komentar asli
    }
}
clue-pair = Kata-kata “{ $value }” sering muncul bersama dalam { $side ->
    [spam] spam
   *[ham] komentar asli
}
clue-sign = Tanda “{ $value }” sering muncul dalam { $side ->
    [spam] spam
   *[ham] komentar asli
}

## Petunjuk: huruf

clue-disguise = Huruf disamarkan: “{ $written }” terbaca “{ $reads }”
clue-odd-letters = Ada huruf atau tanda yang jarang diketik orang
clue-emoji = Ada emoji
clue-cyrillic = Ada huruf Kiril
clue-greek = Ada huruf Yunani
clue-mix = Campuran huruf, huruf besar, angka, dan tandanya mirip { $side ->
    [spam] spam
   *[ham] komentar asli
}
clue-length = Panjangnya { $count } karakter
clue-words = { $count ->
    [0] Tidak ada kata
   *[other] Terdiri atas { $count } kata
}
clue-single-letters = { $count ->
    [0] Tidak ada huruf yang berdiri sendiri
   *[other] { $count } huruf berdiri sendiri
}
clue-longest-word = Kata terpanjangnya { $count } huruf
clue-word-length = Panjang kata-katanya pada umumnya
clue-repeats = { $count ->
    [0] Tidak ada huruf yang diulang-ulang
   *[other] Ada huruf yang diulang-ulang (aaa)
}
clue-first = Diawali dengan { $kind ->
    [lower] huruf kecil
    [upper] huruf besar
    [caseless] huruf
    [digit] angka
    [blank] spasi
    [newline] baris baru
    [punctuation] tanda baca
    [emoji] emoji
    [cyrillic] huruf Kiril
    [greek] huruf Yunani
   *[other] huruf atau tanda yang jarang diketik
}
clue-last = Diakhiri dengan { $kind ->
    [lower] huruf kecil
    [upper] huruf besar
    [caseless] huruf
    [digit] angka
    [blank] spasi
    [newline] baris baru
    [punctuation] tanda baca
    [emoji] emoji
    [cyrillic] huruf Kiril
    [greek] huruf Yunani
   *[other] huruf atau tanda yang jarang diketik
}
clue-capitals = Huruf besar: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } dari hurufnya
clue-digits = Angka: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } dari teks
clue-blanks = Spasi: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } dari teks
clue-punctuation = Tanda baca: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } dari teks
clue-digits-in-words = { $count ->
    [0] Tidak ada kata yang berisi angka
   *[other] Huruf dan angka dalam satu kata, seperti “abc77”
}

## Petunjuk: tautan

clue-links = { $count ->
    [0] Tidak ada tautan
   *[other] Ada { $count } tautan
}
clue-link-share = { $count ->
    [0] Tidak ada bagian teks yang berupa tautan
   *[other] Seberapa banyak teksnya yang berupa tautan
}
clue-host = Menaut ke { $value }
clue-ending = Menaut ke alamat yang berakhiran .{ $value }
clue-link-word = “{ $value }” dalam sebuah alamat
clue-link-depth = Panjang jalur dalam tautannya
clue-link-shortener = Pemendek tautan menyembunyikan tujuannya
clue-link-number = Menaut ke angka, bukan ke nama
clue-link-punycode = Menaut ke alamat dengan huruf dari aksara lain
clue-link-no-host = Ada tautan yang tidak menuju ke mana pun
clue-site-host = Alamat web penulis ada di { $value }
clue-site-ending = Alamat web penulis berakhiran .{ $value }
clue-site-word = “{ $value }” dalam alamat web penulis
clue-post = Seperti apa komentar lain pada tulisan ini
clue-site-depth = Panjang jalur alamat web penulis
clue-site-shortener = Pemendek tautan menyembunyikan tujuan alamat web penulis
clue-site-number = Alamat web penulis berupa angka, bukan nama
clue-site-punycode = Alamat web penulis memakai huruf dari aksara lain
clue-site-no-host = Alamat web penulis tidak menuju ke mana pun

## Petunjuk: penulis

clue-author = { $side ->
    [spam] Nama penulis “{ $value }” mirip iklan
   *[ham] Nama penulis “{ $value }” mirip nama pada komentar asli
}
clue-no-author = Nama penulis tidak diisi
clue-mail = Alamat surelnya di { $value }
clue-mail-ending = Alamat surelnya berakhiran .{ $value }
clue-mail-shape = Susunan alamat surelnya
clue-mail-disposable = Alamat surelnya sekali pakai

## Petunjuk: cara pengiriman

clue-type = Dikirim sebagai “{ $value }”
clue-browser = Perambannya mengaku sebagai “{ $value }”
clue-language = Perambannya meminta bahasa “{ $value }”
clue-language-fits = { $value ->
    [yes] Perambannya meminta bahasa situs ini
    [no] Perambannya meminta bahasa lain daripada bahasa situs ini
   *[other] Tidak diketahui apakah bahasa perambannya sama dengan bahasa situs
}
clue-honeypot = Ada isian pada kolom yang tidak terlihat oleh orang
clue-nonce = { $value ->
    [passed] Formulirnya dibuka dulu sebelum dikirim
    [failed] Formulirnya dikirim tanpa dibuka dulu
   *[other] Penanda formulirnya “{ $value }”
}
clue-page-time = Formulirnya terbuka selama { $low } sampai { $high } detik
clue-typing-time = Diketik dalam { $low } sampai { $high } detik
clue-typed = Banyaknya ketukan tombol untuk panjang teksnya
clue-hands = Cara tetikus, papan ketik, dan layar dipakai
clue-post-age = { $high ->
    [0] Usia tulisannya belum sehari
   *[other] Usia tulisannya { $low } sampai { $high } hari
}
clue-referrer = { $value ->
    [page] Formulirnya dikirim dari halaman tulisan itu
    [site] Formulirnya dikirim dari halaman lain di situs ini
   *[elsewhere] Formulirnya dikirim dari tempat lain
}
clue-other = { $value }

## Perubahan terkecil yang membuatnya terbit

change-published = Komentar ini akan terbit { $changes }.
change-none = { $count ->
    [0] Tidak ada perubahan yang dicoba.
   *[other] Tidak ada perubahan kecil yang membuatnya terbit: { $count } perubahan dicoba.
}
change-link = { $count ->
    [1] tanpa tautan ke { $host }
   *[other] tanpa { $count } tautan ke { $host }
}
change-links = { $count ->
    [1] tanpa tautannya
   *[other] tanpa { $count } tautannya
}
change-site = tanpa alamat web penulis { $value }
change-word = { $count ->
    [1] tanpa kata “{ $value }”
   *[other] tanpa kata “{ $value }” yang muncul { $count } kali
}
change-words = tanpa kata-kata { $values }
change-phrase = tanpa “{ $value }”
change-sentence = tanpa kalimat “{ $value }”
change-letters = dengan huruf biasa (“{ $reads }”, bukan “{ $written }”)
change-author = dengan nama “{ $value }”, bukan “{ $was }”
change-author-missing = dengan nama “{ $value }”
change-mail = dengan alamat surel
change-entry = tanpa “{ $value }” dalam daftar blokir situs
change-honeypot = tanpa isian pada kolom tersembunyi
change-asked = seandainya klien tidak meminta jawaban ini

## Judul-judul `saring explain`

heading-written = Terkirim
heading-reads = Terbaca
heading-span = Paling berbobot
heading-spam = Menunjuk ke spam
heading-ham = Menunjuk ke komentar asli
span-in-content = “{ $value }”, karakter { $start } sampai { $end } dari komentar seperti terkirim
span-in-text = “{ $value }”, karakter { $start } sampai { $end } dari komentar tanpa markahnya
gone = Komentarnya tidak disimpan lagi, jadi tidak ada alasan lain.
then = Saat diperiksa, { DATETIME($at, dateStyle: "long", timeStyle: "medium", timeZone: "UTC") } UTC: { $said }, skor { NUMBER($score, minimumFractionDigits: 4, maximumFractionDigits: 4) }, diputuskan oleh { $kind }.
