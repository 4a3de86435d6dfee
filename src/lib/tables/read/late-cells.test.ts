import { describe, expect, it } from 'vitest';
import type { ImportChoices } from '../../core/protocol/import.ts';
import { cellReader } from '../column.ts';
import { readCsv } from './read-csv.ts';

/** Rows that no guess looks at come after these. */
const EARLY = 7_000;
const ROWS = 9_000;

async function read(cell: (row: number) => string, choices: ImportChoices = {}) {
	const lines = Array.from({ length: ROWS }, (_, row) => `${cell(row)};${String(row)}`);
	const bytes = new TextEncoder().encode(`Valeur;Rang\n${lines.join('\n')}\n`);
	const { columns, report, companions } = await readCsv(bytes, { separator: ';', ...choices });
	const [column] = columns;
	const [told] = report.columns;
	if (!column || !told) throw new Error('no column');
	return { told, report, value: cellReader(column), column, companion: companions[0] };
}
/** Numbers, then now and then something else, far down. */
const late =
	(text: (row: number) => string, every = 20) =>
	(row: number): string =>
		row > EARLY && row % every === 0 ? text(row) : String(row);
const LATE = 99;

describe('codes that come after the first rows', () => {
	it.each(['x', 'F', 'NC', '*', '†'])(
		'%j is a code, not a value that does not fit',
		async (code) => {
			const { told, value, report } = await read(late(() => code));
			expect(told).toMatchObject({ type: 'integer', misfits: 0, missing: LATE });
			expect(told.codes).toEqual([{ text: code, rows: LATE }]);
			expect(told.evidence).toEqual({
				code: 'codes_among',
				details: { codes: LATE, values: ROWS }
			});
			expect(report.counts.misfit).toBeUndefined();
			expect(value(EARLY + 20)).toBeNull();
		}
	);

	it('keep the numbers that they stand beside', async () => {
		const { told, value } = await read(late((row) => `${String(row)} e`));
		expect(told).toMatchObject({ type: 'integer', misfits: 0, missing: 0 });
		expect(told.codes).toEqual([{ text: 'e', rows: LATE }]);
		expect(told.evidence.details).toEqual({ codes: LATE, values: ROWS });
		expect(value(EARLY + 20)).toBe(EARLY + 20);
	});

	it('go into a column of their own, as early ones do', async () => {
		const { companion } = await read(
			late(() => 'x'),
			{ columns: [{ codes: 'column' }] }
		);
		if (!companion) throw new Error('no column of codes');
		expect([EARLY + 19, EARLY + 20].map(cellReader(companion))).toEqual([null, 'x']);
	});

	it('are missing texts where they are among those', async () => {
		const cell = late((row) => (row % 40 ? 'x' : 'F'));
		const { told } = await read(cell, { missing: ['x'] });
		expect(told.codes).toEqual([{ text: 'F', rows: 49 }]);
		expect(told.markers).toEqual([{ text: 'x', rows: 50 }]);
	});

	it('that nobody knows do not fit, and are told by their text', async () => {
		const { told, report } = await read(late(() => 'QQ', 5));
		const rows = 399;
		expect(told).toMatchObject({ type: 'integer', misfits: rows, codes: [] });
		expect(told.misfitTexts).toEqual([{ text: 'QQ', rows }]);
		expect(told.evidence.code).toBe('most_fit');
		expect(report.warnings[0]).toMatchObject({ code: 'misfit', text: 'QQ' });
		const again = await read(
			late(() => 'QQ', 5),
			{ missing: ['QQ'] }
		);
		expect(again.told).toMatchObject({ misfits: 0, markers: [{ text: 'QQ', rows }] });
	});

	it('that nobody knows leave it a number up to one in ten, if they are few', async () => {
		expect((await read(late(() => 'QQ', 3))).told).toMatchObject({ type: 'integer', misfits: 666 });
		expect((await read(late(() => 'QQ', 2))).told.type).not.toBe('integer');
		const many = await read(late((row) => `Q${String.fromCharCode(65 + (row % 26))}`, 5));
		expect(many.told.type).not.toBe('integer');
	});

	it('are no reason to take words for numbers', async () => {
		expect((await read(late((row) => `mot ${String(row)}`, 5))).told.type).toBe('text');
	});
});

const day = (row: number): string => String(1 + (row % 28)).padStart(2, '0');
const french = (row: number): string => `${day(row)}/05/2025`;

describe('dates of more than one manner', () => {
	it.each([
		['2025-05-', ''],
		['', ' mai 2025'],
		['May ', ', 2025'],
		['202505', '']
	])('%jDD%j among those that begin with the day', async (before, after) => {
		for (const from of [0, EARLY]) {
			const { told, column } = await read((row) =>
				row >= from && row % 5 === 0 ? `${before}${day(row)}${after}` : french(row)
			);
			expect(told).toMatchObject({ type: 'date', dateOrder: 'dmy', misfits: 0, missing: 0 });
			expect(told.evidence.code).toBe('day_above_12');
			const first = Date.UTC(2025, 4, 1) / 86_400_000;
			for (const row of [0, 5, EARLY + 5, EARLY + 6])
				expect(column.type === 'date' && column.values[row]).toBe(first + (row % 28));
		}
	});

	it('eight figures that are no day do not fit', async () => {
		const { told } = await read((row) => (row % 100 === 0 ? '20251345' : french(row)));
		expect(told).toMatchObject({ type: 'date', misfits: 90 });
		expect(told.misfitTexts).toEqual([{ text: '20251345', rows: 90 }]);
	});

	it('the ambiguous ones follow the days after the 12th', async () => {
		const { told, value } = await read((row) =>
			row % 2 ? '05/04/2025' : `04/${String(13 + (row % 15))}/2025`
		);
		expect(told).toMatchObject({ type: 'date', dateOrder: 'mdy', misfits: 0 });
		expect(value(1)).toBe(Date.UTC(2025, 4, 4));
	});
});

describe('day and month that change places', () => {
	const swapped = (row: number): string => `05/${String(13 + (row % 15))}/2025`;

	it.each([0, EARLY])('from row %j on: read one way, the others told', async (from) => {
		const { told, report, value } = await read((row) =>
			row >= from && row % 5 === 0 ? swapped(row) : french(row)
		);
		const others = Math.ceil((ROWS - from) / 5);
		expect(told).toMatchObject({ type: 'date', dateOrder: 'dmy', misfits: others });
		expect(told.evidence.code).toBe('day_conflict');
		expect(told.evidence.details.others).toBeGreaterThan(0);
		const listed = report.warnings.filter(({ code }) => code === 'misfit').length;
		expect(listed).toBe(Math.min(500, others));
		expect(value(EARLY + 5)).toBeNull();
		expect(value(EARLY + 6)).not.toBeNull();
	});

	it.each([
		['', (row: number) => (row % 2 ? swapped(row) : french(row))],
		['far down', (row: number) => (row > EARLY ? swapped(row) : '03/04/2025')]
	])('as often as not, %s: a text, until a person says which comes first', async (_, cell) => {
		const { told } = await read(cell);
		expect(told).toMatchObject({ type: 'text', misfits: 0 });
		expect(told.evidence.code).toBe('day_conflict');
		for (const dateOrder of ['dmy', 'mdy'] as const) {
			const chosen = await read(cell, { dateOrder });
			expect(chosen.told).toMatchObject({ type: 'date', dateOrder });
		}
		expect((await read(cell, { dateOrder: 'dmy' })).told.misfits).toBeGreaterThan(0);
	});
});
