/**
 * Every key of the installation in memory: a request with a key costs one HMAC and no query, a forged one too.
 * Other processes' changes arrive by asking for newer revisions, at least twice a second while running.
 */
import { type KeyObject, timingSafeEqual } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import { createLoop } from '../../loop.ts';
import { createReload } from '../../reload.ts';
import type { KeyPrincipal } from '../principal.ts';
import { isScopeName, SCOPE_NAMES, type ScopeName } from '../scopes.ts';
import { hmac } from '../secrets.ts';
import { parseKey } from './format.ts';
import { type IndexRow, keysChangedSince } from './queries.ts';

const POLL_MS = 500;
/** An index that could not be brought up to date for this long vouches for nobody: another node may have revoked. */
const STALE_MS = 5_000;

const ALL: ReadonlySet<ScopeName> = new Set(SCOPE_NAMES);

interface Entry {
  readonly hash: Buffer;
  readonly revoked: boolean;
  readonly principal: KeyPrincipal;
}

export type KeyCheck = KeyPrincipal | 'malformed' | 'unknown' | 'revoked';

export type KeyIndex = ReturnType<typeof createKeyIndex>;

export function createKeyIndex(parts: {
  db: Db;
  /** The subkey that stored hashes were made with. */
  hashKey: KeyObject;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, hashKey, now, log } = parts;
  const entries = new Map<string, Entry>();
  const nobody: Entry = { hash: Buffer.alloc(32), revoked: false, principal: entryOf(emptyRow()).principal };
  let revision = 0;
  let currentAt = 0;
  let failing = false;

  async function load(): Promise<void> {
    const startedAt = now().getTime();
    for (const row of await keysChangedSince(db, revision)) {
      entries.set(row.public_id, entryOf(row));
      revision = Math.max(revision, row.revision);
    }
    currentAt = startedAt;
  }

  const reload = createReload(load);
  const refresh = reload.run;

  const loop = createLoop({
    async step() {
      await refresh();
      failing = false;
      return false;
    },
    pollMs: POLL_MS,
    afterErrorMs: POLL_MS,
    onError(error) {
      if (!failing) log.error({ err: error }, 'reading changed API keys failed; trying again');
      failing = true;
    },
  });

  return {
    refresh,

    /** @throws the database's error when the index is out of date and cannot be renewed. */
    async check(text: string): Promise<KeyCheck> {
      const parsed = parseKey(text);
      if (!parsed) return 'malformed';
      if (now().getTime() - currentAt > STALE_MS) await refresh();
      const found = entries.get(parsed.publicId) ?? nobody;
      // An unknown id is compared too, so that both take the same path and time.
      if (!timingSafeEqual(found.hash, hmac(hashKey, text)) || found === nobody) return 'unknown';
      return found.revoked ? 'revoked' : found.principal;
    },

    start: loop.start,

    async stop(): Promise<void> {
      await loop.stop();
      await reload.settled();
    },
  };
}

function entryOf(row: IndexRow): Entry {
  const fullAccess = row.scopes.length === 0;
  return {
    hash: row.hash,
    revoked: row.revoked,
    principal: Object.freeze({
      kind: 'key',
      keyId: row.id,
      publicId: row.public_id,
      label: row.name,
      workspaceId: row.workspace_id,
      environment: row.environment,
      fullAccess,
      // A scope that a later version dropped is no longer in the registry and allows nothing.
      scopes: fullAccess ? ALL : new Set(row.scopes.filter(isScopeName)),
      maySend: row.may_send,
    }),
  };
}

function emptyRow(): IndexRow {
  return {
    id: 0,
    workspace_id: '',
    environment: 'test',
    public_id: '',
    name: '',
    hash: Buffer.alloc(32),
    scopes: ['none'],
    may_send: false,
    revoked: true,
    revision: 0,
  };
}
