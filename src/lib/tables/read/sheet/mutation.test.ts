/** Whatever is done to a workbook's bytes, it is read or refused: nothing else is thrown, and nothing takes long. */
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../tests/fuzz/random.ts';
import { odsParts } from '../../../../../tests/support/ods-file.ts';
import { workbookParts } from '../../../../../tests/support/workbook-file.ts';
import { zipFile, type ZipPart } from '../../../../../tests/support/zip-file.ts';
import { InvalidError } from '../../../core/errors.ts';
import { openOds } from './open-ods.ts';
import { openWorkbook } from './open-workbook.ts';

/** Flips, cuts, repeats, moves or inserts; inserted are bytes that mean something to one of the readers. */
const MEANINGFUL = '<>/&;"=!-[]?:0129rstvAZ\u0000\u001e\u001f\u00ff';
function mutate(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
	const at = next(bytes.length);
	const length = 1 + next(Math.min(60, bytes.length));
	switch (next(6)) {
		case 0: {
			const copy = bytes.slice();
			copy[at] = (copy[at] ?? 0) ^ (1 << next(8));
			return copy;
		}
		case 1:
			return bytes.slice(0, at);
		case 2:
			return concat(bytes.subarray(0, at), bytes.subarray(at + length));
		case 3:
			return concat(bytes.subarray(0, at + length), bytes.subarray(at));
		case 4: {
			const from = next(bytes.length);
			const copy = bytes.slice();
			copy.set(bytes.subarray(from, from + Math.min(length, bytes.length - at)), at);
			return copy;
		}
		default: {
			const copy = bytes.slice();
			copy[at] = MEANINGFUL.charCodeAt(next(MEANINGFUL.length));
			return copy;
		}
	}
}
const concat = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const EXCEL = workbookParts({
	sheets: [
		{
			name: 'Ventes',
			rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t xml:space="preserve"> Été &amp; co</t></is></c></row><row r="3" spans="1:4"><c r="A3" s="0"><v>45360.8125</v></c><c r="B3" s="1"><v>0.726</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#N/A</v></c></row><row r="4"><c r="D4" t="str"><f>A1</f><v>x_x000D_</v></c><c r="B4"><v>1.5E-3</v></c></row>',
			after: '<mergeCells count="2"><mergeCell ref="A1:A4"/><mergeCell ref="B1:D1"/></mergeCells>'
		},
		{ name: 'Autre', rows: '', state: 'hidden' }
	],
	shared: '<si><t>Ville</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh></si>',
	formats: ['yyyy-mm-dd hh:mm', 9]
});

const OPENDOCUMENT = odsParts([
	{
		name: 'Ventes',
		rows: '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Été<text:s text:c="2"/>&amp;</text:p><text:p>co</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="12.5"/></table:table-row><table:table-row><table:table-cell office:value-type="date" office:date-value="2024-03-09T19:30:00"/><table:table-cell office:value-type="time" office:time-value="PT19H30M00S"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="percentage" office:value="0.5"><office:annotation><text:p>n</text:p></office:annotation></table:table-cell></table:table-row>'
	},
	{ name: 'Autre', rows: '<table:table-row/>', hidden: true }
]);

const small = { rows: 50_000, columns: 2000, cells: 500_000, bytes: 2_000_000 };
type Open = (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>;
const FORMATS: readonly (readonly [string, readonly ZipPart[], Open])[] = [
	['an Excel workbook', EXCEL, (bytes) => openWorkbook(bytes, {}, small)],
	['an OpenDocument one', OPENDOCUMENT, (bytes) => openOds(bytes, {}, small)]
];

/** A mutation's end: `read`, or the code of its refusal. */
async function end(open: Open, bytes: Uint8Array): Promise<string> {
	try {
		await open(new Uint8Array(bytes));
		return 'read';
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
}

describe.each(FORMATS)('%s', (_, parts, open) => {
	it('is read as it is', async () => expect(await end(open, zipFile(parts))).toBe('read'));

	it('with its XML changed, is read or refused', async () => {
		const next = seeded(20_240_309);
		const ends = new Set<string>();
		for (let n = 0; n < 600; n++) {
			const changed = next(parts.length);
			const file = zipFile(
				parts.map((part, i) => {
					if (i !== changed) return part;
					let content: Uint8Array = new TextEncoder().encode(String(part.content));
					for (let times = 1 + next(3); times > 0 && content.length > 0; times--)
						content = mutate(content, next);
					return { ...part, content };
				})
			);
			ends.add(await end(open, file));
		}
		expect([...ends]).toEqual(expect.arrayContaining(['read', 'file_damaged']));
	});

	it('with its bytes changed, is read or refused', async () => {
		const next = seeded(7);
		const sound = zipFile(parts);
		const ends = new Set<string>();
		for (let n = 0; n < 600; n++) {
			let file: Uint8Array = sound;
			for (let times = 1 + next(3); times > 0 && file.length > 0; times--)
				file = mutate(file, next);
			ends.add(await end(open, file));
		}
		expect([...ends]).toEqual(expect.arrayContaining(['read', 'file_damaged']));
	});
});
