/** "Something worse": whom to turn to. By the time this is drawn, what was captured of the page is gone. */
import { openTab, t } from '../lib/browser.js';
import { h, icon, note } from '../lib/dom.js';

export function worseView() {
  const part = (title, text, link, url) => h('section.worse', null, h('h2', null, t(title)), h('p.quiet', null, t(text)),
    link ? h('p', null, h('a', { href: url, onclick: (event) => { event.preventDefault(); openTab(url); } }, t(link), ' ', icon('box-arrow-up-right'))) : null);
  return { title: 'titleWorse', main: [
    note('problem', 'shield-exclamation', t('worseIntro')),
    part('worseChild', 'worseChildDo', 'worseInhope', 'https://www.inhope.org/'),
    part('worseDanger', 'worseDangerDo'),
    part('worseOther', 'worseOtherDo', 'worseEuropol', 'https://www.europol.europa.eu/report-a-crime'),
  ], foot: [h('button.button', { type: 'button', onclick: () => window.close() }, t('worseDone')), h('p', null, t('worseCare'))] };
}
