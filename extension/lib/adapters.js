/**
 * What is known about each platform: where a field stands on its pages, how a listing is numbered in its address, how a
 * signed-in page is recognised, and where the reader's own identity shows.
 *
 * An adapter is data, one file per platform in `adapters/`, and is read by one fixed reader (`page/read.js`); nothing
 * in it is executed and none comes from a server. Its members:
 * - `slug`, `name`; `proven`: the hosts of which a test reads saved pages with it (elsewhere it was written from public
 *   knowledge and nobody has confirmed it: one country's pages prove nothing about another's); `checked`: the day
 *   somebody last looked at it
 * - `hosts`: host names; a subdomain belongs to each
 * - `listing`: patterns searched in path and query; `id` (and `id2`) name the listing's number
 * - `results`: patterns of addresses that never hold a single listing
 * - `fields`: for each field, selectors in order of trust: `selector` (its text) or `selector@attribute`
 * - `access`: selectors that show `logged_in`, `public` (the page offers to sign in), `closed_group`; `closed_words`
 *   are words of the page that show the last
 * - `mask`: selectors of what shows who is looking: account menu, name, picture, delivery address
 */
import alibaba1688 from '../adapters/1688.json' with { type: 'json' };
import firstDibs from '../adapters/1stdibs.json' with { type: 'json' };
import alibaba from '../adapters/alibaba.json' with { type: 'json' };
import aliexpress from '../adapters/aliexpress.json' with { type: 'json' };
import amazon from '../adapters/amazon.json' with { type: 'json' };
import anywhere from '../adapters/anywhere.json' with { type: 'json' };
import avito from '../adapters/avito.json' with { type: 'json' };
import bukalapak from '../adapters/bukalapak.json' with { type: 'json' };
import carousell from '../adapters/carousell.json' with { type: 'json' };
import catawiki from '../adapters/catawiki.json' with { type: 'json' };
import chairish from '../adapters/chairish.json' with { type: 'json' };
import choTot from '../adapters/cho-tot.json' with { type: 'json' };
import craigslist from '../adapters/craigslist.json' with { type: 'json' };
import ebay from '../adapters/ebay.json' with { type: 'json' };
import etsy from '../adapters/etsy.json' with { type: 'json' };
import facebook from '../adapters/facebook.json' with { type: 'json' };
import gumtree from '../adapters/gumtree.json' with { type: 'json' };
import instagram from '../adapters/instagram.json' with { type: 'json' };
import invaluable from '../adapters/invaluable.json' with { type: 'json' };
import jd from '../adapters/jd.json' with { type: 'json' };
import kijiji from '../adapters/kijiji.json' with { type: 'json' };
import kleinanzeigen from '../adapters/kleinanzeigen.json' with { type: 'json' };
import lazada from '../adapters/lazada.json' with { type: 'json' };
import leboncoin from '../adapters/leboncoin.json' with { type: 'json' };
import liveauctioneers from '../adapters/liveauctioneers.json' with { type: 'json' };
import marktplaats from '../adapters/marktplaats.json' with { type: 'json' };
import mercadoLibre from '../adapters/mercado-libre.json' with { type: 'json' };
import mercari from '../adapters/mercari.json' with { type: 'json' };
import milanuncios from '../adapters/milanuncios.json' with { type: 'json' };
import morphmarket from '../adapters/morphmarket.json' with { type: 'json' };
import olx from '../adapters/olx.json' with { type: 'json' };
import pets4homes from '../adapters/pets4homes.json' with { type: 'json' };
import preloved from '../adapters/preloved.json' with { type: 'json' };
import rakutenIchiba from '../adapters/rakuten-ichiba.json' with { type: 'json' };
import rubyLane from '../adapters/ruby-lane.json' with { type: 'json' };
import shopee from '../adapters/shopee.json' with { type: 'json' };
import taobao from '../adapters/taobao.json' with { type: 'json' };
import telegram from '../adapters/telegram.json' with { type: 'json' };
import tiktok from '../adapters/tiktok.json' with { type: 'json' };
import tmon from '../adapters/tmon.json' with { type: 'json' };
import tokopedia from '../adapters/tokopedia.json' with { type: 'json' };
import tradeMe from '../adapters/trade-me.json' with { type: 'json' };
import usedCa from '../adapters/used-ca.json' with { type: 'json' };
import vinted from '../adapters/vinted.json' with { type: 'json' };
import wallapop from '../adapters/wallapop.json' with { type: 'json' };
import x from '../adapters/x.json' with { type: 'json' };
import yahooAuctionsJapan from '../adapters/yahoo-auctions-japan.json' with { type: 'json' };
import yandexMarket from '../adapters/yandex-market.json' with { type: 'json' };

