/**
 * (a) Accepting events, durable on PostgreSQL, against a bare Fastify handler that only parses: same machine, same
 * run, taken in turns so that a slow minute hits both. The ratio is what counts.
 */
import { spawn } from 'node:child_process';
import { freePort } from '../server/test/support/processes/port.ts';
import { startPostgres } from '../server/test/support/processes/postgres.ts';
import { startHeadgate, WRITE_KEY } from './lib/headgate.ts';
import { load, writeScript } from './lib/load.ts';
import { median, print } from './lib/report.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const CONNECTIONS = 128;
const GOALS = new Map([
  [1, 0.5],
  [20, 0.35],
  [100, 0.35],
]);

export async function benchIngest(): Promise<void> {
  const cluster = await startPostgres();
  if (!cluster) {
    print('ingest: skipped, PostgreSQL is not installed');
    return;
  }
  const port = await freePort();
  const bare = spawn(process.execPath, [new URL('./lib/bare.ts', import.meta.url).pathname, String(port)], {
    stdio: 'ignore',
  });
  try {
    print(
      `### Ingest (PostgreSQL, fsync and synchronous_commit on; ${CONNECTIONS} connections, median of ${ROUNDS} × ${SECONDS} s)\n`,
    );
    for (const [title, roles] of [
      ['accepting process (`HEADGATE_ROLES=api`)', 'api'],
      ['one process doing everything, the pipeline at work beside', 'api,worker'],
    ] as const) {
      const headgate = await startHeadgate({ DATABASE_URL: cluster.url, HEADGATE_ROLES: roles });
      print(
        `${title}\n\n| events a request | bare Fastify, events/s | Headgate, events/s | ratio | goal | p99 ms | errors |\n| --- | --- | --- | --- | --- | --- | --- |`,
      );
      for (const [size, goal] of GOALS) {
        const script = writeScript(size, WRITE_KEY);
        const ceiling: number[] = [];
        const ours: number[] = [];
        let errors = 0;
        let p99 = 0;
        for (let round = 0; round < ROUNDS; round++) {
          const options = { connections: CONNECTIONS, seconds: SECONDS };
          ceiling.push((await load(`http://127.0.0.1:${port}`, script, options)).requestsPerSecond * size);
          const result = await load(headgate.url, script, options);
          ours.push(result.requestsPerSecond * size);
          errors += result.errors;
          p99 = Math.max(p99, result.p99Ms);
        }
        const ratio = median(ours) / median(ceiling);
        const wanted = roles === 'api' ? `≥ ${goal}` : '';
        print(
          `| ${size} | ${Math.round(median(ceiling))} | ${Math.round(median(ours))} | ${ratio.toFixed(2)} | ${wanted} | ${p99.toFixed(0)} | ${errors} |`,
        );
      }
      print('');
      await headgate.stop();
    }
  } finally {
    bare.kill();
    await cluster.stop();
  }
}
