/** The usage log below the doors: nothing is lost or doubled by writing, sorting and merging; bounds hold when the database is away. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../test/support/app.ts';
import type { Db } from '../../../db/open.ts';
import { Meter } from '../../meter.ts';
import { listUsage, sumUsage, type UsageCursor } from '../read.ts';
import { decodeChunk, encodeChunk } from './chunk.ts';
import { createColumns, NUMBERS, routeText, TEXTS, textAt } from './columns.ts';
import { createUsageMaintenance } from './compact.ts';
import { createDenials } from './denials.ts';
import { append, clearIntake, columnsOf, createIntake, type UsageRecord } from './intake.ts';
import { createUsageWriter } from './writer.ts';

let app: TestApp;
let db: Db;
const silent = { error: () => {} };
const HOUR = 3_600_000;
/** Within the days that have partitions, and over. */
const START = Math.floor(Date.now() / HOUR) * HOUR - 5 * HOUR;

beforeAll(async () => {
  app = await testApp();
  ({ db } = app.database);
});

const ROUTES = [
  { method: 'GET', path: '/api/v1/people', operation: 'people.list', scope: 'profiles:read', sends: false },
  { method: 'GET', path: '/api/v1/people/:id', operation: 'people.get', scope: 'profiles:read', sends: false },
  { method: 'POST', path: '/api/v1/emails/send', operation: 'emails.send', scope: 'emails:send', sends: true },
].map(routeText);

/** Every second of them is the same object at each request, as a key's is. */
const meters = new Map<string, Meter>();
function callerOf(workspaceId: string, key: number): Meter {
  const lasting = key % 2 === 0;
  const name = `${workspaceId} ${key}`;
  const known = lasting ? meters.get(name) : undefined;
  const meter = known ?? Object.assign(new Meter({ quota: `line${key}`, workspaceId, keyId: key }), { lasting });
  meters.set(name, meter);
  return meter;
}

function recordOf(workspaceId: string, key: number, n: number, at: number): UsageRecord {
  const denied = n % 100 === 0;
  return {
    at,
    caller: callerOf(workspaceId, key),
    route: ROUTES[n % 3] ?? '',
    status: denied ? 403 : 200,
    rows: n % 50,
    bytes: 1_000 + (n % 7_000),
    ms: (n % 300) / 10,
    ip: `192.0.2.${n % 5}`,
    agent: `agent/${n % 3}`,
    test: false,
    number: n,
    code: denied ? 'insufficient_scope' : null,
    shadow: null,
    entity: null,
    idempotency: null,
  };
}

test('a chunk reads as it was written', () => {
  const intake = createIntake('abcd1234');
  intake.since = START;
  const workspace = randomUUID();
  for (let n = 0; n < 1_000; n++) {
    // Answers overtake each other by the clock, and numbers are as large as they get.
    const record = recordOf(workspace, n % 7, n, START + 10_000 + n * 1_000 - (n % 5) * 2_500);
    append(intake, { ...record, bytes: n === 9 ? 2 ** 40 : record.bytes, entity: n % 2 ? null : randomUUID() });
  }
  const columns = columnsOf(intake, createColumns());
  const read = decodeChunk(encodeChunk(columns));
  expect(read.count).toBe(1_000);
  expect([...read.at]).toEqual([...columns.at.subarray(0, 1_000)]);
  for (const name of NUMBERS) expect([...read[name]], name).toEqual([...columns[name].subarray(0, 1_000)]);
  for (const name of TEXTS) expect(read[name].values, name).toEqual(columns[name].values);
  expect(read.bytes[9]).toBe(0xffff_ffff);
  expect(read.workspaceId).toBe(workspace);
});

