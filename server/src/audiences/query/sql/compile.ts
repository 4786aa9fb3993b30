/**
 * A tree as one SQL expression about one person or account, with every text of the query as a parameter.
 * Where it stands, `subject` names what is looked at: rows of slices.ts, or the users of an account.
 */
import { sql } from 'kysely';
import {
  type Condition,
  type Extractor,
  type Filter,
  millisecondsOf,
  type Path,
  type Reducer,
  type Reduction,
  type Scalar,
} from '../ast.ts';
import { compared, jsonOf, type Sql, type Value } from './values.ts';

/** What a trait's name stands for when it is no plain trait. */
export type Named =
  | { readonly kind: 'audience'; readonly root: Condition }
  | { readonly kind: 'trait'; readonly root: Scalar };

export interface CompileOptions {
  /** Of the whole run, so that every person is measured by the same moment. */
  readonly now: Date;
  /** Earlier events do not count. */
  readonly since: Date | null;
  /** Newest events of one person that count: the bound of one person's work. */
  readonly mostEvents: number;
  readonly named: ReadonlyMap<string, Named>;
  /** From a source's id as the query has it to ours; null: no id. */
  readonly sourceId: (text: string) => string | null;
}

/** The columns of the row that a condition is about. */
export interface SubjectRow {
  /** jsonb */
  readonly traits: Sql;
  /** uuid[]: the profiles whose events count. */
  readonly profiles: Sql;
  /** uuid[]: the people of an account. */
  readonly members?: Sql;
}

interface Place {
  readonly subject: SubjectRow;
  /** Alias of the event that where() looks at, and of the one around. */
  readonly item: string | null;
  readonly outer: string | null;
  /** Names being followed, so that two that name each other end. */
  readonly following: readonly string[];
  /** How many event() are around, also those of a definition that led here. */
  readonly depth: number;
}

/** A definition that leads back to itself, or a name that leads too far. Its message is for people. */
export class CannotCompile extends Error {}

/** All followed names of one query together. */
const MAX_FOLLOWED = 50;
/** As in one text (chains.ts), so also where one definition names another. */
const MAX_DEPTH = 3;
/** Profiles that were merged into one person and are still looked through. */
export const MOST_PROFILES = 1_000;

