import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { toNotebook, type CellSpec } from '../../core/notebook/notebook.ts';
import type { Actor } from '../app.ts';
import { MAX_CELLS, MAX_SOURCE } from '../../core/notebook/limits.ts';
import { createNotebook } from './create.ts';

let t: TestApp;
let ana: Actor;
beforeEach(() => {
	t = testApp();
	ana = testPerson(t.app, 'Ana');
});
afterEach(() => t.close());

/** What making a notebook of these cells is refused with. */
function refusal(cells: readonly CellSpec[]): { code: string; details: object } | null {
	try {
		createNotebook(t.app, ana, { notebook: toNotebook({ title: 'Long', cells: [...cells] }) });
	} catch (error) {
		if (error instanceof AppError) return { code: error.code, details: error.details };
		throw error;
	}
	return null;
}

describe('the limits of a notebook', () => {
	const cells = (count: number): CellSpec[] =>
		Array.from({ length: count }, (_, i) => ({ id: `c${i}`, source: '1' }));
	it('hold its cells', () => {
		expect(refusal(cells(MAX_CELLS))).toBeNull();
		expect(refusal(cells(MAX_CELLS + 1))).toEqual({
			code: 'notebook_too_many_cells',
			details: { max: MAX_CELLS }
		});
	});
	it('hold the sources of all of them together', () => {
		const half = { id: 'a', source: 'x'.repeat(MAX_SOURCE / 2) };
		expect(refusal([half, { ...half, id: 'b' }])).toBeNull();
		expect(refusal([half, { id: 'b', source: `${half.source}y` }])).toEqual({
			code: 'notebook_too_large',
			details: { millions: MAX_SOURCE / 1e6 }
		});
	});
});
