/** On which sites marks may appear: those of the registered platforms, as the server names them. Pure. */

/** A host's name, and no address in figures. */
const NAME = /^(?=.{1,253}$)(?:[a-z0-9_-]+\.)*(?!\d+$)[a-z0-9_-]+$/;
/**
 * A domain that belongs to everybody: leave for it would be leave for half the web. The server holds every domain
 * against the Public Suffix List; here stands what can be told without it.
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
 * @returns {string[]} match patterns for scripts and permissions: a domain with all below it, a host alone
 */
export const patterns = (platforms) => [
  ...new Set(
    list(platforms).flatMap(({ domains, hosts }) => [
      ...namedDomains(domains).map((domain) => `*://*.${domain}/*`),
      ...namedHosts(hosts).map((host) => `*://${host}/*`),
    ]),
  ),
];

/** @returns {object|null} the platform that an address is on */
export function platformAt(platforms, url) {
  if (!URL.canParse(url) || !/^https?:/.test(url)) return null;
  const host = new URL(url).hostname.replace(/\.$/, '');
  return (
    list(platforms).find(
      ({ domains, hosts }) =>
        namedHosts(hosts).includes(host) ||
        namedDomains(domains).some((domain) => host === domain || host.endsWith(`.${domain}`)),
    ) ?? null
  );
}
