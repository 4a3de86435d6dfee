/** What a migration must keep of the stores that are already there. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { datasets } from './schema.ts';

interface Steps {
	entries: { tag: string }[];
}

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'carnet-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The store as it was once `tag` was the last migration. */
function storeAt(tag: string) {
	const then = join(folder, 'drizzle');
	cpSync('drizzle', then, { recursive: true });
	const path = join(then, 'meta/_journal.json');
	const journal = JSON.parse(readFileSync(path, 'utf8')) as Steps;
	const last = journal.entries.findIndex((entry) => entry.tag === tag);
	expect(last).toBeGreaterThanOrEqual(0);
	writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
	return openDatabase(join(folder, 'carnet.sqlite'), then).$client;
}

it('a version withdrawn before keeps the reason that its report gave; one that stands has none', () => {
	const before = storeAt('0001_report_version_withdrawal');
	before.exec(`
		insert into people (id, kind, display_name, created_at) values ('ana', 'account', 'Ana', 1);
		insert into notebooks (id, owner_id, title, lang, created_at, updated_at) values ('n', 'ana', 'N', 'fr', 1, 1);
		insert into reports (id, slug, notebook_id, owner_id, created_at, withdrawn_reason)
			values ('r', 'rapport', 'n', 'ana', 1, 'Une erreur.');
		insert into report_versions
			(id, report_id, lang, number, content, notebook_id, notebook_version_id, published_by, published_at, withdrawn_at)
			values ('v1', 'r', 'fr', 1, '{}', 'n', 'x', 'ana', 1, 2), ('v2', 'r', 'fr', 2, '{}', 'n', 'x', 'ana', 3, null);
	`);
	before.close();
	const now = openDatabase(join(folder, 'carnet.sqlite'), 'drizzle').$client;
	const reasons = now.prepare('select id, withdrawn_reason from report_versions order by id').raw();
	expect(reasons.all()).toEqual([
		['v1', 'Une erreur.'],
		['v2', null]
	]);
	now.close();
});

it('a dataset of before is under the narrowest of the terms that came since', () => {
	const before = storeAt('0005_report_withdrawn_by_administrator');
	before.exec(`
		insert into people (id, kind, display_name, created_at) values ('ana', 'account', 'Ana', 1);
		insert into organisations (id, name, created_at) values ('o', 'Salle', 1);
		insert into datasets (id, slug, organisation_id, title, licence, publication, created_by, created_at, withdrawn_at)
			values ('d', 'billets', 'o', 'Billets', 'CC-BY-4.0', 'aggregates', 'ana', 1, 2);
	`);
	before.close();
	const now = openDatabase(join(folder, 'carnet.sqlite'), 'drizzle');
	expect(now.select().from(datasets).all()).toMatchObject([
		{
			title: 'Billets',
			publication: 'aggregates',
			audience: 'granted',
			minimumGroup: 10,
			validUntil: null,
			about: null,
			columnsAbout: null,
			withdrawnAt: 2,
			purgeAt: null,
			purgedAt: null
		}
	]);
	now.$client.close();
});

it('what was written before versions were kept by themselves is not owed one', () => {
	const before = storeAt('0008_notebook_history');
	before.exec(`
		insert into people (id, kind, display_name, created_at) values ('ana', 'account', 'Ana', 1);
		insert into notebooks (id, owner_id, title, lang, created_at, updated_at) values ('n', 'ana', 'N', 'fr', 1, 7);
		insert into notebooks (id, owner_id, title, lang, created_at, updated_at) values ('o', 'ana', 'O', 'fr', 1, 1);
		insert into notebook_updates (notebook_id, "update", person_id, at) values ('n', x'00', 'ana', 5), ('n', x'00', 'ana', 7);
		insert into notebook_history (id, notebook_id, kind, name, content, bytes, created_by, created_at)
			values ('v', 'n', 'named', 'Avant', '{}', 2, 'ana', 3);
	`);
	before.close();
	const now = openDatabase(join(folder, 'carnet.sqlite'), 'drizzle').$client;
	const owed = now.prepare('select id, history_seq, history_at from notebooks order by id').raw();
	expect(owed.all()).toEqual([
		['n', 2, 7],
		['o', 0, 1]
	]);
	expect(now.prepare('select people, since from notebook_history').raw().all()).toEqual([
		['[]', null]
	]);
	now.close();
});

it('numbers of frozen states go on, and an excerpt of before is nobody’s but who sent it', () => {
	const before = storeAt('0011_proposals');
	before.exec(`
		insert into people (id, kind, display_name, created_at) values ('ana', 'account', 'Ana', 1);
		insert into notebooks (id, owner_id, title, lang, created_at, updated_at, deleted_at)
			values ('n', 'ana', 'N', 'fr', 1, 1, null), ('o', 'ana', 'O', 'fr', 1, 1, 5);
		insert into notebook_versions (id, notebook_id, number, state, reason, created_by, created_at)
			values ('v', 'n', 2, x'00', 'fork', 'ana', 1), ('w', 'n', 7, x'00', 'fork', 'ana', 1);
		insert into threads (id, notebook_id, anchor, excerpt, created_by, created_at)
			values ('t', 'n', '{"kind":"cell","cell":"a"}', 'dit', 'ana', 1);
	`);
	before.close();
	const now = openDatabase(join(folder, 'carnet.sqlite'), 'drizzle').$client;
	const rows = now.prepare('select id, frozen_number, purge_at, purged_at from notebooks').raw();
	expect(rows.all()).toEqual([
		['n', 7, null, null],
		['o', 0, null, null]
	]);
	expect(now.prepare('select excerpt, excerpt_checked from threads').raw().all()).toEqual([
		['dit', 0]
	]);
	now.close();
});
