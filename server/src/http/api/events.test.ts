/** Event routes with careless and hostile clients: made-up cursors and ids, and readers of the live stream who leave at once. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, processEvents, testApp } from '../../../test/support/app.ts';
import { newId } from '../../ids.ts';

const cursorOf = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

describe('what is no cursor or id of ours', () => {
  test.each([
    ['text', cursorOf(['x'])],
    ['a number as text', cursorOf(['NaN'])],
    ['more than a bigint', cursorOf(['99999999999999999999'])],
    ['NUL', cursorOf(['\u0000'])],
    ['a fraction', cursorOf([1.5])],
    ['two parts', cursorOf([1, 2])],
  ])('a cursor with %s', async (_name, cursor) => {
    const app = await testApp();
    const workspace = await newWorkspace(app);
    const headers = workspace.ownerHeaders();
    const answer = await app.http.inject({ url: `/api/v1/events?cursor=${cursor}`, headers });
    expect([answer.statusCode, answer.json().error.details?.[0]?.field]).toEqual([422, 'cursor']);
  });

  test('a source id as a URN, which PostgreSQL does not read', async () => {
    const app = await testApp();
    const workspace = await newWorkspace(app);
    const headers = workspace.ownerHeaders();
    const answer = await app.http.inject({ url: `/api/v1/events?source_id=urn:uuid:${newId()}`, headers });
    expect(answer.statusCode).toBe(422);
  });
});

describe('the live stream', () => {
  test('is not kept for readers who are gone before it begins', async () => {
    const app = await buildApp({});
    const workspace = await newWorkspace(app);
    await app.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.http.server.address() as AddressInfo;
    // All places but one are taken.
    const ends = Array.from({ length: 199 }, () => app.stream.watch(workspace.scope(), () => {}));
    for (let n = 0; n < 5; n++) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(
        `GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${workspace.ownerToken}\r\n\r\n`,
      );
      await new Promise((done) => setTimeout(done, 2));
      socket.destroy();
    }
    await new Promise((done) => setTimeout(done, 500));
    expect(() => ends.push(app.stream.watch(workspace.scope(), () => {}))).not.toThrow();
    for (const end of ends) end();
    await app.stop();
  });

  test('shows each workspace its events, whoever watched first', async () => {
    const app = await buildApp({});
    // The process that reads the log: its commits hurry no stream of the first one along.
    const other = await buildApp({ database: app.database });
    await app.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.http.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const end = new AbortController();
    const watch = async (headers: Record<string, string>) => {
      const answer = await fetch(`${url}/api/v1/events/stream`, { headers, signal: end.signal });
      const seen = { text: '' };
      void (async () => {
        for await (const chunk of answer.body ?? []) seen.text += Buffer.from(chunk).toString();
      })().catch(() => {});
      return seen;
    };
    const [first, second] = [await newWorkspace(app), await newWorkspace(app)];
    await watch(first.ownerHeaders());
    const source = await app.connections.sources.create(second.scope(), { name: 'S' });
    const track = async (event: string) => {
      const payload = { userId: 'u', event, writeKey: String(source.write_keys[0]) };
      const sent = await app.http.inject({ method: 'POST', url: '/v1/track', payload });
      expect(sent.statusCode, sent.body).toBe(200);
      await processEvents(app, other.pipeline);
    };
    await track('before');
    const seen = await watch(second.ownerHeaders());
    await new Promise((done) => setTimeout(done, 1_200));
    await track('after');
    await expect.poll(() => seen.text, { timeout: 5_000 }).toContain('after');
    expect(seen.text).not.toContain('before');
    end.abort();
    await Promise.all([app.stop(), other.stop()]);
  });
});
