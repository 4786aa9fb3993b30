/** Values as SQL: how JSON of clients is read as a number, a text or a time, and every comparison of contract §5.6. */
import { type RawBuilder, sql } from 'kysely';
import { type Comparator, type Literal, millisecondsOf, type Ordering } from '../ast.ts';
import { timeOf } from '../time.ts';

export type Sql = RawBuilder<unknown>;

/** `json`: what a client sent, null where there is nothing. `number`: counted or summed here. */
export interface Value {
  readonly type: 'json' | 'number';
  readonly sql: Sql;
}

/** Of two numbers, texts or times. */
const OPERATOR: Readonly<Record<Ordering, Sql>> = {
  equals: sql`=`,
  differs: sql`<>`,
  greater_than: sql`>`,
  at_least: sql`>=`,
  less_than: sql`<`,
  at_most: sql`<=`,
};
/** Texts are ordered by their characters, whatever the database's language is. */
const BY_CHARACTER = sql`collate "C"`;
const NUMBER = /^-?[0-9]{1,30}(\.[0-9]{1,30})?$/;

const numberOf = (v: Value): Sql => (v.type === 'number' ? v.sql : sql`audience_number(${v.sql})`);
const textOf = (v: Value): Sql =>
  v.type === 'number' ? sql`trim_scale(${v.sql})::text` : sql`audience_text(${v.sql})`;
const timeFrom = (v: Value): Sql => sql`audience_time(${jsonOf(v)})`;

export function jsonOf(v: Value): Sql {
  return v.type === 'number' ? sql`to_jsonb(${v.sql})` : v.sql;
}

/** A condition that is true or false, never null: NOT of it means what it says. */
export function compared(left: Value, by: Comparator, now: Date, scalar: (of: Comparator) => Value): Sql {
  return sql`coalesce(${raw(left, by, now, scalar)}, false)`;
}

function raw(left: Value, by: Comparator, now: Date, scalar: (of: Comparator) => Value): Sql {
  switch (by.op) {
    case 'absent':
      return sql`${left.sql} is null`;
    case 'exists':
      return sql`${left.sql} is not null`;
    case 'contains':
      return anyOf(
        by.values.map((value) => sql`strpos(v, ${String(value.value)}::text) > 0`),
        textOf(left),
      );
    case 'omits':
      return sql`not coalesce(strpos(${textOf(left)}, ${by.text}::text) > 0, false)`;
    case 'starts_with':
      return sql`starts_with(${textOf(left)}, ${by.text}::text)`;
    case 'ends_with':
      return sql`right(${textOf(left)}, ${[...by.text].length}::int) = ${by.text}::text`;
    case 'one_of':
      return anyOf(
        by.values.map((value) => equal(literalsOwn(left), value)),
        left.sql,
      );
    case 'none_of':
      return sql`not coalesce(${anyOf(
        by.values.map((value) => equal(literalsOwn(left), value)),
        left.sql,
      )}, false)`;
    case 'before_date':
      return sql`${timeFrom(left)} < ${by.time}::timestamptz`;
    case 'after_date':
      return sql`${timeFrom(left)} > ${by.time}::timestamptz`;
    case 'within_last':
      return sql`${timeFrom(left)} between ${before(now, by.span)}::timestamptz and ${now}::timestamptz`;
    case 'within_next':
      return sql`${timeFrom(left)} between ${now}::timestamptz and ${after(now, by.span)}::timestamptz`;
    case 'before_last':
      return sql`${timeFrom(left)} <= ${before(now, by.span)}::timestamptz`;
    case 'after_next':
      return sql`${timeFrom(left)} >= ${after(now, by.span)}::timestamptz`;
    default:
      return 'kind' in by.to ? ordered(left, by.op, scalar(by)) : orderedByLiteral(left, by.op, by.to);
  }
}

const before = (now: Date, span: Parameters<typeof millisecondsOf>[0]) =>
  new Date(now.getTime() - millisecondsOf(span));
const after = (now: Date, span: Parameters<typeof millisecondsOf>[0]) => new Date(now.getTime() + millisecondsOf(span));

/** The value is worked out once, as `v`: it may be a whole subquery. */
function anyOf(conditions: readonly Sql[], value: Sql): Sql {
  return sql`(select ${sql.join(conditions, sql` or `)} from (select ${value} as v offset 0) x)`;
}

function literalsOwn(left: Value): Value {
  return { type: left.type, sql: sql`v` };
}

/** A text and a number are equal when the text is the number's; `true` and 'true' are as well. */
function equal(left: Value, to: Literal): Sql {
  if (to.type === 'date' || to.type === 'timestamp') return sql`${timeFrom(left)} = ${to.time}::timestamptz`;
  if (to.type === 'number') return sql`${numberOf(left)} = ${to.text}::numeric`;
  const text = String(to.value);
  if (to.type === 'boolean' || !NUMBER.test(text)) return sql`${textOf(left)} = ${text}::text`;
  if (left.type === 'number') return sql`${left.sql} = ${text}::numeric`;
  return sql`case jsonb_typeof(${left.sql}) when 'number' then ${numberOf(left)} = ${text}::numeric
    else ${textOf(left)} = ${text}::text end`;
}

function orderedByLiteral(left: Value, op: Ordering, to: Literal): Sql {
  if (op === 'equals') return anyOf([equal(literalsOwn(left), to)], left.sql);
  // What is absent is not different either (contract §5.6): of null nothing is true.
  if (op === 'differs')
    return sql`${left.sql} is not null and not coalesce(${orderedByLiteral(left, 'equals', to)}, false)`;
  if (to.type === 'number') return sql`${numberOf(left)} ${OPERATOR[op]} ${to.text}::numeric`;
  const time = 'time' in to ? to.time : to.type === 'string' ? timeOf(to.value) : null;
  if (time) return sql`${timeFrom(left)} ${OPERATOR[op]} ${time}::timestamptz`;
  const text = String(to.value);
  if (NUMBER.test(text)) return sql`${numberOf(left)} ${OPERATOR[op]} ${text}::numeric`;
  return sql`${textOf(left)} ${BY_CHARACTER} ${OPERATOR[op]} ${text}::text`;
}

/** As numbers where both are, as texts where none is; of a number and something else one is neither greater nor less. */
function ordered(left: Value, op: Ordering, right: Value): Sql {
  const [l, r]: [Value, Value] = [
    { type: left.type, sql: sql`l` },
    { type: right.type, sql: sql`r` },
  ];
  const mixed =
    op === 'equals' || op === 'differs'
      ? sql``
      : sql`when ${numberOf(l)} is not null or ${numberOf(r)} is not null then false`;
  return sql`(select case
      when ${numberOf(l)} is not null and ${numberOf(r)} is not null then ${numberOf(l)} ${OPERATOR[op]} ${numberOf(r)}
      ${mixed}
      else ${textOf(l)} ${BY_CHARACTER} ${OPERATOR[op]} ${textOf(r)} end
    from (select ${left.sql} as l, ${right.sql} as r offset 0) x)`;
}
