import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import { InvalidError } from '../../core/errors.ts';
import { MERGE_MODES, type MergeMode } from '../../core/dataset/recipe.ts';
import { encodeTable } from '../arrow.ts';
import { checkArrow } from '../check-arrow.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../column-of.ts';
import { cellReader, dictionaryReader, dictionarySize, type Column } from '../column.ts';
import { mergeByKey } from './merge-by-key.ts';

type Cell = string | number | boolean | null;

const valuesOf = (column: Column | undefined): Cell[] => {
	if (!column) throw new Error('no column');
	const read = cellReader(column);
	return Array.from({ length: column.length }, (_, row) => read(row));
};
const rowsOf = (columns: readonly Column[]): Cell[][] => {
	const values = columns.map(valuesOf);
	return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
		values.map((column) => column[row] ?? null)
	);
};
const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
	return 'done';
};

const before = [
	integerColumn('no', [1, 2, 3, null, 2]),
	textColumn('ville', ['Laval', 'Québec', 'Gaspé', 'Alma', 'Rimouski']),
	numberColumn('prix', [10, 20.5, 30, 40, 50])
];
const after = [
	textColumn('ville', ['Lévis', null, 'Matane', 'Magog']),
	integerColumn('no', [2, 7, null, 7]),
	booleanColumn('payé', [true, false, null, true])
];

describe('a new export', () => {
	it('is added below', () => {
		const { columns, counts } = mergeByKey(before, after, null, 'add');
		expect(columns.map(({ name, type }) => [name, type])).toEqual([
			['no', 'integer'],
			['ville', 'text'],
			['prix', 'number'],
			['payé', 'boolean']
		]);
		expect(rowsOf(columns).slice(4, 7)).toEqual([
			[2, 'Rimouski', 50, null],
			[2, 'Lévis', null, true],
			[7, null, null, false]
		]);
		expect(counts).toEqual({
			kept: 5,
			replaced: 0,
			added: 4,
			dropped: { before: 0, after: 0 },
			duplicates: null,
			withoutKey: null,
			overlap: null
		});
	});
	it('replaces what is there', () => {
		const { columns, counts } = mergeByKey(before, after, ['no'], 'replace');
		expect(columns).toBe(after);
		expect(counts).toEqual({
			kept: 0,
			replaced: 0,
			added: 4,
			dropped: { before: 5, after: 0 },
			duplicates: { before: 1, after: 1 },
			withoutKey: { before: 1, after: 1 },
			overlap: { key: ['no'], common: 1, onlyBefore: 2, onlyAfter: 1 }
		});
	});
	it('is merged by its key: new rows win, in the place of those that were there', () => {
		const { columns, counts } = mergeByKey(before, after, ['no'], 'merge');
		expect(rowsOf(columns)).toEqual([
			[1, 'Laval', 10, null],
			// What the new table does not have stays.
			[2, 'Lévis', 20.5, true],
			[3, 'Gaspé', 30, null],
			[null, 'Alma', 40, null],
			[null, 'Matane', null, null],
			[7, 'Magog', null, true]
		]);
		expect(counts).toMatchObject({
			kept: 3,
			replaced: 1,
			added: 2,
			dropped: { before: 1, after: 1 }
		});
	});
	it('lets a missing value win', () => {
		const { columns } = mergeByKey(
			[integerColumn('no', [1]), textColumn('ville', ['Laval'])],
			[integerColumn('no', [1]), textColumn('ville', [null])],
			['no'],
			'merge'
		);
		expect(rowsOf(columns)).toEqual([[1, null]]);
	});
	it('leaves nothing of a replaced value in the bytes', () => {
		const { columns } = mergeByKey(before, after, ['no'], 'merge');
		const ville = columns[1];
		if (ville?.type !== 'text') throw new Error('no text');
		const read = dictionaryReader(ville.dictionary);
		expect(
			Array.from({ length: dictionarySize(ville.dictionary) }, (_, code) => read(code))
		).toEqual(['Laval', 'Lévis', 'Gaspé', 'Alma', 'Matane', 'Magog']);
	});
});

