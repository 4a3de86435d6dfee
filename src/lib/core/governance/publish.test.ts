import { describe, expect, it } from 'vitest';
import type { ReportContent, ReportOutput } from '../report/report.ts';
import { filesNamed, provenanceOf, type ProvenanceCell } from './provenance.ts';
import type { GroupSizes } from './group-sizes.ts';
import { mayPublish } from './publish.ts';
import type { LineageSource, LineageStep, PublicationTerms } from './terms.ts';

const source = (publication: PublicationTerms, slug = 'billets'): LineageSource => ({
	datasetId: `id-${slug}`,
	slug,
	version: 1,
	hash: 'a'.repeat(64),
	title: `Titre de ${slug}`,
	organisation: 'Théâtre du Fleuve',
	licence: 'CC-BY-4.0',
	publication,
	synthetic: true,
	rows: 1000
});

const TODAY = '2026-06-15';

const step = (cell: string, verb: string, rows: number | null): LineageStep => ({
	cell,
	verb,
	rows
});

const data: ProvenanceCell = {
	id: 'data',
	mode: 'js',
	source: 'const billets = FileAttachment("billets@1.arrow").arquero();',
	defines: ['billets'],
	uses: []
};
const sum: ProvenanceCell = {
	id: 'sum',
	mode: 'js',
	source: 'const parMois = billets.groupby("mois").rollup({n: d => op.sum(d.n)});',
	defines: ['parMois'],
	uses: ['billets', 'op']
};
const rows: ProvenanceCell = {
	id: 'rows',
	mode: 'js',
	source: 'const chers = billets.filter(d => d.prix > 100);',
	defines: ['chers'],
	uses: ['billets']
};
const chart: ProvenanceCell = {
	id: 'chart',
	mode: 'js',
	source: 'Plot.plot({marks: [Plot.barY(parMois)]})',
	defines: [],
	uses: ['Plot', 'parMois']
};
const lone: ProvenanceCell = {
	id: 'lone',
	mode: 'js' as const,
	source: '1 + 1',
	defines: [],
	uses: []
};

const SUMMED = [step('sum', 'groupby', 1000), step('sum', 'rollup', 12)];

const table = (sources: readonly LineageSource[], steps: readonly LineageStep[]): ReportOutput => ({
	kind: 'table',
	caption: '',
	columns: [{ name: 'n', type: 'integer' }],
	rows: [[1]],
	total: 1,
	lineage: { sources, steps }
});
const value = (text: string): ReportOutput => ({ kind: 'value', caption: '', text, lineage: null });
const text: ReportOutput = { kind: 'text', markdown: 'Il y en a 12.' };

const report = (cell: string, output: ReportOutput): ReportContent => ({
	lang: 'fr',
	title: 'Titre',
	summary: '',
	authors: ['A'],
	licence: 'CC-BY-4.0',
	blocks: [{ cell, kind: 'code', source: null, outputs: [output] }],
	sources: []
});

/** Reasons for refusing one output of one cell, in a notebook of these cells, under these real terms. */
const reasons = (
	terms: PublicationTerms | null,
	cell: string,
	output: ReportOutput,
	cells: readonly ProvenanceCell[] = [data, sum, rows, chart, lone]
) =>
	mayPublish(report(cell, output), provenanceOf(cells), () => terms && source(terms), TODAY).map(
		(refusal) => refusal.reason
	);

describe('terms « nothing »', () => {
	it('refuses a table, a picture, a value and a text that come from the dataset', () => {
		const claimed = [source('nothing')];
		expect(reasons('nothing', 'sum', table(claimed, SUMMED))).toEqual(['nothing']);
		expect(reasons('nothing', 'sum', value('12'))).toEqual(['nothing']);
		expect(reasons('nothing', 'chart', text)).toEqual(['nothing']);
	});
	it('names the dataset, the organisation and the output', () => {
		const [refusal] = mayPublish(
			report('sum', table([source('nothing')], SUMMED)),
			provenanceOf([data, sum]),
			() => source('nothing'),
			TODAY
		);
		expect(refusal).toEqual({
			reason: 'nothing',
			cell: 'sum',
			output: 0,
			kind: 'table',
			dataset: 'Titre de billets',
			organisation: 'Théâtre du Fleuve'
		});
	});
	it('lets through what reaches no dataset (positive control)', () => {
		expect(reasons('nothing', 'lone', value('2'))).toEqual([]);
	});
	it('holds the browser to the notebook: an empty lineage, or one with other terms, changes nothing', () => {
		expect(reasons('nothing', 'sum', table([], []))).toEqual(['nothing']);
		expect(reasons('nothing', 'sum', table([source('rows')], SUMMED))).toEqual(['nothing']);
		expect(reasons('nothing', 'chart', { ...value('12'), lineage: null } as ReportOutput)).toEqual([
			'nothing'
		]);
	});
	it('takes at its word a lineage that says more than the notebook does', () => {
		expect(reasons('nothing', 'lone', table([source('rows')], []))).toEqual(['nothing']);
	});
});

