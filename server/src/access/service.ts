/** Puts the parts of access together: keys, sessions, workspaces. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import { DEFAULT_PREFIX } from './keys/format.ts';
import { createKeyHashes, createRehash } from './keys/hashes.ts';
import { createKeyIndex } from './keys/key-index.ts';
import { createKeys } from './keys/keys.ts';
import { createKeyUsage } from './keys/last-use.ts';
import { createMinting } from './keys/mint.ts';
import { createKeyReminders } from './keys/reminders.ts';
import type { Notify } from './notify.ts';
import { createKeyPolicies } from './policy/policy.ts';
import { createOAuth } from './oauth/oauth.ts';
import { hashSubkey, subkey } from './secrets.ts';
import { createPasswords, createSignInThrottle } from './users/passwords.ts';
import { createTokens } from './users/sessions.ts';
import { createWorkspaces } from './users/workspaces.ts';

export type Access = ReturnType<typeof createAccess>;

export function createAccess(parts: {
  db: Db;
  /** At least 32 characters; subkeys for hashes and signatures are derived from it. */
  secret: string;
  /** The one before it, while keys of it are still in use; null: none. */
  previousSecret?: string | null;
  /** What new keys begin with. Default `sk`. */
  keyPrefix?: string;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
  /** Writes mails to users, in the transaction of what they tell of. */
  notify: Notify;
  /** Where browsers and apps reach this installation; OAuth's issuer. Without a trailing slash. */
  publicUrl?: string;
}) {
  const { db, secret, now, log } = parts;
  const hashes = createKeyHashes(secret, parts.previousSecret ?? null);
  const rehash = createRehash({ db, hashes, refresh: () => index.refresh(), log });
  const index = createKeyIndex({ db, hashes, now, log, onOldHash: rehash.note });
  const usage = createKeyUsage({ db, now, log });
  const policies = createKeyPolicies({ db, now });
  const minting = createMinting({ hashes, policies, prefix: parts.keyPrefix ?? DEFAULT_PREFIX, now });
  const keys = createKeys({ db, index, usage, minting, policies, now });
  const tokens = createTokens({
    db,
    signingKey: subkey(secret, 'session-token'),
    hashKey: hashSubkey(secret, 'refresh-token'),
    now,
  });
  const workspaces = createWorkspaces({
    db,
    passwords: createPasswords(),
    throttle: createSignInThrottle(now),
    tokens,
    now,
  });
  const oauth = createOAuth({ db, secret, publicUrl: parts.publicUrl ?? 'http://localhost:4000', now });
  return {
    keys,
    policies,
    keyReminders: createKeyReminders({ db, notify: parts.notify, publicUrl: parts.publicUrl ?? '', now }),
    oauth,
    tokens,
    workspaces,
    bootstrap: workspaces.bootstrap,

    /** Reads all keys, then keeps up with other processes and writes last uses, until `stop`. */
    async start(): Promise<void> {
      await index.refresh();
      index.start();
      usage.start();
      rehash.start();
    },

    /** Writes what is still to be written. */
    async stop(): Promise<void> {
      await rehash.stop();
      await index.stop();
      await usage.stop();
    },

    /** Writes last uses now; the loop does it every second. */
    flushUsage: usage.flush,
    /** Reads other processes' changes now; the loop does it every half second. */
    refreshKeys: index.refresh,
    /** Hashes used keys of the previous secret anew now; the loop does it every second. */
    flushRehash: rehash.flush,
  };
}
