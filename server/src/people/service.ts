/** People: the identity stage that keeps them, and looking at them. */
import type { Db } from '../db/open.ts';
import type { Scope } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import type { Stage } from '../events/types.ts';
import { isUuid } from '../ids.ts';
import { createIdentityStage, type MergeHook } from './identity.ts';
import {
  countPeople,
  findPerson,
  identifiersOfPerson,
  listPeople,
  type PeopleFilter,
  type PersonRow,
  profileIdsOfPerson,
} from './search.ts';

export interface Person extends PersonRow {
  /** From the traits: name, or first and last name. */
  name: string | null;
}

export interface PersonDetail extends Person {
  /** At most 1,000; newest first within a type. `identifiers_count` tells whether there are more. */
  identifiers: { type: string; value: string }[];
}

export interface People {
  readonly stage: Stage;
  /** Last seen first; `total` counts to 10,000. */
  list(scope: Scope, filter: PeopleFilter, limit: number): Promise<{ people: Person[]; total: number }>;
  /** An id that was merged away gives the person it became. @throws AppError not_found */
  get(scope: Scope, id: string): Promise<PersonDetail>;
  /** All profiles whose events are the person's. @throws AppError not_found */
  profileIds(scope: Scope, id: string): Promise<string[]>;
}

const MOST_COUNTED = 10_000;
const MOST_IDENTIFIERS = 1_000;

export function createPeople({
  db,
  now,
  onMerge = [],
}: {
  db: Db;
  now: () => Date;
  onMerge?: readonly MergeHook[];
}): People {
  return {
    stage: createIdentityStage({ now, onMerge }),

    async list(scope, filter, limit) {
      // An identifier never holds NUL, and PostgreSQL refuses to compare with one.
      if (filter.prefix?.includes('\0')) return { people: [], total: 0 };
      const rows = await listPeople(db, scope, filter, limit);
      const total = await countPeople(db, scope, { prefix: filter.prefix }, MOST_COUNTED);
      return { people: rows.map(withName), total };
    },

    async get(scope, id) {
      const row = isUuid(id) ? await findPerson(db, scope, id) : null;
      if (!row) throw notFound('person');
      return { ...withName(row), identifiers: await identifiersOfPerson(db, row.id, MOST_IDENTIFIERS) };
    },

    async profileIds(scope, id) {
      const ids = isUuid(id) ? await profileIdsOfPerson(db, scope, id) : [];
      if (ids.length === 0) throw notFound('person');
      return ids;
    },
  };
}

function withName(row: PersonRow): Person {
  return { ...row, name: nameOf(new Map(Object.entries(row.traits))) };
}

/** Segment's reserved traits: `name`, `firstName`, `lastName`; snake_case ones are as common. */
export function nameOf(traits: ReadonlyMap<string, unknown>): string | null {
  const text = (...names: string[]): string => {
    for (const name of names) {
      const value = traits.get(name);
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
    }
    return '';
  };
  const parts = [text('firstName', 'first_name'), text('lastName', 'last_name')];
  return text('name') || parts.filter((part) => part !== '').join(' ') || null;
}
