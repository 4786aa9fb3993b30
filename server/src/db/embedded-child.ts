/**
 * The embedded PostgreSQL (PGlite) in a process of its own, spoken to over a socket by the ordinary driver.
 * It holds the data directory's lock and ends when its parent does, however the parent ended.
 *
 * Messages to the parent: `{ ready: true }`, or `{ error: 'locked' | <message> }`.
 */
import { DatabaseSync } from 'node:sqlite';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const [dataDir, socketPath] = process.argv.slice(2) as [string, string];

// Without the parent nobody can reach this database, and the next start needs the lock at once.
process.on('disconnect', () => process.exit(1));
// Ctrl-C reaches the whole process group; the parent decides when this process may stop.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

try {
  const lock = await holdLock(`${dataDir}/lock`);
  const db = await PGlite.create(`${dataDir}/postgres`);
  const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections: 64 });
  await server.start();
  process.on('message', async () => {
    await server.stop();
    await db.close();
    lock.close();
    process.exit(0);
  });
  tell({ ready: true });
} catch (error) {
  tell({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  process.disconnect();
}

/** A parent that ended meanwhile hears nothing; `disconnect` ends this process then. */
function tell(message: { ready: true } | { error: string }): void {
  process.send?.(message, undefined, undefined, () => {});
}

/**
 * SQLite's exclusive lock is the operating system's own on every platform and goes with the process, so a
 * crash leaves nothing stale. Waits 3 s: after a kill -9 the former child needs a moment to notice.
 */
async function holdLock(path: string): Promise<DatabaseSync> {
  const lock = new DatabaseSync(path);
  const deadline = Date.now() + 3_000;
  for (;;) {
    try {
      lock.exec('pragma locking_mode = exclusive; begin exclusive');
      return lock;
    } catch {
      if (Date.now() > deadline) throw new Error('locked');
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
