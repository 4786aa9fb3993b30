/**
 * Transformations: what the events of a source are changed to, for everything it feeds or for one type of destination
 * (contract segment-public-api §2). The rules, whichever door asks, and those in force in memory, for the pipeline.
 */
import type { FastifyBaseLogger } from 'fastify';
import { record } from '../../access/audit/record.ts';
import { afterCommit } from '../../context.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Scope, type Tx } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import type { Seal } from '../../seal.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { createGroups } from '../groups.ts';
import type { Lookup } from '../lookup.ts';
import { problem, refuse, textProblems } from '../problems.ts';
import { bumpRevision } from '../revision.ts';
import { type TransformationRule, transformationRule } from './apply.ts';
import { openDefinition, sealDefinition, shownDefinition } from './hash-key.ts';
import type { TransformationChange, TransformationRow } from './queries.ts';
import * as queries from './queries.ts';
import {
  conditionProblems,
  type Definition,
  definitionProblems,
  maskedKeyProblems,
  withStoredKey,
} from './transformation.ts';

interface Place {
  readonly sourceId: string;
  readonly destinationMetadataId?: string | undefined;
  readonly name: string;
  readonly if: string;
  readonly enabled: boolean;
}

export type NewTransformation = Place & Definition;
export type ChangedTransformation = { readonly [K in keyof NewTransformation]?: NewTransformation[K] | undefined };

const MAX_NAME = 255;
/** Each event of a source is asked of every one of its transformations. */
const MAX_OF_SOURCE = 100;

export type Transformations = ReturnType<typeof createTransformations>;

export function createTransformations(parts: {
  db: Db;
  lookup: Pick<Lookup, 'attach' | 'reload'>;
  catalog: Catalog;
  seal: Seal;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, lookup, catalog, seal, log } = parts;
  const inForce = createGroups<TransformationRule>();
  lookup.attach(async (since) => {
    const rows = await queries.changedTransformations(db, since);
    const changes = rows.map((row) => ({ row, rule: row.active ? ruleOf(row) : null }));
    return () => {
      for (const { row, rule } of changes) {
        const owner = ownerOf(row.source_id, row.destination_metadata_id);
        const before = inForce.of(owner).find(({ id }) => id === row.id);
        // Another process has a new secret already: this one goes on with what it has.
        if (rule !== 'closed') inForce.place(row.id, owner, rule);
        else if (!before) inForce.place(row.id, owner, { ...transformationRule(row), matches: null });
      }
    };
  });

  /** @returns closed: its key cannot be opened. Without it, it would hash what anybody can guess: events are refused instead. */
  function ruleOf(row: queries.ChangedTransformation): TransformationRule | 'closed' {
    let definition: Definition;
    try {
      definition = openDefinition(seal, row.id, row);
    } catch (error) {
      log.error({ err: error, transformation: row.id }, 'the key of a transformation cannot be opened');
      return 'closed';
    }
    return transformationRule({ ...row, definition });
  }

  const shown = (row: TransformationRow): TransformationRow => ({
    ...row,
    definition: shownDefinition(seal, row.id, row),
  });

  /** Runs one change and returns when it is in force. */
  async function change<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await inTransaction(db, async (tx) => {
      await bumpRevision(tx);
      return work(tx);
    });
    await afterCommit(lookup.reload);
    return result;
  }

  function problemsOf(input: ChangedTransformation): FieldError[] {
    const { name, if: condition, destinationMetadataId: metadataId } = input;
    const knows = metadataId === undefined || catalog.destinations.find(metadataId)?.id === metadataId;
    return [
      ...(name === undefined ? [] : textProblems('name', name, { most: MAX_NAME, least: 1 })),
      ...(knows ? [] : [problem('destinationMetadataId', 'must be the id of a destination of the catalog')]),
      ...(condition === undefined ? [] : conditionProblems(condition)),
      ...definitionProblems(definitionOf(input)),
    ];
  }

  async function checkSource(tx: Tx, scope: Scope, id: string): Promise<void> {
    if (!isUuid(id) || !(await queries.lockSource(tx, scope, id)))
      refuse([problem('sourceId', 'must be the id of a source')]);
    if ((await queries.countOfSource(tx, id)) >= MAX_OF_SOURCE) {
      throw new AppError('bad_request', `A source has at most ${MAX_OF_SOURCE} transformations. Remove one first.`);
    }
  }

  return {
    /** Of everything the source feeds. */
    ofSource: (sourceId: string) => inForce.of(ownerOf(sourceId, null)),
    /** Of one type of destination only. */
    ofDestination: (sourceId: string, metadataId: string) => inForce.of(ownerOf(sourceId, metadataId)),

    /** Oldest first, both ways. */
    async page(scope: Scope, request: KeysetRequest): Promise<KeysetPage<TransformationRow> & { total: number }> {
      const page = await queries.pageOfTransformations(db, scope, request);
      return { ...page, rows: page.rows.map(shown), total: await queries.countTransformations(db, scope) };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<TransformationRow> {
      return shown(found(isUuid(id) ? await queries.findTransformation(db, scope, id) : undefined));
    },

    /** @throws AppError validation_error; bad_request for one too many. */
    async create(scope: Scope, input: NewTransformation): Promise<TransformationRow> {
      refuse([...problemsOf(input), ...maskedKeyProblems(input)]);
      return change(async (tx) => {
        await checkSource(tx, scope, input.sourceId);
        const id = newId();
        const row = await queries.insertTransformation(tx, scope, {
          id,
          source_id: input.sourceId,
          destination_metadata_id: input.destinationMetadataId ?? null,
          name: input.name,
          condition: input.if,
          ...sealDefinition(seal, id, definitionOf(input)),
          enabled: input.enabled,
        });
        await audit(tx, 'created', undefined, row);
        return shown(row);
      });
    },

    /** What is left out stays as it is. @throws AppError not_found, validation_error */
    async update(scope: Scope, id: string, input: ChangedTransformation): Promise<TransformationRow> {
      refuse(problemsOf(input));
      if (!isUuid(id)) throw notFound('transformation');
      const { sourceId, destinationMetadataId, name, if: condition, enabled } = input;
      return change(async (tx) => {
        const before = found(await queries.lockTransformation(tx, scope, id));
        const whole = shown(before).definition;
        const given = withStoredKey(definitionOf(input), whole);
        refuse(maskedKeyProblems(given));
        if (sourceId !== undefined && sourceId !== before.source_id) await checkSource(tx, scope, sourceId);
        const { definition, hash_key_sealed } = sealDefinition(seal, id, { ...whole, ...given }, before);
        const wanted: TransformationChange = {
          ...(sourceId !== undefined && { source_id: sourceId }),
          ...(destinationMetadataId !== undefined && { destination_metadata_id: destinationMetadataId }),
          ...(name !== undefined && { name }),
          ...(condition !== undefined && { condition }),
          ...(enabled !== undefined && { enabled }),
          definition: JSON.stringify(definition),
          hash_key_sealed,
        };
        const after = await queries.updateTransformation(tx, id, wanted);
        await audit(tx, 'updated', before, after);
        return shown(after);
      });
    },

    /** @throws AppError not_found */
    async remove(scope: Scope, id: string): Promise<void> {
      if (!isUuid(id)) throw notFound('transformation');
      await change(async (tx) => {
        const before = found(await queries.lockTransformation(tx, scope, id));
        await queries.updateTransformation(tx, id, { deleted_at: new Date() });
        await audit(tx, 'deleted', before, undefined);
      });
    },
  };
}

