import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOutboundHttp, type OutboundHttp, type ResolvedAddress } from './http.ts';

const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function serve(listener: RequestListener): Promise<{ server: Server; port: number; hits: () => number }> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits++;
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  opened.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return { server, port: (server.address() as AddressInfo).port, hits: () => hits };
}

function client(
  allowPrivateNetwork: boolean,
  resolve: (name: string) => Promise<ResolvedAddress[]> = async () => [{ address: '127.0.0.1', family: 4 }],
): OutboundHttp {
  const http = createOutboundHttp({ allowPrivateNetwork, resolve });
  opened.push(http);
  return http;
}

describe('the guarded client', () => {
  it('sends a body and gives status, headers and the start of the answer', async () => {
    const { port } = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'x-got': request.headers['content-length'] ?? '' });
        response.end(`${request.method} ${request.headers['x-a']} ${Buffer.concat(chunks)}`);
      });
    });
    const answer = await client(true).request({
      method: 'POST',
      url: `http://hook.example:${port}/in`,
      headers: { 'x-a': 'b' },
      body: 'grüße',
    });
    expect(answer).toMatchObject({ status: 201, text: 'POST b grüße', headers: { 'x-got': '7' } });
  });

  it.each(['http://127.1', 'http://0x7f.1', 'http://017700000001', 'http://[::ffff:7f00:1]', 'http://localhost'])(
    'does not connect to %s',
    async (origin) => {
      const { port, hits } = await serve((_request, response) => response.end('inside'));
      const sent = client(false).request({ method: 'GET', url: `${origin}:${port}/` });
      await expect(sent).rejects.toMatchObject({ code: 'blocked_address' });
      expect(hits()).toBe(0);
    },
  );

  it('does not connect to a name when only one of its addresses is private', async () => {
    const { port, hits } = await serve((_request, response) => response.end('inside'));
    const mixed = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const sent = client(false, mixed).request({ method: 'GET', url: `http://mixed.example:${port}/` });
    await expect(sent).rejects.toMatchObject({ code: 'blocked_address' });
    expect(hits()).toBe(0);
  });

  it('asks a rebinding name once a connection and connects to what it checked', async () => {
    const { port, hits } = await serve((_request, response) => response.end('inside'));
    let asked = 0;
    const rebinding = async () => {
      asked++;
      // A public address first, the private one at every later question. 192.0.2.1 would be refused too.
      return [{ address: asked === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }];
    };
    const http = client(false, rebinding);
    const first = http.request({ method: 'GET', url: `http://rebind.example:${port}/`, timeoutMs: 300 });
    await expect(first).rejects.toMatchObject({ code: expect.stringMatching(/timeout|connection/) });
    expect(asked).toBe(1);
    const second = http.request({ method: 'GET', url: `http://rebind.example:${port}/`, timeoutMs: 300 });
    await expect(second).rejects.toMatchObject({ code: 'blocked_address' });
    expect(hits()).toBe(0);
  });

  it('gives a redirect as the answer, and follows only on request', async () => {
    const { port, hits } = await serve((request, response) => {
      if (request.url === '/end') response.end('end');
      else response.writeHead(302, { location: '/end' }).end();
    });
    const http = client(true);
    const url = `http://a.example:${port}/start`;
    expect((await http.request({ method: 'POST', url, body: '', followRedirects: true })).status).toBe(302);
    expect((await http.request({ method: 'GET', url })).status).toBe(302);
    expect(hits()).toBe(2);
    expect(await http.request({ method: 'GET', url, followRedirects: true })).toMatchObject({
      status: 200,
      text: 'end',
    });
  });

  it.each([
    'http://10.0.0.1/',
    'http://127.0.0.2/',
    'http://inside.example/',
    'http://localhost/',
    'file:///etc/passwd',
  ])('does not follow a redirect to %s', async (location) => {
    const { port } = await serve((_request, response) => response.writeHead(302, { location }).end());
    const http = createOutboundHttp({
      allowPrivateNetwork: false,
      resolve: async (name) => [{ address: name === 'outside.example' ? '127.0.0.1' : '127.0.0.2', family: 4 }],
      // The receiver's own address stands for a public one.
      isAllowed: (address) => address === '127.0.0.1',
    });
    opened.push(http);
    const url = `http://outside.example:${port}/`;
    expect((await http.request({ method: 'GET', url })).status).toBe(302);
    const sent = http.request({ method: 'GET', url, followRedirects: true });
    await expect(sent).rejects.toMatchObject({ code: expect.stringMatching(/blocked_address|bad_url/) });
  });

  it('ends a loop of redirects', async () => {
    const { port, hits } = await serve((_request, response) => response.writeHead(302, { location: '/loop' }).end());
    const url = `http://a.example:${port}/loop`;
    const loop = client(true).request({ method: 'GET', url, followRedirects: true });
    await expect(loop).rejects.toMatchObject({ code: 'too_many_redirects' });
    expect(hits()).toBe(4);
  });

  it('gives up on a body that never ends, and on a server that never answers', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/silent') return;
      response.writeHead(200);
      response.write('start');
    });
    const http = client(true);
    for (const path of ['/silent', '/hanging']) {
      const started = Date.now();
      const sent = http.request({ method: 'GET', url: `http://a.example:${port}${path}`, timeoutMs: 200 });
      await expect(sent).rejects.toMatchObject({ code: 'timeout' });
      expect(Date.now() - started).toBeLessThan(2_000);
    }
  });

  it('reads 64 KB of an endless answer and keeps 1 KB', async () => {
    let sentBytes = 0;
    const { port } = await serve((_request, response) => {
      const push = (): void => {
        if (response.destroyed) return;
        sentBytes += 16_384;
        if (response.write('x'.repeat(16_384))) setImmediate(push);
        else response.once('drain', push);
      };
      push();
    });
    const answer = await client(true).request({ method: 'GET', url: `http://a.example:${port}/` });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('x'.repeat(1_024));
    const before = sentBytes;
    await new Promise((done) => setTimeout(done, 200));
    expect(sentBytes).toBeLessThan(before + 8_388_608);
  });

  it('names the reason when nothing listens', async () => {
    const { server, port } = await serve(() => {});
    await new Promise((done) => server.close(done));
    const sent = client(true).request({ method: 'GET', url: `http://a.example:${port}/` });
    await expect(sent).rejects.toMatchObject({ code: 'connection', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('ignores proxy settings of the environment', async () => {
    const { port, hits } = await serve((_request, response) => response.end('direct'));
    const proxy = await serve((_request, response) => response.end('proxied'));
    process.env['HTTP_PROXY'] = process.env['http_proxy'] = `http://127.0.0.1:${proxy.port}`;
    try {
      const answer = await client(true).request({ method: 'GET', url: `http://a.example:${port}/` });
      expect(answer.text).toBe('direct');
      expect([hits(), proxy.hits()]).toEqual([1, 0]);
    } finally {
      delete process.env['HTTP_PROXY'];
      delete process.env['http_proxy'];
    }
  });
});