export function createCompiler(options: CompileOptions) {
  const { now, since, mostEvents, named, sourceId } = options;
  let aliases = 0;
  let followed = 0;
  let deepest = 0;

  function condition(tree: Condition, place: Place): Sql {
    switch (tree.kind) {
      case 'and':
      case 'or': {
        const parts = tree.parts.map((part) => condition(part, place));
        return sql`(${sql.join(parts, tree.kind === 'and' ? sql` and ` : sql` or `)})`;
      }
      case 'not':
        return sql`not ${condition(tree.of, place)}`;
      case 'any':
      case 'all':
        return ofMembers(tree.kind, tree.of, place);
      case 'compare': {
        const left = scalar(tree.left, place);
        const right = () => {
          if ('to' in tree.by && 'kind' in tree.by.to) return scalar(tree.by.to, place);
          throw new Error('A literal is no chain.');
        };
        return compared(left, tree.by, now, right);
      }
    }
  }

  /** An account without users: ANY is false and ALL is true of it. */
  function ofMembers(kind: 'any' | 'all', tree: Condition, place: Place): Sql {
    const { members } = place.subject;
    if (!members) throw new CannotCompile('ANY and ALL are for accounts only.');
    const alias = newAlias('m');
    const row: SubjectRow = { traits: ref(alias, 'traits'), profiles: ref(alias, 'profiles') };
    const inner = condition(tree, { ...place, subject: row });
    const people = sql`(select p.traits, ${profilesOf(sql`p.id`)} as profiles
      from profiles p where p.id = any(${members})) ${sql.id(alias)}`;
    return kind === 'any'
      ? sql`exists (select from ${people} where ${inner})`
      : sql`not exists (select from ${people} where not ${inner})`;
  }

  function scalar(tree: Scalar, place: Place): Value {
    return tree.kind === 'reduce' ? reduction(tree, place) : extractor(tree, place);
  }

  function extractor(tree: Extractor, place: Place): Value {
    if (tree.kind === 'trait') return trait(tree.path, place);
    const item = tree.kind === 'property' && tree.parent ? place.outer : place.item;
    if (item === null) throw new Error(`${tree.kind} stands outside of an event.`);
    return property(tree, item);
  }

  function trait(path: Path, place: Place): Value {
    const [key = ''] = path;
    const meant = path.length === 1 ? named.get(key) : undefined;
    // Of the users of an account, what people's audiences say; an account's own traits are plain.
    if (!meant || place.subject.members) return { type: 'json', sql: at(place.subject.traits, path) };
    if (place.following.includes(key)) {
      throw new CannotCompile(
        `The definition of ${key} leads back to itself: ${[...place.following, key].join(' → ')}.`,
      );
    }
    if (++followed > MAX_FOLLOWED)
      throw new CannotCompile(`More than ${MAX_FOLLOWED} audiences and computed traits are named, one by another.`);
    const inner: Place = { ...place, item: null, outer: null, following: [...place.following, key] };
    if (meant.kind === 'audience') return { type: 'json', sql: sql`to_jsonb(${condition(meant.root, inner)})` };
    return scalar(meant.root, inner);
  }

  function reduction(tree: Reduction, place: Place): Value {
    if (tree.source.kind === 'entity') {
      throw new CannotCompile(`entity('${tree.source.name}') needs linked data, which Headgate does not have.`);
    }
    const item = newAlias('e');
    const depth = place.depth + 1;
    if (depth > MAX_DEPTH) throw new CannotCompile(`More than ${MAX_DEPTH} event(…) stand within one another.`);
    deepest = Math.max(deepest, depth);
    const inner: Place = { ...place, item, outer: place.item, depth };
    const from = filtered(tree.source.name, tree.filters, inner);
    return reduced(tree.by, from, item);
  }

  /** `from … where …` with the events that the filters leave, under the alias of `place.item`. */
  function filtered(name: string, filters: readonly Filter[], place: Place): Sql {
    const item = place.item ?? '';
    let from = eventsOf(place.subject.profiles, item);
    let conditions = [sql`${ref(item, 'type')} = 'track' and ${ref(item, 'name')} = ${name}::text`];
    if (since) conditions.push(sql`${ref(item, 'occurred_at')} >= ${since}::timestamptz`);
    for (const filter of filters) {
      if (filter.kind === 'expires_after') {
        from = session(from, conditions, item, millisecondsOf(filter.span));
        conditions = [sql`true`];
      } else conditions.push(filterOf(filter, item, place));
    }
    return sql`from ${from} where ${sql.join(conditions, sql` and `)}`;
  }

  function eventsOf(profiles: Sql, item: string): Sql {
    return sql`(select x.* from unnest(${profiles}) o(id)
      cross join lateral (select e.id, e.type, e.name, e.source_id, e.occurred_at, e.payload from events e
        where e.profile_id = o.id order by e.id desc limit ${mostEvents}::int) x
      limit ${mostEvents}::int) ${sql.id(item)}`;
  }

  function filterOf(filter: Exclude<Filter, { kind: 'expires_after' }>, item: string, place: Place): Sql {
    const at = ref(item, 'occurred_at');
    const ago = (ms: number) => sql`${new Date(now.getTime() - ms)}::timestamptz`;
    switch (filter.kind) {
      case 'where':
        return condition(filter.condition, place);
      case 'sources': {
        const ids = filter.exclude.map(sourceId).filter((id) => id !== null);
        return sql`${ref(item, 'source_id')} <> all(${ids}::uuid[])`;
      }
      case 'within': {
        if (!filter.parent) return sql`${at} >= ${ago(millisecondsOf(filter.span))}`;
        const outer = place.outer ?? '';
        const last = sql`${ref(outer, 'occurred_at')} + interval '1 millisecond' * ${millisecondsOf(filter.span)}::float8`;
        // The event around is not one after itself.
        return sql`${at} >= ${ref(outer, 'occurred_at')} and ${at} <= ${last} and ${ref(item, 'id')} <> ${ref(outer, 'id')}`;
      }
      case 'between': {
        const [near = 0, far = 0] = [filter.from, filter.to].map(millisecondsOf).sort((a, b) => a - b);
        return sql`${at} between ${ago(far)} and ${ago(near)}`;
      }
    }
  }

  /** The events of the session that runs now: each less than `ms` before the next one, the newest less than that ago. */
  function session(from: Sql, conditions: readonly Sql[], item: string, ms: number): Sql {
    const order = sql`order by occurred_at desc, id desc`;
    return sql`(select * from (
      select *, count(*) filter (where gap > interval '1 millisecond' * ${ms}::float8) over (${order}) as breaks from (
        select ${sql.id(item)}.*, coalesce(lag(occurred_at) over (${order}), ${now}::timestamptz) - occurred_at as gap
        from ${from} where ${sql.join(conditions, sql` and `)}) g) s
      where breaks = 0) ${sql.id(item)}`;
  }

  function newAlias(letter: string): string {
    return `${letter}${++aliases}`;
  }

  const atTop = (subject: SubjectRow): Place => ({ subject, item: null, outer: null, following: [], depth: 0 });

  return {
    /** How many event() stood within one another in what was compiled. */
    depth: () => deepest,
    /** @throws CannotCompile when a definition names what cannot be followed. */
    condition: (root: Condition, subject: SubjectRow): Sql => condition(root, atTop(subject)),
    /** The value as jsonb. @throws CannotCompile as above. */
    value: (root: Scalar, subject: SubjectRow): Sql => jsonOf(scalar(root, atTop(subject))),
  };
}