test('each part of a record is found in its own column, of each request in a set that was used before', () => {
  const intake = createIntake('abcd1234');
  const workspaceId = randomUUID();
  for (const round of [1, 2]) {
    clearIntake(intake);
    intake.since = START;
    const records = Array.from({ length: 10 }, (_, n): UsageRecord => {
      const text = (name: string) => (n % 2 ? `${name}-${round}-${n}` : null);
      const texts = {
        code: text('code'),
        shadow: text('shadow'),
        entity: text('entity'),
        idempotency: text('idempotency'),
      };
      const numbers = {
        status: 200 + n,
        rows: 10 + n,
        bytes: 20 + n,
        ms: 30 + n,
        number: 40 + n * round,
        test: n % 3 === 0,
      };
      return { ...recordOf(workspaceId, 5 + n, n, START + n), ...numbers, ...texts };
    });
    for (const record of records) append(intake, record);
    const columns = columnsOf(intake, createColumns());
    const found = records.map((record, n) => ({
      ...record,
      at: columns.at[n],
      caller: columns.callers[columns.subject[n] ?? -1],
      route: columns.routes.values[columns.route[n] ?? -1],
      status: columns.status[n],
      rows: columns.rows[n],
      bytes: columns.bytes[n],
      ms: (columns.duration[n] ?? 0) / 10,
      ip: columns.ips.values[columns.ip[n] ?? -1],
      agent: columns.agents.values[columns.agent[n] ?? -1],
      test: columns.environment[n] === 1,
      number: columns.number[n],
      code: textAt(columns, 'code', 'codes', n),
      shadow: textAt(columns, 'shadow', 'shadows', n),
      entity: textAt(columns, 'entity', 'entities', n),
      idempotency: textAt(columns, 'idempotency', 'idempotencies', n),
    }));
    expect(found).toEqual(records);
    expect(columns.processes.values[columns.process[9] ?? -1]).toBe('abcd1234');
  }
});

test('a chunk of version 1 is read, whose subjects began with their workspace', () => {
  const chunk =
    'ASi1L/1grwBNCADyTjIogLdtOwmZkAlsHgLD2m7udlDgYrRs4RpPGFlhv9u+tc0mZ5kD1x5oy0mStNYURUnYYhAGYZC11mKrRVpkPR6S8ksrgktz3nkpT6BSVPD8IIlKftC/' +
    'S2orP4gpJ4j4QQwZh2nGUcA6pchtfJ8mg9rq7s+JcT5V6rWBjWbWqHECAAF+K2r5Qbw4J1r/qvnxweBASS4il4gLfuDgs3T3YenuXpoHIv+VbrConh2R/yr45dfd3U8jHgUi' +
    'ASPft5PBzxD5UhWV7FiLNQIZAGDBSpucAEBwNjPySQrMPDitpK9BGsZbNzybWVxd/KsRqsZezEVN1VJhWKYyzQqEUgIAmUEGMkniDEAB';
  const read = decodeChunk(Buffer.from(chunk, 'base64'));
  expect(read.workspaceId).toBe('00000000-0000-4000-8000-000000000001');
  expect(read.subjects.values).toEqual(['key:7 abcd1234', 'user:00000000-0000-4000-8000-000000000002 -']);
  expect([...read.subject]).toEqual([0, 1, 0]);
  expect([...read.rows]).toEqual([0, 1, 2]);
  expect(read.at[2]).toBe(Date.UTC(2026, 0, 31, 12, 0, 2));
});

