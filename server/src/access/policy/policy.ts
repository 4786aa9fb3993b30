/**
 * What a workspace wants of its keys. It holds for keys that are made, rotated or changed from then on; older ones that
 * could not be made today are listed and live on, because switching a policy on must not take a service down.
 */
import type { Db } from '../../db/open.ts';
import { type Executor, inTransaction } from '../../db/tx.ts';
import { AppError, invalidField } from '../../errors.ts';
import { record } from '../audit/record.ts';
import type { Principal } from '../principal.ts';
import { findNonCompliant, findPolicy, type PolicyRow, savePolicy } from './queries.ts';

/** `key`: a key with api-keys:manage. Members and viewers do not manage keys at all. */
export const MINTERS = ['owner', 'admin', 'key'] as const;
export type Minter = (typeof MINTERS)[number];

export interface KeyPolicy {
  /** Longest life of a key, in days. */
  readonly maxLifeDays: number | null;
  readonly forceExpiry: boolean;
  readonly forceAllowedIps: boolean;
  readonly mayMint: readonly Minter[];
  readonly mayMintSending: readonly Minter[];
  /** Whether revoking a key revokes what it made, where the call does not say. */
  readonly revokeChildren: boolean;
  readonly leakAction: 'revoke' | 'quarantine';
  readonly brakeAction: 'alert' | 'quarantine';
}

export const DEFAULT_POLICY: KeyPolicy = Object.freeze({
  maxLifeDays: null,
  forceExpiry: false,
  forceAllowedIps: false,
  mayMint: MINTERS,
  mayMintSending: MINTERS,
  revokeChildren: false,
  leakAction: 'revoke',
  brakeAction: 'alert',
});

export interface NonCompliantKey {
  readonly id: string;
  readonly publicId: string;
  readonly name: string;
  readonly reasons: readonly ('no_expiry' | 'lives_too_long' | 'no_allowed_ips')[];
}

const LISTED = 100;

export type KeyPolicies = ReturnType<typeof createKeyPolicies>;

export function createKeyPolicies({ db, now }: { db: Db; now: () => Date }) {
  async function get(workspaceId: string, executor: Executor = db): Promise<KeyPolicy> {
    const row = await findPolicy(executor, workspaceId);
    return row ? fromRow(row) : DEFAULT_POLICY;
  }

  return {
    /** @param executor the caller's transaction, where there is one. */
    get,

    /** The first hundred living keys that the policy would refuse today, and how many there are. */
    async nonCompliant(workspaceId: string): Promise<{ keys: NonCompliantKey[]; total: number }> {
      const policy = toRow(await get(workspaceId));
      const rows = await findNonCompliant(db, workspaceId, policy, { at: now(), limit: LISTED });
      const keys = rows.map((row) => ({
        id: row.uuid,
        publicId: row.public_id,
        name: row.name,
        reasons: (['no_expiry', 'lives_too_long', 'no_allowed_ips'] as const).filter((reason) => row[reason]),
      }));
      return { keys, total: rows[0]?.total ?? 0 };
    },

    /** @throws AppError forbidden for everybody but an owner. */
    async update(caller: Principal, patch: Partial<KeyPolicy>): Promise<KeyPolicy> {
      if (caller.kind !== 'user' || caller.role !== 'owner') {
        throw new AppError('forbidden', 'Only an owner of the workspace changes its policy for keys.');
      }
      const { workspaceId } = caller;
      return await inTransaction(db, async (tx) => {
        const before = await get(workspaceId, tx);
        const policy = { ...before, ...patch };
        await savePolicy(tx, workspaceId, toRow(policy), now());
        await record(tx, {
          action: 'key_policy.updated',
          target: { type: 'key_policy', id: workspaceId, name: 'Policy for API keys' },
          before: { ...toRow(before) },
          after: { ...toRow(policy) },
        });
        return policy;
      });
    },
  };
}

/** What of a key a policy speaks about. */
export interface JudgedKey {
  readonly may_send: boolean;
  readonly expires_at: Date | null;
  readonly allowed_ips: readonly string[];
}

/** @throws AppError forbidden when the policy does not let this caller make keys, or keys that send. */
export function refuseMinter(policy: KeyPolicy, caller: Principal, sending: boolean): void {
  const minter = caller.kind === 'user' ? caller.role : 'key';
  const may = (allowed: readonly Minter[]) => allowed.some((one) => one === minter);
  if (!may(policy.mayMint)) {
    throw new AppError('forbidden', `This workspace lets only ${listOf(policy.mayMint)} make keys.`);
  }
  if (sending && !may(policy.mayMintSending)) {
    throw new AppError('forbidden', `This workspace lets only ${listOf(policy.mayMintSending)} make keys that send.`);
  }
}

/** @throws AppError validation_error on `expires_at`. */
export function refuseLife(policy: KeyPolicy, key: JudgedKey, createdAt: Date): void {
  const { maxLifeDays, forceExpiry } = policy;
  if (key.expires_at === null) {
    if (forceExpiry || maxLifeDays !== null) {
      throw invalidField('expires_at', "this workspace's policy wants every key to expire");
    }
    return;
  }
  // An hour for clocks and for the time it takes to fill in a form.
  const longest = longestLife(policy, createdAt);
  if (longest !== null && key.expires_at.getTime() > longest.getTime() + 3_600_000) {
    throw invalidField('expires_at', `this workspace's policy lets a key live for ${maxLifeDays} days at most`);
  }
}

/** @throws AppError validation_error on `allowed_ips`. */
export function refuseAddresses(policy: KeyPolicy, key: JudgedKey): void {
  if (policy.forceAllowedIps && key.allowed_ips.length === 0) {
    throw invalidField('allowed_ips', "this workspace's policy wants every key to name the networks it is used from");
  }
}

/** When a key made at `createdAt` has to end; null: whenever it likes. */
export function longestLife(policy: KeyPolicy, createdAt: Date): Date | null {
  return policy.maxLifeDays === null ? null : new Date(createdAt.getTime() + policy.maxLifeDays * 86_400_000);
}

function listOf(minters: readonly Minter[]): string {
  const names = { owner: 'owners', admin: 'admins', key: 'keys' };
  return minters.length === 0 ? 'nobody' : minters.map((one) => names[one]).join(' and ');
}

function fromRow(row: PolicyRow): KeyPolicy {
  const minters = (names: readonly string[]) => MINTERS.filter((one) => names.includes(one));
  return {
    maxLifeDays: row.max_life_days,
    forceExpiry: row.force_expiry,
    forceAllowedIps: row.force_allowed_ips,
    mayMint: minters(row.may_mint),
    mayMintSending: minters(row.may_mint_sending),
    revokeChildren: row.revoke_children,
    leakAction: row.leak_action,
    brakeAction: row.brake_action,
  };
}

function toRow(policy: KeyPolicy): PolicyRow {
  return {
    max_life_days: policy.maxLifeDays,
    force_expiry: policy.forceExpiry,
    force_allowed_ips: policy.forceAllowedIps,
    may_mint: [...policy.mayMint],
    may_mint_sending: [...policy.mayMintSending],
    revoke_children: policy.revokeChildren,
    leak_action: policy.leakAction,
    brake_action: policy.brakeAction,
  };
}
