/**
 * Where the protocol's library keeps its codes, tokens and running consents: PostgreSQL, so that every process knows all
 * of them and what one ends is ended everywhere. Registered clients come from their own table.
 */
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider';
import { asSystem } from '../../../context.ts';
import type { Db } from '../../../db/open.ts';
import { inTransaction, sqlState } from '../../../db/tx.ts';
import { isUuid } from '../../../ids.ts';
import { record } from '../../audit/record.ts';
import { findAnyClient } from '../queries.ts';
import type { OAuthSecrets } from '../secrets.ts';
import { clientMetadata } from './metadata.ts';
import { FOREIGN_KEY_VIOLATION, type Retries } from './retries.ts';
import {
  consumeStored,
  deleteAnyGrant,
  deleteStored,
  findStored,
  grantOfStored,
  insertStored,
  keepNewest,
  type StoredRow,
  upsertStored,
} from './store-queries.ts';

/** Used up by their first use. */
const ONE_TIME = new Set(['AuthorizationCode', 'RefreshToken']);
/** Of one kind, of a grant or of a client that acts for itself: what asks in a loop cannot fill the disk. */
const MOST_TOKENS = 1_000;
const COUNTED = new Set(['AccessToken', 'RefreshToken', 'ClientCredentials']);
/** Kept under the grant, and gone with it. */
const OF_GRANTS = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

export function createStore(parts: {
  db: Db;
  secrets: OAuthSecrets;
  retries: Retries;
  now: () => Date;
}): (model: string) => Adapter {
  const { db, secrets, retries, now } = parts;

  function read(model: string, row: StoredRow | undefined): AdapterPayload | undefined {
    if (!row) return undefined;
    const payload: AdapterPayload = secrets.open(row.payload_sealed, model, row.id_hash);
    return row.consumed_at ? { ...payload, consumed: Math.floor(row.consumed_at.getTime() / 1_000) } : payload;
  }

  /** A grant ends as a whole: there is no consent without its tokens. */
  async function endGrant(grantId: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const grant = await deleteAnyGrant(tx, grantId);
      if (!grant) return;
      const name = (await findAnyClient(tx, grant.client_id))?.name ?? '';
      await record(tx, {
        action: 'oauth_grant.ended',
        target: { type: 'oauth_grant', id: grantId, name },
        before: { client_id: grant.client_id, user_id: grant.user_id },
        after: { reason: reasonOfRoute() },
        workspaceId: grant.workspace_id,
        environment: grant.environment,
        actor: { kind: 'oauth', id: grant.client_id, label: name },
      });
    });
  }

  return (model) => {
    if (model === 'Client') return clientAdapter();
    const hashOf = (id: string) => secrets.hashOf(model, id);
    return {
      find: (id) =>
        asSystem(async () => {
          const row = await findStored(db, model, { id_hash: hashOf(id) });
          const found = read(model, row);
          if (model === 'RefreshToken' && row?.consumed_at) {
            await retries.answerAgain(id, { clientId: found?.clientId, usedAt: row.consumed_at });
          }
          return found;
        }),

      findByUid: (uid) => asSystem(async () => read(model, await findStored(db, model, { uid_hash: hashOf(uid) }))),

      findByUserCode: async () => undefined,

      upsert: (id, payload, expiresIn) =>
        asSystem(async () => {
          const idHash = hashOf(id);
          const row = {
            model,
            id_hash: idHash,
            payload_sealed: secrets.seal(payload, model, idHash),
            client_id: payload.clientId ?? null,
            grant_id: model === 'Grant' ? id : OF_GRANTS.has(model) ? (payload.grantId ?? null) : null,
            uid_hash: payload.uid === undefined ? null : hashOf(payload.uid),
            expires_at: new Date(now().getTime() + (expiresIn ?? 0) * 1_000),
          };
          if (model === 'ReplayDetection') {
            // Asked for and written in two steps: of two that come at once, the second writer is the replay.
            if (!(await insertStored(db, row))) throw new errors.InvalidClient('client assertion was used before');
            return;
          }
          try {
            await upsertStored(db, row);
            if (COUNTED.has(model)) await keepNewest(db, row, MOST_TOKENS);
          } catch (error) {
            // Ended while the answer was being made: its tokens must not outlive it.
            if (sqlState(error) === FOREIGN_KEY_VIOLATION) throw new errors.InvalidGrant('the grant has ended');
            throw error;
          }
        }),

      consume: (id) =>
        asSystem(async () => {
          const idHash = hashOf(id);
          if (await consumeStored(db, model, idHash, now())) return;
          if (model === 'RefreshToken') {
            await retries.answerAgain(id, { clientId: Provider.ctx?.oidc.client?.clientId, usedAt: now() });
          }
          // Two at once: one of them is a thief's, and nobody can tell which.
          const grantId = ONE_TIME.has(model) ? await grantOfStored(db, model, idHash) : null;
          if (grantId) await endGrant(grantId);
          throw new errors.InvalidGrant('already used');
        }),

      destroy: (id) =>
        asSystem(async () => {
          if (model === 'Grant') await endGrant(id);
          else await deleteStored(db, model, hashOf(id));
        }),

      revokeByGrantId: (grantId) => asSystem(() => endGrant(grantId)),
    };
  };

  function clientAdapter(): Adapter {
    const never = async () => {
      throw new Error('Clients are written by access/oauth/clients.ts only.');
    };
    return {
      async find(id) {
        const row = isUuid(id) ? await asSystem(() => findAnyClient(db, id)) : undefined;
        return row && clientMetadata(row);
      },
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
      upsert: never,
      consume: never,
      destroy: never,
      revokeByGrantId: never,
    };
  }
}

/** The library ends a grant for a client that asks for it, and for one that comes with what was used before. */
function reasonOfRoute(): string {
  return Provider.ctx?.oidc.route === 'revocation' ? 'revoked by the app' : 'a code or refresh token was used twice';
}
