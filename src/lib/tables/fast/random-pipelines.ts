/** Tables and pipelines by chance, from a seed: for the test that holds the fast verbs to plain Arquero's answers. */
import { codedColumn, gappedColumn, textColumn, timedColumn } from './fast-column.ts';

export type Random = () => number;

/** mulberry32 */
export function randomFrom(seed: number): Random {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}
export const below = (random: Random, n: number): number => Math.floor(random() * n);
export const oneOf = <T>(random: Random, list: readonly T[]): T =>
	list[below(random, list.length)] as T;

/** A column as plain values, and as ours. */
interface Pair {
	readonly plain: unknown;
	readonly ours: unknown;
}

type Make = (random: Random, rows: number) => Pair;

const listOf = (rows: number, value: () => unknown): unknown[] =>
	Array.from({ length: rows }, value);
const same = (values: unknown[]): Pair => ({ plain: values, ours: values.slice() });

function typed(random: Random, rows: number, value: () => number): Pair {
	const values = Float64Array.from({ length: rows }, value);
	const Kind = oneOf(random, [Float64Array, Float64Array, Int32Array, Uint8Array, Float32Array]);
	return { plain: Kind.from(values), ours: Kind.from(values) };
}

function gapped(random: Random, rows: number, value: () => number): Pair {
	const plain = listOf(rows, () => (random() < 0.2 ? null : value()));
	return {
		plain,
		ours: gappedColumn(
			Float64Array.from(plain, (one) => (one === null ? 7 : Number(one))),
			Uint8Array.from(plain, (one) => (one === null ? 0 : 1))
		)
	};
}

const WORDS = [
	'Alma',
	'Baie',
	'alma',
	'Élan',
	'',
	'Québec',
	'Gaspé',
	'Zone',
	'10',
	'9',
	'a"|"b',
	'b'
];

/** Some words are in the dictionary and in no row. */
function text(random: Random, rows: number): Pair {
	const gaps = random() < 0.5;
	const some = WORDS.filter(() => random() < 0.6);
	const words: (string | null)[] = some.length ? some : ['seul'];
	const values = gaps ? [...words, null] : words;
	const used = values.filter((_, i) => i === 0 || random() < 0.8);
	const plain = listOf(rows, () => oneOf(random, used)) as (string | null)[];
	const Kind = oneOf(random, [Int32Array, Uint8Array, Int16Array]);
	return {
		plain,
		ours: textColumn(Kind.from(plain.map((one) => values.indexOf(one))), values)
	};
}

function dates(random: Random, rows: number): Pair {
	const days = random() < 0.6;
	const unit = days ? 86_400_000 : 1;
	const gaps = random() < 0.5;
	const far = !days && random() < 0.3;
	const numbers = Array.from({ length: rows }, () => {
		if (far) return Math.floor((random() - 0.5) * 1e14);
		return days
			? below(random, 40) - 5
			: (below(random, 60) - 10) * 3_600_000 * 7 + below(random, 3);
	});
	const valid = numbers.map(() => (gaps && random() < 0.2 ? 0 : 1));
	return {
		// A date of its own at each reading, as of any Arrow column: verbs that compare objects see it.
		plain: {
			length: rows,
			at: (row: number) =>
				row < 0 || row >= rows
					? undefined
					: valid[row]
						? new Date((numbers[row] as number) * unit)
						: null
		},
		ours: timedColumn(
			days ? Int32Array.from(numbers) : Float64Array.from(numbers),
			unit,
			gaps ? Uint8Array.from(valid) : null
		)
	};
}

function booleans(random: Random, rows: number): Pair {
	const values = random() < 0.5 ? [false, true] : [false, true, null];
	const plain = listOf(rows, () => oneOf(random, values));
	return {
		plain,
		ours: codedColumn(
			Uint8Array.from(plain, (one) => values.indexOf(one as boolean)),
			values
		)
	};
}

