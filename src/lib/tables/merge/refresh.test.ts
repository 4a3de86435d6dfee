import { describe, expect, test } from 'vitest';
import { proposeJoin, type VersionComparison } from '../../core/dataset/refresh.ts';
import { AppError } from '../../core/errors.ts';
import type { ImportChoices } from '../../core/protocol/import.ts';
import { encodeTable } from '../arrow.ts';
import { checkArrow } from '../check-arrow.ts';
import { dateColumn, integerColumn, numberColumn, textColumn } from '../column-of.ts';
import { cellReader, MS_PER_DAY, type Column } from '../column.ts';
import { columnsToKeep } from '../read/prepare-import.ts';
import { readCsv } from '../read/read-csv.ts';
import { Refresh, type CompareOptions } from './refresh.ts';

const read = async (text: string, choices: ImportChoices = {}): Promise<Column[]> =>
	columnsToKeep(await readCsv(new TextEncoder().encode(text), choices), choices);
const baseOf = (columns: readonly Column[]): Refresh => new Refresh(encodeTable(columns).buffer);
const of = (columns: readonly Column[], changed: Partial<CompareOptions> = {}): CompareOptions => ({
	key: null,
	named: new Set(columns.map(({ name }) => name)),
	quiet: new Set(),
	...changed
});
const compare = (
	before: readonly Column[],
	after: readonly Column[],
	changed: Partial<CompareOptions> = {}
): Promise<VersionComparison> => baseOf(before).compare(after, of(after, changed));
const rowsOf = (columns: readonly Column[]) =>
	Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
		columns.map((column) => cellReader(column)(row))
	);

const JANUARY =
	'Commande;Date;Salle;Prix\nA1;2025-01-03;Grande;10,50\nA2;2025-01-20;Petite;12,00\nA3;2025-01-31;Grande;8,25\n';
const FEBRUARY =
	'Commande;Date;Salle;Prix\nB1;2025-02-02;Studio;11,00\nB2;2025-02-14;Grande;9,00\nB3;2025-02-20;Studio;9,00\n';
const CORRECTED =
	'Commande;Date;Salle;Prix\nA3;2025-01-31;Grande;7,00\nA4;2025-01-31;Petite;5,00\n';

describe('two exports of the same shape', () => {
	test('of two months: told apart by their days, added below', async () => {
		const [before, after] = [await read(JANUARY), await read(FEBRUARY)];
		const found = await compare(before, after);
		expect(found.changes).toMatchObject({
			rows: { before: 3, after: 3 },
			...{ added: [], removed: [], retyped: [], overlap: null }
		});
		const day = (text: string) => Date.parse(text) / MS_PER_DAY;
		expect(found.period).toEqual({
			column: 'Date',
			before: { from: day('2025-01-03'), to: day('2025-01-31') },
			after: { from: day('2025-02-02'), to: day('2025-02-20') }
		});
		expect(found.suggested[0]).toEqual({
			key: ['Commande'],
			...{ common: 0, onlyBefore: 3, onlyAfter: 3 }
		});
		expect(proposeJoin(found)).toEqual({ key: ['Commande'], mode: 'add' });
		const joined = baseOf(before).join(after, { key: ['Commande'], mode: 'add' });
		expect(rowsOf(joined).map(([order]) => order)).toEqual(['A1', 'A2', 'A3', 'B1', 'B2', 'B3']);
		expect(checkArrow(encodeTable(joined))[0]?.length).toBe(6);
	});

	test('with corrections: merged by the key that both share, which is told in full', async () => {
		const [before, after] = [await read(JANUARY), await read(CORRECTED)];
		const base = baseOf(before);
		const found = await base.compare(after, of(after));
		expect(proposeJoin(found)).toEqual({ key: ['Commande'], mode: 'merge' });
		expect(found.told).toBeNull();
		const { told, changes } = await base.compare(after, of(after, { key: ['Commande'] }));
		expect(told).toEqual({
			key: ['Commande'],
			...{ common: 1, onlyBefore: 2, onlyAfter: 1 },
			duplicates: { before: 0, after: 0 },
			withoutKey: { before: 0, after: 0 },
			...{ rows: 4, kept: 2, replaced: 1, added: 1 },
			dropped: { before: 0, after: 0 }
		});
		expect(changes.overlap).toEqual({
			key: ['Commande'],
			...{ common: 1, onlyBefore: 2, onlyAfter: 1 }
		});
		const joined = base.join(after, { key: ['Commande'], mode: 'merge' });
		expect(joined[0]?.length).toBe(told?.rows);
		expect(rowsOf(joined).map((row) => [row[0], row[3]])).toEqual([
			['A1', 10.5],
			['A2', 12],
			['A3', 7],
			['A4', 5]
		]);
	});

	test('another table of the same base is told anew', async () => {
		const base = baseOf(await read(JANUARY));
		const [one, other] = [await read(FEBRUARY), await read(CORRECTED)];
		expect((await base.compare(one, of(one))).changes.rows.after).toBe(3);
		expect((await base.compare(other, of(other))).changes.rows.after).toBe(2);
	});

	test('replacing takes the new one as it is', async () => {
		const after = await read(FEBRUARY);
		const joined = baseOf(await read(JANUARY)).join(after, { key: null, mode: 'replace' });
		expect(joined).toBe(after);
	});
});

