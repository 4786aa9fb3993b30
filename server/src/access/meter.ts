/**
 * What this process counts of one caller, in one place that is found with the principal: a request looks nothing up by
 * name. With many callers a request waits for memory, not for sums.
 */
import type { Spender } from './limits/limiter.ts';
import type { Principal } from './principal.ts';
import { subjectText } from './usage/log/columns.ts';

/** Belongs to one index, one limiter, one usage log: another one's would mistake what it finds in here for its own. */
export interface Meter extends Spender {
  readonly workspaceId: string;
  /** Of a key; null: another kind of caller. */
  readonly keyId: number | null;
  /** Whether the same object comes with each of his requests. */
  readonly lasting: boolean;
  /** subjectText() of him; a key's is made when the usage log takes it first. */
  subject: string;
  /** usage/log: the serial of the set that he is in, and his number in it. */
  set: number;
  place: number;
  /** keys/last-use: milliseconds since it was made, for small numbers lie in the object itself. */
  usedAt: number;
  usedFrom: string;
  /** Not yet written. */
  waiting: boolean;
  /** null: not in this process. */
  writtenAt: number | null;
}

/** @param subject of who is no key. */
export function createMeter(caller: Pick<Meter, 'quota' | 'workspaceId' | 'keyId' | 'lasting'>, subject = ''): Meter {
  return {
    // First what every request reads, then what a set of the usage log does, once for each caller.
    cell: null,
    policy: null,
    set: 0,
    place: 0,
    workspaceId: caller.workspaceId,
    subject,
    lasting: caller.lasting,
    keyId: caller.keyId,
    usedAt: 0,
    usedFrom: '',
    waiting: false,
    writtenAt: null,
    quota: caller.quota,
  };
}

/** A key's own; users and apps are new principals at every request, so theirs is new too. */
export function meterOf(caller: Principal): Meter {
  if (caller.kind === 'key') return caller.meter;
  const { workspaceId } = caller;
  const principal = caller.kind === 'user' ? `user:${caller.userId}` : `oauth:${caller.clientId}`;
  const subject = subjectText({ principal, lineage: '-' });
  return createMeter({ quota: quotaOf(caller), workspaceId, keyId: null, lasting: false }, subject);
}

/** For limits alone: a key's meter, which remembers its cell; of who comes anew each time, the name. */
export function spenderOf(caller: Principal): Spender | string {
  return caller.kind === 'key' ? caller.meter : quotaOf(caller);
}

/** Whose quota a request spends: a key and its successors are one, and so is an app in a workspace. */
export function quotaOf(caller: Principal): string {
  if (caller.kind === 'key') return caller.lineage;
  return caller.kind === 'user' ? `user:${caller.userId}` : `app:${caller.workspaceId}:${caller.clientId}`;
}
