/**
 * New keys from old ones. A rotation makes a successor with the same rights and gives the old key a deadline; a twin is a
 * narrower key beside the old one. Both have the old key's lineage: limits and idempotency records are shared, so that
 * neither a retry during the change nor the rate limit begins anew.
 */
import { afterCommit } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Tx } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { type KeyPolicies, longestLife } from '../policy/policy.ts';
import type { Principal } from '../principal.ts';
import { boundsOfKey, type RightsRequest, refuseBeyond, withRequest } from './grant.ts';
import { type Key, refuseNoId, refuseState, rightsOf, toKey, visibleTo } from './key.ts';
import type { Minting } from './mint.ts';
import { bumpRevision, findKey, type KeyRow, retireKey } from './queries.ts';

/** A week; long enough for a deployment on Monday of what was rotated on Friday. */
export const MAX_OVERLAP_SECONDS = 7 * 86_400;
export const DEFAULT_OVERLAP_SECONDS = 86_400;

export interface RotationRequest {
  /** How long the old key goes on; 0: it ends now. */
  readonly overlapSeconds: number;
  /** Of the successor. Default: the old key's, or what the workspace's policy allows if that is sooner. */
  readonly expiresAt?: Date | null | undefined;
}

export interface TwinRequest {
  readonly name?: string | undefined;
  readonly scopes: readonly string[];
  readonly allowedIps?: readonly string[] | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly maySend?: boolean | undefined;
}

export function createRotation(parts: {
  db: Db;
  minting: Minting;
  policies: KeyPolicies;
  refresh: () => Promise<void>;
  now: () => Date;
}) {
  const { db, minting, policies, refresh, now } = parts;

  /** Within the transaction: what was true when the caller looked may be over. */
  async function origin(tx: Tx, caller: Principal, id: string | number, what: string): Promise<KeyRow> {
    const row = await findKey(tx, visibleTo(caller), id);
    if (!row) throw notFound('API key');
    refuseState(row, ['active'], what, now());
    if (row.canary) throw new AppError('invalid_state', `A canary cannot be ${what}. Make another one.`);
    return row;
  }

  async function show(caller: Principal, number: number): Promise<Key> {
    const row = await findKey(db, visibleTo(caller), number);
    if (!row) throw notFound('API key');
    return toKey(row, now());
  }

  return {
    /**
     * @returns the successor with its text, and the old key with its deadline, which is never after its own expiry.
     * @throws AppError not_found; invalid_state for a key that is revoked, expired, in quarantine or rotated already;
     *   as for minting when the caller has less than the key.
     */
    async rotate(caller: Principal, id: string | number, request: RotationRequest) {
      refuseNoId(id);
      const made = await inTransaction(db, async (tx) => {
        const revision = await bumpRevision(tx);
        const bounds = await minting.bounds(tx, caller);
        const old = await origin(tx, caller, id, 'rotated');
        const rights = withRequest({ expiresAt: request.expiresAt ?? undefined }, rightsOf(old));
        if (request.expiresAt === null) rights.expires_at = null;
        if (request.expiresAt === undefined) {
          const longest = longestLife(await policies.get(caller.workspaceId, tx), now());
          if (longest && !(rights.expires_at && rights.expires_at < longest)) rights.expires_at = longest;
        }
        const { number, text } = await minting.insert(tx, caller, {
          rights,
          bounds,
          origin: old,
          successor: true,
          revision,
        });
        await retireKey(tx, old.id, new Date(now().getTime() + request.overlapSeconds * 1_000), revision);
        return { number, text, old: old.id };
      });
      await afterCommit(refresh);
      return { key: await show(caller, made.number), text: made.text, previous: await show(caller, made.old) };
    },

    /** @throws AppError as rotate does, and when the twin is not within the key it comes from. */
    async twin(caller: Principal, id: string | number, request: TwinRequest): Promise<{ key: Key; text: string }> {
      refuseNoId(id);
      const made = await inTransaction(db, async (tx) => {
        const revision = await bumpRevision(tx);
        const bounds = await minting.bounds(tx, caller);
        const old = await origin(tx, caller, id, 'narrowed');
        const own = rightsOf(old);
        const narrower: RightsRequest = { ...request, name: request.name ?? `${old.name.slice(0, 180)} (narrower)` };
        const rights = withRequest({ ...narrower, shadowScopes: null }, own);
        refuseBeyond(boundsOfKey(old), rights);
        return await minting.insert(tx, caller, { rights, bounds, origin: old, successor: false, revision });
      });
      await afterCommit(refresh);
      return { key: await show(caller, made.number), text: made.text };
    },
  };
}
