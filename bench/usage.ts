/**
 * (d) The usage log: ten million requests through the writer, sorted and merged as the job does it, then asked for. And
 * what the record of one request costs. `HEADGATE_BENCH_REQUESTS` makes it smaller, `DATABASE_URL` runs it on a server.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Meter } from '../server/src/access/meter.ts';
import { routeText } from '../server/src/access/usage/log/columns.ts';
import { createUsageMaintenance } from '../server/src/access/usage/log/compact.ts';
import { createDenials } from '../server/src/access/usage/log/denials.ts';
import type { UsageRecord } from '../server/src/access/usage/log/intake.ts';
import { createUsageWriter } from '../server/src/access/usage/log/writer.ts';
import { listUsage, sumUsage } from '../server/src/access/usage/read.ts';
import { migrate } from '../server/src/db/migrate.ts';
import { type Database, openDatabase } from '../server/src/db/open.ts';
import { createDatabaseOn } from '../server/test/support/database.ts';
import { startPostgres } from '../server/test/support/processes/postgres.ts';
import { print } from './lib/report.ts';

const REQUESTS = Number(process.env['HEADGATE_BENCH_REQUESTS'] ?? 10_000_000);
const HOUR_MS = 3_600_000;
const DAYS = 10;
/** Besides the busy one, which makes a sixth of all requests. */
const KEYS = 1_000;
const QUIET = 500;
/** The writer flushes twice a second: as at 4,000 requests a second. */
const FLUSH_EVERY = 2_000;
const log = { error: (...line: unknown[]) => print(`error: ${JSON.stringify(line)}`) };

const ROUTES = ['people', 'sources', 'events', 'templates', 'emails', 'destinations'].flatMap((name) => [
  routeText({ method: 'GET', path: `/api/v1/${name}`, operation: `${name}.list`, scope: `${name}:read`, sends: false }),
  routeText({
    method: 'GET',
    path: `/api/v1/${name}/:id`,
    operation: `${name}.get`,
    scope: `${name}:read`,
    sends: false,
  }),
]);

/** Like real ones: times that are no grid, many lengths, every third with the id of an object. */
function makeRecords(workspaceId: string, start: number) {
  const callers = Array.from(
    { length: KEYS + 1 },
    (_, key) => new Meter({ quota: `abcd${key}`, workspaceId, keyId: key + 1 }),
  );
  const entities = Array.from({ length: 10_000 }, () => randomUUID());
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return seed / 0x7fff_ffff;
  };
  const step = (DAYS * 24 * HOUR_MS) / REQUESTS;
  return (n: number): UsageRecord => {
    const dice = random();
    const key = dice < 1 / 6 ? 0 : 1 + ((n * 7) % KEYS);
    const busy = key === 0;
    const status = dice < 0.01 ? 403 : dice > 0.97 ? 404 : 200;
    return {
      at: Math.floor(start + n * step),
      caller: callers[key] as Meter,
      route: ROUTES[Math.floor(random() * ROUTES.length)] ?? '',
      status,
      rows: Math.floor(dice * 100),
      bytes: 200 + Math.floor(random() * 20_000),
      ms: random() * 20,
      ip: busy ? `198.51.100.${n % 4}` : `203.0.${key % 256}.${n % 2}`,
      agent: busy ? 'node' : `client-of-somebody/${key % 20}.0`,
      test: false,
      number: n,
      code: status === 403 ? 'insufficient_scope' : status === 404 ? 'not_found' : null,
      shadow: null,
      entity: n % 3 === 0 ? (entities[n % 10_000] ?? null) : null,
      idempotency: null,
    };
  };
}

export async function benchUsage(): Promise<void> {
  benchRecord();
  print(`### Usage log: ${REQUESTS.toLocaleString('en')} requests of ${KEYS + 1} keys in ${DAYS} days\n`);
  print('| database | written a second | bytes a request, with indexes: as written | sorted and merged | sorting s |');
  print('| --- | --- | --- | --- | --- |');
  const answers: string[] = [];
  const server = process.env['DATABASE_URL'];
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-usage-'));
  const embedded = await openDatabase({ databaseUrl: null, dataDir });
  answers.push(...(await run('embedded', embedded)));
  await embedded.close();
  rmSync(dataDir, { recursive: true, force: true });
  const postgres = server ? null : await startPostgres();
  const url = server ?? postgres?.url;
  if (url) {
    const database = await openDatabase({ databaseUrl: await createDatabaseOn(url), dataDir: '' });
    answers.push(...(await run('PostgreSQL', database)));
    await database.close();
  }
  await postgres?.stop();
  print('\n| database | question | first ms | again ms |\n| --- | --- | --- | --- |');
  for (const line of answers) print(line);
  print('');
}

