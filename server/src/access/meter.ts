/**
 * What this process counts of one caller, in one place that is found with the principal: a request looks nothing up by
 * name. With many callers a request waits for memory, not for sums.
 */
import { Spender } from './limits/cell.ts';
import type { KeyPrincipal, Principal } from './principal.ts';
import { subjectText } from './usage/log/columns.ts';

/** Belongs to one index, one limiter, one usage log: another one's would mistake what it finds in here for its own. */
export class Meter extends Spender {
  /** usage/log: the serial of the set that he is in, and his number in it. */
  set = 0;
  place = 0;
  /** Of a key, as it is now; null: another kind of caller. */
  principal: KeyPrincipal | null = null;
  /** keys/last-use: milliseconds since it was made, for small numbers lie in the object itself. */
  usedAt = 0;
  usedFrom = '';
  /** Not yet written. */
  waiting = false;
  /** Of a key; null: another kind of caller. */
  readonly keyId: number | null;
  readonly workspaceId: string;
  /** Whether the same object comes with each of his requests. */
  readonly lasting: boolean;
  /** subjectText() of him; a key's is made when the usage log takes it first. */
  text: string;
  /** null: not in this process. */
  writtenAt: number | null = null;

  /** @param text of who is no key. */
  constructor(caller: { quota: string; workspaceId: string; keyId: number | null }, text = '') {
    super(caller.quota);
    this.keyId = caller.keyId;
    this.workspaceId = caller.workspaceId;
    this.lasting = caller.keyId !== null;
    this.text = text;
  }
}

/** A key's own; users and apps are new principals at every request, so theirs is new too. */
export function meterOf(caller: Principal): Meter {
  if (caller.kind === 'key') return caller.meter;
  const { workspaceId } = caller;
  const principal = caller.kind === 'user' ? `user:${caller.userId}` : `oauth:${caller.clientId}`;
  const subject = subjectText({ principal, lineage: '-' });
  return new Meter({ quota: quotaOf(caller), workspaceId, keyId: null }, subject);
}

/** For limits alone: a key's meter, which has its cell; of who comes anew each time, the name. */
export function spenderOf(caller: Principal): Spender | string {
  return caller.kind === 'key' ? caller.meter : quotaOf(caller);
}

/** Whose quota a request spends: a key and its successors are one, and so is an app in a workspace. */
export function quotaOf(caller: Principal): string {
  if (caller.kind === 'key') return caller.lineage;
  return caller.kind === 'user' ? `user:${caller.userId}` : `app:${caller.workspaceId}:${caller.clientId}`;
}
