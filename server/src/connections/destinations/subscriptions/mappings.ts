/**
 * Settings of a subscription: for each field of its action a value, or a directive that says where in the event to take it
 * from. Checked against the action's fields; directives are checked by their names, what they find shows at delivery.
 */
import type { FieldError } from '../../../errors.ts';
import type { Action, ActionField } from '../../catalog/catalog.ts';
import { jsonProblem, named, problem } from '../../problems.ts';
import { isMasked } from '../settings.ts';

const MAX_SETTINGS = 256 * 1_024;
const MAX_PROBLEMS = 100;

/** Of the framework that runs actions: every action has them, whether or not it lists them. */
const COMMON = /^(enable_batching|batch_size|batch_keys|batch_bytes|__\w+)$/;

const DIRECTIVES = new Set(
  [
    '@path @template @literal @if @case @switch @arrayPath @flatten @json @merge @transform @excludeWhenNull @liquid',
    '@replace @event @payload @trim @equals',
  ]
    .join(' ')
    .split(' '),
);

export function isSecretField({ type }: ActionField): boolean {
  return type === 'PASSWORD';
}

/**
 * Every failing field, as `settings.<key>`.
 * @param merged what the settings would be; null: required fields may still be missing.
 */
export function mappingProblems(
  action: Action,
  given: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, unknown>> | null,
  merged: Readonly<Record<string, unknown>> | null,
): FieldError[] {
  const whole = jsonProblem('settings', given, MAX_SETTINGS);
  if (whole) return [whole];
  const fields = new Map(action.fields.map((field) => [field.fieldKey, field]));
  const problems: FieldError[] = [];
  for (const [key, value] of Object.entries(given)) {
    const path = named('settings', key);
    const field = fields.get(key);
    if (!field && !COMMON.test(key)) problems.push(problem(path, 'is not allowed'));
    else if (value !== null) problems.push(...valueProblems(path, field, value, stored));
    if (problems.length >= MAX_PROBLEMS) return problems;
  }
  if (!merged) return problems;
  for (const { fieldKey, required, defaultValue } of action.fields) {
    const value = merged[fieldKey];
    if (required && defaultValue === undefined && (value === undefined || value === null || value === '')) {
      problems.push(problem(`settings.${fieldKey}`, 'is required'));
    }
  }
  return problems;
}

function valueProblems(
  path: string,
  field: ActionField | undefined,
  value: unknown,
  stored: Readonly<Record<string, unknown>> | null,
): readonly FieldError[] {
  const directives = directiveProblems(path, value);
  if (directives.length > 0 || isDirective(value) || !field) return directives;
  if (isSecretField(field) && isMasked(value)) {
    if (stored && Object.hasOwn(stored, field.fieldKey)) return [];
    return [problem(path, 'is masked; give the secret itself')];
  }
  if (Array.isArray(value) && field.multiple) {
    return value.flatMap((item, n) => (isDirective(item) ? [] : literalProblems(`${path}.${n}`, field, item)));
  }
  return literalProblems(path, field, value);
}

function literalProblems(
  path: string,
  { type, choices, multiple, dynamic }: ActionField,
  value: unknown,
): FieldError[] {
  const text = typeof value === 'string';
  // What is put together from the event is known only then.
  if (text && value.includes('{{')) return [];
  switch (type) {
    case 'BOOLEAN':
      return typeof value === 'boolean' || value === 'true' || value === 'false'
        ? []
        : [problem(path, 'must be a boolean')];
    case 'NUMBER':
    case 'INTEGER':
      return typeof value === 'number' || (text && value.trim() !== '' && Number.isFinite(Number(value)))
        ? []
        : [problem(path, 'must be a number')];
    case 'OBJECT':
      return typeof value === 'object' ? [] : [problem(path, 'must be of type object')];
    case 'DATETIME':
      return text || typeof value === 'number' ? [] : [problem(path, 'must be a date')];
    default:
      if (!text && !(multiple && Array.isArray(value))) return [problem(path, 'must be a string')];
      if (!text || !choices || dynamic || value === '' || choices.some((choice) => choice.value === value)) return [];
      return [problem(path, `must be one of [${choices.map((choice) => choice.value).join(', ')}]`)];
  }
}

function isDirective(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).some((key) => key.startsWith('@'))
  );
}

function directiveProblems(path: string, value: unknown): FieldError[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  if (isDirective(value)) {
    const unknown = entries.find(([key]) => !DIRECTIVES.has(key));
    if (unknown) return [problem(path, `must be a directive that there is, not ${named('', unknown[0]).slice(1)}`)];
  }
  return entries.flatMap(([key, inner]) => directiveProblems(named(path, key), inner));
}