function ownerOf(sourceId: string, metadataId: string | null): string {
  return `${sourceId} ${metadataId ?? ''}`;
}

/** Only what a definition is made of, and of that only what was sent. */
function definitionOf(input: ChangedTransformation): Definition {
  const { drop, newEventName, allowProperties, propertyRenames, propertyValueTransformations } = input;
  const { fqlDefinedProperties, hashPropertiesConfiguration: hash } = input;
  return {
    ...(drop !== undefined && { drop }),
    ...(newEventName !== undefined && { newEventName }),
    ...(propertyRenames && { propertyRenames: propertyRenames.map(({ oldName, newName }) => ({ oldName, newName })) }),
    ...(propertyValueTransformations && {
      propertyValueTransformations: propertyValueTransformations.map(({ propertyPaths, propertyValue }) => {
        return { propertyPaths, propertyValue };
      }),
    }),
    ...(fqlDefinedProperties && {
      fqlDefinedProperties: fqlDefinedProperties.map(({ fql, propertyName }) => ({ fql, propertyName })),
    }),
    ...(allowProperties && { allowProperties }),
    ...(hash && {
      hashPropertiesConfiguration: {
        algorithm: hash.algorithm,
        ...(hash.key !== undefined && { key: hash.key }),
        ...(hash.encoding !== undefined && { encoding: hash.encoding }),
        paths: hash.paths,
      },
    }),
  };
}

async function audit(
  tx: Tx,
  what: 'created' | 'updated' | 'deleted',
  before: TransformationRow | undefined,
  after: TransformationRow | undefined,
): Promise<void> {
  const row = after ?? before;
  if (!row) return;
  await record(tx, {
    action: `transformation.${what}`,
    target: { type: 'transformation', id: row.id, name: row.name },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: row.workspace_id,
    environment: row.environment,
  });
}

/** Without the key of a hash: it turns what is hashed back into guesses. */
function audited(row: TransformationRow) {
  const { name, source_id, destination_metadata_id, condition, enabled } = row;
  const { hashPropertiesConfiguration: hash, ...definition } = row.definition;
  const { key: _key, ...shown } = hash ?? { paths: [], algorithm: '' };
  return {
    name,
    source_id,
    destination_metadata_id,
    if: condition,
    enabled,
    ...definition,
    ...(hash && { hashPropertiesConfiguration: shown }),
  };
}

function found(row: TransformationRow | undefined): TransformationRow {
  if (row === undefined) throw notFound('transformation');
  return row;
}