test('what is compared is what would be stored: a dropped column is no new one', async () => {
	const text = 'courriel;ville\nana@exemple.ca;Gaspé\nluc@exemple.ca;Alma\n';
	const choices: ImportChoices = { columns: [{ personal: { action: 'drop' } }] };
	const after = await read(text, choices);
	const found = await compare(await read('ville\nGaspé\nAlma\n'), after);
	expect(found.changes).toMatchObject({ added: [], removed: [] });
	expect(found.keyColumns).toEqual(['ville']);
});

test('columns that are new, gone or of another type are told', async () => {
	const before = [
		textColumn('a', ['x', 'y']),
		numberColumn('b', [1, 2]),
		numberColumn('c', [1, 2])
	];
	const after = [
		textColumn('a', ['x', 'y']),
		textColumn('b', ['1', 'deux']),
		numberColumn('d', [1, 2])
	];
	const { changes, keyColumns } = await compare(before, after);
	expect(changes).toMatchObject({
		added: ['d'],
		removed: ['c'],
		retyped: [{ name: 'b', before: 'number', after: 'text' }],
		sameShape: false
	});
	expect(keyColumns).toEqual(['a', 'b']);
});

describe('new values', () => {
	const halls = (names: string[]): Column => ({
		...textColumn('salle', names),
		valueType: 'category'
	});
	test('are listed with their rows, the most frequent first', async () => {
		const after = [halls(['Studio', 'Grande', 'Parc', 'Studio'])];
		const { newTexts } = await compare([halls(['Grande', 'Petite'])], after);
		expect(newTexts).toEqual([
			{
				column: 'salle',
				count: 2,
				listed: [
					{ text: 'Studio', rows: 2 },
					{ text: 'Parc', rows: 1 }
				]
			}
		]);
	});
	test('of a column with personal information are not', async () => {
		const after = [halls(['Studio', 'Grande'])];
		const found = await compare([halls(['Grande'])], after, { quiet: new Set(['salle']) });
		expect(found.newTexts).toEqual([]);
	});
	test('of a column where each row has its own are not, nor beyond fifty', async () => {
		const many = Array.from({ length: 200 }, (_, i) => `nom ${i}`);
		const names = await compare([textColumn('nom', ['x', 'y'])], [textColumn('nom', many)]);
		expect(names.newTexts).toEqual([]);
		const [found] = (await compare([halls(['Grande'])], [halls(many)])).newTexts;
		expect([found?.count, found?.listed.length]).toEqual([200, 50]);
		const tooMany = Array.from({ length: 1_001 }, (_, i) => `nom ${i}`);
		expect((await compare([halls(['Grande'])], [halls(tooMany)])).newTexts).toEqual([]);
	});
	test('a text that no row uses is not one', async () => {
		const { codes, ...rest } = halls(['Grande', 'Studio']) as Column & { type: 'text' };
		const after: Column = { ...rest, codes: codes.fill(0) };
		expect((await compare([halls(['Grande', 'Petite'])], [after])).newTexts).toEqual([]);
	});
});