describe('terms « aggregates »', () => {
	const claimed = [source('aggregates')];
	it('lets a summary through (positive control)', () => {
		expect(reasons('aggregates', 'sum', table(claimed, SUMMED))).toEqual([]);
		expect(reasons('aggregates', 'chart', text)).toEqual([]);
		expect(reasons('aggregates', 'chart', value('12'))).toEqual([]);
	});
	it('refuses rows', () => {
		expect(reasons('aggregates', 'rows', table(claimed, [step('rows', 'filter', 40)]))).toEqual([
			'rows'
		]);
		expect(reasons('aggregates', 'data', table(claimed, []))).toEqual(['rows']);
		expect(reasons('aggregates', 'rows', value('Ana, 12 $'))).toEqual(['rows']);
		expect(reasons('aggregates', 'rows', text)).toEqual(['rows']);
	});
	it('refuses a grouping without a summary: each row is still there', () => {
		const grouped = { ...rows, source: 'const chers = billets.groupby("mois").derive({n: 1});' };
		expect(
			reasons('aggregates', 'rows', table(claimed, [step('rows', 'groupby', 1000)]), [
				data,
				grouped
			])
		).toEqual(['rows']);
	});
	it('refuses a summary that the lineage claims and the notebook does not hold', () => {
		const lie = [step('rows', 'rollup', 12)];
		expect(reasons('aggregates', 'rows', table(claimed, lie))).toEqual(['rows']);
		expect(reasons('aggregates', 'rows', table(claimed, SUMMED))).toEqual(['rows']);
	});
	it('refuses a summary with as many groups as rows', () => {
		const thin = [step('sum', 'groupby', 1000), step('sum', 'rollup', 900)];
		expect(reasons('aggregates', 'sum', table(claimed, thin))).toEqual(['rows']);
		const unknown = [step('sum', 'rollup', null)];
		expect(reasons('aggregates', 'sum', table(claimed, unknown))).toEqual(['rows']);
	});
	it('refuses a summary joined to the rows again, in the same cell or in the next', () => {
		const again = [...SUMMED, step('sum', 'join', 1000)];
		expect(reasons('aggregates', 'sum', table(claimed, again))).toEqual(['rows']);
		const joined: ProvenanceCell = {
			id: 'joined',
			mode: 'js',
			source: 'const tout = parMois.join(billets)',
			defines: ['tout'],
			uses: ['parMois', 'billets']
		};
		const steps = [...SUMMED, step('joined', 'join', 1000)];
		expect(reasons('aggregates', 'joined', table(claimed, steps), [data, sum, joined])).toEqual([
			'rows'
		]);
	});
	it('lets two summaries be joined, and a summary be summarised again', () => {
		const other = { ...sum, id: 'other', defines: ['parVille'] };
		const joined: ProvenanceCell = {
			id: 'joined',
			mode: 'js',
			source: 'parMois.join(parVille)',
			defines: [],
			uses: ['parMois', 'parVille']
		};
		const steps = [...SUMMED, step('other', 'rollup', 12), step('joined', 'join', 12)];
		expect(
			reasons('aggregates', 'joined', table(claimed, steps), [data, sum, other, joined])
		).toEqual([]);
	});
	it('refuses aggregates that keep their rows in a list', () => {
		const hoard = {
			...sum,
			source: 'const parMois = billets.groupby("mois").rollup({n: op.array_agg("nom")});'
		};
		expect(reasons('aggregates', 'sum', table(claimed, SUMMED), [data, hoard])).toEqual(['rows']);
	});
	it('asks what has no lineage for a summary in a cell of its own', () => {
		expect(reasons('aggregates', 'sum', value('12'))).toEqual(['rows']);
		const both = {
			...sum,
			source: 'const tout = billets; const parMois = billets.rollup();',
			defines: ['tout', 'parMois']
		};
		const use = { ...lone, source: 'tout', uses: ['tout'] };
		expect(reasons('aggregates', 'lone', value('Ana'), [data, both, use])).toEqual(['rows']);
	});
	it('lets a control show its setting', () => {
		const control: ReportOutput = {
			kind: 'control',
			label: 'Mois',
			setting: { type: 'choices', labels: ['Mai'] }
		};
		expect(reasons('aggregates', 'rows', control)).toEqual([]);
		expect(reasons('nothing', 'rows', control)).toEqual(['nothing']);
	});
});

