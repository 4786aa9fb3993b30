/**
 * Writes an entry of the audit trail in the transaction of the change it tells of: both are stored or neither.
 * Every service that changes configuration or access calls it, late in its transaction: the workspace's chain is locked
 * from then on until the commit.
 */
import { type Actor, type Context, currentContext } from '../../context.ts';
import { storableText } from '../../db/text.ts';
import type { Environment, Tx } from '../../db/tx.ts';
import { newId } from '../../ids.ts';
import { hashOf } from './chain.ts';
import { changed, type Fields, withoutSecrets } from './changes.ts';
import { insertEntries, lockHead } from './queries.ts';

export interface AuditEvent {
  /** `<resource>.<what was done>`: `api_key.created`, `source.updated`, `member.removed`. */
  readonly action: string;
  /** `name` for people; ids of every kind as text. */
  readonly target: { readonly type: string; readonly id: string | number; readonly name: string };
  /** The object as it was and as it is: only what differs is kept, secrets are masked (changes.ts). */
  readonly before?: Fields | undefined;
  readonly after?: Fields | undefined;
  /** Default: that of the request. Needed where there is none (start-up, jobs, public routes). */
  readonly workspaceId?: string | undefined;
  /** Of the target, where it belongs to one. A test key does not read entries of others. */
  readonly environment?: Environment | undefined;
  /** Default: the caller of the request, else the system. Needed where a public route knows who it is. */
  readonly actor?: Actor | undefined;
}

const SYSTEM: Actor = { kind: 'system', id: null, label: 'Headgate' };
const MAX = 300;
/** Rows of one statement; a row has 19 parameters, and PostgreSQL takes 65,535. */
const BATCH = 1_000;

export async function record(tx: Tx, event: AuditEvent): Promise<void> {
  await recordMany(tx, [event]);
}

/** As `record`, for what one call does to many objects: two statements a workspace and not two an object. */
export async function recordMany(tx: Tx, events: readonly AuditEvent[]): Promise<void> {
  const context = currentContext();
  const byWorkspace = new Map<string, AuditEvent[]>();
  for (const event of events) {
    const workspaceId = event.workspaceId ?? context?.workspaceId;
    if (!workspaceId) throw new Error(`The audit entry ${event.action} names no workspace.`);
    byWorkspace.set(workspaceId, [...(byWorkspace.get(workspaceId) ?? []), event]);
  }
  // In one order, so that two calls about the same workspaces do not wait for each other.
  for (const workspaceId of [...byWorkspace.keys()].sort()) {
    const head = await lockHead(tx, workspaceId);
    let { seq, hash } = head;
    const entries = (byWorkspace.get(workspaceId) ?? []).map((event) => {
      const entry = entryOf(event, workspaceId, context);
      seq++;
      const chained = { ...entry, seq, prev_hash: hash };
      hash = hashOf(chained);
      return { ...chained, at: new Date(entry.at / 1000), hash };
    });
    for (let n = 0; n < entries.length; n += BATCH) await insertEntries(tx, entries.slice(n, n + BATCH));
  }
}

/** Its place in the chain is still to come. */
function entryOf(event: AuditEvent, workspaceId: string, context: Context | undefined) {
  const actor = event.actor ?? context?.actor ?? SYSTEM;
  const at = Date.now();
  return {
    workspace_id: workspaceId,
    id: newId(at),
    at: at * 1000,
    environment: event.environment ?? null,
    actor_kind: actor.kind,
    actor_id: actor.id === null ? null : text(actor.id),
    actor_label: text(actor.label),
    ip: context?.ip ? text(context.ip) : null,
    user_agent: context?.userAgent ? text(context.userAgent) : null,
    request_id: context?.requestId ? text(context.requestId) : null,
    action: event.action,
    target_type: event.target.type,
    target_id: text(String(event.target.id)),
    target_name: text(event.target.name),
    ...changed(event.before, event.after),
  };
}

function text(value: string): string {
  const kept = withoutSecrets(value);
  return storableText(kept.length > MAX ? `${kept.slice(0, MAX)}…` : kept);
}
