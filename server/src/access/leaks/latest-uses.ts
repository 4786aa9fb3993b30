/** The latest requests of a key, for the mail about its leak. */
import type { Db } from '../../db/open.ts';
import { listUsage } from '../usage/read.ts';

const LINES = 10;
const DAYS_MS = 90 * 86_400_000;

/** One line each, newest first. */
export async function latestUses(
  db: Db,
  key: { keyId: number; workspaceId: string },
  now: Date,
): Promise<readonly string[]> {
  const to = new Date(now.getTime() + 1_000);
  const from = new Date(to.getTime() - DAYS_MS);
  const range = { workspaceId: key.workspaceId, principal: `key:${key.keyId}`, from, to };
  const all = { route: null, statusClass: null, ip: null, environment: null };
  const { entries } = await listUsage(db, range, all, { limit: LINES, before: null });
  return entries.map((one) => `${one.at.toISOString()} ${one.ip} ${one.route.method} ${one.route.path} ${one.status}`);
}
