/** Settings of what a spotter sees and when they rest. */
import { settings, t } from '../lib/browser.js';
import { BREAK_AFTER } from '../lib/breaks.js';
import { h } from '../lib/dom.js';
import { COUNTRIES } from '../lib/hotlines.js';
import { countryOf } from '../lib/country.js';
import { CATEGORIES } from '../lib/words.js';

/** Groups of species in the list that have a name here; "plant" is a category as well, and one word serves both. */
const GROUPS = ['mammal', 'bird', 'reptile', 'amphibian', 'fish', 'invertebrate', 'timber'];

/** A setting that is on until somebody switches it off. */
export const tickBox = (id, name, value, label) =>
  h(
    'label.tick',
    null,
    h('input.box', {
      type: 'checkbox',
      id,
      checked: value !== false,
      onchange: (event) => settings.set({ [name]: event.target.checked }),
    }),
    label,
  );

/**
 * What a person sees, and when they rest: kept on this device, told to nobody; categories are named when re-checks are
 * asked for.
 */
export function wellbeing({ pictures, rest, opted_out, country, vocabulary }) {
  const listed = new Set((vocabulary?.taxa ?? []).map((taxon) => taxon.group));
  const groups = GROUPS.filter((group) => listed.has(group));
  const topic = (id, label) =>
    h(
      'label.tick',
      null,
      h('input.box', {
        type: 'checkbox',
        id: `topic-${id}`,
        checked: opted_out.includes(id),
        onchange: async (event) => {
          const current = (await settings.get('opted_out')) ?? [];
          await settings.set({
            opted_out: event.target.checked ? [...new Set([...current, id])] : current.filter((each) => each !== id),
          });
        },
      }),
      label,
    );
  const names = new Intl.DisplayNames([t('langCode')], { type: 'region' });
  const ownCountry = country ?? countryOf(navigator.language);
  return h(
    'section',
    { id: 'wellbeing' },
    h('h2', null, t('wellbeing')),
    h('p', null, h('strong', null, t('neverContact')), ' ', t('neverContactWhy')),
    h(
      'div.field',
      null,
      h('label', { for: 'pictures' }, t('picturesUntil')),
      h(
        'select',
        { id: 'pictures', onchange: (event) => settings.set({ pictures: event.target.value }) },
        ['blurred', 'grey'].map((word) =>
          h('option', { value: word, selected: (pictures ?? 'blurred') === word }, t(`pictures_${word}`)),
        ),
      ),
    ),
    tickBox('rest', 'rest', rest, t('restSetting', BREAK_AFTER)),
    h(
      'fieldset',
      null,
      h('legend', null, t('topics')),
      h('p.small.quiet', null, t('topicsHint')),
      CATEGORIES.map((word) => topic(word, t(`category_${word}`))),
      groups.map((group) => topic(group, t(`group_${group}`))),
    ),
    h(
      'div.field',
      null,
      h('label', { for: 'country' }, t('countrySetting')),
      h(
        'select',
        { id: 'country', onchange: (event) => settings.set({ country: event.target.value }) },
        [...new Set([...(ownCountry ? [ownCountry] : []), ...COUNTRIES])].map((code) =>
          h('option', { value: code, selected: code === ownCountry }, names.of(code)),
        ),
      ),
    ),
  );
}
