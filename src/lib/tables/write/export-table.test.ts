import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as library from 'parquet-wasm/esm';
import { describe, expect, it } from 'vitest';
import { NOTHING_SAID } from '../../core/dataset/about.ts';
import {
	EXPORT_FORMATS,
	type ExportFacts,
	type ExportFormat,
	type ExportWanted
} from '../../core/protocol/export.ts';
import { encodeTable } from '../arrow.ts';
import { cellReader, type Column } from '../column.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../column-of.ts';
import { openFile } from '../read/open-file.ts';
import { readTable } from '../read/read-table.ts';
import { inflateWhole, InflateBudget } from '../read/zip/inflate.ts';
import { readZipEntries } from '../read/zip/zip-entries.ts';
import { TableSession } from '../view/table-session.ts';
import { exportTable, type ExportSource, type ExportWork } from './export-table.ts';

// Read here as Node reads files; a browser fetches it.
library.initSync({ module: readFileSync('node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm') });

const bidi = '\u202egnp.exe\u2066';
const columns: Column[] = [
	textColumn('ville', ['Montréal', 'a;b,"c"', null, 'ligne\nsuivante', 'é'.repeat(300)]),
	numberColumn('prix', [1234.56, -5, null, 0.125, 0]),
	integerColumn('entrées', [1, -5, null, 3, 2_147_483_647]),
	dateColumn('jour', ['2024-02-29', '1969-12-31', null, '1999-01-01', '2030-06-15']),
	dateTimeColumn('achat', [
		'2024-03-10T19:30:00',
		'2024-03-10T01:02:03',
		null,
		'1999-12-31T23:59:59',
		'2000-01-01T00:00:01'
	]),
	booleanColumn('membre', [true, false, null, false, true]),
	textColumn(bidi, ['x', null, bidi, 'y', 'z']),
	textColumn('constructor', ['0123', '0456', null, '0789', '0001'])
];
const source: ExportSource = { columns, order: null };
const facts: ExportFacts = {
	slug: 'billetterie-2024',
	version: 3,
	createdAt: Date.UTC(2024, 2, 9, 5),
	title: 'Billetterie 2024',
	description: 'Les ventes\nde la salle',
	about: { ...NOTHING_SAID, keywords: ['billets'] },
	columns: [
		{
			name: 'prix',
			label: 'Prix payé',
			description: { fr: 'Taxes comprises', en: '' },
			unit: '$'
		}
	],
	licence: { name: 'reserved', url: null },
	sources: [{ title: 'Guichet', path: null }],
	contributors: [{ title: 'Salle', role: 'publisher', email: null }],
	publication: 'aggregates',
	terms: {
		validUntil: '2030-01-01',
		purpose: 'Étudier',
		acknowledgement: 'Merci',
		remuneration: ''
	},
	synthetic: true
};
const wanted = (format: ExportFormat, more: Partial<ExportWanted> = {}): ExportWanted => ({
	...{ format, csv: 'fr', language: 'fr', arranged: null, facts },
	terms: [['Licence', 'Tous droits réservés']],
	...more
});
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
const made = async (what: ExportWanted, from = source, work: ExportWork = {}) =>
	bytesOf((await exportTable(from, what, work)).file);
async function membersOf(zip: Uint8Array<ArrayBuffer>): Promise<Map<string, Uint8Array>> {
	const found = new Map<string, Uint8Array>();
	for (const entry of readZipEntries(zip))
		found.set(entry.name, await inflateWhole(zip, entry, new InflateBudget()));
	return found;
}
const textOf = (members: Map<string, Uint8Array>, name: string): string =>
	new TextDecoder('utf-8', { ignoreBOM: true }).decode(members.get(name));
/** The zip as the import reads it, with the types that the columns have. */
async function readBack(zip: Uint8Array<ArrayBuffer>, like = columns) {
	const opened = await openFile(zip, 'x.zip');
	const { columns: read } = await readTable(opened, {
		columns: like.map(({ type }) => ({ type }))
	});
	return cellsOf(read.filter((column) => column !== null));
}
const cellsOf = (table: readonly Column[]) =>
	table.map((column) => {
		const read = cellReader(column);
		return [column.name, column.type, ...Array.from({ length: column.length }, (_, i) => read(i))];
	});

