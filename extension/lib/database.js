/**
 * IndexedDB as one function: a transaction on one store of one database. A change is on disk once it resolves, and no
 * content script reaches it, in either browser.
 */

/**
 * @param {string} name the database's and `store` its only store's; `keyPath` as IndexedDB has it
 * @returns {(mode: 'readonly'|'readwrite', work: (store: IDBObjectStore, give: (value) => void) => void) => Promise}
 *   resolves with what `work` gave, when the transaction is on disk (durability strict), not before
 */
export function disk(name, store, keyPath) {
  let opening;
  const open = () =>
    (opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, keyPath ? { keyPath } : {});
      request.onsuccess = () => {
        request.result.onversionchange = () => {
          request.result.close();
          opening = undefined;
        };
        request.result.onclose = () => {
          opening = undefined;
        };
        resolve(request.result);
      };
      request.onerror = () => {
        opening = undefined;
        reject(request.error);
      };
    }));
  return async (mode, work) => {
    const base = await open();
    return new Promise((resolve, reject) => {
      const transaction = base.transaction(store, mode, { durability: 'strict' });
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore(store), (value) => {
        result = value;
      });
    });
  };
}
