/** API keys: minting, listing, revoking. A key never grants more than its maker has. */
import type { KeyObject } from 'node:crypto';
import { afterCommit } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { type Environment, inTransaction, type Tx } from '../../db/tx.ts';
import { AppError, invalidField, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import type { Principal } from '../principal.ts';
import { isScopeName, type ScopeName } from '../scopes.ts';
import { hmac } from '../secrets.ts';
import { makeKey } from './format.ts';
import type { KeyIndex } from './key-index.ts';
import type { KeyUsage } from './last-use.ts';
import {
  bumpRevision,
  countKeys,
  findKey,
  insertKey,
  type KeyFilter,
  type KeyPage,
  type KeyRow,
  keyIsActive,
  listKeys,
  revokeKey,
} from './queries.ts';

export const FULL_ACCESS_WARNING =
  'This key has no list of scopes, so it can do everything in its environment, now and with scopes added later. ' +
  'Name the scopes it needs to limit what a leak can do.';

export interface KeyRequest {
  readonly name: string;
  /** Empty, missing or `['*']`: full access. */
  readonly scopes?: readonly string[];
  /** Default: the maker's. */
  readonly environment?: Environment;
  /** Default: no. */
  readonly maySend?: boolean;
}

export interface Key {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly publicId: string;
  readonly environment: Environment;
  readonly scopes: readonly string[];
  readonly fullAccess: boolean;
  readonly maySend: boolean;
  readonly createdAt: Date;
  /** A user's name or email, or "API key" and the label of the key that made it. */
  readonly createdBy: string | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export type Keys = ReturnType<typeof createKeys>;

export function createKeys(parts: { db: Db; hashKey: KeyObject; index: KeyIndex; usage: KeyUsage; now: () => Date }) {
  const { db, hashKey, index, usage, now } = parts;

  return {
    check: index.check,
    noteUse: usage.note,

    /**
     * The answer holds the key's text: the only time it exists outside its owner's hands.
     * @throws AppError validation_error (unknown scope), insufficient_scope, forbidden, send_not_allowed.
     */
    async mint(caller: Principal, request: KeyRequest): Promise<{ key: Key; text: string }> {
      const scopes = readScopes(request.scopes ?? []);
      const environment = request.environment ?? caller.environment;
      const maySend = request.maySend ?? false;
      refuseEscalation(caller, { scopes, environment, maySend });
      const made = makeKey(environment);
      const number = await inTransaction(db, async (tx) => {
        const revision = await bumpRevision(tx);
        await refuseRevokedMaker(tx, caller);
        return await insertKey(tx, {
          uuid: newId(now().getTime()),
          workspace_id: caller.workspaceId,
          environment,
          public_id: made.publicId,
          hash: hmac(hashKey, made.text),
          name: request.name,
          scopes,
          may_send: maySend,
          created_by_user_id: caller.kind === 'user' ? caller.userId : null,
          created_by_key_id: caller.kind === 'key' ? caller.keyId : null,
          revision,
        });
      });
      await afterCommit(index.refresh);
      return { key: await get(caller, number), text: made.text };
    },

    /** Newest first; see KeyPage for `page`. */
    async list(caller: Principal, page: KeyPage & { activeOnly?: boolean }): Promise<{ keys: Key[]; total: number }> {
      const filter = { ...visibleTo(caller), activeOnly: page.activeOnly ?? false };
      const rows = await listKeys(db, filter, page);
      return { keys: rows.map(toKey), total: await countKeys(db, filter) };
    },

    /**
     * When this resolves, this process refuses the key; others do within half a second. Repeating it changes nothing.
     * @param id the key's UUID, or its number.
     * @throws AppError not_found, also for keys of other workspaces and of the other environment of a key's.
     */
    async revoke(caller: Principal, id: string | number): Promise<void> {
      const { number } = await get(caller, id);
      await inTransaction(db, async (tx) => {
        const revision = await bumpRevision(tx);
        await refuseRevokedMaker(tx, caller);
        await revokeKey(tx, number, now(), revision);
      });
      await afterCommit(index.refresh);
    },
  };

  async function get(caller: Principal, id: string | number): Promise<Key> {
    const valid = typeof id === 'number' ? Number.isSafeInteger(id) : isUuid(id);
    const row = valid ? await findKey(db, visibleTo(caller), id) : undefined;
    if (!row) throw notFound('API key');
    return toKey(row);
  }
}

/** A user manages the keys of both environments; a key only those of its own. */
function visibleTo(caller: Principal): KeyFilter {
  return { workspaceId: caller.workspaceId, environment: caller.kind === 'key' ? caller.environment : null };
}

function readScopes(names: readonly string[]): ScopeName[] {
  if (names.length === 1 && names[0] === '*') return [];
  const scopes = new Set<ScopeName>();
  for (const name of names) {
    if (!isScopeName(name)) {
      throw invalidField('scopes', `there is no scope "${name.slice(0, 100)}"; GET /api/v1/scopes lists all`);
    }
    scopes.add(name);
  }
  return [...scopes];
}

function refuseEscalation(
  caller: Principal,
  child: { scopes: readonly ScopeName[]; environment: Environment; maySend: boolean },
): void {
  if (caller.kind === 'key' && child.environment !== caller.environment) {
    throw new AppError('forbidden', `A ${caller.environment} key can only make ${caller.environment} keys.`);
  }
  const mayGrantAll = caller.kind === 'key' ? caller.fullAccess : caller.role === 'owner' || caller.role === 'admin';
  if (child.scopes.length === 0 && !mayGrantAll) {
    throw new AppError(
      'insufficient_scope',
      'Only a caller with full access can make a key with full access. Name the scopes the new key needs.',
    );
  }
  const missing = child.scopes.filter((scope) => !caller.scopes.has(scope));
  if (missing.length > 0) {
    throw new AppError('insufficient_scope', `A key cannot be given scopes its maker lacks: ${missing.join(', ')}.`, {
      required: missing,
    });
  }
  if (child.maySend && !caller.maySend) {
    throw new AppError('send_not_allowed', 'Only a caller that may send can make a key that may send.');
  }
}

/** The maker was checked before the transaction; a revocation in between must not be outlived by a child. */
async function refuseRevokedMaker(tx: Tx, caller: Principal): Promise<void> {
  if (caller.kind === 'key' && !(await keyIsActive(tx, caller.keyId))) {
    throw new AppError('api_key_revoked', 'This API key was revoked.');
  }
}

function toKey(row: KeyRow): Key {
  const user = row.user_name || row.user_email;
  return {
    id: row.uuid,
    number: row.id,
    name: row.name,
    publicId: row.public_id,
    environment: row.environment,
    scopes: row.scopes,
    fullAccess: row.scopes.length === 0,
    maySend: row.may_send,
    createdAt: row.created_at,
    createdBy: user || (row.key_name === null ? null : `API key ${row.key_name}`),
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
