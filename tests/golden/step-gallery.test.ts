/**
 * Each kind of step on a small table: what it is called, what it says in both languages, the source that it prints and
 * the table that it makes, side by side for whoever reviews it. A step without an expectation writes it here, and fails
 * where nobody would look at it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table, type ColumnTable } from 'arquero';
import { expect, test } from 'vitest';
import { describeStep, stepTitle } from '../../src/lib/core/pipeline/describe-step.ts';
import {
	binary,
	call,
	column,
	literal,
	pairs
} from '../../src/lib/core/pipeline/make-expression.ts';
import { printStep } from '../../src/lib/core/pipeline/print-step.ts';
import type { Step, StepKind } from '../../src/lib/core/pipeline/step.ts';
import { plainWords } from '../../src/lib/core/pipeline/words.ts';
import { runSteps } from '../../src/lib/tables/steps/run-steps.ts';

const FOLDER = join('tests', 'golden', 'steps');

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const shows = table({
	salle: ['Usine C', 'Théâtre Outremont', 'usine c', 'Usine C', null],
	région: ['Montréal', 'Montréal', 'Laval', 'Laval', 'Laval'],
	jour: [
		...[day('2024-03-09'), day('2024-03-10'), day('2024-07-01'), day('2025-01-15')],
		day('2025-01-16')
	],
	billets: [120, 80, null, 200, 40],
	gratuits: [4, 0, 2, 10, 0]
});
const tables = new Map([
	['lieux', table({ salle: ['USINE C', 'Théâtre Outremont', 'Gesù'], places: [450, 700, 425] })],
	[
		'autres',
		table({
			salle: ['Gesù', 'Usine C'],
			région: ['Montréal', 'Montréal'],
			jour: [day('2024-05-01'), day('2024-03-09')],
			billets: [90, 120],
			gratuits: [1, 4]
		})
	]
]);

const itself = (name: string): { name: string; value: ReturnType<typeof column> } => ({
	name,
	value: column(name)
});
const descending = [{ value: column('billets'), descending: true }];
const sum = { name: 'vendus', value: call('sum', column('billets')) };

/** By kind, and by what is said besides where a kind has several faces. */
const STEPS: Readonly<Record<Exclude<StepKind, 'code'>, Step> & Record<string, Step>> = {
	filter: {
		kind: 'filter',
		where: binary(
			binary(column('billets'), '>=', literal(80)),
			'&&',
			binary(column('région'), '===', literal('Montréal'))
		)
	},
	derive: {
		kind: 'derive',
		columns: [
			{ name: 'saison', value: call('arts_season', column('jour')) },
			{ name: 'payants', value: binary(column('billets'), '-', column('gratuits')) }
		]
	},
	'derive-recode': {
		kind: 'derive',
		columns: [
			{
				name: 'salle',
				value: call('recode', column('salle'), pairs([['usine c', literal('Usine C')]]))
			}
		]
	},
	select: { kind: 'select', columns: ['salle', 'billets'] },
	drop: { kind: 'drop', columns: ['gratuits', 'jour'] },
	rename: { kind: 'rename', names: [{ from: 'billets', to: 'Billets vendus' }] },
	relocate: { kind: 'relocate', columns: ['billets'], place: { before: 'salle' } },
	summarise: {
		kind: 'summarise',
		by: [itself('région')],
		values: [sum, { name: 'soirs', value: call('count') }]
	},
	group: { kind: 'group', by: [{ name: 'mois', value: call('year_month', column('jour')) }] },
	ungroup: { kind: 'ungroup' },
	sort: { kind: 'sort', by: descending },
	slice: { kind: 'slice', from: 1, to: 3 },
	top: { kind: 'top', count: 1, by: descending, within: [itself('région')] },
	join: {
		kind: 'join',
		join: 'left',
		table: 'lieux',
		on: [{ left: 'salle', right: 'salle', folded: true }]
	},
	'join-full': {
		kind: 'join',
		join: 'full',
		table: 'lieux',
		on: [{ left: 'salle', right: 'salle', folded: false }]
	},
	'join-anti': {
		kind: 'join',
		join: 'anti',
		table: 'lieux',
		on: [{ left: 'salle', right: 'salle', folded: true }]
	},
	lookup: {
		kind: 'lookup',
		table: 'lieux',
		on: [{ left: 'salle', right: 'salle', folded: true }],
		columns: ['places']
	},
	stack: { kind: 'stack', tables: ['autres'], distinct: true },
	pivot: {
		kind: 'pivot',
		by: [{ name: 'année', value: call('year_of', column('jour')) }],
		columns: [itself('région')],
		values: [sum]
	},
	unpivot: {
		kind: 'unpivot',
		columns: ['billets', 'gratuits'],
		names: 'sorte',
		values: 'nombre'
	},
	dedupe: { kind: 'dedupe', columns: ['région'] },
	fill: { kind: 'fill', columns: [{ name: 'billets', value: call('mean', column('billets')) }] },
	window: {
		kind: 'window',
		within: [itself('région')],
		order: [{ value: column('jour'), descending: false }],
		columns: [
			{
				name: 'cumul',
				value: {
					kind: 'rolling',
					of: call('sum', column('billets')),
					from: null,
					to: 0,
					peers: false
				}
			},
			{ name: 'part', value: call('share_of_total', column('billets')) }
		]
	},
	sample: { kind: 'sample', count: 2 }
};

/** Missing values are told apart; numbers to twelve digits. */
const shown = (value: unknown): unknown =>
	value instanceof Date
		? value.toISOString().slice(0, 10)
		: value === undefined
			? '(undefined)'
			: typeof value === 'number'
				? Number(value.toPrecision(12))
				: value;

const linesOf = (made: ColumnTable): string[] => {
	const names = made.columnNames();
	const rows = Array.from({ length: made.numRows() }, (_, row) =>
		names.map((name) => shown(made.get(name, row)))
	);
	const groups = made.groups();
	return [
		...[names, ...rows].map((cells) => cells.map(String).join(' | ')),
		...(groups ? [`${groups.size} × ${groups.names.join(', ')}`] : [])
	];
};

test.each(Object.entries(STEPS))('%s', (name, step) => {
	const [made] = runSteps(shows, [step], { tables, params: new Map() }).stages;
	const found = {
		title: { fr: stepTitle(step, 'fr'), en: stepTitle(step, 'en') },
		words: {
			fr: plainWords(describeStep(step, 'fr'), 'fr'),
			en: plainWords(describeStep(step, 'en'), 'en')
		},
		source: printStep(step).split('\n'),
		table: made ? linesOf(made) : []
	};
	const path = join(FOLDER, `${name}.json`);
	if (!existsSync(path) && !process.env.CI)
		writeFileSync(path, `${JSON.stringify(found, null, '\t')}\n`);
	expect(found).toEqual(JSON.parse(readFileSync(path, 'utf8')));
});
