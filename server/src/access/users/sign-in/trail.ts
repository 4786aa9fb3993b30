/** Audit entries about a person: in each workspace the person belongs to, because each trusts the same sign-in. */
import { type Context, currentContext, withContext } from '../../../context.ts';
import type { Tx } from '../../../db/tx.ts';
import { type AuditEvent, record } from '../../audit/record.ts';
import type { UserPrincipal } from '../../principal.ts';
import { workspaceIdsOf } from '../queries.ts';

/** Where a call comes from, for routes that know no caller yet. */
export interface Client {
  readonly ip: string;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** What is told of a person in each of their workspaces, and who did it from where. */
export interface PersonalEvent extends Omit<AuditEvent, 'workspaceId' | 'environment' | 'actor'> {
  /** Default: the system, for what nobody proved to have done. */
  readonly by?: { readonly id: string; readonly email: string } | undefined;
  readonly client: Client | null;
}

/** The client of a request with a caller. Ask before asSystem. */
export function clientOfRequest(): Client | null {
  const context = currentContext();
  return context?.ip ? { ip: context.ip, userAgent: context.userAgent, requestId: context.requestId } : null;
}

export function userOf(caller: UserPrincipal): { id: string; email: string } {
  return { id: caller.userId, email: caller.label };
}

/** One entry, told of a person who is known although the route has no caller. @param tx of the system. */
export async function recordAs(
  tx: Tx,
  workspaceId: string,
  by: { readonly id: string; readonly email: string } | undefined,
  client: Client | null,
  event: Omit<AuditEvent, 'workspaceId' | 'environment' | 'actor'>,
): Promise<void> {
  const context: Context = {
    workspaceId,
    actor: by ? { kind: 'user', id: by.id, label: by.email } : { kind: 'system', id: null, label: 'Headgate' },
    ip: client?.ip ?? null,
    userAgent: client?.userAgent ?? null,
    requestId: client?.requestId ?? null,
    ambient: null,
  };
  await withContext(context, () => record(tx, event));
}

/** @param tx of the system: a request's own would see one workspace only. */
export async function recordOfPerson(tx: Tx, personId: string, event: PersonalEvent): Promise<void> {
  const { by, client, ...rest } = event;
  // In the order of ids: each entry locks the chain of its workspace until the commit.
  for (const workspaceId of await workspaceIdsOf(tx, personId)) await recordAs(tx, workspaceId, by, client, rest);
}
