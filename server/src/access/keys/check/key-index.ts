/**
 * Every key of the installation in memory: a request with a key costs a short MAC and no query, with a new or forged one an HMAC.
 * Other processes' changes arrive by asking for newer revisions, at least twice a second while running.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../../db/open.ts';
import { AppError } from '../../../errors.ts';
import { createLoop } from '../../../loop.ts';
import { createReload } from '../../../reload.ts';
import { Meter } from '../../meter.ts';
import type { KeyPrincipal } from '../../principal.ts';
import { allowedScopes, READING_SCOPES, SCOPE_NAMES, type ScopeName } from '../../scopes.ts';
import { type IndexRow, keysChangedSince } from '../queries.ts';
import { addressList } from './addresses.ts';
import { checksumIn, idNumberIn, idNumberOf, numberOfId } from './format.ts';
import type { KeyHashes, Stored } from './hashes.ts';
import { type Found, IdTable } from './id-table.ts';

const POLL_MS = 500;
/** An index that could not be brought up to date for this long vouches for nobody: another node may have revoked. */
const STALE_MS = 5_000;
/** How long a request waits for an index that is out of date. */
const WAIT_MS = 2_000;

const ALL: ReadonlySet<ScopeName> = new Set(SCOPE_NAMES);
const NONE: ReadonlySet<ScopeName> = new Set();

interface Entry extends Stored, Found<Meter> {
  readonly revoked: boolean;
  readonly principal: KeyPrincipal;
}

export type KeyCheck = KeyPrincipal | 'malformed' | 'unknown' | 'revoked' | 'expired';

/** What can be told of a key to those who found or leaked it. */
export interface IdentifiedKey {
  readonly keyId: number;
  readonly publicId: string;
  readonly workspaceId: string;
  readonly environment: KeyPrincipal['environment'];
  readonly label: string;
  readonly state: 'active' | 'revoked' | 'expired' | 'quarantined';
  readonly principal: KeyPrincipal;
}

export type KeyIndex = ReturnType<typeof createKeyIndex>;

