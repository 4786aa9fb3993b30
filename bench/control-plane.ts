/**
 * (i) Segment's control plane at size: 10,000 sources, 50,000 destinations and 2,000 tracking plans of 500 rules in one
 * workspace; what reading and changing them takes over HTTP, on the embedded database and on PostgreSQL, and whether pages
 * stay whole while rows come and go. HEADGATE_BENCH_SCALE=0.1 makes a tenth of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../server/src/db/open.ts';
import { shortId, uuidOf } from '../server/src/http/segment/protocol/ids.ts';
import { newId } from '../server/src/ids.ts';
import { createDatabaseOn } from '../server/test/support/database.ts';
import { startPostgres } from '../server/test/support/processes/postgres.ts';
import { type Headgate, startHeadgate } from './lib/headgate.ts';
import { percentile, print } from './lib/report.ts';

const SCALE = Number(process.env['HEADGATE_BENCH_SCALE'] ?? 1);
const SOURCES = Math.round(10_000 * SCALE);
const DESTINATIONS = Math.round(50_000 * SCALE);
const PLANS = Math.round(2_000 * SCALE);
const RULES = 500;
const CALLS = 300;
const KEYS = 4;
/** Rows of one statement. */
const BATCH = 5_000;

const JAVASCRIPT = 'IqDTy1TpoU';
const WEBHOOKS = '54521fdc25e721e32a72ef04';

type Call = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

interface Seeded {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly plans: readonly string[];
}

export async function benchControlPlane(): Promise<void> {
  const counts = [SOURCES, DESTINATIONS, PLANS].map((count) => count.toLocaleString('en'));
  print(
    `### Control plane: ${counts[0]} sources, ${counts[1]} destinations, ${counts[2]} tracking plans of ${RULES} rules\n`,
  );
  print(`${CALLS} calls of each, one after another, over HTTP.
`);
  print('| database | operation | p50 ms | p95 ms | max ms |\n| --- | --- | --- | --- | --- |');
  const notes = [await run('embedded', null)];
  const postgres = process.env['DATABASE_URL'] ? null : await startPostgres({ max_wal_size: '4GB' });
  const url = process.env['DATABASE_URL'] ?? postgres?.url;
  if (url) notes.push(await run('PostgreSQL', await createDatabaseOn(url)));
  await postgres?.stop();
  print(`\n${notes.join('\n')}\n`);
}

async function run(name: string, databaseUrl: string | null): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-control-plane-'));
  const env = { KEEP_DATA: '1', ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
  const first = await startHeadgate(env, dataDir);
  const keys = await newKeys(first);
  const templates = await makeTemplates(calls(first, keys));
  await first.stop();
  const seeded = await seed({ databaseUrl, dataDir }, templates);

  const headgate = await startHeadgate(env, dataDir);
  const call = calls(headgate, keys);
  for (const [operation, ask] of operations(call, seeded)) {
    const times: number[] = [];
    for (let n = 0; n < CALLS + WARM_UP; n++) {
      const began = performance.now();
      await ask(n);
      if (n >= WARM_UP) times.push(performance.now() - began);
    }
    const [p50, p95, max] = [50, 95, 100].map((percent) => percentile(times, percent).toFixed(1));
    print(`| ${name} | ${operation} | ${p50} | ${p95} | ${max} |`);
  }
  const paging = await pageWhileRowsMove(call, seeded.sources);
  const note = `${name}: ready ${headgate.startMs} ms after its start with all of it, ${headgate.memoryMiB()} MiB. ${paging}`;
  await headgate.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return note;
}

const WARM_UP = 10;

