/** A webhook receiver in the test's process: records every request in the order of arrival and answers as it is told. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface WebhookCall {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came, for checking the signature. */
  readonly text: string;
  readonly body: Record<string, unknown>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly status: number;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

export interface Receiver {
  readonly url: string;
  readonly calls: readonly WebhookCall[];
  stop(): Promise<void>;
}

/** @param answer what to reply to this body; default 200. Called once a request, in the order of arrival. */
export async function startReceiver(
  answer: (body: Record<string, unknown>) => Reply = () => ({ status: 200 }),
): Promise<Receiver> {
  const calls: WebhookCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A request that is cut off never ends, and does not count.
    request.on('error', () => {});
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const body = JSON.parse(text) as Record<string, unknown>;
      const { status, headers } = answer(body);
      calls.push({ method: request.method ?? '', headers: request.headers, text, body, at: Date.now(), status });
      response.writeHead(status, headers).end();
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
