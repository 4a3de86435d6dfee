import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../tests/support/records.ts';
import { InvalidError } from '../../../core/errors.ts';
import type { ValueType } from '../../../core/dataset/value-type.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../../column-of.ts';
import type { Column } from '../../column.ts';
import { openWorkbook } from '../../read/sheet/open-workbook.ts';
import { inflateWhole, InflateBudget } from '../../read/zip/inflate.ts';
import { readZipEntries } from '../../read/zip/zip-entries.ts';
import { sheetName } from './sheet-name.ts';
import { MAX_SHEET_ROWS, writeWorkbook, type WorkbookOptions } from './write-workbook.ts';

async function bytesOf(
	columns: readonly Column[],
	options: WorkbookOptions = {}
): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array[] = [];
	for await (const piece of writeWorkbook(columns, options)) pieces.push(piece);
	return new Uint8Array(Buffer.concat(pieces));
}
const readBack = async (columns: readonly Column[], options: WorkbookOptions = {}) =>
	openWorkbook(await bytesOf(columns, options));
async function partOf(file: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
	const entry = readZipEntries(file).find((one) => one.name === name);
	if (!entry) throw new Error(`no ${name}`);
	return new TextDecoder().decode(await inflateWhole(file, entry, new InflateBudget()));
}
async function refusal(work: () => Promise<unknown>): Promise<unknown> {
	try {
		await work();
	} catch (error) {
		if (error instanceof InvalidError) return [error.code, error.details];
		throw error;
	}
	return null;
}
const as = (column: Column, valueType: ValueType): Column => ({ ...column, valueType });
const day = (iso: string) => Date.parse(iso);

describe('a table as a workbook', () => {
	it('keeps the type of each column, and what is missing', async () => {
		const opened = await readBack(
			[
				textColumn('Salle', ['Été & <co>', null, 'Été & <co>']),
				numberColumn('Nombre', [0.1 + 0.2, -1e21, null]),
				as(numberColumn('Montant', [1234.5, null, -0]), 'money'),
				as(numberColumn('Taux', [72.6, 0, 100]), 'percent'),
				integerColumn('Billets', [2_147_483_647, null, -3]),
				dateColumn('Date', [day('2024-03-09'), day('1900-03-01'), null]),
				dateTimeColumn('Début', ['2024-03-09T19:30:00', null, '9999-12-31T23:59:59']),
				dateTimeColumn('Vu', ['2024-03-09T19:30:00.250', '2024-03-09T00:00:00', null]),
				booleanColumn('Abonné', [true, false, null]),
				as(textColumn('Heure', ['19:30', '09:05:07', null]), 'time')
			],
			{ title: 'Ventes 2024' }
		);
		expect(recordsOf(opened)).toEqual([
			['Salle', 'Nombre', 'Montant', 'Taux', 'Billets', 'Date', 'Début', 'Vu', 'Abonné', 'Heure'],
			[
				'Été & <co>',
				'#0.30000000000000004',
				'#1234.5 $',
				'#72.6 %',
				'#2147483647',
				'@2024-03-09',
				'@2024-03-09T19:30:00',
				'@2024-03-09T19:30:00.250',
				'?true',
				'19:30'
			],
			[
				'',
				'#-1e+21',
				'',
				'#0 %',
				'',
				'@1900-03-01',
				'',
				'@2024-03-09T00:00:00',
				'?false',
				'09:05:07'
			],
			['Été & <co>', '', '#0 $', '#100 %', '#-3', '', '@9999-12-31T23:59:59']
		]);
		expect([opened.sheet, opened.notes]).toEqual(['Ventes 2024', []]);
	});

	it('a text is never a formula, and stays what it is', async () => {
		const texts = [
			'=1+1',
			'+cmd',
			'@SUM(A1)',
			'-1',
			'007',
			' espaces ',
			'un\ndeux\ttrois',
			'_x0041_',
			'😀',
			'#N/A',
			''
		];
		const file = await bytesOf([textColumn('=A1', texts)]);
		expect(recordsOf(await openWorkbook(file))).toEqual(
			[['=A1'], ...texts.map((text) => [text])].slice(0, -1)
		);
		for (const { name } of readZipEntries(file))
			expect(await partOf(file, name)).not.toMatch(/<f[ >]/);
	});
	it('what XML cannot hold is written out', async () => {
		const file = await bytesOf([textColumn('v', ['a\u0001b\r\n\uffff'])]);
		expect(await partOf(file, 'xl/sharedStrings.xml')).toContain('a_x0001_b_x000D_\n_xFFFF_</t>');
	});
	it('dates that have no number are texts, numbers that are none errors', async () => {
		const opened = await readBack([
			dateColumn('d', [day('1867-07-01'), day('1900-02-28')]),
			dateTimeColumn('m', ['1867-07-01T12:00:00', '2024-03-09T00:00:00']),
			numberColumn('n', [NaN, Infinity])
		]);
		expect(recordsOf(opened)).toEqual([
			['d', 'm', 'n'],
			['1867-07-01', '1867-07-01T12:00:00.000'],
			['1900-02-28', '@2024-03-09T00:00:00']
		]);
		expect(opened.notes).toEqual([{ code: 'formula_errors', count: 2 }]);
	});
	it('every moment of a century is read back as it was, to the millisecond', async () => {
		let state = 5;
		const moments = Array.from({ length: 3000 }, () => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return new Date(Math.floor((state / 2 ** 32) * 100 * 365.25 * 86_400_000))
				.toISOString()
				.slice(0, -1);
		});
		const [, ...records] = recordsOf(await readBack([dateTimeColumn('m', moments)]));
		expect(records).toEqual(moments.map((text) => [`@${text.replace('.000', '')}`]));
	});
	it('beyond the 26th column, and without rows or columns', async () => {
		const many = Array.from({ length: 800 }, (_, i) => integerColumn(`c${i}`, [i]));
		expect(recordsOf(await readBack(many))).toEqual([
			many.map(({ name }) => name),
			many.map((_, i) => `#${i}`)
		]);
		expect(recordsOf(await readBack([textColumn('vide', [])]))).toEqual([['vide']]);
		expect(await refusal(() => readBack([]))).toEqual(['sheet_empty', {}]);
	});
	it('is the same bytes each time; its header stays in sight', async () => {
		const columns = [textColumn('a', ['x', 'y']), numberColumn('b', [1, 2])];
		const file = await bytesOf(columns);
		expect(await bytesOf(columns)).toEqual(file);
		expect(await partOf(file, 'xl/worksheets/sheet1.xml')).toMatch(
			/<pane ySplit="1"[^>]*state="frozen"/
		);
	});
	it('lets others work, and stops when told', async () => {
		const column = integerColumn(
			'n',
			Array.from({ length: 50_000 }, (_, i) => i)
		);
		let pauses = 0;
		await bytesOf([column], { pause: async () => void pauses++ });
		expect(pauses).toBe(2);
		const stop = () => Promise.reject(new InvalidError('import_stopped'));
		expect(await refusal(() => bytesOf([column], { pause: stop }))).toEqual(['import_stopped', {}]);
		for await (const piece of writeWorkbook([column])) {
			expect(piece.length).toBeGreaterThan(0);
			break;
		}
	});
});

