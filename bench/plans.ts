/**
 * (h) Tracking plans: 2,000 of 500 rules on the embedded database, listed, read and changed through the Public API while
 * 2,000 sources follow them; and what holding an event against such a plan costs. HEADGATE_BENCH_PLANS makes it smaller.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { judge } from '../server/src/connections/tracking-plans/enforcement/judge.ts';
import { compile } from '../server/src/connections/tracking-plans/enforcement/plans.ts';
import { openDatabase } from '../server/src/db/open.ts';
import { shortId } from '../server/src/http/segment/protocol/ids.ts';
import { startHeadgate } from './lib/headgate.ts';
import { sampleEvent } from './lib/load.ts';
import { percentile, print } from './lib/report.ts';

const PLANS = Number(process.env['HEADGATE_BENCH_PLANS'] ?? 2_000);
const RULES = 500;
const GOAL_MS = 50;
/** Of each question; listing rules is limited to 200 a minute. */
const ASKED = 150;

/** About 700 bytes, as the vendor's editor writes them. */
function schemaOf(n: number): object {
  const text = (description: string) => ({ type: 'string', description });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    labels: { area: `area ${n % 7}` },
    properties: {
      context: {},
      traits: {},
      properties: {
        type: 'object',
        properties: {
          order_id: text('The order, as the shop knows it'),
          total: { type: ['number', 'null'], minimum: 0, description: 'With tax' },
          currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217' },
          coupon: { type: ['string', 'null'] },
          products: { type: 'array', items: { type: 'object', required: ['sku'], properties: { sku: text('') } } },
        },
        required: ['order_id'],
      },
    },
    required: ['properties'],
  };
}

