import { describe, expect, it } from 'vitest';
import { GROUP_SIZES } from '../governance/group-sizes.ts';
import { Malformed, readMessage, REPLIES } from './guards.ts';
import { LIMITS, type Output, type WorkerMessage } from './messages.ts';

const LINEAGE = {
	sources: [
		{
			datasetId: 'd1',
			slug: 'billetterie',
			version: 2,
			hash: 'a'.repeat(64),
			title: 'Billetterie',
			organisation: 'Théâtre',
			licence: 'CC-BY-4.0',
			publication: 'aggregates',
			synthetic: true,
			rows: 10
		}
	],
	steps: [{ cell: 'c1', verb: 'filter', rows: null }]
} as const;
const NODE = {
	type: 'number',
	text: '1',
	number: 1,
	size: null,
	handle: null,
	entries: []
} as const;
const LAYER = {
	mark: 'bar',
	by: 'x',
	starts: [0, 1],
	x: [1, 9.5],
	y: [2, 3],
	w: [4, 4],
	h: [5, 0],
	lines: [
		{ label: 'Ventes', texts: ['1 200', ''], colors: ['#4269d0', ''] },
		{ label: '', texts: ['a', 'b'], colors: [] }
	],
	keys: [
		{ column: 'région', values: ['A', null], codes: [1, 0] },
		{ column: 'jour', values: [{ date: '2024-02-03' }], codes: [0, 0] }
	]
} as const;
const TIPS = { part: 1, width: 10, height: 20, left: 3, layers: [LAYER] } as const;
const PICTURE = {
	tree: ['svg', { width: '10' }, ['path', { d: 'M0,0' }], 'texte'],
	title: 't',
	subtitle: '',
	caption: '',
	description: '',
	data: [{ mark: 'dot', columns: ['x', 'y'], rows: [[1, null]], total: 4 }],
	marks: 1,
	tips: TIPS
} as const;

const outputs = (...each: unknown[]) => ({ type: 'outputs', cell: 'c1', run: 1, outputs: each });
const control = (description: unknown) =>
	outputs({ kind: 'control', control: 'c1.0', description });
const GROUPS = { file: 'a@1.arrow', sizes: [3, 12], rests: [2], told: true };
const value = (node: unknown) => outputs({ kind: 'value', value: node, lineage: null });
const picture = (change: object) =>
	outputs({ kind: 'picture', picture: { ...PICTURE, ...change }, lineage: null });
const tips = (change: object) => picture({ tips: { ...TIPS, ...change } });
const layer = (change: object) => tips({ layers: [{ ...LAYER, ...change }] });
const key = (change: object) => layer({ keys: [{ ...LAYER.keys[0], ...change }] });
const line = (change: object) => layer({ lines: [{ ...LAYER.lines[0], ...change }] });
const table = (change: object) =>
	outputs({ kind: 'table', table: 't1', rows: 3, columns: [], lineage: LINEAGE, ...change });
const state = (change: object) => ({
	type: 'states',
	states: [{ id: 'c1', run: 1, state: 'done', ms: 3, error: null, blockedBy: null, ...change }]
});

