/**
 * (h) A preview of a definition with two conditions, over 100,000 people with 1,000,000 events: how long it takes, and what
 * somebody else who asks the database in the meantime waits. HEADGATE_BENCH_PEOPLE makes it smaller, DATABASE_URL runs it
 * on that server, HEADGATE_BENCH_ONLY=embedded or =server on one of the two.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { createAudienceService } from '../server/src/audiences/service.ts';
import { migrate } from '../server/src/db/migrate.ts';
import { type Database, openDatabase } from '../server/src/db/open.ts';
import type { Scope } from '../server/src/db/tx.ts';
import { newId } from '../server/src/ids.ts';
import { createDatabaseOn } from '../server/test/support/database.ts';
import { startPostgres } from '../server/test/support/processes/postgres.ts';
import { percentile, print } from './lib/report.ts';

const PEOPLE = Number(process.env['HEADGATE_BENCH_PEOPLE'] ?? 100_000);
const EVENTS = PEOPLE * 10;
const CHUNK = 10_000;
/** How often somebody else asks. */
const ASK_EVERY_MS = 50;

const DEFINITIONS = [
  `trait('plan') = 'pro' AND event('Order Completed').count() >= 3`,
  `event('Order Completed').within(30 days).count() >= 1 AND event('Page Viewed').count() >= 2`,
  `event('Order Completed').sum(property('total')) > 500 AND NOT event('Login').within(7 days).count() >= 1`,
  `trait('plan') = 'pro' AND trait('visits') > 90`,
] as const;

export async function benchAudiencePreview(): Promise<void> {
  print(
    `### Audience previews: ${PEOPLE.toLocaleString('en')} people, ${EVENTS.toLocaleString('en')} events\n\n` +
      '| database | definition | people | first s | again s | others wait ms: p50 | p95 | max |\n' +
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  const only = process.env['HEADGATE_BENCH_ONLY'];
  if (only !== 'server') await runEmbedded();
  if (only !== 'embedded') await runServer();
  print('');
}

async function runEmbedded(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-audiences-'));
  const embedded = await openDatabase({ databaseUrl: null, dataDir });
  await run('embedded', embedded);
  await embedded.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function runServer(): Promise<void> {
  const server = process.env['DATABASE_URL'];
  const postgres = server ? null : await startPostgres();
  const url = server ?? postgres?.url;
  if (url) {
    const database = await openDatabase({ databaseUrl: await createDatabaseOn(url), dataDir: '' });
    await run('PostgreSQL', database);
    await database.close();
  }
  await postgres?.stop();
}

async function run(name: string, database: Database): Promise<void> {
  const { db } = database;
  await migrate(db);
  const scope = await fill(database);
  const log = { warn: () => {}, error: (...line: unknown[]) => print(`error: ${String(line)}`) };
  const service = createAudienceService({ database, log, now: () => new Date(), sourceId: () => null });
  for (const query of DEFINITIONS) {
    const seconds: string[] = [];
    const waits: number[] = [];
    let size: number | null = null;
    for (let n = 0; n < 2; n++) {
      const { id } = await service.previews.create(scope, { type: 'USERS', query }, { metered: false });
      const began = performance.now();
      let ended = false;
      const counting = service.runner.runAll().finally(() => {
        ended = true;
      });
      while (!ended) {
        const asked = performance.now();
        await sql`select id from profiles where id = ${id}`.execute(db);
        waits.push(performance.now() - asked);
        await sleep(ASK_EVERY_MS);
      }
      await counting;
      seconds.push(((performance.now() - began) / 1_000).toFixed(1));
      const { state, failure, size: found } = await service.previews.get(scope, id);
      if (state !== 'completed') throw new Error(`${query}: ${failure}`);
      size = found;
    }
    const [p50, p95, max] = [50, 95, 100].map((percent) => percentile(waits, percent).toFixed(0));
    print(
      `| ${name} | \`${query}\` | ${size?.toLocaleString('en')} | ${seconds.join(' | ')} | ${p50} | ${p95} | ${max} |`,
    );
  }
}

/** Events come in the order of time, of people in no order; payloads have the size of real ones. */
async function fill({ db }: Database): Promise<Scope> {
  const scope: Scope = { workspaceId: newId(), environment: 'live' };
  const { workspaceId, environment } = scope;
  await db
    .insertInto('workspaces')
    .values({ id: workspaceId, slug: `w-${workspaceId}`, name: 'Bench' })
    .execute();
  const id = (n: string) => sql.raw(`md5('bench' || (${n}))::uuid`);
  for (let from = 0; from < PEOPLE; from += CHUNK) {
    const people = sql`generate_series(${from}::int, ${Math.min(PEOPLE, from + CHUNK) - 1}::int) n`;
    await sql`insert into profiles (id, workspace_id, environment, traits, first_seen_at, last_seen_at)
      select ${id('n')}, ${workspaceId}, ${environment}, jsonb_build_object('name', 'Person ' || n, 'email', n || '@example.com',
        'plan', (array['free', 'team', 'pro'])[1 + n % 3], 'visits', n % 100), now(), now() from ${people}`.execute(db);
    await sql`insert into identifiers (workspace_id, environment, type, value, profile_id)
      select ${workspaceId}, ${environment}, t.type, n || t.rest, ${id('n')}
      from ${people}, (values ('user_id', ''), ('email', '@example.com')) t(type, rest)`.execute(db);
  }
  for (let from = 0; from < EVENTS; from += CHUNK) {
    await sql`insert into events (id, workspace_id, environment, source_id, message_id, type, name, profile_id, occurred_at,
        received_at, payload)
      select n, ${workspaceId}, ${environment}, ${id(`'source'`)}, 'm' || n, 'track',
        (array['Page Viewed', 'Login', 'Order Completed', 'Product Viewed', 'Cart Viewed'])[1 + (n::bigint * 2654435761 / 65536) % 5],
        ${id(`(n::bigint * 7919) % ${PEOPLE}`)}, at, at, jsonb_build_object('type', 'track', 'messageId', 'm' || n, 'properties',
          jsonb_build_object('total', n % 400, 'currency', 'EUR', 'order_id', md5(n::text)), 'context', jsonb_build_object(
          'ip', '203.0.113.7', 'page', jsonb_build_object('path', '/products/' || n % 1000, 'url', 'https://shop.example/products'),
          'library', jsonb_build_object('name', 'analytics.js', 'version', '4.1.0'), 'userAgent', repeat('Mozilla/5.0 ', 8)))
      from (select n, now() - interval '90 days' * (1 - n::float8 / ${EVENTS}) as at
        from generate_series(${from}::int, ${Math.min(EVENTS, from + CHUNK) - 1}::int) n) s`.execute(db);
  }
  await sql`analyze`.execute(db);
  return scope;
}