export function createKeyIndex(parts: {
  db: Db;
  hashes: KeyHashes;
  /** Milliseconds since 1970. Asked at every request, so no object is made of it. */
  clock: () => number;
  log: Pick<FastifyBaseLogger, 'error'>;
  /** A key made under the previous secret was used. */
  onOldHash?: (keyId: number, old: Buffer, text: string) => void;
}) {
  const { db, hashes, clock, log, onOldHash } = parts;
  const entries = new IdTable<Meter, Entry>();
  const toEntry = entryFactory();
  const nobody: Entry = toEntry(emptyRow(hashes.secretId));
  let revision = 0;
  let currentAt = 0;
  let failing = false;

  async function load(): Promise<void> {
    const startedAt = clock();
    for (const row of await keysChangedSince(db, revision)) {
      const id = numberOfId(row.public_id);
      if (id >= 0) put(id, toEntry(row, entries.get(id)));
      revision = Math.max(revision, row.revision);
    }
    currentAt = startedAt;
  }

  /** Both at once: what was known of the key before is forgotten when its rights are others. */
  function put(id: number, entry: Entry): void {
    entry.meter.principal = entry.principal;
    entries.set(id, entry);
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

  /**
   * A text that was right before is known by a glance. A guess takes one way, whether the key exists, was used, revoked or
   * not: its checksum is computed, then the HMAC. Only a guess with all of the key's own checksum (32 bits) takes another,
   * and its maker could learn no more than that.
   */
  function compare(text: string, id: number, at: number): KeyCheck {
    const place = entries.placeOf(id);
    const checksum = checksumIn(text);
    // The memory is asked for before the sums: it is there when it is needed.
    const principal = entries.meterAt(place)?.principal;
    if (principal && !hasEnded(principal, at) && entries.mayKnow(place, checksum)) {
      if (entries.isKnown(place, hashes.glance(text)) && idNumberOf(text) === id) return principal;
    }
    return idNumberOf(text) < 0 ? 'malformed' : compareHash(text, place, checksum, at);
  }

  function compareHash(text: string, place: number, checksum: number, at: number): KeyCheck {
    const found = entries.entryAt(place) ?? nobody;
    const outcome = hashes.compare(text, found);
    if (outcome === 'wrong' || found === nobody) return 'unknown';
    if (found.revoked) return 'revoked';
    if (hasEnded(found.principal, at)) return 'expired';
    // One of the previous secret is told as such at each use, until it is hashed anew.
    if (outcome === 'old') onOldHash?.(found.principal.keyId, found.hash, text);
    else entries.learn(place, checksum, hashes.glance(text));
    return found.principal;
  }

  async function compareWhenCurrent(text: string, id: number): Promise<KeyCheck> {
    await freshOrUnavailable(refresh);
    return compare(text, id, clock());
  }

  return {
    refresh,

    /**
     * At once, unless the index is out of date and has to be renewed first.
     * @throws AppError unavailable (from the promise) when it cannot be renewed.
     */
    check(text: string): KeyCheck | Promise<KeyCheck> {
      const id = idNumberIn(text);
      if (id < 0) return 'malformed';
      const at = clock();
      // What is no key does not wait.
      if (at - currentAt > STALE_MS) return idNumberOf(text) < 0 ? 'malformed' : compareWhenCurrent(text, id);
      return compare(text, id, at);
    },

    /** Whose key this is, also of one that is refused; null: none of ours. Notes no use. */
    identify(text: string): IdentifiedKey | null {
      const id = idNumberOf(text);
      const found = id < 0 ? undefined : entries.get(id);
      if (!found || hashes.compare(text, found) === 'wrong') return null;
      const { principal, revoked } = found;
      const { keyId, workspaceId, environment, label, quarantined } = principal;
      const expired = hasEnded(principal, clock());
      const state = revoked ? 'revoked' : expired ? 'expired' : quarantined ? 'quarantined' : 'active';
      return { keyId, publicId: principal.publicId, workspaceId, environment, label, state, principal };
    },

    /** How many keys are held. */
    size: () => entries.size,

    start: loop.start,

    async stop(): Promise<void> {
      await loop.stop();
      await reload.settled();
    },
  };
}

async function freshOrUnavailable(refresh: () => Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), WAIT_MS);
  try {
    await Promise.race([refresh(), late]);
  } catch (cause) {
    throw new AppError('unavailable', 'API keys cannot be checked at the moment. Try again.', {}, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Keys share sets of scopes and the names of workspaces and secrets: half the memory of 100,000 keys. */
function entryFactory(): (row: IndexRow, before?: Entry) => Entry {
  const MAX_SHARED = 10_000;
  const sets = new Map<string, ReadonlySet<ScopeName>>();
  const texts = new Map<string, string>();

  function shared<Text extends string>(text: Text): Text {
    const known = texts.get(text);
    if (known !== undefined) return known as Text;
    if (texts.size < MAX_SHARED) texts.set(text, text);
    return text;
  }

  function setOf(names: readonly string[]): ReadonlySet<ScopeName> {
    const key = names.join(' ');
    // A scope that a later version dropped is no longer in the registry and allows nothing.
    const set = sets.get(key) ?? allowedScopes(names);
    if (sets.size < MAX_SHARED) sets.set(key, set);
    return set;
  }

  function scopesOf(row: IndexRow): ReadonlySet<ScopeName> {
    if (row.canary) return NONE;
    const scopes = row.scopes.length === 0 ? ALL : setOf(row.scopes);
    return row.quarantined ? setOf([...scopes].filter((scope) => READING_SCOPES.has(scope))) : scopes;
  }

  function meterFor(row: IndexRow): Meter {
    return new Meter({ quota: row.lineage, workspaceId: shared(row.workspace_id), keyId: row.id });
  }

  return (row, before) => {
    // What was counted of a key goes on when it is changed.
    const meter = before?.meter.keyId === row.id ? before.meter : meterFor(row);
    const principal: KeyPrincipal = Object.freeze({
      // First what every request reads.
      kind: 'key',
      meter,
      endsAt: row.ends_at?.getTime() ?? null,
      scopes: scopesOf(row),
      ratePerMinute: row.rate_per_minute,
      canary: row.canary,
      addresses: addressList(row.allowed_ips),
      shadowScopes: row.shadow_scopes === null ? null : setOf(row.shadow_scopes),
      keyId: row.id,
      publicId: row.public_id,
      label: row.name,
      workspaceId: shared(row.workspace_id),
      environment: shared(row.environment),
      fullAccess: row.scopes.length === 0 && !row.canary && !row.quarantined,
      maySend: row.may_send && !row.quarantined && !row.agent && !row.canary,
      lineage: row.lineage === row.public_id ? row.public_id : row.lineage,
      agent: row.agent,
      quarantined: row.quarantined,
      caps: capsOf(row),
      permissions: row.permissions,
    });
    const secretId = row.secret_id === null ? null : shared(row.secret_id);
    return { hash: row.hash, secretId, revoked: row.revoked, meter, principal };
  };
}

function hasEnded({ endsAt }: KeyPrincipal, at: number): boolean {
  return endsAt !== null && at >= endsAt;
}

function capsOf(row: IndexRow): KeyPrincipal['caps'] {
  const { recipients_per_send, recipients_per_day, approval_above } = row;
  if (recipients_per_send === null && recipients_per_day === null && approval_above === null) return null;
  return Object.freeze({
    recipientsPerSend: recipients_per_send,
    recipientsPerDay: recipients_per_day,
    approvalAbove: approval_above,
  });
}

function emptyRow(secretId: string): IndexRow {
  return {
    id: 0,
    workspace_id: '',
    environment: 'test',
    public_id: '',
    name: '',
    hash: Buffer.alloc(32),
    secret_id: secretId,
    lineage: '',
    scopes: ['none'],
    may_send: false,
    agent: false,
    canary: false,
    quarantined: false,
    shadow_scopes: null,
    allowed_ips: [],
    rate_per_minute: null,
    recipients_per_send: null,
    recipients_per_day: null,
    approval_above: null,
    permissions: null,
    ends_at: null,
    revoked: true,
    revision: 0,
  };
}
