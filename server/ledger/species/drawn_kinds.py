"""The kinds that our drawings show where a species has none of its own. Pure."""

from server.core.sentences import sentence

# Each with its words, and the ids or genera that it stands for.
KINDS = {
    "parrot": (
        sentence("A parrot"),
        (
            "psittaciformes amazona poicephalus eclectus deroptyus pionus pionites nestor strigops coracopsis "
            "rhynchopsitta psittacus eos vini lorius"
        ),
    ),
    "cockatoo": (sentence("A cockatoo"), "cacatua probosciger eolophus calyptorhynchus callocephalon"),
    "macaw": (sentence("A macaw"), "ara anodorhynchus primolius diopsittaca"),
    "parakeet": (sentence("A parakeet"), "aratinga pyrrhura myiopsitta guaruba platycercus polytelis psittacula"),
    "small-parrot": (sentence("A small parrot"), "agapornis forpus"),
    "perching-bird": (
        sentence("A perching bird"),
        (
            "gracula leucopsar pycnonotus copsychus lonchura spinus garrulax sporophila carduelis zosterops "
            "chloropsis calliope saltator cardinalis paroaria gubernatrix amandava leiothrix tangara xanthopsar "
            "pitta rupicola semnornis pharomachrus tauraco"
        ),
    ),
    "falcon": (sentence("A falcon"), "falco falconidae"),
    "eagle": (
        sentence("A large bird of prey"),
        "aquila haliaeetus harpia pithecophaga accipiter parabuteo buteo milvus pandion",
    ),
    "vulture": (sentence("A vulture"), "gyps gypaetus neophron necrosyrtes torgos vultur gymnogyps sarcoramphus"),
    "owl": (sentence("An owl"), "strigiformes bubo tyto athene strix asio heteroglaux"),
    "hornbill": (sentence("A hornbill"), "rhinoplax buceros bycanistes aceros rhyticeros anthracoceros penelopides"),
    "toucan": (sentence("A toucan"), "ramphastos pteroglossus"),
    "crane": (sentence("A crane"), "balearica gruidae grus anthropoides"),
    "wading-bird": (sentence("A long-legged bird"), "ciconia geronticus eudocimus balaeniceps sagittarius"),
    "bustard": (sentence("A bustard"), "otididae chlamydotis otis ardeotis"),
    "pheasant": (
        sentence("A pheasant or a relative"),
        "lophophorus tragopan polyplectron argusianus lophura syrmaticus catreus gallus macrocephalon crax",
    ),
    "peafowl": (sentence("A peacock"), "pavo"),
    "pigeon": (sentence("A large pigeon"), "goura caloenas"),
    "waterfowl": (sentence("A goose or duck"), "branta asarcornis"),
    "penguin": (sentence("A penguin"), "spheniscus"),
    "ostrich": (sentence("A large flightless bird"), "rhea struthio"),
    "seabird": (sentence("A large water bird"), "phoebastria pelecanus"),
    "bird-of-paradise": (sentence("A bird of paradise"), "paradisaeidae"),
    "elephant": (sentence("An elephant"), "loxodonta elephas mammuthus"),
    "rhinoceros": (sentence("A rhinoceros"), "rhinocerotidae ceratotherium diceros dicerorhinus"),
    "one-horned-rhinoceros": (sentence("A rhinoceros with one horn"), "rhinoceros"),
    "small-cat": (
        sentence("A wild cat"),
        "felidae leopardus prionailurus catopuma pardofelis felis puma neofelis leptailurus",
    ),
    "lynx": (sentence("A lynx"), "lynx caracal"),
    "bear": (sentence("A bear"), "ursidae ursus ailuropoda"),
    "pangolin": (sentence("A pangolin"), "manis"),
    "antelope": (
        sentence("An antelope"),
        "pantholops gazella nanger addax antilope philantomba kobus pseudoryx saiga",
    ),
    "oryx": (sentence("An oryx"), "oryx"),
    "wild-sheep": (sentence("A wild sheep"), "ovis ammotragus"),
    "wild-goat": (sentence("A wild goat or a relative"), "capra naemorhedus capricornis budorcas"),
    "wild-cattle": (sentence("A wild ox"), "bos bubalus"),
    "deer": (sentence("A musk deer"), "moschus"),
    "antlered-deer": (sentence("A deer"), "rucervus"),
    "camelid": (sentence("A relative of the llama"), "lama vicugna"),
    "equid": (sentence("A wild horse or ass"), "equus"),
    "zebra": (sentence("A zebra"), "equus-zebra equus-grevyi"),
    "hippopotamus": (sentence("A hippopotamus"), "hexaprotodon"),
    "tapir": (sentence("A tapir"), "tapirus"),
    "pig": (sentence("A wild pig or peccary"), "babyrousa pecari"),
    "whale": (sentence("A whale"), "cetacea megaptera balaenoptera eubalaena"),
    "dolphin": (sentence("A dolphin or porpoise"), "tursiops phocoena orcaella"),
    "finless-whale": (sentence("A small whale without a fin on its back"), "delphinapterus neophocaena"),
    "seal": (sentence("A seal"), "arctocephalus mirounga monachus"),
    "manatee": (sentence("A manatee"), "dugong trichechus"),
    "ape": (sentence("An ape"), "pan gorilla hylobatidae hylobates symphalangus hoolock"),
    "orangutan": (sentence("An orangutan"), "pongo"),
    "monkey": (
        sentence("A monkey"),
        (
            "primates macaca callithrix cebus cercocebus saguinus leontopithecus callimico ateles alouatta "
            "brachyteles cacajao saimiri chlorocebus erythrocebus cercopithecus papio mandrillus nasalis "
            "pygathrix rhinopithecus trachypithecus semnopithecus colobus"
        ),
    ),
    "lemur": (sentence("A lemur"), "lemuridae varecia lemur indri daubentonia microcebus"),
    "loris": (sentence("A loris, potto or bushbaby"), "nycticebus loris perodicticus galago otolemur"),
    "otter": (sentence("An otter"), "aonyx lutrogale lutra lutrinae lontra pteronura enhydra"),
    "canid": (sentence("A wild dog or fox"), "canis vulpes cuon chrysocyon speothos lycalopex"),
    "hyena": (sentence("A hyena"), "hyaena proteles"),
    "civet": (sentence("A small carnivore"), "cryptoprocta arctictis paradoxurus civettictis prionodon mellivora"),
    "furry-climber": (sentence("A mammal that lives in trees"), "potos spilocuscus dendrolagus"),
    "climbing-mammal": (sentence("A sloth"), "choloepus bradypus"),
    "bat": (sentence("A fruit bat"), "pteropus acerodon"),
    "rodent": (sentence("A small furry mammal"), "chinchilla cuniculus ratufa cynomys scandentia"),
    "tortoise": (
        sentence("A tortoise"),
        (
            "testudinidae testudo astrochelys malacochersus centrochelys kinixys chelonoidis aldabrachelys "
            "gopherus indotestudo manouria pyxis chersina homopus"
        ),
    ),
    "star-tortoise": (sentence("A tortoise with rays on its shell"), "geochelone psammobates"),
    "box-turtle": (sentence("A box turtle"), "cuora terrapene"),
    "softshell-turtle": (
        sentence("A softshell turtle"),
        "apalone nilssonia chitra lissemys amyda pelochelys rafetus",
    ),
    "long-necked-turtle": (sentence("A snake-necked turtle"), "chelodina"),
    "turtle": (
        sentence("A freshwater turtle"),
        (
            "mauremys platysternon batagur kinosternidae graptemys chelydridae podocnemis geoemyda heosemys "
            "orlitia siebenrockiella malayemys sacalia pangshura morenia melanochelys hardella cyclemys clemmys "
            "glyptemys emydoidea malaclemys pseudemydura erymnochelys kinosternon carettochelys"
        ),
    ),
    "sea-turtle": (sentence("A sea turtle"), "cheloniidae eretmochelys chelonia caretta lepidochelys"),
    "crocodile": (
        sentence("A crocodilian"),
        "crocodylia crocodylus caiman alligator mecistops osteolaemus tomistoma gavialis paleosuchus",
    ),
    "monitor": (sentence("A monitor lizard"), "varanus"),
    "iguana": (sentence("A crested lizard"), "iguana galapagos cyclura ctenosaura physignathus sphenodon"),
    "chameleon": (sentence("A chameleon"), "chamaeleonidae furcifer chamaeleo trioceros calumma brookesia"),
    "gecko": (
        sentence("A gecko"),
        "gekko uroplatus lygodactylus goniurosaurus naultinus phelsuma tarentola cyrtodactylus gonatodes phyllurus",
    ),
    "stout-lizard": (sentence("A beaded lizard"), "heloderma"),
    "horned-lizard": (sentence("A horned lizard"), "phrynosoma"),
    "plated-lizard": (sentence("A girdled lizard"), "smaug"),
    "lizard": (
        sentence("A lizard"),
        (
            "uromastyx saara shinisaurus lanthanotus corucia caribicus tiliqua abronia ceratophora cophotis "
            "lyriocephalus salvator dracaena gallotia"
        ),
    ),
    "python": (
        sentence("A python or boa"),
        "python malayopython boa boidae pythonidae acrantophis epicrates morelia eunectes sanzinia corallus",
    ),
    "cobra": (sentence("A cobra"), "naja"),
    "viper": (sentence("A viper"), "bitis daboia vipera trimeresurus"),
    "slender-snake": (sentence("A slender snake"), "ptyas hoplocephalus"),
    "frog": (
        sentence("A frog"),
        (
            "dendrobatidae dendrobates phyllobates oophaga mantella agalychnis dyscophus scaphiophryne "
            "hoplobatrachus euphlyctis atelopus telmatobius calyptocephalella centrolenidae"
        ),
    ),
    "salamander": (sentence("A salamander or newt"), "tylototriton neurergus salamandra paramesotriton"),
    "axolotl": (sentence("A salamander with gills"), "ambystoma"),
    "giant-salamander": (sentence("A giant salamander"), "andrias cryptobranchus"),
    "seahorse": (sentence("A seahorse"), "hippocampus"),
    "eel": (sentence("An eel"), "anguilla"),
    "sturgeon": (sentence("A sturgeon and a tin of caviar"), "acipenseriformes acipenser huso polyodon"),
    "long-fish": (sentence("A long fish with large scales"), "scleropages arapaima"),
    "fish": (sentence("A bony fish"), "totoaba cheilinus holacanthus latimeria neoceratodus probarbus"),
    "catfish": (sentence("A catfish"), "pangasianodon"),
    "shark": (
        sentence("A shark"),
        (
            "carcharhinidae carcharhinus isurus carcharodon cetorhinus lamna negaprion prionace galeorhinus "
            "mustelus centrophorus"
        ),
    ),
    "thresher-shark": (sentence("A thresher shark"), "alopias"),
    "hammerhead": (sentence("A hammerhead shark"), "sphyrnidae sphyrna"),
    "manta": (sentence("A manta or devil ray"), "mobulidae mobula"),
    "stingray": (sentence("A stingray"), "potamotrygon"),
    "sawfish": (sentence("A sawfish"), "pristidae pristis anoxypristis"),
    "guitarfish": (
        sentence("A guitarfish or wedgefish"),
        "rhinidae rhinobatidae rhynchobatus rhina glaucostegus rhinobatos",
    ),
    "giant-clam": (sentence("A giant clam"), "tridacnidae tridacna hippopus"),
    "nautilus": (sentence("A nautilus"), "nautilidae"),
    "black-coral": (sentence("A black coral"), "antipatharia"),
    "branching-coral": (sentence("A precious coral"), "corallium"),
    "stony-coral": (
        sentence("A stony coral"),
        (
            "scleractinia acropora euphyllia goniopora montipora pocillopora fungia catalaphyllia trachyphyllia "
            "heliopora tubipora"
        ),
    ),
    "tarantula": (sentence("A tarantula"), "brachypelma poecilotheria grammostola"),
    "scorpion": (sentence("A scorpion"), "pandinus"),
    "birdwing": (sentence("A birdwing butterfly"), "ornithoptera trogonoptera troides"),
    "butterfly": (sentence("A butterfly"), "parnassius papilio parides teinopalpus"),
    "sea-cucumber": (sentence("A sea cucumber"), "holothuria isostichopus thelenota"),
    "beetle": (sentence("A horned beetle"), "dynastes colophon"),
    "snail": (sentence("A snail"), "polymita achatinella papustyla"),
    "leech": (sentence("A leech"), "hirudo"),
    "orchid": (
        sentence("An orchid in flower"),
        "orchidaceae vanda dendrobium orchis peristeria renanthera aerangis laelia angraecum",
    ),
    "slipper-orchid": (sentence("A slipper orchid"), "paphiopedilum phragmipedium cypripedium"),
    "tuber": (sentence("A tuber, as it is sold"), "gastrodia bletilla dactylorhiza dioscorea cistanche"),
    "columnar-cactus": (sentence("A columnar succulent"), "carnegiea hoodia"),
    "globular-cactus": (
        sentence("A globular cactus"),
        "cactaceae mammillaria copiapoa echinopsis uebelmannia melocactus pediocactus echinocactus",
    ),
    "spineless-cactus": (sentence("A small cactus"), "lophophora astrophytum strombocactus aztekium obregonia"),
    "living-rock": (sentence("A living rock cactus"), "ariocarpus"),
    "cycad": (sentence("A cycad"), "encephalartos cycas macrozamia zamia dioon microcycas"),
    "root": (
        sentence("A root, as it is sold"),
        "panax saussurea nardostachys picrorhiza rauvolfia podophyllum hydrastis rhodiola",
    ),
    "caudex": (sentence("A succulent with a thick stem"), "euphorbia pachypodium adenia operculicarya"),
    "agave-caudex": (sentence("A ponytail palm"), "beaucarnea"),
    "rosette": (sentence("A succulent with leaves in a rosette"), "aloe"),
    "pebble-plants": (sentence("Living stones"), "lithops conophytum"),
    "pitcher-plant": (sentence("A pitcher plant"), "nepenthes sarracenia"),
    "bulb-flower": (sentence("A bulb in flower"), "galanthus sternbergia"),
    "cyclamen": (sentence("A cyclamen in flower"), "cyclamen"),
    "tree": (sentence("A tree"), "prunus commiphora"),
    "timber": (
        sentence("A log and sawn timber"),
        (
            "dalbergia pterocarpus swietenia guibourtia paubrasilia guaiacum cedrela afzelia handroanthus "
            "gonystylus pericopsis araucaria diospyros taxus bulnesia aniba abies pilgerodendron podocarpus "
            "quercus fraxinus pinus osyris caryocar platymiscium senna"
        ),
    ),
    "agarwood": (sentence("Chips of resinous wood"), "aquilaria"),
}
