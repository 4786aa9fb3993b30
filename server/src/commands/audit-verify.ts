/**
 * Checks the audit trail of every workspace, with the database and the secret alone: no server has to run or be trusted.
 * Usage: node audit-verify.ts [--workspace <slug or id>] [--checkpoints <file>]; the configuration is that of the server.
 * Exit code 0: whole; 1: tampered with, and where is on standard output; 2: it could not look.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkpointFile, createCheckpointKey, readCheckpoints } from '../access/audit/checkpoints.ts';
import { findAudited } from '../access/audit/queries.ts';
import { verifyAudit, type WorkspaceReport } from '../access/audit/verify.ts';
import { type Config, readConfig } from '../config.ts';
import { DataDirectoryInUse } from '../db/embedded.ts';
import { openDatabase } from '../db/open.ts';
import { readSecret } from '../first-start.ts';

process.exitCode = await run().catch((error: unknown) => {
  process.stderr.write(`${problemOf(error)}\n`);
  return 2;
});

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { workspace: { type: 'string' }, checkpoints: { type: 'string' } } });
  const config = readConfig();
  requireInstallation(config);
  const key = createCheckpointKey(readSecret(config));
  const path = values.checkpoints ?? checkpointFile(config.dataDir);
  if (values.checkpoints && !existsSync(path)) throw new Error(`There is no file ${path}.`);
  const database = await openDatabase(config);
  try {
    const { db } = database;
    const workspaceId = values.workspace === undefined ? undefined : await findAudited(db, values.workspace);
    if (workspaceId === null) throw new Error(`There is no workspace ${values.workspace}.`);
    const { checkpoints, unreadable } = await readCheckpoints(path, workspaceId);
    const report = await verifyAudit({ db, workspaceId, checkpoints: { key, exported: checkpoints } });
    for (const workspace of report.workspaces) process.stdout.write(`${lines(workspace).join('\n')}\n`);
    const beside = existsSync(path)
      ? `${checkpoints.length} signed checkpoints were read from ${path}${unreadable > 0 ? `, ${unreadable} lines could not be` : ''}.`
      : `There is no file ${path}: an end cut off together with its checkpoints would not be noticed.`;
    process.stdout.write(
      `${beside}\n${report.ok ? 'The audit trail is whole.' : 'The audit trail was tampered with.'}\n`,
    );
    return report.ok ? 0 : 1;
  } finally {
    await database.close();
  }
}

/** Nothing is made here: an empty database and a new secret would say that all is well. */
function requireInstallation({ databaseUrl, dataDir, secret }: Config): void {
  if (databaseUrl === null && !existsSync(join(dataDir, 'postgres'))) {
    throw new Error(`There is no database in ${dataDir}. Set DATABASE_URL or HEADGATE_DATA_DIR as for the server.`);
  }
  if (secret === null && !existsSync(join(dataDir, 'secret'))) {
    throw new Error(`There is no secret in ${dataDir}. Set HEADGATE_SECRET or HEADGATE_DATA_DIR as for the server.`);
  }
}

function lines({ workspaceId, ok, entries, firstSeq, lastSeq, checkpoints, problems }: WorkspaceReport): string[] {
  const range = entries > 0 ? `entries ${firstSeq} to ${lastSeq}` : 'no entries';
  const head = `${workspaceId}  ${ok ? 'whole' : 'TAMPERED WITH'}  ${range}, ${checkpoints} checkpoints agree`;
  return [head, ...problems.map((problem) => `  ${problem.kind.padEnd(17)} ${problem.message}`)];
}

function problemOf(error: unknown): string {
  if (error instanceof DataDirectoryInUse) {
    return `${error.message} Or ask the running one: GET /api/v1/audit/verify.`;
  }
  return error instanceof Error ? error.message : String(error);
}
