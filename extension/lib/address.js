/**
 * Removes the volunteer from addresses: session and account parameters, and their names as found where the page greets
 * them. Pure. What is not known to be personal stays: in one shop or another any unknown parameter names the listing.
 */
import {
  decode,
  either,
  NAMES_A_PERSON,
  personal,
  PHONE,
  RANDOM,
  sentBy,
  SESSION_SEGMENT,
  shared,
  tracks,
} from './sharers.js';
import { identifies } from './names.js';

function cleanQuery(query, path, host, namePatterns) {
  const doubtful = [];
  const pairs = query
    .split('&')
    .map((pair) => {
      const [name, ...rest] = pair.split('=');
      const value = decode(rest.join('='));
      if (personal(name) || tracks(name) || shared(name, host) || sentBy(name, value)) return null;
      if (PHONE.test(value)) return null;
      if (identifies(value, namePatterns) || identifies(decode(name), namePatterns)) {
        return null;
      }
      if (either(name)) {
        if (!RANDOM.test(value)) doubtful.push(pair);
        return null;
      }
      // An address within an address: where to return to, what to share.
      if (/^(?:https?:\/\/|\/(?!\/)).*[?#;]/i.test(value)) {
        const clean = cleanAddress(value, namePatterns);
        return clean === value ? pair : clean && `${name}=${encodeURIComponent(clean)}`;
      }
      return pair;
    })
    .filter(Boolean);
  return (!pairs.length && NAMES_A_PERSON.test(path) ? doubtful : pairs).join('&');
}

function cleanPath(path, namePatterns) {
  const segments = path
    .split('/')
    .map((segment) => segment.replace(/;\s*\w*(?:session|sess|sid)\w*=[^;]*/gi, ''))
    .filter((segment, at) => at === 0 || !SESSION_SEGMENT.test(decode(segment)));
  return segments.map((segment) => (identifies(decode(segment), namePatterns) ? '-' : segment)).join('/');
}

function cleanFragment(fragment, host, namePatterns) {
  const [route] = fragment.split(':~:');
  if (/^[!/]/.test(route)) {
    const [path, ...query] = route.split('?');
    const left = query.length ? cleanQuery(query.join('?'), path, host, namePatterns) : '';
    return cleanPath(path, namePatterns) + (left && `?${left}`);
  }
  if (route.includes('=')) return cleanQuery(route, '', host, namePatterns);
  return identifies(decode(route), namePatterns) ? '' : route;
}

/**
 * An address without what identifies the viewer: user info, session and account parameters, tokens, email addresses,
 * the names given, and tracking. The rest stays as it was written, in its order.
 *
 * @param {string} address absolute http(s), or beginning with "/"
 * @param {RegExp[]} namePatterns see `patterns`
 * @returns {string|null} null when it is not an address
 */
export function cleanAddress(address, namePatterns = []) {
  if (!URL.canParse(address, 'http://relative.invalid')) return null;
  const url = new URL(address, 'http://relative.invalid');
  if (!/^https?:$/.test(url.protocol)) return null;
  const path = cleanPath(url.pathname, namePatterns);
  const query = cleanQuery(url.search.slice(1), url.pathname, url.hostname, namePatterns);
  const fragment = cleanFragment(url.hash.slice(1), url.hostname, namePatterns);
  if (
    !url.username &&
    !url.password &&
    path === url.pathname &&
    query === url.search.slice(1) &&
    fragment === url.hash.slice(1)
  ) {
    return address;
  }
  const tail = `${path}${query && `?${query}`}${fragment && `#${fragment}`}`;
  return url.host === 'relative.invalid' ? tail : `${url.protocol}//${url.host}${tail}`;
}
