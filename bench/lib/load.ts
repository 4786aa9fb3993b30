/** HTTP load by wrk: a small C program, so that the generator takes little of the two cores it shares with what it measures. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  /** Answers other than 2xx and 3xx. */
  readonly errors: number;
}

/** Bodies differ, so that nothing profits from sending the same bytes again. */
const BODIES = 64;

/** About 600 bytes, as the Node SDK sends an order. */
export function sampleEvent(n: number): object {
  return {
    type: 'track',
    event: ['Order Completed', 'Product Viewed', 'Cart Opened'][n % 3],
    userId: `user-${Math.floor(Math.random() * 10_000)}`,
    anonymousId: randomUUID(),
    messageId: `node-next-${randomUUID()}`,
    timestamp: new Date().toISOString(),
    properties: {
      order_id: randomUUID(),
      total: Math.round(Math.random() * 50_000) / 100,
      currency: 'EUR',
      products: [{ sku: `SKU-${Math.floor(Math.random() * 1_000)}`, name: 'Camping tent', price: 99.5, quantity: 2 }],
      coupon: null,
    },
    context: {
      library: { name: '@segment/analytics-node', version: '3.1.0' },
      locale: 'en-GB',
      timezone: 'Europe/Oslo',
      userAgent: 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36',
    },
    integrations: {},
  };
}

/** @returns the wrk script that posts batches of this size (1: a single event) in turn. */
export function writeScript(eventsPerBatch: number, writeKey: string): string {
  const bodies = Array.from({ length: BODIES }, (_, b) => {
    if (eventsPerBatch === 1) return JSON.stringify(sampleEvent(b));
    const batch = Array.from({ length: eventsPerBatch }, (_unused, n) => sampleEvent(n));
    return JSON.stringify({ batch, sentAt: new Date().toISOString() });
  });
  const path = join(mkdtempSync(join(tmpdir(), 'headgate-load-')), 'load.lua');
  writeFileSync(
    path,
    `local bodies = {${bodies.map((body) => `[==[${body}]==]`).join(',\n')}}
local requests, turn = {}, 0
function init()
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Basic ${Buffer.from(`${writeKey}:`).toString('base64')}"
  for i, body in ipairs(bodies) do requests[i] = wrk.format(nil, "/v1/${eventsPerBatch === 1 ? 'track' : 'batch'}", nil, body) end
end
function request()
  turn = turn % ${BODIES} + 1
  return requests[turn]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %f %f %d\\n", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout))
end
`,
  );
  return path;
}

export async function load(
  url: string,
  script: string,
  options: { connections: number; seconds: number },
): Promise<LoadResult> {
  const { stdout } = await run('wrk', ['-t1', `-c${options.connections}`, `-d${options.seconds}s`, '-s', script, url]);
  const [, rps, p99, errors] = /RESULT (\S+) (\S+) (\d+)/.exec(stdout) ?? [];
  if (rps === undefined) throw new Error(`wrk said nothing of a result: ${stdout}`);
  return { requestsPerSecond: Number(rps), p99Ms: Number(p99), errors: Number(errors) };
}

export async function hasWrk(): Promise<boolean> {
  return run('wrk', ['-v']).then(
    () => true,
    (error: { code?: unknown }) => error.code !== 'ENOENT',
  );
}
