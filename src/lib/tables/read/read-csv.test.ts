import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidError } from '../../core/errors.ts';
import type { ImportChoices } from '../../core/protocol/import.ts';
import { encodeTable } from '../arrow.ts';
import { checkArrow } from '../check-arrow.ts';
import { cellReader, type Column } from '../column.ts';
import { latinBytes } from './missing-texts.ts';
import { readCsv } from './read-csv.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytesOf = (text: Uint8Array) => new Uint8Array(text);
const read = (text: string | Uint8Array, choices: ImportChoices = {}) =>
	readCsv(typeof text === 'string' ? utf8(text) : bytesOf(text), choices);
const kept = (columns: readonly (Column | null)[]) => columns.filter((c) => c !== null);
async function table(text: string | Uint8Array, choices: ImportChoices = {}) {
	const { columns, report } = await read(text, choices);
	const plain = kept(columns).map((column) => {
		const cell = cellReader(column);
		return {
			name: column.name,
			type: column.type,
			values: Array.from({ length: column.length }, (_, row) => cell(row))
		};
	});
	return { plain, report };
}
const column = async (cells: string[], choices: ImportChoices = {}) => {
	const { plain, report } = await table(`v\n${cells.join('\n')}\n`, { separator: ';', ...choices });
	return { type: plain[0]?.type, values: plain[0]?.values, report, one: report.columns[0] };
};
const refusal = async (text: string | Uint8Array, choices: ImportChoices = {}) => {
	try {
		await read(text, choices);
	} catch (error) {
		if (error instanceof InvalidError) return { code: error.code, ...error.details };
		throw error;
	}
	return null;
};
const day = (iso: string) => Date.parse(iso);

describe('the shape of the text', () => {
	it.each([
		[';', 'ville;prix\nMontréal;12,50\nQuébec;3,75\n'],
		[',', 'ville,prix\nMontréal,"12,50"\nQuébec,"3,75"\n'],
		['\t', 'ville\tprix\nMontréal\t12,50\nQuébec\t3,75\n'],
		['|', 'ville|prix\nMontréal|12,50\nQuébec|3,75\n']
	])('finds the separator %j', async (separator, text) => {
		const { plain, report } = await table(text);
		expect(report.separator.value).toBe(separator);
		expect(plain).toEqual([
			{ name: 'ville', type: 'text', values: ['Montréal', 'Québec'] },
			{ name: 'prix', type: 'number', values: [12.5, 3.75] }
		]);
	});

	it('reads quoted cells: separators, line ends and doubled marks inside them', async () => {
		const { plain, report } = await table(
			'a;b\r\n"un;deux";"ligne 1\r\nligne 2"\r\n"dit ""oui""";""\r\n"";"fin"\r\n'
		);
		expect(plain.map((c) => c.values)).toEqual([
			['un;deux', 'dit "oui"', null],
			['ligne 1\r\nligne 2', null, 'fin']
		]);
		expect(report.warnings).toEqual([]);
	});

	it('reads a last line without an end, lines that end with CR alone, and blank lines', async () => {
		expect((await table('a,b\n1,2\n\n3,4')).plain.map((c) => c.values)).toEqual([
			[1, 3],
			[2, 4]
		]);
		expect((await table('a,b\r1,2\r3,4\r')).plain.map((c) => c.values)).toEqual([
			[1, 3],
			[2, 4]
		]);
		expect((await table('a,b\n1,2\n3,')).plain.map((c) => c.values)).toEqual([
			[1, 3],
			[2, null]
		]);
	});

	it('leaves titles above the header out, and says so', async () => {
		const { plain, report } = await table(
			'Rapport des ventes\n;;\nbillets;prix;salle\n3;12,5;A\n4;10;B\n'
		);
		expect(plain.map((c) => c.name)).toEqual(['billets', 'prix', 'salle']);
		expect(plain[0]?.values).toEqual([3, 4]);
		expect(
			report.warnings.filter((w) => w.code === 'title_lines').map((w) => [w.line, w.text])
		).toEqual([
			[1, 'Rapport des ventes'],
			[2, ';;']
		]);
	});

	it('tells a header from a first row, and obeys when told otherwise', async () => {
		const without = await table('2019;93;oui\n2020;78;non\n2021;66;oui\n');
		expect(without.report.header.value).toBe(false);
		expect(without.plain.map((c) => c.name)).toEqual(['colonne_1', 'colonne_2', 'colonne_3']);
		expect(without.plain[1]?.values).toEqual([93, 78, 66]);
		const withHeader = await table('2019;93;oui\n2020;78;non\n', { header: true });
		expect(withHeader.plain.map((c) => c.name)).toEqual(['2019', '93', 'oui']);
	});
});

