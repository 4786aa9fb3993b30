/** What the account page asks for; all of it is the person's, not the environment's. */
import type { Api } from '../../api/client.ts';

export const PASSKEYS = ['account', 'passkeys'];
export const SESSIONS = ['account', 'sessions'];

export function passkeysQuery({ client }: Api) {
  return { queryKey: PASSKEYS, queryFn: () => client.passkeys.list() };
}

export function sessionsQuery({ client }: Api) {
  return { queryKey: SESSIONS, queryFn: () => client.sessions.list() };
}
