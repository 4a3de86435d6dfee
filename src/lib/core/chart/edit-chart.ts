/**
 * A change of a chart, as changes of its source: what the chart was and what it becomes are both built as code, and
 * only where the two differ is the source touched. Options and marks that the panel does not know are never rewritten.
 */
import type { Tree } from '../analysis/syntax.ts';
import type { Lang } from '../notebook/notebook.ts';
import type { TextEdit } from '../pipeline/step.ts';
import { buildChart } from './build-chart.ts';
import type { ChartSource, ChartSpec } from './chart-spec.ts';
import {
	Call,
	isObject,
	objectOf,
	printCode,
	printEntry,
	sameCode,
	type Code,
	type CodeObject
} from './plot-code.ts';
import { readChart, type ReadChart } from './parse-chart.ts';
import { asTree, plotMember, propertiesOf, readCode, treesOf } from './read-code.ts';
import { SourceEdits } from './source-edits.ts';

const NOTHING = objectOf({});
/** Values that are changed as a whole: their parts mean nothing apart. */
const WHOLE = new Set(['sort', 'domain', 'range', 'transform']);

/**
 * The edits that make the source's chart the next one; none where the source has no chart.
 * @param chart what `parseChart` read in this source
 * @param lang of the words that the panel writes itself: « Source : », age bands
 */
export function editChart(
	source: string,
	chart: ChartSource,
	next: ChartSpec,
	lang: Lang
): TextEdit[] {
	const read = readChart(source);
	if (!read) return [];
	return new ChartEditor(source, read).edit(chart.spec, next, lang);
}

class ChartEditor {
	readonly #source: string;
	readonly #read: ReadChart;
	readonly #edits: SourceEdits;

	constructor(source: string, read: ReadChart) {
		this.#source = source;
		this.#read = read;
		this.#edits = new SourceEdits(source);
	}

	edit(spec: ChartSpec, next: ChartSpec, lang: Lang): TextEdit[] {
		const [before, after] = [buildChart(spec, lang), buildChart(next, lang)];
		const { found, roles } = this.#read;
		const was = new Map(before.marks.map(({ role, code }) => [role, code]));
		const becomes = new Map(after.marks.map(({ role, code }) => [role, code]));
		const missing: [string, Call][] = [];
		for (const [role, code] of becomes) {
			const old = was.get(role);
			const there = roles.get(role);
			if (!old) missing.push([role, code]);
			else if (there) this.#value(old, code, there.node);
		}
		const gone = new Set<Tree>();
		for (const role of was.keys()) {
			const there = roles.get(role);
			if (there && !becomes.has(role)) gone.add(there.node);
		}
		const wanted = missing.filter(
			([, code]) => !found.marks.some((mark) => sameCode(mark.code, code))
		);
		const list = this.#marks([...becomes.keys()], wanted, gone);
		this.#options(before.options, after.options, list);
		return this.#edits.list();
	}

