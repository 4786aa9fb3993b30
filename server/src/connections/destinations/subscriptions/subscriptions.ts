/** Subscriptions of destinations that have actions: for which events an action runs, and what it gets from them. */
import { type AuditEvent, record } from '../../../access/audit/record.ts';
import type { KeysetPage, KeysetRequest } from '../../../db/keyset.ts';
import type { Executor, Scope, Tx } from '../../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../../errors.ts';
import { isUuid, newId } from '../../../ids.ts';
import type { Seal } from '../../../seal.ts';
import type { Action } from '../../catalog/catalog.ts';
import { problem, refuse, textProblems } from '../../problems.ts';
import type { Destinations } from '../destinations.ts';
import { type DestinationRow, lockDestination, touchDestination } from '../queries.ts';
import { mergedSettings, NO_SETTINGS, type StoredSettings, withoutHeaderValues } from '../settings.ts';
import { ACTIONS_WEBHOOK, deliversBy } from '../targets.ts';
import { isSecretField, mappingProblems } from './mappings.ts';
import type { SubscriptionRow } from './queries.ts';
import * as queries from './queries.ts';
import { scheduleOf, scheduleProblems } from './schedules.ts';
import { MAX_TRIGGER, parseTrigger, TriggerError } from './triggers.ts';

const MAX_NAME = 255;
const MAX_OF_DESTINATION = 500;

export interface NewSubscription {
  readonly name: string;
  /** Of the destination's type. */
  readonly actionId: string;
  readonly trigger: string;
  readonly enabled: boolean;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Of a reverse ETL model; empty: none. */
  readonly modelId?: string | undefined;
}

export interface ChangedSubscription {
  readonly name?: string | undefined;
  readonly trigger?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Merged key by key; null removes a key. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly modelId?: string | undefined;
  readonly schedule?: { readonly strategy: string; readonly config?: unknown } | undefined;
}

/** The action's slug stands beside what is stored: answers have it. */
export type Subscription = SubscriptionRow & {
  readonly action_slug: string;
  /** While it is enabled. */
  readonly delivers: boolean;
};

export interface SubscriptionsParts {
  readonly db: Executor;
  readonly seal: Seal;
  readonly destinations: Pick<Destinations, 'get' | 'typeOf'>;
  readonly change: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Whether a reverse ETL model of the scope has this id. */
  readonly hasModel: (executor: Executor, scope: Scope, id: string) => Promise<boolean>;
  /** @throws AppError when a webhook must not be sent there. */
  readonly checkUrl: (url: string) => string;
}

