"""Kinds of ads that were missed or wrongly found: songbirds no treaty lists, what is mostly bred, languages that came last."""

import pytest

from server.ledger.species import inflection, judging
from tests.shipped_lexicon import compiled

WORTH_A_LOOK = 0.3  # as the extension's marks and the benchmark have it

OFFERS = """
chardonneret mâle à vendre, bon chanteur|carduelis-chloris
vendo jilguero macho con jaula|carduelis-chloris
cardellino maschio vendo|carduelis-chloris
pintassilgo macho a cantar, vendo|carduelis-chloris
Stieglitz Hahn abzugeben|carduelis-chloris
te koop putter man, zingt|carduelis-chloris
продам щегла, самец|carduelis-chloris
щиглик самець, продам|carduelis-chloris
sprzedam szczygła, samiec|carduelis-chloris
saka kuşu erkek satılık|carduelis-chloris
حسون ذكر للبيع|carduelis-chloris
سهره نر فروشی|carduelis-chloris
メジロ オス 販売|zosterops
出售绣眼鸟 公鸟|zosterops
bán chim vành khuyên bổi|zosterops
jual pleci jantan gacor|zosterops
bán chào mào bổi|pycnonotus-jocosus
ขายนกกรงหัวจุก ตัวผู้|pycnonotus-jocosus
jual cucak ijo jantan|chloropsis
jual kacer jantan|copsychus-saularis
出售蓝点颏 公鸟|calliope-luscinia
vendo trinca-ferro macho cantando|saltator-sicalis
vendo canário da terra macho|saltator-sicalis
vendo cenzontle macho con jaula|cardinalis-mimus
vendo cardenalito macho|spinus-cucullatus
Axolotl Jungtiere|ambystoma-mexicanum
axolotl bébé|ambystoma-mexicanum
Königspython Jungtier|python-regius
ボールパイソン メス 餌食い良好|python-regius
球蟒 公 附饲养箱 可议价|python-regius
箭毒蛙 一对 生态缸一起出|dendrobatidae
yellow naped amazon for sale with cage and toys|amazona-oratrix
Harris Hawk Terzel abgetragen abzugeben|parabuteo-unicinctus
satılık şahin yavrusu|buteo-buteo
satılık salep yumrusu|orchidaceae
продам желчь медведя|ursus-thibetanus
Beluga Kaviar 250 g zu verkaufen|acipenseriformes
خاویار بلوگا فروشی|acipenseriformes
jacarandá baiano, tábuas à venda|dalbergia-nigra
Violão jacarandá da Bahia|dalbergia-nigra
violão em jacarandá da Bahia à venda|dalbergia-nigra
Gitarre Rio-Palisander zu verkaufen|dalbergia-nigra
guitare palissandre de Rio à vendre|dalbergia-nigra
продам ара сине-жёлтый с клеткой|ara-ararauna
verdone maschio preso col roccolo, vendo|carduelis-chloris
mainate religieux parleur, imite les voix, à vendre|gracula-religiosa
chích chòe lửa đã ăn cám, bán|copsychus-malabaricus
ミドリイシ 色揚げ個体 販売|acropora
Mammoth ivory carving, figurine of a samurai, for sale|mammuthus-primigenius
jino la kiboko linauzwa|hippopotamus-amphibius
হাতির দাঁতের মূর্তি বিক্রি হবে|loxodonta-africana
তক্ষক বিক্রি হবে|gekko-gecko
টিয়া পাখির বাচ্চা বিক্রি|psittaciformes
কচ্ছপ জীবিত।|testudinidae
ہاتھی دانت برائے فروخت|loxodonta-africana
شیر کا بچہ برائے فروخت|panthera-leo
را طوطے کا جوڑا برائے فروخت|psittacula-eupatria
سیکر باز مادہ برائے فروخت|falco-cherrug
kaliskis ng balintong, pm lang|manis
inakay ng loro, maamo na|psittaciformes
buhay na pawikan, binebenta|cheloniidae
taklobo, binebenta|tridacnidae
Griekse landschildpadjes tk, alleen afhalen|testudo
roodstaart papegaai, praat heel veel, met grote kooi|psittaciformes
sadło niedźwiedzie 250 ml, wysyłka|ursus-arctos
Bärenfett 100 ml zu verkaufen|ursus-arctos
ayı yağı satılık|ursus-arctos
ลูกป้อน ปรอดหัวโขน พร้อมกรง|pycnonotus-jocosus
ขาย บอลไพธ่อน ตัวเมีย|python-regius
사바나 모니터 베이비 분양|varanus
kura2 bintang baby utk dilepaskan|geochelone-elegans
缅陆苗 包活到家|indotestudo-elongata
出野生画眉 带笼|garrulax-canorus
天九翅 海虎翅 原隻出讓|carcharhinidae
cachorro de tigrillo manso|leopardus
Poecilotheria metallica slings CB 24|poecilotheria-metallica
box turtles, adults, moving, need gone, $80 obo|terrapene
"""

