/** Every destination in memory, for the pipeline and the deliveries: which ones an event goes to, and what is sent there. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import type { Scope } from '../../db/tx.ts';
import type { Seal } from '../../seal.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { changedDestinations, type DestinationRow } from './queries.ts';
import { openedSecret } from './settings.ts';
import { enabledSubscriptions, type SubscriptionRow } from './subscriptions/queries.ts';
import { parseTrigger } from './subscriptions/triggers.ts';
import { ACTIONS_WEBHOOK, type Target, targetOfSubscription, targetsOfWebhooks, WEBHOOKS } from './targets.ts';

export interface LiveDestination {
  readonly id: string;
  readonly scope: Scope;
  readonly sourceId: string;
  /** Id of the catalog's type. */
  readonly metadataId: string;
  readonly name: string;
  /** It is enabled and there is somewhere to send to. */
  readonly enabled: boolean;
  /** Those that an event is for; it is read only where that depends on it. */
  targetsOf(event: () => object): readonly Target[];
  /** `whsec_…`, of webhooks made through our own API. */
  readonly signingSecret: string | null;
  /** Of Segment's webhooks: signs the body in X-Signature. */
  readonly sharedSecret: string | null;
  /** A secret was sealed under another installation secret and cannot be opened. */
  readonly unreadable: boolean;
}

export interface LiveDestinations {
  /** Enabled destinations only. */
  destinationsOf(sourceId: string): readonly LiveDestination[];
  /** Enabled or not; null: unknown or deleted. */
  destination(id: string): LiveDestination | null;
  /** Of every workspace, enabled or not. */
  allDestinations(): Iterable<LiveDestination>;
  /** Reads what changed after that revision (all there is: -1). @returns what puts it in place. */
  part(since: number): Promise<() => void>;
}

const NONE: readonly LiveDestination[] = [];

export function createLiveDestinations({
  db,
  seal,
  catalog,
  log,
}: {
  db: Db;
  seal: Seal;
  catalog: Catalog;
  log: FastifyBaseLogger;
}): LiveDestinations {
  const all = new Map<string, LiveDestination>();
  const bySource = new Map<string, readonly LiveDestination[]>();

  function put(live: LiveDestination): void {
    remove(live.id);
    all.set(live.id, live);
    if (!live.enabled) return;
    const list = [...(bySource.get(live.sourceId) ?? NONE), live];
    bySource.set(
      live.sourceId,
      list.sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }

  function remove(id: string): void {
    const old = all.get(id);
    if (!old) return;
    all.delete(id);
    if (!old.enabled) return;
    const list = (bySource.get(old.sourceId) ?? NONE).filter((one) => one.id !== id);
    if (list.length === 0) bySource.delete(old.sourceId);
    else bySource.set(old.sourceId, list);
  }

  function toLive(row: DestinationRow, subscriptions: readonly SubscriptionRow[]): LiveDestination {
    let [signingSecret, sharedSecret, unreadable] = [null as string | null, null as string | null, false];
    const settings = { settings: row.settings, sealed: row.settings_sealed };
    try {
      if (row.secret_sealed) signingSecret = seal.open(row.secret_sealed, row.id);
      sharedSecret = openedSecret(seal, settings, row.id, 'sharedSecret');
    } catch (error) {
      unreadable = true;
      log.error({ err: error, destination: row.id }, 'a secret cannot be opened: was HEADGATE_SECRET changed?');
    }
    const targets = targetsOfRow(row, subscriptions);
    const choosy = targets.some(({ trigger }) => trigger !== null);
    return {
      id: row.id,
      scope: { workspaceId: row.workspace_id, environment: row.environment },
      sourceId: row.source_id,
      metadataId: row.metadata_id,
      name: row.name ?? catalog.destinations.find(row.metadata_id)?.name ?? row.metadata_id,
      enabled: row.enabled && targets.length > 0,
      targetsOf(event) {
        if (!choosy) return targets;
        const read = event();
        return targets.filter(({ trigger }) => trigger?.matches(read) ?? true);
      },
      signingSecret,
      sharedSecret,
      unreadable,
    };
  }

  return {
    destinationsOf: (sourceId) => bySource.get(sourceId) ?? NONE,
    destination: (id) => all.get(id) ?? null,
    allDestinations: () => all.values(),
    async part(since) {
      const rows = await changedDestinations(db, since);
      const withActions = rows.filter((row) => row.metadata_id === ACTIONS_WEBHOOK && !row.deleted);
      const subscriptions = await enabledSubscriptions(
        db,
        withActions.map(({ id }) => id),
      );
      const byDestination = Map.groupBy(subscriptions, (one) => one.destination_id);
      const changed = rows.map((row) => (row.deleted ? row.id : toLive(row, byDestination.get(row.id) ?? [])));
      return () => {
        for (const one of changed) {
          if (typeof one === 'string') remove(one);
          else put(one);
        }
      };
    },
  };
}

function targetsOfRow(row: DestinationRow, subscriptions: readonly SubscriptionRow[]): readonly Target[] {
  if (row.metadata_id === WEBHOOKS) return targetsOfWebhooks(row.settings);
  return subscriptions.flatMap((one) => {
    try {
      return targetOfSubscription(one.id, one.settings, parseTrigger(one.trigger)) ?? [];
    } catch {
      // It was checked when it was stored: what cannot be read since then matches nothing.
      return [];
    }
  });
}
