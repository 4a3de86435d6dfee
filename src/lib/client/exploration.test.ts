import { describe, expect, test } from 'vitest';
import type { ControlValue, Output } from '../core/protocol/messages.ts';
import type { Explorable, ReportContent } from '../core/report/report.ts';
import { Exploration } from './exploration.svelte.ts';
import type { HostReports } from './workspace.svelte.ts';

const number = (value: number): Output =>
	({
		kind: 'value',
		value: { type: 'number', text: String(value), number: value, size: null, entries: [] },
		lineage: null
	}) as unknown as Output;
const range = (value: number): Output => ({
	kind: 'control',
	control: 'seuil.0',
	description: { type: 'range', label: 'Seuil', min: 0, max: 9, step: 1, value }
});
const block = (cell: string, output: unknown) => ({
	cell,
	kind: 'code',
	source: null,
	outputs: [output]
});
const CONTENT = {
	lang: 'fr',
	title: 'T',
	summary: '',
	authors: ['Ana'],
	licence: 'CC-BY-4.0',
	blocks: [
		block('seuil', { kind: 'control', label: 'Seuil', setting: { type: 'number', value: 4 } }),
		block('double', { kind: 'value', caption: '', text: '8', lineage: null })
	],
	sources: []
} as unknown as ReportContent;
const EXPLORE: Explorable = {
	cells: ['seuil', 'double'].map((id) => ({ id, mode: 'js', source: '' })),
	live: ['seuil', 'double'],
	files: [],
	everyFile: [],
	leftOut: []
};

/** A worker in no frame, that doubles what the control says. */
function explore() {
	const given: ControlValue[] = [];
	let destroyed = 0;
	let on: HostReports | null = null;
	const exploration = new Exploration(CONTENT, EXPLORE, (reports) => {
		on = reports;
		return {
			start: () => {},
			setCells: () => {},
			input: (_control, value) => void given.push(value),
			window: () => Promise.reject(new Error('no table')),
			destroy: () => void destroyed++
		};
	});
	const tell = on as unknown as HostReports;
	const runs = async (value: number, state: 'done' | 'error' = 'done') => {
		tell.message({ type: 'outputs', cell: 'seuil', run: 1, outputs: [range(value)] });
		tell.message({ type: 'outputs', cell: 'double', run: 1, outputs: [number(value * 2)] });
		const states = ['seuil', 'double'].map((id) => ({
			...{ id, run: 1, ms: 1, error: null, blockedBy: null },
			state: id === 'double' ? state : ('done' as const)
		}));
		tell.message({ type: 'states', states });
		tell.message({ type: 'rest', heard: 1 });
		await Promise.resolve();
	};
	const shown = () => {
		const output = exploration.content?.blocks[1]?.outputs[0];
		return output?.kind === 'value' ? output.text : null;
	};
	return { exploration, given, tell, runs, shown, destroyed: () => destroyed };
}

describe('an exploration', () => {
	test('begins where the author left the controls, and follows the reader', async () => {
		const { exploration, given, runs, shown } = explore();
		expect([exploration.computing, exploration.live.size]).toEqual([true, 0]);
		await runs(1);
		// The result of the default is never shown.
		expect([given, shown()]).toEqual([[4], null]);
		await runs(4);
		expect([shown(), exploration.computing, exploration.moves]).toEqual(['8', false, 0]);
		expect([...exploration.live]).toEqual(['seuil', 'double']);
		const [control] = exploration.controls('seuil');
		exploration.input(control?.control ?? '', 9);
		expect(exploration.computing).toBe(true);
		await runs(9);
		expect([given, shown(), exploration.moves]).toEqual([[4, 9], '18', 1]);
	});

	test('shows nothing where a setting gives nothing', async () => {
		const { exploration, runs } = explore();
		await runs(4);
		exploration.input('seuil.0', 0);
		await runs(0, 'error');
		expect(exploration.content?.blocks[1]?.outputs).toEqual([]);
		expect(exploration.failed).toBe(null);
	});

	test('gives the published report back when its cells fail, or its worker does', async () => {
		const first = explore();
		await first.runs(4, 'error');
		expect([first.exploration.content, first.exploration.failed]).toEqual([null, 'unexpected']);
		const later = explore();
		await later.runs(4);
		later.tell.replaced('sandbox_memory');
		expect(later.exploration.failed).toBe('sandbox_memory');
		expect([later.exploration.content, later.exploration.controls('seuil')]).toEqual([null, []]);
		expect(later.destroyed()).toBe(1);
		// Nothing is heard after.
		await later.runs(4);
		later.exploration.input('seuil.0', 5);
		expect([later.exploration.content, later.given]).toEqual([null, []]);
	});
});