	/** Marks put in and taken out; what `marks` becomes where the source has no such list. */
	#marks(
		order: readonly string[],
		wanted: readonly (readonly [string, Call])[],
		gone: ReadonlySet<Tree>
	): readonly Call[] {
		const { marksNode } = this.#read.found;
		if (!marksNode) return wanted.map(([, code]) => code);
		const entries = treesOf(marksNode.elements).filter((entry) => entry !== null);
		const staying = entries.filter((entry) => !gone.has(entry));
		const places = new Map<Tree | null, Call[]>();
		for (const [role, code] of wanted) {
			const earlier = order.slice(0, order.indexOf(role)).reverse();
			const nodes = earlier.map((name) => this.#read.roles.get(name)?.node);
			// Last of all where nothing known stands before it, but for what goes under the main mark.
			const under = order.indexOf(role) < order.indexOf('main');
			const after =
				nodes.find((node) => node && staying.includes(node)) ??
				(under ? null : (staying.at(-1) ?? null));
			places.set(after, [...(places.get(after) ?? []), code]);
		}
		if (!staying.length && wanted.length) {
			this.#edits.replaceNode(
				marksNode,
				printCode(
					wanted.map(([, code]) => code),
					this.#edits.depthAt(marksNode.start)
				)
			);
			return [];
		}
		for (const [after, codes] of places)
			this.#edits.insert(
				marksNode,
				staying,
				after,
				codes.map((code) => (depth) => printCode(code, depth))
			);
		this.#edits.remove(entries, gone);
		return [];
	}

	#options(before: CodeObject, after: CodeObject, marks: readonly Call[]): void {
		const { options, node } = this.#read.found;
		const next = marks.length ? objectOf({ ...after, marks }) : after;
		if (options) return this.#object(before, next, options);
		const added = Object.fromEntries(
			Object.entries(next).filter(([key, value]) => !sameCode(before[key], value))
		);
		if (!Object.keys(added).length) return;
		const end = node.end - 1;
		this.#edits.replace(end, end, printCode(objectOf(added), this.#edits.depthAt(node.start)));
	}

	/** Where `before` and `after` differ, `node` becomes `after`. */
	#value(before: Code | undefined, after: Code, node: Tree): void {
		if (before !== undefined && sameCode(before, after)) return;
		if (before instanceof Call && after instanceof Call && node.type === 'CallExpression')
			return this.#call(before, after, node);
		if (isObject(after) && node.type === 'ObjectExpression')
			return this.#object(isObject(before) ? before : NOTHING, after, node);
		this.#edits.replaceNode(node, printCode(after, this.#edits.depthAt(node.start)));
	}

	#call(before: Call, after: Call, node: Tree): void {
		const callee = asTree(node.callee);
		const name = asTree(callee?.property);
		if (plotMember(callee) === null || !name) {
			this.#edits.replaceNode(node, printCode(after, this.#edits.depthAt(node.start)));
			return;
		}
		if (before.fn !== after.fn) this.#edits.replaceNode(name, after.fn);
		const [data, ...rest] = treesOf(node.arguments);
		const [oldData, oldOptions] = [before.args[0], before.args[1]];
		const [newData, newOptions] = [after.args[0], after.args[1]];
		if (data && newData !== undefined) this.#value(oldData, newData, data);
		if (newOptions === undefined) return;
		const [options] = rest;
		if (options) this.#transforms(oldOptions ?? NOTHING, newOptions, options);
		else if (data && !sameCode(oldOptions, newOptions))
			this.#edits.replace(
				data.end,
				data.end,
				`, ${printCode(newOptions, this.#edits.depthAt(data.start))}`
			);
	}

	/** Options, and the transforms around them. */
	#transforms(before: Code, after: Code, node: Tree): void {
		if (sameCode(before, after)) return;
		const [old, next, there] = [unwrap(before), unwrap(after), unwrapNode(node)];
		const names = (chain: { calls: readonly Call[] }) => chain.calls.map(({ fn }) => fn);
		const same = names(old).join() === names(next).join();
		// Stacked areas were groups before they were intervals: those that are changed become what they are now.
		const older =
			same && old.calls.some(({ fn }, at) => fn === 'binX' && there.calls[at]?.fn === 'groupX');
		if (
			older ||
			(!same &&
				old.calls.length !== next.calls.length &&
				!this.#rewrap(old.calls, next.calls, there))
		) {
			// What cannot be changed in place is written anew, with the options that are not the panel's.
			const kept = this.#unknownOptions(old.options, there.options);
			const options = printCode(next.options, this.#edits.depthAt(node.start));
			const all = kept.length ? `${options.slice(0, -1)}, ${kept.join(', ')}}` : options;
			this.#edits.replaceNode(node, wrapText(next.calls, all));
			return;
		}
		if (old.calls.length === next.calls.length)
			for (const [at, call] of next.calls.entries()) {
				const was = old.calls[at];
				const spot = there.calls.find(({ fn }) => fn === was?.fn);
				if (!was || !spot) continue;
				if (was.fn !== call.fn) this.#edits.replaceNode(spot.name, call.fn);
				const outputs = spot.args.length > 1 ? spot.args[0] : undefined;
				const [oldOutputs, newOutputs] = [was.args[0], call.args[0]];
				if (outputs && call.args.length > 1 && newOutputs !== undefined)
					this.#value(oldOutputs, newOutputs, outputs);
			}
		if (there.options && isObject(next.options))
			this.#value(old.options, next.options, there.options);
	}

	/** Puts transforms around options, or takes them off; false where that is not all that there is to do. */
	#rewrap(old: readonly Call[], next: readonly Call[], there: NodeChain): boolean {
		if (!old.length && there.options && !there.calls.length) {
			const { start, end } = there.options;
			const [open = '', close = ''] = wrapText(next, '\0').split('\0');
			this.#edits.replace(start, start, open);
			this.#edits.replace(end, end, close);
			return true;
		}
		if (next.length || there.calls.length !== old.length) return false;
		for (const { node, args } of there.calls) {
			const inner = args.at(-1);
			if (!inner) continue;
			this.#edits.replace(node.start, inner.start, '');
			this.#edits.replace(inner.end, node.end, '');
		}
		return true;
	}

	#unknownOptions(known: Code, node: Tree | null): string[] {
		if (node?.type !== 'ObjectExpression') return [];
		const keys = isObject(known) ? known : NOTHING;
		const written = new Map([...propertiesOf(node).values()].map(({ node: at, key }) => [at, key]));
		return treesOf(node.properties).flatMap((property) => {
			const key = property && written.get(property);
			const mine = key !== undefined && key !== null && key in keys;
			return property && !mine ? [this.#source.slice(property.start, property.end)] : [];
		});
	}

	#object(before: CodeObject, after: CodeObject, node: Tree): void {
		const there = propertiesOf(node);
		const entries = treesOf(node.properties).filter((entry) => entry !== null);
		const gone = new Set<Tree>();
		for (const [key, value] of Object.entries(before)) {
			const property = there.get(key);
			if (!property || key in after) continue;
			// What else is said there stays.
			if (isObject(value) && !WHOLE.has(key) && this.#hasOthers(value, property.value))
				this.#object(value, NOTHING, property.value);
			else gone.add(property.node);
		}
		const inserts = new Map<Tree | null, ((depth: number) => string)[]>();
		let last: Tree | null = null;
		for (const [key, value] of Object.entries(after)) {
			const property = there.get(key);
			if (property && !gone.has(property.node)) {
				last = property.node;
				if (sameCode(before[key], value)) continue;
				this.#entry(key, before[key], value, property.node, property.value);
				continue;
			}
			if (sameCode(before[key], value)) continue;
			const at = last;
			inserts.set(at, [...(inserts.get(at) ?? []), (depth) => printEntry(key, value, depth)]);
		}
		const staying = entries.filter((entry) => !gone.has(entry));
		if (!staying.length && gone.size) {
			const made = [...inserts.values()]
				.flat()
				.map((print) => print(this.#edits.depthAt(node.start)));
			this.#edits.replaceNode(node, `{${made.join(', ')}}`);
			return;
		}
		for (const [after_, prints] of inserts) this.#edits.insert(node, staying, after_, prints);
		this.#edits.remove(entries, gone);
	}

	#entry(key: string, before: Code | undefined, after: Code, property: Tree, value: Tree): void {
		if (property.shorthand === true) {
			this.#edits.replaceNode(
				property,
				printEntry(key, after, this.#edits.depthAt(property.start))
			);
			return;
		}
		const parts = isObject(after) && !WHOLE.has(key);
		// A scale that code makes: what is said is said after it.
		if (parts && value.type !== 'ObjectExpression' && !isObject(readCode(value))) {
			const made = Object.entries(after)
				.filter(([name, code]) => !isObject(before) || !sameCode(before[name], code))
				.map(([name, code]) => `, ${printEntry(name, code, 0)}`);
			this.#edits.replace(value.start, value.start, '{...');
			this.#edits.replace(value.end, value.end, `${made.join('')}}`);
			return;
		}
		if (parts) this.#value(before, after, value);
		else this.#edits.replaceNode(value, printCode(after, this.#edits.depthAt(property.start)));
	}

	/** Whether an object in the source says more than what the panel said. */
	#hasOthers(known: CodeObject, node: Tree): boolean {
		if (node.type !== 'ObjectExpression') return false;
		const written = [...propertiesOf(node).values()];
		const named = new Set(written.map(({ node: at }) => at));
		return (
			written.some(({ key }) => !(key in known)) ||
			treesOf(node.properties).some((property) => property && !named.has(property))
		);
	}
}

