/** An app and a browser for OAuth tests: a listening server, a cookie jar, the consent page's calls. */
import { createHash, randomBytes } from 'node:crypto';
import { buildApp, type TestApp, type TestWorkspace } from './app.ts';
import { freePort } from './processes/port.ts';

export const CALLBACK = 'https://app.example.test/callback';

export interface OAuthServer {
  readonly app: TestApp;
  /** Also the issuer. */
  readonly url: string;
}

export async function startOAuthServer(): Promise<OAuthServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const app = await buildApp({ env: { HEADGATE_PUBLIC_URL: url } });
  await app.http.listen({ port, host: '127.0.0.1' });
  return { app, url };
}

export interface RegisteredApp {
  readonly id: string;
  readonly client_secret: string | null;
}

/** Registers an app as the owner of the workspace. */
export async function registerApp(url: string, workspace: TestWorkspace, body: object): Promise<RegisteredApp> {
  const answer = await fetch(`${url}/api/v1/oauth/clients`, {
    method: 'POST',
    headers: { ...workspace.ownerHeaders(), 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'App', scopes: ['sources:read'], ...body }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as RegisteredApp;
}

export interface Browser {
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  post(url: string, body: object, headers: Record<string, string>): Promise<Response>;
}

/** Keeps cookies by name, follows no redirect. */
export function newBrowser(): Browser {
  const jar = new Map<string, string>();
  async function ask(url: string, init: RequestInit): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }
  return {
    get: (url, headers = {}) => ask(url, { headers }),
    post: (url, body, headers) =>
      ask(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function authorizeUrl(server: string, clientId: string, pkce: Pkce, more: Record<string, string> = {}): string {
  const url = new URL('/oauth/authorize', server);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    scope: 'sources:read',
    state: 'a state',
    code_challenge: pkce.challenge,
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  return url.href;
}

/** The id of the question that the browser is sent to, '' when it is sent elsewhere. */
export function questionOf(answer: Response): string {
  return /\/app\/oauth\/consent\/([\w-]+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
}

export interface Agreement {
  readonly environment?: 'live' | 'test';
  readonly scopes?: string[];
  readonly may_send?: boolean;
}

/** Goes through the whole flow. @returns the code. */
export async function agree(
  server: string,
  url: string,
  workspaceId: string,
  headers: Record<string, string>,
  agreement: Agreement = {},
): Promise<string> {
  const browser = newBrowser();
  const uid = questionOf(await browser.get(url));
  const body = { workspace_id: workspaceId, environment: 'live', ...agreement };
  const confirmed = await browser.post(`${server}/oauth/interaction/${uid}/confirm`, body, headers);
  if (confirmed.status !== 200) throw new Error(`${confirmed.status} ${await confirmed.text()}`);
  const { redirect_to } = (await confirmed.json()) as { redirect_to: string };
  const back = await browser.get(redirect_to);
  const code = new URL(back.headers.get('location') ?? '', server).searchParams.get('code');
  if (!code) throw new Error(`${back.status} ${back.headers.get('location')} ${await back.text()}`);
  return code;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly error?: string;
}

export async function post(url: string, form: Record<string, string>, app?: RegisteredApp) {
  const basic = app?.client_secret && Buffer.from(`${app.id}:${app.client_secret}`).toString('base64');
  const answer = await fetch(url, {
    method: 'POST',
    headers: basic ? { authorization: `Basic ${basic}` } : {},
    body: new URLSearchParams(app && !basic ? { client_id: app.id, ...form } : form),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Tokens & Record<string, unknown> };
}

export function exchange(server: string, app: RegisteredApp, code: string, pkce: Pkce, more = {}) {
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: pkce.verifier,
    ...more,
  };
  return post(`${server}/oauth/token`, form, app);
}

export function refresh(server: string, app: RegisteredApp, token: string) {
  return post(`${server}/oauth/token`, { grant_type: 'refresh_token', refresh_token: token }, app);
}

/** The status of a call that needs `sources:read`. */
export async function callApi(server: string, token: string, path = '/api/v1/sources'): Promise<number> {
  const answer = await fetch(server + path, { headers: { authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  return answer.status;
}
