"""Comments in many languages, of our own writing, that the base model was not shown.

They were written before the lines of `saring.primer` were trained on, and stay as they
are: they are here to be judged.
"""

from typing import NamedTuple


class Comments(NamedTuple):
    """Comments of one language.

    Attributes:
        ham: Each of them honest.
        spam: Each of them spam.
    """

    ham: tuple[str, ...]
    spam: tuple[str, ...]


LANGUAGES = {
    "arabic": Comments(
        ham=(
            "قرأت المقال مرتين، أسلوبك بسيط ومفهوم.",
            "ابني يدرس في هذه الجامعة ويقول إن المكتبة ممتازة.",
            "لماذا تأخر القطار اليوم أكثر من نصف ساعة؟",
            "خسرت الفريقان في المباراة الأخيرة فرصة التأهل.",
            "سعر الطماطم وصل إلى أربعين، الله يعين.",
            "الرابط لا يفتح عندي، هل يمكن إعادة رفع الملف؟",
        ),
        spam=(
            "العب الروليت الآن واحصل على بونص ترحيبي كبير http://roulette.example",
            "هل تحتاج إلى قرض عاجل بدون ضمانات؟ راسلنا على واتساب",
            "كنت فقيرا ثم استثمرت في البيتكوين مع مدام ليلى، تواصلوا معها تلجرام",
        ),
    ),
    "chinese": Comments(
        ham=(
            "文章里的第二张图是不是放错了？",
            "孩子今年高考，压力真的很大。",
            "这家面馆我去过，牛肉给得挺多。",
            "地铁又晚点，上班迟到被扣钱。",
            "代码第三行少了一个括号，加上就能跑了。",
            "看完电影哭了一路，导演太会拍了。",
        ),
        spam=(
            "真人荷官在线发牌，注册即送88彩金 http://bet.example",
            "宝妈在家做单，一单一结，想赚钱的加微信",
            "急需用钱？身份证即可贷款，秒到账，联系客服",
        ),
    ),
    "dutch": Comments(
        ham=(
            "Mijn kat doet precies hetzelfde met de gordijnen.",
            "Die fietstunnel had er tien jaar geleden al moeten zijn.",
            "Kan iemand de link naar het rapport nog eens plaatsen?",
            "Vorige week in Gent geweest, wat een gezellige stad.",
            "De tweede alinea klopt niet: de wet geldt pas vanaf januari.",
            "Wij betalen inmiddels 400 euro per maand aan energie.",
        ),
        spam=(
            "Speel nu bij ons goksite en pak 200 free spins http://spins.example",
            "Direct geld nodig? Wij lenen zonder toetsing, app ons",
            (
                "Ik was blut tot ik bij trader Daniel begon met crypto, "
                "stuur hem een bericht op Telegram"
            ),
        ),
    ),
    "french": Comments(
        ham=(
            "Mon chat fait exactement la même chose avec les rideaux.",
            "Le tunnel aurait dû être construit il y a dix ans.",
            "Quelqu'un peut remettre le lien vers le rapport ?",
            "La semaine dernière à Nantes, quelle belle ville.",
            "Il y a une erreur : la loi ne s'applique qu'à partir de janvier.",
            "On paie maintenant 400 euros d'électricité par mois.",
        ),
        spam=(
            (
                "Jouez à la roulette en direct et recevez 200 free spins "
                "http://spins.example"
            ),
            (
                "Besoin d'argent rapidement ? Nous prêtons sans garantie, "
                "écrivez-nous sur WhatsApp"
            ),
            (
                "J'étais ruiné jusqu'à ce que le trader Daniel investisse "
                "pour moi, contactez-le sur Telegram"
            ),
        ),
    ),
    "german": Comments(
        ham=(
            "Meine Katze macht genau dasselbe mit den Vorhängen.",
            "Der Tunnel hätte schon vor zehn Jahren gebaut werden sollen.",
            "Könnte jemand den Link zum Bericht noch einmal einstellen?",
            "Letzte Woche in Leipzig gewesen, was für eine schöne Stadt.",
            "Der zweite Absatz ist falsch: Das Gesetz gilt erst ab Januar.",
            "Wir zahlen inzwischen 400 Euro Strom im Monat.",
        ),
        spam=(
            (
                "Jetzt Roulette live spielen und 200 Free Spins sichern "
                "http://spins.example"
            ),
            (
                "Brauchen Sie dringend Geld? Wir verleihen ohne "
                "Sicherheiten, WhatsApp genügt"
            ),
            (
                "Ich war pleite, bis Trader Daniel für mich investiert hat, "
                "schreibt ihm auf Telegram"
            ),
        ),
    ),
    "hindi": Comments(
        ham=(
            "मेरी बिल्ली भी परदों के साथ यही करती है।",
            "दूसरे पैराग्राफ में तारीख गलत लिखी है।",
            "रिपोर्ट का लिंक दोबारा डाल दीजिए।",
            "पिछले हफ्ते जयपुर गए थे, बहुत सुंदर शहर है।",
            "बिजली का बिल इस बार चार हजार आया है।",
            "bhai ye wala part samajh nahi aaya, dobara bata do",
        ),
        spam=(
            "लाइव तीन पत्ती खेलें और 200 का बोनस पाएं http://bet.example",
            "बिना कागज के लोन चाहिए? अभी व्हाट्सएप करें",
            "roz 2000 kamaye ghar baithe, join karo telegram channel",
        ),
    ),
    "italian": Comments(
        ham=(
            "Il mio gatto fa la stessa identica cosa con le tende.",
            "La galleria andava costruita dieci anni fa.",
            "Qualcuno può rimettere il link al rapporto?",
            "Siamo stati a Lecce la settimana scorsa, che città meravigliosa.",
            "Il secondo paragrafo è sbagliato: la legge vale da gennaio.",
            "Ormai paghiamo 400 euro di luce al mese.",
        ),
        spam=(
            "Gioca alla roulette dal vivo e ricevi 200 free spin http://spins.example",
            (
                "Hai bisogno di soldi subito? Prestiamo senza garanzie, "
                "scrivici su WhatsApp"
            ),
            (
                "Ero rovinato finché il trader Daniel ha investito per me, "
                "contattatelo su Telegram"
            ),
        ),
    ),
    "japanese": Comments(
        ham=(
            "うちの猫もカーテンで同じことをします。",
            "二段落目の日付が間違っているようです。",
            "レポートのリンクをもう一度貼っていただけますか。",
            "先週金沢に行きましたが、本当にいい街でした。",
            "電気代が月に四万円もかかります。",
            "このコード、三行目の括弧が足りませんよ。",
        ),
        spam=(
            "ライブルーレットで遊んで200回のフリースピンをゲット http://spins.example",
            "主婦でも月収100万円!無料LINEで全部教えます",
            "審査なしで今日中にお金を借りられます、LINEで連絡",
        ),
    ),
    "korean": Comments(
        ham=(
            "우리 고양이도 커튼 가지고 똑같이 놀아요.",
            "두 번째 문단 날짜가 틀린 것 같습니다.",
            "보고서 링크 다시 올려주실 수 있나요?",
            "지난주에 전주 다녀왔는데 정말 좋은 도시였어요.",
            "전기요금이 한 달에 사십만 원이나 나옵니다.",
            "코드 세 번째 줄에 괄호가 하나 빠졌어요.",
        ),
        spam=(
            "라이브 룰렛 즐기고 무료 스핀 200회 받으세요 http://spins.example",
            "주부도 월 천만원, 무료로 알려드려요 카톡 주세요",
            "무심사 당일 입금 대출, 지금 카톡으로 상담",
        ),
    ),
    "malay": Comments(
        ham=(
            "Kucing saya pun buat benda sama dengan langsir.",
            "Tarikh dalam perenggan kedua tu salah.",
            "Boleh letak semula pautan laporan tu?",
            "Minggu lepas pergi Melaka, seronok sangat bandar tu.",
            "Bil elektrik bulan ni sampai empat ratus ringgit.",
            "Cikgu anak saya cakap peperiksaan ditangguhkan.",
        ),
        spam=(
            "Main rolet live dan dapat 200 putaran percuma http://spins.example",
            "Nak duit cepat? Kami bagi pinjam tanpa dokumen, whatsapp sekarang",
            (
                "Dulu saya miskin, lepas melabur dengan Encik Daniel dapat "
                "RM20k, telegram dia"
            ),
        ),
    ),
    "polish": Comments(
        ham=(
            "Mój kot robi dokładnie to samo z zasłonami.",
            "Ten tunel powinien powstać dziesięć lat temu.",
            "Czy ktoś może jeszcze raz wrzucić link do raportu?",
            "W zeszłym tygodniu byliśmy w Toruniu, przepiękne miasto.",
            "Drugi akapit jest błędny: ustawa obowiązuje od stycznia.",
            "Płacimy już 400 złotych miesięcznie za prąd.",
        ),
        spam=(
            "Zagraj w ruletkę na żywo i odbierz 200 free spinów http://spins.example",
            "Pilnie potrzebujesz gotówki? Pożyczamy bez zaświadczeń, pisz na WhatsApp",
            (
                "Byłem spłukany, dopóki trader Daniel nie zainwestował za "
                "mnie, piszcie do niego na Telegramie"
            ),
        ),
    ),
    "portuguese": Comments(
        ham=(
            "Meu gato faz exatamente a mesma coisa com as cortinas.",
            "Esse túnel já devia existir há dez anos.",
            "Alguém pode colocar de novo o link do relatório?",
            "Fomos a Ouro Preto semana passada, que cidade linda.",
            "O segundo parágrafo está errado: a lei só vale a partir de janeiro.",
            "Já pagamos 400 reais de luz por mês.",
        ),
        spam=(
            "Jogue roleta ao vivo e receba 200 rodadas grátis http://spins.example",
            "Precisa de dinheiro urgente? Emprestamos sem garantia, chama no zap",
            (
                "Eu estava quebrado até o trader Daniel investir por mim, "
                "fale com ele no Telegram"
            ),
        ),
    ),
    "spanish": Comments(
        ham=(
            "Mi gato hace exactamente lo mismo con las cortinas.",
            "Ese túnel debió construirse hace diez años.",
            "¿Alguien puede volver a poner el enlace al informe?",
            "La semana pasada fuimos a Oaxaca, qué ciudad tan bonita.",
            "El segundo párrafo está mal: la ley rige desde enero.",
            "Ya pagamos 400 pesos de luz al mes.",
        ),
        spam=(
            (
                "Juega a la ruleta en vivo y llévate 200 tiradas gratis "
                "http://spins.example"
            ),
            "¿Necesitas dinero urgente? Prestamos sin garantías, escribe al WhatsApp",
            (
                "Estaba en la ruina hasta que el trader Daniel invirtió por "
                "mí, escríbanle por Telegram"
            ),
        ),
    ),
    "thai": Comments(
        ham=(
            "แมวที่บ้านก็ทำแบบเดียวกันกับผ้าม่านเลย",
            "ย่อหน้าที่สองวันที่ผิดนะคะ",
            "ช่วยลงลิงก์รายงานอีกครั้งได้ไหมครับ",
            "อาทิตย์ที่แล้วไปน่านมา เมืองสวยมาก",
            "ค่าไฟเดือนนี้สี่พันกว่าบาท",
            "ครูบอกว่าเลื่อนสอบไปเดือนหน้า",
        ),
        spam=(
            "เล่นรูเล็ตสดวันนี้รับฟรีสปิน 200 ครั้ง http://spins.example",
            "ต้องการเงินด่วน ใช้บัตรประชาชนใบเดียว ทักไลน์เลย",
            "แม่บ้านก็ทำได้ รายได้วันละ 2000 ทักแชทมา",
        ),
    ),
    "turkish": Comments(
        ham=(
            "Benim kedim de perdelere aynısını yapıyor.",
            "O tünel on yıl önce yapılmalıydı.",
            "Raporun bağlantısını tekrar koyabilir misiniz?",
            "Geçen hafta Mardin'deydik, ne güzel şehir.",
            "İkinci paragraf yanlış: yasa ocaktan itibaren geçerli.",
            "Artık ayda 400 lira elektrik ödüyoruz.",
        ),
        spam=(
            "Canlı rulet oyna, 200 bedava spin kazan http://spins.example",
            "Acil paraya mı ihtiyacın var? Teminatsız borç veriyoruz, WhatsApp yaz",
            (
                "Beş parasızdım, trader Daniel benim için yatırım yaptı, "
                "Telegram'dan ona yazın"
            ),
        ),
    ),
    "vietnamese": Comments(
        ham=(
            "Mèo nhà tôi cũng nghịch rèm cửa y như vậy.",
            "Đoạn thứ hai ghi sai ngày rồi ạ.",
            "Ai đăng lại giúp đường dẫn báo cáo với.",
            "Tuần trước tôi ra Huế, thành phố đẹp và yên bình.",
            "Tiền điện tháng này lên tới bốn triệu.",
            "Cô giáo con tôi nói hoãn thi sang tháng sau.",
        ),
        spam=(
            "Chơi rulet trực tiếp nhận 200 vòng quay miễn phí http://spins.example",
            "Cần tiền gấp? Vay chỉ cần CMND, nhắn Zalo ngay",
            "Mẹ bỉm kiếm 1 triệu mỗi ngày tại nhà, ai cần inbox",
        ),
    ),
    "bengali": Comments(
        ham=(
            "ছাদের টবে লেবু গাছটা এবার প্রথম ফুল দিয়েছে।",
            "তিন নম্বর ছবিটা কোন জেলার, কেউ বলতে পারেন?",
            "ইলিশের কেজি দুই হাজার, আমরা শুধু দেখেই চলে আসি।",
            "বাসটা আজও স্ট্যান্ডে দাঁড়ায়নি, হেঁটে অফিসে গেলাম।",
            "আপনার লেখার শেষ লাইনটা পড়ে বাবার কথা মনে পড়ল।",
            "ফাইলটা নামছে না, অন্য কোথাও তুলে দেবেন?",
        ),
        spam=(
            "লাইভ ক্যাসিনোতে প্রথম জমায় দ্বিগুণ বোনাস নিন http://taka.example",
            "জামানত ছাড়াই আজকেই ঋণ পাবেন, ইনবক্সে নম্বর দিন",
            ("দিনে দুই ঘণ্টা মোবাইলে কাজ করে মাসে ত্রিশ হাজার আয় করছি, শিখতে চাইলে টেলিগ্রামে আসুন"),
        ),
    ),
    "filipino": Comments(
        ham=(
            "Yung aso namin takot din sa paputok, nagtatago sa ilalim ng mesa.",
            "Pangatlong beses na akong nagbasa nito at naiiyak pa rin ako.",
            "Bakit wala pa ring tubig sa amin simula kahapon ng umaga?",
            "Sinigang ang ulam namin ngayon, bagay sa malamig na panahon.",
            "Paki-ayos naman po yung petsa sa unang talata, Martes po yun.",
            "Nakalimutan kong i-save yung file, ulit na naman ako bukas.",
        ),
        spam=(
            (
                "Maglaro ng live baccarat dito at kunin ang dobleng bonus "
                "http://taya.example"
            ),
            (
                "Kailangan mo ba ng pera ngayon? Nagpapautang kami nang walang "
                "kolateral, magmensahe sa Viber"
            ),
            (
                "Dati akong walang ipon, pero tinuruan ako ni Coach Mark mag-trade, "
                "hanapin niyo siya sa Telegram"
            ),
        ),
    ),
    "javanese": Comments(
        ham=(
            "Pitikku wingi ucul kabeh, kepeksa mburu nganti sawah.",
            "Artikele apik, nanging gambar sing nomer loro kok burem ya.",
            "Bapakku biyen mulang ing sekolahan kuwi, saiki wis pensiun.",
            "Dalan cedhak pasar isih bolong, wis ana telu sing tiba.",
            "Sega pecel neng ngarep stasiun kae sambele mantep tenan.",
            "Kok aku mbukak berkase ora isa, apa kudu nganggo komputer?",
        ),
        spam=(
            "Ayo dolanan slot neng kene, menang atusan yuta http://menang.example",
            "Butuh dhuwit cepet tanpa jaminan? Langsung kirim pesen neng WA-ku",
            (
                "Biyen utangku akeh, saiki lunas merga melu trading karo Mas Bima, "
                "gabung wae neng grup Telegram"
            ),
        ),
    ),
    "persian": Comments(
        ham=(
            "مادربزرگم همیشه توی این آش یک مشت عدس هم می‌ریخت.",
            "چرا امسال پاییز اصلا باران نیامد؟",
            "جدول پایین صفحه روی گوشی درست نشان داده نمی‌شود.",
            "اتوبوس خط ما را برداشته‌اند و باید دو بار سوار مترو شوم.",
            "فصل آخر کتاب را دیشب تمام کردم، پایانش غمگین بود.",
            "پسرم امروز برای اولین بار بدون کمک دوچرخه سواری کرد.",
        ),
        spam=(
            "همین حالا در بازی انفجار شرکت کن و هدیه ورود بگیر http://shart.example",
            "وام فوری بدون ضامن تا سقف دویست میلیون، در واتساپ پیام بدهید",
            (
                "با سیگنال‌های استاد رضایی سرمایه‌ام سه برابر شد، "
                "آیدی تلگرامش را برایتان می‌گذارم"
            ),
        ),
    ),
    "sundanese": Comments(
        ham=(
            "Hayam abdi kamari endogan di luhureun lomari, kalah seuri.",
            "Jalan ka lembur abdi can dibebener ti usum hujan kamari.",
            "Punten, ieu foto nu handap dicandakna di mana nya?",
            "Pun bapa baheula sok ngadongengkeun carita ieu unggal peuting.",
            "Karedok jeung sangu haneut, tos cekap keur dahar beurang.",
            "Naha berkasna teu bisa dibuka dina laptop abdi?",
        ),
        spam=(
            (
                "Hayu urang maen slot di dieu, gampang pisan meunangna "
                "http://jekpot.example"
            ),
            "Keur butuh artos gancang teu kedah aya jaminan? Kintun pesen ka WA abdi",
            (
                "Baheula abdi loba hutang, ayeuna beunghar ku trading diajar ti "
                "Kang Dadan, geura asup ka grup Telegramna"
            ),
        ),
    ),
    "ukrainian": Comments(
        ham=(
            "Наш пес теж боїться грози й ховається у ванній.",
            "Дякую, нарешті зрозуміла, чому тісто не піднімалося.",
            "Маршрутка знову не приїхала, довелося йти пішки через пів міста.",
            "На третій світлині не Чернівці, а Кам'янець.",
            "Картопля вже по тридцять, а зима ще й не починалася.",
            "Файл не відкривається, викладіть, будь ласка, ще раз.",
        ),
        spam=(
            (
                "Крути барабани й забирай вітальний бонус просто зараз "
                "http://kazyno.example"
            ),
            "Потрібні гроші до зарплати? Дамо позику без довідок, пишіть у Viber",
            (
                "Рік тому я ледве зводила кінці з кінцями, а тепер заробляю з "
                "наставницею Оленою, пишіть їй у Telegram"
            ),
        ),
    ),
}
