/** Two connections to one store: the server's, and another process's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { IMMEDIATE, openDatabase, type Database } from './database.ts';
import { organisations } from './schema.ts';

let folder: string;
let here: Database;
let elsewhere: Database;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'carnet-database-'));
	const file = join(folder, 'carnet.sqlite');
	[here, elsewhere] = [openDatabase(file, 'drizzle'), openDatabase(file, 'drizzle')];
	elsewhere.$client.pragma('busy_timeout = 0');
});
afterEach(() => {
	here.$client.close();
	elsewhere.$client.close();
	rmSync(folder, { recursive: true });
});

const add = (db: Pick<Database, 'insert'>, id: string): unknown =>
	db.insert(organisations).values({ id, name: id, createdAt: 1 }).run();
const names = (db: Database): string[] =>
	db
		.select({ id: organisations.id })
		.from(organisations)
		.all()
		.map(({ id }) => id);

it('a transaction that reads and then writes keeps its turn: it is the other process that waits', () => {
	here.transaction((tx) => {
		expect(tx.select().from(organisations).all()).toEqual([]);
		expect(() => add(elsewhere, 'other')).toThrow('database is locked');
		add(tx, 'own');
	}, IMMEDIATE);
	add(elsewhere, 'other');
	expect(names(here).sort()).toEqual(['other', 'own']);
});
