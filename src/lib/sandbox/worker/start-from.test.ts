/** A choice that is kept in the source of its control: in a real session, the control begins where it stood. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startToKeep } from '../../core/control/present-value.ts';
import { controlEdits, parseControl } from '../../core/control/parse-control.ts';
import { applyEdits } from '../../core/pipeline/edit-pipeline.ts';
import type { ControlDescription, ControlValue } from '../../core/protocol/messages.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

function shown(): { control: string; description: ControlDescription } {
	const output = host.outputs.get('a')?.[0];
	if (output?.kind !== 'control') throw new Error('no control');
	return output;
}
function toKeep(source: string) {
	const spec = parseControl(source);
	if (!spec) throw new Error(source);
	const start = startToKeep(spec, shown().description);
	return { spec, start };
}

const CASES: readonly [source: string, value: ControlValue, after: string][] = [
	[
		'const a = view(Inputs.checkbox(["Web", "Mobile", "Guichet"], {label: "Canal", value: ["Web"]}));',
		[1, 2],
		'const a = view(Inputs.checkbox(["Web", "Mobile", "Guichet"], {label: "Canal", value: ["Mobile", "Guichet"]}));'
	],
	[
		'const a = view(Inputs.select(["Web", 2, true], {label: "Canal", sort: false}));',
		1,
		'const a = view(Inputs.select(["Web", 2, true], {label: "Canal", sort: false, value: 2}));'
	],
	[
		'const a = view(Inputs.range([0, 10], {label: "n", value: 5, step: 1}));',
		8,
		'const a = view(Inputs.range([0, 10], {label: "n", value: 8, step: 1}));'
	],
	[
		'const a = view(Inputs.number({label: "n"}));',
		0,
		'const a = view(Inputs.number({label: "n", value: 0}));'
	],
	[
		'const a = view(Inputs.text({label: "n", value: "été"}));',
		'hiver',
		'const a = view(Inputs.text({label: "n", value: "hiver"}));'
	],
	[
		'const a = view(Inputs.toggle({label: "n"}));',
		true,
		'const a = view(Inputs.toggle({label: "n", value: true}));'
	],
	[
		'const a = view(Inputs.date({label: "n", value: "2024-01-01"}));',
		'2024-05-01',
		'const a = view(Inputs.date({label: "n", value: "2024-05-01"}));'
	],
	[
		'const a = view(Inputs.form([Inputs.date(), Inputs.date({value: "2024-05-01"})], {label: "n"}));',
		['2024-02-01', null],
		'const a = view(Inputs.form([Inputs.date({value: "2024-02-01"}), Inputs.date()], {label: "n"}));'
	]
];

it.each(CASES)('%s begins where it stands', async (source, value, after) => {
	await host.cells({ a: source });
	expect(toKeep(source).start).toBeUndefined();
	host.send({ type: 'input', control: shown().control, value });
	await host.settled();
	const { spec, start } = toKeep(source);
	if (start === undefined) throw new Error('nothing to keep');
	const kept = applyEdits(source, controlEdits(source, { ...spec, value: start }));
	expect(kept).toBe(after);
	await host.cells({ a: kept });
	expect(shown().description.type !== 'button' && shown().description.value).toEqual(value);
	expect(toKeep(kept).start).toBeUndefined();
	// Another session begins there too.
	const anew = new TestHost();
	await anew.cells({ a: kept });
	const output = anew.outputs.get('a')?.[0];
	expect(output?.kind === 'control' && output.description).toEqual(shown().description);
	anew.close();
});

it.each([
	'const a = view(Inputs.checkbox(["Web"], {label: "Canal", value: ["Web"]}));',
	'const a = view(Inputs.select(["Web", "Mobile"], {multiple: true, value: ["Web"]}));',
	'const a = view(Inputs.text({label: "n", value: "été"}));'
])('emptied, %s begins empty', async (source) => {
	await host.cells({ a: source });
	const empty = shown().description.type === 'text' ? '' : [];
	host.send({ type: 'input', control: shown().control, value: empty });
	await host.settled();
	const { spec, start } = toKeep(source);
	if (start === undefined) throw new Error('nothing to keep');
	const kept = applyEdits(source, controlEdits(source, { ...spec, value: start }));
	const anew = new TestHost();
	await anew.cells({ a: kept });
	const output = anew.outputs.get('a')?.[0];
	expect(
		output?.kind === 'control' && output.description.type !== 'button' && output.description.value
	).toEqual(empty);
	anew.close();
	await host.cells({ a: kept });
	expect(toKeep(kept).start).toBeUndefined();
});

it.each([
	['const a = view(Inputs.select(["Web", "web"], {format: (x) => x.toUpperCase()}));', 1],
	['const a = view(Inputs.select(["1", 1]));', 1],
	['const a = view(Inputs.select(aq.table({b: ["x", "y"]}).array("b")));', 1]
] as const)('a choice that the source does not say is not kept: %s', async (source, value) => {
	await host.cells({ a: source });
	host.send({ type: 'input', control: shown().control, value });
	await host.settled();
	expect(toKeep(source).start).toBeUndefined();
});
