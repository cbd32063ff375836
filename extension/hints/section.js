/** The settings' section on marks in search results: what they do, the switch, and where they may appear. */
import { t } from '../lib/browser.js';
import { h, note } from '../lib/dom.js';
import { standing, switchOff, switchOn } from './switch.js';

/** What the last click came to. */
let said = null;

/**
 * @param {boolean} paired whether the word list can be fetched
 * @param {function(string): void} done says the outcome, then draws the page anew
 */
export async function hintsSection(paired, done) {
  const { on, platforms, missing, come } = await standing();
  const act = async (work, outcome) => {
    // The first thing done in the click is to ask: the browser asks at no other time.
    const worked = await work().catch(() => false);
    said = outcome(worked);
    done(t(said));
  };
  const ask = () =>
    act(
      () => switchOn(platforms),
      (given) => (given ? 'hintsOn' : 'hintsDenied'),
    );
  const flip = (event) => (event.target.checked ? ask() : act(switchOff, () => 'hintsOff'));
  const switching = () => [
    h(
      'label.tick',
      null,
      h('input.box', { type: 'checkbox', id: 'hints', checked: on, 'aria-describedby': 'hints-asks', onchange: flip }),
      t('hintsSwitch', platforms.length),
    ),
    h('p.small.quiet', { id: 'hints-asks' }, t('hintsAsks')),
    on && missing
      ? h(
          'p',
          null,
          t('hintsNew', missing),
          ' ',
          h('button.link-button', { type: 'button', id: 'hints-also', onclick: ask }, t('hintsAdd')),
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
    said
      ? note(
          said === 'hintsDenied' ? 'warn' : 'good',
          said === 'hintsDenied' ? 'info-circle' : 'check-circle-fill',
          t(said),
        )
      : null,
    platforms.length
      ? switching()
      : h('p.quiet', null, t(come ? 'hintsNoSites' : paired ? 'hintsNotYet' : 'hintsNoList')),
  );
}
