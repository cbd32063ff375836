/** The side panel: the same list of reports as in the popup. It stays open beside the pages and reads none of them. */
import { shell } from '../lib/shell.js';
import { freshen, reportsView } from '../popup/reports.js';
import { hotlinesView } from '../popup/hotlines.js';

const app = shell({ reports: reportsView, hotlines: hotlinesView }, { view: 'reports', panel: true });
await app.start();
// It may stay open for hours: the list is refreshed now and then, while somebody can see it.
const REFRESH_MS = 5 * 60_000;
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) freshen(app);
});
setInterval(() => {
  if (!document.hidden && navigator.onLine) freshen(app);
}, REFRESH_MS);
globalThis.cyberSpotter = app;
