/**
 * What each step of a request with a key costs: all of them in one process, through node:http on streams in memory, in
 * batches that take turns. Neighbours of the machine slow all steps alike, so differences of a tenth of a microsecond
 * show, which two servers side by side hide. Not in it: the kernel's part, and what a flush does between batches.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checksumIn, idNumberIn } from '../../server/src/access/keys/check/format.ts';
import { createKeyHashes } from '../../server/src/access/keys/check/hashes.ts';
import { createDatabaseOn } from '../../server/test/support/database.ts';
import { startPostgres } from '../../server/test/support/processes/postgres.ts';
import { percentile, print } from '../lib/report.ts';
import { createGuard } from './guard.ts';
import { withKeys } from './keys.ts';
import { ASKED, answer, SCOPE, SECRET } from './shared.ts';

/** Requests of one batch, each on a connection of its own. */
const BATCH = 64;
const BATCHES = Number(process.env['BENCH_BATCHES'] ?? 6_000);
/** Of all batches, while everything is still being compiled. */
const WARM_UP = BATCHES / 3;

export async function benchVerifySteps(): Promise<void> {
  const cluster = await startPostgres();
  if (!cluster) {
    print('verify-steps: skipped, PostgreSQL is not installed');
    return;
  }
  try {
    print(
      `### Steps of a request with a key, CPU over bare node:http in ns (${BATCHES} batches of ${BATCH}, in turns)\n`,
    );
    print('| keys | step, with those before it | lower quartile | median |');
    print('| --- | --- | --- | --- |');
    for (const count of [1_000, 100_000]) {
      const keys = await withKeys(await createDatabaseOn(cluster.url), count);
      // A process of its own, as compiled code knows what it has met.
      const child: ChildProcess = fork(fileURLToPath(import.meta.url), [keys.databaseUrl, String(count)]);
      child.send(keys.texts.slice(0, ASKED));
      await once(child, 'exit');
    }
    print('');
  } finally {
    await cluster.stop();
  }
}

/** A connection whose other end is this program. */
class Wire extends Duplex {
  readonly remoteAddress = '127.0.0.1';
  override _read(): void {}
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
  override _writev(_chunks: unknown, done: () => void): void {
    done();
  }
  setTimeout(): this {
    return this;
  }
}

function wiresTo(decide: (request: IncomingMessage) => boolean): Wire[] {
  const server = createServer((request, response) => {
    if (!decide(request)) throw new Error('A request of the bench was refused.');
    answer(response, 200);
  });
  return Array.from({ length: BATCH }, () => {
    const wire = new Wire();
    server.emit('connection', wire);
    return wire;
  });
}

async function measure(databaseUrl: string, count: string, texts: readonly string[]): Promise<void> {
  const { index, take, decide } = await createGuard(databaseUrl);
  const { glance } = createKeyHashes(SECRET, null);
  const textOf = (request: IncomingMessage) => String(request.headers['x-api-key']);
  let requests = 0;
  const foundBy = (request: IncomingMessage) => {
    const found = index.check(textOf(request));
    if (typeof found === 'string' || found instanceof Promise) throw new Error('A key of the bench is not known.');
    return found;
  };
  const steps = {
    bare: wiresTo(() => true),
    'the header is read': wiresTo((request) => textOf(request) !== ''),
    'the text is read': wiresTo((request) => idNumberIn(textOf(request)) + checksumIn(textOf(request)) > 0),
    'its MAC is computed (and it is not read)': wiresTo((request) => glance(textOf(request)).length > 0),
    'the key is known': wiresTo((request) => foundBy(request).endsAt === null),
    'its scope is right': wiresTo((request) => foundBy(request).scopes.has(SCOPE)),
    'its limit lets it in': wiresTo((request) => {
      const found = foundBy(request);
      return found.scopes.has(SCOPE) && take(found);
    }),
    'its use is recorded: all': wiresTo((request) => decide(request, ++requests) === 200),
  };
  const raw = texts.map((text) => Buffer.from(`GET / HTTP/1.1\r\nHost: 127.0.0.1:4000\r\nX-API-Key: ${text}\r\n\r\n`));
  const order = Object.entries(steps).map(([name, wires]) => ({ name, wires, ns: [] as number[] }));
  const rows = [...order];
  let next = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    order.push(...order.splice(0, 1));
    for (const { wires, ns } of order) {
      const began = process.hrtime.bigint();
      for (const wire of wires) {
        wire.emit('data', raw[next]);
        next = (next + 1) % raw.length;
      }
      await turn();
      if (batch >= WARM_UP) ns.push(Number(process.hrtime.bigint() - began) / BATCH);
    }
  }
  const bare = rows[0]?.ns ?? [];
  for (const { name, ns } of rows) {
    const over = (percent: number) =>
      Math.round(percentile(ns, percent) - (name === 'bare' ? 0 : percentile(bare, percent)));
    print(`| ${Number(count).toLocaleString('en')} | ${name} | ${over(25)} | ${over(50)} |`);
  }
  process.exit(0);
}

const [databaseUrl, count] = process.argv.slice(2);
if (process.send && databaseUrl && count) {
  process.once('message', (texts) => void measure(databaseUrl, count, texts as string[]));
}
