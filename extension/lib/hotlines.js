/**
 * Whom to tell about something worse than wildlife trade, by country (ISO 3166). Data: `child` is a hotline for abuse
 * of children online, `people` one for trafficking in people; `source` is the page that names it (with the year where
 * the page tells its own) and `read` the day it was read. A hotline that no page confirms is not listed, however well
 * known: INHOPE's own list, always shown beside, is then more reliable. Stored copies of those pages were read; nothing
 * was dialled or opened, and the interface says so. `inhope.org (2026-10)`: its list as copied by a public research
 * note on 2026-10-09.
 */
const READ = '2026-11-25';

export const HOTLINES = Object.freeze({
  AU: {
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
  AT: { child: { name: 'Stopline', url: 'https://www.stopline.at/', source: 'stopline.at (2025)', read: READ } },
  BE: { child: { name: 'Child Focus', url: 'https://childfocus.be/', source: 'childfocus.be', read: READ } },
  BR: {
    child: {
      name: 'SaferNet Brasil',
      url: 'https://new.safernet.org.br/denuncie',
      source: 'safernet.org.br, inhope.org (2026-10)',
      read: READ,
    },
  },
  CA: {
    child: { name: 'Cybertip.ca', url: 'https://www.cybertip.ca/', source: 'cybertip.ca', read: READ },
    people: {
      name: 'Canadian Human Trafficking Hotline',
      phone: '1-833-900-1010',
      source: 'canadianhumantraffickinghotline.ca',
      read: READ,
    },
  },
  CH: {
    child: { name: 'clickandstop.ch', url: 'https://www.clickandstop.ch/', source: 'kinderschutz.ch', read: READ },
  },
  CO: {
    child: { name: 'Te Protejo', url: 'https://teprotejocolombia.org/', source: 'teprotejocolombia.org', read: READ },
  },
  DE: {
    child: {
      name: 'Internet-Beschwerdestelle',
      url: 'https://www.internet-beschwerdestelle.de/',
      source: 'eco.de (2025)',
      read: READ,
    },
  },
  // INCIBE's number 017 is its helpline for questions about the Internet; reports of such pictures go to this form.
  ES: {
    child: {
      name: 'INCIBE',
      url: 'https://www.incibe.es/menores/hotline',
      source: 'incibe.es, inhope.org (2026-10)',
      read: READ,
    },
    people: { name: 'Policía Nacional', phone: '900 10 50 90', source: 'diariodeleon.es (2025)', read: READ },
  },
  FR: {
    child: {
      name: 'Point de Contact',
      url: 'https://www.pointdecontact.net/',
      source: 'pointdecontact.net, iphonesoft.fr (2025)',
      read: READ,
    },
  },
  GB: {
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
  },
  IE: {
    child: { name: 'Hotline.ie', url: 'https://hotline.ie/report', source: 'hotline.ie', read: READ },
    people: {
      name: 'Garda Confidential Line',
      phone: '1800 666 111',
      source: 'garda.ie (2020), ruhama.ie',
      read: READ,
    },
  },
  IN: {
    child: {
      name: 'National Cyber Crime Reporting Portal',
      url: 'https://cybercrime.gov.in/',
      source: 'timesofindia.com (2018), theweek.in (2025)',
      read: READ,
    },
  },
  IT: {
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
    child: {
      name: 'Internet Hotline Center Japan',
      url: 'https://www.internethotline.jp/',
      source: 'gov-online.go.jp (2024)',
      read: READ,
    },
  },
  MX: {
    child: {
      name: 'Te Protejo México',
      url: 'https://teprotejomexico.org/',
      source: 'eluniversal.com.mx (2026), inhope.org (2026-10)',
      read: READ,
    },
  },
  NL: {
    child: {
      name: 'Meldpunt Kinderporno (Offlimits)',
      url: 'https://meldpunt-kinderporno.nl/',
      source: 'meldpunt-kinderporno.nl, politie.nl',
      read: READ,
    },
  },
  NZ: {
    child: {
      name: 'Department of Internal Affairs',
      url: 'https://www.dia.govt.nz/Digital-Safety-Report-Online-Child-Exploitation-Material',
      source: 'dia.govt.nz',
      read: READ,
    },
  },
  PL: { child: { name: 'Dyżurnet.pl', url: 'https://dyzurnet.pl/', source: 'dyzurnet.pl', read: READ } },
  PT: {
    child: {
      name: 'Linha Internet Segura',
      url: 'https://www.apav.pt/cibercrime/index.php/linha-internet-segura',
      phone: '800 21 90 90',
      source: 'apav.pt',
      read: READ,
    },
  },
  TW: { child: { name: 'iWIN', url: 'https://i.win.org.tw/', source: 'kinmen.gov.tw, ltn.com.tw (2025)', read: READ } },
  US: {
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
});

/** The countries to choose from; INHOPE and the police are shown for every country. */
export const COUNTRIES = Object.freeze(Object.keys(HOTLINES).sort());

/** The country in a browser's language (`pt-BR`: BR), or the one where it is mostly spoken; null when there is none. */
export function countryOf(language) {
  try {
    const locale = new Intl.Locale(language);
    return locale.region ?? locale.maximize().region ?? null;
  } catch {
    return null;
  }
}
