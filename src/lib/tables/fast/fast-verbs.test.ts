/**
 * The fast verbs against plain Arquero's: thousands of pipelines by chance over tables by chance. The plain side runs
 * the verbs kept aside before ours were installed, over plain arrays: so that what Arquero gets wrong of Arrow's
 * dictionaries is no part of the truth.
 */
import * as aq from 'arquero';
import { ColumnTable } from 'arquero';
import { describe, expect, it } from 'vitest';
import { installFastVerbs } from './install.ts';
import { OTHER, randomColumns, randomFrom, randomStep, type Step } from './random-pipelines.ts';

type Verb = (this: unknown, ...args: unknown[]) => unknown;
const prototype = ColumnTable.prototype as unknown as Record<string, Verb>;
const plainVerbs = new Map(
	Object.getOwnPropertyNames(ColumnTable.prototype).map((name) => [name, prototype[name] as Verb])
);
plainVerbs.set('reify', prototype.reify as Verb);
plainVerbs.set('params', prototype.params as Verb);
const taken = new Map<string, { fast: number; plain: number }>();
/** Why fast ways failed, where Arquero did not: for whoever works on them. */
let last: unknown = null;
const failed = new Map<string, number>();
installFastVerbs((verb, fast, error) => {
	last = fast ? null : error;
	const counts = taken.get(verb) ?? { fast: 0, plain: 0 };
	counts[fast ? 'fast' : 'plain']++;
	taken.set(verb, counts);
});

const make = (data: Record<string, unknown>): ColumnTable =>
	new (ColumnTable as unknown as new (data: object) => ColumnTable)(data);

function run(
	table: ColumnTable,
	other: ColumnTable,
	step: Step,
	plain: boolean
): ColumnTable | Error {
	const args = step.args.map((arg) => (arg === OTHER ? other : arg));
	try {
		const verb = plain ? (plainVerbs.get(step.verb) as Verb) : (prototype[step.verb] as Verb);
		return verb.apply(table, args) as ColumnTable;
	} catch (error) {
		return error as Error;
	}
}

/** A value as a text that tells all values apart, -0 and undefined too. */
function shown(value: unknown): string {
	if (value instanceof Date) return `Date(${+value})`;
	if (Array.isArray(value)) return `[${value.map(shown).join()}]`;
	if (Object.is(value, -0)) return '-0';
	return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function described(table: ColumnTable): string[] {
	const lines = [
		`${table.columnNames().join()} ${table.numRows()}/${table.totalRows()} ${table.isFiltered()} ${table.isOrdered()}`
	];
	for (const name of table.columnNames())
		lines.push(`${name}: ${Array.from(table.array(name) as ArrayLike<unknown>, shown).join()}`);
	const groups = table.groups() as unknown as {
		names: string[];
		size: number;
		rows: ArrayLike<number>;
		keys: ArrayLike<number>;
		get: ((row: number) => unknown)[];
	} | null;
	if (groups) {
		const keys: number[] = [];
		table.scan((row = 0) => keys.push(groups.keys[row] as number));
		lines.push(`groups ${groups.names.join()} ${groups.size} of ${keys.join()}`);
		for (const get of groups.get)
			lines.push(Array.from(groups.rows, (row) => shown(get(row))).join());
	}
	return lines;
}

const saying = (step: Step): string =>
	`${step.verb}(${step.args.map((arg) => (arg === OTHER ? 'other' : (JSON.stringify(arg) ?? 'undefined'))).join(', ')})`;

/** Runs one pipeline both ways, and compares after each verb. */
function compare(seed: number, rows?: number): void {
	const random = randomFrom(seed);
	const columns = randomColumns(random, [], rows);
	const second = randomColumns(random, columns.names);
	let [plain, ours] = [make(columns.plain), make(columns.ours)];
	const [plainOther, ourOther] = [make(second.plain), make(second.ours)];
	const said: string[] = [`seed ${seed}`];
	for (let steps = 1 + Math.floor(random() * 4); steps > 0; steps--) {
		const names = plain.columnNames();
		if (names.length === 0 || names.length > 40) return;
		const step = randomStep(random, names, aq as never);
		said.push(saying(step));
		last = null;
		const [truth, answer] = [run(plain, plainOther, step, true), run(ours, ourOther, step, false)];
		const context = said.join('\n');
		if (truth instanceof Error || answer instanceof Error) {
			expect(`${context}\n${answer instanceof Error ? answer.message : 'no error'}`).toBe(
				`${context}\n${truth instanceof Error ? truth.message : 'no error'}`
			);
			return;
		}
		if (last) {
			const text = `${step.verb}: ${String(last)}`;
			failed.set(text, (failed.get(text) ?? 0) + 1);
			last = null;
		}
		[plain, ours] = [truth, answer];
		if (plain.totalRows() > 3_000) return;
		expect([context, ...described(ours)]).toEqual([context, ...described(plain)]);
	}
}

/** `npm run fuzz -- pipelines` takes more. */
const PIPELINES = 5_000 * Number(process.env.CARNET_FUZZ ?? 1);
/** Of tables that loops take in several goes. */
const LONG = 100;

describe('fast verbs', () => {
	it(`answer as plain Arquero does, over ${PIPELINES} pipelines`, () => {
		for (let seed = 1; seed <= PIPELINES; seed++) compare(seed);
		// A fast way that fails where Arquero does not has a fault, but for what it says is Arquero's alone.
		const faults = [...failed.keys()].filter((text) => !text.includes('RangeError'));
		for (let seed = 1; seed <= LONG; seed++) compare(seed, 2_047 + (seed % 3));
		expect(faults).toEqual([]);
		// Each verb was taken fast, often enough to tell.
		for (const [verb, { fast }] of taken)
			expect([verb, fast > PIPELINES / 50]).toEqual([verb, true]);
	});
});
