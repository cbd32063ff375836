/** On which sites marks may appear: those of the registered platforms, as the server names them. Pure. */

const NAME = /^(?=.{3,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;
const list = (value) => (Array.isArray(value) ? value : []);
const named = (names) => list(names).map((name) => String(name).toLowerCase()).filter((name) => NAME.test(name));

/**
 * @param {{slug, name, domains, hosts}[]} platforms of the vocabulary
 * @returns {string[]} match patterns for scripts and permissions: a domain with all below it, a host alone
 */
export const patterns = (platforms) => [...new Set(list(platforms).flatMap(({ domains, hosts }) => [
  ...named(domains).map((domain) => `*://*.${domain}/*`), ...named(hosts).map((host) => `*://${host}/*`)]))];

/** @returns {object|null} the platform that an address is on */
export function platformAt(platforms, url) {
  if (!URL.canParse(url) || !/^https?:/.test(url)) return null;
  const host = new URL(url).hostname.replace(/\.$/, '');
  return list(platforms).find(({ domains, hosts }) => named(hosts).includes(host) || named(domains).some((domain) => host === domain || host.endsWith(`.${domain}`))) ?? null;
}
