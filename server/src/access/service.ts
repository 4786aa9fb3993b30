/** Puts the parts of access together: keys, sessions, workspaces. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import { createKeyIndex } from './keys/key-index.ts';
import { createKeys } from './keys/keys.ts';
import { createKeyUsage } from './keys/last-use.ts';
import type { Notify } from './notify.ts';
import { hashSubkey, subkey } from './secrets.ts';
import { createPasswords, createSignInThrottle } from './users/passwords.ts';
import { createTokens } from './users/sessions.ts';
import { createWorkspaces } from './users/workspaces.ts';

export type Access = ReturnType<typeof createAccess>;

export function createAccess(parts: {
  db: Db;
  /** At least 32 characters; subkeys for hashes and signatures are derived from it. */
  secret: string;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
  /** Writes mails to users, in the transaction of what they tell of. */
  notify: Notify;
}) {
  const { db, secret, now, log } = parts;
  const hashKey = hashSubkey(secret, 'api-key');
  const index = createKeyIndex({ db, hashKey, now, log });
  const usage = createKeyUsage({ db, now, log });
  const keys = createKeys({ db, hashKey, index, usage, now });
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
  return {
    keys,
    tokens,
    workspaces,
    bootstrap: workspaces.bootstrap,

    /** Reads all keys, then keeps up with other processes and writes last uses, until `stop`. */
    async start(): Promise<void> {
      await index.refresh();
      index.start();
      usage.start();
    },

    /** Writes what is still to be written. */
    async stop(): Promise<void> {
      await index.stop();
      await usage.stop();
    },

    /** Writes last uses now; the loop does it every second. */
    flushUsage: usage.flush,
    /** Reads other processes' changes now; the loop does it every half second. */
    refreshKeys: index.refresh,
  };
}
