/**
 * What the tests of the vendors' pages share: a server that listens, the page's curl lines with only the host changed, and
 * stand-ins for routes that a page names and a later area brings. A stand-in gives way as soon as the real route is there.
 */
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { RouteAccess } from '../../src/http/route.ts';
import { newWorkspace, TEST_SECRET, type TestApp, type TestWorkspace } from '../support/app.ts';
import { newDatabase } from '../support/database.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a page's answer, looked at by its test
  readonly json: any;
}

export interface House {
  readonly app: TestApp;
  readonly url: string;
  /** A workspace with an owner, its name and slug as the page has them. */
  readonly w: TestWorkspace;
  /** Runs a curl line of the page: variables as a shell would fill them in, any host replaced by this server. */
  curl(line: string, variables?: Record<string, string>): Promise<Answer>;
  ask(method: string, path: string, headers?: Record<string, string>, body?: unknown): Promise<Answer>;
  /** What stand-ins were called with: `<method> <url>` for each call that reached its handler. */
  readonly reached: string[];
  stop(): Promise<void>;
}

export interface StandIn {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly access: RouteAccess;
  /** Milliseconds until it answers; default 0. */
  readonly takes?: number;
}

export async function openHouse(
  options: { env?: Record<string, string>; standIns?: readonly StandIn[] } = {},
): Promise<House> {
  // Its own: mails of everybody are sent here.
  const database = await newDatabase();
  const config = readConfig({ PORT: '0', HEADGATE_ALLOW_PRIVATE_NETWORK: 'true', ...options.env });
  const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  const parts = await createApp({ config, database, log, secret: TEST_SECRET });
  const reached: string[] = [];
  for (const { method, url, access, takes = 0 } of options.standIns ?? []) {
    if (parts.http.hasRoute({ method, url })) continue;
    parts.http.route({
      method,
      url,
      config: { access },
      schema: { hide: true },
      async handler() {
        reached.push(`${method} ${url}`);
        if (takes > 0) await new Promise((done) => setTimeout(done, takes));
        return { id: randomBytes(8).toString('hex'), items: [] };
      },
    });
  }
  const address = await parts.http.listen({ port: 0, host: '127.0.0.1' });
  // Keys from other processes, last uses and the usage log.
  await parts.access.start();
  await parts.notices.start();
  const app: TestApp = { ...parts, database, config, secret: TEST_SECRET };
  const w = await newWorkspace(app);

  async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${address}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: text }),
      redirect: 'manual',
    });
    return await answerOf(response);
  }

  return {
    app,
    url: address,
    w,
    ask,
    reached,
    async curl(line, variables = {}) {
      const { method, url, headers, body } = parseCurl(line, variables);
      const { pathname, search } = new URL(url);
      return await ask(method, `${pathname}${search}`, headers, body);
    },
    async stop() {
      await app.stop();
      await database.close();
    },
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Not every answer is JSON.
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** As curl reads its arguments: -X, -H, -d; a body makes it a POST with a form's content type unless -H says otherwise. */
function parseCurl(line: string, variables: Record<string, string>) {
  const words = shellWords(line.replaceAll('\\\n', ' '), variables);
  let method: string | null = null;
  let url = '';
  let body: string | undefined;
  const headers: Record<string, string> = {};
  for (let i = words[0] === '$' ? 2 : 1; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-X') method = words[++i] ?? '';
    else if (word === '-d') body = words[++i] ?? '';
    else if (word === '-H') {
      const [name = '', ...value] = (words[++i] ?? '').split(':');
      headers[name.trim().toLowerCase()] = value.join(':').trim();
    } else url = word;
  }
  if (body !== undefined) headers['content-type'] ??= 'application/x-www-form-urlencoded';
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body };
}

function shellWords(line: string, variables: Record<string, string>): string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    const [, single, double, bare] = match;
    words.push(single ?? (double ?? bare ?? '').replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? ''));
  }
  return words;
}

/** Signs in as the workspace's owner. */
export async function signIn({ ask, w }: House): Promise<{ access: string; refresh: string }> {
  const { email, password } = w.owner;
  return (await ask('POST', '/api/auth/token/', {}, { email, password })).json;
}
