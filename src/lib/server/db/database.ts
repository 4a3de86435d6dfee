/** Opens the embedded SQLite, brings its schema up to date, and says it is well. */
import Sqlite from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import * as schema from './schema.ts';

export type Database = BetterSQLite3Database<typeof schema> & { $client: Sqlite.Database };

/**
 * @param file path of the database, or ':memory:'
 * @param migrations folder of the committed SQL migrations
 */
export function openDatabase(file: string, migrations: string): Database {
	const client = new Sqlite(file);
	client.pragma('journal_mode = WAL');
	// A commit is on disk when it returns: « enregistré » must mean it.
	client.pragma('synchronous = FULL');
	client.pragma('foreign_keys = ON');
	client.pragma('busy_timeout = 5000');
	const db = drizzle(client, { schema });
	migrate(db, { migrationsFolder: migrations });
	return db;
}

/**
 * How a transaction begins: what it reads is still so when it writes, and another process that writes is waited for. One
 * that begins by reading and writes later fails at once where another wrote in between, however long it would wait.
 */
export const IMMEDIATE = { behavior: 'immediate' } as const;

/** Whether the store answers at all. */
export function answers(db: Database): boolean {
	try {
		db.$client.prepare('select 1').get();
		return true;
	} catch {
		return false;
	}
}

/** Whether an error says that the store cannot be written now: its disk is full or broken, or the file may not be written. */
export const storeFails = (cause: unknown): boolean =>
	/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|BUSY|LOCKED)/.test(
		String((cause as { code?: unknown } | null)?.code)
	);
