import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { buildApp } from '../../test/support/app.ts';
import { AppError } from '../errors.ts';

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

test('a client that leaves while its credential is checked is refused and counted by its address all the same', async () => {
  const app = await buildApp({});
  const counted: unknown[] = [];
  const { spend } = app.limits.failures;
  Object.assign(app.limits.failures, {
    spend(ip: string) {
      counted.push(ip);
      return spend(ip);
    },
  });
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  try {
    const { port } = app.http.server.address() as AddressInfo;
    const arrival = once(app.http.server, 'connection') as Promise<[Socket]>;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const [peer] = await arrival;
    const checking = Promise.withResolvers<void>();
    Object.assign(app.access.tokens, {
      async verifyAccess() {
        checking.resolve();
        await new Promise((gone) => peer.once('close', gone));
        throw new AppError('invalid_token', 'It is none.');
      },
    });
    socket.write('GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer eyJh.e30.x\r\n\r\n');
    await checking.promise;
    socket.resetAndDestroy();
    await expect.poll(() => counted, { timeout: 10_000 }).toEqual(['127.0.0.1']);
  } finally {
    await app.stop();
  }
}, 30_000);
