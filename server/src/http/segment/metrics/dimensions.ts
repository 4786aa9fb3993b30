/** `groupBy` and `filter` of delivery overview and events volume. The vendor's pages write names with blanks: "event Name". */
import { AppError, type FieldError } from '../../../errors.ts';
import type { Dimension } from '../../../events/metrics/reports.ts';

/** @throws AppError validation_error for a name that is none of `allowed`. */
export function groupByOf(given: readonly string[] | undefined, allowed: readonly Dimension[]): Dimension[] {
  const found = new Set<Dimension>();
  for (const text of given ?? []) {
    const name = plain(text);
    if (name === '') continue;
    const dimension = allowed.find((one) => plain(one) === name);
    if (!dimension) {
      throw invalid([{ field: 'groupBy', message: `"groupBy" must be of [${allowed.join(', ')}]` }]);
    }
    found.add(dimension);
  }
  return [...found];
}

/** @throws AppError validation_error naming each field that the operation cannot be filtered by. */
export function filterOf(
  given: Readonly<Record<string, unknown>> | undefined,
  allowed: readonly Dimension[],
): Partial<Record<Dimension, string[]>> {
  const filter: Partial<Record<Dimension, string[]>> = {};
  const fields: FieldError[] = [];
  for (const [key, value] of Object.entries(given ?? {})) {
    const dimension = allowed.find((one) => plain(one) === plain(key));
    const values = Array.isArray(value) ? value : [value];
    if (!dimension) {
      fields.push({ field: `filter.${key.slice(0, 100)}`, message: `"filter" takes [${allowed.join(', ')}]` });
    } else if (values.every((one) => typeof one === 'string')) filter[dimension] = values;
    else fields.push({ field: `filter.${dimension}`, message: `"filter.${dimension}" must be an array of strings` });
  }
  if (fields.length > 0) throw invalid(fields.slice(0, 20));
  return filter;
}

function plain(text: string): string {
  return text
    .slice(0, 100)
    .replaceAll(/[\s_-]/g, '')
    .toLowerCase();
}

function invalid(fields: readonly FieldError[]): AppError {
  return new AppError('validation_error', fields[0]?.message ?? '', { fields: [...fields] });
}
