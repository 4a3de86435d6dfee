/** The chart that a cell's source is, where the panel can change it without touching what it does not know. */
import type { Lang } from '../notebook/notebook.ts';
import type { Tree } from '../analysis/syntax.ts';
import { buildChart, type ChartCode } from './build-chart.ts';
import { fitChart } from './chart-kinds.ts';
import type { ChartSource, ChartSpec, KeptPart } from './chart-spec.ts';
import { findChart, peel, type FoundChart, type FoundMark } from './find-chart.ts';
import { bandLabels } from './ageing-bands.ts';
import { Bands, Call, isList, isObject, sameCode, type Code } from './plot-code.ts';
import { asTree, plotMember, propertiesOf, readCode, treesOf } from './read-code.ts';
import { recogniseChart } from './recognise-chart.ts';

/** A source, with which of its marks plays which role. */
export interface ReadChart {
	readonly spec: ChartSpec;
	readonly found: FoundChart;
	readonly roles: ReadonlyMap<string, FoundMark>;
	readonly lang: Lang;
}

/** The language that the source's own words are in, where the panel wrote any. */
function languageOf(marks: readonly FoundMark[]): Lang {
	const english = marks.some(({ code }) =>
		Object.values(peel(code)?.options ?? {}).some(
			(value) =>
				value instanceof Bands && sameCode([...value.labels], bandLabels(value.thresholds, 'en'))
		)
	);
	return english ? 'en' : 'fr';
}

/** Null too where the source is nested too deep to be read. */
export function readChart(source: string): ReadChart | null {
	return orNull(() => read(source));
}

/** The tree is walked by functions that call themselves: the stack ends before a long enough chain does. */
function orNull<T>(work: () => T): T | null {
	try {
		return work();
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

function read(source: string): ReadChart | null {
	const found = findChart(source);
	const recognised =
		found &&
		recogniseChart(
			found.optionCode,
			found.marks.map(({ code }) => code)
		);
	if (!recognised) return null;
	const main = found.marks[recognised.main];
	if (!main) return null;
	const lang = languageOf(found.marks);
	const bare = fitChart(recognised.spec);
	const full = fitChart({ ...bare, values: true });
	const values = full.values && rolesOf(buildChart(full, lang), found, main).has('values');
	const spec = values ? full : bare;
	return { spec, found, lang, roles: rolesOf(buildChart(spec, lang), found, main) };
}

/** Which mark of the source is each of those that the panel would write. */
function rolesOf(
	built: ChartCode,
	found: FoundChart,
	main: FoundMark
): ReadonlyMap<string, FoundMark> {
	const roles = new Map<string, FoundMark>([['main', main]]);
	const free = new Set(found.marks);
	free.delete(main);
	for (const { role, code } of built.marks) {
		if (role === 'main') continue;
		let best: { mark: FoundMark; score: number } | null = null;
		for (const mark of free) {
			const score = likeness(code, mark.code);
			if (score > (best?.score ?? 0)) best = { mark, score };
		}
		if (!best) continue;
		roles.set(role, best.mark);
		free.delete(best.mark);
	}
	return roles;
}

/** Channels that say what a mark shows: two marks that differ in one are not the same. */
const TELLING = ['x', 'y', 'text', 'fill'] as const;

/** 0: another mark; else more where more is the same. */
function likeness(wanted: Call, there: Code): number {
	const [a, b] = [peel(wanted), peel(there)];
	if (!a || !b || a.fn !== b.fn || isList(a.data) !== isList(b.data)) return 0;
	if (!sameCode(a.data, b.data)) return 0;
	if (a.wrappers.map(({ fn }) => fn).join() !== b.wrappers.map(({ fn }) => fn).join()) return 0;
	if (!isList(a.data))
		for (const key of TELLING)
			if (
				(key === 'fill'
					? a.fn === 'dot' && key in a.options
					: key in a.options || key in b.options) &&
				!sameCode(a.options[key], b.options[key])
			)
				return 0;
	if (a.fn === 'text' && isList(a.data) && 'text' in a.options !== 'text' in b.options) return 0;
	const same = Object.entries(a.options).filter(([key, value]) => sameCode(value, b.options[key]));
	return 1 + same.length;
}

/**
 * The chart, or null when the source has none that the panel knows. `spec` is fitted to its kind; a required channel
 * that only code can say is null, and its text is among what is kept.
 */
export function parseChart(source: string): ChartSource | null {
	const chart = readChart(source);
	if (!chart) return null;
	const kept = orNull(() => keptOf(source, chart));
	if (!kept) return null;
	const { spec, found } = chart;
	return { spec, from: found.node.start, to: found.node.end, kept };
}

// ---------------------------------------------------------------- what the panel does not know

function keptOf(source: string, { spec, found, roles, lang }: ReadChart): KeptPart[] {
	const kept: KeptPart[] = [];
	const keep = ({ start, end }: Tree) =>
		kept.push({ from: start, to: end, text: source.slice(start, end) });
	const built = buildChart(spec, lang);
	const compare = (node: Tree, code: Code | undefined, whole: Tree = node): void => {
		const value = readCode(node);
		if (sameCode(value, code)) return;
		if (code !== undefined && isObject(code) && node.type === 'ObjectExpression')
			return entries(node, code);
		if (code instanceof Call && node.type === 'CallExpression') {
			const args = treesOf(node.arguments);
			const fn = plotMember(asTree(node.callee));
			// Stacked areas were groups before they were intervals.
			const same = fn === code.fn || (fn === 'groupX' && code.fn === 'binX');
			if (same && args.length <= code.args.length)
				return args.forEach((arg, at) => {
					if (arg) compare(arg, code.args[at]);
				});
		}
		keep(whole);
	};
	const entries = (node: Tree, code: { readonly [key: string]: Code }): void => {
		const known = propertiesOf(node);
		const byNode = new Map([...known.values()].map((entry) => [entry.node, entry]));
		for (const property of treesOf(node.properties)) {
			if (!property) continue;
			const entry = byNode.get(property);
			if (entry?.key === 'marks' && node === found.options && found.marksNode) continue;
			if (!entry || !(entry.key in code)) keep(property);
			// What the panel reads in more than one way it writes in one.
			else if (!READ_LOOSELY.has(entry.key)) compare(entry.value, code[entry.key], property);
		}
	};
	if (found.options) entries(found.options, built.options);
	const known = new Map([...roles].map(([role, mark]) => [mark, role]));
	for (const mark of found.marks) {
		const role = known.get(mark);
		const code = built.marks.find((one) => one.role === role)?.code;
		if (code) compare(mark.node, code);
		else keep(mark.node);
	}
	return kept.sort((a, b) => a.from - b.from);
}

const READ_LOOSELY = new Set(['caption', 'sort']);
