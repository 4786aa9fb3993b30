import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { buildApp } from '../../test/support/app.ts';

test('a client that is slow to send its request does not hold up the drain', async () => {
  const app = await buildApp({});
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.http.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  socket.write('POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{');
  const trickle = setInterval(() => socket.write(' '), 100);
  socket.once('close', () => clearInterval(trickle));
  await new Promise((done) => setTimeout(done, 300));
  const started = performance.now();
  await app.stop();
  expect(performance.now() - started).toBeLessThan(10_000);
}, 30_000);
