/** (c) Start time and resident memory: first start, second start, idle, and after 50,000 events. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHeadgate, WRITE_KEY } from './lib/headgate.ts';
import { sampleEvent } from './lib/load.ts';
import { print } from './lib/report.ts';

export async function benchFootprint(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-footprint-'));
  const first = await startHeadgate({ KEEP_DATA: '1' }, dataDir);
  await first.stop();
  const second = await startHeadgate({ KEEP_DATA: '1' }, dataDir);
  await new Promise((done) => setTimeout(done, 5_000));
  const idle = second.memoryMiB();
  for (let sent = 0; sent < 50_000; sent += 500) {
    const batch = Array.from({ length: 500 }, (_, n) => sampleEvent(n));
    const answer = await fetch(`${second.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${WRITE_KEY}` },
      body: JSON.stringify({ batch }),
    });
    await answer.arrayBuffer();
  }
  const busy = second.memoryMiB();
  await second.stop();
  rmSync(dataDir, { recursive: true, force: true });
  print('### Start and memory (embedded database, its process included)\n');
  print('| first start ms | second start ms | idle MiB | after 50,000 events MiB |\n| --- | --- | --- | --- |');
  print(`| ${first.startMs} | ${second.startMs} | ${idle} | ${busy} |\n`);
}
