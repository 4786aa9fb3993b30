/** The kinds of requests about people (contract segment-public-api, Deletion and Suppression), and what each does. */

export const REGULATION_TYPES = [
  'SUPPRESS_ONLY',
  'UNSUPPRESS',
  'DELETE_ONLY',
  'DELETE_INTERNAL',
  'SUPPRESS_WITH_DELETE',
  'SUPPRESS_WITH_DELETE_INTERNAL',
  'DELETE_ARCHIVE_ONLY',
] as const;
export type RegulationType = (typeof REGULATION_TYPES)[number];

export const SUBJECT_TYPES = ['USER_ID', 'ANONYMOUS_ID', 'OBJECT_ID'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

export const STATUSES = [
  'INITIALIZED',
  'RUNNING',
  'FINISHED',
  'FAILED',
  'PARTIAL_SUCCESS',
  'INVALID',
  'NOT_SUPPORTED',
] as const;

export function suppresses(type: string): boolean {
  return type.startsWith('SUPPRESS');
}

export function deletes(type: string): boolean {
  return type.includes('DELETE');
}

/** Those that also ask destinations to delete have a quota of their own. */
export function asksDestinations(type: string): boolean {
  return type === 'DELETE_ONLY' || type === 'SUPPRESS_WITH_DELETE';
}