async function run(name: string, database: Database): Promise<string[]> {
  const { db } = database;
  await migrate(db);
  const workspaceId = randomUUID();
  const end = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const start = end - DAYS * 24 * HOUR_MS;
  let clock = end;
  const writer = createUsageWriter({ db, now: () => new Date(clock), log });
  const recordOf = makeRecords(workspaceId, start);
  const maintenance = createUsageMaintenance({ db, now: () => new Date(clock), keepDays: 90 });

  let writing = 0;
  let sorting = 0;
  let unsorted = 0;
  const perDay = REQUESTS / DAYS;
  for (let day = 0; day < DAYS; day++) {
    const to = Math.floor((day + 1) * perDay);
    let began = performance.now();
    for (let n = Math.floor(day * perDay); n < to; n++) {
      writer.record(recordOf(n));
      if (n % FLUSH_EVERY === 0) await writer.flush();
    }
    await writer.flush();
    writing += performance.now() - began;
    if (day === 0) unsorted = (await sizeOf(database)) / perDay;
    // The job runs every ten minutes; here once a day, over all of it.
    clock = start + (day + 1) * 24 * HOUR_MS + HOUR_MS;
    began = performance.now();
    await maintenance.run();
    sorting += performance.now() - began;
  }
  clock = end;
  const dropped = writer.dropped() > 0 ? ` (${writer.dropped()} dropped!)` : '';
  const bytes = (await sizeOf(database)) / REQUESTS;
  const rate = Math.round(REQUESTS / (writing / 1000)).toLocaleString('en');
  print(
    `| ${name} | ${rate}${dropped} | ${unsorted.toFixed(1)} | ${bytes.toFixed(1)} | ${(sorting / 1000).toFixed(0)} |`,
  );

  const range = (key: number, from = start, to = end + HOUR_MS) => ({
    workspaceId,
    principal: `key:${key}`,
    from: new Date(from),
    to: new Date(to),
  });
  const any = { route: null, statusClass: null, ip: null, environment: null };
  const page = { limit: 100, before: null };
  const [busy, quiet] = [1, QUIET + 1];
  const middle = start + 5.3 * 24 * HOUR_MS;
  const lines: string[] = [];
  const busyRequests = (await sumUsage(db, range(busy))).total.requests;
  const quietRequests = (await sumUsage(db, range(quiet))).total.requests;
  const ask = async (question: string, work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let n = 0; n < 2; n++) {
      const began = performance.now();
      await work();
      times.push(Math.round(performance.now() - began));
    }
    lines.push(`| ${name} | ${question} | ${times.join(' | ')} |`);
  };
  const [b, q] = [busyRequests.toLocaleString('en'), quietRequests.toLocaleString('en')];
  await ask(`busy key (${b} requests): sum of all ${DAYS} days`, () => sumUsage(db, range(busy)));
  await ask('busy key: sum of 30 hours that begin and end within an hour', () =>
    sumUsage(db, range(busy, middle, middle + 30.4 * HOUR_MS)),
  );
  await ask('busy key: sum of 2 hours by 5 minutes', () => sumUsage(db, range(busy, middle, middle + 2 * HOUR_MS)));
  await ask('busy key: newest 100', () => listUsage(db, range(busy), any, page));
  await ask('busy key: 100 refused, from the middle on', () =>
    listUsage(db, range(busy, start, middle), { ...any, statusClass: 4 }, page),
  );
  await ask('busy key: 100 from an address it never used', () =>
    listUsage(db, range(busy), { ...any, ip: '192.0.2.1' }, page),
  );
  await ask(`quiet key (${q} requests): sum of all ${DAYS} days`, () => sumUsage(db, range(quiet)));
  await ask('quiet key: newest 100', () => listUsage(db, range(quiet), any, page));
  await ask('everybody: newest 100', () => listUsage(db, { ...range(0), principal: null }, any, page));
  await ask('everybody: 100 from one address', () =>
    listUsage(db, { ...range(0), principal: null }, { ...any, ip: '203.0.77.1' }, page),
  );
  return lines;
}

async function sizeOf({ db }: Database): Promise<number> {
  // Rows that are gone do not count: partitions are rewritten as a server's autovacuum would make room in them.
  const { rows: names } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'usage_log'::regclass`.execute(db);
  for (const { name } of names) await sql`vacuum full ${sql.raw(name)}`.execute(db);
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::bigint as bytes from pg_inherits
    where inhparent = 'usage_log'::regclass`.execute(db);
  return rows[0]?.bytes ?? 0;
}

/** The cost on the way of a request, and that of writing it, without a database. */
function benchRecord(): void {
  const nothing = {} as Database['db'];
  const make = makeRecords(randomUUID(), Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
  const records = Array.from({ length: 4_000 }, (_, n) => ({ ...make(n), at: Date.now() }));
  const rounds = 500;
  const time = (work: (record: UsageRecord) => void): number => {
    for (const record of records) work(record);
    const began = performance.now();
    for (let round = 0; round < rounds; round++) for (const record of records) work(record);
    return ((performance.now() - began) / (rounds * records.length)) * 1_000;
  };
  const writer = createUsageWriter({ db: nothing, now: () => new Date(), log: { error: () => {} } });
  const recordUs = time(writer.record);
  const denials = createDenials();
  const denialUs = time((record) => denials.note(record.ip, 'api', 'invalid_api_key', record.at));
  print('### Usage log: CPU on the way of a request\n');
  print('| what | µs |\n| --- | --- |');
  print(`| record of a request, 1,001 keys | ${recordUs.toFixed(2)} |`);
  print(`| refusal of nobody known, 500 networks | ${denialUs.toFixed(2)} |\n`);
}
