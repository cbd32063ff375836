/** The sites on which marks may appear: those of the registered platforms, as the server names them. Pure. */

/** A host name, not an IP address. */
const NAME = /^(?=.{1,253}$)(?:[a-z0-9_-]+\.)*(?!\d+$)[a-z0-9_-]+$/;
/**
 * A public suffix: permission for it would be permission for half the web. The server checks every domain against the
 * Public Suffix List; this pattern holds what can be told without it.
 */
const SHARED_DOMAIN = /^(?:[^.]+|(?:ac|co|com|edu|gov|ne|net|or|org)\.[a-z]{2})$/;
const list = (value) => (Array.isArray(value) ? value : []);
const namedHosts = (names) =>
  list(names)
    .map((name) => String(name).toLowerCase())
    .filter((name) => NAME.test(name));
const namedDomains = (names) => namedHosts(names).filter((name) => !SHARED_DOMAIN.test(name));

/**
 * @param {{slug, name, domains, hosts}[]} platforms of the vocabulary
 * @returns {string[]} match patterns for scripts and permissions: a domain with its subdomains, a host alone
 */
export const patterns = (platforms) => [
  ...new Set(
    list(platforms).flatMap(({ domains, hosts }) => [
      ...namedDomains(domains).map((domain) => `*://*.${domain}/*`),
      ...namedHosts(hosts).map((host) => `*://${host}/*`),
    ]),
  ),
];

/** A host's own name, and the path that it is named with: `/`, or `/jp/`. */
const placeOf = (name) => {
  const [host, ...path] = String(name).split('/');
  return { host: host.toLowerCase(), start: ['', ...path, ''].join('/') };
};

/**
 * @returns {object|null} the platform that an address is on. As on the server, an exact host goes before any domain,
 *   and of a host's paths the longest goes first.
 */
export function platformAt(platforms, url) {
  if (!URL.canParse(url) || !/^https?:/.test(url)) return null;
  const { hostname, pathname } = new URL(url);
  const host = hostname.replace(/\.$/, '');
  const [named] = list(platforms)
    .flatMap((platform) => list(platform.hosts).map((name) => ({ platform, ...placeOf(name) })))
    .filter((place) => NAME.test(place.host) && place.host === host && `${pathname}/`.startsWith(place.start))
    .sort((one, other) => other.start.length - one.start.length);
  const below = ({ domains }) => namedDomains(domains).some((name) => host === name || host.endsWith(`.${name}`));
  return named?.platform ?? list(platforms).find(below) ?? null;
}
