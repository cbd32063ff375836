"""Everyday words that are also parts of names, by language: "Rosa", "Dan" or "Jade" alone name nobody. Pure.

Written by us: the short words of each language, and what ads speak of (colours, gems, flowers, animals, months, trades). A
part of a name that is missing here raises a false alarm that a coordinator settles with one tick; a word too many lets a first
name through. So a word is listed because it occurs in ads or in coordinators' reasons, not because a dictionary has it. The
lexicon's own words come beside these. Written without accents: they are folded before comparing.
"""

_WORDS = {
    "en": """
        a about above admin administrator african after again air al all alone along also always am amber
        american amethyst an and angel animal animals anonymous antique antiques any apple april are area arm
        art as ash asian ask aspen assistant at august aunt autumn away axe azure baby back bad bag ball bamboo
        band bank banks bar bark barn base bay be beach bead bear beautiful beauty bee been beer before bell
        berry beryl best better big bill birch bird birds black blanc bliss bloom blossom blue boa body bold
        bond bone book born bow bowl box boy brand brandy briar bright bring british brook brother brown buck
        bud bull bullock bush but buy by cake call can candy cane cap car card care carp cart carver case cash
        cat center centre chance chase cherry chestnut chief child china chinese christian church cinnamon city
        clay clean clear close cloud clover club coal coast cob cobra cold collar color colour come conservation
        cook cool coordinator copper coral corn cotton could count country court cow crane cream creek cricket
        crisp cross crow crown crystal cub cup current cute daily daisy dark dash date dawn day days dean dear
        december deep deer den desk destiny dew did dig dill do does dog dollar dolphin done door dove down
        dragon drake drop dry duke dusk dust dutch each eagle earl early east easter easy ebony echo egg elder
        elm else ember emerald end energy english ermine ever every eye eyes face fair faith falcon fall family
        fancy far farm farmer fast father fawn feather february fell fern few field fields fig file finch find
        fine fire fish fisher flag flint flora flower flowers fly for ford forest form fortune four fox frank
        free freed french fresh friday friend frog from frost full fur game garden garland gay gem gene general
        gentle german get gift gin ginger girl give glass go god gold golden good goose grace grand grant grass
        gray great green grey ground grove guest guide guy had half hall hammer hand hands handy happy harbor
        hard hare harmony harp harrier has have haven hawk hay hazel he head heart heather heaven hello help
        helper hen her here heron hi hide high hill hills him his holiday holly home honey hood hope horn horse
        hot house how hunt hunter huntsman hyacinth ice if in indian indigo info ink iris irish iron is it
        italian its ivory ivy jack jackal jade january japan japanese jasmine jasper jay jet jewel job join
        jolly joy judge july june just keep key kid kind king kingfisher kite kitty knight know lace lady lake
        lamb land lane large lark last late laurel lavender law lay leaf lee left let level liberty life light
        lighter like lilac lily lime line linen lion list little live lock log long look lord lot lots love
        lovely low luck lucky lunar lynx mace made magic magnolia mail main make male mallow man manager manly
        many maple marble march marigold marine mark market marks marsh marten martin master mat match may me
        mead meadow member mercy merry mild miles mill mine mink mint misty monday moon moor more morning moss
        most mother mount mouse mr mrs ms much myrtle nail name native near neat network new nice night nile no
        nobel noble north not november now nut oak ocean october of off office old olive on one onyx opal open
        or orange orchid order original osprey other otter our out over owl own page pages paint pale palm pansy
        paper papers park parrot part partridge patience paw peace peach peacock pear pearl penguin penny pepper
        perch perfect petal pheasant photo pick piece pike pin pine pink pip piper place plant plum point pool
        poor pope poplar poppy port post pot potter power precious pretty price pride primrose prince princess
        private pro protection prudence pure purple quail queen quick quill rain rainbow ram rare raven raw ray
        read ready real red reed reef reporter reports rice rich ring river rivers robin rock rod rook rose
        rosemary rosewood rosy rough round royal ruby rush russet rust sable saddle saffron sage sail saint sale
        salmon salt same sand sandal sandy sapphire saturday say school sea seal season see sell seller senna
        sepia september serene set shade sharp she shell shepherd ship short show silk silver simple sir skin
        skip skipper sky small smart smith snake snow so society soft sold sole some son song soon south spanish
        sparrow special spice spirit spot spotter spring star stark starling steel sterling still stock stone
        stones storm strange stream street strong such sugar summer summers sun sunday sunny sunshine support
        swan sweet swift table tall tan tawny teal team temple ten tender test than thank thanks that the their
        them then there these they thick thin this thorn thrush thunder thursday thyme tiger tigers till time
        tin tiny to too top topaz tower town trade tree trout true trust tuesday turkish turtle tusk two
        under up us use user vale valley van velvet very victory vine vintage violet viper virtue volunteer
        volunteers wall ward warm warren was watch water waters way we weaver web wednesday week welcome well
        west wharf what wheat when where which white whole why wide wild wildlife will willow wind winds wine
        wing winter winters wise with wolf women wonder wood woods word work worth would wren yak year yellow
        yes yew you young your zebra""",
    "de": """
        aal ab abend aber acker adler affe alle allem allen aller alles als also alt alte alter am an ander
        andere apfel art auch auf aus bach bad baer bar bart bauer baum bei beil bein berg bernstein best bieber
        biene bin birke birne bis bist blatt blau blume blut boden brand braun breit brot bruder buch buche bunt
        burg busch da dame damen dann das dass dein dem den denn der des dich die dies diese dir doch dorf dort
        drei du dunkel durch echt echte eck eder ehrlich eiche ein eine einem einen einer eisen elfenbein ende
        engel ente er erbe ernst erst es eule falke fall farbe feder feld fell fels fest feuer fink fisch
        fischer flach fluss frau frei freund frisch froh fromm frosch fuchs fuer fuss gans ganz garten gast gelb
        geld gern glas glatt glueck gold gott grau gross grosse grosser gruen grund gut gute haben hahn halb
        hals hammer hand hart hase hat haupt haus haut hecht heide heil heim hell herbst herr herz heute hier
        himmel hirsch hoch hof holz honig horn hund hut ich igel ihm ihn ihr im immer in ist ja jade jaeger jahr
        jetzt jung junge kaefer kaiser kalb kalt kann kasten kater katze kaum kein keine kern kind kirsch klar
        klein kleine kleiner klinge knopf koch koenig kopf koralle korn kraft kranich kranz kraus krebs kreis
        krone krug kugel kunst kurz lach lamm land lang lange laub laut leben leder leicht leid lerche letzt
        leute licht lieb liebe lilie linde loewe luchs luft lustig macht mai mann marder mark markt maus meer
        mehr mein meine meise messer mich milch mild mit mohn mond moor moos morgen muell mund mutter nach nacht
        nah name nase natur neben nein nelke nett neu neue neun nicht nie noch nord not nur nuss ob oben ochs
        oder oft ohne oliv ost otter papier perl perle pfau pferd platz preis rab rabe rad rar rat rau reben
        recht reh reich reif rein reis riese rind ring rock roh rohr rosa rose rosen rost rot rote rubin rund
        sack saft sand sanft saphir satt sauber sauer schaf schatz schild schlecht schloss schmal schmuck schnee
        schnell schoen schon schuh schwan schwarz schwarze schwein see sehr sein seine seite selten sich sie
        sieben silber sind so sohn sommer sonne sonst specht speer sperber sperling spiel spitz stark staub
        stein stern still stock storch strauss strom stuck sturm sued tag tal tanne taube tee teich tief tier
        tiger tisch tod topf tor treu trocken tuch um und uns unser unter ur vater veilchen verkauf viel vier
        vogel voll vom von vor wachs wagen wald wand wann war warm was wasser weber weg weich weide weil wein
        weis weiss weisse weit welt wenig wenn wer werk wert wichtig wie wieder wild winter wir wohl wolf wolle
        wort wurm zahn zart zauber zebra zeit zimmer zopf zu zum zur zwei zwerg""",
    "nl": """
        aan adelaar al alle alleen als altijd amber appel baard bakker been beer berg best beste bij bijl blauw
        bloem boer bok boom bos boven braam brand breed broek bruin dag dal dan dat de deel deer den der deze
        die dier dieren dijk doe dood door dorp draak dracht druif duif duin dus echt echte een eend eens eik
        elk en engel er ernst fijn gaan geel geen gele gewei glas goed goede goud gouden graaf graan graat gras
        grijs groen groot grote haan haar haas hals hand hart haven heel heer hem hen her hert het hier hij hoe
        hof hond hoorn horn hout huis iemand iets ik in iris is ivoor ja jaar jacht jager jong jonge kaas
        kan kat kerk klein kleine koe koning koper koraal kort kraai kraan kroon kwartel laat land lang lange
        leeuw lente leuk lief lieve linde los maan maar man mannen meer meester mei meisje melk merel met mij
        mijn moeder molen mooi mooie mos muis na naam naar nacht nee net niet nieuw nieuwe nog noord nu om oma
        onder ons oog oost op oranje oud oude over paard paars parel pauw peer plant prins raaf recht rijk ring
        rode rood roos rots ruim schaap schelp schild schip slang sleutel smid sneeuw snel snoek specht sperwer
        staal steen sterk stier storm stuk te ten ter tijger toen toren tot tuin uil uit valk van veel veer vel
        veld vis visser vlag vlinder voet vogel vol voor vos vrij vrouw waar was wat water week weer wel wereld
        werk west wie wij wild wilde wilg winkel wit witte wol wolf zalm zand ze zee zeer zeldzaam zelf zij zijn
        zilver zo zoet zomer zon zonder zoon zuid zwaan zwart zwarte zwijn""",
    "fr": """
        abeille agneau aigle ail aime air alors amande ambre ami amis amour an ancien ancienne ange animal
        animaux anneau ans apres arbre ardent argent art as au aube aurore aussi autre aux aval avant avec
        avenir avril beau beaux bec belle berger besoin biche bien bijou blanc blanche ble bleu bleue bois bon
        bonbon bonne bonnet bord bouche boucher boulanger boule bouquet bourgeois bouton bras brave brebis
        brillant brin brun brune brut cadeau caille calme camelia canard capucine caramel carpe carre carte cerf
        cerise ces champ champs chance chardon charpentier chat chatain chateau chaud chef chene cher chere
        cherie cheval chevalier chevre chien choix chose ciel cinq clair claire clef clement clos clou coeur
        coin col colle colombe comme comte constant copie coq coquelicot corail corbeau corne cote cou couleur
        cour court courte couteau crabe creme croix cuir cygne dame dans dauphin de defense demain dent dernier
        des deux dieu dix doigt don donc donne dore dos douce doux droit du dur eau ebene ecaille eclat edition
        elan elle emeraude en encore enfant entier entre epine esprit est et etait etang ete etoile etre eux
        facile faible faisan faon faucon faune fauve favre femme fer ferme feu feuille fier fil fille fin fine
        fleur fleurs flore foin foret fort forte fougere four frais fraise franc frere froid fruit gant garcon
        garde gars gel genette gens geste girafe glace gloire gorge grand grande gras gris grise grive gros
        grosse grue guerre ha haut haute herbe heron heureux hibou hier hirondelle hiver homme honneur huile
        huit ici il ile iris ivoire jacinthe jade jardin jaune je jeune joie joli jolie jour joyeux juge juillet
        juin juste la lac laine lait lance lapin large laurier lavande le leon leopard les lettre leur lierre
        lilas lin lion lionne lis livre loin long longue loup lui lumiere lune lys ma magasin mai main mais
        maison maitre mal male manche marbre marchand marche marin marine marquis marron mars marteau martin
        matin mauve meilleur mer mere merle merveille mes mesange miel mieux mille mince moi moine moineau mois
        monde mont montagne mot mou moulin mouton mur mure muse myosotis myrtille na nature ne neuf neuve noble
        noel noir noire noisette nom non nord nos notre nous nuage nuit ocean oie oiseau oiseaux olive olivier
        ombre on onze opale or orange orchidee orme os ou ouest oui ours page pain paix palmier panda paon
        papillon paquet par parc parfait part pas passage pastel patience pays peau peche pelle perdrix perle
        perroquet petit petite petits peu pie piece pied pierre pierres pin pinson place plat plein pluie plume
        plus poche poil point poire poirier poisson pont porte portier pot potier pour pre premier pres
        primevere prix prune prunelle pur pure quatre que qui rare rat ravi reine renard renaud riche rien rive
        riviere roc roche rocher roi rond rose roseau roses rossignol rouge rouille roux royal rubis rue sa
        sabre sage saint sainte saison salle salut sanglier sans saphir sapin saule sauvage savant se seigle
        seigneur sel selle sept serin serpent ses seul simple six soeur soie soif soir soleil sombre son sont
        soufre source sourd souris sous sucre sud sur ta tambour tard tasse taureau tel tempete temps tendre
        terre tes tete tigre tilleul tissu toi tort tortue tour tous tout toute tres tresor trois trop truite tu
        un une vache val vallee veau vent vente verger vermeil vert verte veste veuve viande victoire vie vierge
        vieux vif vigne ville vin violet violette vit vivant vive voile voisin vol votre vrai vraie vue zebre""",
    "es": """
        abeja abril acero agua aguila ahi ahora aire ala alba alegre alegria algo alma alta alto amable amada
        amado amapola amarillo amatista ambar amigo amor ancha ancho angel anillo animal ano antes antigua
        antiguedad antiguo arbol arco arena arroyo arte asi asta aun aurora ave azucena azul azules baja bajo
        ballena barba base bella bello bien blanca blancas blanco blancos boa bonita bonito bosque botella bravo
        buen buena bueno buey cabello cabeza cabra cada caja calle camino campo campos canela canto cara caro
        carta casa caso castano ceja celeste cerca cerda cerdo cereza cerrado cerro cielo ciervo cisne clara
        claro clavel cobra cobre colmillo color como con conde conejo coral cordero corona corto cosa costa cruz
        cuatro cuello cuenta cuerno cuero cuerpo cuervo cueva cuna dama dar de del delfin delgado derecha desde
        deseada desierto despues dia diamante diente dios doce dolor domingo donde dorada dorado dos dulce dura
        duro el ella en encarnacion enero entre era es esmeralda espada esperanza espino esta estancia este
        estrecho estrella fe febrero feliz fiel fiera fina fino flor flora flores fortuna franco fresca fresco
        fria frio fruta fuego fuente fuerte gallo garza gato gordo gracia gracias gran granado grande grandes
        gris grulla grupo guapa guapo guerra hacha halcon hasta hierro hija hijo hoja hola hombre hora hoy hoz
        hueso iglesia invierno iris isla jade jaguar jardin jazmin jilguero joven joya jueves juez julio junio
        justo la lado lago laguna lana larga largo las laurel lazo leal leche leon leona leopardo letra ley
        libre libro lima limon linda lindo lirio liso llano llave lleno lo lobo loma lomo loro los lucero lucha
        luego lugar luna luz macho madera madre maestro mal malo man mano manso manzana manzano mar maravilla
        marfil marina marino mariposa marques marron martes marzo mas mata mayo mayor medalla media medio mejor
        menor menta mercado mercedes mes mesa mi miel mil misma mono montana monte montero mora morado morena
        moreno moro mosca mucha mucho mundo muro muy natural nave negra negro niebla nieto nieve nina nino no
        noche nogal nombre norte novia nube nuestro nueva nuevo ocaso ojo ola oliva olivo olmo onda onza orilla
        oro orquidea osa oso otra otro oveja padre pajaro palma paloma pan panda pantera para pardo pared parte
        paso pata pato pavo paz pecho pelo peluche pena pequena pequeno pera perdiz perla perro pescador pez
        pico pie piedra piedras piel pilar pino pinto pintor planta plata playa plaza pluma poco pollo por
        porque portal pozo prado precio preciosa precioso primavera primo puente puerta puerto pulgar puma pura
        puro que querido rama ramo rana rara raro rata raton rayo real redonda regalo reina reno rey ribera rica
        rico rio rios roble roca rocio rodilla roja rojo roma rosa rosal rosales rosario rosas rota rubi rubia
        rubio rueda sabio sal sala san sangre santa santo seda seguro sello selva senda serpiente sierra siete
        silla silva simple sin sobre sol sola solo son soto su suave suelo suerte sur tal tarde tercera tierno
        tierra tigre toda todo tordo toro torre tortuga trabajo tres trigo tronco trucha tu una unica unico uno
        uva vaca vacas valle vela velo venado vendo venta ver vera verano verdad verde viaje vida vieja viejo
        viento vina vino violeta virgen vista viva vivo voz zafiro zarza zorro""",
    "pt": """
        abelha abril agora agua aguia alma alta alto amado amarelo amigo amor andorinha anel animal ano antes
        antiga antigo aqui ar arara arte arvore asa assim ave azul baixo barra barro bela belo bem boa boi bom
        bonita bonito bosque branca branco bravo brilhante cabra calmo camelo caminho campos canario cao capela
        cara carneiro caro carta carvalho casa castanho castelo cavalo cedo celeste cerveja cinza cisne clara
        claro cobra coelho com como concha conta cor coral cordeiro corno coroa costa couro cravo cruz cunha da
        dama das de dente dia diamante dias do doce domingos dono dos dourado duas ela ele em era ervilha
        esmeralda espada espinho esta este estrela faca fe feijao feliz ferro fiel figueira fina fino flor flora
        flores floresta fogo folha fonte forte franca franco fria frio fruta furtado gado gaio galo garca
        garrafa gato gazela gloria graca grande gris guerra guerreiro hoje homem ilha iris isto jacinto jade
        jardim jardins joia jovem julho junco junho justo la lagarto lago lagoa leal leao lei leitao leite
        lembranca lima limao linda lindo linha lirio livre lobo longo louro lua lugar luz maca macio madeira
        madura mae maio maior mais mal mar maravilha marco marfim marrom mas mata meio mel melhor melo menor
        mercado mes mesa moca monte morena moreno muito mundo na nao natal natural negra negro neve ninho no
        nobre noite nome nos nova novo nuvem o olho oliva onca onda orquidea ouro ovelha padrao pai palha palma
        papagaio par parda pardo passaro passos pato pavao paz pe pedra pedras pedreira pega peixe pele pena
        penha pequeno pera perola pessoa pico pinheiro pinho pinto planta poco ponte por porta porto pouco prado
        praia prata preco preta preto prima primavera primo pura puro que queijo rainha rapaz raposa rara raro
        rei reis rico rio rios rocha roda rola romano rosa rosas roxo rua rubi sabia sal sala salgado salmao san
        santa santo sao saude seda segura selva sem serpente serra serrano simples sino so sobre sol som sul
        tarde tem terra tigre tio toda todo toro torre touro tres trigo tu tudo uma uniao urso uva vaca vale
        vara veado velha velho venda ver verao verdade verde vermelho via vida vidro vinho viola violeta virgem
        vista viva vivo voz""",
    "it": """
        acqua agnello ala alba albero alta alto amabile amato ambra amico amor amore ancora anello angelo anima
        animale anno antica antico ape aprile aquila aria arte asta avorio azzurra azzurro barba barbiere bassa
        basso beato bella belle bello ben bene bianca bianco bionda biondo bosco braccio brava bravo bruna bruno
        buio buona buono caccia cara carne caro carta casa castagna castello cavallo celeste cervo cesta che
        chiara chiaro chiesa cielo cigno cinque collana colle colomba colombo colore con conte corallo corno
        corona corta corto corvo cosa costa croce cuoco cuoio cuore da dal dea degli del della delle dente di
        dio dolce donna dono dopo dorato due elefante era erba estate fabbro falco faro fata favore fede felice
        feroce ferro festa fiamma fiera fiore fiori fiume flora foglia fontana fonte forte fortuna fra franca
        franco fratello fredda fresca frutto fuoco gallo gatto gemma gentile ghiaccio giada gialla giallo
        giardino giglio gioia giorno giovane giudice giugno giusto gloria grande grano grasso grazia grazie
        grigio grillo grosso guerra il in io iris isola la lago lana larga lato latte legno leone leopardo lepre
        letto li libero libro lieto limone lino lo longo lucciola luce luglio luna lunga lungo lupo ma madre
        maggio magro mano mare margherita mari marina marino marmo martello marzo mattina mela mele mercato mese
        mezzo mia miele mille mio molto monaco monastero mondo montagna monte mora moro morte mulino nascita
        natale natura neri nero neve nido no noce noi nome nord nostra notte nova nove nuova nuovo oca occhi
        occhio ocra oggi oliva olivo ombra onda oro orsa orso osso otto pace padre palma panda pane pantera papa
        papagallo parte passero pavone pecora pelle pepe pera perla pero pesca pescatore pesce petra pia piccola
        piccoli piccolo piede pietra pini pino pio pioggia piu placido poco ponte porta porto posta prato
        prezioso prezzo prima primavera primo principe pura puro quattro quercia raffinata ramo rana rara raro
        re reale regina ricca ricco riva rocca roma romano rosa rose rossa rosso rovere rubino sabato sacco
        saggio sala sale santa santo sasso scala scudo sei selva sera serena sereno serpe serpente serra seta
        sette sicura sol sola sole spada spina stella stelle strada su sua sud suo tartaruga tasso tempo tenera
        terra testa tigre tono toro torre tre treno trota tua tutta tutto ulivo uno uomo uva vacca vale valle
        vanga vecchio vela vento vera verde verdi vero via vicino vino viola violetta visto vita vittoria viva
        vivo voce volpe zanna zebra zio""",
    "pl": """
        ale baba baran bardzo bez biala bialy blisko bob bobr bogaty bor brat brzoza byk cala caly chleb cichy
        ciemny cieply czarna czarny czas czerwony cztery dab daleko dla dlugi do dobra dobry dom drewno drogi
        dwa dzien dzik dziki dziko gdy gdzie gil glowa golab gora gorski grom gruby grusza jagoda jak jaki
        jaskolka jasny jastrzab jedna jelen jest jezyk kaczka kaczor kamien karp kawka kazda klos kobieta kobra
        kogut kon konik kora koral kos kosc kot kozak krawiec krol krotki kruk krzak kuna kwiat kwiecien lalka
        las lew lipa lipiec lis list lotos luty ma maj mak mala malina malwa maly marzec melon miod mis mleko
        mlody mlynarz mocny moda moj moja morze mroz mucha na nad nic nie niebieski noc noga nowa nowy od ogier
        oko on ona oraz orzel osa ostry owca pajak pan pani papuga para paw perla piekna piekny pies po pod
        polska pora prosty ptak puma rak rok rosa roza ruda rudy ryba rybak rzadki rzeka sarna sierp siwy skarb
        skora slon slonce sloneczny slowik smok sobol sokol sosna sowa srebro stal stara stary staw step stolarz
        sum swiat swieta syn szary szczur szczygiel szewc szpak szybki ta tak tam ten to topaz trawa trzy tu tur
        ty tygrys waz wiara wiatr wiec wiele wierzba wilk wino wiosna woda wola wrobel wrona z za zajac zamek
        zebra zielony ziemia zima zloto zloty zolty zolw zoraw zubr zuk""",
    "ru": """
        а алмаз ангел баба бабочка баран барс бел белая белка белов белый береза бивень бобр богатый богач бок
        большой бор боровик брат бык был была вам вас век вера верба верный весна ветер вечер виноград вода вол
        волк воля воробей ворон ворона восток все всем вы газель гладкий глаз голова голос голубой голубь гора
        горох гром груша гусь да дай дар два день для до добрый дом дорогой друг дуб дух его ее ель еще
        жаворонок желтый жемчуг жена живая живой жизнь жук за заря заяц звезда зверь зебра зеленый земля зима
        змея зная золото золотой зуб зубр и ива из изумруд или им ирис их как калина камень кедр кит клен ключ
        князь кобра ковер кожа коза козел конь коралл корень коричневый корова король кость кот котик краб краса
        красивый красный кречет крот круг круглый крыло кузнец кулик куница купец лама ландыш лапа ласка
        ласточка лебедь лев леопард лес лето лилия лиля лимон липа лис лиса лист лосось лось лотос лук луна
        любимый любовь люди май маки мала малина малый малыш мальва март мастер мед медведь мельник милая милый
        мир много мой молот море мороз мост моя муха мышь на над надежда нас не неба небо нет новик новый нора
        норка ночь об обезьяна огонь окно олень он она они орел орех оса осень от отец очень пава павлин панда
        пантера пеликан пень перо песец песня петух печать пингвин пион по под поле польза попугай прав правда
        продам пчела рада радость рай рак редкий река речка рис рог рога роза розовый розы роман рубин руки
        русский рыба рыбак рыжий рысь сад самый сапфир свет светлый святой север седой сердце серебро серый сила
        синий синица скала скворец слава славный слива слон слоновая снег собака соболь сова сойка сокол солнце
        соловей соль сом сон соня сорока сосна старый степь стриж сын тайна так там твой тигр тихий тот трава
        три туман тут ты тюлень удача уж ум ус утка утро фея фиалка филин хвост холодный хорошая хороший храбрый
        царь цвет цена чай чайка черепаха черный честный чиж чистый что шакал шах шкура шкуры щука эта это юг
        юный я яблоко ягода язык январь янтарь ярый ясная ясный ящер""",
    "tr": """
        ada ag ak al alan altin ama an ari arkadas as asil aslan at ates ay az baba bahar bakir
        bal balik bana bas bayram bek ben benim bey beyaz bir biz boga boncuk boz bu bulut buyuk buz cam cami
        can canim cevahir ceylan cicek coban cok col da dag dal damla de deger deli demir den deniz dere deri
        derin dil dis doga dogan dogru dolu dost duman dun eksi el elmas emek er erik erkek eser eski ev evet
        fidan fil fildisi filiz gece gelin gen genc gizli gok gol gonca gonul gozde gul gulen gumus gun gunes
        gur guven guzel hak hala hava hayat hazal her hilal huzur ile inci ipek iri irmak isik iyi kadin kale
        kamer kan kaplan kaplumbaga kar kara karaca karga karinca kartal kavak kaya kaz kedi kehribar keklik
        kemik kilic kir kirik kirmizi kis kiz koc koca koyun kral kul kurt kus kutlu kuzu lale mavi melek
        menekse meral mercan mert mese misir mor mutlu nar ne nehir nergis nur o ocak olmaz on orman oz pamuk
        papagan papatya pars pinar renk ruh ruzgar saf sag sahin saka sakin sansar sari savas saz sedef seker
        selvi sen serce sert ses sessiz sevgi sevgili sicak sihir soguk son soy su sultan tan tane tas tatli
        tavsan tek temiz tilki toprak tuna turk turna turuncu un uysal uzun var ve yagmur yakut yan yaprak yarin
        yavas yavru yay yaz yel yeni yesil yil yilan yildiz yok yol yunus yurt zaman zambak zeytin zumrut""",
    "id": """
        ada adik agung air akan aku alam alami alang alas ampuh anak anda anggrek anggun angin antik api arang
        arum asli asri awan ayah ayam ayu babi badak bagus baik bambu banyak baru batu bawah bayi bebas belum
        bening benteng beras berlian bersih besar besi bintang biru bisa boleh bonang bulan bulu bumi bunga
        burung cahaya cantik cendana cepat cerah cinta coklat cucu dalam damai dan dapat dara dari datang daun
        delima depan dewa dewi di dia diri dua dunia duri elang emas enak enggang fajar gading gadis gajah
        garuda gunung halus harga hari harimau harta harum hati hewan hijau hitam hutan ia ibu ikan indah ini
        intan itu jadi jalak jati jawa jelita jernih jual juara juga kakak kakatua kaki kala kalau kami kancil
        karang karena kasih kasturi kaya kayu kecil kekal kembang kenari kepala kerang keras kerbau kering ketat
        kijang kilat kita kuat kucing kuda kulit kuning kupu lada lagi lain laki lama langit langka laris laut
        lebah lebih lembut lestari lima luar luhur lumba macan madu maha mahal mahkota mahoni mana mas mata
        matahari mawar mega melati merah merak merdeka merpati muda mulia mulya murah murni mutiara naga nama
        nanti nur nuri nusa oleh padi padma paling panjang pantai para pasar pasir pelangi pendek penyu perak
        peri perkasa permana permata pertama pinang pintu pohon polos pucuk pulau puncak punya purnama pusaka
        putih putra putri raja rajawali ramah ratna ratu rejeki rendah rindu rusa sabar sahabat saja saka sakti
        salju sama sangat sari satu sawah saya segar sejati semua seni senja sepi serai seri setia siang siap
        sinar singa suci suka sukses sulung surya susu sutra tanah tanduk tanjung tari taring teman tempat
        tenang terang teratai tiga timur tinggi tua tulang tulus tunggal ular ulung untuk utama utara wangi
        wayang wira yang zamrud""",
    "ms": """
        abang ahli bahagia bakar bakti bijak bonda bukit cahaya cempaka cik dayang elok encik gemilang hamba
        hang harimau hijau idaman impian jambu jantan juita kanda kapur kekasih kelapa kesuma kiambang lanang
        lebar manis mawar megat mek naik nila nilam nona orang permai puan putera puteri puyuh rimau sayang
        seroja sutera teruna tok tuah tuan ubi wan""",
    "vi": """
        an anh ba bac bach bang bao bay be ben bich bien biet binh bo bon bong buu ca cai cam can cao cay chau
        chi chim chin cho chu chua chung chuong co con cong cu cua cuc da dai dam dang dao dat dau day den di
        dia diem dinh do doan dong du dua duc dung duong em ga gan gia giang giao gio ha hai ham han hang hanh
        hao hau hien hiep hieu hinh ho hoa hoai hoan hoang hoc hoi hong hop huan hue hung huong huu huy huyen
        kha khac khai khanh khi khoa khoi khong kien kieu kim ky la lai lam lan lang lanh le len lieu linh loan
        loc loi long lua luan luc luong luu ly ma mai man manh mat mau may men met mi minh mo moi mot mua muoi
        my na nai nam nang nay nga ngan nghia ngoai ngoc nguyet nhan nhat nhi nho nhom nhu nhung noi non nu nua
        nui o oanh ong phan phat phi pho phong phu phuc phung phuoc phuong quan quang que quoc quy quyen quynh
        rat rau rong rua sa sao sau se sen si sinh son sua sung suong ta tai tam tan tang tao tay te ten tet
        thach thai tham than thang thanh thao the them thi thien thoa thoi thom thong thu thua thuan thuc thuong
        thuy tien tiep tieu tim tin tinh to toan toi tong tot tra trai tram tran tri trinh trong truc trung
        truong tu tuan tue tung tuoi tuyen tuyet ty uyen va van vang vay ve vi viec vien viet vinh vo voi vong
        vu vui vung vuong xa xanh xe xin xuan y yen yeu""",
    "sw": """
        ahadi amani amini asali asante askari baba bahari baraka bora bure chui dada dhahabu duma faraja faru
        furaha habari hai haki halali hapa heri hodari ile imani ingine jabali jina joka jua jumla kaka kali
        kama kasa kasuku kazi kiboko kila kisima kito kubwa kumi kwa kweli la leo lulu maji mali mama mamba
        mapenzi mbili mboga mbuni mdogo meli meno mfalme mia mimi moja moto moyo mpya mrembo msitu mtoto mtu
        mungu mwamba mwana mwanga mwezi mzuri na nafasi nani ndege ndogo ndoto ndovu neema ngozi nguvu nia nne
        nuru nyani nyeupe nyoka nyota nyuki nyumba paka pembe pendo pia pili pori punda radhi rafiki rehema saa
        safari safi samaki sana sasa sauti shamba shida siku simba sisi sokwe subira sungura swala tajiri tatu
        tembo thamani tisa tu tumaini twiga upendo uzuri wa waridi watu wazi wema wengi wewe wimbo ya yake yangu
        yeye yote zawadi ziwa zote zuri""",
    "ar": """
        ابن ابيض احمر اخضر ازرق اسد اسود اصلي الله امل امين انا انت او ايمان باب بحر بدر بن بنت بيت بيع تاج
        تمساح ثمين جاد جبل جديد جلد جمال جميل جميلة جواد جوهرة حب حبيب حر حسن حسنة حق حكيم حلو حلوة حليم حميد
        حياة خالص خير دار درة دلال ذئب ذهب ذهبي ربيع رحمة رزق رمان روح ريم زمرد زهر زهرة زهور زيت زينة سحر سعيد
        سعيدة سلام سلحفاة سما سماء سهل سيد سيدة سيف شجر شذى شرف شريف شمس شهد صادق صافي صبر صدر صغير صفاء صقر
        صياد طائر طويل طيب طيبة عاج عالي عبد عبير عز عزيز عزيزة عسل علي عن عنبر عند عيد عين غالي غالية غزال
        غزالة غلا فجر فخر فرح فرحة فرد فضة فضل فضي فهد في فيروز فيل قائد قديم قرن قصير قلب قمر قوي كامل كبير
        كبيرة كرم كريم كل كلب كنز لؤلؤ لؤلؤة ليث ليل ماء مال مجد محبوب مرجان مسك مع ملاك ملك ملكة ممتاز من منى
        مها ناب نادر نادرة نجم نجمة نجوم نحل نرجس نسر نسمة نسيم نعمة نمر نهر نور نورة هادي هبة هدى هدية هلال هنا
        واحد والد ورد وردة وسيم وفاء وفي ياسمين ياقوت يد يمامة يوم""",
    "hi": """
        अच्छा अनमोल अमर अमृत असली आकाश आनंद आम आशा इस उषा उस ऊपर एक ओम और कमल करुणा कला काला किरण की के को कोमल
        खुशी गंगा गरुड़ गीत गुलाब गोल्ड घर चंदन चंद्र चमक चाँद चांदी चील छाया छोटा जय जल जीवन ज्योति तारा तेज
        तोता दया दांत दिल दीप देव देवी धन धर्म नदी नया नाग नाम नीला नूतन ने पक्षी पवन पानी पीला पुष्प पूजा पूनम
        प्रकाश प्रिय प्रेम फूल बड़ा बाघ बाल बिक्री बेटा भारत भालू मंगल मछली मणि मधु मन माया मीन मूंगा मूर्ति मेघ
        मोती मोर यह रंग रजत रतन राज राजा रात रानी राम रूप रेशम लता लाल वन वर्षा वह वीर शंख शक्ति शांति शुभ शेर
        शोभा श्री संगीत संध्या सच सपना सफेद सरल साँप सागर सिंह सीता सुंदर सुख सूरज सूर्य सेवा सोना सोनी सोने
        स्नेह हंस हरा हरि हाथी हिरण हीरा है""",
    "te": """
        అందం అమ్మ ఆకాశం ఆనందం ఆశ ఎర్ర ఏనుగు కమల కల కాంతి కొత్త గులాబి చంద్ర చిన్న చిలుక జీవన జ్యోతి తార దంతం
        దేవి నది నల్ల నాగ నీలం పక్షి పచ్చ పద్మ పులి పువ్వు పెద్ద ప్రేమ బంగారం మంచి మణి మధు మరియు ముత్యం మేఘ రాజా
        రాణి రామ లత వన వీర శాంతి శ్రీ సింహం సూర్య హంస""",
}  # fmt: skip

# Particles and titles: with one other part they are not a full name, and nobody is called by one alone.
PARTICLES = frozenset(
    """abd abdul abu al ap as ash at bar bat ben bin bint bte binti binte da dal dalla das de dei del della den der des di do
    dos du e el en es ez fitz haj hadji het ibn ibne in la las le les li lo los mac mc mir na o of ou pour san sant santa santo
    st ste saint sainte sri syed ten ter the to tot und van vanden vander vom von y z za zu zum zur
    bey bhai bi dr eng herr frau ing jr jnr junior lic madame miss mister mr mrs ms mx prof professor rev senior sir sr
    senhor senhora senor senora signor signora wan abd bou ould ال عبد بن ابن ابو ابي بنت""".split()  # noqa: SIM905
)


def words() -> frozenset[str]:
    """All of them, of every language: an ad in one language quotes another."""
    return frozenset(word for text in _WORDS.values() for word in text.split()) | PARTICLES
