/** Labels, key and value: a workspace has them, and its sources carry them. */

import { record } from '../../access/audit/record.ts';
import { storableText } from '../../db/text.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import { problem } from '../problems.ts';
import * as queries from './label-queries.ts';

export interface LabelInput {
  readonly key: string;
  readonly value: string;
  readonly description?: string | undefined;
}

/** Of a key or a value: what a path of the contract may hold (segment-public-api §1.9). */
const MAX_TEXT = 255;
const MAX_DESCRIPTION = 1_000;
/** Of one call (contract segment-public-api §1.9). */
const MAX_ITEMS = 200;
const MAX_LABELS = 10_000;

export function createLabels({
  db,
  inTransaction,
}: {
  db: Executor;
  inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}) {
  async function removed(
    scope: Scope,
    otherwise: string,
    remove: (tx: Tx) => Promise<queries.LabelRow | undefined>,
  ): Promise<void> {
    await inTransaction(async (tx) => {
      const row = await remove(tx);
      if (!row) throw new AppError('not_found', otherwise);
      await recordLabel(tx, scope, 'deleted', row);
    });
  }

  return {
    /** Oldest first. */
    async list(scope: Scope): Promise<queries.LabelRow[]> {
      return queries.listLabels(db, scope);
    },

    /** @throws AppError validation_error; conflict when the workspace has it already. */
    async create(scope: Scope, label: LabelInput): Promise<queries.LabelRow> {
      const problems = labelProblems(label, 'label');
      if (problems.length > 0) throw refused(problems);
      const { key, value, description = null } = label;
      return inTransaction(async (tx) => {
        if ((await queries.countLabels(tx, scope)) >= MAX_LABELS) throw tooMany();
        const row = await queries.insertLabel(tx, scope, { key, value, description });
        if (!row) throw new AppError('conflict', `The label ${key}:${value} exists already.`);
        await recordLabel(tx, scope, 'created', row);
        return row;
      });
    },

    /** From all sources too. @throws AppError not_found */
    async remove(scope: Scope, key: string, value: string): Promise<void> {
      if (storableText(key + value) !== key + value) throw notFound('label');
      await removed(scope, 'No label here with this key and value.', (tx) =>
        queries.deleteLabel(tx, scope, { key, value }),
      );
    },

    /** As above. @throws AppError not_found */
    async removeById(scope: Scope, id: number): Promise<void> {
      await removed(scope, notFound('label').message, (tx) => queries.deleteLabel(tx, scope, { id }));
    },
  };
}

/**
 * Puts labels on a source.
 * @param unknown those that the workspace does not have: refused, or made.
 * @throws AppError validation_error
 */
export async function putOnSource(
  tx: Tx,
  scope: Scope,
  sourceId: string,
  labels: readonly LabelInput[],
  how: 'add' | 'replace',
  unknown: 'refuse' | 'make' = 'refuse',
): Promise<void> {
  if (labels.length > MAX_ITEMS) {
    const message = `"labels" must contain less than or equal to ${MAX_ITEMS} items`;
    throw refused([{ field: 'labels', message }]);
  }
  const problems = labels.flatMap((label, n) => labelProblems(label, `labels.${n}`));
  if (problems.length > 0) throw refused(problems);
  if (unknown === 'make') await make(tx, scope, labels);
  const rows = await queries.lockLabels(tx, scope, labels);
  const ids = new Map(rows.map(({ id, key, value }) => [JSON.stringify([key, value]), id]));
  const put = labels.map(({ key, value, description = null }) => ({
    labelId: ids.get(JSON.stringify([key, value])),
    description,
  }));
  const known = put.flatMap(({ labelId, description }) => (labelId === undefined ? [] : [{ labelId, description }]));
  if (known.length < put.length) {
    throw refused(
      put.flatMap(({ labelId }, n) =>
        labelId === undefined
          ? [{ field: `labels.${n}`, message: `"labels.${n}" must be a label of the workspace; create it first` }]
          : [],
      ),
    );
  }
  if (how === 'replace') await queries.deleteSourceLabels(tx, scope, sourceId);
  await queries.insertSourceLabels(tx, scope, sourceId, known);
}

async function make(tx: Tx, scope: Scope, labels: readonly LabelInput[]): Promise<void> {
  if ((await queries.countLabels(tx, scope)) + labels.length > MAX_LABELS) throw tooMany();
  for (const { key, value, description = null } of labels) {
    const row = await queries.insertLabel(tx, scope, { key, value, description });
    if (row) await recordLabel(tx, scope, 'created', row);
  }
}

function tooMany(): AppError {
  return new AppError('bad_request', `A workspace has at most ${MAX_LABELS} labels.`);
}

function labelProblems({ key, value, description }: LabelInput, field: string): FieldError[] {
  const problems: FieldError[] = [];
  for (const [name, text] of [
    ['key', key],
    ['value', value],
  ] as const) {
    if (text === '') problems.push(problem(`${field}.${name}`, 'is not allowed to be empty'));
    else if (storableText(text) !== text)
      problems.push(problem(`${field}.${name}`, 'must not contain NUL or half a character'));
    else if (text.length > MAX_TEXT) problems.push(tooLong(`${field}.${name}`, MAX_TEXT));
  }
  if (description !== undefined && description.length > MAX_DESCRIPTION) {
    problems.push(tooLong(`${field}.description`, MAX_DESCRIPTION));
  }
  return problems;
}

function tooLong(field: string, most: number): FieldError {
  return problem(field, `length must be less than or equal to ${most} characters long`);
}

function refused(fields: FieldError[]): AppError {
  return new AppError('validation_error', fields[0]?.message ?? 'The labels are not valid.', { fields });
}

async function recordLabel(tx: Tx, scope: Scope, what: 'created' | 'deleted', row: queries.LabelRow): Promise<void> {
  const { id, key, value, description } = row;
  // Not `key`: that word is masked as a secret's.
  const fields = { label: `${key}:${value}`, description };
  await record(tx, {
    action: `label.${what}`,
    target: { type: 'label', id, name: `${key}:${value}` },
    ...(what === 'created' ? { after: fields } : { before: fields }),
    workspaceId: scope.workspaceId,
    environment: scope.environment,
  });
}
