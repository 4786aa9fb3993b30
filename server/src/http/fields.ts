/** Rules name fields in one way; a door whose bodies call them otherwise tells its callers of theirs. */
import { AppError } from '../errors.ts';

/** Runs `work`; the fields of its refusal get the names that `rename` gives them. */
export async function withFieldNames<T>(rename: (field: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fields = error instanceof AppError ? error.details.fields : undefined;
    if (!(error instanceof AppError) || !fields) throw error;
    const renamed = fields.map(({ field, message }) => ({
      field: rename(field),
      message: message.replace(`"${field}"`, `"${rename(field)}"`),
    }));
    throw new AppError(error.code, renamed[0]?.message ?? error.message, { ...error.details, fields: renamed });
  }
}

/** By the first part of their dotted path. */
export function firstPart(names: Readonly<Record<string, string>>, prefix = ''): (field: string) => string {
  return (field) => {
    const [first = '', ...rest] = field.split('.');
    return prefix + [Object.hasOwn(names, first) ? names[first] : first, ...rest].join('.');
  };
}
