/** The side panel: what waits, what became of it, what is asked. It stays open beside the pages; it reads none of them. */
import { shell } from '../lib/shell.js';
import { reportsView } from '../popup/reports.js';

const app = shell({ reports: reportsView }, { view: 'reports', panel: true });
await app.lookAgain();
app.draw();
globalThis.cyberSpotter = app;
