"""What the extension has kept on the device."""

KEPT = """(async () => {
    const read = (name) => new Promise((resolve) => { const open = indexedDB.open(name); open.onsuccess = () => {
        const base = open.result; const stores = [...base.objectStoreNames]; const found = []; let left = stores.length;
        if (!left) { base.close(); resolve(found); }
        for (const store of stores) base.transaction(store).objectStore(store).getAll().onsuccess = (event) => {
            found.push(...event.target.result); left -= 1; if (!left) { base.close(); resolve(found); } }; }; });
    const bases = await Promise.all((await indexedDB.databases()).map(({ name }) => read(name)));
    return JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get(), bases, await caches.keys()]);
})()"""
