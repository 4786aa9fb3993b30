/** Puts an answer into the shape its schema declares: Java's client refuses a field it does not know (contract §1.13). */
import { resolved, type Schema } from './contract.ts';

/** What was said to stay as it is → its shape by schema. */
const constants = new WeakMap<object, Map<Schema, unknown>>();

/** An object that nobody changes any more and that stands in many answers: it is put into shape once. */
export function constant<T extends object>(value: T): T {
  constants.set(value, new Map());
  return value;
}

/** Declared fields only, in the order of the schema. @throws Error when a required one is missing: a mistake of ours. */
export function shaped(schema: Schema, value: unknown, path = 'data'): unknown {
  const own = resolved(schema);
  if (value === null || value === undefined) return value;
  if (own.anyOf) return shaped(alternative(own.anyOf, value), value, path);
  if (Array.isArray(value)) return own.items ? value.map((item) => shaped(own.items ?? {}, item, path)) : value;
  if (typeof value !== 'object' || !own.properties) return value;
  const shapes = constants.get(value);
  const known = shapes?.get(own);
  if (known !== undefined) return known;
  const given = value as Record<string, unknown>;
  const answer: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(own.properties)) {
    const field = given[name];
    if (field !== undefined) answer[name] = shaped(inner, field, `${path}.${name}`);
    else if (own.required?.includes(name)) throw new Error(`The answer lacks ${path}.${name}.`);
  }
  shapes?.set(own, answer);
  return answer;
}

/** Clients take the first alternative whose fields are exactly those that came (contract §1.13). */
function alternative(all: readonly Schema[], value: unknown): Schema {
  const real = all.filter((one) => resolved(one).type !== 'null');
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return (
    real.find((one) => {
      const { properties = {}, required = [] } = resolved(one);
      return required.every((name) => names.includes(name)) && names.every((name) => Object.hasOwn(properties, name));
    }) ??
    real[0] ??
    {}
  );
}