describe('50,000 requests of 40 keys in two workspaces over four hours', () => {
  const [a, b] = [randomUUID(), randomUUID()];
  const COUNT = 50_000;
  const of = (workspaceId: string, key: number, from = START, to = START + 4 * HOUR) => ({
    workspaceId,
    principal: `key:${key}`,
    from: new Date(from),
    to: new Date(to),
  });
  const expected = { requests: 0, denied: 0, rows: 0, sends: 0 };
  const middle = { requests: 0 };
  const now = () => new Date(START + 5 * HOUR);
  let maintenance: ReturnType<typeof createUsageMaintenance>;

  beforeAll(async () => {
    const writer = createUsageWriter({ db, now, log: silent });
    maintenance = createUsageMaintenance({ db, now, keepDays: 90 });
    for (let n = 0; n < COUNT; n++) {
      // Key 1 makes half of all requests.
      const key = n % 2 === 0 ? 1 : 2 + (n % 39);
      const at = START + Math.floor((n / COUNT) * 4 * HOUR);
      const record = recordOf(n % 10 === 9 ? b : a, key, n, at);
      writer.record(record);
      if (key === 1) {
        expected.requests++;
        expected.rows += record.rows;
        if (record.status === 403) expected.denied++;
        else if (n % 3 === 2) expected.sends += Math.max(1, record.rows);
        if (at >= START + 0.9 * HOUR && at < START + 2.3 * HOUR) middle.requests++;
      }
      if (n % 5_000 === 4_999) await writer.flush();
    }
    await writer.flush();
  });

  async function check(): Promise<void> {
    const { total, buckets } = await sumUsage(db, of(a, 1));
    expect(total).toMatchObject(expected);
    expect([...buckets.values()].reduce((sum, tally) => sum + tally.requests, 0)).toBe(expected.requests);
    expect(total.ips.size).toBe(5);
    const part = await sumUsage(db, of(a, 1, START + 0.9 * HOUR, START + 2.3 * HOUR));
    expect(part.total.requests).toBe(middle.requests);
    // Every request once, newest first.
    const filter = { route: null, statusClass: 4, ip: null, environment: null };
    const seen: string[] = [];
    let before: UsageCursor | null = null;
    let last = Number.POSITIVE_INFINITY;
    do {
      const page: Awaited<ReturnType<typeof listUsage>> = await listUsage(db, of(a, 1), filter, { limit: 100, before });
      for (const entry of page.entries) {
        expect(entry.at.getTime()).toBeLessThanOrEqual(last);
        last = entry.at.getTime();
        seen.push(entry.id);
      }
      before = page.next;
    } while (before);
    expect(seen).toHaveLength(expected.denied);
    expect(new Set(seen).size).toBe(expected.denied);
    expect((await sumUsage(db, of(b, 1))).total.requests).toBe(0);
    const everybody = new Set<string>();
    for (let next: UsageCursor | null | undefined; next !== null; ) {
      const range = { ...of(b, 0), principal: null };
      const any = { ...filter, statusClass: null };
      const page = await listUsage(db, range, any, { limit: 1_500, before: next ?? null });
      for (const entry of page.entries) everybody.add(entry.id);
      next = page.next;
    }
    expect(everybody.size).toBe(COUNT / 10);
  }

  async function rows(): Promise<{ rows: number; mixed: number; requests: number; sorted: number | null }> {
    const found = await sql<{ rows: number; mixed: number; requests: number; sorted: number | null }>`
      select count(*) as rows, count(*) filter (where not sorted) as mixed,
        sum(requests) filter (where principal = '') as requests,
        sum(requests) filter (where principal <> '') as sorted
      from usage_log where workspace_id in (${a}, ${b})`.execute(db);
    return found.rows[0] ?? { rows: 0, mixed: 0, requests: 0, sorted: 0 };
  }

  test('are all there as they were written', async () => {
    expect((await rows()).requests).toBe(COUNT);
    await check();
  });

  test('are all there, once, after sorting and merging by two processes at the same time', async () => {
    await Promise.all([maintenance.run(), createUsageMaintenance({ db, now, keepDays: 90 }).run()]);
    const after = await rows();
    expect(after).toMatchObject({ requests: COUNT, sorted: COUNT });
    expect(after.mixed).toBe(0);
    // One row a key, workspace and hour, and more only for the busy one.
    expect(after.rows).toBeLessThan(2 * 40 * 5);
    await check();
    await maintenance.run();
    expect(await rows()).toEqual(after);
  });

  test('go with their day when its time is over', async () => {
    const days = Math.ceil((Date.now() - START) / 86_400_000) + 1;
    const later = () => new Date(START + (90 + days) * 86_400_000);
    // Another day than those of the tests that run at the same time.
    const old = START - 400 * 86_400_000;
    const writer = createUsageWriter({ db, now: () => new Date(old), log: silent });
    writer.record(recordOf(a, 77, 1, old));
    await writer.flush();
    const range = of(a, 77, old - HOUR, old + HOUR);
    expect((await sumUsage(db, range)).total.requests).toBe(1);
    expect(later().getTime()).toBeGreaterThan(old);
    expect((await maintenance.run()).dropped).toBeGreaterThanOrEqual(1);
    expect((await sumUsage(db, range)).total.requests).toBe(0);
    expect((await rows()).requests).toBe(COUNT);
  });
});

