import { describe, expect, it } from 'vitest';
import type { CellSource } from '../protocol/messages.ts';
import type { Graph } from './graph.ts';
import { buildGraph, EMPTY_GRAPH, readCells } from './graph.ts';
import type { Plan } from './plan.ts';
import { planChange } from './plan.ts';

const cells = (sources: Record<string, string>): CellSource[] =>
	Object.entries(sources).map(([id, source]) => ({
		id,
		mode: source.startsWith('#') ? 'md' : 'js',
		source
	}));
const graphOf = (sources: Record<string, string>): Graph =>
	buildGraph(readCells(new Map(), cells(sources)));
const errorsOf = (sources: Record<string, string>) =>
	Object.fromEntries(
		[...graphOf(sources).cells].flatMap(([id, { error }]) => (error ? [[id, error]] : []))
	);
const NONE: ReadonlySet<string> = new Set();

/** What the second notebook makes run again after the first has run. */
function change(
	first: Record<string, string>,
	second: Record<string, string>,
	more: { heldBefore?: string[]; held?: string[]; asked?: string[] } = {}
): Plan {
	const analyses = readCells(new Map(), cells(first));
	return planChange({
		before: buildGraph(analyses),
		after: buildGraph(readCells(analyses, cells(second))),
		heldBefore: new Set(more.heldBefore ?? []),
		held: new Set(more.held ?? []),
		...(more.asked ? { asked: more.asked } : {})
	});
}

describe('the graph', () => {
	it('orders cells by need, not by place on the page', () => {
		const forward = graphOf({ a: 'const x = 1', b: 'const y = x', c: 'x + y' });
		const backward = graphOf({ c: 'x + y', b: 'const y = x', a: 'const x = 1' });
		expect(forward.order).toEqual(['a', 'b', 'c']);
		expect(backward.order).toEqual(['a', 'b', 'c']);
		expect(backward.cells.get('c')?.from).toEqual(['a', 'b']);
		expect(backward.cells.get('a')?.to).toEqual(['c', 'b']);
	});

	it('marks both cells that define a name, and what uses it waits', () => {
		const sources = { a: 'const x = 1', b: 'let x = 2, z = 3', c: 'x + 1', d: 'z' };
		expect(errorsOf(sources)).toEqual({
			a: { code: 'duplicate', details: { name: 'x' }, line: 1, column: 7, related: ['b'] },
			b: { code: 'duplicate', details: { name: 'x' }, line: 1, column: 5, related: ['a'] }
		});
		const plan = change({}, sources);
		expect(plan.blocked).toEqual(
			new Map([
				['c', 'a'],
				['d', 'b']
			])
		);
	});

	it('names every cell of a circle, and blocks what waits for it', () => {
		const sources = { a: 'const x = z', b: 'const y = x', c: 'const z = y', d: 'z', e: '1' };
		const errors = errorsOf(sources);
		expect(Object.keys(errors)).toEqual(['a', 'b', 'c']);
		expect(errors.a).toEqual({
			code: 'cycle',
			details: { names: 'x, y, z' },
			line: 1,
			column: 11,
			related: ['a', 'b', 'c']
		});
		expect(change({}, sources).blocked.get('d')).toBe('c');
		expect(change({}, sources).run).toEqual(['e']);
	});

	it('suggests the nearest name, of a cell or a built-in', () => {
		const { b, c, d } = errorsOf({
			a: 'const régions = 1',
			b: 'regions',
			c: 'plot.plot()',
			d: 'introuvable',
			e: 'structuredClone(1)'
		});
		expect(b).toMatchObject({
			code: 'unknown_name',
			details: { name: 'regions', suggestion: 'régions' },
			line: 1,
			column: 1
		});
		expect(c).toMatchObject({ details: { name: 'plot', suggestion: 'Plot' } });
		expect(d).toMatchObject({ details: { name: 'introuvable', suggestion: '' } });
	});

	it('says what an absent built-in wants instead', () => {
		const errors = errorsOf({
			a: 'fetch("x")',
			b: 'import {x} from "y"',
			c: 'html`<b>`',
			d: 'const y = 1;\nlocalStorage.x',
			e: 'typeof document'
		});
		expect(errors.a).toMatchObject({
			code: 'absent_builtin',
			details: { name: 'fetch', advice: 'data' }
		});
		expect(errors.b).toMatchObject({ details: { name: 'import', advice: 'library' } });
		expect(errors.c).toMatchObject({ details: { name: 'html', advice: 'text' } });
		expect(errors.d).toMatchObject({
			details: { name: 'localStorage', advice: 'storage' },
			line: 2
		});
		expect(errors.e).toBeUndefined();
	});

	it('lets a cell define a name that is absent here', () => {
		expect(errorsOf({ a: 'const d3 = 1', b: 'd3 + 1' })).toEqual({});
	});

	it('parses again only what changed', () => {
		const first = readCells(new Map(), cells({ a: 'const x = 1', b: 'x' }));
		const second = readCells(first, cells({ b: 'x', a: 'const x = 2' }));
		expect(second.get('b')).toBe(first.get('b'));
		expect(second.get('a')).not.toBe(first.get('a'));
	});
});