describe('types', () => {
	it('widen to what holds both', () => {
		const day = Date.UTC(2024, 4, 31);
		const columnsOf = (...columns: Column[]) => columns;
		const { columns } = mergeByKey(
			columnsOf(
				integerColumn('a', [1]),
				integerColumn('b', [1]),
				dateColumn('c', [day]),
				dateTimeColumn('d', [day + 1]),
				booleanColumn('e', [true]),
				dateColumn('f', [day])
			),
			columnsOf(
				numberColumn('a', [0.5]),
				textColumn('b', ['x']),
				dateTimeColumn('c', ['2024-05-31T19:30']),
				textColumn('d', [null]),
				integerColumn('e', [3]),
				dateColumn('f', [null])
			),
			null,
			'add'
		);
		expect(columns.map(({ type }) => type)).toEqual([
			'number',
			'text',
			'text',
			'text',
			'text',
			'date'
		]);
		expect(rowsOf(columns)).toEqual([
			[1, '1', '2024-05-31', '2024-05-31T00:00:00.001', 'true', day],
			[0.5, 'x', '2024-05-31T19:30:00', null, '3', null]
		]);
	});
	it('keep what values are where both say the same', () => {
		const money = { ...numberColumn('prix', [1]), valueType: 'money' as const };
		const plain = numberColumn('prix', [2]);
		const of = (one: Column, other: Column) =>
			mergeByKey([one], [other], null, 'add').columns[0]?.valueType;
		expect(of(money, money)).toBe('money');
		expect(of(money, plain)).toBeUndefined();
		expect(of(plain, money)).toBeUndefined();
		const [, kept] = mergeByKey([textColumn('a', ['x'])], [money], null, 'add').columns;
		expect(kept?.valueType).toBe('money');
	});
	it('of keys: a whole number is the number, a text is the text that it writes', () => {
		const common = (one: Column, other: Column) =>
			mergeByKey([one], [other], ['k'], 'merge').counts.overlap?.common;
		expect(common(integerColumn('k', [1, 2]), numberColumn('k', [2, 2.5]))).toBe(1);
		expect(common(integerColumn('k', [1, 2]), textColumn('k', ['2', '02']))).toBe(1);
		expect(common(textColumn('k', ['é', 'E']), textColumn('k', ['e', 'é']))).toBe(1);
		expect(common(booleanColumn('k', [true, false]), booleanColumn('k', [true]))).toBe(1);
		expect(
			common(dateTimeColumn('k', [2 ** 52, 2 ** 52 + 1]), dateTimeColumn('k', [2 ** 52 + 1]))
		).toBe(1);
	});
});

describe('what cannot be merged', () => {
	it('is refused', () => {
		expect(codeOf(() => mergeByKey(before, after, null, 'merge'))).toBe('merge_key_required');
		expect(codeOf(() => mergeByKey(before, after, [], 'merge'))).toBe('merge_key_required');
		expect(codeOf(() => mergeByKey(before, after, ['prix'], 'merge'))).toBe('merge_key_unknown');
		expect(codeOf(() => mergeByKey(before, after, ['payé'], 'add'))).toBe('merge_key_unknown');
	});
	it('is refused where it would be longer or wider than a table may be', () => {
		const within = (rows: number, columns: number) =>
			codeOf(() => mergeByKey(before, after, null, 'add', { rows, columns }));
		expect(within(9, 4)).toBe('done');
		expect(within(8, 4)).toBe('table_too_long');
		expect(within(9, 3)).toBe('table_too_wide');
	});
});

// ---------------------------------------------------------------- against a naive model

interface Model {
	readonly names: readonly string[];
	readonly rows: readonly ReadonlyMap<string, Cell>[];
}
const modelOf = (columns: readonly Column[]): Model => ({
	names: columns.map(({ name }) => name),
	rows: rowsOf(columns).map((row) => new Map(row.map((cell, i) => [columns[i]?.name ?? '', cell])))
});

