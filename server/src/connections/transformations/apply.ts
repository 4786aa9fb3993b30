/**
 * What a transformation makes of an event that it is about. Everything is read as it was before this transformation began,
 * so that two properties can swap their names; then: event name, renames, values, FQL-defined, allowed, hashed.
 */
import { createHash, createHmac } from 'node:crypto';
import type { JsonObject } from '../../events/types.ts';
import { compileCondition, compileValue, type Expression, type Predicate } from '../filters/fql/fql.ts';
import { copyOf, isObject, type Path, read, remove, write } from '../filters/paths.ts';
import { changeablePath, type Root, rootOf } from './names.ts';
import { algorithmOf, type Definition, type HashConfiguration } from './transformation.ts';

export interface TransformationRule {
  readonly id: string;
  readonly name: string;
  /** null: the stored statement does not parse (any more). Events of its source are refused rather than let through as they are. */
  readonly matches: Predicate | null;
  readonly drop: boolean;
  /** @returns a copy. */
  readonly changed: (event: JsonObject) => JsonObject;
}

export type Transformed =
  /** The same object when nothing was changed, else a copy. */
  | { readonly payload: JsonObject; readonly droppedBy?: never; readonly tooLarge?: never }
  | { readonly droppedBy: TransformationRule; readonly tooLarge: boolean; readonly payload?: never };

/** Of JSON, four times what an event may have: each of a hundred transformations could double it. */
const MAX_CHARACTERS = 128 * 1024;
const TOO_LARGE = Symbol('too large');

export function transformationRule(from: {
  id: string;
  name: string;
  condition: string;
  definition: Definition;
}): TransformationRule {
  const { id, name, condition, definition } = from;
  const matches = compileCondition(condition).run ?? null;
  // One for each place that events have their own fields in.
  const steps = { properties: stepsOf(definition, 'properties'), traits: stepsOf(definition, 'traits') };
  return {
    id,
    name,
    matches,
    drop: definition.drop === true,
    changed(before) {
      const event = copyOf(before);
      for (const step of steps[rootOf(event['type']) ?? 'properties']) step(event, before);
      return event;
    },
  };
}

/** One after the other, in the order they were made: each sees what those before it made. */
export function applyTransformations(rules: readonly TransformationRule[], event: JsonObject): Transformed {
  let payload = event;
  for (const rule of rules) {
    if (rule.matches !== null && !rule.matches(payload)) continue;
    if (rule.matches === null || rule.drop) return { droppedBy: rule, tooLarge: false };
    try {
      payload = rule.changed(payload);
      checkSize([payload]);
    } catch (error) {
      if (error !== TOO_LARGE) throw error;
      return { droppedBy: rule, tooLarge: true };
    }
  }
  return { payload };
}

/** @throws TOO_LARGE, before the first one too many is looked at. */
function checkSize(values: Iterable<unknown>): void {
  let characters = 0;
  for (const value of values) {
    characters += JSON.stringify(value)?.length ?? 0;
    if (characters > MAX_CHARACTERS) throw TOO_LARGE;
  }
}

type Step = (event: JsonObject, before: JsonObject) => void;

function stepsOf(definition: Definition, root: Root): Step[] {
  const { newEventName, propertyRenames = [], propertyValueTransformations = [] } = definition;
  const { fqlDefinedProperties = [], allowProperties = [], hashPropertiesConfiguration } = definition;
  const path = (name: string): Path => changeablePath(name, root) ?? [root, name];
  const steps: Step[] = [];
  if (newEventName !== undefined) {
    steps.push((event) => {
      if (event['type'] === 'track') event['event'] = newEventName;
    });
  }
  if (propertyRenames.length > 0) {
    const renames = propertyRenames.map(({ oldName, newName }) => ({ from: path(oldName), to: path(newName) }));
    steps.push((event, before) => rename(renames, event, before));
  }
  for (const { propertyPaths, propertyValue } of propertyValueTransformations) {
    const paths = propertyPaths.map(path);
    steps.push((event) => {
      for (const one of paths) write(event, one, propertyValue);
    });
  }
  for (const { fql, propertyName } of fqlDefinedProperties)
    steps.push(defined(compileValue(fql).run, path(propertyName)));
  if (allowProperties.length > 0) steps.push(allowed(allowProperties.map(path)));
  if (hashPropertiesConfiguration) steps.push(hashed(hashPropertiesConfiguration, path));
  return steps;
}

function rename(renames: readonly { from: Path; to: Path }[], event: JsonObject, before: JsonObject): void {
  const found = renames.flatMap(({ from, to }) => {
    const value = read(before, from);
    return value === undefined ? [] : [{ from, to, value }];
  });
  // One property may be given many names.
  checkSize(found.map(({ value }) => value));
  for (const { from } of found) remove(event, from);
  for (const { to, value } of found) write(event, to, copyOf(value));
}

/** A property of its own that an event without any gets them for. Nothing is written for null. */
function defined(expression: Expression | undefined, path: Path): Step {
  return (event, before) => {
    const value = expression?.(before) ?? null;
    if (value === null) return;
    const [root = ''] = path;
    if (path.length === 2 && event[root] === undefined) event[root] = {};
    write(event, path, copyOf(value));
  };
}

/** Of each object that one of the paths is in, only what the paths name stays. */
function allowed(paths: readonly Path[]): Step {
  const byRoot = Map.groupBy(paths, ([root = '']) => root);
  return (event) => {
    for (const [root, inside] of byRoot) {
      if (!isObject(event[root])) continue;
      const kept: JsonObject = {};
      for (const path of inside) copyInto(kept, event, path);
      event[root] = isObject(kept[root]) ? kept[root] : {};
    }
  };
}

function copyInto(target: JsonObject, event: JsonObject, path: Path): void {
  const value = read(event, path);
  if (value === undefined) return;
  for (let length = 1; length < path.length; length++) {
    const holder = path.slice(0, length);
    if (read(target, holder) === undefined) write(target, holder, {});
  }
  write(target, path, value);
}

const ENCODINGS = { BASE16: 'hex', HEX: 'hex', BASE64: 'base64', BASE64URL: 'base64url' } as const;

/** Texts, numbers and booleans; what is missing or null stays so, and of lists and objects their JSON is hashed. */
function hashed({ algorithm, key, encoding = 'HEX', paths }: HashConfiguration, path: (name: string) => Path): Step {
  const name = algorithmOf(algorithm) ?? 'sha256';
  const wanted = paths.map(path);
  return (event) => {
    for (const one of wanted) {
      const value = read(event, one);
      if (value === undefined || value === null) continue;
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const digest = key ? createHmac(name, key) : createHash(name);
      write(event, one, digest.update(text).digest(ENCODINGS[encoding]));
    }
  };
}
