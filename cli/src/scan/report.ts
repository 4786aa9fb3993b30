/** Revokes found keys through the server's door for finders, which needs no credential. */

/** The door takes no more in one call. */
const BATCH = 1_000;
const TIMEOUT_MS = 30_000;

/** @throws Error when the server refuses or cannot be reached. */
export async function reportKeys(server: string, keys: ReadonlySet<string>): Promise<void> {
  const url = new URL('/api/credentials/revoke', server);
  const all = [...keys];
  for (let i = 0; i < all.length; i += BATCH) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ credentials: all.slice(i, i + BATCH) }),
      // Another host is not to be given the keys.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${url.origin} answered ${response.status} to the report.`);
  }
}