describe('encodings', () => {
	const text = 'théâtre;prix\nL’Étoile — Noël;12,50 $\nœuvre;1 234,56 $\n';
	const values = [
		['L’Étoile — Noël', 'œuvre'],
		[12.5, 1234.56]
	];
	const bom = [0xef, 0xbb, 0xbf];
	it.each([
		['utf-8', 'utf8_valid', utf8(text)],
		['utf-8', 'bom', Uint8Array.from([...bom, ...utf8(text)])],
		['utf-8', 'bom', Uint8Array.from([...bom, ...bom, ...utf8(text)])],
		['windows-1252', 'utf8_invalid', latinBytes(text)],
		[
			'utf-16le',
			'bom',
			Uint8Array.from([
				0xff,
				0xfe,
				...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])
			])
		]
	])('reads %s (%s)', async (encoding, why, bytes) => {
		const { plain, report } = await table(bytes);
		expect([report.encoding.value, report.encoding.evidence.code]).toEqual([encoding, why]);
		expect(plain.map((c) => c.name)).toEqual(['théâtre', 'prix']);
		expect(plain.map((c) => c.values)).toEqual(values);
	});

	it.each([
		['a text', 'th\u00e9\u00e2tre'],
		['a value that does not fit', '12\u00a0345']
	])('finds out far down the file, by %s, that it is not UTF-8', async (_, last) => {
		const cells = Array.from({ length: 300_000 }, () => '1234');
		const { plain, report } = await table(latinBytes(`n;m\n1;${cells.join('\n1;')}\n1;${last}\n`));
		expect([report.encoding.value, report.encoding.evidence.code]).toEqual([
			'windows-1252',
			'utf8_invalid'
		]);
		expect(report.columns[1]?.misfits).toBe(last.startsWith('12') ? 0 : 1);
		expect(report.warnings[0]?.text).toBe(last.startsWith('12') ? undefined : last);
		expect(plain[1]?.values.at(-1)).toBe(last.startsWith('12') ? 12_345 : null);
	});

	it('obeys a choice, and counts what the encoding does not know', async () => {
		const { plain, report } = await table(latinBytes(text), { encoding: 'utf-8' });
		expect(plain[0]?.values[1]).toBe('\ufffduvre');
		expect(report.counts.replaced_bytes).toBeGreaterThan(3);
	});
});