const ODD = [0, -0, 1, -1, 2.5, NaN, Infinity, -Infinity, 3, 1e300, 4];
const MAKERS: readonly (readonly [string, Make])[] = [
	['n', (random, rows) => typed(random, rows, () => below(random, 9))],
	['i', (random, rows) => typed(random, rows, () => below(random, 40) - 12)],
	['f', (random, rows) => ({ ...twin(Float64Array.from({ length: rows }, () => random() * 100)) })],
	[
		'w',
		(random, rows) =>
			twin(Float64Array.from({ length: rows }, () => below(random, 4) * 1e9 + below(random, 3)))
	],
	['z', (random, rows) => twin(Float64Array.from({ length: rows }, () => oneOf(random, ODD)))],
	['g', (random, rows) => gapped(random, rows, () => below(random, 7))],
	['h', (random, rows) => gapped(random, rows, () => oneOf(random, ODD))],
	['t', text],
	['u', text],
	['d', dates],
	['e', dates],
	['b', booleans],
	[
		'p',
		(random, rows) =>
			same(listOf(rows, () => oneOf(random, [1, 2, 3, null, undefined, NaN, 0, -0])))
	],
	['q', (random, rows) => same(listOf(rows, () => oneOf(random, [...WORDS, null, undefined])))],
	[
		'm',
		(random, rows) =>
			same(
				listOf(rows, () => oneOf(random, [1, '1', true, null, undefined, NaN, 'a', new Date(5), 5]))
			)
	],
	['a', (random, rows) => same(listOf(rows, () => random() * 10))]
];
const twin = (values: Float64Array): Pair => ({ plain: values, ours: values.slice() });

export interface Columns {
	readonly names: readonly string[];
	readonly plain: Record<string, unknown>;
	readonly ours: Record<string, unknown>;
}

/** @param like names that a second table shares most of */
export function randomColumns(
	random: Random,
	like: readonly string[] = [],
	rows = oneOf(random, [0, 1, 2, 3, 8, 20, 33, 64, 200])
): Columns {
	const chosen = MAKERS.filter(
		([name]) => random() < (like.includes(name) ? 0.9 : like.length ? 0.2 : 0.6)
	);
	const makers = chosen.length ? chosen : MAKERS.slice(0, 3);
	const columns = makers.map(([name, make]) => [name, make(random, rows)] as const);
	return {
		names: columns.map(([name]) => name),
		plain: Object.fromEntries(columns.map(([name, { plain }]) => [name, plain])),
		ours: Object.fromEntries(columns.map(([name, { ours }]) => [name, ours]))
	};
}

/** A verb and what it is given; `other` stands for a second table. */
export interface Step {
	readonly verb: string;
	readonly args: readonly unknown[];
}
export const OTHER = Symbol('other');

/** Marks that are read when the step is run: the two sides have one Arquero. */
export interface Helpers {
	readonly desc: (expr: unknown) => unknown;
	readonly rolling: (expr: unknown, frame?: unknown, peers?: boolean) => unknown;
}

const c = (name: string): string => `d[${JSON.stringify(name)}]`;

function expression(random: Random, names: readonly string[]): string {
	const [x, y] = [c(oneOf(random, names)), c(oneOf(random, names))];
	return oneOf(random, [
		`${x} * ${y}`,
		`${x} - 1`,
		`${x} + ${y}`,
		`-${x}`,
		`${x} / 2 + ${y} * 3`,
		`${x} > ${y} ? ${x} : ${y}`,
		`${x} > 3`,
		`${x} ?? 0`,
		`op.upper(${x})`,
		`op.length(${x})`,
		`op.utcmonth(${x})`,
		`op.utcyear(${x}) * 100 + op.utcdayofweek(${x})`,
		`op.utcquarter(${x}) * 100 + op.utcdate(${x})`,
		`op.utchours(${x}) + op.utcminutes(${y}) / 60 + op.utcmilliseconds(${x})`,
		`op.utcdatetime(op.utcyear(${x}), op.utcmonth(${x}))`,
		`op.format_utcdate(${x}, true)`,
		`op.abs(${x}) + op.floor(${y})`,
		`op.equal(${x}, ${y})`,
		`[${x}, 1]`,
		'`${' + x + '}-' + '${' + y + '}`',
		`${x} == null`,
		`${x} - ${y}`,
		x,
		`!${x}`,
		`${x} || ${y}`,
		`op.includes(op.lower(${x}), "a")`
	]);
}

