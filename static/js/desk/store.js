// What this device keeps, in the browser's own database: lists of names, and scans until they are sent. They are two
// databases, because the service worker throws the names away when somebody logs out, and nobody the scans.
export const people = shelf("desk-people", "lists", "address");
export const scans = shelf("desk-scans", "scans", "nonce");

function shelf(name, store, key) {
  const memory = new Map(); // where a browser keeps nothing: as long as the page is open

  function open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: key });
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
  }

  async function within(mode, act) {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, mode);
        const request = act(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  return {
    async put(row) {
      memory.set(row[key], row);
      await within("readwrite", (rows) => rows.put(row)).catch(() => {});
    },
    async remove(id) {
      memory.delete(id);
      await within("readwrite", (rows) => rows.delete(id)).catch(() => {});
    },
    async all() {
      return within("readonly", (rows) => rows.getAll()).catch(() => [...memory.values()]);
    },
  };
}
