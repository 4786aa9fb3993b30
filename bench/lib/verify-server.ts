/**
 * A bare node:http server, and the same with everything a request with a key passes: check, scope, limit, usage record.
 * Run as a process of its own (`bare`, or `keys <database url>`); tells the parent what it has spent when asked.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKeyHashes } from '../../server/src/access/keys/check/hashes.ts';
import { createKeyIndex, type KeyCheck } from '../../server/src/access/keys/check/key-index.ts';
import { createKeyUsage } from '../../server/src/access/keys/last-use.ts';
import { createLimits } from '../../server/src/access/limits/service.ts';
import { meterOf } from '../../server/src/access/meter.ts';
import { routeText } from '../../server/src/access/usage/log/columns.ts';
import { createUsageWriter } from '../../server/src/access/usage/log/writer.ts';
import { readConfig } from '../../server/src/config.ts';
import { openDatabase } from '../../server/src/db/open.ts';
import { SCOPE, SECRET, type Spent } from './verify-shared.ts';

const log = { error: () => {}, warn: () => {}, info: () => {} };
const [mode, databaseUrl = ''] = process.argv.slice(2);
const BODY = '{"ok":true}';

let requests = 0;
const counted = { taken: () => 0, keys: () => 0 };
const decide = mode === 'keys' ? await keyCheck() : () => 200;

const server = createServer((request, response) => {
  requests++;
  const status = decide(request);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': '11' });
  response.end(BODY);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const spent: Spent = {
    cpuUs: user + system,
    requests,
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    connectionsTaken: counted.taken(),
    keys: counted.keys(),
  };
  process.send?.(spent);
});
process.on('disconnect', () => process.exit(0));

/** As http/guard does it, without Fastify. */
async function keyCheck(): Promise<(request: IncomingMessage) => number> {
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
  counted.taken = database.pool.taken;
  counted.keys = index.size;
  const policy = { name: 'api', quota: 1_000, windowMs: 60_000 };
  const route = routeText({ method: 'GET', path: '/', operation: 'bench.get', scope: SCOPE, sends: false });

  return (request) => {
    const { headers } = request;
    const ip = request.socket.remoteAddress ?? '';
    const found = index.check(headers['x-api-key'] as string) as KeyCheck;
    if (typeof found === 'string') {
      limits.failures.spend(ip);
      usage.denied(ip, 'api', 'invalid_api_key');
      return 401;
    }
    if (!found.scopes.has(SCOPE)) return 403;
    const meter = meterOf(found);
    const decision = limits.take(policy, meter, 1, found.ratePerMinute ?? policy.quota);
    if (decision instanceof Promise || !decision.allowed) return 429;
    usage.record({
      at: Date.now(),
      caller: meter,
      route,
      status: 200,
      rows: 0,
      bytes: 11,
      ms: 0.1,
      ip,
      agent: headers['user-agent'] ?? '',
      test: false,
      requestId: `bench-${requests}`,
      code: null,
      shadow: null,
      entity: null,
      idempotency: null,
    });
    return 200;
  };
}