export const ADAPTERS = Object.freeze([
  alibaba,
  alibaba1688,
  aliexpress,
  amazon,
  avito,
  bukalapak,
  carousell,
  catawiki,
  chairish,
  choTot,
  craigslist,
  ebay,
  etsy,
  facebook,
  firstDibs,
  gumtree,
  instagram,
  invaluable,
  jd,
  kijiji,
  kleinanzeigen,
  lazada,
  leboncoin,
  liveauctioneers,
  marktplaats,
  mercadoLibre,
  mercari,
  milanuncios,
  morphmarket,
  olx,
  pets4homes,
  preloved,
  rakutenIchiba,
  rubyLane,
  shopee,
  taobao,
  telegram,
  tiktok,
  tmon,
  tokopedia,
  tradeMe,
  usedCa,
  vinted,
  wallapop,
  x,
  yahooAuctionsJapan,
  yandexMarket,
]);

/** What holds on sites in general: `access` and `mask`, as in an adapter. */
export const ANYWHERE = anywhere;

const host = (url) => {
  try {
    return new URL(url).hostname.replace(/\.$/, '');
  } catch {
    return '';
  }
};
const at = (name, domain) => name === domain || name.endsWith(`.${domain}`);

/**
 * @param {string} url the page's address
 * @returns {{slug: string, name: string, proven: string[], checked: string, hosts: string[], listing: string[],
 *   results: string[], fields: object, access: object, mask: string[]}|null} the adapter for the page's host; null when
 *   there is none, or no host
 */
export const adapterFor = (url) => {
  const name = host(url);
  return ADAPTERS.find((adapter) => adapter.hosts.some((each) => at(name, each))) ?? null;
};

/** Whether pages of this address's host were read with the adapter in a test. */
export const isProven = (adapter, url) => adapter.proven.some((each) => at(host(url), each));

/** @returns {string[]} selectors of all that may show who is looking at this page, the platform's own first */
export const masksFor = (url) => [...new Set([...(adapterFor(url)?.mask ?? []), ...ANYWHERE.mask])];

/**
 * The listing's number in an address, in the case it is written in; two parts are joined with a hyphen, as on the
 * server.
 *
 * @returns {string|null} null when no pattern of the adapter finds one of at most 100 characters
 */
export function numberIn(url, adapter = adapterFor(url)) {
  if (!adapter || !URL.canParse(url)) return null;
  const { pathname, search } = new URL(url);
  for (const pattern of adapter.listing) {
    const match = new RegExp(pattern).exec(pathname + search)?.groups;
    const number = match && [match.id, match.id2].filter(Boolean).join('-');
    if (number && number.length <= 100) return number;
  }
  return null;
}

/** Whether two addresses are of one listing: by its number, else without query and fragment but for a number in it. */
export function isSameListing(first, second) {
  const [one, other] = [first, second].map((url) => {
    if (!URL.canParse(url ?? '')) return null;
    const adapter = adapterFor(url);
    const number = numberIn(url, adapter);
    if (number) return `${adapter.slug} ${number}`;
    const { host: site, pathname, searchParams } = new URL(url);
    return [site, pathname, ...[...searchParams].filter(([, value]) => /\d{3,}/.test(value)).flat()].join(' ');
  });
  return one !== null && one === other;
}

/**
 * What `readPage` needs for an address: its platform's selectors, and the signs of a signed-in page there and on any
 * site.
 *
 * @returns {{fields: object, access: object, anywhere: object}}
 */
export function knownOf(url) {
  const adapter = adapterFor(url);
  return { fields: adapter?.fields ?? {}, access: adapter?.access ?? {}, anywhere: ANYWHERE.access };
}
