/**
 * Columns, values and words that would break out of the source that panels print: each comes back as it was, in a
 * source in which nothing else stands.
 */
import { describe, expect, it } from 'vitest';
import { eachChild, parseSource, type Tree } from '../analysis/syntax.ts';
import { fitChart } from '../chart/chart-kinds.ts';
import { channelOf, CHART_KINDS, newChart, type ChartSpec } from '../chart/chart-spec.ts';
import { mulberry32, pick, randomChart } from '../chart/chart-samples.ts';
import { editChart } from '../chart/edit-chart.ts';
import { parseChart } from '../chart/parse-chart.ts';
import { printChart } from '../chart/print-chart.ts';
import { CONTROL_KINDS, type ControlSpec } from '../control/control-spec.ts';
import { parseControl } from '../control/parse-control.ts';
import { printControl } from '../control/print-control.ts';
import { applyEdits, replaceStep, setStepOff } from './edit-pipeline.ts';
import type { Expression } from './expression.ts';
import { binary, call, choice, column, literal, pairs } from './make-expression.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { printValue } from './print-expression.ts';
import { printStep } from './print-step.ts';
import type { Step } from './step.ts';

const HOSTILE = [
	...['"', '\\', '\\"', "'", '`', '${pwned}', '`;pwned;`', '"+pwned+"', '\\u0022+pwned', '\\'],
	...['*/pwned/*', '//pwned', '/*off .x() */', '-->', '<!--', '</script>', '\n', '\r\n', '\0'],
	...['\u2028pwned', '\u2029', '\ud800', '\udfff"', '__proto__', 'constructor', 'toString'],
	...['});pwned({"', ']pwned', '"](pwned)', 'd["pwned"]', '0', '01', '-1', '1e3', ' a', '\u200d'],
	...['get', 'async', 'await', 'let x', 'é\u0301', '\ufeff', '{0}', '$&', '$1', '=>pwned']
];

/** Names that stand in a source, keys and members of objects apart; and the nodes that it is made of. */
function written(source: string): { names: ReadonlySet<string>; nodes: ReadonlySet<string> } {
	const names = new Set<string>();
	const nodes = new Set<string>();
	const look = (node: Tree, parent: Tree | null, field: string): void => {
		nodes.add(node.type);
		const member =
			(parent?.type === 'MemberExpression' && field === 'property') ||
			(parent?.type === 'Property' && field === 'key');
		if (node.type === 'Identifier' && !(member && parent.computed !== true))
			names.add(String(node.name));
		eachChild(node, (child, at) => look(child, node, at));
	};
	look(parseSource(source).root as unknown as Tree, null, '');
	return { names, nodes };
}
const NODES = new Set(
	`CallExpression MemberExpression Identifier Literal ObjectExpression Property ArrayExpression BinaryExpression
	LogicalExpression UnaryExpression ConditionalExpression ArrowFunctionExpression Program VariableDeclaration
	VariableDeclarator`.split(/\s+/)
);
function mustHold(source: string, known: readonly string[]): void {
	const { names, nodes } = written(source);
	expect([source, [...names].filter((name) => !known.includes(name))]).toEqual([source, []]);
	expect([source, [...nodes].filter((node) => !NODES.has(node))]).toEqual([source, []]);
}

const expressionsOf = (text: string, other: string): readonly Expression[] => [
	binary(column(text), '===', literal(other)),
	choice(binary(column(text), '==', literal(null)), literal(text), column(other)),
	call('includes', { kind: 'list', items: [literal(text), literal(other)] }, column(text)),
	call('recode', column(text), pairs([[text, literal(other)]]), literal(text)),
	call('replace', column(text), literal(text), literal(other)),
	call('fold_text', column(text))
];

function stepsOf(text: string, other: string): readonly Exclude<Step, { kind: 'code' }>[] {
	const [where = literal(true), ...more] = expressionsOf(text, other);
	const columns = more.map((value, i) => ({ name: `${text}${i}`, value }));
	const named = [{ name: text, value: column(text) }];
	const on = [{ left: text, right: other, folded: false }];
	return [
		{ kind: 'filter', where },
		{ kind: 'derive', columns: [{ name: text, value: literal(1) }, ...columns] },
		{ kind: 'select', columns: [text, other] },
		{ kind: 'drop', columns: [text] },
		{ kind: 'rename', names: [{ from: text, to: other }] },
		{ kind: 'relocate', columns: [text], place: { after: other } },
		{ kind: 'summarise', by: named, values: [{ name: other, value: call('max', column(text)) }] },
		{ kind: 'sort', by: [{ value: column(text), descending: true }] },
		{ kind: 'top', count: 3, by: [{ value: column(text), descending: false }], within: named },
		{ kind: 'join', join: 'left', table: 'lieux', on },
		{ kind: 'lookup', table: 'lieux', on, columns: [text] },
		{ kind: 'unpivot', columns: [text], names: `${other}n`, values: `${other}v` },
		{ kind: 'dedupe', columns: [text] },
		{ kind: 'fill', columns: [{ name: text, value: literal(other) }] }
	];
}

