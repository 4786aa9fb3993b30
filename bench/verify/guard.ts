/** What a request with a key passes, as http/guard does it and without Fastify: check, scope, limit, usage record. */
import type { IncomingMessage } from 'node:http';
import { createKeyHashes } from '../../server/src/access/keys/check/hashes.ts';
import { createKeyIndex, type KeyCheck } from '../../server/src/access/keys/check/key-index.ts';
import { createKeyUsage } from '../../server/src/access/keys/last-use.ts';
import { createLimits } from '../../server/src/access/limits/service.ts';
import { meterOf } from '../../server/src/access/meter.ts';
import type { KeyPrincipal } from '../../server/src/access/principal.ts';
import { routeText } from '../../server/src/access/usage/log/columns.ts';
import { createUsageWriter } from '../../server/src/access/usage/log/writer.ts';
import { readConfig } from '../../server/src/config.ts';
import { openDatabase } from '../../server/src/db/open.ts';
import { SCOPE, SECRET } from './shared.ts';

const log = { error: () => {}, warn: () => {}, info: () => {} };

export async function createGuard(databaseUrl: string) {
  const database = await openDatabase(readConfig({ DATABASE_URL: databaseUrl }));
  const { db } = database;
  const now = () => new Date();
  const index = createKeyIndex({ db, hashes: createKeyHashes(SECRET, null), clock: Date.now, log });
  const lastUse = createKeyUsage({ db, now, log });
  const usage = createUsageWriter({ db, now, log, onLastUse: lastUse.note });
  const limits = createLimits({ database, now: Date.now, log });
  await index.refresh();
  index.start();
  lastUse.start();
  usage.start();
  await limits.start();
  const policy = { name: 'api', quota: 1_000, windowMs: 60_000 };
  const route = routeText({ method: 'GET', path: '/', operation: 'bench.get', scope: SCOPE, sends: false });

  /** Whether the limit lets it in. */
  function take(found: KeyPrincipal): boolean {
    const decision = limits.take(policy, meterOf(found), 1, found.ratePerMinute ?? policy.quota);
    return !(decision instanceof Promise) && decision.allowed;
  }

  /** @returns the status of the answer. */
  function decide(request: IncomingMessage, number: number): number {
    const { headers } = request;
    const ip = request.socket.remoteAddress ?? '';
    const found = index.check(headers['x-api-key'] as string) as KeyCheck;
    if (typeof found === 'string') {
      limits.failures.spend(ip);
      usage.denied(ip, 'api', 'invalid_api_key');
      return 401;
    }
    if (!found.scopes.has(SCOPE)) return 403;
    if (!take(found)) return 429;
    usage.record({
      at: Date.now(),
      caller: meterOf(found),
      route,
      status: 200,
      rows: 0,
      bytes: 11,
      ms: 0.1,
      ip,
      agent: headers['user-agent'] ?? '',
      test: false,
      number,
      code: null,
      shadow: null,
      entity: null,
      idempotency: null,
    });
    return 200;
  }

  return { index, take, decide, taken: database.pool.taken };
}