describe('types', () => {
	it.each([
		[
			'spaces U+0020, U+00A0, U+202F',
			['1 234,56 $', '1\u00a0234,56\u00a0$', '12\u202f345,6', '-5,00 $'],
			[1234.56, 1234.56, 12345.6, -5]
		],
		['points and commas', ['$1,234.50', '1234.5', '-0.25', '.5'], [1234.5, 1234.5, -0.25, 0.5]],
		[
			'percent, exponent, minus sign',
			['72,6 %', '1,5e3', '\u22123,5', '+2,5'],
			[72.6, 1500, -3.5, 2.5]
		]
	])('reads numbers with %s', async (_, cells, values) => {
		const found = await column(cells);
		expect([found.type, found.values]).toEqual(['number', values]);
	});

	it('reads a number exactly as JavaScript does', async () => {
		const cells = [
			'0.1',
			'123456789.987654',
			'9007199254740.25',
			'0.30000000000000004',
			'1e-320',
			'5e22'
		];
		expect((await column(cells)).values).toEqual(cells.map(Number));
	});

	it.each([
		[['0102', '0304', '1705'], 'leading_zeros'],
		[['12345678901234567', '98765432109876543'], 'long_numbers']
	])('keeps identifiers %j as text', async (cells, why) => {
		const found = await column(cells);
		expect([found.type, found.values, found.one?.evidence.code]).toEqual(['text', cells, why]);
	});

	it('finds a leading zero far down the file', async () => {
		const cells = [...Array.from({ length: 12_000 }, (_, i) => String(i + 1000)), '0777'];
		const found = await column(cells);
		expect([found.type, found.values?.[12_000], found.values?.[0]]).toEqual([
			'text',
			'0777',
			'1000'
		]);
	});

	it('widens what the rest of the file contradicts', async () => {
		const many = Array.from({ length: 12_000 }, (_, i) => String(i));
		expect((await column([...many, '1,5'])).type).toBe('number');
		expect((await column([...many, '5000000000'])).values?.at(-1)).toBe(5_000_000_000);
		const days = many.map(() => '2024-01-31');
		const found = await column([...days, '2024-01-31 19:30']);
		expect([found.type, found.values?.at(-1)]).toEqual(['datetime', day('2024-01-31T19:30Z')]);
	});

	it.each([
		['date', ['2024-02-29', '2023-12-01'], ['2024-02-29', '2023-12-01']],
		['date', ['31/12/2023', '1/2/2024'], ['2023-12-31', '2024-02-01']],
		['date', ['12/31/2023', '2/1/2024'], ['2023-12-31', '2024-02-01']],
		['date', ['01/02/2003', '2002-04-22 00:00:00'], ['2003-02-01', '2002-04-22']],
		[
			'datetime',
			['2024-03-10T19:30:00', '2024-03-10 19:30:15.250'],
			['2024-03-10T19:30Z', '2024-03-10T19:30:15.250Z']
		],
		[
			'datetime',
			['10/03/2024 19 h 30', '10/03/2024 9h'],
			['2024-03-10T19:30Z', '2024-03-10T09:00Z']
		],
		[
			'datetime',
			['2024-03-10T19:30:00-05:00', '2024-03-10T19:30:00Z'],
			['2024-03-10T20:30Z', '2024-03-10T15:30Z']
		]
	])('reads %s %j', async (type, cells, values) => {
		const found = await column(cells);
		expect([found.type, found.values]).toEqual([type, values.map(day)]);
	});

	it('says that days and months may be mistaken, and obeys a choice', async () => {
		const cells = ['03/04/2024', '05/06/2024'];
		const guessed = await column(cells);
		expect(guessed.one?.evidence.code).toBe('day_ambiguous');
		expect(guessed.values).toEqual([day('2024-04-03'), day('2024-06-05')]);
		expect((await column(cells, { dateOrder: 'mdy' })).values).toEqual([
			day('2024-03-04'),
			day('2024-05-06')
		]);
	});

	it('takes no date that the calendar does not have', async () => {
		expect((await column(['2023-02-29', '2023-04-31'])).type).toBe('text');
	});

	it.each([
		[['oui', 'Non', 'OUI']],
		[['true', 'FALSE', 'True']],
		[['vrai', 'faux', 'vrai']],
		[['yes', 'no', 'yes']]
	])('reads %j as yes or no', async (cells) => {
		const found = await column(cells);
		expect([found.type, found.values]).toEqual(['boolean', [true, false, true]]);
	});

	it('reads what stands for a missing value as missing, and counts it', async () => {
		const numbers = await column(['12', 'N/A', '"n.d."', '..', '15']);
		expect([numbers.type, numbers.values]).toEqual(['integer', [12, null, null, null, 15]]);
		expect(numbers.one?.markers).toEqual([
			{ text: 'N/A', rows: 1 },
			{ text: 'n.d.', rows: 1 },
			{ text: '..', rows: 1 }
		]);
		const texts = await column(['Aldebert', '-', 'Soprano', '-']);
		expect([texts.values, texts.one?.missing, texts.one?.markers]).toEqual([
			['Aldebert', null, 'Soprano', null],
			2,
			[{ text: '-', rows: 2 }]
		]);
		expect((await column(['a', '-'], { missing: [] })).values).toEqual(['a', '-']);
	});

	it('counts and lists each value that does not fit, by line and row', async () => {
		const cells = Array.from({ length: 200 }, (_, i) => (i === 150 ? 'complet' : String(i)));
		const found = await column(cells);
		expect([found.type, found.values?.[150], found.one?.misfits]).toEqual(['integer', null, 1]);
		expect(found.report.warnings).toEqual([
			{ code: 'misfit', line: 152, row: 151, column: 0, text: 'complet' }
		]);
		const chosen = await column(cells, { columns: [{ type: 'text' }] });
		expect([chosen.type, chosen.values?.[150], chosen.report.warnings]).toEqual([
			'text',
			'complet',
			[]
		]);
	});

	it('obeys a chosen type, name and absence', async () => {
		const { plain, report } = await table('a;b;c\n1;2;3\nx;5;6\n', {
			columns: [{ type: 'integer' }, { keep: false }, { name: 'total' }]
		});
		expect(plain).toEqual([
			{ name: 'a', type: 'integer', values: [1, null] },
			{ name: 'total', type: 'integer', values: [3, 6] }
		]);
		expect(report.columns.map((c) => c.kept)).toEqual([true, false, true]);
		expect(report.counts.misfit).toBe(1);
	});
});

