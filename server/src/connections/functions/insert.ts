/**
 * Insert functions on the way to a destination: which ones there are, in memory, and running their deployed code on an
 * event before it is sent. What is not deployed, not enabled or put in after a source does nothing here.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import type { Scope } from '../../db/tx.ts';
import type { Seal } from '../../seal.ts';
import type { MirrorPart } from '../lookup.ts';
import type { createFetch } from './fetch.ts';
import { codeOfVersion, type LiveInstanceRow, liveInstances } from './instance-queries.ts';
import type { RunError } from './sandbox/protocol.ts';
import type { Runner } from './sandbox/runner.ts';

/** Codes kept in memory, of half a megabyte at most each. */
const KEPT_CODES = 64;

export type Inserted =
  /** The event as it goes on, as JSON text. */
  | { readonly payload: string }
  /** It goes no further, and trying again would not help. */
  | { readonly ended: string }
  /** It may be different another time. */
  | { readonly later: string };

export interface Insertions {
  readonly part: MirrorPart;
  /** @returns null where no function is put in; nothing has been asked for then. */
  insert(destination: { id: string; scope: Scope }, payload: string): Promise<Inserted> | null;
}

export function createInsertions({
  db,
  seal,
  runner,
  fetchOf,
  log,
}: {
  db: Db;
  seal: Seal;
  runner: Pick<Runner, 'run'>;
  fetchOf: ReturnType<typeof createFetch>;
  log: FastifyBaseLogger;
}): Insertions {
  let byDestination: ReadonlyMap<string, readonly LiveInstanceRow[]> = new Map();
  const codes = new Map<string, string>();

  async function codeOf(versionId: string): Promise<string | undefined> {
    const kept = codes.get(versionId);
    const code = kept ?? (await codeOfVersion(db, versionId));
    if (code === undefined) return undefined;
    // The one not asked for longest goes first.
    codes.delete(versionId);
    codes.set(versionId, code);
    const [oldest] = codes.keys();
    if (codes.size > KEPT_CODES && oldest !== undefined) codes.delete(oldest);
    return code;
  }

  async function runAll(all: readonly LiveInstanceRow[], scope: Scope, payload: string): Promise<Inserted> {
    let event = payload;
    for (const { id, version_id, function_name: name, settings_sealed } of all) {
      const code = await codeOf(version_id);
      if (code === undefined) return { later: `the function ${name} is being deployed` };
      let settings: string;
      try {
        settings = seal.open(settings_sealed, id);
      } catch {
        log.error({ instance: id }, 'settings of a function cannot be opened: was HEADGATE_SECRET changed?');
        return { later: `the settings of the function ${name} cannot be opened` };
      }
      const job = { kind: 'events', code, payload: event, settings } as const;
      const { result, error } = await runner.run(scope.workspaceId, job, fetchOf(scope));
      if (error) return refusal(name, error);
      if (typeof result !== 'object' || result === null || Array.isArray(result)) {
        return { ended: `the function ${name} returned no event` };
      }
      event = JSON.stringify(result);
    }
    return { payload: event };
  }

  return {
    async part() {
      // All of them: they are few, and the code is not among what is read.
      const found = Map.groupBy(await liveInstances(db), (row) => row.destination_id);
      return () => {
        byDestination = found;
      };
    },

    insert({ id, scope }, payload) {
      const all = byDestination.get(id);
      if (!all) return null;
      return runAll(all, scope, payload).catch((error: unknown) => {
        log.warn({ err: error }, 'an insert function was not run');
        return { later: 'the function could not be run' };
      });
    },
  };
}

/** What the code asks to be tried again, and what it ran out of; anything else would go wrong again. */
const LATER = new Set(['RetryError', 'Timeout', 'OutOfMemory']);

function refusal(name: string, { name: kind, message }: RunError): Inserted {
  const told = `${kind}: ${message}`.slice(0, 300);
  if (LATER.has(kind)) return { later: `the function ${name} failed: ${told}` };
  if (kind === 'DropEvent' || kind === 'EventNotSupported')
    return { ended: `the function ${name} lets it not pass: ${told}` };
  return { ended: `the function ${name} failed: ${told}` };
}