test('while the database is away memory is bounded, the oldest are dropped and counted, and it is said once', async () => {
  const said: unknown[] = [];
  const used = new Map<number | null, number>();
  const gone = {
    insertInto: () => ({
      values: () => {
        throw new Error('gone');
      },
    }),
  } as unknown as Db;
  const writer = createUsageWriter({
    db: gone,
    now: () => new Date(START),
    log: { error: (...line: unknown[]) => void said.push(line) } as never,
    onLastUse: ({ keyId }, at) => void used.set(keyId, at - START),
  });
  const workspace = randomUUID();
  const total = 64 * 4_096 + 50_000;
  // In the oldest set, which is dropped: its use is told of all the same.
  writer.record(recordOf(workspace, 1_000, 1, START));
  for (let n = 0; n < total; n++) writer.record(recordOf(workspace, n % 1_000, n, START + 1));
  await writer.flush();
  await writer.flush();
  expect(said).toHaveLength(1);
  expect(writer.dropped()).toBeGreaterThan(40_000);
  expect(writer.dropped()).toBeLessThan(60_000);
  expect(used.get(1_000)).toBe(0);
  expect(used.size).toBe(1_001);
});

test('refusals of a million networks are no more than 4,096 numbers a minute and one for each door and code', () => {
  const denials = createDenials();
  for (let n = 0; n < 1_000_000; n++) {
    denials.note(`${n % 250}.${(n >> 8) % 250}.${(n >> 4) % 250}.1`, 'api', 'invalid_api_key', START);
  }
  const counts = denials.take();
  expect(counts.length).toBeLessThanOrEqual(4_097);
  expect(counts.reduce((sum, one) => sum + one.requests, 0)).toBe(1_000_000);
  expect(denials.take()).toEqual([]);
  // Counted without its name as long as the minute lasts, and with it in the next.
  for (const at of [START, START, START + 60_000]) denials.note('249.1.1.1', 'api', 'one too many', at);
  expect(denials.take().map(({ network, requests }) => [network, requests])).toEqual([
    ['*', 2],
    ['249.1.1/24', 1],
  ]);
});

test('each refusal is counted once, where it belongs, in runs or by turns, before and after the counts are taken', () => {
  const denials = createDenials();
  const refused = [
    ['192.0.2.1', 'api', 'invalid_api_key'],
    ['192.0.2.1', 'api', 'expired'],
    ['192.0.2.1', 'segment', 'expired'],
    ['198.51.100.1', 'segment', 'expired'],
  ] as const;
  const expected = refused.map(([ip, door, code]) => ({ network: `${ip.slice(0, -2)}/24`, door, code, requests: 6 }));
  const twice = () => {
    for (const [ip, door, code] of refused) for (let n = 0; n < 4; n++) denials.note(ip, door, code, START);
    for (let n = 0; n < 2; n++) for (const [ip, door, code] of refused) denials.note(ip, door, code, START);
  };
  twice();
  const first = denials.take();
  expect(first).toEqual(expected);
  twice();
  expect(denials.take()).toEqual(expected);
  // The last one goes on without a break: what was taken is not counted again.
  denials.note(...refused[3], START);
  denials.giveBack(first);
  denials.note(...refused[3], START + 60_000);
  expect(denials.take().map((one) => one.requests)).toEqual([8, 6, 6, 6]);
});

test('observers get what each key did at each flush, before it is read by anybody', async () => {
  const writer = createUsageWriter({ db, now: () => new Date(START + 1), log: silent });
  const workspaceId = randomUUID();
  const told: unknown[] = [];
  writer.observe((activity) => void told.push(...activity));
  for (let n = 0; n < 6; n++) writer.record(recordOf(workspaceId, 5, n, START + n));
  await writer.flush();
  expect(told).toEqual([
    {
      keyId: 5,
      lineage: 'line5',
      workspaceId,
      networks: ['192.0.2/24'],
      scopes: ['profiles:read', 'emails:send'],
      routes: ['GET /api/v1/people/:id', 'POST /api/v1/emails/send', 'GET /api/v1/people'],
      requests: 6,
      denied: 1,
      rows: 15,
      sends: 7,
      at: new Date(START + 5),
      lastIp: '192.0.2.0',
    },
  ]);
});
