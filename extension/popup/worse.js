/** "Something worse": whom to turn to. By the time this is drawn, what was captured of the page is gone. */
import { openTab, passing, t } from '../lib/browser.js';
import { day, h, icon, note } from '../lib/dom.js';
import { countryOf, COUNTRIES, HOTLINES } from '../lib/hotlines.js';

/** The country chosen here, for this once: nothing of this view is kept. */
let chosen = null;

/** The rule that keeps a spotter safe, and the way here: at the foot of the first view and of the reports. */
export const never = (app) =>
  h(
    'p',
    null,
    t('neverContact'),
    ' ',
    h('button.link-button', { type: 'button', id: 'open-worse', onclick: () => worse(app) }, t('somethingWorse')),
  );

function worse(app) {
  if (app.form) drop(app);
  app.go('worse');
}

/** What was captured and said is dropped at once: the next view must keep nothing of this page. */
function drop(app) {
  Object.assign(app, { captured: null, dropped: true, looked: false });
  if (app.shot) URL.revokeObjectURL(app.shot);
  Object.assign(app.form, { words: '', title: '', picks: [], species: '', taxon: null });
  app.left_out.clear();
  app.keep(null);
  passing.remove('link');
  app.letGo();
  app.shot = null;
}

export function worseView(app) {
  const stays = app.panel || !app.tab; // beside the page or in a tab of its own: nothing was read, and it is not closed
  const country = chosen ?? app.country ?? countryOf(navigator.language);
  const lines = HOTLINES[country] ?? {};
  const names = new Intl.DisplayNames([t('langCode')], { type: 'region' });
  const goTo = (url, words) =>
    h(
      'a',
      {
        href: url,
        onclick: (event) => {
          event.preventDefault();
          openTab(url);
        },
      },
      words,
      ' ',
      icon('box-arrow-up-right'),
    );
  const line = (entry) =>
    entry &&
    h(
      'p',
      { 'data-line': entry.name },
      h('b', null, entry.url ? goTo(entry.url, entry.name) : entry.name),
      entry.phone
        ? [
            ' ',
            h(
              'a',
              { href: `tel:${entry.phone.replace(/[^\d+]/g, '')}`, dir: 'ltr' },
              icon('telephone'),
              ' ',
              entry.phone,
            ),
          ]
        : null,
      h('span.small.quiet', { style: 'display:block' }, t('hotlinesSource', entry.source, day(entry.read))),
    );
  const part = (title, text, ...more) =>
    h('section.worse', null, h('h2', null, t(title)), h('p.quiet', null, t(text)), more);
  return {
    title: 'titleHotlines',
    back: stays ? 'reports' : null,
    main: [
      note('problem', 'shield-exclamation', t(stays ? 'hotlinesIntroPanel' : 'hotlinesIntro')),
      h(
        'div.field',
        null,
        h('label', { for: 'country' }, t('hotlinesCountry')),
        h(
          'select',
          {
            id: 'country',
            onchange: (event) => {
              chosen = event.target.value;
              app.draw();
              document.getElementById('country')?.focus();
            },
          },
          [...new Set([...(country ? [country] : []), ...COUNTRIES])].map((code) =>
            h('option', { value: code, selected: code === country }, names.of(code)),
          ),
        ),
      ),
      part(
        'hotlinesChild',
        lines.child ? 'hotlinesChildDo' : 'hotlinesChildNone',
        line(lines.child),
        h('p', null, goTo('https://www.inhope.org/', t('hotlinesInhope'))),
      ),
      part('hotlinesPeople', lines.people ? 'hotlinesPeopleDo' : 'hotlinesPeoplePolice', line(lines.people)),
      part('hotlinesDanger', 'hotlinesDangerDo'),
      part(
        'hotlinesOther',
        'hotlinesOtherDo',
        h('p', null, goTo('https://www.europol.europa.eu/report-a-crime', t('hotlinesEuropol'))),
      ),
    ],
    foot: [
      h(
        'button.button',
        { type: 'button', id: 'worse-done', onclick: () => (stays ? app.go('reports') : window.close()) },
        t('hotlinesDone'),
      ),
      h('p', null, t('hotlinesCare')),
    ],
  };
}
