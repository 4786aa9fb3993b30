/** What a workspace connected: sources and labels (sources/), destinations and subscriptions (destinations/), and their lookup in memory. */
import type { FastifyBaseLogger } from 'fastify';
import { afterCommit } from '../context.ts';
import type { Db } from '../db/open.ts';
import { type Executor, inTransaction, lockInTransaction, type Scope, type Tx } from '../db/tx.ts';
import { createSeal } from '../seal.ts';
import { type Catalog, createCatalog } from './catalog/catalog.ts';
import { createDestinations } from './destinations/destinations.ts';
import { createLiveDestinations } from './destinations/live.ts';
import { countDestinations } from './destinations/queries.ts';
import { createSubscriptions } from './destinations/subscriptions/subscriptions.ts';
import { createLookup } from './lookup.ts';
import { renewAllSeals, sealOpenKeys } from './renew-seals.ts';
import { bumpRevision } from './revision.ts';
import { createLabels } from './sources/labels.ts';
import { findSource, firstSource, lockSource, type SourceRow } from './sources/queries.ts';
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
  /** Whether a reverse ETL model of the scope has this id. Default: there are none. */
  readonly hasModel?: (executor: Executor, scope: Scope, id: string) => Promise<boolean>;
  /** Returns the URL in its normal form. @throws AppError when a webhook must not be sent there. */
  readonly checkUrl: (url: string) => string;
}

export type Connections = ReturnType<typeof createConnections>;

export function createConnections({
  db,
  secret,
  previousSecret = null,
  log,
  now,
  catalog = createCatalog(),
  hasModel = async () => false,
  checkUrl,
}: ConnectionsParts) {
  const seal = createSeal(secret, 'connections', previousSecret);
  const live = createLiveDestinations({ db, seal, catalog, log });
  const lookup = createLookup({ db, destinations: live, log });

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
    countDestinations,
    removeDestinations: (tx, scope, sourceId) => destinations.removeOf(tx, scope, sourceId),
  });

  const labels = createLabels({ db, inTransaction: (work) => inTransaction(db, work) });

  const destinations = createDestinations({
    db,
    catalog,
    seal,
    now,
    live,
    change,
    async hasSource(executor, scope, id) {
      return (await findSource(executor, scope, id)) !== undefined;
    },
    lockSource,
    checkUrl,
  });

  const subscriptions = createSubscriptions({ db, seal, destinations, change, hasModel, checkUrl });

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

  /** Seals what the previous secret sealed anew. Two processes may do it at once: what one has changed the other leaves. */
  async function renewSeals(): Promise<number> {
    if (previousSecret === null) return 0;
    return change((tx) => renewAllSeals(tx, seal));
  }

  async function start(): Promise<void> {
    await renewSeals();
    await inTransaction(db, (tx) => sealOpenKeys(tx, seal));
    await lookup.start();
  }

  return { sources, labels, destinations, subscriptions, seal, change, bootstrap, renewSeals, ...lookup, start };
}
