"""The species that have a drawing of their own, and its file: under their name, or under a plain word where kinds use it, too.
Pure."""

_UNDER_THEIR_NAME = (
    "abronia-graminea accipiter-gentilis agalychnis-callidryas agapornis-fischeri agapornis-personatus "
    "agapornis-roseicollis ailuropoda-melanoleuca aldabrachelys-gigantea alligator-mississippiensis aloe-polyphylla "
    "amazona-aestiva amazona-auropalliata amazona-ochrocephala amazona-oratrix amazona-vittata angraecum-sesquipedale "
    "anodorhynchus-hyacinthinus aonyx-cinerea aquila-chrysaetos ara-ararauna ara-chloropterus ara-glaucogularis "
    "ara-macao ara-militaris aratinga-solstitialis ariocarpus-fissuratus astrochelys-radiata astrochelys-yniphora "
    "astrophytum-asterias astrophytum-myriostigma atelopus-zeteki balearica-regulorum boa-constrictor "
    "brachypelma-boehmei bradypus-variegatus bubo-bubo bubo-scandiacus cacatua-alba cacatua-goffiniana "
    "cacatua-moluccensis cacatua-sulphurea callithrix-jacchus calumma-parsonii caracal-caracal cardinalis-cardinalis "
    "carduelis-carduelis carettochelys-insculpta cebus-capucinus centrochelys-sulcata ceratotherium-simum "
    "chelonia-mydas chelonoidis-carbonarius chelus-fimbriata chinchilla-lanigera choloepus-didactylus "
    "ciconia-boyciana copiapoa-cinerea copsychus-malabaricus copsychus-saularis cuora-amboinensis cuora-trifasciata "
    "cypripedium-calceolus dendrobates-auratus dendrobates-tinctorius dermochelys-coriacea diceros-bicornis "
    "dionaea-muscipula dyscophus-antongilii echinocactus-grusonii eclectus-roratus elephas-maximus "
    "eolophus-roseicapilla epicrates-cenchria eretmochelys-imbricata eudocimus-ruber eunectes-murinus falco-cherrug "
    "falco-rusticolus furcifer-pardalis garrulax-canorus gavialis-gangeticus geoclemys-hamiltonii gorilla-gorilla "
    "gracula-religiosa grus-japonensis guaruba-guarouba haliaeetus-albicilla haliaeetus-leucocephalus "
    "helarctos-malayanus hippocampus-comes hippocampus-kuda hylobates-lar iguana-iguana isurus-oxyrinchus "
    "leiothrix-lutea lemur-catta leopardus-pardalis leptailurus-serval leucopsar-rothschildi lonchura-oryzivora "
    "lygodactylus-williamsi lynx-lynx macaca-fascicularis macaca-sylvanus macrochelys-temminckii "
    "malacochersus-tornieri malayopython-reticulatus mandrillus-sphinx mantella-aurantiaca melopsittacus-undulatus "
    "morelia-viridis myiopsitta-monachus naja-kaouthia naja-naja neofelis-nebulosa nepenthes-rajah nycticebus-coucang "
    "nycticebus-javanicus nycticebus-pygmaeus nymphicus-hollandicus oophaga-pumilio ophiophagus-hannah orcinus-orca "
    "pan-troglodytes paphiopedilum-delenatii paphiopedilum-rothschildianum parabuteo-unicinctus "
    "paradoxurus-hermaphroditus phelsuma-madagascariensis phragmipedium-kovachii phyllobates-terribilis "
    "physignathus-cocincinus pionites-leucogaster pionites-melanocephalus podocnemis-unifilis poicephalus-senegalus "
    "prionace-glauca prionailurus-bengalensis probosciger-aterrimus psittacula-eupatria psittacula-krameri "
    "psittacus-erithacus pycnonotus-jocosus pycnonotus-zeylanicus pyrrhura-molinae python-bivittatus python-regius "
    "ramphastos-toco rhinoplax-vigil saguinus-oedipus saimiri-sciureus salvator-merianae sapajus-apella "
    "shinisaurus-crocodilurus sphyrna-lewini sphyrna-mokarran sphyrna-zygaena spinus-cucullatus stigmochelys-pardalis "
    "struthio-camelus symphalangus-syndactylus tapirus-indicus terrapene-carolina testudo-graeca testudo-hermanni "
    "testudo-horsfieldii testudo-marginata totoaba-macdonaldi tridacna-gigas tridacna-maxima trioceros-jacksonii "
    "trogonoptera-brookiana troides-helena tubipora-musica tyto-alba uromastyx-aegyptia uroplatus-phantasticus "
    "ursus-maritimus ursus-thibetanus vanda-coerulea varanus-exanthematicus varanus-komodoensis varanus-niloticus "
    "varanus-prasinus varanus-salvator vulpes-zerda vultur-gryphus"
)
FILES = dict(zip(_UNDER_THEIR_NAME.split(), _UNDER_THEIR_NAME.split(), strict=True)) | {
    "acinonyx-jubatus": "cheetah",
    "adansonia-grandidieri": "baobab",
    "ailurus-fulgens": "red-panda",
    "aliger-gigas": "conch",
    "ambystoma-mexicanum": "axolotl",
    "anguilla-anguilla": "eel",
    "brachypelma-smithi": "redknee-tarantula",
    "cacatua-galerita": "cockatoo",
    "canis-lupus": "canid",
    "carcharhinus-longimanus": "white-tip-shark",
    "carcharhinus-melanopterus": "black-tip-shark",
    "carnegiea-gigantea": "columnar-cactus",
    "chamaeleo-calyptratus": "chameleon",
    "corallus-caninus": "green-snake",
    "cycas-revoluta": "cycad",
    "eryx-johnii": "sand-boa",
    "euphorbia-obesa": "ball-succulent",
    "falco-peregrinus": "falcon",
    "fouquieria-columnaris": "boojum",
    "gekko-gecko": "gecko",
    "geochelone-elegans": "star-tortoise",
    "giraffa-camelopardalis": "giraffe",
    "heloderma-suspectum": "stout-lizard",
    "hippopotamus-amphibius": "hippopotamus",
    "hyaena-hyaena": "hyena",
    "hypancistrus-zebra": "pleco",
    "lithophaga-lithophaga": "mussel",
    "lophophora-williamsii": "spineless-cactus",
    "loxodonta-africana": "elephant",
    "monodon-monoceros": "narwhal",
    "myrmecophaga-tridactyla": "anteater",
    "nautilus-pompilius": "nautilus",
    "odobenus-rosmarus": "walrus",
    "okapia-johnstoni": "okapi",
    "panthera-leo": "lion",
    "panthera-onca": "jaguar",
    "panthera-pardus": "leopard",
    "panthera-tigris": "tiger",
    "panthera-uncia": "snow-leopard",
    "parnassius-apollo": "apollo",
    "pavo-cristatus": "peafowl",
    "physeter-macrocephalus": "sperm-whale",
    "poecilotheria-metallica": "blue-tarantula",
    "priodontes-maximus": "armadillo",
    "puma-concolor": "big-cat",
    "rhincodon-typus": "whale-shark",
    "saiga-tatarica": "saiga",
    "scleropages-formosus": "long-fish",
    "spheniscus-demersus": "penguin",
    "tillandsia-xerographica": "air-plant",
    "ursus-arctos": "bear",
    "vicugna-vicugna": "camelid",
    "welwitschia-mirabilis": "welwitschia",
}