const NAMES = ['Order Completed', 'Product Viewed', 'Cart Opened'];
const keyOf = (n: number) => NAMES[n] ?? `Event ${n}`;
const planId = (n: number) => `0190b2b4-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export async function benchPlans(): Promise<void> {
  benchJudge();
  print(`### Tracking plans: ${PLANS.toLocaleString('en')} of ${RULES} rules (embedded database)\n`);
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-plans-'));
  try {
    const first = await startHeadgate({ KEEP_DATA: '1' }, dataDir);
    await first.stop();
    const seconds = await seed(dataDir);
    const headgate = await startHeadgate({ KEEP_DATA: '1' }, dataDir);
    print(
      `Filled in ${seconds} s; the next start took ${headgate.startMs} ms, with ${headgate.memoryMiB()} MiB in memory.\n`,
    );
    try {
      await measure(headgate.url, await headgate.signIn());
    } finally {
      await headgate.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Straight into the tables: a million rules through the API would take an hour. */
async function seed(dataDir: string): Promise<number> {
  const began = performance.now();
  const { db, close } = await openDatabase({ databaseUrl: null, dataDir });
  const schemas = Array.from({ length: RULES }, (_, n) => ({ n, key: keyOf(n), schema: JSON.stringify(schemaOf(n)) }));
  for (let n = 0; n < PLANS; n++) {
    const id = planId(n);
    await sql`
      insert into tracking_plans (id, workspace_id, environment, type, name, slug)
      select ${id}::uuid, id, 'live', 'LIVE', ${`Plan ${n}`}, ${`plan-${n}`} from workspaces limit 1`.execute(db);
    await sql`
      insert into tracking_plan_rules (plan_id, position, workspace_id, type, key, version, schema)
      select ${id}::uuid, r.n + 1, p.workspace_id, 'TRACK', r.key, 1, r.schema
      from tracking_plans p, json_to_recordset(${JSON.stringify(schemas)}::json) as r (n integer, key text, schema text)
      where p.id = ${id}::uuid`.execute(db);
  }
  await sql`
    insert into sources (id, workspace_id, environment, name, slug, metadata_id, tracking_plan_id)
    select gen_random_uuid(), p.workspace_id, 'live', p.name, 'followed-' || p.slug, 'IqDTy1TpoU', p.id
    from tracking_plans p`.execute(db);
  await sql`analyze tracking_plans, tracking_plan_rules, sources`.execute(db);
  await close();
  return Math.round((performance.now() - began) / 1_000);
}

async function measure(url: string, token: string): Promise<void> {
  /** @returns milliseconds. The rate limit's minute is waited for and not counted. */
  const ask = async (method: string, path: string, body?: object): Promise<number> => {
    const began = performance.now();
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const ms = performance.now() - began;
    if (answer.status === 429) {
      await sleep(1_000 * Number(answer.headers.get('retry-after')));
      return ask(method, path, body);
    }
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return ms;
  };
  const plan = (n: number) => `/tracking-plans/tp_${shortId(planId((n * 7_919) % PLANS))}`;
  const rule = (n: number, m: number) => ({ type: 'TRACK', key: keyOf(m), version: 1, jsonSchema: schemaOf(n + m) });
  const page = (n: number) => Buffer.from(`>${planId((n * 7_919) % PLANS)}`).toString('base64');
  const questions: readonly [string, (n: number) => Promise<number>, goal?: false][] = [
    ['list 200 plans', () => ask('GET', '/tracking-plans')],
    [
      'list 200 plans, from the middle',
      (n) => ask('GET', `/tracking-plans?pagination.count=200&pagination.cursor=${page(n)}`),
    ],
    ['get a plan', (n) => ask('GET', plan(n))],
    ['list 200 rules of a plan', (n) => ask('GET', `${plan(n)}/rules`)],
    ['rename a plan', (n) => ask('PATCH', plan(n), { name: `Renamed ${n}` })],
    ['change one rule (PATCH)', (n) => ask('PATCH', `${plan(n)}/rules`, { rules: [rule(n, 3)] })],
    [
      'delete one rule',
      (n) => ask('DELETE', `${plan(n)}/rules`, { rules: [{ type: 'TRACK', key: keyOf(7), version: 1 }] }),
    ],
    [
      'replace all 500 rules, ten of them changed (PUT)',
      (n) =>
        ask('PUT', `${plan(n)}/rules`, { rules: Array.from({ length: RULES }, (_, m) => rule(m < 10 ? n : 0, m)) }),
    ],
    [
      'replace all 500 rules, each of them changed (PUT)',
      (n) => ask('PUT', `${plan(n)}/rules`, { rules: Array.from({ length: RULES }, (_, m) => rule(n + 1, m)) }),
      false,
    ],
  ];
  print('| question | p50 ms | p95 ms | p99 ms | goal: p95 |\n| --- | --- | --- | --- | --- |');
  for (const [name, question, goal] of questions) {
    const times: number[] = [];
    for (let n = 0; n < ASKED; n++) {
      times.push(await question(n));
    }
    const [p50, p95, p99] = [50, 95, 99].map((percent) => percentile(times, percent).toFixed(1));
    print(`| ${name} | ${p50} | ${p95} | ${p99} | ${goal === false ? '' : `≤ ${GOAL_MS}`} |`);
  }
  print('');
}

/** One event against a plan, without a database. */
function benchJudge(): void {
  const rules = Array.from({ length: RULES }, (_, n) => ({
    ...{ type: 'TRACK' as const, key: keyOf(n), version: 1 },
    schema: JSON.stringify(schemaOf(n)),
  }));
  const began = performance.now();
  const plan = compile({ id: planId(0), rules }, 'Plan', new Map());
  const compileMs = performance.now() - began;
  const events = Array.from({ length: 300 }, (_, n) => {
    const payload = sampleEvent(n) as Record<string, unknown>;
    return { type: 'track', name: String(payload['event']), payload };
  });
  const strict = { allowUnplannedEvents: false, allowUnplannedEventProperties: false, allowEventOnViolations: false };
  const settings = { track: strict, identify: {}, group: {} };
  const lenient = { track: {}, identify: {}, group: {} };
  const broken = events.map((event) => ({
    ...event,
    payload: { ...event.payload, properties: { total: 'x', more: 1 } },
  }));
  const unknown = events.map((event) => ({ ...event, name: 'Nobody knows it' }));
  const time = (list: typeof events, all: typeof lenient): string => {
    const rounds = 1_000;
    for (const event of list) judge(event, plan, all);
    const from = performance.now();
    for (let round = 0; round < rounds; round++) for (const event of list) judge(event, plan, all);
    return (((performance.now() - from) / (rounds * list.length)) * 1_000).toFixed(2);
  };
  print(`### An event against a tracking plan of ${RULES} rules (CPU)\n`);
  print('| what | µs |\n| --- | --- |');
  print(`| an order of five properties and one product that fits | ${time(events, settings)} |`);
  print(`| one that breaks its rule twice, told in its context | ${time(broken, lenient)} |`);
  print(`| one that is blocked for it | ${time(broken, settings)} |`);
  print(`| one that the plan does not know, blocked | ${time(unknown, settings)} |`);
  print(`\nThe plan, read from its rows, is made ready in ${compileMs.toFixed(1)} ms.\n`);
}
