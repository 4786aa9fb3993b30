/** Sources: where events come from. Rules for creating, changing and deleting them, whichever door asks. */

import { type AuditEvent, record, recordMany } from '../../access/audit/record.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import { storableText } from '../../db/text.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { problem, refuse } from '../problems.ts';
import { randomWriteKey } from '../write-key.ts';
import { type LabelInput, putOnSource } from './labels.ts';
import type { SourceRow } from './queries.ts';
import * as queries from './queries.ts';
import { mergedGroups, type SchemaSettingsChange } from './schema-settings.ts';
import { MAX_SLUG, SLUG, slugsFor } from './slugs.ts';

/** A server's: what fits any sender. */
const DEFAULT_TYPE = 'http-api';
const MAX_NAME = 255;
/** Of a source's settings, in characters of JSON. */
const MAX_SETTINGS = 256 * 1_024;
const MAX_WRITE_KEYS = 100;
/** Of a workspace's environment: every process holds all of them in memory. */
const MAX_SOURCES = 20_000;

export interface NewSource {
  /** Default: the slug. */
  readonly name?: string | undefined;
  /** Default: made from the name. */
  readonly slug?: string | undefined;
  /** Id of a source type of the catalog. Default: http-api. */
  readonly metadataId?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly enabled?: boolean | undefined;
  /** Made where the workspace does not have them. */
  readonly labels?: readonly LabelInput[] | undefined;
  /** Default: a random one. */
  readonly writeKey?: string | undefined;
}

export interface ChangedSource {
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  /** Merged key by key; null removes a key. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly libraryConfig?: Readonly<Record<string, unknown>> | undefined;
  readonly enabled?: boolean | undefined;
  /** All that it has from now on; made where the workspace does not have them. */
  readonly labels?: readonly LabelInput[] | undefined;
}

export interface SourcesParts {
  readonly db: Executor;
  readonly catalog: Catalog;
  readonly now: () => Date;
  /** Runs a change in a transaction, one at a time, and returns when the lookup has it. */
  readonly change: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Deletes the destinations of a source that goes. @returns their audit entries. */
  readonly removeDestinations: (tx: Tx, scope: Scope, sourceId: string) => Promise<AuditEvent[]>;
  readonly countDestinations: (tx: Tx, scope: Scope, sourceId: string) => Promise<number>;
}

