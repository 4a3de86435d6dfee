import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../tests/fuzz/random.ts';
import { workbookFile } from '../../../../../tests/support/workbook-file.ts';
import { InvalidError } from '../../../core/errors.ts';
import { openWorkbook } from './open-workbook.ts';

const TEXTS = [
	'Montréal',
	'',
	'à',
	'Théâtre du Nouveau Monde, salle principale, avec un long nom',
	'x'
];
const FORMATS = [0, 4, 14, 22, 10, '0000', '[h]:mm', '0.0" %"'];

const SHARED = TEXTS.map((text) => `<si><t>${text}</t></si>`).join('');

/** What a sheet of these rows is read as, or why it is refused. */
async function read(rows: string, date1904 = false, shared = SHARED): Promise<unknown> {
	const file = workbookFile({
		// Near the end of a sheet no row is read so.
		sheets: [{ name: 'Ventes', rows, after: '<pageMargins/>'.repeat(100) }],
		shared,
		formats: FORMATS,
		date1904
	});
	try {
		const { table, notes } = await openWorkbook(file);
		const text = table.kind === 'text' ? new TextDecoder().decode(table.bytes) : null;
		return { text, notes };
	} catch (error) {
		if (error instanceof InvalidError) return [error.code, error.details];
		throw error;
	}
}
/** The same sheet, each tag written so that it is read as a token: a space before its end. */
const spaced = (rows: string): string =>
	rows.replace(/<(\/?)(row|c|v)((?: [^>]*?)?)(\/?)>/g, '<$1$2$3 $4>');

const random = seeded(1_048_576);
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
const VALUES: Readonly<Record<string, () => string>> = {
	' t="s"': () => String(random(TEXTS.length)),
	' t="b"': () => String(random(2)),
	' t="n"': () => number(),
	' t="str"': () => pick(['été', '12', 'a &amp; b', '']),
	' t="e"': () => '#N/A',
	' t="d"': () => pick(['2024-03-09', '2024-03-09T00:00:00', 'hier']),
	'': () => number()
};
const number = (): string =>
	pick([
		() => String(random(100)),
		() => String(43_831 + random(2000)),
		() => `${random(100)}.${random(100_000)}`,
		() => `-${random(3)}`,
		() =>
			pick([
				'0',
				'-0',
				'00',
				'007',
				'-0.00',
				'.5',
				'5.',
				'1e3',
				'1E-7',
				'-',
				'',
				' 12 ',
				'abc',
				'60'
			]),
		() => pick(['1', '61', '2957003', '2957004', '2958465', '2958466', '43831.5', '0.25']),
		() => pick(['123456789012345', '1234567890123456', '0.1234567890123456', '12345678901234.5'])
	])();

function rows(count: number): string {
	const column = (c: number): string =>
		(c >= 26 ? String.fromCharCode(64 + Math.floor(c / 26)) : '') +
		String.fromCharCode(65 + (c % 26));
	let row = 0;
	return Array.from({ length: count }, () => {
		row += random(20) === 0 ? 3 : 1;
		const cells = Array.from({ length: 40 }, (_, c) => c)
			.filter(() => random(3) === 0)
			.map((c) => {
				const type = pick(Object.keys(VALUES));
				const head = `<c r="${column(c)}${row}"${random(2) ? ` s="${random(FORMATS.length + 1)}"` : ''}`;
				if (random(6) === 0) return `${head}/>`;
				return `${head}${type}><v>${VALUES[type]?.() ?? ''}</v></c>`;
			});
		const spans = random(2) ? ' spans="1:40" x14ac:dyDescent="0.25"' : '';
		return `<row r="${row}"${spans}>${cells.join('')}</row>${random(9) ? '' : '\n  '}`;
	}).join('');
}

