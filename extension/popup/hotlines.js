/** "Something worse?": whom to tell. By the time this is drawn, the capture of the page is gone. */
import { openTab, passing, t } from '../lib/browser.js';
import { formatDay, h, icon, note } from '../lib/dom.js';
import { COUNTRIES, HOTLINES } from '../lib/hotlines.js';
import { countryOf } from '../lib/country.js';

/** The country chosen here, for now only: nothing of this view is kept. */
let chosenCountry = null;

/** The safety rule, and the link to this view: at the foot of the first view and of the reports. */
export const safetyRule = (app) =>
  h(
    'p',
    null,
    t('neverContact'),
    ' ',
    h(
      'button.link-button',
      { type: 'button', id: 'open-hotlines', onclick: () => openHotlines(app) },
      t('somethingWorse'),
    ),
  );

function openHotlines(app) {
  if (app.form) discardPage(app);
  app.go('hotlines');
}

/** Drops the capture and the form at once: the next view must keep nothing of this page. */
function discardPage(app) {
  Object.assign(app, { captured: null, dropped: true, pictureShown: false });
  if (app.screenshotUrl) URL.revokeObjectURL(app.screenshotUrl);
  Object.assign(app.form, { words: '', title: '', picks: [], species: '', taxon: null });
  app.left_out.clear();
  app.keep(null);
  passing.remove('link');
  app.releaseCapture();
  app.screenshotUrl = null;
}

export function hotlinesView(app) {
  // In the panel or in a tab of its own: nothing of a page was read, and the view is not closed.
  const standsAlone = app.panel || !app.tab;
  const country = chosenCountry ?? app.country ?? countryOf(navigator.language);
  const lines = HOTLINES[country] ?? {};
  const names = new Intl.DisplayNames([t('langCode')], { type: 'region' });
  const link = (url, words) =>
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
      { 'data-line': entry.name ?? entry.phone },
      entry.name ? h('b', null, entry.url ? link(entry.url, entry.name) : entry.name) : null,
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
      h('span.small.quiet', { style: 'display:block' }, t('hotlinesSource', entry.source, formatDay(entry.read))),
    );
  const hotlineSection = (title, text, ...more) =>
    h('section.hotline', null, h('h2', null, t(title)), h('p.quiet', null, t(text)), more);
  return {
    title: 'titleHotlines',
    back: standsAlone ? 'reports' : null,
    main: [
      note('problem', 'shield-exclamation', t(standsAlone ? 'hotlinesIntroPanel' : 'hotlinesIntro')),
      h(
        'div.field',
        null,
        h('label', { for: 'country' }, t('hotlinesCountry')),
        h(
          'select',
          {
            id: 'country',
            onchange: (event) => {
              chosenCountry = event.target.value;
              app.draw();
              document.getElementById('country')?.focus();
            },
          },
          [...new Set([...(country ? [country] : []), ...COUNTRIES])].map((code) =>
            h('option', { value: code, selected: code === country }, names.of(code)),
          ),
        ),
      ),
      hotlineSection(
        'hotlinesChild',
        lines.child ? 'hotlinesChildDo' : 'hotlinesChildNone',
        line(lines.child),
        h('p', null, link('https://www.inhope.org/', t('hotlinesInhope'))),
      ),
      hotlineSection('hotlinesPeople', lines.people ? 'hotlinesPeopleDo' : 'hotlinesPeoplePolice', line(lines.people)),
      hotlineSection(
        'hotlinesDanger',
        lines.emergency ? 'hotlinesDangerDo' : 'hotlinesDangerNone',
        line(lines.emergency),
      ),
      hotlineSection(
        'hotlinesOther',
        'hotlinesOtherDo',
        h('p', null, link('https://www.europol.europa.eu/report-a-crime', t('hotlinesEuropol'))),
      ),
      hotlineSection(
        'hotlinesWildlife',
        lines.wildlife ? 'hotlinesWildlifeDo' : 'hotlinesWildlifeNone',
        line(lines.wildlife),
      ),
    ],
    foot: [
      h(
        'button.button',
        { type: 'button', id: 'hotlines-done', onclick: () => (standsAlone ? app.go('reports') : window.close()) },
        t('hotlinesDone'),
      ),
      h('p', null, t('hotlinesCare')),
    ],
  };
}
