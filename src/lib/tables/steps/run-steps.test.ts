import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { table } from 'arquero';
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../core/pipeline/expression.ts';
import { binary, call, column, literal, param } from '../../core/pipeline/make-expression.ts';
import type { Step } from '../../core/pipeline/step.ts';
import { runSteps } from './run-steps.ts';
import { StepError } from './step-error.ts';
import { STEP_LIMITS } from './step-limits.ts';

const t = table({ ville: ['Gaspé', 'Laval', null], n: [1, 2, 3] });
const other = table({ ville: ['Gaspé', 'Gaspé'], cote: [7, 8] });
const context = {
	tables: new Map([['autre', other]]),
	params: new Map(),
	limits: { ...STEP_LIMITS, rows: 5, cells: 12, columns: 2 }
};

const refusal = (...steps: Step[]): unknown => {
	try {
		runSteps(t, steps, context);
	} catch (error) {
		return error instanceof StepError
			? { code: error.code, at: error.at, ...error.details }
			: error;
	}
	return null;
};
const filter = (where: Expression): Step => ({ kind: 'filter', where });
const derive = (value: Expression, name = 'x'): Step => ({
	kind: 'derive',
	columns: [{ name, value }]
});
const summarise = (value: Expression): Step => ({
	kind: 'summarise',
	by: [],
	values: [{ name: 'x', value }]
});

describe('a step that cannot be run', () => {
	const first = { at: 0, step: 1 };
	test.each<[string, Step, object]>([
		['is code', { kind: 'code' }, { code: 'step_is_code' }],
		[
			'names a table',
			{ kind: 'stack', tables: ['rien'], distinct: false },
			{ code: 'step_table_unknown', table: 'rien' }
		],
		['names a column', filter(column('rien')), { code: 'step_column_unknown', name: 'rien' }],
		[
			'names a property of every object',
			filter(column('constructor')),
			{ code: 'step_column_unknown', name: 'constructor' }
		],
		[
			'selects a column',
			{ kind: 'select', columns: ['toString'] },
			{ code: 'step_column_unknown', name: 'toString' }
		],
		['reads a name', filter(param('rien')), { code: 'step_name_unknown', name: 'rien' }],
		[
			'calls what is none',
			derive(call('constructor')),
			{ code: 'step_function_unknown', name: 'constructor' }
		],
		[
			'calls what Arquero has and the catalogue has not',
			derive(call('array_agg', column('n'))),
			{ code: 'step_function_unknown', name: 'array_agg' }
		],
		['gives too little', derive(call('lower')), { code: 'step_arguments', name: 'lower' }],
		[
			'gives too much',
			derive(call('lower', column('n'), column('n'))),
			{ code: 'step_arguments', name: 'lower' }
		],
		[
			'gives a column for a constant',
			derive(call('quantile', column('n'), column('n'))),
			{ code: 'step_arguments', name: 'quantile' }
		],
		[
			'nests',
			derive(call('sum', call('mean', column('n')))),
			{ code: 'step_nested', name: 'mean', inside: 'sum' }
		],
		['sums up by rank', summarise(call('rank')), { code: 'step_misplaced', name: 'rank' }],
		['sums up nothing', summarise(column('n')), { code: 'step_aggregate_wanted', name: 'n' }],
		[
			'fills with another column',
			{ kind: 'fill', columns: [{ name: 'ville', value: column('n') }] },
			{ code: 'step_aggregate_wanted', name: 'n' }
		],
		[
			'has a broken pattern',
			derive({ kind: 'pattern', source: '(', flags: '' }),
			{ code: 'step_pattern', source: '(' }
		],
		[
			'names a column for the prototype',
			derive(literal(1), '__proto__'),
			{ code: 'step_column_name', name: '__proto__' }
		],
		[
			'renames to the prototype',
			{ kind: 'rename', names: [{ from: 'n', to: '__proto__' }] },
			{ code: 'step_column_name', name: '__proto__' }
		],
		[
			'makes endless texts',
			derive(call('repeat', column('ville'), literal(1e9))),
			{ code: 'step_text_long', name: 'repeat', max: 100_000 }
		],
		[
			'makes too many rows',
			{ kind: 'unpivot', columns: ['ville', 'n'], names: 'a', values: 'b' },
			{ code: 'step_too_many_rows', rows: 6, max: 5 }
		],
		[
			'makes too many columns',
			{
				kind: 'pivot',
				by: [],
				columns: [{ name: 'n', value: column('n') }],
				values: [{ name: 'v', value: call('count') }]
			},
			{ code: 'step_too_many_columns', columns: 3, max: 2 }
		],
		[
			'fails on a value',
			derive({ kind: 'item', of: column('ville'), at: 0 }),
			{ code: 'step_failed' }
		]
	])('%s', (_, step, expected) => {
		expect(refusal(step)).toEqual({ ...first, ...expected });
	});

	test('is named by its place', () => {
		expect(refusal(filter(literal(true)), { kind: 'code' })).toEqual({
			code: 'step_is_code',
			at: 1,
			step: 2
		});
	});

	test('a join is counted before it is made', () => {
		const twice: Step = { kind: 'stack', tables: ['autre', 'autre'], distinct: false };
		expect(refusal(twice)).toMatchObject({ code: 'step_too_many_rows', rows: 7 });
		const many = table({ ville: Array.from({ length: 100_000 }, () => 'Gaspé') });
		const join: Step = {
			kind: 'join',
			join: 'inner',
			table: 'beaucoup',
			on: [{ left: 'ville', right: 'ville', folded: false }]
		};
		expect(() =>
			runSteps(many, [join], { tables: new Map([['beaucoup', many]]), params: new Map() })
		).toThrow(
			expect.objectContaining({
				code: 'step_too_many_rows',
				details: { rows: 1e10, max: STEP_LIMITS.rows, step: 1 }
			})
		);
		const wide: Step = {
			kind: 'join',
			join: 'left',
			table: 'autre',
			on: [{ left: 'ville', right: 'ville', folded: true }]
		};
		expect(() =>
			runSteps(t, [wide], { ...context, limits: { ...STEP_LIMITS, cells: 11 } })
		).toThrow(expect.objectContaining({ code: 'step_too_many_cells' }));
	});
});