export function createSubscriptions({ db, seal, destinations, change, hasModel, checkUrl }: SubscriptionsParts) {
  function actionOf(destination: DestinationRow, id: string): Action | undefined {
    return destinations.typeOf(destination).actions.find((action) => action.id === id);
  }

  function shown(destination: DestinationRow, row: SubscriptionRow): Subscription {
    return {
      ...row,
      action_slug: actionOf(destination, row.action_id)?.slug ?? '',
      delivers: deliversBy({ id: destination.metadata_id }, row.settings),
    };
  }

  function merged(
    id: string,
    action: Action | undefined,
    stored: StoredSettings,
    given: Readonly<Record<string, unknown>>,
  ) {
    const secret = new Set((action?.fields ?? []).filter(isSecretField).map(({ fieldKey }) => fieldKey));
    return mergedSettings(stored, given, { seal, context: id, isSecretKey: (name) => secret.has(name) });
  }

  async function modelProblems(executor: Executor, scope: Scope, id: string | undefined): Promise<FieldError[]> {
    if (!id || (isUuid(id) && (await hasModel(executor, scope, id)))) return [];
    return [problem('modelId', 'must be the id of a reverse ETL model of this workspace')];
  }

  function settingsProblems(
    destination: DestinationRow,
    action: Action,
    given: Readonly<Record<string, unknown>>,
    before: { settings: Readonly<Record<string, unknown>> } | null,
    enabled: boolean,
  ): FieldError[] {
    const all = { ...before?.settings, ...given };
    const problems = mappingProblems(action, given, before?.settings ?? null, enabled ? all : null);
    const url = given['url'];
    if (destination.metadata_id !== ACTIONS_WEBHOOK || typeof url !== 'string' || url === '' || url.includes('{{')) {
      return problems;
    }
    try {
      checkUrl(url);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(problem('settings.url', error.details.fields?.[0]?.message ?? error.message));
    }
    return problems;
  }

  return {
    /** Oldest first, both ways. @throws AppError not_found */
    async page(
      scope: Scope,
      destinationId: string,
      request: KeysetRequest,
    ): Promise<KeysetPage<Subscription> & { total: number }> {
      const destination = await destinations.get(scope, destinationId);
      const [page, total] = await Promise.all([
        queries.pageOfSubscriptions(db, scope, destinationId, request),
        queries.countSubscriptions(db, scope, destinationId),
      ]);
      return { ...page, rows: page.rows.map((row) => shown(destination, row)), total };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, destinationId: string, id: string): Promise<Subscription> {
      const destination = await destinations.get(scope, destinationId);
      return shown(
        destination,
        found(isUuid(id) ? await queries.findSubscription(db, scope, destinationId, id) : undefined),
      );
    },

    /** @throws AppError not_found; validation_error naming each failing field. */
    async create(scope: Scope, destinationId: string, input: NewSubscription): Promise<Subscription> {
      const { name, actionId, trigger, enabled, settings = {}, modelId } = input;
      if (!isUuid(destinationId)) throw notFound('destination');
      const id = newId();
      return change(async (tx) => {
        const destination = await locked(tx, scope, destinationId);
        const action = actionOf(destination, actionId);
        const problems = [
          ...textProblems('name', name, { least: 1, most: MAX_NAME }),
          ...triggerProblems('trigger', trigger),
        ];
        if (action) {
          // Without settings it waits for them.
          const complete = enabled && input.settings !== undefined;
          problems.push(...settingsProblems(destination, action, settings, null, complete));
        } else problems.push(problem('actionId', "must be the id of an action of the destination's type"));
        problems.push(...(await modelProblems(tx, scope, modelId)));
        refuse(problems);
        if ((await queries.countSubscriptions(tx, scope, destinationId)) >= MAX_OF_DESTINATION) {
          throw new AppError('bad_request', `A destination has at most ${MAX_OF_DESTINATION} subscriptions.`);
        }
        const stored = merged(id, action, NO_SETTINGS, settings);
        const row = await queries.insertSubscription(tx, scope, {
          id,
          destination_id: destinationId,
          action_id: actionId,
          name,
          trigger,
          enabled,
          settings: { ...stored.settings },
          settings_sealed: { ...stored.sealed },
          model_id: modelId || null,
          schedule: null,
        });
        await touchDestination(tx, destinationId);
        await record(tx, entry('created', destination, undefined, row));
        return shown(destination, row);
      });
    },

    /** @throws AppError not_found; validation_error naming each failing field. */
    async update(scope: Scope, destinationId: string, id: string, input: ChangedSubscription): Promise<Subscription> {
      const { name, trigger, enabled, settings, modelId, schedule } = input;
      if (!isUuid(destinationId) || !isUuid(id)) throw notFound('subscription');
      return change(async (tx) => {
        const destination = await locked(tx, scope, destinationId);
        const before = found(await queries.findSubscription(tx, scope, destinationId, id));
        const action = actionOf(destination, before.action_id);
        const problems: FieldError[] = [];
        if (name !== undefined) problems.push(...textProblems('name', name, { least: 1, most: MAX_NAME }));
        if (trigger !== undefined) problems.push(...triggerProblems('trigger', trigger));
        if (settings !== undefined && action) {
          const on = enabled ?? before.enabled;
          problems.push(...settingsProblems(destination, action, settings, before, on));
        }
        problems.push(...(await modelProblems(tx, scope, modelId)));
        if (schedule !== undefined) problems.push(...scheduleProblems('schedule', schedule));
        refuse(problems);
        const stored = { settings: before.settings, sealed: before.settings_sealed };
        const after = settings === undefined ? null : merged(id, action, stored, settings);
        const row = await queries.updateSubscription(tx, scope, id, {
          ...(name !== undefined && { name }),
          ...(trigger !== undefined && { trigger }),
          ...(enabled !== undefined && { enabled }),
          ...(after && {
            settings: JSON.stringify(after.settings),
            settings_sealed: JSON.stringify(after.sealed),
          }),
          ...(modelId !== undefined && { model_id: modelId || null }),
          ...(schedule !== undefined && { schedule: JSON.stringify(scheduleOf(schedule)) }),
        });
        await touchDestination(tx, destinationId);
        await record(tx, entry('updated', destination, before, row));
        return shown(destination, row);
      });
    },

    /** @throws AppError not_found */
    async remove(scope: Scope, destinationId: string, id: string): Promise<void> {
      if (!isUuid(destinationId) || !isUuid(id)) throw notFound('subscription');
      await change(async (tx) => {
        const destination = await locked(tx, scope, destinationId);
        const before = found(await queries.findSubscription(tx, scope, destinationId, id));
        await queries.deleteSubscription(tx, scope, id);
        await touchDestination(tx, destinationId);
        await record(tx, entry('deleted', destination, before, undefined));
      });
    },
  };
}

/** One change of a destination's subscriptions at a time. */
async function locked(tx: Tx, scope: Scope, id: string): Promise<DestinationRow> {
  const row = await lockDestination(tx, scope, id);
  if (!row) throw notFound('destination');
  return row;
}

function triggerProblems(field: string, trigger: string): FieldError[] {
  const text = textProblems(field, trigger, { least: 1, most: MAX_TRIGGER });
  if (text.length > 0) return text;
  try {
    parseTrigger(trigger);
    return [];
  } catch (error) {
    if (!(error instanceof TriggerError)) throw error;
    return [problem(field, `must be an FQL statement; ${error.message}`)];
  }
}

function found(row: SubscriptionRow | undefined): SubscriptionRow {
  if (row === undefined) throw notFound('subscription');
  return row;
}

function entry(
  what: 'created' | 'updated' | 'deleted',
  destination: DestinationRow,
  before: SubscriptionRow | undefined,
  after: SubscriptionRow | undefined,
): AuditEvent {
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about a subscription.');
  return {
    action: `subscription.${what}`,
    target: { type: 'subscription', id: row.id, name: row.name },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: destination.workspace_id,
    environment: destination.environment,
  };
}

function audited(row: SubscriptionRow): Record<string, unknown> {
  const { destination_id, action_id, name, trigger, enabled, settings, model_id, schedule } = row;
  const shown = withoutHeaderValues(settings);
  return { destination_id, action_id, name, trigger, enabled, settings: shown, model_id, schedule };
}
