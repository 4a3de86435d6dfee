/**
 * Sources that others of the notebook wrote, read in the page of whoever opens the panel: each is read in a time that
 * follows its size, or not at all. What would be slow here is slow by minutes, and ends these tests by their limit.
 */
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../analysis/fixes.ts';
import { editChart } from '../chart/edit-chart.ts';
import { parseChart } from '../chart/parse-chart.ts';
import { parseControl } from '../control/parse-control.ts';
import type { CellError } from '../protocol/messages.ts';
import { MAX_CALLS, MAX_SOURCE } from './chain.ts';
import { columnsAfter, type KnownColumn } from './columns-after.ts';
import { moveStep, removeStep, setStepOff } from './edit-pipeline.ts';
import { readOff } from './off-comment.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { hasFewerProblems, MOST_PROBLEMS, stepProblems } from './step-problems.ts';
import { suggestForTable } from './suggest.ts';
import type { Step } from './step.ts';

const many = (n: number, part: (i: number) => string, between = ', '): string =>
	Array.from({ length: n }, (_, i) => part(i)).join(between);
const BLANK = ' '.repeat(180_000);

describe('a source with a long blank', () => {
	it('in a switched-off step is read', () => {
		const source = `ventes\n/*off .select("a"${BLANK}) */`;
		expect(parsePipeline(source)?.steps).toMatchObject([
			{ off: true, step: { kind: 'select', columns: ['a'] } }
		]);
		expect(readOff(`/*off${BLANK}.count()${BLANK}*/`)).toBe('.count()');
		expect(readOff(`/*off${BLANK}count()${BLANK}*/`)).toBeNull();
	});
	it('before a step is edited', () => {
		const source = `ventes\n/*\n${BLANK}a\n*/ .select("a")\n.count()`;
		expect(removeStep(source, 1)).toHaveLength(1);
		expect(setStepOff(source, 0, true)).toHaveLength(2);
		expect(moveStep(source, 0, 1).length).toBeGreaterThan(0);
	});
});

describe('a source with too much of one thing', () => {
	it('is nobody’s steps', () => {
		const off = '/*off .count() */\n';
		expect(parsePipeline(`ventes\n${off.repeat(MAX_CALLS)}`)?.steps).toHaveLength(MAX_CALLS);
		for (const source of [
			`ventes\n${off.repeat(MAX_CALLS + 1)}`,
			`ventes${'.count()'.repeat(MAX_CALLS + 1)}`,
			`ventes.select("${'a'.repeat(MAX_SOURCE)}")`,
			`${'('.repeat(50_000)}ventes${')'.repeat(50_000)}`,
			`ventes.filter(d => ${'!'.repeat(90_000)}d.a)`
		])
			expect(parsePipeline(source)).toBeNull();
	});
	it('has a step of code where an expression goes too deep', () => {
		const deep = `ventes.filter(d => ${'!'.repeat(300)}d.a)`;
		expect(parsePipeline(deep)?.steps).toMatchObject([{ step: { kind: 'code' } }]);
		const wide = `ventes.filter(d => op.includes([${many(3_000, String)}], d.a))`;
		expect(parsePipeline(wide)?.steps).toMatchObject([{ step: { kind: 'code' } }]);
	});
	it('breaks none of the panels, nor what mends a cell', () => {
		for (const source of [
			`Plot.plot({x: a${'.b'.repeat(50_000)}})`,
			`Plot.plot({x: 1${'+1'.repeat(50_000)}})`,
			`Plot.plot({x: ${'['.repeat(50_000)}${']'.repeat(50_000)}})`,
			`view(Inputs.range([0, 1], {label: a${'.b'.repeat(50_000)}}))`
		]) {
			expect(parseChart(source)).toBeNull();
			expect(parseControl(source)?.label ?? '').toBe('');
			for (const code of ['unknown_name', 'missing_column', 'closure', 'duplicate'] as const)
				expect(fixesFor(source, errorOf(code, 'x', 'y'), new Set(['x']))).toEqual([]);
		}
	});
	it('keeps what a chart’s panel does not know, however much', () => {
		const options = many(8_000, (i) => `a${i}: ${i}`);
		const source = `Plot.plot({${options}, marks: [Plot.dot(ventes, {x: "a", y: "b"})]})`;
		const chart = parseChart(source);
		expect(chart?.kept).toHaveLength(8_000);
		if (chart)
			expect(editChart(source, chart, { ...chart.spec, title: 'T' }, 'fr')).toHaveLength(1);
	});
});

