/** The key of a transformation's hashes: sealed in the database, apart from the definition that it belongs to. */
import type { Seal } from '../../seal.ts';
import { isMasked, MASK } from '../destinations/settings.ts';
import type { Definition } from './transformation.ts';

export interface StoredDefinition {
  /** Without the key; a row that was written before keys were sealed may have it until the next start. */
  readonly definition: Definition;
  readonly hash_key_sealed: Buffer | null;
}

/** @throws Error when the key cannot be opened: it was sealed under another installation's secret. */
export function openDefinition(seal: Seal, id: string, stored: StoredDefinition): Definition {
  const { definition, hash_key_sealed: sealed } = stored;
  // One that stands in the definition was set later, by a process of before keys were sealed.
  const open = definition.hashPropertiesConfiguration?.key !== undefined;
  return sealed === null || open ? definition : withKey(definition, seal.open(sealed, id));
}

/** A key that cannot be opened is shown as one that is there. */
export function shownDefinition(seal: Seal, id: string, stored: StoredDefinition): Definition {
  try {
    return openDefinition(seal, id, stored);
  } catch {
    return withKey(stored.definition, MASK);
  }
}

/** @param before what is stored: a mask in the place of the key stands for its key. */
export function sealDefinition(
  seal: Seal,
  id: string,
  definition: Definition,
  before?: StoredDefinition,
): StoredDefinition {
  const { hashPropertiesConfiguration: hash } = definition;
  if (hash?.key === undefined) return { definition, hash_key_sealed: null };
  const { key, ...open } = hash;
  return {
    definition: { ...definition, hashPropertiesConfiguration: open },
    hash_key_sealed: (isMasked(key) && before?.hash_key_sealed) || seal.seal(key, id),
  };
}

function withKey(definition: Definition, key: string): Definition {
  const { hashPropertiesConfiguration: hash } = definition;
  return hash ? { ...definition, hashPropertiesConfiguration: { ...hash, key } } : definition;
}
