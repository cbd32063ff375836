/** Builds pages: elements from names and text. Text is always text: nothing from a page is ever parsed as markup. */
import { locale, t } from './browser.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * `h('p.small.quiet', {lang: 'en'}, 'text', child)`; a property `on…` listens, `null`, `false` and `undefined` are left
 * out.
 */
export function h(name, properties, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (['value', 'checked', 'disabled', 'indeterminate', 'selected', 'open'].includes(key)) element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Icons that are mirrored in right-to-left languages. */
const DIRECTIONAL = new Set([
  'arrow-left',
  'arrow-counterclockwise',
  'box-arrow-up-right',
  'chat-left-dots',
  'layout-sidebar-reverse',
  'list-ul',
  'reply',
  'send',
]);

/** An icon of the sprite; hidden from screen readers, which read the word beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  if (DIRECTIONAL.has(name)) svg.dataset.along = '';
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `../icons/sprite.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A status: icon, word, colour; never the colour alone. */
export function chip(word, symbol, tint) {
  const element = h('span.st', { 'data-status': tint }, icon(symbol), word);
  element.style.setProperty('--chip', `var(--st-${tint})`);
  element.style.setProperty('--chip-bg', `var(--st-${tint}-bg)`);
  return element;
}

export const note = (kind, symbol, ...children) =>
  h(`div.note.${kind}`, null, icon(symbol), h('div', null, ...children));

/** Does `work`, which reads what is stored. Where nothing is stored (Firefox, in a private window), `place` says so. */
export async function fromStorage(place, work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof DOMException) {
      place.replaceChildren(
        h('h1', null, t('name')),
        note('problem', 'exclamation-triangle-fill', h('p', { role: 'alert' }, t('noStorage'))),
      );
    }
    throw error;
  }
}

/** The heading of a part of a list, with a button beside it. */
export const section = (title, button = null) => h('div.section', null, h('h2', null, title), button);
export const linkButton = (id, label, onclick) => h('button.link-button', { type: 'button', id, onclick }, label);
/** A sentence in which a reference such as `R-4F2K` never breaks behind its hyphen. */
export const whole = (sentence, reference) =>
  sentence.split(reference).flatMap((part, at) => (at ? [h('bdi.reference', null, reference), part] : [part]));

/** A listing's title as a heading; its site where it has none. */
export const listingTitle = (title, url, language) =>
  h('h3.clamp', { dir: 'auto', lang: title ? language : null }, title || new URL(url).hostname);

/** Language and direction of the page come with the texts, not from the browser's setting. */
export function setLanguage() {
  document.documentElement.lang = t('langCode');
  document.documentElement.dir = t('dir');
}

/** An address that breaks where a reader would break it. */
export const address = (url) =>
  h(
    'bdi.address',
    null,
    String(url)
      .split(/(?<=[/?&])/)
      .flatMap((part) => [part, h('wbr')]),
  );

export const formatDay = (iso) =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(iso));
export const formatMoment = (iso) =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(iso),
  );
/** A duration in words; the browser knows each language's plurals. */
export const formatDuration = (ms) => {
  const [unit, count] =
    ms < 90_000 ? ['second', Math.max(1, Math.round(ms / 1000))] : ['minute', Math.round(ms / 60_000)];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(count);
};

/** A price as this language writes it; as the page wrote it where that cannot be formatted. */
export function formatMoney({ amount, currency, text }) {
  if (text && !/^[\d.]+(?: [A-Z]{3})?$/.test(text)) return text;
  try {
    return new Intl.NumberFormat(locale(), {
      style: 'currency',
      currency,
      minimumFractionDigits: amount.endsWith('.00') ? 0 : undefined,
    }).format(Number(amount));
  } catch {
    return text ?? amount;
  }
}
