/**
 * (h) What counting costs the pipeline: the same log rows through the same stages with and without it, in turns in one
 * process, so that a slow minute hits both. The events are of a batch's usual kind: a few names, people who come back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { migrate } from '../server/src/db/migrate.ts';
import { type Db, openDatabase } from '../server/src/db/open.ts';
import { createEventLog } from '../server/src/events/log/append.ts';
import { createPipeline, type Pipeline } from '../server/src/events/pipeline/pipeline.ts';
import { pipelineStages } from '../server/src/events/pipeline/stages.ts';
import type { Stage } from '../server/src/events/types.ts';
import { newId } from '../server/src/ids.ts';
import { createPeople } from '../server/src/people/service.ts';
import { suppressionStage } from '../server/src/people/suppression/stage.ts';
import { startPostgres } from '../server/test/support/processes/postgres.ts';
import { median, print } from './lib/report.ts';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 20_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const NAMES = 40;
const PEOPLE = 5_000;
const nothing: Stage = { name: 'nothing', run: async () => {} };
const LEFT_OUT = new Set(['names', 'counts', 'suppression']);

export async function benchCounting(): Promise<void> {
  print(`### Counting: ${EVENTS} events, ${NAMES} names, ${PEOPLE} people, median of ${ROUNDS} rounds in turns\n`);
  print('| database | without counting or suppression, events/s | with both, events/s | ratio | goal |');
  print('| --- | --- | --- | --- | --- |');
  const cluster = await startPostgres();
  if (cluster) await measure('PostgreSQL', cluster.url);
  await cluster?.stop();
  await measure('embedded', null);
  print('');
}

async function measure(name: string, databaseUrl: string | null): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-bench-'));
  const database = await openDatabase({ databaseUrl, dataDir });
  try {
    const { db } = database;
    await migrate(db);
    const all = pipelineStages({
      suppression: suppressionStage,
      trackingPlans: nothing,
      identity: createPeople({ db, now: () => new Date() }).stage,
      deliveries: nothing,
    });
    const log = pino({ level: 'silent' });
    const full = createPipeline({ db, stages: all, log });
    const bare = createPipeline({ db, stages: all.filter((stage) => !LEFT_OUT.has(stage.name)), log });
    const workspaceId = newId();
    const values = { id: workspaceId, slug: `w-${workspaceId}`, name: 'Bench' };
    await db.insertInto('workspaces').values(values).execute();
    // Warm: prepared plans, people who are known.
    for (const pipeline of [bare, full]) await run(db, pipeline, workspaceId);
    const rates: { bare: number[]; full: number[] } = { bare: [], full: [] };
    for (let round = 0; round < ROUNDS; round++) {
      rates.bare.push(await run(db, bare, workspaceId));
      rates.full.push(await run(db, full, workspaceId));
    }
    const [without, with_] = [median(rates.bare), median(rates.full)];
    print(`| ${name} | ${Math.round(without)} | ${Math.round(with_)} | ${(with_ / without).toFixed(2)} | ≥ 0.8 |`);
  } finally {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

let sent = 0;

async function run(db: Db, pipeline: Pipeline, workspaceId: string): Promise<number> {
  const log = createEventLog({ db });
  const sourceId = SOURCES[0] ?? '';
  for (let start = 0; start < EVENTS; start += 100) {
    const batch = Array.from({ length: 100 }, (_, n) => event(start + n));
    const header = { workspaceId, environment: 'live' as const, sourceId, receivedAt: Date.now(), ip: '203.0.113.1' };
    await log.append(
      { header: { ...header, kind: 'batch' }, body: Buffer.from(JSON.stringify({ batch })) },
      0xffff,
      100,
    );
  }
  await sql`analyze event_log`.execute(db);
  const began = performance.now();
  while ((await pipeline.runOnce()) > 0);
  return EVENTS / ((performance.now() - began) / 1_000);
}

const SOURCES = [newId()];

function event(n: number): object {
  const person = Math.floor(Math.random() * PEOPLE);
  return {
    type: 'track',
    event: `Event ${n % NAMES}`,
    messageId: `m${sent++}`,
    anonymousId: `browser-${person}`,
    ...(person % 2 === 0 && { userId: `user-${person}` }),
    context: { app: { version: `1.${n % 3}` }, library: { name: 'bench', version: '1' } },
    properties: { n, price: 12.5, currency: 'EUR' },
  };
}
