/** How transformations name properties: plainly, which means the event's own ones, or by a whole path. */
import { isChangeable, type Path, pathOf } from '../filters/paths.ts';

export type Root = 'properties' | 'traits';

/** Where an event of a type has its own fields; null: it has none. */
export function rootOf(type: unknown): Root | null {
  if (type === 'identify' || type === 'group') return 'traits';
  return type === 'track' || type === 'page' || type === 'screen' ? 'properties' : null;
}

/** `plan` → properties.plan; `context.page.url` as it is. null: an empty name, or a path that is not to be changed. */
export function changeablePath(text: string, root: Root): Path | null {
  const path = pathOf(text);
  const whole = path.length > 1 && isChangeable(path) ? path : [root, ...path];
  return isChangeable(whole) ? whole : null;
}
