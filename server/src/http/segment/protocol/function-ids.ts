/** Ids of functions as Segment's clients know them: a prefix that tells the kind, then 22 characters (contract segment-public-api §1.10). */
import type { FunctionKind } from '../../../connections/functions/queries.ts';
import { shortId, uuidOf } from './ids.ts';

const PREFIX: Readonly<Record<FunctionKind, string>> = {
  source: 'sfnc_',
  destination: 'dfnd_',
  insert_source: 'ifns_',
  insert_destination: 'ifnd_',
  insert_transformation: 'ifnt_',
};

export function functionId(kind: FunctionKind, id: string): string {
  return PREFIX[kind] + shortId(id);
}

/** With any prefix that is seen in the field, or with none. @returns '' for what is no id of ours. */
export function functionUuid(text: string): string {
  return uuidOf(text.replace(/^(sfnc|sfn|dfnd|dfnc|dfn|ifns|ifnd|ifnt)_/, '')) ?? '';
}

/** Kinds whose display name ends with that of the workspace (contract segment-public-api §3.3). */
const NAMED_AFTER: ReadonlySet<FunctionKind> = new Set(['destination', 'insert_destination', 'insert_source']);

export function displayName({ kind, name }: { kind: FunctionKind; name: string }, workspace: string): string {
  return NAMED_AFTER.has(kind) ? `${name} (${workspace})` : name;
}

/** A client that sends back what it read does not make the name longer. */
export function nameIn(kind: FunctionKind, sent: string, workspace: string): string {
  const ending = ` (${workspace})`;
  return NAMED_AFTER.has(kind) && sent.endsWith(ending) && sent.length > ending.length
    ? sent.slice(0, -ending.length)
    : sent;
}
