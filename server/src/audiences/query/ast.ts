/**
 * The query language of audiences and computed traits (contract segment-public-api §5) as a tree. The parser makes it,
 * sql/ turns it into one statement over many people; an evaluator of single people reads the same tree.
 */

/** Where in the text a node stands: offsets, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Subject = 'USERS' | 'ACCOUNTS' | 'LINKED';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not' | 'any' | 'all'; readonly of: Condition }
  | Comparison;

export interface Comparison {
  readonly kind: 'compare';
  readonly left: Scalar;
  readonly by: Comparator;
  readonly span: Span;
}

export type Ordering = 'equals' | 'differs' | 'greater_than' | 'at_least' | 'less_than' | 'at_most';

export type Comparator =
  | { readonly op: Ordering; readonly to: Scalar | Literal }
  | { readonly op: 'absent' | 'exists' }
  | { readonly op: 'contains' | 'one_of' | 'none_of'; readonly values: readonly Literal[] }
  | { readonly op: 'omits' | 'starts_with' | 'ends_with'; readonly text: string }
  | { readonly op: 'before_date' | 'after_date'; readonly time: Date; readonly written: Literal }
  | { readonly op: 'within_last' | 'within_next' | 'before_last' | 'after_next'; readonly span: Duration };

/** One value of a person, an account or an item. */
export type Scalar = Extractor | Reduction;

export type Extractor = { readonly span: Span } & (
  | { readonly kind: 'trait'; readonly path: Path }
  | { readonly kind: 'context'; readonly path: Path }
  /** `parent`: of the event around the current one. */
  | { readonly kind: 'property'; readonly path: Path; readonly parent: boolean }
);

/** Steps into nested objects. */
export type Path = readonly string[];

export interface Reduction {
  readonly kind: 'reduce';
  readonly source: { readonly kind: 'event' | 'entity'; readonly name: string };
  readonly filters: readonly Filter[];
  readonly by: Reducer;
  readonly span: Span;
}

export type Filter =
  | { readonly kind: 'where'; readonly condition: Condition }
  | { readonly kind: 'sources'; readonly exclude: readonly string[] }
  /** `parent`: after the event around. */
  | { readonly kind: 'within'; readonly parent: boolean; readonly span: Duration }
  | { readonly kind: 'between'; readonly from: Duration; readonly to: Duration }
  | { readonly kind: 'expires_after'; readonly span: Duration };

export type Reducer =
  | { readonly fn: 'count' }
  /** `count`: how many values there are, instead of the list of them. */
  | { readonly fn: 'unique'; readonly of: Extractor; readonly count: boolean }
  | { readonly fn: 'sum' | 'avg' | 'first' | 'last'; readonly of: Extractor }
  | { readonly fn: 'max' | 'min'; readonly of: Extractor; readonly as: 'number' | 'string' }
  | { readonly fn: 'mode'; readonly of: Extractor; readonly as: 'number' | 'string' | 'array'; readonly least: number };

export type Literal =
  | { readonly type: 'string'; readonly value: string }
  /** `text`: as written, with all its digits. */
  | { readonly type: 'number'; readonly value: number; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** As written; `time` is what it means. */
  | { readonly type: 'date' | 'timestamp'; readonly value: string; readonly time: Date };

export type Unit = 'second' | 'hour' | 'day';

export interface Duration {
  readonly amount: number;
  readonly unit: Unit;
}

const SECONDS: Readonly<Record<Unit, number>> = { second: 1, hour: 3_600, day: 86_400 };

export function millisecondsOf({ amount, unit }: Duration): number {
  return amount * SECONDS[unit] * 1_000;
}

/** What an audience's or a computed trait's text says, and what it names. */
export type Query<Root> = {
  readonly root: Root;
  /** First steps of all trait paths: traits, and audiences and computed traits by their key. */
  readonly traits: readonly string[];
  readonly events: readonly string[];
  /** Relationships of linked data; Headgate has none. */
  readonly entities: readonly string[];
  /** How many event() stand within one another: 0 for none. */
  readonly depth: number;
};

export type AudienceQuery = Query<Condition>;
export type TraitQuery = Query<Scalar>;
