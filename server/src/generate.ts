/**
 * Writes openapi.json from the registered routes, then the TypeScript client from it.
 * Usage: npm run gen, or node generate.ts <directory> to write everything there instead (for comparison).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import { createLogger } from './http/logging.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const elsewhere = process.argv[2];
const document = join(elsewhere ?? root, 'openapi.json');

// The services read the database when they are built, so there is an empty one for a moment.
const dataDir = mkdtempSync(join(tmpdir(), 'headgate-gen-'));
const database = await openDatabase({ databaseUrl: null, dataDir });
try {
  await migrate(database.db);
  const config = readConfig({ HEADGATE_DATA_DIR: dataDir });
  const log = createLogger({ level: 'warn' });
  const app = await createApp({ config, database, log, secret: 'x'.repeat(32) });
  await app.http.ready();
  writeFileSync(document, `${JSON.stringify(app.openApi(), null, 2)}\n`);
  await app.stop();
} finally {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
}

const generator = join(root, 'sdks/typescript/scripts/generate.ts');
const { status } = spawnSync(process.execPath, [generator, document, ...(elsewhere ? [elsewhere] : [])], {
  stdio: 'inherit',
});
if (status !== 0) throw new Error('The TypeScript client was not generated.');
