/** The one file that calls the browser's extension APIs; Chromium and Firefox differ only here. */
import { disk } from './database.js';

const api = () => globalThis.browser ?? globalThis.chrome;

/**
 * The text for a key of `_locales`, in the browser's language. `$1`, `$2` are filled in order: a number as this
 * language writes it, a text of the other direction isolated so that it cannot reorder the sentence around it.
 */
export const t = (key, ...values) => api().i18n.getMessage(key, values.map(filledIn)) || key;
/**
 * The language of the texts, for dates, numbers and prices; with the digits that addresses, prices and references have.
 */
export const locale = () => `${t('langCode')}-u-nu-latn`;
const OTHER_DIRECTION = {
  ltr: /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u,
  rtl: /\p{Letter}/u,
};
const filledIn = (value) =>
  typeof value === 'number'
    ? new Intl.NumberFormat(locale()).format(value)
    : OTHER_DIRECTION[t('dir')]?.test(value)
      ? `\u2068${value}\u2069`
      : String(value);
/** The person's languages as two or three letters, best first: that of the texts, then those set in the browser. */
export const languages = () => [
  ...new Set([t('langCode'), ...navigator.languages].map((code) => code.split('-')[0].toLowerCase())),
];
export const version = () => api().runtime.getManifest().version;

/**
 * Settings: `paused_until`, `retry_base`, `receipts`, `reports`, `vocabulary`, `lexicon`, `single_keys`, `hints`,
 * `opted_out` as JSON in the browser's storage. `connection` and `pairing` are kept apart, for they hold the device's
 * key: in Firefox a content script may read that storage.
 */
const SECRET_NAMES = ['connection', 'pairing'];
const secrets = disk('cyber-spotter-keys', 'keys');
export const settings = {
  get: async (name) => (await settings.several([name]))[name],
  several: async (names) => {
    const secret = names.filter((name) => SECRET_NAMES.includes(name));
    const [open, stored] = await Promise.all([
      api().storage.local.get(names.filter((name) => !secret.includes(name))),
      secret.length
        ? secrets('readonly', (store, give) => {
            const values = {};
            secret.forEach((name) => {
              store.get(name).onsuccess = (event) => {
                values[name] = event.target.result;
              };
            });
            give(values);
          })
        : {},
    ]);
    return { ...open, ...stored };
  },
  set: async (values) => {
    const secret = Object.keys(values).filter((name) => SECRET_NAMES.includes(name));
    const open = Object.fromEntries(Object.entries(values).filter(([name]) => !secret.includes(name)));
    if (Object.keys(open).length) await api().storage.local.set(open);
    if (secret.length) await secrets('readwrite', (store) => secret.forEach((name) => store.put(values[name], name)));
  },
  remove: async (...names) => {
    await secrets('readwrite', (store) => names.forEach((name) => store.delete(name)));
    await api().storage.local.remove(names);
  },
};
/** Passed from one popup to the next: kept in memory only, gone with the browser. */
export const passing = {
  get: async (name) => (await api().storage.session?.get(name))?.[name],
  set: (name, value) => api().storage.session?.set({ [name]: value }),
  remove: (...names) => api().storage.session?.remove(names),
};
/** Keeps own reports out of reach of scripts that run in pages. Firefox has no such access level. */
export const guardSettings = () => api().storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });

/** @returns {Promise<{id, windowId, url, title}>} the tab the person clicked on */
export const activeTab = async () => (await api().tabs.query({ active: true, currentWindow: true }))[0];
const inside = (tab) => ({ tabId: tab.id, ...(tab.frameId ? { frameIds: [tab.frameId] } : {}) });
/**
 * Runs a self-contained function in the tab's page (or in its frame `tab.frameId`) and returns its result; throws where
 * the browser forbids it.
 */
export const runIn = async (tab, func, ...args) =>
  (await api().scripting.executeScript({ target: inside(tab), func, args }))[0]?.result;
/** Loads scripts of the extension into the tab's page, in this order, for a function that is then run there. */
export const loadIn = (tab, files) => api().scripting.executeScript({ target: inside(tab), files });
/** @returns {Promise<Blob>} the visible part of the tab, as JPEG; throws where another tab is in front */
export const picture = async (tab) => {
  const take = () => api().tabs.captureVisibleTab(tab.windowId, { format: 'jpeg', quality: 80 });
  // Browsers allow two pictures a second: a popup opened twice in quick succession waits.
  const data = await take().catch(() =>
    new Promise((resolve) => {
      setTimeout(resolve, 600);
    }).then(take),
  );
  // A popup in a window of its own stays open while the person turns to another tab.
  if (!(await api().tabs.get(tab.id)).active) throw new Error('Another tab is in front.');
  return new Blob([Uint8Array.from(atob(data.slice(data.indexOf(',') + 1)), (sign) => sign.charCodeAt(0))], {
    type: 'image/jpeg',
  });
};

/** Sends a message; it is no error when nobody listens. */
export const send = (type, more = {}) =>
  api()
    .runtime.sendMessage({ type, ...more })
    .catch(() => undefined);
