import { expect, test } from 'vitest';
import { NOTHING_SAID } from '../core/dataset/about.ts';
import { AppError } from '../core/errors.ts';
import type { ExportWanted } from '../core/protocol/export.ts';
import type { ImportAnswer, ImportRequest } from '../core/protocol/import.ts';
import type { TableQuery } from '../core/protocol/table-query.ts';
import { StoredTable } from './stored-table.svelte.ts';

const wanted: ExportWanted = {
	...{ format: 'csv', csv: 'fr', language: 'fr', arranged: null, terms: [] },
	facts: {
		...{ slug: 'ventes', version: 1, createdAt: 0, title: 'Ventes', description: '' },
		...{ about: NOTHING_SAID, columns: [], sources: [], contributors: [], synthetic: false },
		licence: { name: 'CC0-1.0', url: null },
		publication: 'rows',
		terms: { validUntil: null, purpose: '', acknowledgement: '', remuneration: '' }
	}
};
const made = { name: 'ventes-v1.zip', file: new Blob(['PK']), rows: 2, neutralised: 0 };

/** The worker's end, played by the test. */
async function opened(record: () => Promise<void> = () => Promise.resolve()) {
	const asked: ImportRequest[] = [];
	const recorded: (readonly [string, string])[] = [];
	let say: (answer: ImportAnswer) => void = () => {};
	const table = new StoredTable({
		startWorker: (hear) => {
			say = hear;
			return { post: (request) => asked.push(request), close: () => {} };
		},
		load: () => Promise.resolve({ bytes: new ArrayBuffer(8), source: {} as never }),
		record: (name, hash) => {
			recorded.push([name, hash]);
			return record();
		}
	});
	await table.open('ventes@1.arrow');
	const idOf = (type: ImportRequest['type']): number => {
		const request = asked.findLast((one) => one.type === type);
		if (!request || !('id' in request)) throw new Error(`nothing asked for ${type}`);
		return request.id;
	};
	return { table, asked, recorded, idOf, say: (answer: ImportAnswer) => say(answer) };
}
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => 'done',
		(error: unknown) => (error instanceof AppError ? error.code : error)
	);

test('an export tells how far it is, and is handed over once it is written down', async () => {
	const { table, recorded, idOf, say } = await opened();
	const told: (number | null)[] = [];
	const signal = new AbortController().signal;
	const work = table.export(wanted, 'abc', { progress: (done) => told.push(done), signal });
	const id = idOf('export');
	say({ type: 'exporting', id, done: null });
	say({ type: 'exporting', id, done: 0.5 });
	expect(recorded).toEqual([]);
	say({ type: 'exported', id, made });
	expect(await work).toBe(made);
	expect(told).toEqual([null, 0.5]);
	expect(recorded).toEqual([['ventes@1.arrow', 'abc']]);
});

test('an export that the server refuses to write down is not handed over', async () => {
	const { table, idOf, say } = await opened(() => Promise.reject(new AppError('not_found')));
	const signal = new AbortController().signal;
	const work = table.export(wanted, 'abc', { progress: () => {}, signal });
	say({ type: 'exported', id: idOf('export'), made });
	expect(await codeOf(work)).toBe('not_found');
});

test('an export is stopped in the worker too, and is then not written down', async () => {
	const { table, asked, recorded, idOf, say } = await opened();
	const stop = new AbortController();
	const told: unknown[] = [];
	const watch = { progress: (done: unknown) => told.push(done), signal: stop.signal };
	const work = codeOf(table.export(wanted, 'abc', watch));
	stop.abort();
	expect(asked.at(-1)).toEqual({ type: 'cancel-export' });
	expect(await work).toBe('import_stopped');
	say({ type: 'exporting', id: idOf('export'), done: 0.5 });
	say({ type: 'exported', id: idOf('export'), made });
	expect([told, recorded]).toEqual([[], []]);
	expect(await codeOf(table.export(wanted, 'abc', watch))).toBe('import_stopped');
});

test('what the worker refuses is told', async () => {
	const { table, idOf, say } = await opened();
	const signal = new AbortController().signal;
	const work = table.export(wanted, 'abc', { progress: () => {}, signal });
	say({ type: 'failed', id: idOf('export'), code: 'workbook_too_long', details: { max: 9 } });
	expect(await codeOf(work)).toBe('workbook_too_long');
});

test('it says whether the grid shows other rows, or another order', async () => {
	const { table, idOf, say } = await opened();
	async function arrange(query: Partial<TableQuery>) {
		const writing = { yes: 'oui', no: 'non', decimal: ',' } as const;
		const whole: TableQuery = { sort: [], filters: [], search: null, writing, ...query };
		const work = table.explorer.arrange(whole, () => {});
		say({ type: 'told', id: idOf('ask'), reply: { rows: 1, found: null } });
		await work;
		return table.arranged?.rows ?? null;
	}
	const search = { text: 'x', columns: ['a'], only: false };
	expect(await arrange({})).toBeNull();
	expect(await arrange({ search })).toBeNull();
	expect(await arrange({ search: { ...search, only: true } })).toBe(1);
	expect(await arrange({ filters: [{ column: 'a', kind: 'missing' }] })).toBe(1);
	expect(await arrange({ sort: [{ column: 'a', direction: 'ascending' }] })).toBe(1);
	expect(await arrange({})).toBeNull();
});