/** Several, so that the limits of single operations do not end a measurement. */
async function newKeys(headgate: Headgate): Promise<string[]> {
  const headers = { authorization: `Bearer ${await headgate.signIn()}`, 'content-type': 'application/json' };
  const keys: string[] = [];
  for (let n = 0; n < KEYS; n++) {
    const body = JSON.stringify({ name: `bench ${n}`, rate_per_minute: 1_000_000 });
    const answer = await fetch(`${headgate.url}/api/v1/api-keys`, { method: 'POST', headers, body });
    const { key } = (await answer.json()) as { key?: string };
    if (!key) throw new Error(`No key was made: ${answer.status}`);
    keys.push(key);
  }
  return keys;
}

/** @returns what stands under `data`. */
function calls({ url }: Headgate, keys: readonly string[]): Call {
  let turn = 0;
  return async (method, path, body) => {
    const key = keys[turn++ % keys.length];
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { data: Record<string, unknown> }).data;
  };
}

interface Templates {
  readonly source: string;
  readonly destination: string;
  readonly plan: string;
}

/** One of each kind, which the others are copies of. */
async function makeTemplates(call: Call): Promise<Templates> {
  const source = idIn(
    (await call('POST', '/sources', { slug: 'template', enabled: true, metadataId: JAVASCRIPT }))['source'],
  );
  const settings = { globalHook: 'https://hooks.example.com/in' };
  const made = await call('POST', '/destinations', { sourceId: source, metadataId: WEBHOOKS, name: 'Hook', settings });
  const plan = idIn((await call('POST', '/tracking-plans', { name: 'Template', type: 'LIVE' }))['trackingPlan']);
  await call('PUT', `/tracking-plans/${plan}/rules`, { rules: rules() });
  return { source: uuid(source), destination: uuid(idIn(made['destination'])), plan: uuid(plan.replace('tp_', '')) };
}

function rules(): object[] {
  return Array.from({ length: RULES }, (_, n) => ({
    key: `Event ${n}`,
    type: 'TRACK',
    version: 1,
    jsonSchema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        properties: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'string' }, price: { type: 'number' }, tags: { type: 'array' } },
        },
      },
    },
  }));
}

async function seed(where: { databaseUrl: string | null; dataDir: string }, from: Templates): Promise<Seeded> {
  const database = await openDatabase(where);
  const { db } = database;
  const start = Date.now() - 86_400_000;
  const ids = (count: number) => Array.from({ length: count }, (_, n) => newId(start + n));
  const [sources, destinations, plans] = [ids(SOURCES), ids(DESTINATIONS), ids(PLANS)];
  const named = (id: string, n: number) => ({ id, name: `Bench ${n}` });
  await copies(
    'sources',
    from.source,
    sources.map((id, n) => ({ ...named(id, n), slug: `bench-${n}` })),
  );
  await copies(
    'destinations',
    from.destination,
    destinations.map((id, n) => ({ ...named(id, n), source_id: sources[n % SOURCES] })),
  );
  await copies('tracking_plans', from.plan, plans.map(named));
  await inBatches(sources, async (batch) => {
    await sql`
      insert into source_write_keys (workspace_id, source_id, write_key)
      select workspace_id, id, 'bench' || replace(id::text, '-', '') from sources where id = any(${batch}::uuid[])`.execute(
      db,
    );
  });
  await inBatches(
    plans,
    async (batch) => {
      await sql`
      insert into tracking_plan_rules
      select (jsonb_populate_record(r, jsonb_build_object('plan_id', p.id))).*
      from tracking_plan_rules r cross join unnest(${batch}::uuid[]) as p (id) where r.plan_id = ${from.plan}`.execute(
        db,
      );
    },
    20,
  );
  await sql`analyze`.execute(db);
  await database.close();
  return { sources, destinations, plans };

  /** The template's row with other values in some columns. */
  async function copies(table: string, template: string, rows: readonly object[]): Promise<void> {
    await inBatches(rows, async (batch) => {
      await sql`
        insert into ${sql.table(table)}
        select (jsonb_populate_record(t, n.row)).*
        from ${sql.table(table)} t cross join jsonb_array_elements(${JSON.stringify(batch)}::jsonb) as n (row)
        where t.id = ${template}`.execute(db);
    });
  }
}