const errorOf = (code: CellError['code'], name: string, suggestion: string): CellError => ({
	...{ code, details: { name, suggestion }, line: 1, column: 1, related: [] }
});

describe('an error that people’s code made up', () => {
	it('never has another thing than a name written', () => {
		for (const forged of ['', 'x); pwned(', 'x.y', '"x"', 'x\ny', ' x', 'x'.repeat(3) + ';'])
			expect([
				forged,
				fixesFor('prix + 1', errorOf('unknown_name', 'prix', forged), new Set())
			]).toEqual([forged, []]);
		const [column] = fixesFor(
			'ventes.filter(d => d.prix > 1)',
			errorOf('missing_column', 'prix', '"]; pwned("'),
			new Set()
		);
		expect(column?.edits).toEqual([{ at: 20, length: 5, insert: '["\\"]; pwned(\\""]' }]);
		for (const code of ['closure', 'duplicate'] as const)
			expect(
				fixesFor('prix + 1', errorOf(code, 'pwned()', 'pwned()'), new Set(['pwned()']))
			).toEqual([]);
	});
	it('looks for a free name, and not for ever', () => {
		const numbers = many(1_100, (i) => `a${i}`);
		expect(fixesFor(`const a = [${numbers}]`, errorOf('duplicate', 'a', ''), new Set())).toEqual(
			[]
		);
		expect(fixesFor('const a = a2', errorOf('duplicate', 'a', ''), new Set(['a3']))).toMatchObject([
			{ kind: 'rename', text: 'a4' }
		]);
	});
});

/** How many names are folded, to be compared with another, while something is worked out. */
function folded(work: () => void): number {
	const { normalize } = String.prototype;
	let count = 0;
	String.prototype.normalize = function (...form: []): string {
		count++;
		return normalize.apply(this, form);
	};
	try {
		work();
	} finally {
		String.prototype.normalize = normalize;
	}
	return count;
}

describe('a wide table', () => {
	const wide: KnownColumn[] = Array.from({ length: 1_000 }, (_, i) => ({
		...{ name: `colonne ${i} de 2024`, type: 'integer' as const }
	}));
	const next = wide.map(({ name, type }) => ({ name: name.replace('2024', '2025'), type }));
	const select: Step = { kind: 'select', columns: next.map(({ name }) => name) };

	it('that none of a step’s columns is in is told of, within limits', () => {
		const work = folded(() => {
			const found = stepProblems(select, wide);
			expect(found).toHaveLength(MOST_PROBLEMS);
			expect(found[0]).toMatchObject({ code: 'unknown_column', nearest: 'colonne 0 de 2024' });
			for (let i = 0; i < MOST_PROBLEMS; i++)
				expect(hasFewerProblems(select, wide, null, MOST_PROBLEMS)).toBe(false);
		});
		expect(work).toBeLessThan(20_000);
		const join: Step = {
			kind: 'join',
			join: 'left',
			table: 'lieux',
			on: next.map(({ name }, i) => ({ left: wide[i]?.name ?? '', right: name, folded: false }))
		};
		expect(folded(() => stepProblems(join, wide, () => wide))).toBeLessThan(20_000);
	});
	it('says whether a step has fewer problems, to the limit', () => {
		const two: Step = { kind: 'select', columns: ['a', 'b'] };
		expect([1, 2, 3].map((limit) => hasFewerProblems(two, wide, null, limit))).toEqual([
			...[false, false, true]
		]);
		expect(hasFewerProblems({ kind: 'ungroup' }, wide, null, 1)).toBe(true);
	});
	it('beside others is looked at once for each column', () => {
		const others = ['a', 'b', 'c'].map((name) => ({ name, columns: wide }));
		expect(folded(() => suggestForTable(wide, null, others))).toBeLessThan(50_000);
		expect(suggestForTable(wide, null, others).map(({ id }) => id)).toContain('join:a');
	});
	it('has the same columns after a step as a narrow one', () => {
		const renamed = columnsAfter(
			{ kind: 'rename', names: [{ from: wide[3]?.name ?? '', to: '__proto__' }] },
			wide
		);
		expect(renamed?.slice(2, 5).map(({ name }) => name)).toEqual([
			...['colonne 2 de 2024', '__proto__', 'colonne 4 de 2024']
		]);
		expect(columnsAfter({ kind: 'drop', columns: ['constructor'] }, wide)).toEqual(wide);
	});
});
