/** Columns that the tables write alike. */
import { integer, text } from 'drizzle-orm/sqlite-core';

/** A `core/ids` text. */
export const id = () => text('id').primaryKey();

/** Milliseconds since the epoch. */
export const time = (name: string) => integer(name);
