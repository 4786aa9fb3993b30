/** What a definition is: checked when it is stored, and whether the data that it speaks of exists. */
import type { AudienceQuery, Subject, TraitQuery } from './query/ast.ts';
import { parseAudience, parseTrait } from './query/parser.ts';

export interface AudienceDefinition {
  readonly type: Subject;
  readonly query: string;
  readonly target_entity: string | null;
}

/** Why a definition cannot be counted, in words for people. */
export class CannotCount extends Error {}

/** Where a door's bodies have the text. */
export interface QueryField {
  readonly queryField?: string;
}

/** @throws AppError validation_error with the place of the mistake. */
export function checkedAudience(type: Subject, query: string, { queryField }: QueryField = {}): AudienceQuery {
  return parseAudience(query, { subject: type, ...(queryField !== undefined && { field: queryField }) });
}

/** @throws AppError validation_error with the place of the mistake. */
export function checkedTrait(type: 'USERS' | 'ACCOUNTS', query: string): TraitQuery {
  return parseTrait(query, { subject: type });
}

/** @returns null when it can be counted. Linked data are tables of a warehouse beside people; there are none here. */
export function whyNotCounted({ target_entity }: AudienceDefinition, { entities }: AudienceQuery): string | null {
  const target = target_entity ?? 'profile';
  const missing = target !== 'profile' ? target : entities[0];
  if (missing === undefined) return null;
  return `The definition speaks of the entity ${missing}, and this space has no linked data. It is stored, but cannot be run.`;
}

/** @throws CannotCount for what needs linked data, AppError for a text that is no definition. */
export function runnableQuery(definition: AudienceDefinition): AudienceQuery {
  const query = checkedAudience(definition.type, definition.query);
  const reason = whyNotCounted(definition, query);
  if (reason !== null) throw new CannotCount(reason);
  return query;
}