export function createSources({ db, catalog, now, change, removeDestinations, countDestinations }: SourcesParts) {
  async function locked(tx: Tx, scope: Scope, id: string): Promise<SourceRow> {
    return found(await queries.lockSource(tx, scope, id));
  }

  /** One change of one source, with its audit entry. @throws AppError not_found */
  async function edit(
    scope: Scope,
    id: string,
    work: (tx: Tx, before: SourceRow) => Promise<queries.SourceChange>,
    action?: 'write-key.created' | 'write-key.removed',
  ): Promise<SourceRow> {
    if (!isUuid(id)) throw notFound('source');
    return change(async (tx) => {
      const before = await locked(tx, scope, id);
      const after = found(await queries.updateSource(tx, scope, id, await work(tx, before)));
      await record(tx, {
        ...entry('updated', before, after),
        action: action ?? `source.${whatChanged(before, after)}`,
      });
      return after;
    });
  }

  /** @throws AppError validation_error */
  async function create(tx: Tx, scope: Scope, input: NewSource): Promise<SourceRow> {
    refuse(problemsOf(input));
    const type = catalog.sources.find(input.metadataId ?? DEFAULT_TYPE);
    if (!type || (input.metadataId !== undefined && type.id !== input.metadataId)) {
      throw new Error(`The catalog has no source type ${input.metadataId ?? DEFAULT_TYPE}.`);
    }
    const { slug: wanted, name = wanted ?? '', enabled = true, settings = {}, writeKey = randomWriteKey() } = input;
    if ((await queries.countSources(tx, scope)) >= MAX_SOURCES) {
      throw new AppError('bad_request', `There are at most ${MAX_SOURCES} sources. Delete one first.`);
    }
    const candidates = wanted === undefined ? slugsFor(name) : [wanted];
    const taken = await queries.takenSlugs(tx, scope, candidates);
    const slug = candidates.find((one) => !taken.has(one));
    if (slug === undefined) throw slugTaken(candidates[0] ?? '');
    let row = await queries.insertSource(tx, scope, {
      id: newId(),
      name,
      slug,
      metadataId: type.id,
      settings: merged({}, settings),
      writeKey,
      enabled,
    });
    if (input.labels !== undefined) {
      await putOnSource(tx, scope, row.id, input.labels, 'replace', 'make');
      row = await locked(tx, scope, row.id);
    }
    await record(tx, entry('created', undefined, row));
    return row;
  }

  function problemsOf(input: NewSource): FieldError[] {
    const problems = commonProblems(input);
    if (input.metadataId !== undefined && catalog.sources.find(input.metadataId)?.id !== input.metadataId) {
      problems.push(problem('metadataId', 'must be the id of a source of the catalog'));
    }
    return problems;
  }

  return {
    /** For a transaction of another service. */
    createIn: create,

    /** Newest first. */
    async list(scope: Scope, page: queries.Page): Promise<{ rows: SourceRow[]; total: number }> {
      const [rows, total] = await Promise.all([queries.listSources(db, scope, page), queries.countSources(db, scope)]);
      return { rows, total };
    },

    /** Oldest first, both ways. */
    async page(
      scope: Scope,
      request: KeysetRequest,
      filter: queries.SourceFilter = {},
    ): Promise<KeysetPage<SourceRow> & { total?: number }> {
      const [page, total] = await Promise.all([
        queries.pageOfSources(db, scope, request, filter),
        queries.totalOfSources(db, scope, filter),
      ]);
      return { ...page, ...(total !== undefined && { total }) };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<SourceRow> {
      return found(isUuid(id) ? await queries.findSource(db, scope, id) : undefined);
    },

    /** Those that are there, in the order of their ids. */
    async many(scope: Scope, ids: readonly string[]): Promise<SourceRow[]> {
      return queries.findSources(db, scope, ids);
    },
    /** Of the given ids those that are this scope's, deleted ones too. */
    names: (scope: Scope, ids: readonly string[]) => queries.sourceNames(db, scope, ids),

    async find(scope: Scope, id: string): Promise<SourceRow | undefined> {
      return isUuid(id) ? await queries.findSource(db, scope, id) : undefined;
    },

    async bySlug(scope: Scope, slug: string): Promise<SourceRow | undefined> {
      return SLUG.test(slug) && slug.length <= MAX_SLUG ? await queries.findSourceBySlug(db, scope, slug) : undefined;
    },

    /** @throws AppError validation_error; conflict for a slug that another source has. */
    async create(scope: Scope, input: NewSource): Promise<SourceRow> {
      return change((tx) => create(tx, scope, input));
    },

    /** @throws AppError not_found; validation_error; conflict for a slug that another source has. */
    async update(scope: Scope, id: string, input: ChangedSource): Promise<SourceRow> {
      refuse(commonProblems(input));
      const { name, slug, settings, libraryConfig, enabled, labels } = input;
      return edit(scope, id, async (tx, before) => {
        if (slug !== undefined && slug !== before.slug) {
          if ((await queries.takenSlugs(tx, scope, [slug], id)).size > 0) throw slugTaken(slug);
        }
        if (labels !== undefined) await putOnSource(tx, scope, id, labels, 'replace', 'make');
        return {
          ...(name !== undefined && { name }),
          ...(slug !== undefined && { slug }),
          ...(enabled !== undefined && { enabled }),
          ...(libraryConfig !== undefined && { library_config: JSON.stringify(libraryConfig) }),
          ...(settings !== undefined && { settings: JSON.stringify(merged(before.settings, settings)) }),
        };
      });
    },

    /**
     * Its write keys stop working, and nothing is forwarded to it any more.
     * @param destinations of the source: `keep` refuses with conflict while there are any.
     * @throws AppError not_found, conflict
     */
    async remove(scope: Scope, id: string, destinations: 'keep' | 'remove' = 'keep'): Promise<void> {
      if (!isUuid(id)) throw notFound('source');
      await change(async (tx) => {
        const before = await locked(tx, scope, id);
        if (destinations === 'keep' && (await countDestinations(tx, scope, id)) > 0) {
          throw new AppError('conflict', 'This source still has destinations. Delete them first.');
        }
        const removed = destinations === 'remove' ? await removeDestinations(tx, scope, id) : [];
        await queries.updateSource(tx, scope, id, { deleted_at: now() });
        await queries.forgetSource(tx, scope, id);
        await recordMany(tx, [...removed, entry('deleted', before, undefined)]);
      });
    },

    /** @throws AppError not_found; bad_request when it has as many as it can. */
    async addWriteKey(scope: Scope, id: string): Promise<SourceRow> {
      return edit(
        scope,
        id,
        async (tx, before) => {
          if (before.write_keys.length >= MAX_WRITE_KEYS) {
            throw new AppError('bad_request', `A source has at most ${MAX_WRITE_KEYS} write keys. Remove one first.`);
          }
          await queries.insertWriteKey(tx, scope, id, randomWriteKey());
          return {};
        },
        'write-key.created',
      );
    },

    /** Events sent with it are refused from now on. @throws AppError not_found */
    async removeWriteKey(scope: Scope, id: string, writeKey: string): Promise<SourceRow> {
      return edit(
        scope,
        id,
        async (tx, before) => {
          if (!before.write_keys.includes(writeKey)) {
            throw new AppError('not_found', 'The source has no such write key.');
          }
          await queries.deleteWriteKey(tx, scope, id, writeKey);
          return {};
        },
        'write-key.removed',
      );
    },

    /** @throws AppError not_found; validation_error for labels that the workspace does not have. */
    async putLabels(
      scope: Scope,
      id: string,
      labels: readonly LabelInput[],
      how: 'add' | 'replace',
    ): Promise<SourceRow> {
      return edit(scope, id, async (tx) => {
        await putOnSource(tx, scope, id, labels, how);
        return {};
      });
    },

    /** @throws AppError not_found; validation_error for a source to forward to that is not there. */
    async updateSchemaSettings(scope: Scope, id: string, input: SchemaSettingsChange): Promise<SourceRow> {
      const { forwardViolationsTo, forwardBlockedTo } = input;
      return edit(scope, id, async (tx, before) => {
        const problems: FieldError[] = [];
        for (const [field, to] of [
          ['forwardingViolationsTo', forwardViolationsTo],
          ['forwardingBlockedEventsTo', forwardBlockedTo],
        ] as const) {
          if (to === null || to === undefined) continue;
          if (to === id) problems.push(problem(field, 'must be another source than the one that forwards'));
          else if (!isUuid(to) || !(await queries.findSource(tx, scope, to)))
            problems.push(problem(field, 'must be the id of a source; leave it out to forward nothing'));
        }
        refuse(problems);
        return {
          schema_settings: JSON.stringify(mergedGroups(before.schema_settings, input)),
          ...(forwardViolationsTo !== undefined && { forward_violations_to: forwardViolationsTo }),
          ...(forwardBlockedTo !== undefined && { forward_blocked_to: forwardBlockedTo }),
        };
      });
    },
  };
}

function commonProblems({ name, slug, settings }: ChangedSource): FieldError[] {
  const problems: FieldError[] = [];
  const text = (field: string, value: string | undefined, most: number) => {
    if (value === undefined) return;
    if (value === '') problems.push(problem(field, 'is not allowed to be empty'));
    if (storableText(value) !== value) problems.push(problem(field, 'must not contain NUL or half a character'));
    if (value.length > most)
      problems.push(problem(field, `length must be less than or equal to ${most} characters long`));
  };
  text('name', name, MAX_NAME);
  text('slug', slug, MAX_SLUG);
  if (slug !== undefined && slug !== '' && !SLUG.test(slug)) {
    problems.push(problem('slug', `with value "${slug.slice(0, 100)}" fails to match the required pattern: ${SLUG}`));
  }
  if (settings !== undefined && JSON.stringify(settings).length > MAX_SETTINGS) {
    problems.push(problem('settings', `must not be longer than ${MAX_SETTINGS} characters of JSON`));
  }
  return problems;
}

/** Switching it on or off has a name of its own where nothing else changed with it. */
function whatChanged(before: SourceRow, after: SourceRow): 'updated' | 'enabled' | 'disabled' {
  const rest = (row: SourceRow) => JSON.stringify({ ...audited(row), enabled: null });
  if (before.enabled === after.enabled || rest(before) !== rest(after)) return 'updated';
  return after.enabled ? 'enabled' : 'disabled';
}

/** Key by key; null removes a key. */
function merged(stored: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>) {
  const all = { ...stored, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

function slugTaken(slug: string): AppError {
  return new AppError('conflict', `Another source has the slug "${slug}". Choose another one.`);
}

function found(row: SourceRow | undefined): SourceRow {
  if (row === undefined) throw notFound('source');
  return row;
}

function entry(
  what: 'created' | 'updated' | 'deleted',
  before: SourceRow | undefined,
  after: SourceRow | undefined,
): AuditEvent {
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about a source.');
  return {
    action: `source.${what}`,
    target: { type: 'source', id: row.id, name: row.name },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: row.workspace_id,
    environment: row.environment,
  };
}

function audited(row: SourceRow): Record<string, unknown> {
  const { name, slug, metadata_id, settings, library_config, schema_settings, write_keys, enabled } = row;
  return {
    name,
    slug,
    metadata_id,
    settings,
    library_config,
    schema_settings,
    forward_violations_to: row.forward_violations_to,
    forward_blocked_to: row.forward_blocked_to,
    labels: row.labels.map(({ key, value }) => `${key}:${value}`),
    write_keys,
    enabled,
  };
}
