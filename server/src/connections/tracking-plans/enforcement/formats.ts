/** The types and formats that a schema may ask for; a format of another name asks nothing. */
import { fastFormats } from 'ajv-formats/dist/formats.js';
import { isObject } from '../json.ts';

export const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map(
  (['date-time', 'date', 'time', 'email', 'uri', 'uuid', 'ipv4', 'ipv6', 'hostname'] as const).flatMap((name) => {
    const format: unknown = fastFormats[name];
    if (format instanceof RegExp) return [[name, (text: string) => format.test(text)] as const];
    const validate = isObject(format) ? format['validate'] : format;
    if (validate instanceof RegExp) return [[name, (text: string) => validate.test(text)] as const];
    if (typeof validate === 'function') return [[name, (text: string) => Boolean(validate(text))] as const];
    return [];
  }),
);

export function isOf(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