/** Calls `handlers[type](message, sender)` for each message of the extension itself, its scripts in pages included. */
export const listen = (handlers) =>
  api().runtime.onMessage.addListener((message, sender, answer) => {
    if (sender.id !== api().runtime.id || !handlers[message?.type]) return undefined;
    Promise.resolve(handlers[message.type](message, sender)).then(
      (value) => answer(value ?? null),
      () => answer(null),
    );
    return true;
  });

/**
 * Wakes the worker at a time (ms), or cancels that when it is null. The browser may wait up to half a minute longer.
 */
export const wakeAt = (name, when) => (when === null ? api().alarms.clear(name) : api().alarms.create(name, { when }));
/** Wakes the worker at intervals; set only when missing, so that a restart does not postpone it. */
export const wakeEvery = async (name, minutes) => {
  if (!(await api().alarms.get(name))) await api().alarms.create(name, { periodInMinutes: minutes });
};
export const wokenBy = (handler) => api().alarms.onAlarm.addListener((alarm) => handler(alarm.name));
export const started = (handler) => {
  api().runtime.onInstalled.addListener(handler);
  api().runtime.onStartup.addListener(handler);
};

/**
 * Permission to read pages of sites (match patterns), requested and revoked at run time. `ask` works only in a click.
 */
export const hostAccess = {
  ask: (origins) => api().permissions.request({ origins }),
  has: (origins) => api().permissions.contains({ origins }),
  all: async () => (await api().permissions.getAll()).origins ?? [],
  drop: (origins) => api().permissions.remove({ origins }),
  changed: (handler) => {
    api().permissions.onRemoved.addListener(handler);
    api().permissions.onAdded.addListener(handler);
  },
};
/** A content script of the extension: its files, in the order in which they run. Kept over restarts. */
export const contentScript = {
  set: async (id, files, matches) => {
    if (!matches.length) return contentScript.remove(id);
    const script = { id, js: files, matches, runAt: 'document_idle', persistAcrossSessions: true };
    const registered = await api().scripting.getRegisteredContentScripts({ ids: [id] });
    return registered.length
      ? api().scripting.updateContentScripts([script])
      : api().scripting.registerContentScripts([script]);
  },
  remove: async (id) => {
    const registered = await api().scripting.getRegisteredContentScripts({ ids: [id] });
    if (registered.length) await api().scripting.unregisterContentScripts({ ids: [id] });
  },
};

/** The number of waiting reports on the toolbar button; nothing when there are none. */
export const badge = async (count) => {
  await api().action.setBadgeBackgroundColor({ color: '#12535C' });
  await api().action.setBadgeTextColor?.({ color: '#FFFFFF' });
  await api().action.setBadgeText({ text: count ? String(count) : '' });
  await api().action.setTitle({ title: count ? t('actionWaiting', count) : t('actionTitle') });
};

/**
 * The context-menu entry of links and pictures, created again at each start: the browser's language may have changed.
 */
export const offerMenu = async (title) => {
  await api().contextMenus.removeAll();
  api().contextMenus.create({
    id: 'flag',
    title,
    contexts: ['link', 'image'],
    documentUrlPatterns: ['http://*/*', 'https://*/*'],
  });
};
/** Calls `handler({link, text, frame}, tab)` when the entry is chosen; `link` is missing where a picture has none. */
export const menuChosen = (handler) =>
  api().contextMenus.onClicked.addListener((info, tab) =>
    handler({ link: info.linkUrl, text: info.linkText, frame: info.frameId }, tab),
  );
/**
 * Opens the popup over the tab, or a window where this browser cannot do so. Only in the click: after a wait the
 * browser no longer counts it as one.
 */
export const openPopup = async () => {
  try {
    await api().action.openPopup();
  } catch {
    await api().windows.create({ url: 'popup/popup.html', type: 'popup', width: 396, height: 640 });
  }
};
/** @returns {Promise<object|null>} the tab with this id, while it is open */
export const tabOf = (id) =>
  api()
    .tabs.get(id)
    .catch(() => null);

/** Opens the side panel; only in a click. Resolves to false where the browser has none. */
export const openPanel = async (windowId) => {
  try {
    await (api().sidePanel ? api().sidePanel.open({ windowId }) : api().sidebarAction.open());
    return true;
  } catch {
    return false;
  }
};
export const openOptions = () => api().runtime.openOptionsPage();
export const openTab = (url) => api().tabs.create({ url });

/**
 * Runs `work` to its end. The browser stops a worker that only waits after half a minute, and a slow upload with it;
 * every call of an extension API gives it another half minute.
 */
export async function awake(work) {
  const keepAlive = setInterval(() => api().runtime.getPlatformInfo(), 20_000);
  try {
    return await work();
  } finally {
    clearInterval(keepAlive);
  }
}

/** Runs `work` under a lock shared by all pages of the extension and its worker. */
export const alone = (name, work) => navigator.locks.request(`cyber-spotter-${name}`, work);
