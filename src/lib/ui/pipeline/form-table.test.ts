import { expect, test } from 'vitest';
import type { CellFacts, ControlDescription, Output } from '$lib/core/protocol/messages';
import { formulaParams } from './form-table';

const facts = (name: string): CellFacts =>
	({ kind: 'control', defines: [name], uses: [], from: [], columns: {} }) as unknown as CellFacts;
const shows = (description: ControlDescription): readonly Output[] => [
	{ kind: 'control', control: 'c', description }
];

test('a formula may name the controls of other cells, with what is known of their values', () => {
	const cell = (id: string, outputs: readonly Output[], kind: 'control' | 'code' = 'control') => ({
		...{ id, kind, facts: facts(id), outputs }
	});
	const label = 'x';
	expect(
		formulaParams('moi', [
			cell('seuil', shows({ type: 'number', label, min: 0, max: null, step: null, value: 1 })),
			cell('mot', shows({ type: 'text', label, placeholder: '', value: '' })),
			// A choice is sent as a place in the list: its values are not known here.
			cell('ville', shows({ type: 'select', label, options: [], multiple: false, value: 0 })),
			cell('nouveau', []),
			cell('table', [], 'code'),
			cell('moi', [])
		])
	).toEqual([
		{ name: 'seuil', type: 'number' },
		{ name: 'mot', type: 'text' },
		{ name: 'ville', type: 'any' },
		{ name: 'nouveau', type: 'any' }
	]);
});