test('sorts by what Arquero cannot', () => {
	const { stages } = runSteps(
		t,
		[{ kind: 'sort', by: [{ value: call('lower', column('ville')), descending: true }] }],
		context
	);
	expect(stages[0]?.array('n')).toEqual([2, 1, 3]);
});

test('a sample is the same each time, and another of another size', () => {
	const long = table({ n: Array.from({ length: 1_000 }, (_, i) => i) });
	const drawn = (count: number): unknown =>
		runSteps(long, [{ kind: 'sample', count }], context).stages[0]?.array('n');
	expect(drawn(5)).toEqual(drawn(5));
	expect(new Set(drawn(300) as number[]).size).toBe(300);
	expect(drawn(5)).not.toEqual((drawn(6) as number[]).slice(0, 5));
});

test('no code is made of text', () => {
	const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
	const expressions = binary(call('share_of_total', column('n')), '+', call('rank'));
	const by = [{ name: 'ville', value: call('fold_key', column('ville')) }];
	const on = [{ left: 'ville', right: 'ville', folded: true }];
	const order = [{ value: column('n'), descending: true }];
	const values = [{ name: 'v', value: call('sum', column('n')) }];
	const chains: Step[][] = [
		[filter(binary(column('n'), '>', call('mean', column('n'))))],
		[{ kind: 'window', within: by, order, columns: [{ name: 'x', value: expressions }] }],
		[
			{
				kind: 'window',
				within: [],
				order,
				columns: [
					{
						name: 'x',
						value: {
							kind: 'rolling',
							of: call('median', column('n')),
							from: -1,
							to: 0,
							peers: true
						}
					}
				]
			}
		],
		[{ kind: 'group', by }, { kind: 'slice', from: 0, to: -1 }, { kind: 'ungroup' }],
		[
			{ kind: 'top', count: 1, by: order, within: by },
			{ kind: 'sample', count: 1 }
		],
		[
			{ kind: 'summarise', by, values },
			{ kind: 'rename', names: [{ from: 'v', to: 'w' }] }
		],
		[{ kind: 'pivot', by, columns: [{ name: 'n', value: column('n') }], values }],
		[
			{ kind: 'unpivot', columns: ['n'], names: 'a', values: 'b' },
			{ kind: 'drop', columns: ['a'] }
		],
		[{ kind: 'fill', columns: [{ name: 'ville', value: call('mode', column('ville')) }] }],
		[
			{ kind: 'dedupe', columns: [] },
			{ kind: 'relocate', columns: ['n'], place: { before: 'ville' } }
		],
		[
			{ kind: 'stack', tables: ['autre'], distinct: true },
			{ kind: 'select', columns: ['ville'] }
		],
		[
			{ kind: 'lookup', table: 'autre', on, columns: ['cote'] },
			{ kind: 'sort', by: order }
		],
		...(['left', 'inner', 'right', 'full', 'semi', 'anti'] as const).map((join): Step[] => [
			{ kind: 'join', join, table: 'autre', on }
		])
	];
	const script = `
		import { table } from 'arquero';
		import { runSteps } from ${JSON.stringify(at('run-steps.ts'))};
		import { matchKeys } from ${JSON.stringify(at('match-keys.ts'))};
		const t = table({ ville: ['Gaspé', 'Laval', null], n: [1, 2, 3] });
		const other = table({ ville: ['gaspe', 'Gaspé'], cote: [7, 8] });
		let forbidden = false;
		try { t.filter((d) => d.n > 1); } catch (error) { forbidden = error instanceof EvalError; }
		const rows = ${JSON.stringify(chains)}.map((steps) =>
			runSteps(t, steps, { tables: new Map([['autre', other]]), params: new Map() }).stages.at(-1).numRows());
		matchKeys(t, other, ${JSON.stringify(on)});
		console.log(JSON.stringify({ forbidden, rows }));`;
	const said = execFileSync(
		process.execPath,
		['--disallow-code-generation-from-strings', '--input-type=module', '-e', script],
		{ encoding: 'utf8', cwd: at('.') }
	);
	expect(JSON.parse(said)).toEqual({
		forbidden: true,
		rows: [1, 3, 3, 0, 1, 3, 3, 3, 3, 3, 5, 3, 4, 2, 2, 4, 1, 2]
	});
});
