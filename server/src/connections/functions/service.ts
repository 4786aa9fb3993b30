/** Functions: code that a workspace writes itself. What may be stored, running it for a preview, and insert functions on deliveries. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import type { Scope, Tx } from '../../db/tx.ts';
import { AppError, invalidField } from '../../errors.ts';
import { createSeal } from '../../seal.ts';
import type { MirrorPart } from '../lookup.ts';
import { createFetch, type FetchParts } from './fetch.ts';
import { createFunctions } from './functions.ts';
import { createInsertions } from './insert.ts';
import { createInstances } from './instances.ts';
import type { FunctionKind } from './queries.ts';
import { MAX_CODE } from './rules.ts';
import type { RunOutcome } from './sandbox/protocol.ts';
import { createRunner } from './sandbox/runner.ts';

const MAX_PAYLOAD = 524_288;
/** Half a megabyte of ordinary code parses in a fraction of it; some code takes a parser time that grows with its square. */
const CHECK_MS = 1_000;

export interface FunctionServiceParts extends FetchParts {
  readonly db: Db;
  /** The installation's secret; settings are sealed under a key derived from it. */
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly now: () => Date;
  readonly log: FastifyBaseLogger;
  readonly connections: {
    readonly sources: Getting;
    readonly destinations: Getting;
    /** Of the mirror in memory; before it is read first. */
    attach(part: MirrorPart): void;
    change<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  };
}

/** As far as it is asked here. */
interface Getting {
  /** @throws AppError not_found */
  get(scope: Scope, id: string): Promise<unknown>;
}

export interface Preview {
  readonly kind: FunctionKind;
  readonly code: string;
  /** An event or an array of them; for source functions `{body, headers, queryParameters}`. */
  readonly payload: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
}

export type FunctionService = ReturnType<typeof createFunctionService>;

export function createFunctionService(parts: FunctionServiceParts) {
  const { db, secret, previousSecret, now, connections } = parts;
  const runner = createRunner();
  // What is stored is checked within a request that may hold a transaction: it never waits behind runs.
  const checker = createRunner({ threads: 1, wallMs: CHECK_MS });
  const fetchOf = createFetch(parts);
  async function integrationOf(scope: Scope, id: string): Promise<'source' | 'destination' | null> {
    if (await exists(connections.destinations.get(scope, id))) return 'destination';
    return (await exists(connections.sources.get(scope, id))) ? 'source' : null;
  }

  const { change } = connections;
  const seal = createSeal(secret, 'functions', previousSecret);
  const instances = createInstances({ db, seal, change, integrationOf });
  const functions = createFunctions({ db, checker, now, change, countInstances: instances.count });
  // Apart from previews: nobody's trials hold up deliveries. One workspace takes a part of what may be on its way.
  const inserter = createRunner({ waitingOfWorkspace: 100, waiting: 1_000 });
  const insertions = createInsertions({ db, seal, runner: inserter, fetchOf, log: parts.log });
  connections.attach(insertions.part);

  return {
    ...functions,
    instances,
    insert: insertions.insert,

    /** Runs the code now; what it fetches is really fetched. @throws AppError validation_error, rate_limit_exceeded */
    async preview(scope: Scope, { kind, code, payload, settings }: Preview): Promise<RunOutcome> {
      if (code.length > MAX_CODE) throw invalidField('code', `must have at most ${MAX_CODE} characters`);
      const job = {
        kind: kind === 'source' ? 'source' : 'events',
        code,
        payload: JSON.stringify(payload ?? null),
        settings: JSON.stringify(settings),
      } as const;
      if (job.payload.length + job.settings.length > MAX_PAYLOAD) {
        throw invalidField('payload', `must have at most ${MAX_PAYLOAD} characters of JSON with the settings`);
      }
      return runner.run(scope.workspaceId, job, fetchOf(scope));
    },

    async start(): Promise<void> {
      if (previousSecret !== null) await instances.renewSeals();
    },

    async stop(): Promise<void> {
      await Promise.all([runner.stop(), checker.stop(), inserter.stop()]);
    },
  };
}

async function exists(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return false;
    throw error;
  }
}
