/** API keys: minting, listing, changing, revoking, holding back. A key never grants more than its maker has. */
import { afterCommit } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { type Environment, inTransaction, type Tx } from '../../db/tx.ts';
import { AppError, invalidField, notFound } from '../../errors.ts';
import { record, recordMany } from '../audit/record.ts';
import { within } from '../permissions/permission.ts';
import { type KeyPolicies, refuseAddresses, refuseLife, refuseMinter } from '../policy/policy.ts';
import type { KeyPrincipal, Principal } from '../principal.ts';
import type { KeyIndex } from './check/key-index.ts';
import { newRights, type RightsRequest, refuseBeyond, withRequest } from './grant.ts';
import { type Key, refuseNoId, refuseState, rightsOf, storedRights, toKey, visibleTo } from './key.ts';
import type { Minting } from './mint.ts';
import {
  bumpRevision,
  type ChangedKey,
  countKeys,
  findKey,
  type KeyFilter,
  type KeyPage,
  type KeyRow,
  listKeys,
  quarantineKeys,
  releaseKey,
  revokeKeys,
  updateKey,
} from './queries.ts';
import { createRotation } from './rotation.ts';

export const FULL_ACCESS_WARNING =
  'This key has no list of scopes, so it can do everything in its environment, now and with scopes added later. ' +
  'Name the scopes it needs to limit what a leak can do.';

export interface KeyRequest extends RightsRequest {
  readonly name: string;
  /** Default: the maker's. */
  readonly environment?: Environment | undefined;
  /** A trap without rights. */
  readonly canary?: boolean | undefined;
}

/** What a canary was used for. */
export interface CanaryUse {
  readonly method: string;
  /** The route's pattern, without anything the caller wrote. */
  readonly route: string;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly requestId: string;
}

export type CanaryListener = (key: KeyPrincipal, use: CanaryUse) => void;

export type Keys = ReturnType<typeof createKeys>;

