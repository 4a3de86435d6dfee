import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControlDescription } from '../../core/protocol/messages.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

/** The controls of a cell, as last described. */
const controls = (cell: string): ControlDescription[] =>
	(host.outputs.get(cell) ?? []).flatMap((output) =>
		output.kind === 'control' ? [output.description] : []
	);

async function move(control: string, value: string | number): Promise<void> {
	host.send({ type: 'input', control, value });
	await host.settled();
}

describe('a control that was moved', () => {
	it('is described as it stands whenever its cell’s outputs are sent again', async () => {
		await host.cells({
			a: 'const found = view(Inputs.search(aq.table({nom: ["Nuit", "Jour"]}), {label: "Nom"}));',
			b: 'found.numRows()'
		});
		expect(controls('a')).toMatchObject([{ value: '', results: '2' }]);
		await move('a.0', 'nui');
		expect(host.shown('b')).toEqual(['1']);
		expect(controls('a')).toMatchObject([{ value: 'nui', results: '1' }]);
	});

	it('says how much a search finds in a list, though nothing else is shown anew', async () => {
		await host.cells({ a: 'const found = view(Inputs.search(["Nuit", "Jour"]));', b: 'found' });
		await move('a.0', 'jo');
		expect(controls('a')).toMatchObject([{ value: 'jo', results: '1' }]);
		await move('a.0', 'jox');
		expect(controls('a')).toMatchObject([{ value: 'jox', results: '0' }]);
	});

	it('is described in every cell that shows it, followed or not', async () => {
		await host.cells({
			a: 'const seuil = Inputs.range([0, 10], {value: 1});',
			b: 'display(seuil)',
			c: 'display(seuil)'
		});
		await move('b.0', 8);
		expect([controls('b'), controls('c')]).toMatchObject([[{ value: 8 }], [{ value: 8 }]]);
	});

	it('is not moved by what it does not offer, and says so', async () => {
		await host.cells({ a: 'const seuil = view(Inputs.range([0, 10], {value: 1}));', b: 'seuil' });
		await move('a.0', 11);
		expect(host.shown('b')).toEqual(['1']);
		expect(controls('a')).toMatchObject([{ value: 1 }]);
	});
});

describe('a worker that takes the place of another', () => {
	const notebook = {
		a: 'const seuil = view(Inputs.range([0, 10], {label: "Seuil", value: 1}));',
		b: 'seuil * 2'
	};
	const begin = (inputs: [string, string | number][]): void =>
		host.send({ type: 'init', lang: 'fr', dark: false, inputs });

	it('starts from what people chose, in what it shows and in what it computes', async () => {
		begin([['a.0', 8]]);
		await host.cells(notebook);
		expect(controls('a')).toMatchObject([{ value: 8 }]);
		expect(host.shown('b')).toEqual(['16']);
		// Known from the start: nothing ran for a value that nobody chose.
		expect(host.runs('b')).toBe(1);
	});

	it('keeps to what the control offers', async () => {
		begin([['a.0', 'huit']]);
		await host.cells(notebook);
		expect(controls('a')).toMatchObject([{ value: 1 }]);
		expect(host.shown('b')).toEqual(['2']);
	});

	it('gives a choice once: a control written anew starts as it says', async () => {
		begin([['a.0', 8]]);
		await host.cells(notebook);
		await host.cells({ ...notebook, a: notebook.a.replace('value: 1', 'value: 2') });
		expect(controls('a')).toMatchObject([{ value: 2 }]);
		expect(host.shown('b')).toEqual(['4']);
	});
});

describe('a choice of the different values of a column', () => {
	it('takes each once: dates of one moment, and no others', async () => {
		await host.cells({
			a: `view(Inputs.select([NaN, 0, "0", -0, NaN, new Date(0), new Date(0), null, undefined, null], {
				unique: true, format: (value) => typeof value
			}))`
		});
		const [select] = controls('a');
		expect(select?.type === 'select' && select.options.map(({ label }) => label)).toEqual([
			...['number', 'number', 'string', 'object', 'object', 'undefined']
		]);
	});
	// Compared with each other, so many would take minutes, and the cell would be stopped without a reason.
	it('says that they are too many', async () => {
		await host.cells({
			a: 'view(Inputs.select(Array.from({length: 300000}, (_, i) => `valeur ${i}`), {unique: true}))'
		});
		expect(host.states.get('a')?.error).toMatchObject({
			code: 'output_too_large',
			details: { what: 'options' }
		});
	});
});
