/** Sources (sources/), labels and destinations of a scope: the rules for creating, changing and deleting them, and their in-memory lookup. */
import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { type AuditEvent, record } from '../access/audit/record.ts';
import { afterCommit } from '../context.ts';
import type { KeysetRequest } from '../db/keyset.ts';
import type { Db } from '../db/open.ts';
import { type Executor, inTransaction, lockInTransaction, type Scope, type Tx } from '../db/tx.ts';
import { invalidField, notFound } from '../errors.ts';
import { isUuid, newId } from '../ids.ts';
import { createSeal } from '../seal.ts';
import { type Catalog, createCatalog } from './catalog/catalog.ts';
import { createLookup } from './lookup.ts';
import type { DestinationRow } from './queries.ts';
import * as queries from './queries.ts';
import { bumpRevision } from './revision.ts';
import { createLabels } from './sources/labels.ts';
import { firstSource, lockSource, type Page, type SourceRow } from './sources/queries.ts';
import { createSources } from './sources/sources.ts';

export interface ConnectionsParts {
  readonly db: Db;
  /** The installation's secret; signing secrets are sealed under a key derived from it. */
  readonly secret: string;
  /** The secret before it; what it sealed is sealed anew at the start. Default: none. */
  readonly previousSecret?: string | null;
  readonly log: FastifyBaseLogger;
  readonly now: () => Date;
  /** What can be connected. Default: the catalog of the installation. */
  readonly catalog?: Catalog;
  /** Returns the URL in its normal form. @throws AppError when a webhook must not be sent there. */
  readonly checkUrl: (url: string) => string;
}

export type Connections = ReturnType<typeof createConnections>;

export interface PageOf<T> {
  rows: T[];
  total: number;
}

