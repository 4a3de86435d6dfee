import { describe, expect, it } from 'vitest';
import { applyEdits } from '../pipeline/edit-pipeline.ts';
import type { ControlSpec } from './control-spec.ts';
import { controlEdits, parseControl } from './parse-control.ts';
import { printControl } from './print-control.ts';

const base: ControlSpec = {
	name: 'a',
	kind: 'range',
	label: 'Prix « bas »',
	source: null,
	min: null,
	max: null,
	step: null,
	value: null
};
const SPECS: readonly ControlSpec[] = [
	{ ...base, min: 0, max: 100, step: 5, value: 50 },
	{ ...base, name: null, min: -2.5, max: 1e6, value: -1 },
	{ ...base, kind: 'number' },
	{ ...base, kind: 'number', min: 0, value: 2, step: 1 },
	{
		...base,
		kind: 'select',
		source: { kind: 'column', table: 'billets', column: 'Région "1"' },
		value: 'Gaspé'
	},
	{ ...base, kind: 'select', source: { kind: 'values', values: ['a', 2, true] }, value: 2 },
	{
		...base,
		kind: 'multiselect',
		source: { kind: 'column', table: 'billets', column: 'region' },
		value: ['a', 'b']
	},
	{
		...base,
		kind: 'checkbox',
		source: { kind: 'values', values: ['Web', 'L’été', 3] },
		value: ['Web']
	},
	{
		...base,
		kind: 'checkbox',
		source: { kind: 'column', table: 'billets', column: 'region' }
	},
	{ ...base, kind: 'search', source: { kind: 'table', table: 'billets' } },
	{ ...base, kind: 'text', value: 'mot' },
	{ ...base, kind: 'date', min: '2024-01-01', max: '2024-12-31', value: '2024-05-01' },
	{
		...base,
		kind: 'date-range',
		min: '2024-01-01',
		max: '2024-12-31',
		value: ['2024-05-01', null]
	},
	{ ...base, kind: 'toggle', value: true },
	{ ...base, kind: 'button' }
];

describe('a control and its source', () => {
	it.each(SPECS)('is read back as it was printed: $kind, $value', (spec) => {
		expect(parseControl(printControl(spec))).toEqual(spec);
		expect(controlEdits(printControl(spec), spec)).toEqual([]);
	});

	it('is edited into any other', () => {
		for (const before of SPECS)
			for (const after of SPECS) {
				const source = printControl(before);
				const edited = applyEdits(source, controlEdits(source, after));
				expect([source, parseControl(edited)]).toEqual([source, after]);
			}
	});

	it('keeps what it does not know, and touches only what changes', () => {
		const source =
			'// le seuil\nconst a = view(Inputs.range([0, 100], {label: "Seuil", format: (x) => `${x} $`, step: 1,}));';
		const spec = parseControl(source);
		if (!spec) throw new Error('not read');
		expect(controlEdits(source, { ...spec, label: 'Prix' })).toEqual([
			{ at: source.indexOf('"Seuil"'), length: 7, insert: '"Prix"' }
		]);
		expect(
			applyEdits(source, controlEdits(source, { ...spec, value: 5, max: 200, step: null }))
		).toBe(
			'// le seuil\nconst a = view(Inputs.range([0, 200], {label: "Seuil", format: (x) => `${x} $`, step: undefined,value: 5}));'
		);
		const bare = 'view(Inputs.range([0, 1]))';
		const read = parseControl(bare);
		expect(read && applyEdits(bare, controlEdits(bare, { ...read, label: 'x' }))).toBe(
			'view(Inputs.range([0, 1], {label: "x"}))'
		);
	});

	it('reads ways in which people write them', () => {
		expect(
			parseControl('const r = view(Inputs.select(t.array("region"), {unique: true, sort: true}))')
		).toMatchObject({ kind: 'select', source: { kind: 'column', table: 't', column: 'region' } });
		expect(parseControl('viewof')).toBeNull();
		for (const other of [
			'',
			'const a = ;',
			'view(Inputs.range(extent))',
			'view(Inputs.select(a, options))',
			'view(Inputs.toString())',
			'view(Inputs.form({a: Inputs.text()}))',
			'const a = view(Inputs.toggle()), b = 2',
			'const {a} = view(Inputs.toggle())',
			'view(Inputs.range(...a))'
		])
			expect([other, parseControl(other)]).toEqual([other, null]);
	});
});