function test(random: Random, names: readonly string[]): string {
	const [x, y] = [c(oneOf(random, names)), c(oneOf(random, names))];
	const word = JSON.stringify(oneOf(random, [...WORDS, 'absent']));
	return oneOf(random, [
		`${x} > 2`,
		`${x} === ${word}`,
		`${x} !== ${word}`,
		`${x} == ${word}`,
		`op.equal(${x}, ${word})`,
		`${x} < ${y}`,
		`${x} != null && ${y} >= 1`,
		`${x} > op.utcdatetime(1970, 0, 12)`,
		`${x} >= op.utcdatetime(1970, 0, 2) && ${x} < op.utcdatetime(1970, 0, 20)`,
		`op.utcmonth(${x}) === 0 || op.utchours(${x}) > 11`,
		`op.includes(op.lower(${x}), "a")`,
		`${x} === true`,
		`!(${x} > 1) || ${y} < 4`,
		`${x} > op.mean(${y})`,
		`op.utcmonth(${x}) > 0`,
		`op.is_finite(${x})`,
		`op.row_number() < 9`,
		`${x} === null`,
		expression(random, names)
	]);
}

function aggregate(random: Random, names: readonly string[]): string {
	const x = random() < 0.8 ? c(oneOf(random, names)) : `(${expression(random, names)})`;
	const y = c(oneOf(random, names));
	return oneOf(random, [
		...[
			'sum',
			'mean',
			'average',
			'min',
			'max',
			'any',
			'valid',
			'invalid',
			'distinct',
			'distinct',
			'median'
		].map((name) => `op.${name}(${x})`),
		...['variance', 'stdev', 'variancep', 'stdevp', 'mode', 'product'].map(
			(name) => `op.${name}(${x})`
		),
		`op.quantile(${x}, ${oneOf(random, [0, 0.1, 0.25, 0.9, 1])})`,
		'op.count()',
		`op.sum(${x}) / op.count()`,
		`op.max(${x}) - op.min(${x})`,
		`op.corr(${x}, ${y})`,
		`op.array_agg(${x})`,
		`op.round(op.mean(${x}) * 10) / 10`
	]);
}

function windowing(random: Random, names: readonly string[], { rolling }: Helpers): unknown {
	const x = c(oneOf(random, names));
	const plain = oneOf(random, [
		'op.row_number()',
		'op.rank()',
		'op.dense_rank()',
		'op.avg_rank()',
		'op.percent_rank()',
		'op.cume_dist()',
		'op.ntile(3)',
		`op.lag(${x})`,
		`op.lag(${x}, 2, 0)`,
		`op.lead(${x})`,
		`op.lead(${x}, 3, "x")`,
		`op.first_value(${x})`,
		`op.last_value(${x})`,
		`op.nth_value(${x}, 2)`,
		`op.fill_down(${x})`,
		`op.fill_up(${x})`,
		`op.row_number() / op.count()`,
		`${x} - op.lag(${x}, 1, 0)`
	]);
	if (random() < 0.5) return `d => ${plain}`;
	const aggregated = `op.${oneOf(random, ['sum', 'mean', 'count', 'min', 'max', 'valid', 'any', 'stdev'])}`;
	const inner = aggregated === 'op.count' ? 'op.count()' : `${aggregated}(${x})`;
	const frame = oneOf(random, [
		undefined,
		[-Infinity, 0],
		[-2, 0],
		[-1, 1],
		[0, Infinity],
		[-3, -1]
	]);
	return rolling(`d => ${random() < 0.7 ? inner : plain}`, frame, random() < 0.2);
}

