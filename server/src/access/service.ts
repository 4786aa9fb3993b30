/** Puts the parts of access together: keys, sessions, workspaces. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import { createAlerts } from './alerts/alerts.ts';
import { createCanaryWatch } from './alerts/canary.ts';
import { createApprovals } from './brakes/approvals.ts';
import { createBrakes } from './brakes/brakes.ts';
import { createSendingAllowance } from './brakes/caps.ts';
import { createGroups } from './groups/groups.ts';
import { DEFAULT_PREFIX } from './keys/check/format.ts';
import { createKeyHashes, createRehash } from './keys/check/hashes.ts';
import { createKeyIndex } from './keys/check/key-index.ts';
import { createKeys } from './keys/keys.ts';
import { createKeyUsage } from './keys/last-use.ts';
import { createMinting } from './keys/mint.ts';
import { createKeyReminders } from './keys/reminders/reminders.ts';
import { latestUses } from './leaks/latest-uses.ts';
import { createLeaks } from './leaks/leaks.ts';
import type { Notify } from './notify.ts';
import { createOAuth } from './oauth/oauth.ts';
import type { MissingResources } from './permissions/input.ts';
import { createPermissions } from './permissions/permissions.ts';
import { createKeyPolicies } from './policy/policy.ts';
import type { KeyPrincipal } from './principal.ts';
import { createUsage } from './usage/usage.ts';
import { createUsers } from './users/service.ts';

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
  /** The same, in milliseconds since 1970, for what every request asks. */
  clock: () => number;
  log: Pick<FastifyBaseLogger, 'error'>;
  /** Writes mails to users, in the transaction of what they tell of. */
  notify: Notify;
  /** Where browsers and apps reach this installation; OAuth's issuer. Without a trailing slash. */
  publicUrl?: string;
  /** Whether `notify` reaches anybody: without, links that mails would bring are shown. Default false. */
  hasMail?: boolean;
  /** How long the usage log is kept. Default 90. */
  usageDays?: number;
  /** An MMDB file that tells countries of addresses; default none. */
  geoIpFile?: string | null;
  /** Messages that a key made in a time. */
  countSends: (workspaceId: string, keyId: number, from: Date, to: Date) => Promise<number>;
  /** The same for many keys since a time. */
  countMessages: Parameters<typeof createLeaks>[0]['countMessages'];
  /** Which of the resources that permissions name are not there. */
  missingResources: MissingResources;
}) {
  const { db, secret, now, log } = parts;
  const hashes = createKeyHashes(secret, parts.previousSecret ?? null);
  const rehash = createRehash({ db, hashes, refresh: () => index.refresh(), log });
  const index = createKeyIndex({ db, hashes, clock: parts.clock, log, onOldHash: rehash.note });
  const lastUses = createKeyUsage({ db, now, log });
  const policies = createKeyPolicies({ db, now });
  const minting = createMinting({ hashes, policies, prefix: parts.keyPrefix ?? DEFAULT_PREFIX, now });
  const keys = createKeys({ db, index, minting, policies, now });
  const publicUrl = parts.publicUrl ?? 'http://localhost:4000';
  const users = createUsers({
    db,
    secret,
    previousSecret: parts.previousSecret ?? null,
    now,
    log,
    notify: parts.notify,
    hasMail: parts.hasMail ?? false,
    publicUrl,
  });
  const permissions = createPermissions({ db, now, missing: parts.missingResources });
  const groups = createGroups({ db, now, invitations: users.invitations });
  const oauth = createOAuth({ db, secret, previousSecret: parts.previousSecret ?? null, publicUrl, now, log });
  const usageLog = createUsage({
    db,
    now,
    log,
    keepDays: parts.usageDays ?? 90,
    geoIpFile: parts.geoIpFile ?? null,
    countSends: parts.countSends,
    onLastUse: lastUses.note,
  });
  const alerts = createAlerts({ db, notify: parts.notify, now });
  const leaks = createLeaks({
    db,
    alerts,
    keys,
    countMessages: parts.countMessages,
    latestUses: async (key) => {
      await usageLog.flush();
      return await latestUses(db, key, now());
    },
    now,
    log,
  });
  const canaries = createCanaryWatch({ db, alerts, now, log });
  keys.onCanary(canaries.used);
  const { quarantine, refresh } = keys;
  const brakes = createBrakes({ db, alerts, quarantine, refresh, now, log });
  usageLog.observe(brakes.observe);
  const approvals = createApprovals({ db, alerts, now });
  return {
    keys,
    alerts,
    leaks,
    canaries,
    brakes,
    approvals,
    /** For features that send. */
    sendingAllowance: createSendingAllowance({ approvals, now }),
    /** The usage log. */
    usage: usageLog,
    policies,
    keyReminders: createKeyReminders({ db, notify: parts.notify, publicUrl: parts.publicUrl ?? '', now }),
    oauth,
    tokens: users.tokens,
    workspaces: users.workspaces,
    bootstrap: users.workspaces.bootstrap,
    /** People: members, invitations, sign-in, sessions, second factors, passwords. */
    users,
    /** What members and groups may in the control plane. */
    permissions,
    groups,

    /** Reads all keys, then keeps up with other processes and writes last uses, until `stop`. */
    async start(): Promise<void> {
      await index.refresh();
      index.start();
      lastUses.start();
      usageLog.start();
      brakes.start();
      await users.start();
      rehash.start();
    },

    /** Writes what is still to be written. */
    async stop(): Promise<void> {
      await rehash.stop();
      await index.stop();
      await usageLog.stop();
      await lastUses.stop();
      await brakes.stop();
      await Promise.all([leaks.settled(), canaries.settled()]);
      await users.stop();
    },

    /** An answer that goes on for long is a use as long as it does. */
    keyStillUsed({ meter }: KeyPrincipal, ip: string): void {
      lastUses.note(meter, now().getTime(), ip);
    },

    /** Writes the usage log and last uses now; their loops do it after half a second and a second. */
    async flushUsage(): Promise<void> {
      await usageLog.flush();
      await lastUses.flush();
    },
    /** Reads other processes' changes now; the loop does it every half second. */
    refreshKeys: index.refresh,
    /** Hashes used keys of the previous secret anew now; the loop does it every second. */
    flushRehash: rehash.flush,
  };
}
