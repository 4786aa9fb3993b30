/** Column types that the row types of every area are made of. */
import type { ColumnType } from 'kysely';

export type Time = ColumnType<Date, Date | string, Date | string>;
export type DefaultTime = ColumnType<Date, Date | string | undefined, Date | string>;
/** Written as JSON text, read parsed. */
export type Json<T> = ColumnType<T, string, string>;
export type DefaultJson<T> = ColumnType<T, string | undefined, string>;

export interface Scoped {
  workspace_id: string;
  environment: 'live' | 'test';
}
