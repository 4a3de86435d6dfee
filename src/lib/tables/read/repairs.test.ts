import { describe, expect, it } from 'vitest';
import { REPAIR_CODES, type ImportChoices, type RepairWords } from '../../core/protocol/import.ts';
import { readFileSync } from 'node:fs';
import { Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import * as library from 'parquet-wasm/esm';
import { encodeTable } from '../arrow.ts';
import { dateColumn, integerColumn, numberColumn, textColumn } from '../column-of.ts';
import { cellReader } from '../column.ts';
import { writeParquet } from '../write/parquet.ts';
import { openFile } from './open-file.ts';
import type { OpenedFile } from './opened-file.ts';
import { openParquet } from './parquet/open-parquet.ts';
import type { ParquetEngine } from './parquet/parquet-engine.ts';
import { readCsv } from './read-csv.ts';
import { readTable } from './read-table.ts';
import { csvCell, listRepairs } from './repairs.ts';

const WORDS: RepairWords = {
	head: ['Ligne', 'Rangée', 'Colonne', 'Avant', 'Après', 'Pourquoi'],
	codes: Object.fromEntries(REPAIR_CODES.map((code) => [code, code])) as RepairWords['codes'],
	missing: '(manquante)',
	leftOut: '(laissée de côté)',
	kept: '(gardée)'
};
async function repairs(text: string, choices: ImportChoices = {}) {
	const table = await readCsv(new TextEncoder().encode(text), choices);
	const names = table.report.columns.map(({ name }) => name);
	const { parts, entries, cut } = await listRepairs(table.repairs, names, WORDS);
	const lines = parts.join('').split('\r\n').slice(1, -1);
	return { lines, entries, cut, first: parts[0], table };
}

describe('the list of repairs', () => {
	it('tells every line and value that was not taken as it stood, in the order of the file', async () => {
		const { lines, entries, cut, first } = await repairs(
			'Rapport annuel;;\nVille;Billets;Jour\nAlma;12;2024-01-05\nAlma;trop;2024-01-06\nVille;Billets;Jour\n' +
				'Alma;0;2024-01-07;x\nRoberval;14\nTotal;26;\n"Val "d" x;3;2024-01-09\nSource : relevé\n',
			{ columns: [null, { type: 'integer', zeroMissing: true }] }
		);
		expect(first).toBe('\ufeffLigne;Rangée;Colonne;Avant;Après;Pourquoi\r\n');
		expect(lines).toEqual([
			'1;;;"Rapport annuel;;";(laissée de côté);title_lines',
			'4;2;Billets;trop;(manquante);misfit',
			'5;;;"Ville;Billets;Jour";(laissée de côté);repeated_header',
			'6;3;Billets;0;(manquante);zero',
			'6;3;;x;(laissée de côté);long_row',
			'7;4;;"Roberval;14";(manquante);short_row',
			'8;;;"Total;26;";(laissée de côté);total_row',
			'9;5;;"""Val ""d"" x;3;2024-01-09";(gardée);stray_quote',
			'10;;;Source : relevé;(laissée de côté);footer_lines'
		]);
		expect([entries, cut]).toEqual([9, false]);
	});

	it('tells what texts became, and codes that stood beside numbers', async () => {
		const { lines } = await repairs(
			'Région;Entrées\nmontreal;12\nEstrie;NC\nLaval;14 e\nLanaudière;15\nOutaouais;16\nMontréal;17\n',
			{ columns: [{ groups: [{ to: 'Estrie', from: ['Laval'] }] }] }
		);
		expect(lines).toEqual([
			'2;1;Région;montreal;Montréal;changed',
			'3;2;Entrées;NC;(manquante);code',
			'4;3;Région;Laval;Estrie;changed',
			'4;3;Entrées;14 e;14;code'
		]);
	});

	it('tells of numbers and dates that stand for no value, and leaves them out', async () => {
		const text =
			'Entrées;Jour\n12;2024-01-05\n-999;1900-01-01\n-999,0;05/01/1900\nNA;2024-01-06\n14;\n';
		const { lines, table } = await (async () => {
			const read = await readCsv(new TextEncoder().encode(text), {
				missing: ['NA', '-999', '1900-01-01']
			});
			const { parts } = await listRepairs(read.repairs, ['Entrées', 'Jour'], WORDS);
			return { lines: parts.join('').split('\r\n').slice(1, -1), table: read };
		})();
		expect(lines).toEqual([
			'3;2;Entrées;-999;(manquante);marker',
			'3;2;Jour;1900-01-01;(manquante);marker',
			'4;3;Entrées;-999,0;(manquante);marker',
			'5;4;Entrées;NA;(manquante);marker'
		]);
		const [entries] = table.columns;
		expect(entries && [0, 1, 2, 3, 4].map(cellReader(entries))).toEqual([12, null, null, null, 14]);
		expect(table.report.columns[0]).toMatchObject({
			missing: 3,
			markers: [
				{ text: 'NA', rows: 1 },
				{ text: '-999', rows: 2 }
			]
		});
	});

	it('tells the text that stands for no value from the codes beside it', async () => {
		const { lines, table } = await repairs('Entrées\n12\nx\n..\n13\nNC\n\n..\n14\n15\n16\n', {
			separator: ';'
		});
		expect(lines).toEqual([
			'3;2;Entrées;x;(manquante);code',
			'4;3;Entrées;..;(manquante);marker',
			'6;5;Entrées;NC;(manquante);code',
			'8;6;Entrées;..;(manquante);marker'
		]);
		expect(table.report.columns[0]).toMatchObject({
			missing: 4,
			markers: [{ text: '..', rows: 2 }],
			codes: [
				{ text: 'x', rows: 1 },
				{ text: 'NC', rows: 1 }
			]
		});
	});

	it('is cut where it would be too long, and says so', async () => {
		const table = await readCsv(new TextEncoder().encode('n;m\nx;1\ny;2\nz;3\n'), {
			columns: [{ type: 'integer' }]
		});
		const pause = () => Promise.resolve();
		const list = await listRepairs(table.repairs, ['n', 'm'], WORDS, pause, 2);
		expect([list.entries, list.cut]).toEqual([2, true]);
		const whole = await listRepairs(table.repairs, ['n', 'm'], WORDS, pause, 3);
		expect([whole.entries, whole.cut]).toEqual([3, false]);
	});

	it('finds the lines of times that are none', async () => {
		const table = await readCsv(new TextEncoder().encode('Heure\n19 h 30\ntard\n20h\n'), {
			separator: ';',
			columns: [{ type: 'time' }]
		});
		expect(table.report.warnings).toEqual([
			{ code: 'misfit', line: 3, row: 2, column: 0, text: 'tard' }
		]);
		expect(table.report.columns[0]?.misfits).toBe(1);
	});
});

async function ofOpened(opened: OpenedFile, choices: ImportChoices) {
	const table = await readTable(opened, choices);
	const names = table.report.columns.map(({ name }) => name);
	const { parts, entries } = await listRepairs(table.repairs, names, WORDS);
	const lines = parts.join('').split('\r\n').slice(1, -1);
	expect(entries).toBe(lines.length);
	return { lines, table };
}

describe('the list of repairs of a file whose columns have types', () => {
	const columns = [
		textColumn('Ville', ['Alma', 'n.d.', 'montreal', 'Laval', 'Estrie']),
		textColumn('Entrées', ['12', 'trop', 'NC', '14', '-999']),
		numberColumn('Prix', [12.5, 0, -999, null, 1e20]),
		integerColumn('Places', [0, -999, 3, 0, null]),
		dateColumn('Jour', ['1900-01-01', '2024-01-05', null, '2024-01-06', '2024-01-07'])
	];
	const choices: ImportChoices = {
		missing: ['n.d.', 'NC', '-999', '1900-01-01'],
		columns: [{ type: 'region' }, { type: 'integer' }, null, { zeroMissing: true }, null]
	};
	const expected = [
		'1;1;Places;0;(manquante);zero',
		'1;1;Jour;1900-01-01;(manquante);marker',
		'2;2;Ville;n.d.;(manquante);marker',
		'2;2;Entrées;trop;(manquante);misfit',
		'2;2;Places;-999;(manquante);marker',
		'3;3;Ville;montreal;Montréal;changed',
		'3;3;Entrées;NC;(manquante);marker',
		'3;3;Prix;-999;(manquante);marker',
		'4;4;Places;0;(manquante);zero',
		'5;5;Entrées;-999;(manquante);marker'
	];

	it('tells of an Arrow file each value that changed or is missing now', async () => {
		const { lines, table } = await ofOpened(
			await openFile(encodeTable(columns), 'x.arrow'),
			choices
		);
		expect(lines).toEqual(expected);
		const { report } = table;
		expect(report.missing).toEqual(choices.missing);
		expect(
			report.columns.map(({ markers, missing, misfits }) => [markers, missing, misfits])
		).toEqual([
			[[{ text: 'n.d.', rows: 1 }], 1, 0],
			[
				[
					{ text: 'NC', rows: 1 },
					{ text: '-999', rows: 1 }
				],
				3,
				1
			],
			[[{ text: '-999', rows: 1 }], 2, 0],
			[[{ text: '-999', rows: 1 }], 4, 0],
			[[{ text: '1900-01-01', rows: 1 }], 2, 0]
		]);
		expect(report.warnings.filter(({ code }) => code === 'misfit')).toEqual([
			{ code: 'misfit', line: 2, row: 2, column: 1, text: 'trop' }
		]);
		const prices = table.columns[2];
		expect(prices && [0, 1, 2, 3, 4].map(cellReader(prices))).toEqual([12.5, 0, null, null, 1e20]);
	});

	it('tells the same of a Parquet file', async () => {
		library.initSync({
			module: readFileSync('node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm')
		});
		const load = () => Promise.resolve(library as unknown as ParquetEngine);
		const bytes = await writeParquet(columns, {}, load);
		const opened = await openParquet(Uint8Array.from(bytes), {}, load);
		expect((await ofOpened(opened, choices)).lines).toEqual(expected);
	});

	it('tells only what a region became where nothing was chosen', async () => {
		const { lines, table } = await ofOpened(await openFile(encodeTable(columns), 'x.arrow'), {});
		expect(lines).toEqual(['3;3;Ville;montreal;Montréal;changed']);
		expect(table.report.missing).toEqual([]);
	});

	it('tells of numbers that were none when the file was opened', async () => {
		const bytes = tableToIPC(new Table({ a: vectorFromArray([1.5, NaN, null, NaN]) }));
		const opened = await openFile(Uint8Array.from(bytes), 'x.arrow');
		const { lines, table } = await ofOpened(opened, {});
		expect(lines).toEqual(['2;2;a;NaN;(manquante);marker', '4;4;a;NaN;(manquante);marker']);
		expect(table.report.columns[0]?.markers).toEqual([{ text: 'NaN', rows: 2 }]);
	});

	it('tells of dates and times that texts are read as', async () => {
		const { lines, table } = await ofOpened(
			await openFile(
				encodeTable([
					textColumn('Jour', ['13/05/2024', '14/05/2024', 'bientôt', null]),
					textColumn('Heure', ['19 h 30', 'tard', '20h', null])
				]),
				'x.arrow'
			),
			{ columns: [{ type: 'date' }, { type: 'time' }] }
		);
		expect(lines).toEqual([
			'1;1;Heure;19 h 30;19:30;format',
			'2;2;Heure;tard;(manquante);misfit',
			'3;3;Jour;bientôt;(manquante);misfit',
			'3;3;Heure;20h;20:00;format'
		]);
		expect(table.report.warnings).toEqual([
			{ code: 'misfit', line: 3, row: 3, column: 0, text: 'bientôt' },
			{ code: 'misfit', line: 2, row: 2, column: 1, text: 'tard' }
		]);
		expect(table.report.columns.map(({ dateOrder }) => dateOrder)).toEqual(['dmy', null]);
		expect(table.report.missing).toContain('NA');
	});

	it('tells of a JSON document what it tells of a text', async () => {
		const bytes = new TextEncoder().encode(
			'[{"v":"Alma","n":3},{"v":"n.d.","n":"trop"},{"v":"Total","n":6},{"v":"Laval","n":-999},{"v":"Rimouski","n":4}]'
		);
		const { lines } = await ofOpened(await openFile(bytes, 'x.json'), {
			missing: ['n.d.', '-999'],
			columns: [null, { type: 'integer' }]
		});
		expect(lines).toEqual([
			'3;2;v;n.d.;(manquante);marker',
			'3;2;n;trop;(manquante);misfit',
			'4;;;Total | 6;(laissée de côté);total_row',
			'5;3;n;-999;(manquante);marker'
		]);
	});
});

describe('a cell of the list', () => {
	it.each([
		['=1+2', "'=1+2"],
		['+cmd', "'+cmd"],
		['-x', "'-x"],
		['@a', "'@a"],
		['\tx', "'\tx"],
		[' =1+1', "' =1+1"],
		['\u00a0=1+1', "'\u00a0=1+1"],
		['\n=1+1', '"\'\n\'=1+1"'],
		['\uff1d1+1', "'\uff1d1+1"],
		['-12', '-12'],
		['-1 234,50 $', '-1 234,50 $'],
		['+5', '+5'],
		['-1+2', "'-1+2"],
		['a;b', '"a;b"'],
		['dit "oui"', '"dit ""oui"""']
	])('%j is written %j', (text, written) => expect(csvCell(text)).toBe(written));
});