export function createKeys(parts: {
  db: Db;
  index: KeyIndex;
  minting: Minting;
  policies: KeyPolicies;
  now: () => Date;
}) {
  const { db, index, minting, policies, now } = parts;
  const canaryListeners: CanaryListener[] = [];
  const rotation = createRotation({ db, minting, policies, refresh: index.refresh, now });

  async function find(executor: Db | Tx, caller: Principal, id: string | number): Promise<KeyRow> {
    refuseNoId(id);
    const row = await findKey(executor, visibleTo(caller), id);
    if (!row) throw notFound('API key');
    return row;
  }

  async function get(caller: Principal, id: string | number): Promise<Key> {
    return toKey(await find(db, caller, id), now());
  }

  return {
    /** See KeyIndex.check; expiry is part of it, the address is not (KeyPrincipal.addresses). */
    check: index.check,
    identify: index.identify,
    refresh: index.refresh,
    rotate: rotation.rotate,
    twin: rotation.twin,
    get,

    /** Is told of every request with a canary; must not throw and must not wait. */
    onCanary(listener: CanaryListener): void {
      canaryListeners.push(listener);
    },
    canaryUsed(key: KeyPrincipal, use: CanaryUse): void {
      for (const listener of canaryListeners) listener(key, use);
    },

    /**
     * The answer holds the key's text: the only time it exists outside its owner's hands.
     * @throws AppError validation_error (unknown scope, the workspace's policy), insufficient_scope, forbidden, send_not_allowed.
     */
    async mint(caller: Principal, request: KeyRequest): Promise<{ key: Key; text: string }> {
      const made = await inTransaction(db, async (tx) => {
        const revision = await bumpRevision(tx);
        const bounds = await minting.bounds(tx, caller);
        const place = { environment: request.environment ?? caller.environment, canary: request.canary ?? false };
        const rights = newRights(request, place, bounds);
        return await minting.insert(tx, caller, { rights, bounds, origin: null, successor: false, revision });
      });
      await afterCommit(index.refresh);
      return { key: await get(caller, made.number), text: made.text };
    },

    /** Newest first; see KeyPage for `page`. */
    async list(
      caller: Principal,
      page: KeyPage & Pick<KeyFilter, 'activeOnly' | 'withScope'>,
    ): Promise<{ keys: Key[]; total: number }> {
      const { activeOnly = false, withScope } = page;
      const filter = { ...visibleTo(caller), activeOnly, ...(withScope && { withScope }) };
      const rows = await listKeys(db, filter, page);
      return { keys: rows.map((row) => toKey(row, now())), total: await countKeys(db, filter) };
    },

    /**
     * Scopes can only become fewer; everything else may change within what the caller has. A key under rotation keeps
     * its deadline whatever its expiry says.
     * @throws AppError not_found, invalid_state, and as for minting.
     */
    async update(caller: Principal, id: string | number, request: RightsRequest): Promise<Key> {
      refuseNoId(id);
      await inTransaction(db, async (tx) => {
        const revision = await bumpRevision(tx);
        const bounds = await minting.bounds(tx, caller);
        const row = await find(tx, caller, id);
        refuseState(row, ['active', 'retiring', 'quarantined'], 'changed', now());
        const old = rightsOf(row);
        const rights = withRequest(request, old);
        refuseWidening(row, rights.scopes, request);
        refuseBeyond(bounds, rights);
        const policy = await policies.get(caller.workspaceId, tx);
        if (rights.may_send && !old.may_send) refuseMinter(policy, caller, true);
        if (request.expiresAt !== undefined) refuseLife(policy, rights, row.created_at);
        if (request.allowedIps !== undefined) refuseAddresses(policy, rights);
        await updateKey(tx, row.id, storedRights(rights), revision);
        await record(tx, {
          action: 'api_key.updated',
          target: { type: 'api_key', id: row.uuid, name: rights.name },
          before: { ...storedRights(old) },
          after: { ...storedRights(rights) },
          environment: row.environment,
        });
      });
      await afterCommit(index.refresh);
      return await get(caller, id);
    },

    /**
     * When this resolves, this process refuses the key; others do within half a second. Repeating it changes nothing.
     * @param id the key's UUID, or its number.
     * @param options.children also the keys it made, and theirs. Default: as the workspace's policy says.
     * @throws AppError not_found, also for keys of other workspaces and of the other environment of a key's.
     */
    async revoke(
      caller: Principal,
      id: string | number,
      options: { children?: boolean | undefined } = {},
    ): Promise<void> {
      const { id: keyId } = await find(db, caller, id);
      await inTransaction(db, async (tx) => {
        const revision = await bumpRevision(tx);
        if (caller.kind === 'key') await minting.bounds(tx, caller);
        const change = { keyIds: [keyId], children: options.children ?? null, at: now(), reason: null, revision };
        await tell(tx, 'api_key.revoked', await revokeKeys(tx, change), null);
      });
      await afterCommit(index.refresh);
    },

    /** Reading scopes only and no sends from now on, until an owner or admin releases it. */
    async holdBack(caller: Principal, id: string | number, reason: string): Promise<Key> {
      const row = await find(db, caller, id);
      refuseState(row, ['active', 'retiring', 'quarantined'], 'put in quarantine', now());
      await inTransaction(db, async (tx) => {
        if (caller.kind === 'key') await minting.bounds(tx, caller);
        await quarantine(tx, [row.id], reason);
      });
      await afterCommit(index.refresh);
      return await get(caller, id);
    },

    /** @throws AppError forbidden for everybody but owners and admins: a key must not free itself or its like. */
    async release(caller: Principal, id: string | number): Promise<Key> {
      const row = await find(db, caller, id);
      if (caller.kind !== 'user' || (caller.role !== 'owner' && caller.role !== 'admin')) {
        throw new AppError('forbidden', 'Only an owner or admin releases a key from quarantine.');
      }
      await inTransaction(db, async (tx) => {
        await releaseKey(tx, row.id, await bumpRevision(tx));
        if (row.quarantined_at) await tell(tx, 'api_key.released', [row], null);
      });
      await afterCommit(index.refresh);
      return await get(caller, id);
    },

    /** For leaks and brakes. Call `refresh` after the commit. @returns whether it was not in quarantine before. */
    async quarantine(tx: Tx, keyId: number, reason: string): Promise<boolean> {
      return (await quarantine(tx, [keyId], reason)).length > 0;
    },

    /**
     * For leaks. Call `refresh` after the commit.
     * @param options.children default: as each workspace's policy says. @param options.silent: the caller writes the audit trail.
     * @returns the keys that lived until now, made ones included.
     */
    async revokeMany(
      tx: Tx,
      keyIds: readonly number[],
      reason: string,
      options: { children?: boolean; silent?: boolean } = {},
    ): Promise<ChangedKey[]> {
      const revision = await bumpRevision(tx);
      const change = { keyIds, children: options.children ?? null, at: now(), reason, revision };
      const revoked = await revokeKeys(tx, change);
      if (!options.silent) await tell(tx, 'api_key.revoked', revoked, reason);
      return revoked;
    },
  };

  async function quarantine(tx: Tx, keyIds: readonly number[], reason: string): Promise<ChangedKey[]> {
    const revision = await bumpRevision(tx);
    const held = await quarantineKeys(tx, { keyIds, at: now(), reason, revision });
    await tell(tx, 'api_key.quarantined', held, reason);
    return held;
  }
}

async function tell(tx: Tx, action: string, keys: readonly ChangedKey[], reason: string | null): Promise<void> {
  await recordMany(
    tx,
    keys.map((key) => ({
      action,
      target: { type: 'api_key', id: key.uuid, name: key.name },
      after: { public_id: key.public_id, ...(reason !== null && { reason }) },
      workspaceId: key.workspace_id,
      environment: key.environment,
    })),
  );
}

/** @throws AppError for more scopes, an agent that stops being one, and a longer life for a key under rotation. */
function refuseWidening(row: KeyRow, scopes: readonly string[], request: RightsRequest): void {
  const more =
    row.scopes.length === 0 ? [] : scopes.length === 0 ? ['*'] : scopes.filter((s) => !row.scopes.includes(s));
  if (more.length > 0) {
    throw invalidField('scopes', `a key's scopes can only become fewer; make a new key for ${more.join(', ')}`);
  }
  const { permissions } = request;
  if (row.permissions && permissions !== undefined && !(permissions && within(permissions, row.permissions))) {
    throw invalidField('permissions', "a key's permissions can only become fewer; make a new key");
  }
  if (row.agent && request.agent === false) throw invalidField('agent', 'a key for an agent stays one');
  const { expiresAt } = request;
  if (row.retires_at && expiresAt !== undefined && (expiresAt === null || expiresAt > row.retires_at)) {
    throw new AppError('invalid_state', 'This key was rotated and ends at retires_at. Use its successor.');
  }
}