describe('bad input', () => {
	it.each([
		['an empty file', '', { code: 'csv_empty' }],
		['blank lines alone', '\n\n\r\n', { code: 'csv_empty' }],
		['a zip or a workbook', 'PK\u0003\u0004 etc.', { code: 'csv_other_format', format: 'zip' }],
		['a PDF', '%PDF-1.7', { code: 'csv_other_format', format: 'pdf' }]
	])('refuses %s', async (_, text, expected) => {
		expect(await refusal(text)).toEqual(expected);
	});

	it('refuses bytes that are no text', async () => {
		expect(await refusal(Uint8Array.from({ length: 4096 }, (_, i) => (i * 31) & 255))).toEqual({
			code: 'csv_binary'
		});
	});

	it('refuses ten megabytes without a separator, naming the line', async () => {
		expect(await refusal(`a\nb\n${'x'.repeat(10_000_000)}`)).toEqual({
			code: 'csv_cell_too_long',
			line: 3,
			megabytes: 1
		});
	});

	it('refuses a table of too many columns', async () => {
		expect((await refusal(`${'x;'.repeat(3000)}\n${'1;'.repeat(3000)}`))?.code).toBe(
			'table_too_wide'
		);
	});

	it('takes ragged rows in, naming each', async () => {
		const { plain, report } = await table('a;b;c\n1;2;3\n4;5\n6;7;8;9;10\n11;12;13;;\n');
		expect(plain.map((c) => c.values)).toEqual([
			[1, 4, 6, 11],
			[2, 5, 7, 12],
			[3, null, 8, 13]
		]);
		expect(report.warnings).toEqual([
			{ code: 'short_row', line: 3, row: 2, column: null, text: '4;5' },
			{ code: 'long_row', line: 4, row: 3, column: null, text: '9;10' }
		]);
	});

	it('takes a quotation mark that nothing closes for itself, and loses no row', async () => {
		const { plain, report } = await table('a;b\n1;"Le Roi\n2;lion\n3;fin\n');
		expect(plain.map((c) => c.values)).toEqual([
			[1, 2, 3],
			['"Le Roi', 'lion', 'fin']
		]);
		expect(report.warnings[0]).toMatchObject({ code: 'unclosed_quote', line: 2, row: 1 });
	});

	it('takes text after a closing mark as it is written', async () => {
		const { plain, report } = await table('a;b\n1;"Le "Roi" Lion"\n2;x\n');
		expect(plain[1]?.values).toEqual(['"Le "Roi" Lion"', 'x']);
		expect(report.counts).toEqual({ stray_quote: 1 });
	});

	it('names columns that the header leaves empty, or names twice or __proto__', async () => {
		const { plain, report } = await table('nom;;nom;__proto__;constructor\na;b;c;d;e\n');
		expect(plain.map((c) => c.name)).toEqual(['nom', 'colonne_2', 'nom_2', 'proto', 'constructor']);
		expect(report.warnings.map((w) => [w.code, w.column])).toEqual([
			['empty_header', 1],
			['duplicate_header', 2],
			['reserved_header', 3]
		]);
	});

	it('takes a header without rows in, and says so', async () => {
		const { plain, report } = await table('a;b\n');
		expect(plain.map((c) => c.values)).toEqual([[], []]);
		expect(report.counts).toEqual({ no_rows: 1 });
	});

	it('stops when it is told to', async () => {
		const text = utf8(`a;b\n${'1;2\n'.repeat(2_000_000)}`);
		let pauses = 0;
		const stopped = readCsv(
			text,
			{},
			{
				pause: async () => {
					if (++pauses === 1) throw new Error('stopped');
				}
			}
		);
		await expect(stopped).rejects.toThrow('stopped');
		expect(pauses).toBe(1);
	});
});

