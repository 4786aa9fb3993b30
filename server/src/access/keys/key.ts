/** A key as lists and answers show it, and as the audit trail keeps it. Its text is in neither. */
import type { Environment } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid } from '../../ids.ts';
import type { Permission } from '../permissions/types.ts';
import type { Principal, SendCaps } from '../principal.ts';
import { endOf, type Rights } from './grant.ts';
import type { KeyFilter, KeyRow } from './queries.ts';

export type KeyState = 'active' | 'retiring' | 'quarantined' | 'expired' | 'revoked';

export interface Key {
  readonly id: string;
  readonly number: number;
  readonly workspaceId: string;
  readonly name: string;
  readonly description: string;
  readonly publicId: string;
  readonly prefix: string;
  readonly environment: Environment;
  readonly state: KeyState;
  readonly scopes: readonly string[];
  readonly fullAccess: boolean;
  readonly maySend: boolean;
  readonly agent: boolean;
  readonly canary: boolean;
  readonly allowedIps: readonly string[];
  readonly ratePerMinute: number | null;
  readonly caps: SendCaps;
  readonly shadowScopes: readonly string[] | null;
  /** A member's token: what it may at most in the control plane. null: what its scopes say. */
  readonly permissions: readonly Permission[] | null;
  readonly createdAt: Date;
  /** A user's name or email, or "API key" and the label of the key that made it. */
  readonly createdBy: string | null;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  /** From when on the key is refused because it was rotated. */
  readonly retiresAt: Date | null;
  /** Public id of the first key of the chain. */
  readonly lineage: string;
  /** Ids of the keys before and after it in its rotation. */
  readonly predecessor: string | null;
  readonly successor: string | null;
  readonly quarantinedAt: Date | null;
  readonly quarantineReason: string | null;
  readonly revokedAt: Date | null;
  readonly revokeReason: string | null;
}

export function toKey(row: KeyRow, now: Date): Key {
  const user = row.user_name || row.user_email;
  return {
    id: row.uuid,
    number: row.id,
    workspaceId: row.workspace_id,
    name: row.name,
    description: row.description,
    publicId: row.public_id,
    prefix: row.prefix,
    environment: row.environment,
    state: stateOf(row, now),
    scopes: row.scopes,
    fullAccess: row.scopes.length === 0 && !row.canary,
    maySend: row.may_send,
    agent: row.agent,
    canary: row.canary,
    allowedIps: row.allowed_ips,
    ratePerMinute: row.rate_per_minute,
    caps: {
      recipientsPerSend: row.recipients_per_send,
      recipientsPerDay: row.recipients_per_day,
      approvalAbove: row.approval_above,
    },
    shadowScopes: row.shadow_scopes,
    permissions: row.permissions,
    createdAt: row.created_at,
    createdBy: user || (row.key_name === null ? null : `API key ${row.key_name}`),
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    retiresAt: row.retires_at,
    lineage: row.lineage,
    predecessor: row.predecessor,
    successor: row.successor,
    quarantinedAt: row.quarantined_at,
    quarantineReason: row.quarantine_reason,
    revokedAt: row.revoked_at,
    revokeReason: row.revoke_reason,
  };
}

export function stateOf(row: KeyRow, now: Date): KeyState {
  const end = endOf(row);
  if (row.revoked_at) return 'revoked';
  if (end && end <= now) return 'expired';
  if (row.quarantined_at) return 'quarantined';
  return row.retires_at ? 'retiring' : 'active';
}

/** A user manages the keys of both environments; a key only those of its own. */
export function visibleTo(caller: Principal): KeyFilter {
  return { workspaceId: caller.workspaceId, environment: caller.kind === 'user' ? null : caller.environment };
}

/** @throws AppError not_found for what cannot be a key's id. */
export function refuseNoId(id: string | number): void {
  if (!(typeof id === 'number' ? Number.isSafeInteger(id) : isUuid(id))) throw notFound('API key');
}

/** @throws AppError invalid_state unless the key is in one of these states. */
export function refuseState(row: KeyRow, allowed: readonly KeyState[], what: string, now: Date): void {
  const state = stateOf(row, now);
  if (!allowed.includes(state)) throw new AppError('invalid_state', `This key is ${state}: it cannot be ${what}.`);
}

export function rightsOf(row: KeyRow): Rights {
  return {
    environment: row.environment,
    canary: row.canary,
    name: row.name,
    description: row.description,
    scopes: row.scopes,
    may_send: row.may_send,
    agent: row.agent,
    expires_at: row.expires_at,
    allowed_ips: row.allowed_ips,
    rate_per_minute: row.rate_per_minute,
    recipients_per_send: row.recipients_per_send,
    recipients_per_day: row.recipients_per_day,
    approval_above: row.approval_above,
    shadow_scopes: row.shadow_scopes,
    permissions: row.permissions,
  };
}

/** The columns of `rights` that are stored by a change; environment and canary stay as they were made. */
export function storedRights({ environment: _, canary: __, ...stored }: Rights) {
  return stored;
}
