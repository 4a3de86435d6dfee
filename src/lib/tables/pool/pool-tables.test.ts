import { describe, expect, it } from 'vitest';
import { readContract, type ContractColumn } from '../../core/pool/contract.ts';
import { unmapped, type ColumnMapping } from '../../core/pool/mapping.ts';
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
import { cellReader, type Column } from '../column.ts';
import { applyForPeriod, applyMapping, withoutProblems } from './apply-mapping.ts';
import { concatenate, withoutRows } from './concatenate.ts';
import { LISTED_PROBLEMS, ProblemList, problemsCsv } from './problems.ts';
import { readPool } from './read-pool.ts';
import { distinctTexts, sourceColumns } from './source-columns.ts';
import { periodsIn } from './validate.ts';

const words = (text: string) => ({ fr: text, en: text });
const contractOf = (columns: object[], more: object = {}) =>
	readContract({
		title: words('t'),
		columns: columns.map((column) => ({ label: words('x'), ...column })),
		terms: { licence: 'CC-BY-4.0', publication: 'rows' },
		...more
	});
const cells = (column: Column | undefined): unknown[] => {
	if (!column) return [];
	const read = cellReader(column);
	return Array.from({ length: column.length }, (_, row) => read(row));
};
/** One column made another: what comes out, and what is wrong by row. */
const convert = (
	source: Column,
	type: string,
	how: Partial<ColumnMapping> = {},
	more: Partial<ContractColumn> = {}
) => {
	const contract = contractOf([{ name: 'x', type, ...more }]);
	const applied = applyMapping([source], [{ ...unmapped('x'), source: 0, ...how }], contract);
	return {
		cells: cells(applied.columns[0]),
		problems: applied.problems
			.list(['x'], applied.sources)
			.map(({ row, code, text }) => `${row} ${code} ${text}`)
	};
};
const text = (...values: (string | null)[]): Column => textColumn('c', values);
const day = (iso: string): number => Date.parse(`${iso}Z`);

