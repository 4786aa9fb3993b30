/**
 * Who is signed in. The access token lives in this module's memory only; the refresh token is an HttpOnly cookie that
 * script cannot read. All tabs share that cookie and each refresh replaces it, so refreshes take turns over all tabs.
 */
import { signWithPasskey } from '../lib/passkey.ts';
import { createStore, useStore } from '../lib/store.ts';

export type SessionState = 'unknown' | 'in' | 'out';

interface Access {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const HEADERS = { 'content-type': 'application/json', 'x-headgate-client': 'dashboard' };
/** Refresh this long before the token ends, so that no request starts with one that ends on the way. */
const MARGIN_MS = 60_000;

const state = createStore<SessionState>('unknown');
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('headgate.session');
let access: Access | null = null;
let running: Promise<boolean> | null = null;
/** This tab has its turn and is replacing the session: it must not wait for another turn. */
let replacing = false;

export class SignInError extends Error {}

/** What an account with a second factor still asks for after the password. */
export interface SecondStep {
  /** No session: good for this step, once, for a few minutes. */
  readonly token: string;
  readonly methods: readonly string[];
  /** For `signWithPasskey`. */
  readonly passkeyOptions: unknown;
}

/** Makes the server keep the refresh token in the cookie. */
export const BY_COOKIE = { headers: { 'x-headgate-client': 'dashboard' } } as const;

export const sessionState = state;

export function useSession(): SessionState {
  return useStore(state);
}

/** @returns null when signed in. @throws SignInError with a text for the person. */
export async function signIn(email: string, password: string): Promise<SecondStep | null> {
  const response = await post('/api/auth/token/', { email, password });
  const body = await bodyOf(response);
  if (response.status === 403 && body['code'] === 'second_factor_required') {
    const methods = body['methods'];
    return {
      token: String(body['mfa_token']),
      methods: Array.isArray(methods) ? methods.map(String) : [],
      passkeyOptions: body['passkey_options'],
    };
  }
  if (response.status === 401) throw new SignInError('Email or password is wrong.');
  mustBeOk(response, body);
  accept(body);
  return null;
}

type Given = { code: string } | { recovery_code: string } | { passkey: unknown };

/** @throws SignInError with a text for the person. */
export async function giveSecondFactor(step: SecondStep, given: Given): Promise<void> {
  const response = await post('/api/auth/token/second-factor/', { mfa_token: step.token, ...given });
  const body = await bodyOf(response);
  mustBeOk(response, body);
  accept(body);
}

/** By a passkey alone. @throws Error with a text for the person. */
export async function signInWithPasskey(): Promise<void> {
  const asked = await post('/api/auth/passkey/options/', {});
  const options = await bodyOf(asked);
  mustBeOk(asked, options);
  const signed = await signWithPasskey(options);
  const response = await post('/api/auth/passkey/', signed);
  const body = await bodyOf(response);
  mustBeOk(response, body);
  accept(body);
}

/** The same answer whether there is such an account or not. @throws SignInError. */
export async function forgotPassword(email: string): Promise<void> {
  const response = await post('/api/auth/password/forgot/', { email });
  mustBeOk(response, await bodyOf(response));
}

/** Ends all sessions of the account, so whoever is signed in here is signed out. @throws SignInError. */
export async function resetPassword(token: string, password: string): Promise<void> {
  const response = await post('/api/auth/password/reset/', { token, password });
  mustBeOk(response, await bodyOf(response));
  end();
  channel?.postMessage('signed-out');
}

/**
 * A call whose answer holds another session in place of this one (the first second factor). No tab may renew the old one
 * meanwhile: its late answer would put the old cookie over the new one. Make the call with `BY_COOKIE`.
 */
export async function replaceSession<T extends { session: { access: string } | null }>(
  work: () => Promise<T>,
): Promise<T> {
  await accessToken();
  return await takeTurn(async () => {
    replacing = true;
    try {
      const answer = await work();
      if (answer.session) accept(answer.session);
      return answer;
    } finally {
      replacing = false;
    }
  });
}

export async function signOut(): Promise<void> {
  const token = access?.token;
  end();
  channel?.postMessage('signed-out');
  // The cookie can only be taken back by the server; if it cannot be reached, the session still ends in this tab.
  await fetch('/api/auth/logout/', {
    method: 'POST',
    headers: { ...HEADERS, ...(token && { authorization: `Bearer ${token}` }) },
    body: '{}',
  }).catch(() => undefined);
}

/** A token that is good for at least a minute, or null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  if (!replacing && (!access || access.expiresAt - Date.now() < MARGIN_MS)) await refresh();
  return access?.token ?? null;
}

/** Asks for a new token with the cookie. Calls at the same time share one request. */
export function refresh(): Promise<boolean> {
  if (replacing) return Promise.resolve(false);
  running ??= takeTurn(refreshNow).finally(() => {
    running = null;
  });
  return running;
}

async function refreshNow(): Promise<boolean> {
  const response = await post('/api/auth/token/refresh/', {});
  if (response.ok) {
    accept(await response.json());
    return true;
  }
  // Only a clear "no" ends the session; a failing server or a limit may be over in a moment.
  if (response.status === 401 || response.status === 400 || response.status === 403 || response.status === 422) end();
  else if (state.get() === 'unknown') state.set('out');
  return false;
}

/** A page without TLS on another host has no Web Locks; there only this tab's calls are kept apart. */
function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request('headgate.refresh', work) : work();
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body), credentials: 'same-origin' });
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** These doors answer `{detail}`, or for bad fields `{<field>: [text, …]}`. */
function mustBeOk(response: Response, body: Record<string, unknown>): void {
  if (response.ok) return;
  if (response.status === 429) {
    throw new SignInError(`Too many attempts. Try again ${waitText(response.headers.get('retry-after'))}.`);
  }
  if (response.status < 500) {
    const text = Object.values(body).flat()[0];
    if (typeof text === 'string') throw new SignInError(text);
  }
  throw new SignInError(`The server answered ${response.status}. Try again in a moment.`);
}

function accept(answer: unknown): void {
  const token = answer && typeof answer === 'object' && 'access' in answer ? answer.access : null;
  if (typeof token !== 'string') throw new SignInError('The server gave no access token.');
  access = { token, expiresAt: expiryOf(token) };
  state.set('in');
}

function end(): void {
  access = null;
  state.set('out');
}

/** The token's own `exp`; ten minutes from now when it cannot be read. */
function expiryOf(token: string): number {
  try {
    const part = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')));
    if (claims && typeof claims === 'object' && 'exp' in claims && typeof claims.exp === 'number') {
      return claims.exp * 1_000;
    }
  } catch {
    // Not a JWT that this page can read: the server still knows when it ends.
  }
  return Date.now() + 600_000;
}

function waitText(retryAfter: string | null): string {
  const seconds = Number(retryAfter);
  if (!Number.isFinite(seconds) || seconds <= 0) return 'in a minute';
  return seconds < 90 ? `in ${Math.ceil(seconds)} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}

channel?.addEventListener('message', (event: MessageEvent) => {
  if (event.data === 'signed-out') end();
});