describe('what runs again, and why', () => {
	const notebook = { a: 'const x = 1', b: 'const y = x', c: 'const z = y', d: '5' };

	it('runs all of a new notebook', () => {
		const plan = planChange({
			before: EMPTY_GRAPH,
			after: graphOf(notebook),
			heldBefore: NONE,
			held: NONE
		});
		expect(plan.run).toEqual(['a', 'd', 'b', 'c']);
	});

	it('runs nothing when only the order on the page changes', () => {
		const plan = change(notebook, { d: '5', c: 'const z = y', b: 'const y = x', a: 'const x = 1' });
		expect(plan.run).toEqual([]);
		expect(plan.reasons.size).toBe(0);
	});

	it('runs the edited cell and what depends on it', () => {
		const plan = change(notebook, { ...notebook, b: 'const y = x + 1' });
		expect(plan.run).toEqual(['b', 'c']);
		expect(plan.reasons).toEqual(
			new Map<string, unknown>([
				['b', { why: 'edited' }],
				['c', { why: 'upstream', because: 'b' }]
			])
		);
	});

	it('runs what used a name that moved to another cell, or went', () => {
		const moved = change(notebook, { ...notebook, a: '0', e: 'const x = 1' });
		expect(moved.reasons.get('b')).toEqual({ why: 'rewired', name: 'x' });
		expect(moved.run).toEqual(['a', 'e', 'b', 'c']);
		const { a: _a, ...without } = notebook;
		const gone = change(notebook, without);
		expect(gone.removed).toEqual(['a']);
		expect(gone.failed.get('b')).toMatchObject({ code: 'unknown_name', details: { name: 'x' } });
		expect(gone.blocked.get('c')).toBe('b');
		expect(gone.run).toEqual([]);
	});

	it('comes back when a duplicate is mended', () => {
		const plan = change({ ...notebook, e: 'const x = 2' }, notebook);
		expect(plan.run).toEqual(['a', 'b', 'c']);
		expect(plan.reasons.get('a')).toEqual({ why: 'mended' });
	});

	it('leaves held cells and what needs them, and runs them once released', () => {
		const held = change({}, notebook, { held: ['b'] });
		expect(held.run).toEqual(['a', 'd']);
		expect(held.blocked).toEqual(new Map([['c', 'b']]));
		const released = change(notebook, notebook, { heldBefore: ['b'], asked: ['b'] });
		expect(released.run).toEqual(['b', 'c']);
	});

	it('gives the same answer whatever the order on the page', () => {
		const ids = Object.keys(notebook) as (keyof typeof notebook)[];
		const rank = (plan: Plan): string[] => [...plan.run].sort();
		for (let turn = 0; turn < ids.length; turn++) {
			const turned = [...ids.slice(turn), ...ids.slice(0, turn)];
			const before = Object.fromEntries(turned.map((id) => [id, notebook[id]]));
			expect(rank(change(before, { ...before, a: 'const x = 9' }))).toEqual(['a', 'b', 'c']);
		}
	});
});
