/** What a transformation may say, and every problem of what was sent as one (contract segment-public-api §1.9, §2). */
import type { FieldError } from '../../errors.ts';
import { isMasked, MASK } from '../destinations/settings.ts';
import { compileCondition, compileValue } from '../filters/fql/fql.ts';
import { problem, textProblems } from '../problems.ts';
import { changeablePath } from './names.ts';

/** Everything but what it is called and where it holds. As it was sent: what was left out stays out. */
export interface Definition {
  readonly drop?: boolean;
  readonly newEventName?: string;
  readonly propertyRenames?: readonly { readonly oldName: string; readonly newName: string }[];
  readonly propertyValueTransformations?: readonly {
    readonly propertyPaths: readonly string[];
    readonly propertyValue: string;
  }[];
  readonly fqlDefinedProperties?: readonly { readonly fql: string; readonly propertyName: string }[];
  readonly allowProperties?: readonly string[];
  readonly hashPropertiesConfiguration?: HashConfiguration;
}

export interface HashConfiguration {
  /** `SHA256`, `sha-256` and the like. */
  readonly algorithm: string;
  readonly key?: string;
  readonly encoding?: 'BASE16' | 'BASE64' | 'BASE64URL' | 'HEX';
  readonly paths: readonly string[];
}

export const DEFINITION_FIELDS = [
  'drop',
  'newEventName',
  'propertyRenames',
  'propertyValueTransformations',
  'fqlDefinedProperties',
  'allowProperties',
  'hashPropertiesConfiguration',
] as const satisfies (keyof Definition)[];

const MAX_NAME = 255;
const MAX_VALUE = 1_000;
const MAX_ITEMS = 200;
const MAX_VALUE_TRANSFORMATIONS = 10;
const MAX_PATHS = 10;
const MAX_FQL_PROPERTIES = 1;

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  SHA224: 'sha224',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
};

/** Node's name of it; null: there is no such algorithm. */
export function algorithmOf(name: string): string | null {
  const key = name.toUpperCase().replace(/^SHA[-_]/, 'SHA');
  return Object.hasOwn(ALGORITHMS, key) ? (ALGORITHMS[key] ?? null) : null;
}

export function conditionProblems(text: string): FieldError[] {
  const wrong = textProblems('if', text, { most: 5_120 });
  const found = wrong.length > 0 ? undefined : compileCondition(text).problem;
  return found ? [problem('if', `is not valid FQL: ${found.message}`)] : wrong;
}

/** The shape is the contract's already: the doors check it. */
export function definitionProblems(definition: Definition): FieldError[] {
  const { newEventName, propertyRenames, propertyValueTransformations, allowProperties } = definition;
  const { fqlDefinedProperties, hashPropertiesConfiguration } = definition;
  return [
    ...(newEventName === undefined ? [] : textProblems('newEventName', newEventName, { most: MAX_NAME, least: 1 })),
    ...each('propertyRenames', propertyRenames, MAX_ITEMS, ({ oldName, newName }, at) => [
      ...pathProblems(`${at}.oldName`, oldName),
      ...pathProblems(`${at}.newName`, newName),
    ]),
    ...each(
      'propertyValueTransformations',
      propertyValueTransformations,
      MAX_VALUE_TRANSFORMATIONS,
      ({ propertyPaths, propertyValue }, at) => [
        ...each(`${at}.propertyPaths`, propertyPaths, MAX_PATHS, (path, inner) => pathProblems(inner, path)),
        ...textProblems(`${at}.propertyValue`, propertyValue, { most: MAX_VALUE }),
      ],
    ),
    ...each('fqlDefinedProperties', fqlDefinedProperties, MAX_FQL_PROPERTIES, ({ fql, propertyName }, at) => [
      ...expressionProblems(`${at}.fql`, fql),
      ...pathProblems(`${at}.propertyName`, propertyName),
    ]),
    ...each('allowProperties', allowProperties, MAX_ITEMS, (path, at) => pathProblems(at, path)),
    ...(hashPropertiesConfiguration ? hashProblems(hashPropertiesConfiguration) : []),
  ];
}

function each<T>(
  field: string,
  items: readonly T[] | undefined,
  most: number,
  problems: (item: T, at: string) => FieldError[],
): FieldError[] {
  if (!items) return [];
  if (items.length > most) return [problem(field, `must contain at most ${most} item${most === 1 ? '' : 's'}`)];
  return items.flatMap((item, index) => problems(item, `${field}.${index}`));
}

function pathProblems(field: string, text: string): FieldError[] {
  const wrong = textProblems(field, text, { most: MAX_NAME, least: 1 });
  if (wrong.length > 0 || changeablePath(text, 'properties')) return wrong;
  return [problem(field, 'must be the name of a property, or a path under properties, context or traits')];
}

function expressionProblems(field: string, fql: string): FieldError[] {
  const wrong = textProblems(field, fql, { most: 5_120 });
  const found = wrong.length > 0 ? undefined : compileValue(fql).problem;
  return found ? [problem(field, `is not valid FQL: ${found.message}`)] : wrong;
}

function hashProblems({ algorithm, key, paths }: HashConfiguration): FieldError[] {
  const at = 'hashPropertiesConfiguration';
  return [
    ...(algorithmOf(algorithm) === null
      ? [problem(`${at}.algorithm`, `must be one of [${Object.keys(ALGORITHMS).join(', ')}]`)]
      : []),
    ...(key === undefined ? [] : textProblems(`${at}.key`, key, { most: MAX_VALUE })),
    ...each(`${at}.paths`, paths, MAX_ITEMS, (path, inner) => pathProblems(inner, path)),
  ];
}

/** As readers see it who may not change the source: with the key of a hash, what is hashed can be guessed. */
export function withMaskedKey(definition: Definition): Definition {
  const { hashPropertiesConfiguration: hash } = definition;
  if (hash?.key === undefined) return definition;
  return { ...definition, hashPropertiesConfiguration: { ...hash, key: MASK } };
}

/** A key that comes back masked is the stored one. */
export function withStoredKey(given: Definition, stored: Definition): Definition {
  const { hashPropertiesConfiguration: hash } = given;
  const key = stored.hashPropertiesConfiguration?.key;
  if (!hash || !isMasked(hash.key) || key === undefined) return given;
  return { ...given, hashPropertiesConfiguration: { ...hash, key } };
}

export function maskedKeyProblems({ hashPropertiesConfiguration: hash }: Definition): FieldError[] {
  return isMasked(hash?.key) ? [problem('hashPropertiesConfiguration.key', 'is masked; give the key itself')] : [];
}