export function createConnections({
  db,
  secret,
  previousSecret = null,
  log,
  now,
  catalog = createCatalog(),
  checkUrl,
}: ConnectionsParts) {
  const seal = createSeal(secret, 'connections', previousSecret);
  const lookup = createLookup({ db, seal, log });

  /** Runs a change of what the lookup or a part of it holds, one at a time; an answered call has taken effect here. */
  async function change<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await inTransaction(db, async (tx) => {
      await bumpRevision(tx);
      return work(tx);
    });
    await afterCommit(lookup.reload);
    return result;
  }

  const sources = createSources({
    db,
    catalog,
    now,
    change,
    countDestinations: queries.countDestinations,
    async removeDestinations(tx, scope, sourceId) {
      const rows = await queries.removeDestinationsOf(tx, scope, sourceId, now());
      return rows.map((row) => entry('deleted', row, undefined));
    },
  });

  const labels = createLabels({ db, inTransaction: (work) => inTransaction(db, work) });

  const destinations = {
    async list(scope: Scope, page: Page, sourceId: string | null): Promise<PageOf<DestinationRow>> {
      if (sourceId !== null && !isUuid(sourceId)) return { rows: [], total: 0 };
      const [rows, total] = await Promise.all([
        queries.listDestinations(db, scope, page, sourceId),
        queries.countDestinations(db, scope, sourceId),
      ]);
      return { rows, total };
    },

    /** Of one source, oldest first, both ways. */
    async pageOfSource(scope: Scope, sourceId: string, request: KeysetRequest) {
      const [page, total] = await Promise.all([
        queries.pageOfDestinations(db, scope, sourceId, request),
        queries.countDestinations(db, scope, sourceId),
      ]);
      return { ...page, total };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<DestinationRow> {
      return found('destination', isUuid(id) ? await queries.findDestination(db, scope, id) : undefined);
    },

    /** id → name, of deleted ones too. An id of another scope has no entry. */
    async names(executor: Executor, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
      const names = new Map<string, string>();
      for (const id of ids) {
        const live = lookup.destination(id);
        if (live?.scope.workspaceId === scope.workspaceId && live.scope.environment === scope.environment) {
          names.set(id, live.name);
        }
      }
      const missing = ids.filter((id) => !names.has(id));
      if (missing.length === 0) return names;
      for (const row of await queries.destinationNames(executor, scope, missing)) names.set(row.id, row.name);
      return names;
    },

    /**
     * @returns the row, and the signing secret (`whsec_` + base64 of 32 bytes): it is shown now and never again.
     * @throws AppError validation_error for a source of another scope or a URL that webhooks may not reach.
     */
    async create(
      scope: Scope,
      input: { sourceId: string; name: string; url: string; enabled?: boolean | undefined },
    ): Promise<{ row: DestinationRow; signingSecret: string }> {
      const url = checkUrl(input.url);
      const id = newId();
      const signingSecret = `whsec_${randomBytes(32).toString('base64')}`;
      const row = await change(async (tx) => {
        const source = isUuid(input.sourceId) ? await lockSource(tx, scope, input.sourceId) : undefined;
        if (!source) throw invalidField('source_id', 'no source with this id in this workspace and environment');
        const made = await queries.insertDestination(tx, scope, {
          id,
          sourceId: source.id,
          type: 'webhook',
          name: input.name,
          settings: { url },
          secretSealed: seal.seal(signingSecret, id),
          enabled: input.enabled ?? true,
        });
        await recordDestination(tx, 'created', undefined, made);
        return made;
      });
      return { row, signingSecret };
    },

    /** @throws AppError not_found; validation_error for a URL that webhooks may not reach. */
    async update(
      scope: Scope,
      id: string,
      input: { name?: string | undefined; enabled?: boolean | undefined; url?: string | undefined },
    ): Promise<DestinationRow> {
      if (!isUuid(id)) throw notFound('destination');
      const { url, ...rest } = input;
      const settings = url === undefined ? {} : { settings: JSON.stringify({ url: checkUrl(url) }) };
      return change(async (tx) => {
        const before = found('destination', await queries.lockDestination(tx, scope, id));
        const after = found(
          'destination',
          await queries.updateDestination(tx, scope, id, { ...given(rest), ...settings }),
        );
        await recordDestination(tx, 'updated', before, after);
        return after;
      });
    },

    /** Its pending deliveries end as failed. @throws AppError not_found */
    async remove(scope: Scope, id: string): Promise<void> {
      if (!isUuid(id)) throw notFound('destination');
      await change(async (tx) => {
        const before = found('destination', await queries.updateDestination(tx, scope, id, { deleted_at: now() }));
        await recordDestination(tx, 'deleted', before, undefined);
      });
    },
  };

  /** The first live source of a workspace, made if there is none. Safe to call at every start and from many processes. */
  async function bootstrap(input: { workspaceId: string; writeKey: string | null }): Promise<{ source: SourceRow }> {
    const scope: Scope = { workspaceId: input.workspaceId, environment: 'live' };
    if (input.writeKey !== null && !/^[\w.-]{1,200}$/.test(input.writeKey)) {
      throw new Error('HEADGATE_WRITE_KEY must be 1 to 200 letters, digits, dots, hyphens and underscores.');
    }
    const source = await change(async (tx) => {
      await lockInTransaction(tx, `connections bootstrap ${input.workspaceId}`);
      const existing = await firstSource(tx, scope);
      return existing ?? sources.createIn(tx, scope, { name: 'First source', writeKey: input.writeKey ?? undefined });
    });
    return { source };
  }

  /** Seals what the previous secret sealed anew. Two processes may do it at once: each value is replaced only as it was read. */
  async function renewSeals(): Promise<number> {
    if (previousSecret === null) return 0;
    const renewed = (await queries.allDestinations(db)).flatMap(({ id, secret_sealed: old }) => {
      const sealed = seal.renewed(old, id);
      return sealed ? [{ id, old, sealed }] : [];
    });
    if (renewed.length > 0) await change((tx) => queries.replaceSeals(tx, renewed));
    return renewed.length;
  }

  async function start(): Promise<void> {
    await renewSeals();
    await lookup.start();
  }

  return { sources, labels, destinations, change, bootstrap, renewSeals, ...lookup, start };
}

type Change = 'created' | 'updated' | 'deleted';

async function recordDestination(
  tx: Tx,
  what: Change,
  before: DestinationRow | undefined,
  after: DestinationRow | undefined,
): Promise<void> {
  await record(tx, entry(what, before, after));
}

function entry(what: Change, before: DestinationRow | undefined, after: DestinationRow | undefined): AuditEvent {
  const fields = ({ name, source_id, settings, enabled }: DestinationRow) => ({ name, source_id, settings, enabled });
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about a destination.');
  return {
    action: `destination.${what}`,
    target: { type: 'destination', id: row.id, name: row.name },
    before: before && fields(before),
    after: after && fields(after),
    workspaceId: row.workspace_id,
    environment: row.environment,
  };
}

function found<T>(what: string, row: T | undefined): T {
  if (row === undefined) throw notFound(what);
  return row;
}

/** Without the fields that were left out: an update writes only what was given. */
function given<T extends { name?: string | undefined; enabled?: boolean | undefined }>(input: T) {
  return {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.enabled !== undefined && { enabled: input.enabled }),
  };
}