/** uuid[] of a person: the own profile, and those that were merged into it. */
export function profilesOf(id: Sql): Sql {
  return sql`(${id} || array(select g.id from profiles g where g.merged_into = ${id} limit ${MOST_PROFILES}::int))`;
}

function reduced(by: Reducer, from: Sql, item: string): Value {
  if (by.fn === 'count') return { type: 'number', sql: sql`(select count(*)::numeric ${from})` };
  const v = property(by.of, item);
  const [id, time] = [ref(item, 'id'), ref(item, 'occurred_at')];
  switch (by.fn) {
    case 'sum':
    case 'avg':
      return { type: 'number', sql: sql`(select ${sql.raw(by.fn)}(audience_number(${v.sql})) ${from})` };
    case 'max':
    case 'min':
      return by.as === 'number'
        ? { type: 'number', sql: sql`(select ${sql.raw(by.fn)}(audience_number(${v.sql})) ${from})` }
        : { type: 'json', sql: sql`(select to_jsonb(${sql.raw(by.fn)}(audience_text(${v.sql}) collate "C")) ${from})` };
    case 'first':
      return {
        type: 'json',
        sql: sql`(select ${v.sql} ${from} and ${v.sql} is not null order by ${time}, ${id} limit 1)`,
      };
    case 'last':
      return {
        type: 'json',
        sql: sql`(select ${v.sql} ${from} and ${v.sql} is not null order by ${time} desc, ${id} desc limit 1)`,
      };
    case 'unique':
      return by.count
        ? { type: 'number', sql: sql`(select count(distinct ${v.sql})::numeric ${from})` }
        : {
            type: 'json',
            sql: sql`(select jsonb_agg(u.v) from (select distinct ${v.sql} as v ${from} and ${v.sql} is not null
              order by 1 limit ${MOST_UNIQUE}::int) u)`,
          };
    case 'mode':
      // Of two that are as frequent the one seen last.
      return {
        type: 'json',
        sql: sql`(select to_jsonb(u.v) from (select audience_text(${v.sql}) as v, ${time} as at ${from} and ${v.sql} is not null) u
          group by u.v having count(*) >= ${by.least}::int order by count(*) desc, max(u.at) desc, u.v limit 1)`,
      };
  }
}

/** Documented (contract §5.5). */
const MOST_UNIQUE = 10_000;

function property(tree: Extractor, item: string): Value {
  const root = tree.kind === 'context' ? 'context' : 'properties';
  return { type: 'json', sql: at(ref(item, 'payload'), [root, ...tree.path]) };
}

/** JSON's null is as absent as what is not there. */
function at(json: Sql, path: Path): Sql {
  return sql`nullif(${json} #> ${[...path]}::text[], 'null'::jsonb)`;
}

function ref(alias: string, column: string): Sql {
  return sql.ref(`${alias}.${column}`);
}
