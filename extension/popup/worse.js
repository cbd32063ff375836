/** "Something worse": whom to turn to. By the time this is drawn, what was captured of the page is gone. */
import { openTab, t } from '../lib/browser.js';
import { day, h, icon, note } from '../lib/dom.js';
import { countryOf, COUNTRIES, HOTLINES } from '../lib/hotlines.js';

/** The country chosen here, for this once: nothing of this view is kept. */
let chosen = null;

export function worseView(app) {
  const country = chosen ?? app.country ?? countryOf(navigator.language);
  const lines = HOTLINES[country] ?? {};
  const names = new Intl.DisplayNames([t('langCode')], { type: 'region' });
  const goTo = (url, words) => h('a', { href: url, onclick: (event) => { event.preventDefault(); openTab(url); } }, words, ' ', icon('box-arrow-up-right'));
  const line = (entry) => entry && h('p', { 'data-line': entry.name }, h('b', null, entry.url ? goTo(entry.url, entry.name) : entry.name), entry.phone ? [' ', h('a', { href: `tel:${entry.phone.replace(/[^\d+]/g, '')}`, dir: 'ltr' }, icon('telephone'), ' ', entry.phone)] : null,
    h('span.small.quiet', { style: 'display:block' }, t('worseSource', entry.source, day(entry.read))));
  const part = (title, text, ...more) => h('section.worse', null, h('h2', null, t(title)), h('p.quiet', null, t(text)), more);
  return { title: 'titleWorse', main: [
    note('problem', 'shield-exclamation', t('worseIntro')),
    h('div.field', null, h('label', { for: 'country' }, t('worseCountry')),
      h('select', { id: 'country', onchange: (event) => { chosen = event.target.value; app.draw(); document.getElementById('country')?.focus(); } },
        [...new Set([...(country ? [country] : []), ...COUNTRIES])].map((code) => h('option', { value: code, selected: code === country }, names.of(code))))),
    part('worseChild', lines.child ? 'worseChildDo' : 'worseChildNone', line(lines.child), h('p', null, goTo('https://www.inhope.org/', t('worseInhope')))),
    part('worsePeople', lines.people ? 'worsePeopleDo' : 'worsePeoplePolice', line(lines.people)),
    part('worseDanger', 'worseDangerDo'),
    part('worseOther', 'worseOtherDo', h('p', null, goTo('https://www.europol.europa.eu/report-a-crime', t('worseEuropol')))),
  ], foot: [h('button.button', { type: 'button', onclick: () => window.close() }, t('worseDone')), h('p', null, t('worseCare'))] };
}