describe('keys', () => {
	const suggested = async (before: Column[], after: Column[]) =>
		(await compare(before, after)).suggested.map(({ key }) => key.join('+'));
	const three = (name: string, values: (string | null)[]) => textColumn(name, values);

	test('are columns without a value twice or missing, in either table', async () => {
		const base = [three('a', ['1', '2', '3']), three('b', ['x', 'y', 'z'])];
		expect(
			await suggested(base, [three('a', ['4', '5', '6']), three('b', ['x', 'x', 'z'])])
		).toEqual(['a']);
		expect(
			await suggested(base, [three('a', ['4', '5', null]), three('b', ['x', 'y', 'z'])])
		).toEqual(['b']);
		const doubled = [three('a', ['1', '1', '3']), three('b', ['x', 'y', 'z'])];
		expect(await suggested(doubled, base)).toEqual(['b']);
	});
	test('are never amounts, nor the number of a row', async () => {
		const prices = (values: number[]): Column => ({
			...numberColumn('prix', values),
			valueType: 'money'
		});
		expect(await suggested([prices([1.5, 2.5])], [prices([3.5, 4.5])])).toEqual([]);
		const ranks = (values: number[]) => [integerColumn('rang', values)];
		expect(await suggested(ranks([1, 2, 3]), ranks([1, 2]))).toEqual([]);
		expect(await suggested(ranks([7, 2, 3]), ranks([1, 2]))).toEqual(['rang']);
	});
	test('are identifiers alone where one is: what else is told apart happens to be', async () => {
		const ids = (values: string[]): Column => ({ ...three('id', values), valueType: 'identifier' });
		const before = [three('a', ['x', 'y']), ids(['1', '2'])];
		const after = [three('a', ['x', 'z']), ids(['3', '4'])];
		expect(await suggested(before, after)).toEqual(['id']);
	});
	test('are pairs where no column alone is one', async () => {
		const show = (halls: string[], days: string[]) => [
			three('salle', halls),
			dateColumn('jour', days),
			three(
				'ville',
				halls.map(() => 'Gaspé')
			)
		];
		const before = show(['A', 'B', 'A'], ['2025-01-01', '2025-01-01', '2025-01-02']);
		const after = show(['A', 'B', 'A'], ['2025-01-02', '2025-01-02', '2025-01-03']);
		expect((await compare(before, after)).suggested).toEqual([
			{ key: ['salle', 'jour'], common: 1, onlyBefore: 2, onlyAfter: 2 }
		]);
	});
	test('a pair whose first rows differ and later ones do not is none', async () => {
		const rows = 20_000;
		const make = (last: number): Column[] => [
			integerColumn(
				'x',
				Array.from({ length: rows }, (_, i) => (i === rows - 1 ? last : i % 200) + 5)
			),
			integerColumn(
				'y',
				Array.from({ length: rows }, (_, i) => (i === rows - 1 ? 0 : i / 200) | 0)
			)
		];
		expect(await suggested(make(199), make(0))).toEqual([]);
	});
	test('those that meet come before those that do not', async () => {
		const before = [three('a', ['1', '2']), three('b', ['x', 'y'])];
		expect(await suggested(before, [three('a', ['3', '4']), three('b', ['x', 'z'])])).toEqual([
			'b',
			'a'
		]);
	});
	test('a key of a column that only one table has tells nothing, and joins nothing', async () => {
		const before = [three('a', ['1', '2'])];
		const after = [three('a', ['1', '2']), three('b', ['x', 'y'])];
		expect((await compare(before, after, { key: ['b'] })).told).toBeNull();
		const joining = () => baseOf(before).join(after, { key: ['b'], mode: 'merge' });
		expect(joining).toThrow('merge_key_unknown');
	});
	test('doubled and missing keys are counted', async () => {
		const before = [three('a', ['1', '1', null])];
		const after = [three('a', ['1', '2', '2', null])];
		const { told } = await compare(before, after, { key: ['a'] });
		expect(told).toMatchObject({
			duplicates: { before: 1, after: 1 },
			withoutKey: { before: 1, after: 1 },
			dropped: { before: 1, after: 1 }
		});
		expect(baseOf(before).join(after, { key: ['a'], mode: 'merge' })[0]?.length).toBe(told?.rows);
	});
});

test('a comparison stops when its pause says so', async () => {
	const after = await read(FEBRUARY);
	const stopped = compare(await read(JANUARY), after, {
		pause: () => Promise.reject(new AppError('import_stopped'))
	});
	await expect(stopped).rejects.toThrow('import_stopped');
});

test('what is no table is refused as a base', () => {
	expect(() => new Refresh(new ArrayBuffer(64))).toThrow(AppError);
});
