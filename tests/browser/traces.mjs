// What a browser keeps of the app, as somebody finds it who searches the phone later.
/** Everything this browser keeps of the app, and the history of the tab, as one text; returns to the app to read it. */
export async function traces({ context, page }) {
  const debug = await context.newCDPSession(page);
  const { entries } = await debug.send("Page.getNavigationHistory");
  await debug.detach();
  await page.goto("/privatesia");
  const kept = await page.evaluate(async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const base = await new Promise((open) => {
      const asked = indexedDB.open("trekendesh");
      asked.onsuccess = () => open(asked.result);
    });
    for (const name of base.objectStoreNames) {
      const asked = base.transaction(name).objectStore(name).getAll();
      await new Promise((read) => (asked.onsuccess = read));
      found.push(...asked.result.map((row) => JSON.stringify(row)));
    }
    base.close();
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request, { ignoreVary: true });
        const json = answer.headers.get("content-type")?.includes("json");
        found.push(request.url, json ? await answer.text() : "");
      }
    }
    return found.join("\n");
  });
  return [kept, ...entries.map(({ url, title }) => `${url} ${title}`)].join("\n");
}