describe('a table taken out', () => {
	it.each(EXPORT_FORMATS)('is read back as it was (%s)', async (format) => {
		for (const csv of format === 'csv' ? (['fr', 'en'] as const) : (['fr'] as const))
			expect(await readBack(await made(wanted(format, { csv })))).toEqual(cellsOf(columns));
	});

	it.each(EXPORT_FORMATS)('is the same each time, with what describes it (%s)', async (format) => {
		const { name, file, rows, neutralised } = await exportTable(source, wanted(format));
		expect([name, rows, neutralised]).toEqual(['billetterie-2024-v3.zip', 5, 0]);
		const zip = await bytesOf(file);
		expect(await made(wanted(format))).toEqual(zip);
		const members = await membersOf(zip);
		const data = `billetterie-2024-v3.${format}`;
		expect([...members.keys()]).toEqual([data, 'datapackage.json', 'LISEZMOI.txt']);
		const described = JSON.parse(textOf(members, 'datapackage.json')) as {
			resources: { schema: { fields: { name: string }[] } }[];
		};
		const bytes = members.get(data) ?? new Uint8Array();
		expect(described).toMatchObject({
			name: 'billetterie-2024',
			version: '3',
			created: '2024-03-09T05:00:00.000Z',
			licenses: [{ name: 'reserved' }],
			terms: { publication: 'aggregates', purpose: 'Étudier', validUntil: '2030-01-01' },
			resources: [
				{
					path: data,
					bytes: bytes.length,
					hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}`
				}
			]
		});
		expect(described.resources[0]?.schema.fields[1]).toMatchObject({
			name: 'prix',
			title: 'Prix payé',
			description: 'Taxes comprises',
			unit: '$'
		});
		const readme = textOf(members, 'LISEZMOI.txt');
		expect(readme).toContain('Les ventes\r\nde la salle\r\n');
		expect(readme).toContain('Licence\u00a0: Tous droits réservés\r\n');
		expect(readme).not.toContain('partie du tableau');
	});

	it('hands on Arrow as it is stored', async () => {
		const members = await membersOf(await made(wanted('arrow')));
		expect(members.get('billetterie-2024-v3.arrow')).toEqual(encodeTable(columns));
	});

	it('has a readme in English, and its CSV in either language', async () => {
		const members = await membersOf(await made(wanted('csv', { language: 'en', csv: 'fr' })));
		expect(textOf(members, 'README.txt')).toContain('Licence: Tous droits réservés');
		expect(textOf(members, 'billetterie-2024-v3.csv')).toContain(
			'\r\n"a;b,""c""";-5;-5;1969-12-31'
		);
	});

	it('has no text that a spreadsheet computes, and says so; a number below zero stays one', async () => {
		const texts = ['=1+1', '-5', '@x', 'a', '=1+1'];
		const hostile = [
			textColumn('=titre', texts),
			numberColumn(
				'n',
				texts.map(() => -5)
			)
		];
		const { file, neutralised } = await exportTable(
			{ columns: hostile, order: null },
			wanted('csv')
		);
		expect(neutralised).toBe(5);
		const members = await membersOf(await bytesOf(file));
		expect(textOf(members, 'billetterie-2024-v3.csv')).toBe(
			"\ufeff'=titre;n\r\n'=1+1;-5\r\n'-5;-5\r\n'@x;-5\r\na;-5\r\n'=1+1;-5\r\n"
		);
		expect(textOf(members, 'LISEZMOI.txt')).toContain('une apostrophe précède 5 textes');
		// The others hold texts as texts.
		for (const format of ['xlsx', 'json', 'parquet'] as const)
			expect(
				await readBack(await made(wanted(format), { columns: hostile, order: null }), hostile)
			).toEqual(cellsOf(hostile));
	});

	it.each(EXPORT_FORMATS)('may call a column __proto__ (%s)', async (format) => {
		const odd = [textColumn('__proto__', ['x', 'y']), integerColumn('toString', [1, 2])];
		const read = await readBack(await made(wanted(format), { columns: odd, order: null }), odd);
		// The import gives it another name, and tells it: notebooks could not say this one.
		expect(read).toEqual([
			['proto', 'text', 'x', 'y'],
			['toString', 'integer', 1, 2]
		]);
	});
});

describe('a table as it is arranged', () => {
	async function arranged(): Promise<TableSession> {
		const session = new TableSession(columns, () => undefined);
		await session.answer({
			ask: 'arrange',
			query: {
				sort: [{ column: 'entrées', direction: 'descending' }],
				filters: [{ column: 'ville', kind: 'present' }],
				search: null,
				writing: { yes: 'oui', no: 'non', decimal: ',' }
			}
		});
		return session;
	}
	const only = { arranged: { columns: ['jour', 'ville', 'prix'] } };

	it.each(EXPORT_FORMATS)(
		'holds the rows and columns shown, in their order (%s)',
		async (format) => {
			const session = await arranged();
			const { name, file, rows } = await exportTable(session, wanted(format, only));
			expect([name, rows]).toEqual(['billetterie-2024-v3-extrait.zip', 4]);
			const like = [dateColumn('', []), textColumn('', []), numberColumn('', [])];
			const [, ville, prix] = await readBack(await bytesOf(file), like);
			expect(ville?.slice(2)).toEqual(['é'.repeat(300), 'ligne\nsuivante', 'Montréal', 'a;b,"c"']);
			expect(prix).toEqual(['prix', 'number', 0, 0.125, 1234.56, -5]);
			const members = await membersOf(await bytesOf(file));
			const readme = textOf(members, 'LISEZMOI.txt');
			expect(readme).toContain('Lignes\u00a0: 4 sur 5. Colonnes\u00a0: 3 sur 8.');
			// The whole table is still to be had.
			expect(await readBack(await made(wanted(format), session))).toEqual(cellsOf(columns));
		}
	);

	it.each(['arrow', 'parquet', 'xlsx'] as const)(
		'brings along no text of rows left out (%s)',
		async (format) => {
			const secret = 'courriel@exemple.invalid';
			const column = textColumn('t', [secret, 'montré']);
			const order = Uint32Array.of(1);
			const from = { columns: [column], order };
			const members = await membersOf(
				await made(wanted(format, { arranged: { columns: ['t'] } }), from)
			);
			const data = new Uint8Array(members.get(`billetterie-2024-v3-extrait.${format}`) ?? []);
			const inner = format === 'xlsx' ? [...(await membersOf(data)).values()] : [data];
			const text = inner.map((bytes) => Buffer.from(bytes).toString('latin1')).join('');
			expect(text).toContain('montr');
			expect(text).not.toContain('courriel');
		}
	);

	it('holds no other columns than those of the table', async () => {
		await expect(
			exportTable(source, wanted('csv', { arranged: { columns: ['absente'] } }))
		).rejects.toMatchObject({ code: 'unexpected' });
	});
});

describe('while it is made', () => {
	const rows = 40_000;
	const long: ExportSource = {
		columns: [
			integerColumn(
				'n',
				Array.from({ length: rows }, (_, i) => i)
			),
			textColumn(
				't',
				Array.from({ length: rows }, (_, i) => `texte ${i}`)
			)
		],
		order: null
	};

	it.each(EXPORT_FORMATS)('tells how far it is (%s)', async (format) => {
		const told: (number | null)[] = [];
		await exportTable(long, wanted(format), { progress: (done) => told.push(done) });
		expect(told.at(-1)).toBe(1);
		const shares = told.filter((done) => done !== null);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(Math.max(...shares)).toBe(1);
		if (format === 'parquet') expect(told[0]).toBeNull();
		else expect(new Set(shares).size).toBeGreaterThan(1);
	});

	it.each(EXPORT_FORMATS)('stops when it is told to (%s)', async (format) => {
		const stop = new AbortController();
		let pauses = 0;
		const work = exportTable(long, wanted(format), {
			signal: stop.signal,
			pause: () => {
				if (++pauses === 2) stop.abort(new Error('stopped'));
				return Promise.resolve();
			}
		});
		await expect(work).rejects.toThrow('stopped');
		expect(pauses).toBeLessThan(8);
	});

	it('says so when the writer of Parquet cannot be loaded', async () => {
		const loadParquet = () => Promise.reject(new TypeError('Failed to fetch'));
		await expect(exportTable(long, wanted('parquet'), { loadParquet })).rejects.toMatchObject({
			code: 'offline'
		});
	});

	it('refuses what a workbook cannot hold', async () => {
		const text = textColumn('remarque', ['x'.repeat(40_000)]);
		await expect(
			exportTable({ columns: [text], order: null }, wanted('xlsx'))
		).rejects.toMatchObject({ code: 'workbook_text_too_long' });
	});
});
