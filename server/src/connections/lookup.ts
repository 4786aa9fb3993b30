/**
 * Every source by write key and every destination by id and source, in memory and complete: the tracking door and
 * the pipeline ask it for each event, and a write key that does not exist costs no query.
 * Reloaded as a whole when connections_revision moved: at once after a change here, within POLL_MS after one elsewhere.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import type { Scope } from '../db/tx.ts';
import { createLoop } from '../loop.ts';
import { createReload } from '../reload.ts';
import type { Seal } from '../seal.ts';
import { allDestinations, type DestinationRow, readRevision } from './queries.ts';
import { allWriteKeys } from './sources/queries.ts';

const POLL_MS = 400;

export interface LiveSource {
  readonly id: string;
  readonly scope: Scope;
  readonly name: string;
  readonly enabled: boolean;
}

export interface LiveDestination {
  readonly id: string;
  readonly scope: Scope;
  readonly sourceId: string;
  readonly type: 'webhook';
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  /** `whsec_…`; null when it was sealed under another installation secret and cannot be opened. */
  readonly signingSecret: string | null;
}

interface Snapshot {
  revision: number;
  sources: ReadonlyMap<string, LiveSource>;
  destinations: ReadonlyMap<string, LiveDestination>;
  bySource: ReadonlyMap<string, readonly LiveDestination[]>;
}

export interface Lookup {
  findByWriteKey(writeKey: string): LiveSource | null;
  /** Enabled destinations only. */
  destinationsOf(sourceId: string): readonly LiveDestination[];
  /** Enabled or not; null: unknown or deleted. */
  destination(id: string): LiveDestination | null;
  /** Of every workspace, enabled or not. */
  allDestinations(): Iterable<LiveDestination>;
  /** Resolves when everything committed before the call is visible here. */
  reload(): Promise<void>;
  /** Calls back after each reload that changed the content. */
  onChange(listener: () => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const NONE: readonly LiveDestination[] = [];

export function createLookup({ db, seal, log }: { db: Db; seal: Seal; log: FastifyBaseLogger }): Lookup {
  let now: Snapshot = { revision: -1, sources: new Map(), destinations: new Map(), bySource: new Map() };
  const listeners: (() => void)[] = [];

  async function load(): Promise<void> {
    // The revision first: a change that commits while the rows are read shows up as a newer revision at the next poll.
    const revision = await readRevision(db);
    if (revision === now.revision) return;
    const sources = new Map<string, LiveSource>();
    for (const row of await allWriteKeys(db)) {
      const scope = { workspaceId: row.workspace_id, environment: row.environment };
      sources.set(row.write_key, { id: row.id, scope, name: row.name, enabled: row.enabled });
    }
    const destinations = new Map<string, LiveDestination>();
    const bySource = new Map<string, LiveDestination[]>();
    for (const row of await allDestinations(db)) {
      const destination = toLive(row);
      destinations.set(row.id, destination);
      if (!row.enabled) continue;
      const list = bySource.get(row.source_id);
      if (list) list.push(destination);
      else bySource.set(row.source_id, [destination]);
    }
    now = { revision, sources, destinations, bySource };
    for (const listener of listeners) listener();
  }

  function toLive(row: DestinationRow): LiveDestination {
    let signingSecret: string | null = null;
    try {
      signingSecret = seal.open(row.secret_sealed, row.id);
    } catch (error) {
      log.error({ err: error, destination: row.id }, 'signing secret cannot be opened: was HEADGATE_SECRET changed?');
    }
    return {
      id: row.id,
      scope: { workspaceId: row.workspace_id, environment: row.environment },
      sourceId: row.source_id,
      type: row.type,
      name: row.name,
      url: String(row.settings['url'] ?? ''),
      enabled: row.enabled,
      signingSecret,
    };
  }

  const reload = createReload(load).run;

  const loop = createLoop({
    async step() {
      await reload();
      return false;
    },
    pollMs: POLL_MS,
    afterErrorMs: POLL_MS,
    onError: (err) => log.warn({ err }, 'connections could not be reloaded'),
  });

  return {
    findByWriteKey: (writeKey) => now.sources.get(writeKey) ?? null,
    destinationsOf: (sourceId) => now.bySource.get(sourceId) ?? NONE,
    destination: (id) => now.destinations.get(id) ?? null,
    allDestinations: () => now.destinations.values(),
    reload,
    onChange(listener) {
      listeners.push(listener);
    },
    async start() {
      await reload();
      loop.start();
    },
    stop: loop.stop,
  };
}