/** A step that makes sense of these columns most of the time; where it makes none, both sides must say so. */
export function randomStep(random: Random, names: readonly string[], helpers: Helpers): Step {
	const some = (most = 3): string[] =>
		Array.from({ length: 1 + below(random, most) }, () => oneOf(random, names));
	const fresh = (): string => oneOf(random, ['x1', 'x2', 'x3', ...names]);
	const verb = oneOf(
		random,
		(
			'filter filter filter derive derive derive groupby groupby groupby groupby rollup rollup rollup rollup count orderby orderby orderby slice slice ' +
			'join join join_left join_right join_full semijoin antijoin lookup dedupe dedupe pivot window window window select ungroup unorder reify concat params spread2 union'
		).split(' ')
	);
	switch (verb) {
		case 'filter':
			return { verb, args: [`d => ${test(random, names)}`] };
		case 'derive': {
			const values = Array.from({ length: 1 + below(random, 2) }, () => [
				fresh(),
				`d => ${random() < 0.8 ? expression(random, names) : aggregate(random, names)}`
			]);
			return {
				verb,
				args: [Object.fromEntries(values), ...(random() < 0.1 ? [{ drop: true }] : [])]
			};
		}
		case 'window':
			return {
				verb: 'derive',
				args: [
					Object.fromEntries(
						Array.from({ length: 1 + below(random, 2) }, () => [
							fresh(),
							windowing(random, names, helpers)
						])
					)
				]
			};
		case 'groupby':
			return {
				verb,
				args:
					random() < 0.7
						? some()
						: [oneOf(random, names), { k: `d => ${expression(random, names)}` }]
			};
		case 'rollup':
			return {
				verb,
				args: [
					Object.fromEntries(
						Array.from({ length: below(random, 5) }, (_, i) => [
							`r${i}`,
							`d => ${aggregate(random, names)}`
						])
					)
				]
			};
		case 'orderby':
			return {
				verb,
				args: some().map((name) => {
					const key = random() < 0.8 ? name : `d => ${expression(random, names)}`;
					return random() < 0.4
						? helpers.desc(key)
						: key.startsWith('d =>')
							? helpers.desc(helpers.desc(key))
							: key;
				})
			};
		case 'slice':
			return {
				verb,
				args: oneOf(random, [[0, 3], [0, 10], [2, 5], [-3], [0, -2], [1], [0, 1], [5, 500], []])
			};
		case 'join':
		case 'join_left':
		case 'join_right':
		case 'join_full': {
			const on = random() < 0.7 ? oneOf(random, names) : some(2);
			return {
				verb,
				args: [
					OTHER,
					random() < 0.15 ? [oneOf(random, names), oneOf(random, names)] : on,
					...(random() < 0.15 ? [[[oneOf(random, names)], [oneOf(random, names)]]] : [])
				]
			};
		}
		case 'semijoin':
		case 'antijoin':
			return { verb, args: [OTHER, random() < 0.7 ? oneOf(random, names) : some(2)] };
		case 'lookup': {
			const name = oneOf(random, names);
			return { verb, args: [OTHER, [name, name], ...some(2)] };
		}
		case 'dedupe':
			return { verb, args: random() < 0.9 ? some() : [] };
		case 'pivot':
			return {
				verb,
				args: [
					random() < 0.8 ? oneOf(random, names) : some(2),
					random() < 0.5
						? oneOf(random, names)
						: {
								v: `d => ${aggregate(random, names)}`,
								...(random() < 0.5 ? { w: `d => ${aggregate(random, names)}` } : {})
							},
					...(random() < 0.3 ? [{ sort: false, limit: oneOf(random, [2, 0]) }] : [])
				]
			};
		case 'select':
			return { verb, args: [[...new Set([...some(3), ...some(3)])]] };
		case 'concat':
		case 'union':
			return { verb, args: [OTHER] };
		case 'params':
			return { verb, args: [{ seuil: below(random, 5) }] };
		case 'spread2':
			return { verb: 'filter', args: [`d => ${c(oneOf(random, names))} > 1`] };
		default:
			return { verb, args: [] };
	}
}
