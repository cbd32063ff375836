/**
 * Whom to tell of something worse than wildlife trade, by country (ISO 3166). Data: `child` is a hotline for abuse of
 * children online, `people` a line for trade in people; `source` says where it stood and `read` the day it was read there.
 * A line without `source` is the organisation's known public address which nobody has read again for this list; it is shown
 * with that word. INHOPE's own list is always shown beside: it is the surer one.
 */
const READ = '2026-11-25';

export const HOTLINES = Object.freeze({
  AU: { child: { name: 'eSafety Commissioner', url: 'https://www.esafety.gov.au/report' }, people: { name: 'Australian Federal Police', phone: '131 237', source: 'antislaverycommissioner.gov.au', read: READ } },
  AT: { child: { name: 'Stopline', url: 'https://www.stopline.at/' } },
  BE: { child: { name: 'Child Focus', url: 'https://childfocus.be/', source: 'childfocus.be', read: READ } },
  CA: { child: { name: 'Cybertip.ca', url: 'https://www.cybertip.ca/' }, people: { name: 'Canadian Human Trafficking Hotline', phone: '1-833-900-1010', source: 'lawtimesnews.com', read: '2026-11-24' } },
  DE: { child: { name: 'Internet-Beschwerdestelle', url: 'https://www.internet-beschwerdestelle.de/' } },
  ES: { child: { name: 'INCIBE', phone: '017' }, people: { name: 'Policía Nacional', phone: '900 10 50 90', source: 'diariodeleon.es (2025)', read: READ } },
  FR: { child: { name: 'Point de Contact', url: 'https://www.pointdecontact.net/' } },
  GB: { child: { name: 'Internet Watch Foundation', url: 'https://report.iwf.org.uk/' }, people: { name: 'Modern Slavery & Exploitation Helpline', phone: '08000 121 700', source: 'modernslaveryhelpline.org', read: READ } },
  IE: { child: { name: 'Hotline.ie', url: 'https://www.hotline.ie/' } },
  IT: { people: { name: 'Numero Verde Antitratta', phone: '800 290 290', source: 'osservatoriointerventitratta.it', read: READ } },
  JP: { child: { name: 'Internet Hotline Center Japan', url: 'https://www.internethotline.jp/' } },
  PL: { child: { name: 'Dyżurnet.pl', url: 'https://dyzurnet.pl/' } },
  US: { child: { name: 'NCMEC CyberTipline', url: 'https://report.cybertip.org/', phone: '1-800-843-5678', source: 'ourrescue.org', read: READ }, people: { name: 'National Human Trafficking Hotline', phone: '1-888-373-7888', source: 'ourrescue.org', read: READ } },
  ZA: { people: { name: 'National Human Trafficking Resource Line', phone: '0800 222 777', source: '0800222777.org.za', read: READ } },
});

/** Countries that can be chosen, for those whose own has no line here: INHOPE and the police are shown in each. */
export const COUNTRIES = Object.freeze(Object.keys(HOTLINES).sort());

/** The country a browser's language names (`pt-BR`: BR), or the one it is mostly spoken in; null when it tells none. */
export function countryOf(language) {
  try {
    const locale = new Intl.Locale(language);
    return locale.region ?? locale.maximize().region ?? null;
  } catch {
    return null;
  }
}
