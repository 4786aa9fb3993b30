/** Calls of people in door tests: from a network of their own, signed in or not. */
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { TestApp } from './app.ts';

/** An address whose network and subnet no other test has, so that counted tries do not meet. */
export function newAddress(): string {
  const part = () => randomBytes(2).toString('hex');
  return `2001:${part()}:${part()}:1::1`;
}

export interface Caller {
  /** An access token. */
  token?: string;
  address?: string;
  headers?: Record<string, string>;
}

export async function call(app: TestApp, method: string, url: string, payload?: object, caller: Caller = {}) {
  return await app.http.inject({
    method: method as 'GET',
    url,
    ...(payload && { payload }),
    headers: { ...(caller.token && { authorization: `Bearer ${caller.token}` }), ...caller.headers },
    remoteAddress: caller.address ?? newAddress(),
  });
}

/** The code of an authenticator app. @param steps of 30 s from now. */
export function codeOf(secret: string, steps = 0, now = Date.now()): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + steps * 30_000 });
}

/** Sets up one-time codes with the code of the step before, so that the next two are unused. */
export async function enrol(app: TestApp, token: string) {
  const begun = (await call(app, 'POST', '/api/v1/second-factor/totp', undefined, { token })).json();
  const confirm = () =>
    call(app, 'POST', '/api/v1/second-factor/totp/confirm', { code: codeOf(begun.secret, -1) }, { token });
  const first = await confirm();
  // Between making the code and checking it the step may have changed.
  const answer = first.statusCode === 422 ? await confirm() : first;
  if (answer.statusCode !== 200) throw new Error(answer.body);
  const { recovery_codes, session } = answer.json();
  return {
    secret: begun.secret as string,
    uri: begun.uri as string,
    recoveryCodes: recovery_codes as string[],
    session: session as { access: string; refresh: string },
  };
}

/** Audit entries of a workspace, oldest first. */
export async function auditOf(app: TestApp, workspaceId: string) {
  await app.access.users.settled();
  return await app.database.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('seq')
    .execute();
}

/** Mails to an address, oldest first. */
export async function mailsTo(app: TestApp, address: string) {
  await app.access.users.settled();
  return await app.database.db
    .selectFrom('notices')
    .selectAll()
    .where('to_address', '=', address)
    .orderBy('id')
    .execute();
}
