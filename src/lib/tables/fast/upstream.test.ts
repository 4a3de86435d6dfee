/** What Arquero 8.0.3 gets wrong of Arrow's dictionaries, and the fast tables must not: said, and held to the right answer. */
import {
	columnFromValues,
	dictionary,
	tableFromColumns,
	tableToIPC,
	utf8
} from '@uwdata/flechette';
import { ColumnTable, fromArrow, op, table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { readArrow } from '../../sandbox/worker/arrow.ts';
import { insidesOf, textColumn, timedColumn } from './fast-column.ts';
import { installFastVerbs } from './install.ts';

installFastVerbs();

const bytesOf = (values: (string | null)[]): Uint8Array => {
	const column = columnFromValues(values, dictionary(utf8()));
	const made = tableToIPC(tableFromColumns({ s: column }), { format: 'file' });
	if (!made) throw new Error('no bytes');
	return made;
};

describe('texts of an Arrow dictionary', () => {
	const bytes = bytesOf(['a', 'b', null, 'a']);
	const ours = readArrow(bytes.slice().buffer);

	it('keeps every row that is not an absent text, where Arquero keeps none', () => {
		expect(fromArrow(bytes).filter("d => d.s !== 'absent'").numRows()).toBe(0);
		expect(ours.filter("d => d.s !== 'absent'").numRows()).toBe(4);
		expect(ours.filter("d => d.s === 'absent'").numRows()).toBe(0);
	});

	it('makes no group of a value that no row has', () => {
		const s = textColumn(Int32Array.of(2, 0, 2), ['a', 'unused', 'c']);
		const made = new ColumnTable({ s } as never).groupby('s').rollup({ n: op.count() });
		expect(made.objects()).toEqual([
			{ s: 'c', n: 2 },
			{ s: 'a', n: 1 }
		]);
	});

	it('keeps the keys that only the right side of a full join has', () => {
		const other = table({ s: ['a', 'z'], v: [1, 2] });
		const made = ours.join_full(other, 's').objects() as { s: string | null; v?: number }[];
		expect(made.at(-1)).toEqual({ s: 'z', v: 2 });
	});
});

describe('our columns', () => {
	it('hand out nothing that another cell could be harmed by', () => {
		const codes = Int32Array.of(0, 1);
		const column = textColumn(codes, ['a', 'b']);
		expect(Object.isFrozen(column)).toBe(true);
		for (const part of Object.values(column)) expect(typeof part).toMatch(/function|number/);
		column.toArray()[0] = 'changed';
		expect(column.at(0)).toBe('a');
		expect(insidesOf(column)?.kind).toBe('coded');
		const days = timedColumn(Int32Array.of(1), 86_400_000, null);
		(days.at(0) as Date).setTime(0);
		expect(days.at(0)).toEqual(new Date(86_400_000));
	});
});
