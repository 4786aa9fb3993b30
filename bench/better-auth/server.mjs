/**
 * better-auth's api-key plugin behind the same bare node:http server: `memory` (its keys in a Map, updates deferred: its
 * fastest mode) or `pg <database url>`. Tells the parent its keys, and what it has spent when asked.
 */
import { createServer } from 'node:http';
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';

const KEYS = 1_000;
const BODY = '{"ok":true}';
const PERMISSIONS = { events: ['read'] };
const [mode, url] = process.argv.slice(2);
const inMemory = mode === 'memory';
const values = new Map();

const auth = betterAuth({
  secret: 'bench secret, thirty-two or more characters',
  baseURL: 'http://127.0.0.1',
  telemetry: { enabled: false },
  logger: { disabled: true },
  emailAndPassword: { enabled: true },
  database: inMemory
    ? memoryAdapter({ user: [], session: [], account: [], verification: [], apikey: [] })
    : new pg.Pool({ connectionString: url, max: 20 }),
  ...(inMemory && {
    secondaryStorage: {
      get: async (key) => values.get(key) ?? null,
      set: async (key, value) => void values.set(key, value),
      delete: async (key) => void values.delete(key),
    },
  }),
  advanced: { backgroundTasks: { handler: (work) => void work.catch(() => {}) } },
  plugins: [
    apiKey({
      rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: 1_000_000_000 },
      ...(inMemory && { storage: 'secondary-storage', deferUpdates: true }),
    }),
  ],
});

if (!inMemory) await (await getMigrations(auth.options)).runMigrations();
const { user } = await auth.api.signUpEmail({
  body: { email: 'bench@headgate.test', password: 'bench password', name: 'Bench' },
});
const texts = [];
for (let i = 0; i < KEYS; i++) {
  const made = await auth.api.createApiKey({ body: { userId: user.id, name: `key ${i}`, permissions: PERMISSIONS } });
  texts.push(made.key);
}

let requests = 0;
const server = createServer(async (request, response) => {
  requests++;
  const key = request.headers['x-api-key'];
  const { valid } = await auth.api.verifyApiKey({ body: { key, permissions: PERMISSIONS } });
  response.writeHead(valid ? 200 : 401, { 'content-type': 'application/json', 'content-length': '11' });
  response.end(BODY);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, texts }));
process.on('message', () => {
  const { user: own, system } = process.cpuUsage();
  const rssMiB = Math.round(process.memoryUsage.rss() / 2 ** 20);
  process.send({ cpuUs: own + system, requests, rssMiB, connectionsTaken: 0, keys: KEYS });
});
process.on('disconnect', () => process.exit(0));