describe('conversions', () => {
	it.each([
		['integer', text('12', '1 234', 'x', null), [12, 1234, null, null], ['3 wrong_type x']],
		['integer', text('1,5'), [null], ['1 wrong_type 1,5']],
		['money', text('1\u00a0234,56 $', '-3,00'), [1234.56, -3], []],
		['money', text('1,234.56', '7.5'), [1234.56, 7.5], []],
		['percent', text('72,6 %'), [72.6], []],
		['number', integerColumn('c', [3, null]), [3, null], []],
		['number', text('n.d.', '..'), [null, null], []],
		['integer', numberColumn('c', [3, 3.5]), [3, null], ['2 wrong_type 3.5']],
		['integer', numberColumn('c', [3e9]), [null], ['1 wrong_type 3000000000']],
		['number', dateColumn('c', ['2025-01-01']), [null], ['1 wrong_type 2025-01-01']],
		['date', text('09/03/2025', '31/12/2024'), [day('2025-03-09'), day('2024-12-31')], []],
		['date', text('03/09/2025', '12/31/2024'), [day('2025-03-09'), day('2024-12-31')], []],
		['date', dateTimeColumn('c', ['2025-03-09T19:30']), [day('2025-03-09')], []],
		['date', text('30/02/2025'), [null], ['1 wrong_type 30/02/2025']],
		['datetime', dateColumn('c', ['2025-03-09']), [day('2025-03-09')], []],
		['time', text('19 h 30', '7 PM', 'soir'), ['19:30', '19:00', null], ['3 wrong_type soir']],
		['time', dateTimeColumn('c', ['2025-03-09T19:30']), ['19:30'], []],
		['time', integerColumn('c', [19]), [null], ['1 wrong_type 19']],
		['boolean', text('Oui', 'no', '1', '2'), [true, false, true, null], ['4 wrong_type 2']],
		['boolean', integerColumn('c', [1, 0]), [true, false], []],
		['integer', booleanColumn('c', [true, false]), [1, 0], []],
		['region', text('Mtl', 'Ontario'), ['Montréal', null], ['2 wrong_type Ontario']],
		['region', integerColumn('c', [3]), ['Capitale-Nationale'], []],
		['postal_area', text('h2x 1y4'), ['H2X'], []],
		['identifier', integerColumn('c', [7]), ['7'], []],
		['text', dateColumn('c', ['2025-03-09']), ['2025-03-09'], []],
		[
			'url',
			text('https://exemple.org', 'exemple'),
			['https://exemple.org', null],
			['2 wrong_type exemple']
		]
	])('to %s (%#)', (type, source, values, problems) =>
		expect(convert(source, type)).toEqual({ cells: values, problems })
	);

	it.each([
		['from_thousands', text('1,23456'), 1234.56],
		['from_thousands', numberColumn('c', [1.23456]), 1234.56],
		['to_thousands', numberColumn('c', [1234.5]), 1.2345],
		['from_share', numberColumn('c', [0.726]), 72.6],
		['to_share', text('72,6 %'), 0.726],
		['from_share', integerColumn('c', [1]), 100]
	] as const)('%s (%#)', (unit, source, value) =>
		expect(convert(source, 'number', { unit }).cells).toEqual([value])
	);

	it('reads what it is told, not what it would guess', () => {
		expect(convert(text('03/04/2025'), 'date', { dateOrder: 'mdy' }).cells).toEqual([
			day('2025-03-04')
		]);
		expect(convert(text('1,234'), 'number', { decimal: '.' }).cells).toEqual([1234]);
		expect(convert(text('1,234'), 'number', { decimal: ',' }).cells).toEqual([1.234]);
	});

	it('maps values, by its spellings and by what the person decided', () => {
		const allowed = [
			{ value: 'Web', synonyms: ['Internet'] },
			{ value: 'Guichet', synonyms: [] }
		];
		expect(
			convert(
				text('internet', 'WEB', 'Comptoir', 'Sans', 'Fax', ' Web '),
				'category',
				{
					values: [
						['Comptoir', 'Guichet'],
						['Sans', null]
					]
				},
				{ allowed }
			)
		).toEqual({
			cells: ['Web', 'Web', 'Guichet', null, 'Fax', 'Web'],
			problems: ['5 not_allowed Fax']
		});
	});

	it('fills a column with what a person typed once', () => {
		const contract = contractOf([{ name: 'x', type: 'region', required: true }]);
		const source = integerColumn('n', [1, 2]);
		const of = (constant: string | null) =>
			applyMapping([source], [{ ...unmapped('x'), constant }], contract);
		expect(cells(of('Mtl').columns[0])).toEqual(['Montréal', 'Montréal']);
		expect(of(null).problems.counts(1)).toEqual({ codes: [['required_missing', 2]], columns: [2] });
	});
});

const codes = {
	wrong_type: 'p',
	required_missing: 'p',
	not_allowed: 'p',
	out_of_range: 'p',
	out_of_period: 'p',
	key_duplicated: 'p'
};