const HONEST: readonly WorkerMessage[] = [
	{ type: 'ready' },
	{
		type: 'graph',
		cells: [
			{ id: 'c1', kind: 'code', defines: ['a'], uses: ['aq'], from: [], columns: { a: ['x'] } }
		]
	},
	{ type: 'running', cell: 'c1', run: 1 },
	{ type: 'rest', heard: 2 },
	{
		type: 'states',
		states: [
			{
				id: 'c1',
				run: 1,
				state: 'error',
				ms: 2.5,
				error: {
					code: 'exception',
					details: { message: 'x' },
					line: 1,
					column: 2,
					related: ['c2']
				},
				blockedBy: null
			}
		]
	},
	{
		type: 'outputs',
		cell: 'c1',
		run: 1,
		outputs: [
			{ kind: 'text', markdown: '# a' },
			{ kind: 'text', markdown: '# b', groups: [GROUPS] },
			{ kind: 'value', value: NODE, lineage: LINEAGE },
			{ kind: 'picture', picture: PICTURE, lineage: null },
			{ kind: 'picture', picture: { ...PICTURE, tips: null }, lineage: null },
			{
				kind: 'table',
				table: 't1',
				named: null,
				rows: 3,
				columns: [
					{ name: 'x', type: 'number' },
					{ name: 'y', type: 'integer', valueType: 'money' }
				],
				lineage: LINEAGE
			},
			{
				kind: 'control',
				control: 'c1.0',
				description: {
					type: 'select',
					label: 'l',
					options: [{ label: 'a' }],
					multiple: true,
					value: [0]
				}
			}
		] satisfies Output[]
	},
	{ type: 'need-file', name: 'a@1.arrow' },
	{ type: 'arranging', request: 3, done: 0.5 },
	{ type: 'previewing', request: 3 },
	{ type: 'reply', request: 3, ok: false, code: 'gone' }
];

/** A list that refers to itself, an object that is its own field. */
const cyclicTree: unknown[] = ['g', {}];
cyclicTree.push(cyclicTree);
const cyclicNode: Record<string, unknown> = { ...NODE, type: 'array' };
cyclicNode.entries = [{ key: '0', value: cyclicNode }];

const deepTree = (depth: number): unknown => {
	let tree: unknown = 'a';
	for (let i = 0; i < depth; i++) tree = ['g', {}, tree];
	return tree;
};
const long = (length: number) => 'x'.repeat(length);
/** A list of any length that costs nothing to send. */
const sparse = (length: number): unknown[] => {
	const list: unknown[] = [];
	list.length = length;
	return list;
};

