import { describe, expect, it } from 'vitest';
import type { TableQuery } from '../../core/protocol/table-query.ts';
import { integerColumn, textColumn } from '../column-of.ts';
import { pauser } from './pauser.ts';
import { TableSession } from './table-session.ts';

const query = (part: Partial<TableQuery>): TableQuery => ({
	sort: [],
	filters: [],
	search: null,
	writing: { yes: 'Oui', no: 'Non', decimal: ',' },
	...part
});
const columns = [
	textColumn('ville', ['Alma', 'Gaspé', 'Alma', null]),
	integerColumn('n', [3, 1, 2, 4])
];
const always = (): Promise<void> => Promise.resolve();

describe('TableSession', () => {
	it('shows what was arranged before until the next arrangement stands, and drops one that is replaced', async () => {
		const session = new TableSession(columns, always);
		const numbers = () => session.window(0, 10, ['n']).columns[0];
		const up = session.answer({
			ask: 'arrange',
			query: query({ sort: [{ column: 'n', direction: 'ascending' }] })
		});
		expect(numbers()).toEqual([3, 1, 2, 4]);
		const down = session.answer({
			ask: 'arrange',
			query: query({ sort: [{ column: 'n', direction: 'descending' }] })
		});
		expect(await up).toBeNull();
		expect(await down).toEqual({ rows: 4, found: null });
		expect(numbers()).toEqual([4, 3, 2, 1]);
		expect(session.window(0, 2, ['n']).rows).toEqual([3, 0]);
	});

	it('lists the values of a column whatever its own filter, within the others', async () => {
		const session = new TableSession(columns, always);
		const filters: TableQuery['filters'] = [
			{ column: 'ville', kind: 'values', values: ['Gaspé'], except: false },
			{ column: 'n', kind: 'range', min: 2, max: null }
		];
		expect(await session.answer({ ask: 'arrange', query: query({ filters }) })).toEqual({
			rows: 0,
			found: null
		});
		expect(await session.answer({ ask: 'values', column: 'ville', text: '' })).toEqual({
			values: [{ value: 'Alma', count: 2 }],
			matching: 1,
			missing: 1
		});
		expect(await session.answer({ ask: 'profile', column: 'n' })).toMatchObject({
			rows: 0,
			spread: null
		});
	});

	it('comes back to the only cell that is found, and refuses a column that is not there', async () => {
		const session = new TableSession(columns, always);
		const search = { text: 'gaspe', columns: ['ville', 'n'], only: false };
		expect(await session.answer({ ask: 'arrange', query: query({ search }) })).toEqual({
			rows: 4,
			found: 1
		});
		const found = { row: 1, column: 'ville' };
		for (const back of [true, false])
			expect(await session.answer({ ask: 'find', ...found, back })).toEqual(found);
		await expect(session.answer({ ask: 'profile', column: '__proto__' })).rejects.toThrow(
			'unexpected'
		);
	});

	it('tells how far an arrangement is, and summarises in steps', async () => {
		const session = new TableSession(columns, always);
		const told: number[] = [];
		await session.answer(
			{ ask: 'arrange', query: query({ sort: [{ column: 'n', direction: 'ascending' }] }) },
			(done) => told.push(done)
		);
		expect(told.length).toBeGreaterThan(0);
		expect(told).toEqual([...told].sort((a, b) => a - b));
		expect(told.every((done) => done >= 0 && done < 1)).toBe(true);
		expect((await session.summary()).columns.map(({ distinct }) => distinct)).toEqual([2, 4]);
	});
});

it('pauses once some work is done, and not before', async () => {
	let now = 0;
	const pause = pauser(() => now);
	expect(pause()).toBeUndefined();
	now = 11;
	expect(pause()).toBeUndefined();
	now = 12;
	await pause();
	expect(pause()).toBeUndefined();
	now = 24;
	expect(pause()).toBeInstanceOf(Promise);
});
