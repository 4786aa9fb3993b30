/** What a function may be: the checks that need no database. */

import { storableText } from '../../db/text.ts';
import type { FieldError } from '../../errors.ts';
import { problem } from '../problems.ts';
import type { SettingDefinition } from './queries.ts';

export const MAX_CODE = 524_288;
const MAX_NAME = 200;
const MAX_TEXT = 2_000;
const MAX_URL = 2_048;
const MAX_SETTINGS = 100;
const MAX_SETTING_NAME = 100;

export interface FunctionFields {
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly description?: string | undefined;
  readonly logoUrl?: string | undefined;
  readonly settings?: readonly SettingDefinition[] | undefined;
}

/** Fields are called as the Public API calls them. */
export function problemsOf({ name, code, description, logoUrl, settings }: FunctionFields): FieldError[] {
  const problems: FieldError[] = [];
  const text = (field: string, value: string | undefined, most: number, mayBeEmpty = false) => {
    if (value === undefined) return;
    if (value === '' && !mayBeEmpty) problems.push(problem(field, 'is not allowed to be empty'));
    if (storableText(value) !== value) problems.push(problem(field, 'must not contain NUL or half a character'));
    if (value.length > most)
      problems.push(problem(field, `length must be less than or equal to ${most} characters long`));
  };
  text('displayName', name, MAX_NAME);
  text('code', code, MAX_CODE);
  text('description', description, MAX_TEXT, true);
  text('logoUrl', logoUrl, MAX_URL, true);
  if (logoUrl !== undefined && logoUrl !== '' && !/^https?:\/\//.test(logoUrl)) {
    problems.push(problem('logoUrl', 'must be a URL that starts with https:// or http://'));
  }
  if (settings === undefined) return problems;
  if (settings.length > MAX_SETTINGS) {
    return [...problems, problem('settings', `must contain less than or equal to ${MAX_SETTINGS} items`)];
  }
  const names = new Set<string>();
  settings.forEach((setting, n) => {
    text(`settings.${n}.name`, setting.name, MAX_SETTING_NAME);
    text(`settings.${n}.label`, setting.label, MAX_NAME, true);
    text(`settings.${n}.description`, setting.description, MAX_TEXT, true);
    if (setting.name === '__proto__') problems.push(problem(`settings.${n}.name`, 'must be another name'));
    if (names.has(setting.name)) problems.push(problem(`settings.${n}.name`, 'must not be the name of two settings'));
    names.add(setting.name);
  });
  return problems;
}

/** As they are kept: the declared fields, nothing else. */
export function definitionsOf(settings: readonly SettingDefinition[]): SettingDefinition[] {
  return settings.map(({ name, label, description, type, required, sensitive }) => ({
    name,
    label,
    description,
    type,
    required,
    sensitive,
  }));
}
