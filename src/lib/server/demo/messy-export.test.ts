import { expect, test } from 'vitest';
import { EXPORT_HEADER, makeMessyExport } from './messy-export.ts';

const read = (bytes: Uint8Array, encoding = 'windows-1252'): string =>
	new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
const lines = (text: string): string[][] =>
	text
		.trimEnd()
		.split('\r\n')
		.map((line) => line.split(';'));

test('an ordinary export: windows-1252, semicolons, decimal commas, e-mails and postal codes', () => {
	const bytes = makeMessyExport({ rows: 300 });
	expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
	const [header, ...rows] = lines(read(bytes));
	expect(header).toEqual([...EXPORT_HEADER]);
	expect(rows).toHaveLength(300);
	for (const row of rows) {
		expect(row).toHaveLength(EXPORT_HEADER.length);
		expect(row[1]).toMatch(/^\d\d\/\d\d\/\d{4}$/);
		expect(row[6]).toMatch(/^\d{1,3},\d\d$/);
		expect(row[10]).toMatch(/@exemple\.invalid$/);
		expect(row[11]).toMatch(/^[A-Z]\d[A-Z] \d[A-Z]\d$/);
	}
	expect(rows.some((row) => /^\d{1,3}(\u00a0\d{3})+,\d\d$/.test(row[8] ?? ''))).toBe(true);
});

test.each([
	['encoding', { encoding: 'utf-8-two-boms' as const }, /^\ufeff\ufeffN°/],
	['title lines', { titleLines: 2 }, /^Rapport détaillé des ventes\r\n/],
	['totals', { totalRows: true }, /\r\nTOTAL;/],
	['cells of several lines', { multilineCells: true }, /"Fauteuil roulant\nAllée « B »; à placer"/],
	['negative refunds', { negativeRefunds: true }, /;-\d+,\d\d;/],
	['ISO dates', { dates: 'iso' as const }, /;\d{4}-\d\d-\d\d;/],
	['Microsoft dates', { dates: '/Date()/' as const }, /;\/Date\(\d+-0500\)\/;/],
	['dollar signs', { dollarSign: true }, /,\d\d\u00a0\$;/],
	['region spellings', { regionSpellings: true }, /;Mtl;|;Quebec;|;ESTRIE;/],
	['phones as e-mails', { phonesAsEmails: true }, /;418 555-01\d\d;/],
	['codes among numbers', { codesAmongNumbers: true }, /;(NC|F|R);/],
	['mojibake', { mojibake: true }, /Ã/],
	['a duplicate header', { duplicateHeader: true }, /;Tarif;.*;Tarif;/],
	['an empty header', { emptyHeader: true }, /;Infolettre;\r\n/],
	['a header named __proto__', { protoHeader: true }, /;__proto__;/],
	['another separator', { separator: '|' as const }, /^N° de commande\|/],
	['a decimal point', { decimalComma: false }, /;\d+\.\d\d;/]
])('%s, only when asked for', (_name, defect, shows) => {
	const encoding = 'encoding' in defect ? 'utf-8' : 'windows-1252';
	expect(read(makeMessyExport({ rows: 1_500, ...defect }), encoding)).toMatch(shows);
	expect(read(makeMessyExport({ rows: 1_500 }))).not.toMatch(shows);
});

test('ragged rows and doubled exchanges', () => {
	const widths = lines(read(makeMessyExport({ rows: 100, raggedRows: true }))).map((l) => l.length);
	expect(new Set(widths)).toEqual(new Set([14, 12, 15]));
	const doubled = lines(read(makeMessyExport({ rows: 1_500, exchangesTwice: true })));
	expect(doubled.length).toBeGreaterThan(1_501);
});