async function inBatches<T>(
  all: readonly T[],
  work: (batch: readonly T[]) => Promise<void>,
  size = BATCH,
): Promise<void> {
  for (let n = 0; n < all.length; n += size) await work(all.slice(n, n + size));
}

type Operation = readonly [name: string, ask: (n: number) => Promise<unknown>];

function operations(call: Call, { sources, destinations, plans }: Seeded): Operation[] {
  const one = (all: readonly string[], n: number) => shortId(all[(n * 7_919) % all.length] ?? '');
  const plan = (n: number) => `/tracking-plans/tp_${one(plans, n)}`;
  const page = (all: readonly string[], n: number, count: number) =>
    `pagination.count=${count}&pagination.cursor=${encodeURIComponent(cursorAfter(all[(n * 7_919) % all.length] ?? ''))}`;
  return [
    ['list sources, 200 of them', (n) => call('GET', `/sources?${page(sources, n, 200)}`)],
    ['list sources, 10 of them', (n) => call('GET', `/sources?${page(sources, n, 10)}`)],
    ['get a source', (n) => call('GET', `/sources/${one(sources, n)}`)],
    ['update a source', (n) => call('PATCH', `/sources/${one(sources, n)}`, { name: `Now ${n}` })],
    ['list destinations, 200 of them', (n) => call('GET', `/destinations?${page(destinations, n, 200)}`)],
    ['list destinations, 10 of them', (n) => call('GET', `/destinations?${page(destinations, n, 10)}`)],
    ['get a destination', (n) => call('GET', `/destinations/${one(destinations, n)}`)],
    ['update a destination', (n) => call('PATCH', `/destinations/${one(destinations, n)}`, { name: `Now ${n}` })],
    ['list tracking plans, 200 of them', (n) => call('GET', `/tracking-plans?${page(plans, n, 200)}`)],
    ['get a tracking plan', (n) => call('GET', plan(n))],
    ['update a tracking plan', (n) => call('PATCH', plan(n), { name: `Now ${n}` })],
  ];
}

function cursorAfter(id: string): string {
  return Buffer.from(`>${id}`).toString('base64');
}

/** Reads all pages while one source in ten is deleted, from everywhere between the others, and new ones are made. */
async function pageWhileRowsMove(call: Call, seeded: readonly string[]): Promise<string> {
  const going = seeded.filter((_, n) => n % 10 === 5);
  const staying = seeded.filter((_, n) => n % 10 !== 5);
  const moving = { on: true, moved: 0 };
  const mover = (async () => {
    while (moving.on && moving.moved < going.length) {
      const id = going[(moving.moved * 7_919) % going.length] ?? '';
      await call('POST', '/sources', { slug: `moving-${moving.moved++}`, enabled: true, metadataId: JAVASCRIPT });
      await call('DELETE', `/sources/${shortId(id)}`);
    }
  })();
  const seen = new Map<string, number>();
  for (let next: unknown = 'MA=='; typeof next === 'string'; ) {
    const cursor = encodeURIComponent(next);
    const answer = await call('GET', `/sources?pagination.count=100&pagination.cursor=${cursor}`);
    for (const source of answer['sources'] as object[]) seen.set(idIn(source), (seen.get(idIn(source)) ?? 0) + 1);
    ({ next } = answer['pagination'] as { next?: string });
  }
  moving.on = false;
  await mover;
  const once = staying.filter((id) => seen.get(shortId(id)) === 1).length;
  const moved = `${moving.moved} of the sources were deleted and as many new ones made`;
  return `All sources read in pages of 100 while ${moved}: ${once} of the ${staying.length} others were seen exactly once.`;
}

function idIn(object: unknown): string {
  const { id } = object as { id?: unknown };
  if (typeof id !== 'string') throw new Error('An object without an id.');
  return id;
}

function uuid(id: string): string {
  return uuidOf(id) ?? '';
}