describe('cells that are written as usual', () => {
	it.each([false, true])('are read as those that are not (since 1904: %s)', async (since1904) => {
		for (let n = 0; n < 12; n++) {
			const sheet = rows(n < 10 ? 30 : 800);
			const plain = await read(sheet, since1904);
			expect(plain).toHaveProperty('text');
			expect(await read(spaced(sheet), since1904)).toEqual(plain);
		}
	});
	it.each([
		['a text that is not there', '<row r="1"><c r="A1" t="s"><v>9</v></c></row>'],
		['a text whose number is none', '<row r="1"><c r="A1" t="s"><v>x</v></c></row>'],
		['a column that is not there', '<row r="1"><c r="XFE1"><v>1</v></c></row>'],
		[
			'rows out of order',
			'<row r="5"><c r="A5"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>'
		],
		[
			'a row that is not there',
			'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048577"><c r="A1"><v>1</v></c></row>'
		],
		[
			'cells that are told twice',
			'<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"><v>3</v></c></row>'
		],
		[
			'cells without a place',
			'<row r="1"><c><v>1</v></c><c r="C1"><v>2</v></c><c><v>3</v></c></row>'
		],
		['rows without a number', '<row><c r="A3"><v>1</v></c></row><row><c r="A7"><v>2</v></c></row>'],
		['a row left open', '<row r="1"><c r="A1"><v>1</v></c>'],
		['a cell left open', '<row r="1"><c r="A1"><v>1</v></row>'],
		['formulas', '<row r="1"><c r="A1"><f>B1+1</f><v>1</v></c><c r="B1"><v>2</v></c></row>'],
		[
			'texts of their own',
			'<row r="1"><c r="A1" t="inlineStr"><is><t>été</t></is></c><c r="B1"><v>2</v></c></row>'
		],
		[
			'comments',
			'<row r="1"><!-- a --><c r="A1"><v>1</v></c><!-- b --></row><!-- c --><row r="2"><c r="A2"><v>3</v></c></row>'
		],
		[
			'long values',
			`<row r="1"><c r="A1"><v>${'1'.repeat(300)}</v></c><c r="B1"><v>2</v></c></row>`
		]
	])('%s: the same is said', async (_, sheet) => {
		expect(await read(sheet)).toEqual(await read(spaced(sheet)));
	});
	it('shared texts that are written as usual are read as those that are not', async () => {
		const texts = [
			...[
				'a',
				'',
				' a ',
				'a  ',
				'\ta',
				'a\nb',
				'a\r\nb',
				'a &amp; b',
				'_x0041_',
				'a_b',
				'été',
				'a > b'
			],
			...['é'.repeat(9000), 'x'.repeat(70_000), '<![CDATA[ a ]]>', '<!-- a -->b', 'z']
		];
		const all = texts.map((text) => `<si><t>${text}</t></si>`).join('');
		const cells = texts
			.map((_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i}</v></c></row>`)
			.join('');
		const plain = await read(cells, false, all);
		expect(plain).toHaveProperty('text');
		expect(await read(cells, false, all.replaceAll('<si>', '<si >'))).toEqual(plain);
	});
	it('texts that are no UTF-8 are refused, shared or of their own', async () => {
		const bad = (xml: string): Uint8Array =>
			Uint8Array.from(xml, (letter) => (letter === '?' ? 0xff : letter.charCodeAt(0)));
		for (const [rows, shared] of [
			['<row r="1"><c r="A1" t="s"><v>0</v></c></row>', bad('<sst><si><t>a?b</t></si></sst>')],
			['<row r="1"><c r="A1" t="str"><v>a?b</v></c></row>', bad('<sst/>')]
		] as const) {
			const file = workbookFile({
				sheets: [{ name: 'Ventes', rows: '' }],
				replace: {
					'xl/textes.xml': shared,
					'xl/worksheets/feuille0.xml': bad(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)
				}
			});
			await expect(openWorkbook(file)).rejects.toMatchObject({ code: 'file_damaged' });
		}
	});
});