describe('terms « rows »', () => {
	it('lets everything through', () => {
		expect(reasons('rows', 'rows', table([source('rows')], []))).toEqual([]);
		expect(reasons('rows', 'data', value('Ana'))).toEqual([]);
	});
});

describe('sources that the store does not know', () => {
	it('are refused', () => {
		expect(reasons(null, 'sum', table([source('rows')], SUMMED))).toEqual(['unknown']);
		expect(reasons(null, 'lone', table([source('rows', 'ailleurs')], []))).toEqual(['unknown']);
	});
});

describe('what a notebook names', () => {
	it('is found in calls, in other quotes, and wherever a file’s name is written', () => {
		expect([...filesNamed(`FileAttachment( 'a@1.arrow' )`).files]).toEqual(['a@1.arrow']);
		expect([...filesNamed('FileAttachment(`b-c@12.arrow`)').files]).toEqual(['b-c@12.arrow']);
		expect([...filesNamed('// voir d@2.arrow').files]).toEqual(['d@2.arrow']);
	});
	it('cannot be told from a computed name or another name for the call: the report is refused', () => {
		expect(filesNamed('FileAttachment("a@1.arrow")').readable).toBe(true);
		for (const trick of [
			'FileAttachment("a" + "@1.arrow")',
			'const F = FileAttachment; F(x)',
			'FileAttachment(name)',
			'FileAttachment(`${name}@1.arrow`)'
		]) {
			expect(filesNamed(trick).readable).toBe(false);
			const cell = { ...lone, source: trick };
			expect(reasons('rows', 'lone', value('2'), [cell])).toContain('unreadable');
		}
	});
	it('is read through letters written as escapes, wherever the code could hide a call by them', () => {
		const escaped = String.raw`const x = FileAttach\u006dent("b\u{69}llets@1.arrow");`;
		const { reach, unreadable } = provenanceOf([{ ...data, source: escaped }]);
		expect(unreadable).toEqual([]);
		expect(reach.get('data')?.map(({ file }) => file)).toContain('billets@1.arrow');
		for (const trick of [
			String.raw`FileAttach\u006dent("a" + "@1.arrow")`,
			String.raw`FileAttach\u{00006D}ent(name)`,
			// A call in a comment does not stand for the one that is hidden.
			String.raw`/* FileAttachment("a@1.arrow") */ FileAttach\u006dent(name)`
		])
			expect(provenanceOf([{ ...data, source: trick }]).unreadable, trick).toEqual(['data']);
		const hoard = String.raw`const tout = billets.rollup({t: d => op.array\u005fagg(d.n)});`;
		expect(provenanceOf([{ ...sum, source: hoard }]).summarises.get('sum')).toBe(false);
		const smuggler = { ...rows, source: String.raw`gl\u006fbalThis.x = billets` };
		expect(reasons('nothing', 'lone', value('2'), [data, smuggler, lone])).toEqual([
			'untraceable',
			'nothing'
		]);
	});
	it('reaches every cell where values can pass unseen', () => {
		const smuggler = { ...rows, source: 'globalThis.x = billets' };
		expect(reasons('nothing', 'lone', value('2'), [data, smuggler, lone])).toEqual([
			'untraceable',
			'nothing'
		]);
		expect(reasons('nothing', 'lone', value('2'), [data, rows, lone])).toEqual([]);
		const prose = { ...lone, id: 'prose', mode: 'md' as const, source: 'The window seats' };
		expect(reasons('nothing', 'lone', value('2'), [data, prose, lone])).toEqual([]);
	});
	it('ends on cells that use each other', () => {
		const a = { id: 'a', mode: 'js' as const, source: 'b', defines: ['a'], uses: ['b'] };
		const b = { id: 'b', mode: 'js' as const, source: 'a', defines: ['b'], uses: ['a'] };
		expect(provenanceOf([a, b]).reach.get('a')).toEqual([]);
	});
});

describe('the last day of the terms', () => {
	const until = (validUntil: string, cell: string, output: ReportOutput) =>
		mayPublish(
			report(cell, output),
			provenanceOf([data, sum, lone]),
			() => ({ ...source('rows'), validUntil }),
			TODAY
		).map(({ reason }) => reason);
	it('is one on which it may be published from; the next is not', () => {
		expect(until(TODAY, 'sum', table([], SUMMED))).toEqual([]);
		expect(until('2026-06-14', 'sum', table([], SUMMED))).toEqual(['expired']);
	});
	it('says nothing of what does not come from it', () => {
		expect(until('2026-06-14', 'lone', value('2'))).toEqual([]);
	});
});

