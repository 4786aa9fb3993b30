/**
 * (e) Verifying a key with scope, limit and usage record against a bare node:http handler, made-up keys against the same,
 * and both against better-auth's api-key plugin: in turns, one run. CPU is the server process's own, its flushes included.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKey } from '../../server/src/access/keys/check/format.ts';
import { createDatabaseOn } from '../../server/test/support/database.ts';
import { startPostgres } from '../../server/test/support/processes/postgres.ts';
import { load } from '../lib/load.ts';
import { median, print } from '../lib/report.ts';
import { type Keys, withKeys } from './keys.ts';
import { ASKED, type Spent } from './shared.ts';

/** A machine's neighbours come and go: only rounds side by side compare. Each is eight times what lies between flushes. */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 10);
/** What a round left to be flushed is its own, and not the next one's. */
const SETTLE_MS = 700;
const CONNECTIONS = 64;
const BOGUS = 1_000_000;

const directory = mkdtempSync(join(tmpdir(), 'headgate-verify-'));

interface Server {
  readonly url: string;
  readonly texts: readonly string[];
  spent(): Promise<Spent>;
  stop(): void;
}

export async function benchVerify(): Promise<void> {
  const cluster = await startPostgres();
  if (!cluster) {
    print('verify: skipped, PostgreSQL is not installed');
    return;
  }
  try {
    const small = await withKeys(await createDatabaseOn(cluster.url), 1_000);
    const large = await withKeys(await createDatabaseOn(cluster.url), 100_000);
    await againstBare(small, large);
    await bogusKeys(large);
    await againstBetterAuth(small, await createDatabaseOn(cluster.url));
  } finally {
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function againstBare(...all: Keys[]): Promise<void> {
  print(
    `### Verifying a key: check, scope, limit, usage record (PostgreSQL; ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s each; ratios and differences by round)\n`,
  );
  print(
    '| keys | bare, req/s | with a key, req/s | ratio (± its standard error) | of the best rounds | goal | CPU over bare, µs | of the best rounds | goal | refused |',
  );
  print('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  const bare = await start(VERIFY, ['bare']);
  const pairs: (readonly [Series, Series])[] = [];
  for (const { databaseUrl, texts } of all) {
    // The same script for both: how many texts it goes through is felt by wrk too.
    const script = scriptOf(texts.slice(0, ASKED));
    pairs.push([series(bare, script), series(await start(VERIFY, ['keys', databaseUrl]), script)]);
  }
  await inRounds(...pairs.flat());
  for (const [n, [a, b]] of pairs.entries()) {
    const row = [
      all[n]?.count,
      Math.round(median(a.rates)),
      Math.round(median(b.rates)),
      ratioOf(b.rates, a.rates),
      bestRatioOf(b.rates, a.rates),
      '≥ 0.80',
      differenceOf(b.cpu, a.cpu).toFixed(1),
      leastDifferenceOf(b.cpu, a.cpu),
      '≤ 5',
      b.errors,
    ];
    print(`| ${row.join(' | ')} |`);
    b.server.stop();
  }
  bare.stop();
  print('');
}

async function bogusKeys(keys: Keys): Promise<void> {
  const [bare, ours] = [await start(VERIFY, ['bare']), await start(VERIFY, ['keys', keys.databaseUrl])];
  const each = Math.ceil(BOGUS / ROUNDS);
  const [a, b] = [series(bare, ''), series(ours, '')];
  let sent = 0;
  const idle = await ours.spent();
  await new Promise((done) => setTimeout(done, 3_000));
  const before = await ours.spent();
  const pollsPerSecond = (before.connectionsTaken - idle.connectionsTaken) / 3;
  let seconds = 0;
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const file = join(directory, 'bogus.txt');
    writeFileSync(file, Array.from({ length: each }, (_, i) => bogusKey(i)).join('\n'));
    const script = fileScriptOf(file);
    a.script = script;
    b.script = script;
    await inTurns(round, a, b);
  }
  for (let goOn = true; goOn; ) {
    sent = (await ours.spent()).requests - before.requests;
    goOn = sent < BOGUS;
    if (goOn) await inTurns(0, a, b);
  }
  seconds = (performance.now() - began) / 1_000;
  const after = await ours.spent();
  const over = differenceOf(b.cpu, a.cpu);
  const queries = after.connectionsTaken - before.connectionsTaken - pollsPerSecond * seconds;
  print(`### Made-up keys, a third with a right checksum, against ${keys.count} real ones\n`);
  print(
    '| sent | CPU over bare, µs | of the best rounds | goal | database uses beyond the idle ones | keys in the index, before and after | resident MiB, before and after |',
  );
  print('| --- | --- | --- | --- | --- | --- | --- |');
  print(
    `| ${sent} | ${over.toFixed(1)} | ${leastDifferenceOf(b.cpu, a.cpu)} | ≤ 2 | ${Math.round(queries)} in ${Math.round(seconds)} s | ${before.keys}, ${after.keys} | ${before.rssMiB}, ${after.rssMiB} |\n`,
  );
  bare.stop();
  ours.stop();
}

async function againstBetterAuth(keys: Keys, databaseUrl: string): Promise<void> {
  const home = new URL('../better-auth/', import.meta.url).pathname;
  if (!existsSync(join(home, 'node_modules'))) execFileSync('npm', ['ci', '--loglevel=error'], { cwd: home });
  print("### Against better-auth's api-key plugin, 1,000 keys\n");
  print(
    '| its mode | its req/s | ours, req/s | ratio | of the best rounds | goal | its CPU µs | our CPU µs | ratio | CPU over bare µs, its and ours | its p99 ms | our p99 ms |',
  );
  print('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  const program = join(home, 'server.mjs');
  for (const [title, parameters, goal] of [
    ['PostgreSQL', ['pg', databaseUrl], 20],
    ['in memory, updates deferred', ['memory'], 10],
  ] as const) {
    const [theirs, ours] = [await start(program, [...parameters]), await start(VERIFY, ['keys', keys.databaseUrl])];
    const bare = await start(VERIFY, ['bare']);
    const a = series(theirs, scriptOf(theirs.texts));
    const script = scriptOf(keys.texts);
    const [b, c] = [series(ours, script), series(bare, script)];
    await inRounds(a, b, c);
    const over = (one: Series) => differenceOf(one.cpu, c.cpu);
    const row = [
      title,
      Math.round(median(a.rates)),
      Math.round(median(b.rates)),
      ratioOf(b.rates, a.rates),
      bestRatioOf(b.rates, a.rates),
      `≥ ${goal}`,
      median(a.cpu).toFixed(0),
      median(b.cpu).toFixed(1),
      ratioOf(a.cpu, b.cpu),
      `${over(a).toFixed(0)}, ${over(b).toFixed(1)}`,
      median(a.p99).toFixed(1),
      median(b.p99).toFixed(1),
    ];
    print(`| ${row.join(' | ')} |${a.errors + b.errors > 0 ? ` refused: ${a.errors}, ${b.errors}` : ''}`);
    theirs.stop();
    ours.stop();
    bare.stop();
  }
  print('');
}

interface Series {
  readonly server: Server;
  script: string;
  readonly rates: number[];
  readonly cpu: number[];
  readonly p99: number[];
  errors: number;
}

function series(server: Server, script: string): Series {
  return { server, script, rates: [], cpu: [], p99: [], errors: 0 };
}

/** All in turns, after one round that does not count. */
async function inRounds(...all: Series[]): Promise<void> {
  await inTurns(0, ...all);
  for (const one of all) for (const list of [one.rates, one.cpu, one.p99]) list.length = 0;
  for (let round = 0; round < ROUNDS; round++) await inTurns(round, ...all);
}

/** The mean of the rounds' ratios and its standard error. */
function ratioOf(mine: readonly number[], others: readonly number[]): string {
  const ratios = mine.map((value, round) => value / (others[round] ?? Number.NaN));
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (ratios.length - 1);
  const digits = mean < 2 ? 3 : 1;
  return `${mean.toFixed(digits)} ± ${Math.sqrt(variance / ratios.length).toFixed(digits)}`;
}

function differenceOf(mine: readonly number[], others: readonly number[]): number {
  return median(mine.map((value, round) => value - (others[round] ?? Number.NaN)));
}

/** Of the quickest round of each: neighbours make a round slower and never quicker, so here they are felt least. */
function bestRatioOf(mine: readonly number[], others: readonly number[]): string {
  const ratio = Math.max(...mine) / Math.max(...others);
  return ratio.toFixed(ratio < 2 ? 3 : 1);
}

function leastDifferenceOf(mine: readonly number[], others: readonly number[]): string {
  return (Math.min(...mine) - Math.min(...others)).toFixed(1);
}

/** The first may find a warmer machine: they change places. */
async function inTurns(round: number, ...all: Series[]): Promise<void> {
  for (const one of round % 2 === 0 ? all : all.reverse()) {
    const before = await one.server.spent();
    const result = await load(one.server.url, one.script, { connections: CONNECTIONS, seconds: SECONDS });
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    const after = await one.server.spent();
    one.rates.push(result.requestsPerSecond);
    one.p99.push(result.p99Ms);
    one.cpu.push((after.cpuUs - before.cpuUs) / (after.requests - before.requests));
    one.errors += result.errors;
  }
}

const VERIFY = new URL('./server.ts', import.meta.url).pathname;

async function start(program: string, parameters: string[]): Promise<Server> {
  const child: ChildProcess = fork(program, parameters, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [told] = (await once(child, 'message')) as [{ port: number; texts?: string[] }];
  return {
    url: `http://127.0.0.1:${told.port}`,
    texts: told.texts ?? [],
    async spent() {
      const answer = once(child, 'message');
      child.send('spent');
      return (await answer)[0] as Spent;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

function bogusKey(i: number): string {
  const { text } = makeKey('live');
  return i % 3 === 0 ? text : `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`;
}

const TALLY = `function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %f %f %d\\n", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout))
end
`;

let scripts = 0;

function scriptOf(texts: readonly string[]): string {
  const file = join(directory, `keys-${scripts++}.txt`);
  writeFileSync(file, texts.join('\n'));
  return fileScriptOf(file);
}

function fileScriptOf(file: string): string {
  const path = join(directory, `load-${scripts++}.lua`);
  writeFileSync(
    path,
    `local requests, turn = {}, 0
function init()
  for line in io.lines("${file}") do requests[#requests + 1] = wrk.format("GET", "/", { ["X-API-Key"] = line }) end
end
function request()
  turn = turn % #requests + 1
  return requests[turn]
end
${TALLY}`,
  );
  return path;
}