// ---------------------------------------------------------------- transforms in one another

interface NodeCall {
	readonly fn: string;
	readonly name: Tree;
	readonly node: Tree;
	readonly args: readonly Tree[];
}
interface NodeChain {
	readonly calls: readonly NodeCall[];
	readonly options: Tree | null;
}

function unwrap(code: Code): { calls: readonly Call[]; options: Code } {
	const calls: Call[] = [];
	let inner = code;
	while (inner instanceof Call) {
		calls.push(inner);
		inner = inner.args.at(-1) ?? NOTHING;
	}
	return { calls, options: inner };
}

function unwrapNode(node: Tree): NodeChain {
	const calls: NodeCall[] = [];
	let inner: Tree | null = node;
	while (inner?.type === 'CallExpression') {
		const callee = asTree(inner.callee);
		const fn = plotMember(callee);
		const name = asTree(callee?.property);
		if (fn === null || !name) break;
		const args: Tree[] = treesOf(inner.arguments).filter((arg): arg is Tree => arg !== null);
		calls.push({ fn, name, node: inner, args });
		inner = args.at(-1) ?? null;
	}
	return { calls, options: inner?.type === 'ObjectExpression' ? inner : null };
}

/** Calls around a text, from the outside in. */
const wrapText = (calls: readonly Call[], text: string): string =>
	calls.reduceRight((inner, { fn, args }) => {
		const outputs = args.slice(0, -1).map((arg) => `${printCode(arg)}, `);
		return `Plot.${fn}(${outputs.join('')}${inner})`;
	}, text);