const HOSTILE: Readonly<Record<string, unknown>> = {
	nothing: undefined,
	null: null,
	'a text': 'ready',
	'a list': ['ready'],
	'a date': new Date(0),
	'a value that is no time': value({ ...NODE, type: 'date', number: 1e16 }),
	'a value whose time is no number': value({ ...NODE, type: 'date', number: NaN }),
	'a map': new Map([['type', 'ready']]),
	'a buffer': new ArrayBuffer(8),
	'a class': new (class {
		type = 'ready';
	})(),
	'no type': {},
	'an unknown type': { type: 'eval', code: 'alert(1)' },
	'a type from the frame': { type: 'frame-ready', opaque: true, worker: true },
	'a type for the worker': { type: 'cells', cells: [], held: [] },
	'a type that is an object': { type: { toString: 'ready' } },
	'a type inherited': Object.create({ type: 'ready' }) as unknown,
	'a name of the prototype as a type': { type: '__proto__' },
	'a cell that is a number': { type: 'running', cell: 1, run: 1 },
	'a cell with an endless name': { type: 'running', cell: long(1_001), run: 1 },
	'a run that is negative': { type: 'running', cell: 'c1', run: -1 },
	'a run that is a fraction': { type: 'running', cell: 'c1', run: 0.5 },
	'a run that is not a number': { type: 'running', cell: 'c1', run: NaN },
	'a run beyond whole numbers': { type: 'running', cell: 'c1', run: 2 ** 53 },
	'a rest that heard a fraction': { type: 'rest', heard: 0.5 },
	'a run that is an object': { type: 'running', cell: 'c1', run: { valueOf: 1 } },
	'states that are no list': { type: 'states', states: { length: 1, 0: {} } },
	'states without end': { type: 'states', states: sparse(LIMITS.messageCells + 1) },
	'an unknown state': state({ state: 'saved' }),
	'a state of the prototype': state({ state: 'constructor' }),
	'a time that is a text': state({ ms: '<b>' }),
	'an unknown error': state({
		error: { code: 'signed_out', details: {}, line: null, column: null, related: [] }
	}),
	'an error with a detail that is an object': state({
		error: { code: 'exception', details: { message: {} }, line: null, column: null, related: [] }
	}),
	'an error with many details': state({
		error: {
			code: 'exception',
			details: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`d${i}`, 'x'])),
			line: null,
			column: null,
			related: []
		}
	}),
	'a graph that names too much': {
		type: 'graph',
		cells: [
			{
				id: 'c1',
				kind: 'code',
				defines: sparse(LIMITS.columns + 1),
				uses: [],
				from: [],
				columns: {}
			}
		]
	},
	'a kind that there is not': {
		type: 'graph',
		cells: [{ id: 'c1', kind: 'html', defines: [], uses: [], from: [], columns: {} }]
	},
	'a cell that defines what is no name': {
		type: 'graph',
		cells: [{ id: 'c1', kind: 'code', defines: ['t); x('], uses: [], from: [], columns: {} }]
	},
	'a table whose name is none': {
		type: 'graph',
		cells: [{ id: 'c1', kind: 'code', defines: ['t'], uses: [], from: [], columns: { 't\n': [] } }]
	},
	'columns that are a list of numbers': {
		type: 'graph',
		cells: [{ id: 'c1', kind: 'code', defines: [], uses: [], from: [], columns: { a: [1] } }]
	},
	'a file name without end': { type: 'need-file', name: long(201) },
	'a share beyond the whole': { type: 'arranging', request: 1, done: 1.5 },
	'a share that is no number': { type: 'arranging', request: 1, done: NaN },
	'a share of no request': { type: 'arranging', request: null, done: 0.5 },
	'a preview of no request': { type: 'previewing', request: '3' },
	'an answer to no number': { type: 'reply', request: '1', ok: true, value: null },
	'a refusal without a code': { type: 'reply', request: 1, ok: false },
	'outputs without end': outputs(...sparse(LIMITS.outputsPerCell + 1)),
	'an unknown output': outputs({ kind: 'html', html: '<b>' }),
	'a text too long': outputs({ kind: 'text', markdown: long(LIMITS.markdownChars + 1) }),
	'sizes of groups that are no list': outputs({ kind: 'text', markdown: '', groups: GROUPS }),
	'a group of less than nobody': outputs({
		...{ kind: 'text', markdown: '' },
		groups: [{ ...GROUPS, sizes: [-1] }]
	}),
	'groups without end': outputs({
		...{ kind: 'text', markdown: '' },
		groups: [{ ...GROUPS, sizes: Array<number>(GROUP_SIZES.most + 1).fill(1) }]
	}),
	'a text that is a list': outputs({ kind: 'text', markdown: ['a'] }),
	'a value of an unknown type': value({ ...NODE, type: 'window' }),
	'a value that holds itself': value(cyclicNode),
	'a value with a handle that is a text': value({ ...NODE, handle: '1' }),
	'a picture that is a text': picture({ tree: { toString: '<svg>' } }),
	'a picture that holds itself': picture({ tree: cyclicTree }),
	'a picture too deep': picture({ tree: deepTree(LIMITS.depth + 1) }),
	'a picture with too many parts': picture({
		tree: ['g', {}, ...Array.from({ length: LIMITS.pictureNodes }, () => 'a')]
	}),
	'a picture with holes': picture({ tree: ['g', {}, ...sparse(3)] }),
	'a picture too heavy': picture({ tree: ['g', { d: long(LIMITS.pictureBytes + 1) }] }),
	'a picture with an attribute that is a function’s shape': picture({
		tree: ['g', { onload: { call: 1 } }]
	}),
	'a picture with attributes that are a list': picture({ tree: ['g', ['a']] }),
	'a picture with many attributes': picture({
		tree: ['g', Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}`, 'x']))]
	}),
	'data with a row too short': picture({
		data: [{ mark: 'dot', columns: ['x', 'y'], rows: [[1]], total: 1 }]
	}),
	'data with a cell that is an object': picture({
		data: [{ mark: 'dot', columns: ['x'], rows: [[{}]], total: 1 }]
	}),
	'more data than is shown': picture({
		data: [{ mark: 'dot', columns: [], rows: sparse(LIMITS.pictureDataRows + 1), total: 1 }]
	}),
	'tips that are not there': picture({ tips: undefined }),
	'tips that are a list': picture({ tips: [] }),
	'keys that are no list': layer({ keys: {} }),
	'more keys than an anchor has': layer({ keys: Array(13).fill(LAYER.keys[0]) }),
	'a key without a column': key({ column: undefined }),
	'a key of a column whose name is too long': key({ column: 'x'.repeat(201) }),
	'a key of fewer points': key({ codes: [0] }),
	'a key of more points': key({ codes: [0, 0, 0] }),
	'a key of more values than points': key({ values: ['a', 'b', 'c'] }),
	'a key of no such value': key({ codes: [0, 2] }),
	'a key of a value before the first': key({ codes: [0, -1] }),
	'a key between two values': key({ codes: [0, 0.5] }),
	'a key that is a list': key({ values: [['a']] }),
	'a key that is too long': key({ values: ['x'.repeat(501)] }),
	'a key that is no number': key({ values: [NaN] }),
	'a key without an end': key({ values: [Infinity] }),
	'a key of a date that is no date': key({ values: [{ date: 'hier' }] }),
	'a key of a date that is not said': key({ values: [{}] }),
	'tips of a part that there is not': tips({ part: 2 }),
	'tips of a drawing without end': tips({ width: 20_001 }),
	'tips of a drawing of no size': tips({ height: NaN }),
	'tips of layers without end': tips({ layers: sparse(LIMITS.tipLayers + 1) }),
	'tips that leave out a text': tips({ left: '3' }),
	'points beside the drawing': layer({ x: [1, 10.5] }),
	'points above the drawing': layer({ y: [2, -1] }),
	'a point that is no number': layer({ x: [NaN, 1] }),
	'a point that is a text': layer({ x: ['1', 1] }),
	'points without end': layer({ x: sparse(LIMITS.tipPoints + 1) }),
	'points without a height': layer({ y: [2] }),
	'boxes of fewer points': layer({ w: [4] }),
	'boxes without a height': layer({ h: [] }),
	'boxes larger than any drawing': layer({ w: [4, 40_001] }),
	'points of no direction': layer({ by: 'z' }),
	'points of no series': layer({ starts: [] }),
	'series that begin later': layer({ starts: [1] }),
	'series that go back': layer({ starts: [0, 0] }),
	'series beyond the points': layer({ starts: [0, 2] }),
	'lines without end': layer({ lines: sparse(LIMITS.tipLines + 1) }),
	'a line of fewer points': line({ texts: ['a'] }),
	'a line of more points': line({ texts: ['a', 'b', 'c'] }),
	'a line with a text that is an object': line({ texts: ['a', { toString: 'b' }] }),
	'a line with a text too long': line({ texts: ['a', long(LIMITS.textChars + 1)] }),
	'a line of fewer colours': line({ colors: ['red'] }),
	'a line with a name that is a number': line({ label: 1 }),
	'more points than may be read, in several marks': tips({
		layers: Array.from({ length: 2 }, () => ({
			...{ mark: 'dot', by: 'xy', starts: [0], w: [], h: [], lines: [] },
			x: Array<number>(LIMITS.tipPoints / 2 + 1).fill(1),
			y: Array<number>(LIMITS.tipPoints / 2 + 1).fill(1)
		}))
	}),
	'a table without its terms': table({ lineage: null }),
	'a table with a column of no type': table({ columns: [{ name: 'x', type: 'blob' }] }),
	'a table with terms that do not exist': table({
		lineage: { ...LINEAGE, sources: [{ ...LINEAGE.sources[0], publication: 'everything' }] }
	}),
	...Object.fromEntries(
		[
			{ minimumGroup: -1 },
			{ minimumGroup: '10' },
			{ validUntil: 'demain' },
			{ validUntil: null },
			{ purpose: 'x'.repeat(301) },
			{ acknowledgement: 'x'.repeat(301) },
			{ acknowledgement: 3 }
		].map((change, i) => [
			`a table with terms of another shape (${i})`,
			table({ lineage: { ...LINEAGE, sources: [{ ...LINEAGE.sources[0], ...change }] } })
		])
	),
	'a control of no kind': control({ type: 'file', label: 'l' }),
	'a range without end': control({
		type: 'range',
		label: 'l',
		min: 0,
		max: Infinity,
		step: 1,
		value: 0
	}),
	'a range that is not a number': control({
		type: 'range',
		label: 'l',
		min: NaN,
		max: 1,
		step: 1,
		value: 0
	}),
	'a date with markup': control({
		type: 'date',
		label: 'l',
		min: null,
		max: null,
		value: '"><b>'
	}),
	'too many choices': control({
		type: 'select',
		label: 'l',
		options: sparse(LIMITS.controlOptions + 1),
		multiple: false,
		value: null
	}),
	'a choice that is a list': control({
		type: 'radio',
		label: 'l',
		options: [['a']],
		value: null
	}),
	'more than a message may weigh': outputs(
		...Array.from({ length: 40 }, () => ({
			kind: 'text',
			markdown: long(LIMITS.markdownChars)
		}))
	)
};

describe('what the worker says', () => {
	it.each(HONEST.map((message) => [message.type, message] as const))(
		'reads %s as it was sent',
		(_, message) => {
			expect(readMessage(structuredClone(message)).message).toEqual(message);
		}
	);

	it.each(Object.entries(HOSTILE))('refuses %s', (_, message) => {
		expect(() => readMessage(message)).toThrow(Malformed);
	});

	it('keeps no field that the type does not have', () => {
		const { message } = readMessage({
			type: 'running',
			cell: 'c1',
			run: 1,
			then: 'x',
			html: '<b>'
		});
		expect(Object.keys(message)).toEqual(['type', 'cell', 'run']);
	});

	it('takes a field named __proto__ for a name like another', () => {
		const sent = JSON.parse(
			'{"type":"graph","cells":[{"id":"c1","kind":"code","defines":["__proto__"],"uses":[],"from":[],"columns":{"__proto__":["polluted"]}}]}'
		) as unknown;
		const { message } = readMessage(sent);
		if (message.type !== 'graph') throw new Error(message.type);
		expect(Object.keys(message.cells[0]?.columns ?? {})).toEqual(['__proto__']);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
		expect(Object.getPrototypeOf(message.cells[0]?.columns)).toBe(Object.prototype);
	});

	it('reads no field that a message only inherits', () => {
		Object.defineProperty(Object.prototype, 'cell', { value: 'c9', configurable: true });
		try {
			expect(() => readMessage({ type: 'running', run: 1 })).toThrow(Malformed);
		} finally {
			Reflect.deleteProperty(Object.prototype, 'cell');
		}
	});

	it('weighs what it reads', () => {
		const { chars } = readMessage(outputs({ kind: 'text', markdown: long(1_000) }));
		expect(chars).toBeGreaterThanOrEqual(1_000);
	});
});

describe('what the worker answers', () => {
	it('a window holds no more than was asked for', () => {
		expect(REPLIES.window({ offset: 0, columns: [[1, 'a', null, true]] }, 1, 4)).toEqual({
			offset: 0,
			columns: [[1, 'a', null, true]]
		});
		expect(() => REPLIES.window({ offset: 0, columns: [[1, 2]] }, 1, 1)).toThrow(Malformed);
		expect(() => REPLIES.window({ offset: 0, columns: [[], []] }, 1, 1)).toThrow(Malformed);
		expect(() => REPLIES.window({ offset: 0, columns: [[{}]] }, 1, 1)).toThrow(Malformed);
	});

	it('an opened value, a summary and terms are read whole', () => {
		expect(REPLIES.expand([{ key: 'a', value: NODE }])).toEqual([{ key: 'a', value: NODE }]);
		expect(() => REPLIES.expand([{ key: 'a', value: cyclicNode }])).toThrow(Malformed);
		expect(() => REPLIES.summary({ rows: 1, columns: [{ name: 'x' }] })).toThrow(Malformed);
		expect(REPLIES.lineage(LINEAGE)).toEqual(LINEAGE);
		expect(() => REPLIES.lineage({ sources: [{}], steps: [] })).toThrow(Malformed);
		const carried = {
			...LINEAGE.sources[0],
			minimumGroup: 10,
			validUntil: '2026-12-31',
			purpose: 'Étude',
			acknowledgement: 'Merci'
		};
		expect(REPLIES.lineage({ sources: [carried], steps: [] }).sources).toEqual([carried]);
		// And nothing else comes along.
		expect(
			REPLIES.lineage({ sources: [{ ...carried, remuneration: 'x' }], steps: [] }).sources
		).toEqual([carried]);
		expect(() => REPLIES.ping('pong')).toThrow(Malformed);
	});
});

/**
 * Any message, honest at first, with one thing in it replaced by something else: it is read or it is refused,
 * and nothing else happens.
 */
describe('any change to an honest message', () => {
	const REPLACEMENTS: readonly unknown[] = [
		undefined,
		null,
		-1,
		NaN,
		Infinity,
		2 ** 60,
		'',
		'__proto__',
		long(2_500),
		true,
		[],
		{},
		[[]],
		[null],
		sparse(5_000_000),
		new Date(0),
		new Map(),
		new Error('x'),
		new Uint8Array(4),
		10n,
		cyclicTree,
		cyclicNode
	];
	/** Every place in a message, as the keys that lead to it. */
	function places(node: unknown, path: readonly string[] = []): (readonly string[])[] {
		if (typeof node !== 'object' || node === null) return [path];
		return [path, ...Object.entries(node).flatMap(([key, each]) => places(each, [...path, key]))];
	}
	function replace(node: unknown, path: readonly string[], by: unknown): unknown {
		const [key, ...rest] = path;
		if (key === undefined) return by;
		const copy = (
			Array.isArray(node) ? [...(node as unknown[])] : { ...(node as object) }
		) as Record<string, unknown>;
		copy[key] = replace(copy[key], rest, by);
		return copy;
	}

	it.each(HONEST.map((message) => [message.type, message] as const))('%s', (_, message) => {
		let refused = 0;
		let tried = 0;
		for (const path of places(message))
			for (const by of REPLACEMENTS) {
				tried++;
				try {
					readMessage(replace(message, path, by));
				} catch (error) {
					if (!(error instanceof Malformed)) throw error;
					refused++;
				}
			}
		expect(tried).toBeGreaterThan(20);
		expect(refused).toBeGreaterThan(tried / 2);
	});
});

it('leaves out a colour that is more than a colour', () => {
	for (const color of ['url(https://a.example)', 'red;position:fixed', 'var(--x)', '\\72 ed']) {
		const { message } = readMessage(line({ colors: [color, 'rgb(1, 2, 3)'] }));
		const [told] = message.type === 'outputs' ? message.outputs : [];
		const read = told?.kind === 'picture' ? told.picture.tips?.layers[0]?.lines[0] : null;
		expect(read?.colors).toEqual(['', 'rgb(1, 2, 3)']);
	}
});

it('leaves out a value type that does not fit its column', () => {
	const column = { name: 'x', type: 'number' };
	for (const valueType of ['region', 'constructor', 3, {}, null]) {
		const { message } = readMessage(table({ named: null, columns: [{ ...column, valueType }] }));
		const [told] = message.type === 'outputs' ? message.outputs : [];
		expect(told).toMatchObject({ kind: 'table' });
		expect(told?.kind === 'table' && told.columns).toEqual([column]);
	}
});
