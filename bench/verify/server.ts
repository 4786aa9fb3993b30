/**
 * A bare node:http server, and the same with everything a request with a key passes: check, scope, limit, usage record.
 * Run as a process of its own (`bare`, or `keys <database url>`); tells the parent what it has spent when asked.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGuard } from './guard.ts';
import { answer, type Spent } from './shared.ts';

const [mode, databaseUrl = ''] = process.argv.slice(2);

let requests = 0;
const counted = { taken: () => 0, keys: () => 0 };
let decide: (request: IncomingMessage) => number = () => 200;
if (mode === 'keys') {
  const guard = await createGuard(databaseUrl);
  counted.taken = guard.taken;
  counted.keys = guard.index.size;
  decide = (request) => guard.decide(request, requests);
}

const server = createServer((request, response) => {
  requests++;
  answer(response, decide(request));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const spent: Spent = {
    cpuUs: user + system,
    requests,
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    connectionsTaken: counted.taken(),
    keys: counted.keys(),
  };
  process.send?.(spent);
});
process.on('disconnect', () => process.exit(0));
