/** What a field of an action gets: a path of the event, a plain value, or JSON for everything else. */

export type Mode = 'path' | 'value' | 'json';

export interface FieldValue {
  mode: Mode;
  text: string;
}

/** As the API has it → as it is edited. */
export function fieldValueOf(value: unknown): FieldValue {
  const path = pathIn(value);
  if (path !== null) return { mode: 'path', text: path };
  if (typeof value === 'string') return { mode: 'value', text: value };
  return { mode: 'json', text: value === undefined ? '' : JSON.stringify(value, null, 2) };
}

/** As it was edited → as the API takes it. @throws SyntaxError for JSON that is none. */
export function settingOf({ mode, text }: FieldValue): unknown {
  if (mode === 'path') return { '@path': text.trim() };
  if (mode === 'value') return text;
  return JSON.parse(text) as unknown;
}

function pathIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return null;
  const path = (value as Record<string, unknown>)['@path'];
  return typeof path === 'string' ? path : null;
}
