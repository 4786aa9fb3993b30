/**
 * Works off regulations, a bounded piece a transaction: a process that ends leaves the piece undone, and whoever comes
 * next goes on there. Of several processes each takes another regulation.
 *
 * begin: suppress or unsuppress. people: the profiles go, and it is noted whose events shall follow. events: those, with
 * their deliveries. refusals, sandbox: what was refused or captured and names one of them.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Scope, type Tx } from '../../db/tx.ts';
import { createLoop } from '../../loop.ts';
import { lockPeople } from '../identity.ts';
import * as erase from './erase-queries.ts';
import * as queries from './queries.ts';
import { deletes, suppresses } from './types.ts';

const SUBJECTS = 100;
const PEOPLE = 50;
const EVENTS = 500;
const REFUSALS = 1_000;
const CAPTURED = 200;
const POLL_MS = 500;
/** Until what arrived before has gone through the pipeline. */
const WAIT_MS = 200;
/** Between pieces: requests and events share the embedded engine. */
const AFTER_ERROR_MS = 5_000;
const MOST_TRIES = 10;

/** Called in the deleting transaction, before the profiles go: delete what names them. */
export type EraseHook = (tx: Tx, scope: Scope, profileIds: readonly string[]) => Promise<void>;

export interface Eraser {
  /** @returns whether there was something to do. */
  runOnce(): Promise<boolean>;
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

export function createEraser({
  db,
  log,
  onErase = [],
}: {
  db: Db;
  log: FastifyBaseLogger;
  onErase?: readonly EraseHook[];
}): Eraser {
  async function runOnce(): Promise<boolean> {
    let taken: queries.RegulationRow | null = null;
    try {
      return await inTransaction(db, async (tx) => {
        taken = await queries.takeRegulation(tx);
        if (!taken) return false;
        await queries.saveProgress(tx, taken.id, await piece(tx, taken));
        return true;
      });
    } catch (error) {
      const row = taken as queries.RegulationRow | null;
      if (!row) throw error;
      await putOff(row, error);
      return true;
    }
  }

  /** It is tried again later, and holds up no other. */
  async function putOff(row: queries.RegulationRow, error: unknown): Promise<void> {
    log.error({ err: error, regulation: row.id }, 'a piece of a regulation failed');
    const tries = row.tries + 1;
    await inTransaction(db, (tx) =>
      queries.saveProgress(
        tx,
        row.id,
        tries < MOST_TRIES
          ? { tries, waitMs: AFTER_ERROR_MS * tries }
          : { tries, status: 'FAILED', error: 'It failed ten times; the server log says why.', finished: true },
      ),
    );
  }

  function piece(tx: Tx, row: queries.RegulationRow): Promise<queries.Progress> {
    switch (row.stage) {
      case 'begin':
        return begin(tx, row);
      case 'people':
        return people(tx, row);
      case 'events':
        return events(tx, row);
      case 'refusals':
        return refusals(tx, row);
      default:
        return sandbox(tx, row);
    }
  }

  async function begin(tx: Tx, row: queries.RegulationRow): Promise<queries.Progress> {
    if (row.subject_type === 'OBJECT_ID') {
      return finished('NOT_SUPPORTED', 'Headgate keeps people and their events, and no objects of cloud sources.');
    }
    const sourceId = row.source_id ?? queries.EVERY_SOURCE;
    if (suppresses(row.type)) await queries.suppressSubjects(tx, scopeOf(row), row.id, sourceId);
    if (row.type === 'UNSUPPRESS') {
      const left = await queries.unsuppressSubjects(tx, scopeOf(row), row.id, sourceId);
      const error = `${left} of ${row.subjects} are suppressed in the whole workspace, and stay so.`;
      if (left > 0) return finished(left === row.subjects ? 'FAILED' : 'PARTIAL_SUCCESS', error);
    }
    return deletes(row.type) ? { status: 'RUNNING', stage: 'people' } : finished('FINISHED');
  }

  async function people(tx: Tx, row: queries.RegulationRow): Promise<queries.Progress> {
    // A moment after the suppression was committed: what the pipeline does with later events knows of it.
    if (!row.erasing_since) return { erasingSince: true };
    const scope = scopeOf(row);
    await lockPeople(tx, [scope]);
    if (!(await erase.logHasPassed(tx, row.erasing_since))) return { waitMs: WAIT_MS };
    const values = await erase.nextSubjects(tx, row.id, SUBJECTS);
    if (values.length === 0) return { stage: 'events' };
    const type = row.subject_type === 'USER_ID' ? 'user_id' : 'anonymous_id';
    const profileIds = await erase.profilesOf(tx, scope, type, values);
    await erase.noteForErasure(tx, scope, row.id, { profileIds, values });
    if (row.source_id === null) await forget(tx, scope, profileIds);
    await erase.subjectsDone(tx, row.id, values);
    return {};
  }

  async function forget(tx: Tx, scope: Scope, profileIds: readonly string[]): Promise<void> {
    if (profileIds.length === 0) return;
    for (const hook of onErase) await hook(tx, scope, profileIds);
    await erase.deleteProfiles(tx, scope, profileIds);
  }

  async function events(tx: Tx, row: queries.RegulationRow): Promise<queries.Progress> {
    const scope = scopeOf(row);
    const profileIds = await erase.peopleToErase(tx, row.id, PEOPLE);
    if (profileIds.length === 0) return { stage: 'refusals', scanned: 0 };
    const mayGo = row.source_id !== null && row.type !== 'DELETE_ARCHIVE_ONLY';
    // Before rows of deliveries, as the pipeline does; and a person of whom nothing is left must not get an event meanwhile.
    if (mayGo) await lockPeople(tx, [scope]);
    const deleted = await erase.deleteEvents(tx, scope, { profileIds, sourceId: row.source_id, limit: EVENTS });
    if (deleted === EVENTS) return {};
    if (mayGo) await forget(tx, scope, await erase.withoutEvents(tx, profileIds));
    await erase.peopleErased(tx, row.id, profileIds);
    return {};
  }

  async function refusals(tx: Tx, row: queries.RegulationRow): Promise<queries.Progress> {
    const scope = scopeOf(row);
    const page = { after: row.scanned, sourceId: row.source_id, limit: REFUSALS };
    const found = await erase.nextRefusals(tx, scope, page);
    const last = found.at(-1);
    if (!last) return { stage: 'sandbox', scanned: 0 };
    const named = found.map(({ id, payload }) => ({ id, ids: idsIn(payload) }));
    const traces = await erase.tracesAmong(tx, row.id, [...new Set(named.flatMap(({ ids }) => ids))]);
    const gone = named.filter(({ ids }) => ids.some((id) => traces.has(id))).map(({ id }) => id);
    if (gone.length > 0) await erase.deleteRefusals(tx, gone);
    return { scanned: last.id };
  }

  async function sandbox(tx: Tx, row: queries.RegulationRow): Promise<queries.Progress> {
    const page = { after: row.scanned, limit: CAPTURED };
    const last = await erase.deleteCaptured(tx, scopeOf(row), row.id, page);
    if (last !== null) return { scanned: last };
    await erase.forgetTraces(tx, row.id);
    return finished('FINISHED');
  }

  const loop = createLoop({
    step: runOnce,
    pollMs: POLL_MS,
    afterErrorMs: AFTER_ERROR_MS,
    onError: (err) => log.error({ err }, 'regulations could not be worked on'),
  });

  return { runOnce, wake: loop.wake, start: loop.start, stop: loop.stop };
}

function finished(status: string, error: string | null = null): queries.Progress {
  return { status, error, finished: true };
}

function scopeOf(row: queries.RegulationRow): Scope {
  return { workspaceId: row.workspace_id, environment: row.environment };
}

const NAMED = /"(?:userId|anonymousId|previousId)"\s*:\s*("(?:[^"\\]|\\.)*")/g;
/** As long as an id may be; what a refusal holds may be longer. */
const MAX_ID = 512;

/** Whom the text of a refused event names: it may be cut, and so is no JSON any more. */
function idsIn(payload: string): string[] {
  return [...payload.matchAll(NAMED)].flatMap(([, text = '']) => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'string' && value.length <= MAX_ID && !value.includes('\u0000')
        ? [value.toWellFormed()]
        : [];
    } catch {
      return [];
    }
  });
}
