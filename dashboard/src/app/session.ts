/**
 * Who is signed in. The access token lives in this module's memory only; the refresh token is an HttpOnly cookie that
 * script cannot read. All tabs share that cookie and each refresh replaces it, so refreshes take turns over all tabs.
 */
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

export class SignInError extends Error {}

export const sessionState = state;

export function useSession(): SessionState {
  return useStore(state);
}

/** @throws SignInError with a text for the person. */
export async function signIn(email: string, password: string): Promise<void> {
  const response = await post('/api/auth/token/', { email, password });
  if (response.status === 429) {
    throw new SignInError(`Too many attempts. Try again ${waitText(response.headers.get('retry-after'))}.`);
  }
  if (response.status === 401) throw new SignInError('Email or password is wrong.');
  if (!response.ok) throw new SignInError(`The server answered ${response.status}. Try again in a moment.`);
  accept(await response.json());
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
  if (!access || access.expiresAt - Date.now() < MARGIN_MS) await refresh();
  return access?.token ?? null;
}

/** Asks for a new token with the cookie. Calls at the same time share one request. */
export function refresh(): Promise<boolean> {
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

function post(path: string, body: object): Promise<Response> {
  return fetch(path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body), credentials: 'same-origin' });
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
