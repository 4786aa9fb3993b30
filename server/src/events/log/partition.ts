/** Which partition a person's events belong to: events of one partition are processed in the order they were accepted. */

export const PARTITIONS = 16;

/** FNV-1a over the person's key. A browser's anonymousId stays the same across sign-in, so it comes first. */
export function partitionOf(workspaceId: string, anonymousId: unknown, userId: unknown): number {
  const key =
    typeof anonymousId === 'string' && anonymousId !== '' ? anonymousId : typeof userId === 'string' ? userId : '';
  let hash = 0x811c9dc5;
  // Workspaces differ in their last characters (UUID version 7 begins with the time).
  for (let i = workspaceId.length - 4; i < workspaceId.length; i++) hash = mix(hash, workspaceId.charCodeAt(i));
  for (let i = 0; i < key.length; i++) hash = mix(hash, key.charCodeAt(i));
  return (hash >>> 0) % PARTITIONS;
}

function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}