describe('what does not meet the contract', () => {
	const contract = contractOf(
		[
			{ name: 'id', type: 'identifier', required: true },
			{ name: 'jour', type: 'date', required: true },
			{ name: 'n', type: 'integer', min: 0, max: 10 }
		],
		{ key: ['id', 'jour'], period: { column: 'jour', grain: 'year' } }
	);
	const columns = [
		textColumn('A', ['1', '1', '2', null, '3', '1']),
		textColumn('B', ['2025-01-01', '2025-01-02', 'hier', '2025-01-01', '2024-12-31', '2025-01-01']),
		integerColumn('C', [0, 10, 11, null, -1, 5])
	];
	const mapping = contract.columns.map(({ name }, source) => ({ ...unmapped(name), source }));

	it('is told row by row, each cell once', () => {
		const { problems, sources } = applyMapping(columns, mapping, contract, '2025');
		expect(
			problems
				.list(
					contract.columns.map(({ name }) => name),
					sources
				)
				.map(({ row, column, code, text }) => [row, column, code, text].join(' '))
		).toEqual([
			'3 jour wrong_type hier',
			'3 n out_of_range 11',
			'4 id required_missing ',
			'5 jour out_of_period 2024-12-31',
			'5 n out_of_range -1',
			'6 id key_duplicated 1'
		]);
		expect(problems.flaggedRows).toBe(4);
		expect(problems.counts(3)).toEqual({
			codes: [
				['wrong_type', 1],
				['required_missing', 1],
				['out_of_range', 2],
				['out_of_period', 1],
				['key_duplicated', 1]
			],
			columns: [2, 2, 2]
		});
	});
	it('is left out with its row; the table that is left is whole', () => {
		const kept = withoutProblems(applyMapping(columns, mapping, contract, '2025'));
		expect(kept.map(cells)).toEqual([
			['1', '1'],
			[day('2025-01-01'), day('2025-01-02')],
			[0, 10]
		]);
		expect(() => checkArrow(encodeTable(kept))).not.toThrow();
	});
	it('of a table of several periods, one is looked at alone', () => {
		const several = [
			textColumn('A', ['1', '1', '2', '2']),
			textColumn('B', ['2024-05-01', '2025-05-01', '2025-05-01', 'hier']),
			integerColumn('C', [-5, 1, 2, 3])
		];
		const byId = contractOf(
			contract.columns.map((column) => ({ ...column })),
			{ key: ['id'], period: contract.period }
		);
		const of = (asked: string | null) => applyForPeriod(several, mapping, byId, asked);
		expect(of(null)).toMatchObject({ period: '2025', elsewhere: 1 });
		// The same key in another period is another row; the row without a date is told in any.
		expect(of(null).problems.counts(3).codes).toEqual([
			['wrong_type', 1],
			['key_duplicated', 1]
		]);
		expect(withoutProblems(of(null)).map(cells)[2]).toEqual([1, 2]);
		expect(of('2024').problems.counts(3).codes).toEqual([
			['wrong_type', 1],
			['out_of_range', 1]
		]);
		expect(of('1999').period).toBe('2025');
		expect(
			applyForPeriod(several, mapping, contractOf([{ name: 'id', type: 'text' }]), null)
		).toMatchObject({ period: '', periods: [], elsewhere: 0 });
	});
	it('finds the periods that are there', () => {
		const applied = applyMapping(columns, mapping, contract);
		expect(periodsIn(applied.columns, contract)).toEqual([
			{ period: '2024', rows: 1 },
			{ period: '2025', rows: 4 }
		]);
	});
	it('is listed up to a limit, and all of it in a file', () => {
		const rows = LISTED_PROBLEMS + 100;
		const bad = [textColumn('A', new Array<string>(rows).fill('x'))];
		const one = contractOf([{ name: 'n', type: 'integer' }]);
		const { problems, sources } = applyMapping(bad, [{ ...unmapped('n'), source: 0 }], one);
		expect(problems.list(['n'], sources, LISTED_PROBLEMS)).toHaveLength(LISTED_PROBLEMS);
		const csv = problemsCsv(problems.list(['n'], sources), {
			header: ['Ligne', 'Colonne', 'Problème', 'Valeur'],
			codes: { ...codes, wrong_type: '«wrong_type, "x"»' }
		});
		expect(csv.split('\r\n')).toHaveLength(rows + 2);
		expect(csv.split('\r\n')[1]).toBe('1,n,"«wrong_type, ""x""»",x');
	});
	it('is kept for the first rows, and counted for all', () => {
		const problems = new ProblemList(1000, null, 10);
		// Column by column, as they are found; the second one backwards.
		for (let row = 0; row < 1000; row++) problems.add(row, 0, 'wrong_type');
		for (let row = 999; row >= 0; row--) problems.add(row, 1, 'not_allowed');
		const listed = problems.list(['a', 'b'], [null, null], 10);
		expect(listed.map(({ row, column }) => `${row}${column}`)).toEqual(
			[1, 2, 3, 4, 5].flatMap((row) => [`${row}a`, `${row}b`])
		);
		expect(problems.list(['a', 'b'], [null, null]).length).toBeLessThan(20);
		expect([problems.size, problems.flaggedRows]).toEqual([2000, 1000]);
		expect(problems.counts(3)).toEqual({
			codes: [
				['wrong_type', 1000],
				['not_allowed', 1000]
			],
			columns: [1000, 1000, 0]
		});
		const none = new ProblemList(8, null, 0);
		none.add(3, 0, 'wrong_type');
		expect([none.size, none.flaggedRows, none.list(['a'], [null])]).toEqual([1, 1, []]);
	});
	it('a cell that a spreadsheet would run is a text in the file', () => {
		const line = (cell: string): string | undefined =>
			problemsCsv([{ row: 1, column: 'n', code: 'wrong_type', text: cell }], {
				header: ['a', 'b', 'c', 'd'],
				codes
			}).split('\r\n')[1];
		expect(line('=1+1')).toBe("1,n,p,'=1+1");
		expect(line(' =1+1')).toBe("1,n,p,' =1+1");
		expect(line('\uff0b1+1')).toBe("1,n,p,'\uff0b1+1");
		expect(line('@SUM(A1)')).toBe("1,n,p,'@SUM(A1)");
		expect(line('-12,5')).toBe('1,n,p,"-12,5"');
	});
});

