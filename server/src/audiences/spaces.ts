/**
 * Spaces: what people, audiences and computed traits belong to. An environment of a workspace is one space, so a space
 * has no row: its id follows from both and never changes.
 */
import { createHash } from 'node:crypto';
import type { Scope } from '../db/tx.ts';
import { notFound } from '../errors.ts';

export function spaceId({ workspaceId, environment }: Scope): string {
  const hash = createHash('sha256').update(`space:${workspaceId}:${environment}`).digest();
  // Looks as UUIDs do (RFC 9562 version 8), so that it can stand where those do.
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** @throws AppError not_found for an id that is not this scope's. */
export function checkSpace(scope: Scope, id: string | null): void {
  if (id !== spaceId(scope)) throw notFound('space');
}
