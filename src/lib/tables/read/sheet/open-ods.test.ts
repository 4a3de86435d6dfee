import { describe, expect, it } from 'vitest';
import { odsFile } from '../../../../../tests/support/ods-file.ts';
import { recordsOf } from '../../../../../tests/support/records.ts';
import { zipFile } from '../../../../../tests/support/zip-file.ts';
import { InvalidError } from '../../../core/errors.ts';
import type { OpenedFile } from '../opened-file.ts';
import { openOds } from './open-ods.ts';
import { SHEET_LIMITS } from './record-writer.ts';

const open = (rows: string) => openOds(odsFile([{ name: 'F', rows }]));
const records = async (rows: string) => recordsOf(await open(rows));
const row = (cells: string, attributes = '') =>
	`<table:table-row ${attributes}>${cells}</table:table-row>`;
const text = (value: string, attributes = '') =>
	`<table:table-cell office:value-type="string" ${attributes}><text:p>${value}</text:p></table:table-cell>`;
const number = (value: string, attributes = '') =>
	`<table:table-cell office:value-type="float" office:value="${value}" calcext:value-type="float" ${attributes}><text:p>shown</text:p></table:table-cell>`;
const cell = async (xml: string) => (await records(row(xml)))[0]?.[0];
const notes = ({ notes: told }: OpenedFile) => told.map(({ code, count }) => `${code} ${count}`);
async function refusal(work: Promise<unknown>): Promise<unknown> {
	try {
		await work;
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
	return null;
}

describe('cells', () => {
	const typed = (type: string, attributes: string) =>
		`<table:table-cell office:value-type="${type}" ${attributes}><text:p>shown</text:p></table:table-cell>`;
	it.each([
		[typed('float', 'office:value="12.5"'), '#12.5'],
		[typed('float', 'office:value="1.1000000000000001"'), '#1.1'],
		[typed('percentage', 'office:value="0.726"'), '#72.6 %'],
		[typed('currency', 'office:currency="CAD" office:value="12.5"'), '#12.5 $'],
		[typed('currency', 'office:value="12.5"'), '#12.5 $'],
		[typed('currency', 'office:currency="EUR" office:value="12.5"'), '#12.5'],
		[typed('date', 'office:date-value="2024-03-09"'), '@2024-03-09'],
		[typed('date', 'office:date-value="2024-03-09T19:30:00"'), '@2024-03-09T19:30:00'],
		[
			typed('date', 'office:date-value="2024-03-09T19:30:00.250000000"'),
			'@2024-03-09T19:30:00.250'
		],
		[typed('time', 'office:time-value="PT19H30M00S"'), '19:30'],
		[typed('time', 'office:time-value="PT19H30M15.0000S"'), '19:30:15'],
		[typed('time', 'office:time-value="P1DT2H30M"'), '26:30'],
		[typed('time', 'office:time-value="-PT2H"'), '-02:00'],
		[typed('boolean', 'office:boolean-value="true"'), '?true'],
		[typed('boolean', 'office:boolean-value="false"'), '?false'],
		[typed('string', ''), 'shown'],
		[typed('string', 'office:string-value="other &amp; co"'), 'other & co'],
		[typed('string', 'office:string-value=""'), 'shown'],
		['<table:table-cell><text:p>untyped</text:p></table:table-cell>', 'untyped'],
		['<table:table-cell office:value-type="float" office:value="2"/>', '#2']
	])('%s', async (xml, expected) => expect(await cell(xml)).toBe(expected));

	it('values that are not of their type are the text shown', async () => {
		const opened = await open(
			row(
				typed('float', 'office:value="x"') +
					typed('float', '') +
					typed('date', 'office:date-value="hier"') +
					typed('date', 'office:date-value="2024-13-45"') +
					typed('time', 'office:time-value="P"')
			)
		);
		expect(recordsOf(opened)).toEqual([Array(5).fill('shown')]);
		expect(notes(opened)).toEqual(['values_as_text 5']);
	});
	it('errors are missing, and counted', async () => {
		const opened = await open(
			row(
				`${number('1')}<table:table-cell table:number-columns-repeated="2" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/D</text:p></table:table-cell>`
			)
		);
		expect([recordsOf(opened), notes(opened)]).toEqual([[['#1']], ['formula_errors 2']]);
	});

	it.each([
		['<text:p>un</text:p><text:p>deux</text:p>', 'un\ndeux'],
		['<text:p>un</text:p><text:p/><text:p>trois</text:p>', 'un\n\ntrois'],
		[
			'<text:p>a<text:s/><text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>',
			'a   b\tc\nd'
		],
		['<text:p> \n a \n  b  </text:p>', 'a b'],
		['<text:p>a <text:span>b</text:span> <text:a>c &amp; d</text:a></text:p>', 'a b c & d'],
		['<text:p>a<![CDATA[<b>]]></text:p>', 'a<b>'],
		['<office:annotation><text:p>note</text:p></office:annotation><text:p>texte</text:p>', 'texte'],
		[
			'<text:p>a<text:note><text:note-body><text:p>bas</text:p></text:note-body></text:note>b</text:p>',
			'ab'
		],
		[
			'<draw:frame><draw:text-box><text:p>boîte</text:p></draw:text-box></draw:frame><text:p>a</text:p>',
			'a'
		],
		['<text:p>&#x1F;a&#30;</text:p>', ' a '],
		['<text:p>_x000D_</text:p>', '_x000D_']
	])('the text of %s', async (xml, expected) =>
		expect(
			await cell(`<table:table-cell office:value-type="string">${xml}</table:table-cell>`)
		).toBe(expected)
	);
});

describe('rows and columns', () => {
	const BLANK = '<table:table-cell/>';
	it('repeated ones are written out; blank ones only before a value', async () =>
		expect(
			await records(
				row(`${text('a')}${number('1', 'table:number-columns-repeated="3"')}${BLANK}`) +
					row(
						'<table:table-cell table:number-columns-repeated="16384"/>',
						'table:number-rows-repeated="2"'
					) +
					row(
						`<table:table-cell table:number-columns-repeated="2"/>${text('b')}`,
						'table:number-rows-repeated="2"'
					) +
					'<table:table-row table:number-rows-repeated="3"/>' +
					row(text('c')) +
					row(
						'<table:table-cell table:number-columns-repeated="16384"/>',
						'table:number-rows-repeated="1048000"'
					)
			)
		).toEqual([
			['a', '#1', '#1', '#1'],
			[''],
			[''],
			['', '', 'b'],
			['', '', 'b'],
			[''],
			[''],
			[''],
			['c']
		]));
	it('rows in groups are rows', async () =>
		expect(
			await records(
				`<table:table-header-rows>${row(text('a'))}</table:table-header-rows><table:table-row-group>${row(text('b'))}</table:table-row-group>`
			)
		).toEqual([['a'], ['b']]));
	it('merged cells', async () => {
		const covered = '<table:covered-table-cell/>';
		const opened = await open(
			row(
				text('Rapport', 'table:number-columns-spanned="3" table:number-rows-spanned="1"') +
					covered.repeat(2)
			) +
				row(
					text('Salle', 'table:number-rows-spanned="2"') +
						text('Billets', 'table:number-columns-spanned="2"') +
						covered
				) +
				row(covered + text('Vendus') + text('Donnés')) +
				row(text('Grande', 'table:number-rows-spanned="2"') + number('1') + number('2')) +
				row(covered + number('3') + number('4'))
		);
		expect(recordsOf(opened)).toEqual([
			['Rapport'],
			['Salle', 'Billets', 'Billets'],
			['Salle', 'Vendus', 'Donnés'],
			['Grande', '#1', '#2'],
			['Grande', '#3', '#4']
		]);
		expect(notes(opened)).toEqual(['merged_cells 3']);
	});
});

describe('sheets', () => {
	const SHEETS = odsFile([
		{ name: 'caché', rows: row(number('1')), hidden: true },
		{ name: 'vide', rows: row('<table:table-cell/>') },
		{ name: 'Été & co', rows: row(number('2')) },
		{ name: 'autre', rows: row(number('3')) }
	]);
	it('the first shown that holds something, or the one chosen', async () => {
		const first = await openOds(SHEETS);
		expect([first.format, first.sheet, recordsOf(first)]).toEqual(['ods', 'Été & co', [['#2']]]);
		expect(first.sheets).toEqual([
			{ name: 'caché', rows: 1, columns: 1, hidden: true },
			{ name: 'vide', rows: 0, columns: 0, hidden: false },
			{ name: 'Été & co', rows: 1, columns: 1, hidden: false },
			{ name: 'autre', rows: 1, columns: 1, hidden: false }
		]);
		expect(recordsOf(await openOds(SHEETS, { sheet: 'autre' }))).toEqual([['#3']]);
		expect(recordsOf(await openOds(SHEETS, { sheet: 'caché' }))).toEqual([['#1']]);
	});
	it('a table before a note to the reader, though it comes after', async () => {
		const table = row(number('1') + number('2')) + row(number('3') + number('4'));
		const sheets = [{ name: 'Lisez-moi', rows: row(number('1')) }];
		const opened = await openOds(odsFile([...sheets, { name: 'Ventes', rows: table }]));
		expect(opened.sheet).toBe('Ventes');
		expect(opened.sheets[0]).toEqual({ name: 'Lisez-moi', rows: 1, columns: 1, hidden: false });
		const hidden = odsFile([...sheets, { name: 'Ventes', rows: table, hidden: true }]);
		expect((await openOds(hidden)).sheet).toBe('Lisez-moi');
	});
	it('a hidden one where none that is shown holds anything', async () =>
		expect(
			(
				await openOds(
					odsFile([
						{ name: 'vide', rows: '' },
						{ name: 'caché', rows: row(number('1')), hidden: true }
					])
				)
			).sheet
		).toBe('caché'));
	it('one that is not there, or is empty, is said so', async () => {
		expect(await refusal(openOds(SHEETS, { sheet: 'x' }))).toBe('sheet_missing');
		expect(await refusal(openOds(SHEETS, { sheet: 'vide' }))).toBe('sheet_empty');
		expect(await refusal(openOds(odsFile([])))).toBe('sheet_empty');
	});
});

describe('what cannot be read', () => {
	it.each([
		['a text', new TextEncoder().encode('ville'), 'file_damaged'],
		['one without content', odsFile([], { 'content.xml': null }), 'file_damaged'],
		[
			'one under a password',
			odsFile([], {
				'META-INF/manifest.xml':
					'<manifest:manifest><manifest:encryption-data/></manifest:manifest>'
			}),
			'file_encrypted'
		],
		[
			'a document type',
			odsFile([], { 'content.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }),
			'file_damaged'
		],
		[
			'a manifest without end',
			zipFile([{ name: 'META-INF/manifest.xml', content: 'x'.repeat(5_000_001) }]),
			'file_zip_bomb'
		]
	])('%s', async (_, bytes, code) => expect(await refusal(openOds(bytes))).toBe(code));
	it('counts that are none', async () => {
		for (const count of ['-1', 'x', '1e9', '99999999999'])
			expect(await refusal(open(row(number('1'), `table:number-rows-repeated="${count}"`)))).toBe(
				'file_damaged'
			);
	});
});

describe('limits', () => {
	const small = { ...SHEET_LIMITS, cells: 10_000, bytes: 100_000 };
	const within = (rows: string) => refusal(openOds(odsFile([{ name: 'F', rows }]), {}, small));
	it('what is repeated without end', async () => {
		expect(await within(row(number('1', 'table:number-columns-repeated="2000"')))).toBeNull();
		expect(await within(row(number('1', 'table:number-columns-repeated="2001"')))).toBe(
			'table_too_wide'
		);
		expect(await within(row(number('1'), 'table:number-rows-repeated="9000"'))).toBeNull();
		expect(await within(row(number('1'), 'table:number-rows-repeated="10001"'))).toBe(
			'sheet_too_many_cells'
		);
		expect(await within(row(text('x'.repeat(90)), 'table:number-rows-repeated="9000"'))).toBe(
			'table_too_large'
		);
		expect(await refusal(open(row(number('1'), 'table:number-rows-repeated="1048577"')))).toBe(
			'table_too_long'
		);
		expect(
			await within(row('', 'table:number-rows-repeated="999999999"').repeat(3) + row(number('1')))
		).toBe('table_too_long');
	});
	it('the length of a cell, however it is told', async () => {
		for (const long of [
			'<text:s text:c="1000001"/>',
			'<text:s text:c="999999999"/>',
			'<text:s text:c="600000"/>'.repeat(2),
			`${'x'.repeat(600_000)}<text:span>${'x'.repeat(600_000)}</text:span>`
		])
			expect(await refusal(open(row(text(long))))).toBe('sheet_cell_too_long');
	});
});