describe('one table of several', () => {
	it('keeps texts once, in order, and none that no row holds', () => {
		const made = concatenate('x', 'text', 'category', [
			{ column: text('b', 'a', null), rows: 3, without: Uint8Array.of(0b001) },
			{ column: null, rows: 2, without: null },
			{ column: text('a', 'c'), rows: 2, without: null }
		]);
		expect(cells(made)).toEqual(['a', null, null, null, 'a', 'c']);
		expect(made).toMatchObject({ length: 6, missing: 3, valueType: 'category' });
		expect(made.type === 'text' && made.dictionary.offsets.length).toBe(3);
	});
	it('refuses to mix types', () =>
		expect(() =>
			concatenate('x', 'text', undefined, [
				{ column: integerColumn('x', [1]), rows: 1, without: null }
			])
		).toThrow(RangeError));
	it('every type passes as it was, through Arrow too', () => {
		const columns = [
			textColumn('t', ['a', null, 'é', 'a']),
			numberColumn('n', [1.5, null, -0.25, 3]),
			integerColumn('i', [1, 2, null, 4]),
			dateColumn('d', ['2025-01-01', null, '1969-12-31', '2025-01-01']),
			dateTimeColumn('dt', ['2025-01-01T10:00', null, 0, 1]),
			booleanColumn('b', [true, false, null, true])
		];
		const twice = columns.map((column) =>
			concatenate(
				column.name,
				column.type,
				undefined,
				[column, column].map((piece) => ({ column: piece, rows: 4, without: null }))
			)
		);
		const read = checkArrow(encodeTable(twice));
		read.forEach((column, i) =>
			expect(cells(column)).toEqual([...cells(columns[i]), ...cells(columns[i])])
		);
		expect(encodeTable(withoutRows(columns, new Uint8Array(1)))).toEqual(encodeTable(columns));
		expect(withoutRows(columns, Uint8Array.of(0b1010)).map((column) => column.length)).toEqual(
			columns.map(() => 2)
		);
	});
	it('a pool says whose each row is; a column that came later is missing before', () => {
		const contract = contractOf([
			{ name: 'a', type: 'integer' },
			{ name: 'b', type: 'text' }
		]);
		const pool = readPool(contract, [
			{ organisation: 'X', columns: [integerColumn('a', [1, 2])] },
			{ organisation: 'Y', columns: [integerColumn('a', [3]), textColumn('b', ['z'])] }
		]);
		expect(pool.map(({ name }) => name)).toEqual(['organisme', 'a', 'b']);
		expect(pool.map(cells)).toEqual([
			['X', 'X', 'Y'],
			[1, 2, 3],
			[null, null, 'z']
		]);
		expect(readPool(contract, []).map((column) => column.length)).toEqual([0, 0, 0]);
	});
	it('shows some distinct values of each column', () => {
		const dates = dateColumn('d', ['2025-01-01', '2025-01-01', null]);
		expect(distinctTexts(dates, 5)).toEqual(['2025-01-01']);
		expect(distinctTexts(text('a', 'b', 'c'), 2)).toEqual(['a', 'b']);
		expect(sourceColumns([integerColumn('i', [1])])).toEqual([
			{ name: 'i', type: 'integer', samples: ['1'], distinct: null }
		]);
	});
});