describe('small groups', () => {
	const counts: ProvenanceCell = {
		id: 'counts',
		mode: 'js',
		source: 'const parVille = billets.groupby("ville").count();',
		defines: ['parVille'],
		uses: ['billets']
	};
	const shown = (
		values: readonly (number | null)[],
		{
			steps = [step('counts', 'groupby', 1000), step('counts', 'count', 12)],
			column = 'count',
			sizes = []
		}: {
			steps?: readonly LineageStep[];
			column?: string;
			sizes?: readonly number[];
		} = {}
	) => {
		const own = { ...source('aggregates'), minimumGroup: 10 };
		return mayPublish(
			report('counts', {
				kind: 'table',
				caption: '',
				columns: [
					{ name: 'ville', type: 'text' },
					{ name: column, type: 'integer' }
				],
				rows: values.map((value) => ['x', value]),
				total: values.length,
				lineage: { sources: [own], steps },
				groups: [{ file: 'billets@1.arrow', sizes, rests: [], told: true }]
			}),
			provenanceOf([data, counts]),
			() => own,
			TODAY
		).map(({ reason }) => reason);
	};
	it('are refused where each value is for certain a number of rows, whatever is claimed', () => {
		expect(shown([12, 10])).toEqual([]);
		expect(shown([12, 9])).toEqual(['small_group']);
		expect(shown([12, null])).toEqual([]);
		expect(
			shown([12, 3], {
				steps: [
					step('data', 'load', 1000),
					step('counts', 'filter', 900),
					step('counts', 'groupby', 900),
					step('counts', 'count', 12),
					step('counts', 'orderby', 12)
				]
			})
		).toEqual(['small_group']);
	});
	it.each<[string, Parameters<typeof shown>[1]]>([
		['another column', { column: 'n' }],
		['a column made anew', { steps: [step('counts', 'count', 12), step('counts', 'derive', 12)] }],
		[
			'groups of what was summed up already',
			{ steps: [step('counts', 'rollup', 400), step('counts', 'count', 12)] }
		],
		['a table joined after', { steps: [step('counts', 'count', 12), step('sum', 'join', 12)] }]
	])('are held to what is claimed of %s', (_, options) => {
		expect(shown([3], options)).toEqual([]);
		expect(shown([3], { ...options, sizes: [9, 10] })).toEqual(['small_group']);
	});
	it('are counted, with what the terms ask', () => {
		const own = { ...source('aggregates'), minimumGroup: 10 };
		const claimed = (groups: readonly GroupSizes[], kind: 'text' | 'value' = 'value') =>
			mayPublish(
				report(
					'chart',
					kind === 'text'
						? { kind, markdown: '12', groups }
						: { kind, caption: '', text: '12', lineage: null, groups }
				),
				provenanceOf([data, sum, chart]),
				() => own,
				TODAY
			).map(({ reason, groups: found }) => ({ reason, ...found }));
		const sizes = { file: 'billets@1.arrow', sizes: [], rests: [], told: true };
		expect(claimed([{ ...sizes, sizes: [10, 11] }])).toEqual([]);
		expect(claimed([{ ...sizes, sizes: [3, 9, 10] }])).toEqual([
			{ reason: 'small_group', count: 2, minimum: 10 }
		]);
		expect(claimed([{ ...sizes, sizes: [12], rests: [9] }])).toEqual([
			{ reason: 'small_rest', count: 1, minimum: 10 }
		]);
		expect(claimed([{ ...sizes, sizes: [9], told: false }], 'text')).toEqual([
			{ reason: 'group_unknown', count: 0, minimum: 10 }
		]);
		expect(claimed([{ ...sizes, sizes: [10], told: false }], 'text')).toEqual([]);
		// Of another file: this output does not come from the one that is asked about.
		expect(claimed([{ ...sizes, file: 'autre@1.arrow', sizes: [1] }])).toEqual([]);
	});
	it('let nothing through of which no sizes are said', () => {
		const own = { ...source('aggregates'), minimumGroup: 10 };
		const asked = (output: ReportOutput) =>
			mayPublish(report('chart', output), provenanceOf([data, sum, chart]), () => own, TODAY).map(
				({ reason }) => reason
			);
		expect(asked(text)).toEqual(['group_unknown']);
		expect(asked(value('12'))).toEqual(['group_unknown']);
		const setting = { type: 'choices', labels: ['Mai'] } as const;
		expect(asked({ kind: 'control', label: 'Mois', setting })).toEqual([]);
	});
});
