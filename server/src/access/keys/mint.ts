/** Makes the row and the text of a new key, for the three ways to one: minting, rotating, a narrower twin. */
import type { Tx } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import { type KeyPolicies, refuseAddresses, refuseLife, refuseMinter } from '../policy/policy.ts';
import type { Principal } from '../principal.ts';
import { makeKey } from './check/format.ts';
import type { KeyHashes } from './check/hashes.ts';
import { type Bounds, boundsOf, type Rights, refuseBeyond } from './grant.ts';
import { stateOf, storedRights, visibleTo } from './key.ts';
import { findKey, insertKey, type KeyRow, madeAt } from './queries.ts';

/** Of a workspace: every process holds every key there ever was, and a key could make a thousand a minute. */
const MOST_A_DAY = 5_000;
const DAY_MS = 86_400_000;

export type Minting = ReturnType<typeof createMinting>;

export function createMinting(parts: { hashes: KeyHashes; policies: KeyPolicies; prefix: string; now: () => Date }) {
  const { hashes, policies, prefix, now } = parts;

  return {
    /**
     * What the caller can give, as the database says in this transaction: it was checked before, and a revocation or a
     * narrowing in between must not be outlived by a child.
     * @throws AppError api_key_revoked, api_key_expired, forbidden.
     */
    async bounds(tx: Tx, caller: Principal): Promise<Bounds> {
      if (caller.kind !== 'key') return boundsOf(caller, null);
      const row = await findKey(tx, visibleTo(caller), caller.keyId);
      const state = row ? stateOf(row, now()) : 'revoked';
      if (!row || state === 'revoked') throw new AppError('api_key_revoked', 'This API key was revoked.');
      if (state === 'expired') throw new AppError('api_key_expired', 'This API key has expired.');
      if (state === 'quarantined' || row.canary) throw new AppError('forbidden', 'This API key may only read.');
      return boundsOf(caller, row);
    },

    /**
     * @param origin the key it comes from: a rotation or twin has its lineage.
     * @throws AppError when the bounds or the workspace's policy do not allow these rights.
     */
    async insert(
      tx: Tx,
      caller: Principal,
      key: { rights: Rights; bounds: Bounds; origin: KeyRow | null; successor: boolean; revision: number },
    ): Promise<{ number: number; text: string }> {
      const { rights, bounds, origin } = key;
      const at = now();
      refuseBeyond(bounds, rights);
      const policy = await policies.get(caller.workspaceId, tx);
      refuseMinter(policy, caller, rights.may_send);
      if (!rights.canary) {
        refuseLife(policy, rights, at);
        refuseAddresses(policy, rights);
      }
      await refuseTooMany(tx, caller.workspaceId, at);
      const made = makeKey(rights.environment, prefix);
      const uuid = newId(at.getTime());
      const number = await insertKey(tx, {
        ...rights,
        uuid,
        workspace_id: caller.workspaceId,
        public_id: made.publicId,
        prefix,
        hash: hashes.hash(made.text),
        secret_id: hashes.secretId,
        lineage: origin?.lineage ?? sharedLineage(caller, rights, bounds) ?? made.publicId,
        rotated_from: key.successor && origin ? origin.id : null,
        created_by_user_id: caller.kind === 'user' ? caller.userId : null,
        created_by_key_id: caller.kind === 'key' ? caller.keyId : null,
        revision: key.revision,
      });
      await record(tx, {
        action: key.successor ? 'api_key.rotated' : 'api_key.created',
        target: { type: 'api_key', id: uuid, name: rights.name },
        after: {
          ...storedRights(rights),
          canary: rights.canary,
          public_id: made.publicId,
          environment: rights.environment,
          ...(origin && { origin: origin.uuid }),
        },
        environment: rights.environment,
        workspaceId: caller.workspaceId,
      });
      return { number, text: made.text };
    },
  };
}

/** A key that may send to so many a day could make others that may, each with a day's count of its own: they share it. */
function sharedLineage(caller: Principal, rights: Rights, bounds: Bounds): string | null {
  return caller.kind === 'key' && rights.may_send && bounds.recipientsPerDay !== null ? caller.lineage : null;
}

/** Whoever makes keys is alone: the revision's row is locked. @throws AppError rate_limit_exceeded. */
async function refuseTooMany(tx: Tx, workspaceId: string, at: Date): Promise<void> {
  const oldest = await madeAt(tx, workspaceId, MOST_A_DAY);
  const wait = oldest ? oldest.getTime() + DAY_MS - at.getTime() : 0;
  if (wait <= 0) return;
  throw new AppError('rate_limit_exceeded', `A workspace makes at most ${MOST_A_DAY} keys in 24 hours.`, {
    retryAfter: Math.ceil(wait / 1_000),
  });
}
