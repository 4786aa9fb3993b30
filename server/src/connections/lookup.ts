/**
 * Every source by write key and every destination by id and source, in memory and complete: the tracking door and
 * the pipeline ask it for each event, and a write key that does not exist costs no query.
 * Kept up to date by connections_revision: when it moved, the rows that carry a newer number are read, at once after a
 * change here, within POLL_MS after one elsewhere. What other areas hold in memory for each event is attached to it, and
 * so moves with it.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import type { Scope } from '../db/tx.ts';
import { createLoop } from '../loop.ts';
import { createReload } from '../reload.ts';
import type { LiveDestinations } from './destinations/live.ts';
import { readRevision } from './revision.ts';
import { changedSources } from './sources/queries.ts';

const POLL_MS = 400;

export interface LiveSource {
  readonly id: string;
  readonly scope: Scope;
  readonly name: string;
  readonly enabled: boolean;
}

/**
 * Reads what changed after that revision (all there is: -1).
 * @returns what puts it in place; called without a pause with all other parts'.
 */
export type MirrorPart = (since: number) => Promise<() => void>;

export interface Lookup extends Omit<LiveDestinations, 'part'> {
  findByWriteKey(writeKey: string): LiveSource | null;
  /** Resolves when everything committed before the call is visible here. */
  reload(): Promise<void>;
  /** Before start(): what else is read when the revision moved. */
  attach(part: MirrorPart): void;
  /** Calls back after each reload that changed the content. */
  onChange(listener: () => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const EVERYTHING = -1;

export function createLookup({
  db,
  destinations: { part: destinationsPart, ...destinations },
  log,
}: {
  db: Db;
  destinations: LiveDestinations;
  log: FastifyBaseLogger;
}): Lookup {
  let revision = EVERYTHING;
  const writeKeys = new Map<string, LiveSource>();
  const keysOf = new Map<string, readonly string[]>();
  const parts: MirrorPart[] = [sourcesPart, destinationsPart];
  const listeners: (() => void)[] = [];

  async function load(): Promise<void> {
    // The revision first: what commits while the rows are read is read again at the next poll.
    const newest = await readRevision(db);
    if (newest === revision) return;
    const placed: (() => void)[] = [];
    for (const part of parts) placed.push(await part(revision));
    for (const place of placed) place();
    revision = newest;
    for (const listener of listeners) listener();
  }

  async function sourcesPart(since: number): Promise<() => void> {
    const rows = await changedSources(db, since);
    return () => {
      for (const { id, workspace_id: workspaceId, environment, name, enabled, deleted, write_keys } of rows) {
        for (const key of keysOf.get(id) ?? []) writeKeys.delete(key);
        keysOf.delete(id);
        if (deleted) continue;
        const source = { id, scope: { workspaceId, environment }, name, enabled };
        for (const key of write_keys) writeKeys.set(key, source);
        keysOf.set(id, write_keys);
      }
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
    findByWriteKey: (writeKey) => writeKeys.get(writeKey) ?? null,
    ...destinations,
    reload,
    attach(part) {
      parts.push(part);
    },
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