function naive(old: Model, next: Model, key: readonly string[], mode: MergeMode): Model {
	if (mode === 'replace') return next;
	const names = [...new Set([...old.names, ...next.names])];
	if (mode === 'add') return { names, rows: [...old.rows, ...next.rows] };
	const keyOf = (row: ReadonlyMap<string, Cell>): string | null => {
		const cells = key.map((name) => row.get(name) ?? null);
		return cells.includes(null) ? null : JSON.stringify(cells);
	};
	const same = (row: ReadonlyMap<string, Cell>) => (other: ReadonlyMap<string, Cell>) =>
		keyOf(row) !== null && keyOf(row) === keyOf(other);
	const rows: ReadonlyMap<string, Cell>[] = [];
	old.rows.forEach((row, i) => {
		const wins = next.rows.filter(same(row)).at(-1);
		if (!wins) rows.push(row);
		else if (old.rows.findIndex(same(row)) === i) rows.push(new Map([...row, ...wins]));
	});
	next.rows.forEach((row, i) => {
		if (keyOf(row) === null) rows.push(row);
		else if (!old.rows.some(same(row)) && next.rows.findLastIndex(same(row)) === i) rows.push(row);
	});
	return { names, rows };
}

describe('against a naive model', () => {
	const NAMES = ['k1', 'k2', 'a', 'b', '__proto__'];
	/** The type of a column is that of its name, so that nothing widens. */
	const column = (name: string, length: number, random: () => number): Column => {
		const pick = (most: number): number | null =>
			random() < 0.15 ? null : Math.floor(random() * most);
		const picks = Array.from({ length }, () => pick(name.startsWith('k') ? 4 : 1_000));
		switch (name) {
			case 'k1':
				return textColumn(
					name,
					picks.map((n) => (n === null ? null : `é${n}`))
				);
			case 'k2':
				return dateColumn(
					name,
					picks.map((n) => (n === null ? null : n * 86_400_000))
				);
			case 'a':
				return numberColumn(
					name,
					picks.map((n) => (n === null ? null : n / 8))
				);
			case 'b':
				return booleanColumn(
					name,
					picks.map((n) => (n === null ? null : n % 2 === 0))
				);
			default:
				return textColumn(
					name,
					picks.map((n) => (n === null ? null : `t${n % 7}`))
				);
		}
	};
	const tableOf = (random: () => number): Column[] => {
		const length = Math.floor(random() * 24);
		return NAMES.filter((name) => name.startsWith('k') || random() < 0.6)
			.map((name) => ({ name, at: random() }))
			.sort((one, other) => one.at - other.at)
			.map(({ name }) => column(name, length, random));
	};
	it.each(MERGE_MODES)('%s gives the same rows, in the same order', (mode) => {
		for (let seed = 1; seed <= 400; seed++) {
			const random = seeded(seed);
			const [old, next] = [tableOf(random), tableOf(random)];
			const key = random() < 0.5 ? ['k1'] : ['k2', 'k1'];
			const { columns, counts } = mergeByKey(old, next, key, mode);
			const wanted = naive(modelOf(old), modelOf(next), key, mode);
			const where = `seed ${seed}`;
			expect(
				columns.map(({ name }) => name),
				where
			).toEqual(wanted.names);
			expect(rowsOf(columns), where).toEqual(
				wanted.rows.map((row) => wanted.names.map((name) => row.get(name) ?? null))
			);
			expect(counts.kept + counts.replaced + counts.added, where).toBe(wanted.rows.length);
			expect(counts.kept + counts.replaced + counts.dropped.before, where).toBe(old[0]?.length);
			if (mode !== 'replace')
				expect(counts.replaced + counts.added + counts.dropped.after, where).toBe(next[0]?.length);
			// What is made can be stored as it is.
			if (columns[0]?.length)
				expect(rowsOf(checkArrow(encodeTable(columns)))).toEqual(rowsOf(columns));
		}
	});
});
