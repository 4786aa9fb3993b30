/** Computed traits: a value of every person or account, by a definition. Stored and checked; other definitions may name them. */
import { type AuditEvent, record } from '../access/audit/record.ts';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../db/keyset.ts';
import type { Db } from '../db/open.ts';
import type { TraitOptions } from '../db/tables/audiences.ts';
import { inTransaction, type Scope } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import { isUuid, newId } from '../ids.ts';
import { checkedTrait } from './definitions.ts';
import { author, describedProblems, given, refuse, traitOptionProblems } from './fields.ts';
import { keyOf, newKey } from './keys.ts';
import type { ComputedTraitRow } from './queries.ts';
import * as queries from './queries.ts';

export interface TraitNew {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  readonly type: ComputedTraitRow['type'];
  readonly query: string;
  readonly options?: TraitOptions | undefined;
}

export type TraitChange = Partial<Omit<TraitNew, 'options'>>;

export function createComputedTraits({ db, now }: { db: Db; now: () => Date }) {
  return {
    /** Oldest first, both ways. */
    async page(scope: Scope, request: KeysetRequest): Promise<KeysetPage<ComputedTraitRow> & { total: number }> {
      const page = await keysetPage(
        request,
        (row: ComputedTraitRow) => row.id,
        (bounds) => queries.readTraits(db, scope, bounds),
      );
      return { ...page, total: await queries.countTraits(db, scope) };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<ComputedTraitRow> {
      return found(isUuid(id) ? await queries.findTrait(db, scope, id) : undefined);
    },

    /** @throws AppError validation_error, bad_request */
    async create(scope: Scope, fields: TraitNew): Promise<ComputedTraitRow> {
      const { name, description = null, enabled = true, type, query } = fields;
      const options = given(fields.options ?? {});
      refuse([...describedProblems(fields), ...traitOptionProblems(options)]);
      const { traits } = checkedTrait(type, query);
      const at = now();
      return inTransaction(db, async (tx) => {
        const who = author();
        const row = {
          ...{ id: newId(), key: await newKey(tx, scope, keyOf(name, 'computed_trait')), name, description, enabled },
          ...{ type, query, options, traits: [...traits] },
          ...{ created_by: who, updated_by: who, created_at: at, updated_at: at },
        };
        await queries.insertTrait(tx, scope, row);
        const made = found(await queries.findTrait(tx, scope, row.id));
        await record(tx, entry('created', undefined, made));
        return made;
      });
    },

    /** @throws AppError not_found, validation_error */
    async update(scope: Scope, id: string, change: TraitChange): Promise<ComputedTraitRow> {
      refuse(describedProblems(change));
      return inTransaction(db, async (tx) => {
        const before = found(isUuid(id) ? await queries.lockTrait(tx, scope, id) : undefined);
        const { name, description, enabled, type = before.type, query = before.query } = change;
        const { traits } = checkedTrait(type, query);
        await queries.updateTrait(tx, before.id, {
          ...given({ name, description, enabled }),
          ...{ type, query, traits: [...traits], updated_by: author(), updated_at: now() },
        });
        const after = found(await queries.findTrait(tx, scope, before.id));
        await record(tx, entry('updated', before, after));
        return after;
      });
    },

    /** @throws AppError not_found */
    async remove(scope: Scope, id: string): Promise<void> {
      await inTransaction(db, async (tx) => {
        const before = found(isUuid(id) ? await queries.lockTrait(tx, scope, id) : undefined);
        await queries.deleteTrait(tx, before.id);
        await record(tx, entry('deleted', before, undefined));
      });
    },
  };
}

export type ComputedTraits = ReturnType<typeof createComputedTraits>;

function found(row: ComputedTraitRow | undefined): ComputedTraitRow {
  if (!row) throw notFound('computed trait');
  return row;
}

function entry(
  what: 'created' | 'updated' | 'deleted',
  before: ComputedTraitRow | undefined,
  after: ComputedTraitRow | undefined,
): AuditEvent {
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about a computed trait.');
  const audited = ({ name, description, enabled, type, query, options }: ComputedTraitRow) => {
    return { name, description, enabled, type, query, options };
  };
  return {
    action: `computed-trait.${what}`,
    target: { type: 'computed-trait', id: row.id, name: row.name },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: row.workspace_id,
    environment: row.environment,
  };
}