describe('any table', () => {
	it('comes back from any dialect as it was', async () => {
		let seed = 7;
		const random = (below: number) => {
			seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
			return seed % below;
		};
		const pieces = [
			'a',
			'é',
			'"',
			';',
			',',
			'|',
			'\t',
			'\n',
			'\r\n',
			' ',
			'1',
			'0',
			"'",
			'x',
			'œ',
			'€'
		];
		for (let round = 0; round < 60; round++) {
			const separator = ([';', ',', '\t', '|'] as const)[round % 4] ?? ';';
			const width = 2 + random(4);
			const eol = round % 3 ? '\n' : '\r\n';
			const cells = Array.from({ length: 1 + random(40) }, () =>
				Array.from(
					{ length: width },
					() =>
						`t${Array.from({ length: random(6) }, () => pieces[random(pieces.length)]).join('')}t`
				)
			);
			const quote = (cell: string) =>
				/["\r\n]/.test(cell) || cell.includes(separator) || random(3) === 0
					? `"${cell.replaceAll('"', '""')}"`
					: cell;
			const header = Array.from({ length: width }, (_, c) => `c${c}`);
			const text = [header, ...cells].map((row) => row.map(quote).join(separator) + eol).join('');
			const bytes = round % 2 ? latinBytes(text) : utf8(text);
			const { plain, report } = await table(bytes, { separator });
			expect(report.warnings).toEqual([]);
			expect(plain.map((c) => c.values)).toEqual(header.map((_, c) => cells.map((row) => row[c])));
		}
	});

	it.each(['airports.csv', 'seattle-weather.csv', 'sp500.csv', 'stocks.csv', 'unemployment.tsv'])(
		'reads %s of vega-datasets into bytes that the server takes',
		async (name) => {
			const raw = bytesOf(readFileSync(`node_modules/vega-datasets/data/${name}`));
			if (name.endsWith('.json')) return;
			const { columns, report } = await readCsv(raw);
			const table = kept(columns);
			const lines = new TextDecoder().decode(raw).trim().split('\n').length - 1;
			expect(report.rows).toBe(lines);
			expect(checkArrow(encodeTable(table)).map((c) => [c.name, c.type, c.missing])).toEqual(
				table.map((c) => [c.name, c.type, c.missing])
			);
		}
	);
});