describe('a printed step', () => {
	const known = ['ventes', 'lieux', 'd', 'op', 'aq'];
	const pairsOf = HOSTILE.flatMap((text, i) =>
		[1, 7, 13].map((by) => [text, HOSTILE[(i + by) % HOSTILE.length] ?? ''] as const)
	);
	it('says what it is told, and nothing else', () => {
		for (const [text, other] of pairsOf)
			for (const step of stepsOf(text, other)) {
				const source = `ventes\n  ${printStep(step)}`;
				mustHold(source, known);
				expect([source, parsePipeline(source)?.steps.map((one) => one.step)]).toEqual([
					source,
					[step]
				]);
			}
	});
	it('stays so when it is switched off, and written over another', () => {
		for (const [text, other] of pairsOf)
			for (const step of stepsOf(text, other)) {
				const source = `ventes\n  ${printStep(step)}`;
				const off = applyEdits(source, setStepOff(source, 0, true));
				mustHold(off, known);
				expect(parsePipeline(off)?.steps).toMatchObject([{ step, off: true }]);
				const on = applyEdits(off, setStepOff(off, 0, false));
				expect(on).toBe(source);
				const before = 'ventes\n  .select("a", "b")';
				const over = applyEdits(before, replaceStep(before, 0, step));
				expect(parsePipeline(over)?.steps.map((one) => one.step)).toEqual([step]);
			}
	});
});

describe('a printed pattern', () => {
	const SIGNS = ['[', ']', '/', '\\', '\n', '\r', '\u2028', 'a', '(', ')', '-', '^', '|', '*'];
	const random = mulberry32(20);
	const found = (node: Tree): Tree[] => {
		const out: Tree[] = node.regex === undefined ? [] : [node];
		eachChild(node, (child) => out.push(...found(child)));
		return out;
	};
	it('is one literal that finds the same, or nothing where no literal can hold it', () => {
		for (let i = 0; i < 20_000; i++) {
			const source = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
				pick(random, SIGNS)
			).join('');
			const flags = pick(random, ['', 'g', 'u', 'v']);
			const printed = printValue(
				call('replace', column('a'), { kind: 'pattern', source, flags }, literal('pwned'))
			);
			let pattern: RegExp | null = null;
			try {
				pattern = new RegExp(source, flags);
			} catch {
				// No pattern: its source may still not break out.
			}
			if (!pattern) {
				// What breaks no literal may still be no pattern, and the cell says so.
				expect(printed.startsWith('d => op.replace(d.a, /')).toBe(true);
				expect(printed.endsWith(`/${flags}, "pwned")`)).toBe(true);
				continue;
			}
			mustHold(printed, ['d', 'op']);
			const [literalNode, more] = found(parseSource(printed).root as unknown as Tree);
			expect(more).toBe(undefined);
			const read = literalNode?.regex as { pattern: string; flags: string };
			const other = new RegExp(read.pattern, read.flags);
			for (const text of ['a/b[c]\n', 'a\\-^', '|*()', '\r\u2028aa'])
				expect([source, text.replace(other, '#')]).toEqual([source, text.replace(pattern, '#')]);
		}
	});
	it('that would leave its literal open finds nothing', () => {
		for (const source of ['[', 'a\\', '[/, pwned(', '\\\\\\'])
			expect(
				printValue(call('match', column('a'), { kind: 'pattern', source, flags: 'i' }, literal(0)))
			).toBe('d => op.match(d.a, /(?!)/i, 0)');
	});
});

describe('a printed chart', () => {
	const known = ['Plot', 'ventes', 'd', 'values', 'value', '_', 'i', 'sum', 'region', 'Math'];
	it('says what it is told, and nothing else', () => {
		const random = mulberry32(5);
		for (const kind of CHART_KINDS)
			for (const text of HOSTILE) {
				const other = pick(random, HOSTILE);
				const given = randomChart(random, kind);
				const channels = Object.fromEntries(
					Object.entries(given.channels).map(([name, channel]) => [
						name,
						channel?.column == null ? channel : { ...channel, column: text }
					])
				) as ChartSpec['channels'];
				const spec = fitChart({
					...given,
					channels,
					...{ title: text, subtitle: other, source: text, note: other, alternative: text },
					x: { ...given.x, label: text, unit: other, format: other },
					highlight: { values: [text, other], text },
					order: { by: 'list', values: [other, text] },
					reference: { value: 1, text: other }
				});
				for (const lang of ['fr', 'en'] as const) {
					const source = printChart(spec, lang);
					mustHold(source, known);
					expect(parseChart(source)?.spec.title).toBe(spec.title);
				}
			}
	});
	it('is edited so', () => {
		for (const text of HOSTILE) {
			const spec = newChart('ventes', 'bars', { x: channelOf('a'), y: channelOf('b') });
			const source = printChart(spec, 'fr');
			const chart = parseChart(source);
			if (!chart) throw new Error('not read');
			const next = { ...spec, title: text, channels: { ...spec.channels, x: channelOf(text) } };
			const edited = applyEdits(source, editChart(source, chart, next, 'fr'));
			mustHold(edited, known);
			expect(parseChart(edited)?.spec.title).toBe(fitChart(next).title);
		}
	});
});

describe('a printed control', () => {
	it('says what it is told, and nothing else', () => {
		for (const [i, text] of HOSTILE.entries())
			for (const kind of CONTROL_KINDS) {
				const other = HOSTILE[(i + 5) % HOSTILE.length] ?? '';
				const chosen = kind === 'select' || kind === 'multiselect';
				const dates = kind === 'date' || kind === 'date-range';
				const spec: ControlSpec = {
					...{ name: 'a', kind, label: text, step: null },
					source: chosen ? { kind: 'values', values: [text, other] } : null,
					min: dates ? text : null,
					max: dates ? other : null,
					value: kind === 'multiselect' ? [text] : kind === 'text' ? other : null
				};
				const source = printControl(spec);
				const names = ['view', 'Inputs', 'a', 'undefined'];
				mustHold(source, names);
				expect([source, parseControl(source)?.label]).toEqual([source, text]);
				if (!chosen) continue;
				const column = { kind: 'column', table: 'ventes', column: text } as const;
				const columns = printControl({ ...spec, source: column });
				mustHold(columns, [...names, 'ventes']);
				expect(parseControl(columns)?.source).toEqual(column);
			}
	});
});