describe('what no workbook can hold', () => {
	it('more rows than a sheet has', async () => {
		const rows = (count: number): Column => ({
			...{ name: 'n', type: 'integer', missing: count, length: count },
			...{ values: new Int32Array(count), valid: new Uint8Array((count + 7) >> 3) }
		});
		expect(writeWorkbook([rows(MAX_SHEET_ROWS - 1)])).toBeDefined();
		expect(await refusal(async () => writeWorkbook([rows(MAX_SHEET_ROWS)]))).toEqual([
			'workbook_too_long',
			{ max: 1_048_575 }
		]);
	});
	it('more columns', async () =>
		expect(
			await refusal(async () => writeWorkbook(Array(16_385).fill(integerColumn('n', []))))
		).toEqual(['table_too_wide', { max: 16_384 }]));
	it('texts longer than its cells', async () => {
		expect(recordsOf(await readBack([textColumn('v', ['é'.repeat(32_767)])]))[1]?.[0]).toHaveLength(
			32_767
		);
		expect(
			await refusal(async () => writeWorkbook([textColumn('v', ['é'.repeat(32_768)])]))
		).toEqual(['workbook_text_too_long', { column: 'v', max: 32_767 }]);
	});
});

it.each([
	['Ventes 2024', 'Ventes 2024'],
	['', 'Données'],
	[' a/b: [c]? * \\ ', 'a b c'],
	["'été'", 'été'],
	['History', 'Données'],
	['x'.repeat(40), 'x'.repeat(31)],
	[`${'x'.repeat(30)}😀`, 'x'.repeat(30)]
])('the sheet of %j is named %j', (title, name) => expect(sheetName(title)).toBe(name));
