/** The second view: every datum that would leave, each with a tick; the address goes always. */
import { t } from '../lib/browser.js';
import { address, day, h, money } from '../lib/dom.js';
import { available, sending } from '../lib/report.js';
import { ACCESS } from '../lib/words.js';
import { flagButton } from './flag.js';

export function checkView(app) {
  if (!app.captured?.flaggable) return { title: 'titleFlag', back: 'flag', main: [h('p.quiet', null, t('reading'))] };
  const fields = available(app.captured);
  return { title: 'titleFlag', back: 'flag', foot: [flagButton(app)], main: [
    h('div.sheet-head', null, h('h2', { id: 'count', tabindex: '-1', 'data-first': true, 'aria-live': 'polite' }, count(app)),
      h('button.text-button', { type: 'button', id: 'done', onclick: () => app.go('flag', 'open-check') }, t('done'))),
    h('ul.data', null, fields.map((field) => row(app, field)), app.captured.too_long.map((field) =>
      h('li', null, h('span'), h('span.small.quiet', null, t(`field_${field}`)), h('span.small.quiet', null, t('tooLongPlain')))),
      app.captured.screenshot ? null : h('li', null, h('span'), h('span.small.quiet', null, t('field_screenshot')), h('span.small.quiet', null, t('screenshotNone')))),
    h('fieldset', null, h('legend', null, t('access')), h('div.seg', { style: 'margin-top:6px' }, ACCESS.map((word) => h('label', null,
      h('input', { type: 'radio', name: 'access', value: word, checked: app.form.access === word, onchange: () => { app.form.access = word; app.keepDraft(); } }), h('span', null, t(`access_${word}`)))))),
  ] };
}

const count = (app) => t('willBeSent', sending(app.captured, app.left_out).length, available(app.captured).length);

function row(app, field) {
  const always = field === 'url';
  const value = h('div.value', null, shown(app.captured, field));
  const paint = () => value.classList.toggle('out', app.left_out.has(field));
  paint();
  return h('li', null,
    h('input.box', { type: 'checkbox', id: `send-${field}`, checked: always || !app.left_out.has(field), disabled: always, onchange: (event) => {
      if (event.target.checked) app.left_out.delete(field);
      else app.left_out.add(field);
      paint();
      document.getElementById('count').textContent = count(app);
      app.keepDraft();
    } }),
    h('label', { for: `send-${field}` }, t(`field_${field}`)), value);
}

function shown({ listing, from, url, screenshot, client }, field) {
  const value = listing[field];
  const origin = from[field] ? h('span.small.least', null, ' ', t(`from_${from[field].replace('-', '_')}`)) : null;
  const ad = (text) => h('span.clamp', { dir: 'auto', lang: listing.language }, text);
  switch (field) {
    case 'url': return [address(url), h('div.small.least', null, t('always'))];
    case 'price': return [h('bdi', null, money(value)), origin];
    case 'seller': return [ad(value.name), origin, value.url ? h('div.small.least.clamp', null, address(value.url)) : null];
    case 'images': return value.length === 1 ? t('addressOne') : t('addresses', value.length);
    case 'structured_data': return value.length === 1 ? t('objectOne') : t('objects', value.length);
    case 'posted_at': return [day(value), origin];
    case 'screenshot': return t('screenshotSize', Math.max(1, Math.round(screenshot.size / 1024)));
    case 'client': return h('span.small.clamp', null, [`Cyber Spotter ${client.extension_version}`, client.viewport, client.browser].filter(Boolean).join(', '));
    default: return [ad(value), origin];
  }
}
