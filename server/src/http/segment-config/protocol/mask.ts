/**
 * Update masks of the Config API (contract segment-config-api §5). What a path of the mask names is taken from the body,
 * and is reset where the body does not have it; what no path names is ignored; without a mask nothing changes.
 */
import { type Static, Type } from 'typebox';
import { invalidField } from '../../../errors.ts';

const MAX_PATHS = 100;

/** `{"paths": […]}`, or the paths in one text with commas. */
export const UpdateMask = Type.Union([
  Type.Object({
    paths: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: MAX_PATHS })),
  }),
  Type.String({ maxLength: 4_000 }),
]);

export type Mask = Static<typeof UpdateMask>;

/**
 * @param wrapper the key that the resource stands under; its paths may begin with it.
 * @param fields that can be changed, without the wrapper.
 * @returns those of them that the mask names.
 * @throws AppError validation_error for a path that is none of them.
 */
export function masked<F extends string>(
  mask: Mask | undefined,
  wrapper: string,
  fields: readonly F[],
): ReadonlySet<F> {
  const named = typeof mask === 'string' ? mask.split(',', MAX_PATHS) : (mask?.paths ?? []);
  const found = new Set<F>();
  for (const path of named.map((one) => snakeCase(one.trim()))) {
    if (path === '') continue;
    const bare = path.startsWith(`${wrapper}.`) ? path.slice(wrapper.length + 1) : path;
    const field = fields.find((one) => one === bare);
    // The wrapper alone is all of it.
    if (bare === wrapper) for (const one of fields) found.add(one);
    else if (field === undefined)
      throw invalidField('update_mask', `takes ${wrapper}. and one of: ${fields.join(', ')}`);
    else found.add(field);
  }
  return found;
}

/** What standard JSON of the vendor's server reads as the same name. */
export function snakeCase(name: string): string {
  return name.replace(/[a-z0-9][A-Z]/g, (two) => `${two.charAt(0)}_${two.charAt(1).toLowerCase()}`);
}
