/** A notebook that may be published as summaries still may once a constant of its filter is made adjustable. */
import { describe, expect, it } from 'vitest';
import { analyseCell } from '../analysis/cell.ts';
import { provenanceOf } from '../governance/provenance.ts';
import { mayPublish } from '../governance/publish.ts';
import type { LineageSource } from '../governance/terms.ts';
import { applyEdits, replaceStep } from '../pipeline/edit-pipeline.ts';
import { parsePipeline } from '../pipeline/parse-pipeline.ts';
import type { ReportOutput } from '../report/report.ts';
import { ADJUSTABLE_ROLES, makeAdjustable, type AdjustableColumn } from './make-adjustable.ts';
import { parseControl } from './parse-control.ts';

const source: LineageSource = {
	...{ datasetId: 'd', slug: 'billets', version: 1, hash: 'a'.repeat(64), title: 'Billets' },
	...{ organisation: 'Théâtre du Fleuve', licence: 'CC-BY-4.0', publication: 'aggregates' },
	...{ synthetic: true, rows: 1000 }
};
const DATA = 'const billets = FileAttachment("billets@1.arrow").arquero();';
const CHART = 'Plot.plot({marks: [Plot.barY(parMois, {x: "mois", y: "n"})]})';
const transform = (filter: string): string =>
	`const parMois = billets\n  .filter(${filter})\n  .groupby("mois")\n  .rollup({n: d => op.sum(d.n)});`;

const columns = (values: readonly string[]): readonly AdjustableColumn[] => [
	{ name: 'canal', type: 'text', min: null, max: null, table: 'billets', values },
	{ name: 'prix', type: 'number', min: 8, max: 45, table: 'billets', values: [] },
	{ name: 'gratuit', type: 'boolean', min: null, max: null, table: 'billets', values: [] },
	{
		...{ name: 'jour', type: 'date', table: 'billets', values: [] },
		...{ min: Date.parse('2024-01-10'), max: Date.parse('2024-06-10') }
	}
];
const words = Object.fromEntries(
	ADJUSTABLE_ROLES.map((role) => [role, { name: role, label: (column: string) => column }])
) as Parameters<typeof makeAdjustable>[2]['words'];

const output = (kind: 'table' | 'chart', cell: string): ReportOutput => {
	const lineage = {
		sources: [source],
		steps: [
			{ cell, verb: 'groupby', rows: 1000 },
			{ cell, verb: 'rollup', rows: 12 }
		]
	};
	return kind === 'table'
		? {
				...{ kind, caption: '', columns: [{ name: 'n', type: 'integer' }] },
				...{ rows: [[1]], total: 1, lineage }
			}
		: ({ kind, caption: '', svg: '<svg></svg>', lineage } as unknown as ReportOutput);
};

/** Reasons for refusing what the transformation and the chart show. */
function reasons(sources: readonly string[]): readonly string[] {
	const cells = sources.map((text, i) => {
		const { defines, inputs, problem } = analyseCell(text, 'js');
		expect([text, problem]).toEqual([text, null]);
		return { id: `c${i}`, mode: 'js' as const, source: text, defines, uses: inputs };
	});
	const [chart, step] = [sources.length - 1, sources.length - 2].map((i) => `c${i}`);
	return mayPublish(
		{
			...{ lang: 'fr', title: 'T', summary: '', authors: ['A'], licence: 'CC-BY-4.0', sources: [] },
			blocks: [
				{ cell: step ?? '', kind: 'code', source: null, outputs: [output('table', step ?? '')] },
				{ cell: chart ?? '', kind: 'code', source: null, outputs: [output('chart', step ?? '')] }
			]
		},
		provenanceOf(cells),
		() => source,
		'2026-06-15'
	).map(({ reason }) => reason);
}

function adjusted(filter: string, values: readonly string[]) {
	const before = transform(filter);
	const step = parsePipeline(before)?.steps[0]?.step;
	const columnOf = (name: string) => columns(values).find((one) => one.name === name) ?? null;
	const made = step && makeAdjustable(step, columnOf, { taken: new Set(['billets']), words });
	if (!made) throw new Error(`nothing to set in ${filter}`);
	return { control: made.source, after: applyEdits(before, replaceStep(before, 0, made.step)) };
}

const FILTERS: readonly [filter: string, kind: string][] = [
	['d => op.includes(["Web", "Mobile"], d.canal)', 'checkbox'],
	['d => !op.includes(["Web"], d.canal)', 'checkbox'],
	['d => d.canal === "Web"', 'select'],
	['d => d.prix >= 12.5', 'range'],
	['d => d.prix != null && d.prix <= 12.5', 'range'],
	['d => d.prix === 12', 'range'],
	[
		'd => op.includes(op.lower(op.replace(op.normalize(d.canal, "NFD"), /\\p{M}/gu, "")), "web")',
		'text'
	],
	['d => op.startswith(d.canal, "W")', 'text'],
	['d => d.jour >= op.parse_date("2024-03-01")', 'date'],
	[
		'd => d.jour >= op.parse_date("2024-02-01") && d.jour <= op.parse_date("2024-04-30")',
		'date-range'
	],
	['d => d.gratuit === true && d.prix > 10', 'range']
];

describe('under terms of summaries', () => {
	it.each(FILTERS)('%s is published with a control (%s) as it was without', (filter, kind) => {
		expect(reasons([DATA, transform(filter), CHART])).toEqual([]);
		const { control, after } = adjusted(filter, ['Guichet', 'Mobile', 'Web']);
		expect(parseControl(control)?.kind).toBe(kind);
		expect(parsePipeline(after)?.steps.map(({ step }) => step.kind)).toEqual([
			'filter',
			'summarise'
		]);
		expect([control, reasons([DATA, control, after, CHART])]).toEqual([control, []]);
	});

	it('a list of many choices is published too, where they are written out', () => {
		const values = Array.from({ length: 20 }, (_, i) => `Canal ${i}`);
		const { control, after } = adjusted('d => op.includes(["Web"], d.canal)', values);
		expect(parseControl(control)?.kind).toBe('multiselect');
		expect(reasons([DATA, control, after, CHART])).toEqual([]);
	});

	it('a list that is taken from the table is not: a value could be a person', () => {
		const { control, after } = adjusted('d => op.includes(["Web"], d.canal)', []);
		expect(parseControl(control)?.source).toMatchObject({ kind: 'column' });
		expect(reasons([DATA, control, after, CHART])).toContain('rows');
	});
});
