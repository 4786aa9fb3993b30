/** What a hostile warehouse gets out of a try: nothing of this process's own, no connection for ever, no memory without end. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '../../ids.ts';
import { createCatalog } from '../catalog/catalog.ts';
import { createTryConnection } from './connect.ts';

const type = createCatalog().warehouses.find('postgres');
const scope = { workspaceId: newId(), environment: 'live' } as const;

/** Messages of PostgreSQL's protocol. */
function message(kind: string, body: Buffer | string, length = body.length + 4): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}
const ASK_PASSWORD = message('R', Buffer.from([0, 0, 0, 3]));
const READY = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')]);
const ANSWER = Buffer.concat([message('C', 'SELECT 1\0'), message('Z', 'I')]);

/** @returns what was received, as text, and the settings to get here. */
async function warehouse(answer: (socket: Socket, data: Buffer) => void) {
  let received = '';
  let closed = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    socket.on('close', () => closed++);
    socket.on('data', (data) => {
      received += data.toString('latin1');
      answer(socket, data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { settings: { hostname: '127.0.0.1', port: String(port) }, received: () => received, closed: () => closed };
}

async function tried(settings: Record<string, unknown>) {
  if (!type) throw new Error('The catalog has no postgres.');
  return await createTryConnection({ resolve: async (host) => host })(scope, type, settings);
}

const polite = (socket: Socket, data: Buffer) => {
  if (data[0] === 0) socket.write(ASK_PASSWORD);
  else if (data[0] === 112) socket.write(READY);
  else if (data[0] === 81) socket.write(ANSWER);
  else if (data[0] === 88) {
    // Asked to end it does not: it goes on as long as anybody is there.
    const more = setInterval(() => socket.write('x'), 10);
    socket.on('close', () => clearInterval(more));
  }
};

test('what is left empty is not filled up from the environment', async () => {
  const own = { PGPASSWORD: 'own-password', PGUSER: 'own-user', PGDATABASE: 'own-database' };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { settings, received, closed } = await warehouse(polite);
  expect(await tried({ ...settings, password: '' })).toBe('FAILED');
  expect(received()).toBe('');
  expect(await tried({ ...settings, username: 'ada', password: '' })).toBe('CONNECTED');
  expect(received()).toContain('ada');
  expect(received()).not.toContain('own-');
  expect(await tried({ ...settings, username: 'ada', password: 'given' })).toBe('CONNECTED');
  expect(received()).toContain('given');
  await vi.waitFor(() => expect(closed()).toBe(2), { timeout: 5_000 });
});

test('an answer without end is given up', async () => {
  const much = Buffer.alloc(262_144);
  let sent = 0;
  const { settings } = await warehouse((socket) => {
    socket.write(message('R', '', 1_000_000_000));
    const more = () => {
      if (socket.destroyed) return;
      sent += much.length;
      socket.write(much);
      setTimeout(more, 5);
    };
    more();
  });
  expect(await tried({ ...settings, username: 'ada', password: 'p' })).toBe('FAILED');
  expect(sent).toBeLessThan(200 * much.length);
});