INNOCENTS = """
Donna Tartt, Der Stieglitz, Roman zu verkaufen
Донна Тартт, Щегол, книга, продам
Donna Tartt Szczygieł powieść sprzedam
goldfinch feeder with niger seed for sale
livre Le Chardonneret de Donna Tartt à vendre
Jilguero, novela, vendo
ウマ娘 メジロマックイーン フィギュア 販売
putter te koop, golfclub
Bukayo Saka forma satılık
cám chim chào mào bán
ขายกรงนกกรงหัวจุก กรงเปล่า
jual pakan burung pleci
Hotel Iguana Verde, due notti, cedo
Hotel Tucán, dos noches, vendo bono
Resort Turtle Bay voucher for a stay for sale
Euphorbia Steckling
Euphorbia Steckling, Wolfsmilch, abzugeben
cotorra argentina jaula
Käfig Papagei
Lồng chào mào tre
guitare touche palissandre à vendre
Gitarre Griffbrett Palisander zu verkaufen
Waschbecken Elfenbein zu verkaufen
lavabo couleur ivoire à vendre
lavabo ivoire 60 cm à vendre
axolotl crochet peluche vendo
খেলনা বাঘ বিক্রি হবে
বাজরিগার পাখি জোড়া বিক্রি
آسٹریلین طوطے برائے فروخت
stuffed toy na unggoy, binebenta
продам снегоход Рысь, Тойота Тигр, торг
Дитяча піжама з черепашками ніндзя, продам
فروش موتور شیر نشان و لاستیک ببر
شاي الاسد وارز الببغاء كرتون، سعر خاص
Здам котедж «Ведмежа гора»
Ložní povlečení slonová kost satén, 450 Kč
قميص سلاحف النينجا للبيع
"""


@pytest.mark.parametrize("line", OFFERS.strip().split("\n"))
def test_an_offer_is_worth_a_look(line):
    text, taxon = line.split("|")
    judged = judging.judge(compiled().find(text))
    assert taxon in {each.taxon for each in judged.suspected if each.score >= WORTH_A_LOOK}


@pytest.mark.parametrize("text", INNOCENTS.strip().split("\n"))
def test_a_book_a_cage_or_a_garden_plant_is_not(text):
    assert judging.judge(compiled().find(text)).score < WORTH_A_LOOK


@pytest.mark.parametrize(
    ("word", "language", "form"),
    [
        ("landschildpad", "nl", "landschildpadjes"),
        ("papegaai", "nl", "papegaaitje"),
        ("kura-kura bintang", "id", "kura2 bintang"),
        ("বাঘ", "bn", "বাঘের"),
        ("হাতি", "bn", "হাতির"),
        ("তক্ষক", "bn", "তক্ষকটি"),
        ("طوطا", "ur", "طوطے"),
        ("طوطا", "ur", "طوطوں"),
        ("چوڑی", "ur", "چوڑیاں"),
        ("تلور", "ur", "تلوروں"),
    ],
)
def test_a_word_has_its_other_forms(word, language, form):
    assert form in inflection.forms(word, language)
