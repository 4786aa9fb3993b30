/**
 * What this process counts of one caller, in one place that is found with the principal: a request looks nothing up by
 * name. With many callers a request waits for memory, not for sums.
 */
import type { UseMarks } from './keys/last-use.ts';
import type { Spender } from './limits/limiter.ts';
import type { Principal } from './principal.ts';
import { type Named, subjectText } from './usage/log/columns.ts';

export interface Meter extends Spender, Named, UseMarks {
  subject: string;
}

/** `lasting`: the same object comes with every request of this caller. */
export function createMeter(caller: { quota: string; workspaceId: string; lasting: boolean }): Meter {
  return {
    cell: null,
    policy: null,
    set: 0,
    place: 0,
    subject: '',
    quota: caller.quota,
    workspaceId: caller.workspaceId,
    lasting: caller.lasting,
    usedAt: 0,
    usedFrom: '',
    waiting: false,
    writtenAt: null,
  };
}

/** A key's own; users and apps are new principals at every request, so theirs is new too. */
export function meterOf(caller: Principal): Meter {
  const meter = caller.kind === 'key' ? caller.meter : createMeter({ quota: quotaOf(caller), workspaceId: caller.workspaceId, lasting: false });
  if (meter.subject === '') meter.subject = subjectOf(caller);
  return meter;
}

/** Whose quota a request spends: a key and its successors are one, and so is an app in a workspace. */
export function quotaOf(caller: Principal): string {
  if (caller.kind === 'key') return caller.lineage;
  return caller.kind === 'user' ? `user:${caller.userId}` : `app:${caller.workspaceId}:${caller.clientId}`;
}

function subjectOf(caller: Principal): string {
  const { workspaceId } = caller;
  if (caller.kind === 'key') {
    return subjectText({ workspaceId, principal: `key:${caller.keyId}`, lineage: caller.lineage });
  }
  const principal = caller.kind === 'user' ? `user:${caller.userId}` : `oauth:${caller.clientId}`;
  return subjectText({ workspaceId, principal, lineage: '-' });
}
