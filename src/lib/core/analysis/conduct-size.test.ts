/**
 * What the server reads of cells that anyone wrote, each time a report is looked over or published: in a time that
 * follows their size. What would be slow here is slow by minutes, and holds the server for everyone.
 */
import { expect, it } from 'vitest';
import { conductOf } from './conduct.ts';

const many = (n: number, part: (i: number) => string): string =>
	Array.from({ length: n }, (_, i) => part(i + 1)).join('');

it('follows a variable that is given twice what was made of another, and so on, once', () => {
	const own = `let a0 = []; a0 = [];${many(40, (i) => `let a${i} = a${i - 1}.sort(); a${i} = a${i - 1}.sort();`)}`;
	expect(conductOf(`${own}a40.push(1);`, 'js')).toMatchObject({ leaks: false });
	// The same, of a list that another cell made.
	const theirs = own.replace('let a0 = []; a0 = [];', 'let a0 = liste; a0 = [];');
	expect(conductOf(`${theirs}a40.push(1);`, 'js')).toMatchObject({ leaks: true });
	const chain = many(
		40,
		(i) => `let t${i} = t${i - 1}.filter(d => d); t${i} = t${i - 1}.select("x");`
	);
	const summed = (head: string): boolean | undefined =>
		conductOf(`${head}${chain}t40.rollup({n: d => op.count()})`, 'js')?.summarises;
	expect(summed('let t0 = ventes;')).toBe(true);
	expect(summed('let t0 = Math.max(1);')).toBe(false);
});

it('tells what each of many declarations is made of, and all names of one', () => {
	const conduct = conductOf(
		many(20_000, (i) => `const x${i} = y${i};`),
		'js'
	);
	expect(conduct?.parts.size).toBe(20_000);
	expect([...(conduct?.parts.get('x7')?.bare ?? [])]).toEqual(['y7']);
	const taken = conductOf(`const {${many(20_000, (i) => `a${i}, `)}} = ventes;`, 'js');
	expect(taken?.parts.size).toBe(20_000);
	expect([...(taken?.parts.get('a9')?.loose ?? [])]).toContain('ventes');
	const inside = conductOf('const a = b + c; function f() { return d; } f(a);', 'js');
	expect([...(inside?.parts.get('a')?.loose ?? [])]).toEqual(['b', 'c']);
	expect([...(inside?.parts.get('f')?.loose ?? [])]).toEqual(['d']);
});

it('is not read further than its size allows: nothing is known of it to be harmless', () => {
	const deep = `${'{'.repeat(900)}${'a;'.repeat(200_000)}${'}'.repeat(900)}`;
	expect(conductOf(deep, 'js')).toMatchObject({ leaks: true, packs: true });
	// As large, and not as deep (positive control).
	expect(conductOf('a;'.repeat(200_000), 'js')).toMatchObject({ leaks: false });
});
