/** What the popup says once a report is flagged: its reference, or why it waits. */
import { t } from '../lib/browser.js';
import { h, icon, note, whole } from '../lib/dom.js';
import { connectionNote, knownNote } from './flag.js';
import { unproven } from './page_part.js';

export function flaggedView(app) {
  const { id } = app.flagged;
  const reference = app.receipts.find((each) => each.id === id)?.reference;
  const item = app.queue.find((each) => each.id === id);
  const problemNote = {
    fix: ['problem', 'exclamation-triangle-fill', 'fixIntro'],
    training: ['warn', 'mortarboard', 'trainingFirst'],
  }[item?.state];
  // Without a pairing that the server knows, nothing leaves by itself.
  const unpaired = !app.connection || Boolean(app.connection.refused);
  return {
    title: 'titleFlagged',
    main: [
      h(
        'div.finished',
        null,
        icon(reference ? 'cloud-check' : 'device-hdd'),
        h(
          'h2',
          { tabindex: '-1', 'data-first': true, id: 'flagged' },
          reference
            ? whole(t('flaggedSent', reference), reference)
            : t(problemNote || unpaired ? 'flaggedHeld' : 'flaggedTitle'),
        ),
        problemNote
          ? note(problemNote[0], problemNote[1], h('bdi', null, item.problem?.detail ?? t(problemNote[2])))
          : connectionNote(app),
        knownNote(app),
        problemNote || unpaired ? null : h('p', null, t('flaggedNext')),
        unproven(app),
        problemNote ? null : h('p.quiet', null, t('nothingElse')),
      ),
    ],
    foot: [
      h('button.button', { type: 'button', onclick: () => app.go('reports') }, icon('list-ul'), t('seeReports')),
      h('p', null, t('neverContact')),
    ],
  };
}
