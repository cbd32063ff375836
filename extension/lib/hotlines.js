/**
 * Whom to tell about something worse than wildlife trade, by country (ISO 3166). Data: `child` is a hotline for
 * abuse of children online, or the national line for children where there is no other, `people` one for trafficking
 * in people, `emergency` the number for a person in danger now (the police's, where each service has its own),
 * `wildlife` a line for wildlife crime that cannot wait; `source` is the page that names it (with the year where
 * the page tells its own) and `read` the day it was read. A line that no page confirms is not listed, however well
 * known, and the interface says that none was found: INHOPE's own list, always shown beside, is then more reliable.
 * Stored copies of those pages were read; nothing was dialled or opened, and the interface says so. `inhope.org
 * (2026-10)`: its list as copied by a public research note on 2026-10-09.
 */
const READ = '2026-11-25';
const READ_LATER = '2026-11-27';
const READ_LAST = '2026-11-30';

const EUROPE = { phone: '112', source: 'frequentbusinesstraveler.com (2012)', read: READ_LATER };

export const HOTLINES = Object.freeze({
  AU: {
    emergency: { phone: '000', source: 'qld.gov.au, cfs.sa.gov.au', read: READ_LATER },
    child: {
      name: 'eSafety Commissioner',
      url: 'https://www.esafety.gov.au/report',
      source: 'esafety.gov.au',
      read: READ,
    },
    people: {
      name: 'Australian Federal Police',
      phone: '131 237',
      source: 'antislaverycommissioner.gov.au',
      read: READ,
    },
  },
  AT: {
    emergency: EUROPE,
    child: { name: 'Stopline', url: 'https://www.stopline.at/', source: 'stopline.at (2025)', read: READ },
  },
  BE: {
    emergency: EUROPE,
    child: { name: 'Child Focus', url: 'https://childfocus.be/', source: 'childfocus.be', read: READ },
  },
  BR: {
    emergency: { phone: '190', source: 'opantaneiro.com.br (2025), policialpadrao.com.br (2025)', read: READ_LATER },
    child: {
      name: 'SaferNet Brasil',
      url: 'https://new.safernet.org.br/denuncie',
      source: 'safernet.org.br, inhope.org (2026-10)',
      read: READ,
    },
  },
  CA: {
    emergency: { phone: '911', source: 'niagarapolice.ca, ecomm911.ca', read: READ_LATER },
    child: { name: 'Cybertip.ca', url: 'https://www.cybertip.ca/', source: 'cybertip.ca', read: READ },
    people: {
      name: 'Canadian Human Trafficking Hotline',
      phone: '1-833-900-1010',
      source: 'canadianhumantraffickinghotline.ca',
      read: READ,
    },
  },
  CH: {
    emergency: { phone: '112', source: 'ch.ch', read: READ_LATER },
    child: { name: 'clickandstop.ch', url: 'https://www.clickandstop.ch/', source: 'kinderschutz.ch', read: READ },
  },
  CO: {
    emergency: { phone: '123', source: 'wradio.com.co (2023)', read: READ_LATER },
    child: { name: 'Te Protejo', url: 'https://teprotejocolombia.org/', source: 'teprotejocolombia.org', read: READ },
  },
  DE: {
    emergency: EUROPE,
    child: {
      name: 'Internet-Beschwerdestelle',
      url: 'https://www.internet-beschwerdestelle.de/',
      source: 'eco.de (2025)',
      read: READ,
    },
  },
  // INCIBE's number 017 is its helpline for questions about the Internet; reports of such pictures go to this form.
  ES: {
    emergency: EUROPE,
    child: {
      name: 'INCIBE',
      url: 'https://www.incibe.es/menores/hotline',
      source: 'incibe.es, inhope.org (2026-10)',
      read: READ,
    },
    people: { name: 'Policía Nacional', phone: '900 10 50 90', source: 'diariodeleon.es (2025)', read: READ },
  },
  FR: {
    emergency: EUROPE,
    child: {
      name: 'Point de Contact',
      url: 'https://www.pointdecontact.net/',
      source: 'pointdecontact.net, iphonesoft.fr (2025)',
      read: READ,
    },
  },
  GB: {
    emergency: { phone: '999', source: 'frequentbusinesstraveler.com (2012)', read: READ_LATER },
    child: {
      name: 'Internet Watch Foundation',
      url: 'https://report.iwf.org.uk/en',
      source: 'iwf.org.uk, inhope.org (2026-10)',
      read: READ,
    },
    people: {
      name: 'Modern Slavery & Exploitation Helpline',
      phone: '08000 121 700',
      source: 'modernslaveryhelpline.org',
      read: READ,
    },
    wildlife: { name: 'Crimestoppers', phone: '0800 555 111', source: 'wildlifebcn.org', read: READ_LAST },
  },
  IE: {
    emergency: EUROPE,
    child: { name: 'Hotline.ie', url: 'https://hotline.ie/report', source: 'hotline.ie', read: READ },
    people: {
      name: 'Garda Confidential Line',
      phone: '1800 666 111',
      source: 'garda.ie (2020), ruhama.ie',
      read: READ,
    },
  },
  IN: {
    emergency: { phone: '112', source: 'indiatoday.in (2019), dnaindia.com (2026)', read: READ_LATER },
    child: {
      name: 'National Cyber Crime Reporting Portal',
      url: 'https://cybercrime.gov.in/',
      source: 'timesofindia.com (2018), theweek.in (2025)',
      read: READ,
    },
  },
  IT: {
    emergency: EUROPE,
    child: {
      name: 'Telefono Azzurro',
      url: 'https://azzurro.it/clicca-e-segnala/',
      phone: '114',
      source: 'azzurro.it, sky.it (2025)',
      read: READ,
    },
    people: { name: 'Numero Verde Antitratta', phone: '800 290 290', source: 'pariopportunita.gov.it', read: READ },
  },
  JP: {
    emergency: { phone: '110', source: 'okinawanderer.com (2017)', read: READ_LATER },
    child: {
      name: 'Internet Hotline Center Japan',
      url: 'https://www.internethotline.jp/',
      source: 'gov-online.go.jp (2024)',
      read: READ,
    },
  },
  MX: {
    emergency: { phone: '911', source: 'diariodequeretaro.com.mx, etcetera.com.mx', read: READ_LATER },
    child: {
      name: 'Te Protejo México',
      url: 'https://teprotejomexico.org/',
      source: 'eluniversal.com.mx (2026), inhope.org (2026-10)',
      read: READ,
    },
  },
  NL: {
    emergency: EUROPE,
    child: {
      name: 'Meldpunt Kinderporno (Offlimits)',
      url: 'https://meldpunt-kinderporno.nl/',
      source: 'meldpunt-kinderporno.nl, politie.nl',
      read: READ,
    },
  },
  NZ: {
    emergency: { phone: '111', source: 'police.govt.nz, govt.nz', read: READ_LATER },
    child: {
      name: 'Department of Internal Affairs',
      url: 'https://www.dia.govt.nz/Digital-Safety-Report-Online-Child-Exploitation-Material',
      source: 'dia.govt.nz',
      read: READ,
    },
    wildlife: { name: 'Department of Conservation', phone: '0800 362 468', source: 'doc.govt.nz', read: READ_LAST },
  },
  PL: {
    emergency: EUROPE,
    child: { name: 'Dyżurnet.pl', url: 'https://dyzurnet.pl/', source: 'dyzurnet.pl', read: READ },
  },
  PT: {
    emergency: EUROPE,
    child: {
      name: 'Linha Internet Segura',
      url: 'https://www.apav.pt/cibercrime/index.php/linha-internet-segura',
      phone: '800 21 90 90',
      source: 'apav.pt',
      read: READ,
    },
    wildlife: {
      name: 'Linha SOS Ambiente e Território (GNR)',
      phone: '808 200 520',
      source: 'ambientemagazine.com (2018), diariodosul.pt (2021)',
      read: READ_LAST,
    },
  },
  TW: {
    emergency: { phone: '110', source: 'yssama.com (2024)', read: READ_LATER },
    child: { name: 'iWIN', url: 'https://i.win.org.tw/', source: 'kinmen.gov.tw, ltn.com.tw (2025)', read: READ },
  },
  US: {
    emergency: { phone: '911', source: 'frequentbusinesstraveler.com (2012)', read: READ_LATER },
    wildlife: {
      name: 'U.S. Fish and Wildlife Service',
      url: 'https://www.fws.gov/story/how-report-wildlife-crime',
      source: 'fws.gov',
      read: READ_LATER,
    },
    child: {
      name: 'NCMEC CyberTipline',
      url: 'https://report.cybertip.org/',
      phone: '1-800-843-5678',
      source: 'report.cybertip.org, ourrescue.org',
      read: READ,
    },
    people: {
      name: 'National Human Trafficking Hotline',
      phone: '1-888-373-7888',
      source: 'humantraffickinghotline.org',
      read: READ,
    },
  },
  ZA: {
    emergency: { phone: '10111', source: 'saps.gov.za', read: READ_LATER },
    child: {
      name: 'Film and Publication Board',
      url: 'https://apps.fpb.org.za/hotline/',
      source: 'fpb.org.za, inhope.org (2026-10)',
      read: READ,
    },
    people: {
      name: 'National Human Trafficking Resource Line',
      phone: '0800 222 777',
      source: '0800222777.org.za',
      read: READ,
    },
  },
  CN: {
    emergency: { phone: '110', source: 'pccmembers.org, yssama.com (2024)', read: READ_LATER },
  },
  HK: {
    emergency: { phone: '999', source: 'fodors.com, h1.com.hk (2009)', read: READ_LATER },
    child: {
      name: 'Social Welfare Department',
      phone: '2343 2255',
      source: 'info.gov.hk (2023), doj.gov.hk',
      read: READ_LATER,
    },
  },
  SG: {
    emergency: { phone: '999', source: 'mha.gov.sg, askexplorer.com', read: READ_LATER },
    child: {
      name: 'National Anti-Violence and Sexual Harassment Helpline',
      phone: '1800 777 0000',
      source: 'msf.gov.sg, straitstimes.com (2021)',
      read: READ_LATER,
    },
    people: { name: 'Singapore Police Force', phone: '6435 0000', source: 'mha.gov.sg', read: READ_LATER },
    wildlife: {
      name: 'National Parks Board',
      phone: '1800 471 7300',
      source: 'mothership.sg (2020), straitstimes.com',
      read: READ_LAST,
    },
  },
  TH: {
    emergency: { phone: '191', source: 'lonelyplanet.com', read: READ_LATER },
    child: { name: 'ThaiHotline', url: 'https://www.thaihotline.org/', source: 'thaihotline.org', read: READ_LATER },
    wildlife: {
      name: 'กรมอุทยานแห่งชาติ สัตว์ป่า และพันธุ์พืช',
      phone: '1362',
      source: 'news.dnp.go.th (2022)',
      read: READ_LAST,
    },
  },
  VN: {
    emergency: { phone: '113', source: 'kienthucykhoa.edu.vn', read: READ_LATER },
    child: {
      name: 'Tổng đài quốc gia bảo vệ trẻ em',
      phone: '111',
      source: 'vneconomy.vn (2025), saigoneer.com',
      read: READ_LATER,
    },
    people: { name: 'Tổng đài 111', phone: '111', source: 'vneconomy.vn, sggp.org.vn (2025)', read: READ_LATER },
    wildlife: {
      name: 'Education for Nature – Vietnam',
      phone: '1800 1522',
      source: 'env4wildlife.org (2024)',
      read: READ_LATER,
    },
  },
  ID: {
    emergency: { phone: '110', source: 'thejakartapost.com (2015), voi.id (2021)', read: READ_LATER },
    child: {
      name: 'SAPA 129',
      phone: '129',
      source: 'antaranews.com (2023), idntimes.com (2023)',
      read: READ_LATER,
    },
  },
  MY: {
    emergency: { phone: '999', source: 'thestar.com.my (2015)', read: READ_LATER },
    child: {
      name: 'Talian Kasih',
      phone: '15999',
      source: 'thestar.com.my (2024), malaymail.com (2024)',
      read: READ_LATER,
    },
    people: {
      name: 'MAPO (Kementerian Dalam Negeri)',
      phone: '03-8000 8000',
      source: 'malaymail.com (2017, 2021)',
      read: READ_LATER,
    },
    wildlife: { name: 'PERHILITAN', phone: '1-800-88-5151', source: 'thesundaily.my (2020)', read: READ_LATER },
  },
  PH: {
    emergency: { phone: '911', source: 'tribune.net.ph (2025), mb.com.ph (2025)', read: READ_LATER },
    child: {
      name: 'Makabata Helpline',
      phone: '1383',
      source: 'pna.gov.ph (2023), gmanetwork.com (2025)',
      read: READ_LATER,
    },
    people: { name: '1343 Actionline', phone: '1343', source: '1343actionline.ph, dfa.gov.ph', read: READ_LATER },
  },
  KR: {
    emergency: { phone: '112', source: '10mag.com, koreabizwire.com', read: READ_LATER },
    child: { name: '중앙디지털성범죄피해자지원센터', phone: '1366', source: 'korea.kr (2025)', read: READ_LATER },
  },
  KE: {
    emergency: { phone: '999', source: 'bbc.com (2013), policecode.info', read: READ_LATER },
    child: {
      name: 'Child Helpline 116',
      phone: '116',
      source: 'childrenscouncil.go.ke (2022), hapakenya.com (2017)',
      read: READ_LATER,
    },
    wildlife: { name: 'Kenya Wildlife Service', phone: '0800 597 000', source: 'kws.go.ke (2019)', read: READ_LATER },
  },
  SA: {
    emergency: { phone: '911', source: 'expat.com (2024), zawya.com (2023)', read: READ_LATER },
    child: {
      name: 'خط مساندة الطفل',
      phone: '116111',
      source: 'sauress.com (2015)',
      read: READ_LATER,
    },
  },
  AE: {
    emergency: { phone: '999', source: 'gulfnews.com (2023), khaleejtimes.com (2024)', read: READ_LATER },
    child: {
      name: 'Ministry of Interior Child Protection Centre',
      phone: '116111',
      source: 'adpolice.gov.ae (2021), pledgetimes.com (2023)',
      read: READ_LATER,
    },
    // The page writes it 800 SAVE: these are its keys on a telephone.
    people: { name: 'Ewaa (800 SAVE)', phone: '800 7283', source: 'ewaa.gov.ae (2019)', read: READ_LATER },
  },
  EG: {
    emergency: { phone: '122', source: 'elmhata.com (2025), vetogate.com', read: READ_LATER },
    child: {
      name: 'خط نجدة الطفل',
      phone: '16000',
      source: 'benisuef.gov.eg, almasryalyoum.com (2026)',
      read: READ_LATER,
    },
  },
  JO: {
    emergency: { phone: '911', source: 'watananews.com (2020), rwefd.com', read: READ_LATER },
    child: {
      name: 'خط 110 للأسرة والطفل',
      phone: '110',
      source: 'petra.gov.jo, ncfa.org.jo (2017)',
      read: READ_LATER,
    },
  },
});

/** The countries to choose from; INHOPE and the police are shown for every country. */
export const COUNTRIES = Object.freeze(Object.keys(HOTLINES).sort());
