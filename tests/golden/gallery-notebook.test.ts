/** The gallery shows every kind of step and of chart, and each of its cells comes to what its steps come to. */
import { from, fromArrow, type ColumnTable } from 'arquero';
import { afterAll, describe, expect, test } from 'vitest';
import { CHART_KINDS } from '../../src/lib/core/chart/chart-spec.ts';
import { parseChart } from '../../src/lib/core/chart/parse-chart.ts';
import {
	DATE_PARTS,
	intentOf,
	TYPE_WAYS,
	type Intent
} from '../../src/lib/core/pipeline/intent.ts';
import { parsePipeline } from '../../src/lib/core/pipeline/parse-pipeline.ts';
import { JOIN_KINDS, type StepKind } from '../../src/lib/core/pipeline/step.ts';
import { galleryNotebook, saying } from '../../src/lib/server/demo/notebooks/gallery/gallery.ts';
import {
	galleryNames,
	gallerySections
} from '../../src/lib/server/demo/notebooks/gallery/gallery-steps.ts';
import { CODE, formOf, INTENTS } from '../../src/lib/ui/pipeline/intents.ts';
import { runSteps } from '../../src/lib/tables/steps/run-steps.ts';
import { makeDemoDatasets } from '../../src/lib/server/demo/datasets.ts';
import { runNotebook, type RunNotebook } from '../support/run-notebook.ts';

const FILES = { performances: 'representations-demo@1.arrow', web: 'audience-web-demo@1.arrow' };

/** A kind that is added must be written here, and then be in the gallery. */
const KINDS: Record<Exclude<StepKind, 'code'>, true> = {
	...{ filter: true, derive: true, select: true, drop: true, rename: true, relocate: true },
	...{ summarise: true, group: true, ungroup: true, sort: true, slice: true, top: true },
	...{ join: true, lookup: true, stack: true, pivot: true, unpivot: true, dedupe: true },
	...{ fill: true, window: true, sample: true }
};
const PURPOSES: Record<Intent['purpose'], true> = {
	...{ bin: true, date: true, recode: true, split: true, extract: true, flag_missing: true },
	...{ running_total: true, share: true, difference: true, percent_change: true, rank: true },
	...{ fill: true, formula: true, window_formula: true, type: true }
};

describe.each(['fr', 'en'] as const)('the gallery, %s', (lang) => {
	const transforms = gallerySections(saying(lang)).flatMap((section) => section.transforms);
	const notebook = galleryNotebook(lang, FILES);
	const charts = notebook.cells.flatMap(({ source }) => parseChart(source) ?? []);
	let run: RunNotebook | undefined;
	const ran = async () => (run ??= await runNotebook(notebook));
	afterAll(() => run?.host.close());

	test('has every kind of step, every intention, every form', () => {
		const steps = transforms.flatMap((transform) => transform.steps);
		expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
		const intents = steps.flatMap((step) => intentOf(step) ?? []);
		expect(new Set(intents.map(({ purpose }) => purpose))).toEqual(new Set(Object.keys(PURPOSES)));
		const parts = intents.flatMap((one) => (one.purpose === 'date' ? [one.part] : []));
		expect(new Set(parts)).toEqual(new Set(DATE_PARTS));
		const ways = intents.flatMap((one) => (one.purpose === 'type' ? [one.way] : []));
		expect(new Set(ways)).toEqual(new Set(TYPE_WAYS));
		const joins = steps.flatMap((step) => (step.kind === 'join' ? [step.join] : []));
		expect(new Set(joins)).toEqual(new Set(JOIN_KINDS));
		const forms = new Set(steps.map((step) => formOf(step).form));
		forms.delete(CODE.form);
		expect(forms).toEqual(new Set(INTENTS.map(({ form }) => form)));
	});

	test('is written as the panels write it: its steps are read back, and none is code', () => {
		for (const { id, name, steps } of transforms) {
			const source = notebook.cells.find((cell) => cell.id === id)?.source ?? '';
			const read = parsePipeline(source);
			expect(read?.name, id).toBe(name);
			expect(
				read?.steps.map(({ step }) => step),
				id
			).toEqual(steps);
		}
	});

	test('has every kind of chart, each read back whole', () => {
		expect(charts.map(({ spec }) => spec.kind).sort()).toEqual([...CHART_KINDS].sort());
		expect(charts.flatMap(({ kept }) => kept)).toEqual([]);
	});

	test('every cell ends well, and each chart draws something that is described', async () => {
		const { host, cells } = await ran();
		for (const { id } of cells)
			expect([id, host.state(id), host.error(id)]).toEqual([id, 'done', null]);
		for (const { id, kind, outputs } of cells) {
			if (kind !== 'chart') continue;
			const [output] = outputs;
			if (output?.kind !== 'picture') throw new Error(`${id}: ${output?.kind}`);
			expect(output.picture.marks, id).toBeGreaterThan(0);
			expect(output.picture.title, id).not.toBe('');
			expect(output.picture.description, id).not.toBe('');
		}
	});

	test('each transformation comes to what its steps come to without eval', async () => {
		const { tableOf } = await ran();
		const n = galleryNames(saying(lang));
		const { performances, web } = makeDemoDatasets();
		const tables = new Map<string, ColumnTable>([
			[n.shows, fromArrow(performances.bytes)],
			[n.visits, fromArrow(web.bytes)],
			[n.places, from((await tableOf(n.places)).rows)],
			[n.written, from((await tableOf(n.written)).rows)]
		]);
		const params = new Map([[n.least, 500]]);
		for (const { name, from: head, steps } of transforms) {
			const start = tables.get(head);
			if (!start) throw new Error(`${name}: no ${head}`);
			const made = runSteps(start, steps, { tables, params }).stages.at(-1);
			if (!made) throw new Error(`${name}: no steps`);
			tables.set(name, made);
			const { rows, total } = await tableOf(name);
			expect(total, name).toBe(made.numRows());
			expect(made.numRows(), name).toBeGreaterThan(0);
			// A join after a sort says nothing of the order of its rows.
			const joined = steps.some(({ kind }) => kind === 'join');
			const listed = (all: readonly object[]): unknown =>
				joined ? all.map((row) => JSON.stringify(plain(row))).sort() : all.map(plain);
			expect(listed(rows), name).toEqual(listed(made.objects()));
		}
	});
});

/** Moments as numbers, numbers to twelve digits, missing as null. */
const plain = (row: object): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(row).map(([name, value]: [string, unknown]) => [
			name,
			value instanceof Date
				? value.getTime()
				: typeof value === 'number'
					? Number(value.toPrecision(12))
					: (value ?? null)
		])
	);
