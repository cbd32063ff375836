/** The settings' section on marks in search results: what they do, the switch, and where they may appear. */
import { t } from '../lib/browser.js';
import { h, note } from '../lib/dom.js';
import { hintsStatus, switchOff, switchOn } from './switch.js';

/** The message key of the last click's outcome. */
let outcomeKey = null;

/**
 * @param {boolean} canFetch whether the word list can be fetched
 * @param {function(string): void} report announces the outcome, then draws the page again
 */
export async function hintsSection(canFetch, report) {
  const { on, platforms, missing, hasList } = await hintsStatus();
  const change = async (work, outcome) => {
    // Ask for permission first: the browser asks only within the click.
    const succeeded = await work().catch(() => false);
    outcomeKey = outcome(succeeded);
    report(t(outcomeKey));
  };
  const requestAccess = (box) =>
    change(
      () => switchOn(platforms),
      (granted) => {
        // Immediately: the page is redrawn only when the word list has been read.
        if (box) box.checked = granted;
        return granted ? 'hintsOn' : 'hintsDenied';
      },
    );
  const toggle = ({ target }) => (target.checked ? requestAccess(target) : change(switchOff, () => 'hintsOff'));
  const switchPart = () => [
    h(
      'label.tick',
      null,
      h('input.box', {
        type: 'checkbox',
        id: 'hints',
        checked: on,
        'aria-describedby': 'hints-asks',
        onchange: toggle,
      }),
      t('hintsSwitch', platforms.length),
    ),
    h('p.small.quiet', { id: 'hints-asks' }, t('hintsAsks')),
    on && missing
      ? h(
          'p',
          null,
          t('hintsNew', missing),
          ' ',
          h('button.link-button', { type: 'button', id: 'hints-add', onclick: () => requestAccess() }, t('hintsAdd')),
        )
      : null,
    h(
      'details.small',
      null,
      h('summary', null, t('hintsWhere')),
      h('p', { dir: 'ltr' }, platforms.map((platform) => platform.name).join(' · ')),
    ),
  ];
  return h(
    'section',
    { 'aria-labelledby': 'hints-title' },
    h('h2', { id: 'hints-title' }, t('hintsTitle')),
    h('p', null, t('hintsText')),
    outcomeKey
      ? note(
          outcomeKey === 'hintsDenied' ? 'warn' : 'good',
          outcomeKey === 'hintsDenied' ? 'info-circle' : 'check-circle-fill',
          t(outcomeKey),
        )
      : null,
    platforms.length
      ? switchPart()
      : h('p.quiet', null, t(hasList ? 'hintsNoSites' : canFetch ? 'hintsNotYet' : 'hintsNoList')),
  );
}
