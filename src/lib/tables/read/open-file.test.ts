import { describe, expect, it } from 'vitest';
import { InvalidError } from '../../core/errors.ts';
import { encodeTable } from '../arrow.ts';
import { dateColumn, numberColumn, textColumn } from '../column-of.ts';
import { cellReader } from '../column.ts';
import { openFile } from './open-file.ts';
import { readTable } from './read-table.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const said = async (bytes: Uint8Array<ArrayBuffer>, name = 'a') => {
	try {
		return (await openFile(bytes, name)).format;
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
};

describe('opening a file', () => {
	it.each([
		['a;b\n1;2\n', 'x', 'delimited'],
		['{a};b\n1;2\n', 'x.csv', 'delimited'],
		['[a];b\n1;2\n', 'x.csv', 'delimited'],
		['[{"a":1}]', 'x.csv', 'json'],
		['\ufeff \n{"a":[{"b":1}]}', 'x', 'json'],
		['{"a":1}\n{"a":2}\n', 'x.ndjson', 'ndjson']
	])('%j, called %s, is %s', async (text, name, format) =>
		expect(await said(utf8(text), name)).toBe(format)
	);

	it('tells binary formats by their first bytes, and refuses what is none', async () => {
		expect(await said(encodeTable([numberColumn('a', [1])]), 'x.csv')).toBe('arrow');
		expect(await said(utf8('PAR1 and nothing more'), 'x.csv')).toBe('parquet_unreadable');
		expect(await said(utf8('PK\x03\x04'), 'x.csv')).toBe('file_damaged');
		expect(await said(utf8('%PDF-1.7'))).toBe('csv_other_format');
		expect(await said(new Uint8Array(0))).toBe('csv_empty');
	});
});

describe('typed columns', () => {
	const opened = async () =>
		openFile(
			encodeTable([
				{ ...numberColumn('prix', [12.5, null, 0]), valueType: 'money' },
				textColumn('ville', ['Alma', null, '=x']),
				dateColumn('jour', ['2024-02-29', null, '1969-12-31'])
			]),
			'ventes.arrow'
		);
	const values = async (choices: Parameters<typeof readTable>[1]) => {
		const { columns, report } = await readTable(await opened(), choices);
		return {
			report,
			cells: columns.map((column) => column && [0, 1, 2].map(cellReader(column)))
		};
	};

	it('keep the types that the file gives them', async () => {
		const { report, cells } = await values({});
		expect(report.columns.map(({ type, evidence }) => [type, evidence.code])).toEqual([
			['money', 'file_type'],
			['text', 'file_type'],
			['date', 'file_type']
		]);
		expect(cells).toEqual([
			[12.5, null, 0],
			['Alma', null, '=x'],
			[Date.parse('2024-02-29'), null, Date.parse('1969-12-31')]
		]);
		expect(report.file.format).toBe('arrow');
	});

	it('become what a person chooses, and say what did not fit', async () => {
		const { report, cells } = await values({
			columns: [{ type: 'text', name: 'Prix' }, { type: 'number' }, { type: 'datetime' }]
		});
		expect(cells).toEqual([
			['12.5', null, '0'],
			[null, null, null],
			[Date.parse('2024-02-29'), null, Date.parse('1969-12-31')]
		]);
		expect(report.warnings).toEqual([
			{ code: 'misfit', line: 1, row: 1, column: 1, text: 'Alma' },
			{ code: 'misfit', line: 3, row: 3, column: 1, text: '=x' }
		]);
		expect(report.counts.misfit).toBe(2);
	});

	it('lose their zeros, or are left out, when that is chosen', async () => {
		const { cells } = await values({ columns: [{ zeroMissing: true }, { keep: false }] });
		expect(cells.slice(0, 2)).toEqual([[12.5, null, null], null]);
	});
});
