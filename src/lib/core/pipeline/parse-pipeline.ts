/** A cell's source as a list of steps. The source stays what is true: each step knows where it stands in it. */
import { parseSource } from '../analysis/syntax.ts';
import { readChain, type Chain, type ChainCall } from './chain.ts';
import { textOf, treeOf, treesOf } from './parse-expression.ts';
import { printOff } from './off-comment.ts';
import { printStep } from './print-step.ts';
import { readParams, readStep } from './read-step.ts';
import { looksAround, paramsOf } from './step-parts.ts';
import type { Pipeline, PlacedStep, Step } from './step.ts';

const CODE: Step = { kind: 'code' };

/** A run of calls that is one step. */
export interface CallRun {
	readonly step: Step;
	/** How many calls it takes. */
	readonly calls: number;
}

/**
 * The steps that verbs are together, the longest first: `groupby` and `rollup`; `groupby`, `orderby`, `slice` and
 * `ungroup`; `groupby`, `orderby`, `derive` and `ungroup`; `groupby` and `pivot`.
 */
function together(verbs: readonly (Step | null)[]): CallRun | null {
	let next = 0;
	const first = verbs[0];
	const group = first?.kind === 'group' ? first : null;
	if (group) next++;
	const second = verbs[next];
	if (group && second?.kind === 'summarise')
		return { step: { ...second, by: group.by }, calls: next + 1 };
	if (group && second?.kind === 'pivot')
		return { step: { ...second, by: group.by }, calls: next + 1 };
	const sort = second?.kind === 'sort' ? second : null;
	if (sort) next++;
	const main = verbs[next];
	if (!main || (!group && !sort)) return null;
	const closed = !group || verbs[next + 1]?.kind === 'ungroup';
	if (!closed) return null;
	const calls = next + (group ? 2 : 1);
	const within = group?.by ?? [];
	if (main.kind === 'slice' && main.from === 0 && main.to !== null && main.to >= 0)
		return { step: { kind: 'top', count: main.to, by: sort?.by ?? [], within }, calls };
	if (main.kind === 'derive' && looksAround(main.columns))
		return {
			step: { kind: 'window', within, order: sort?.by ?? [], columns: main.columns },
			calls
		};
	return null;
}

/** What a verb alone is. */
const alone = (step: Step): Step =>
	step.kind === 'derive' && looksAround(step.columns)
		? { kind: 'window', within: [], order: [], columns: step.columns }
		: step;

/**
 * The steps of calls that stand one after the other.
 * @param apart whether something stands between a call and the one before it that keeps them from being one step
 */
export function readRuns(
	calls: readonly ChainCall[],
	apart: (call: number) => boolean = () => false
): CallRun[] {
	const runs: CallRun[] = [];
	for (let at = 0; at < calls.length;) {
		let handed: readonly string[] = [];
		let start = at;
		const first = calls[at];
		if (first?.verb === 'params' && at + 1 < calls.length && !apart(at + 1)) {
			const names = readParams(first.args);
			if (names) {
				handed = names;
				start = at + 1;
			}
		}
		const verbs: (Step | null)[] = [];
		for (let i = start; i < Math.min(calls.length, start + 4); i++) {
			if (i > start && apart(i)) break;
			const call = calls[i];
			verbs.push(call?.verb ? readStep(call.verb, call.args) : null);
		}
		const one = verbs[0] ? { step: alone(verbs[0]), calls: 1 } : null;
		const found = [together(verbs), one].find((run) => run && sameSet(paramsOf(run.step), handed));
		if (found) {
			runs.push({ step: found.step, calls: found.calls + (start - at) });
			at = start + found.calls;
		} else {
			runs.push({ step: CODE, calls: 1 });
			at++;
		}
	}
	return runs;
}

const sameSet = (a: ReadonlySet<string>, b: readonly string[]): boolean =>
	a.size === b.length && b.every((name) => a.has(name));

/** A switched-off text is one step; code where it is several or cannot be told, null where it is no calls at all. */
function readOffStep(text: string): Step | null {
	try {
		// A name that no verb is, so that each call is looked at.
		const chain = readChain(`x\n${text}`);
		if (!chain || chain.headTo !== 1 || chain.offs.length || chain.end !== text.length + 2)
			return isCalls(text) ? CODE : null;
		const [run, more] = readRuns(chain.calls);
		return run && !more ? run.step : CODE;
	} catch {
		return null;
	}
}

/** `.anything(…)`. */
function isCalls(text: string): boolean {
	const { root, expression } = parseSource(`x\n${text}`);
	return expression && treeOf(root).type === 'CallExpression';
}

function headOf({ head, calls, offs }: Chain): Pipeline['head'] | null {
	if (head.type === 'Identifier') return { kind: 'table', name: String(head.name) };
	const call = head.type === 'AwaitExpression' ? treeOf(head.argument) : head;
	if (call.type === 'CallExpression') {
		const callee = treeOf(call.callee);
		const made = callee.type === 'MemberExpression' ? treeOf(callee.object) : null;
		const property = callee.type === 'MemberExpression' ? treeOf(callee.property) : null;
		const opener = made?.type === 'CallExpression' ? treeOf(made.callee) : null;
		if (
			made &&
			property?.name === 'arquero' &&
			treesOf(call.arguments).length === 0 &&
			opener?.type === 'Identifier' &&
			opener.name === 'FileAttachment'
		) {
			const [file, more] = treesOf(made.arguments);
			const name = textOf(file);
			if (name !== null && !more) return { kind: 'file', file: name };
		}
	}
	return calls.length || offs.length ? { kind: 'code' } : null;
}

function read(source: string): Pipeline | null {
	const chain = readChain(source);
	const head = chain ? headOf(chain) : null;
	if (!chain || !head) return null;
	const { calls, headTo } = chain;
	const offs: PlacedStep[] = [];
	for (const { text, from, to } of chain.offs) {
		const step = readOffStep(text);
		if (step) offs.push({ step, text, from, to, off: true });
	}
	const between = (from: number, to: number): boolean =>
		offs.some((off) => off.from >= from && off.to <= to);
	const steps: PlacedStep[] = [...offs];
	let at = 0;
	for (const run of readRuns(calls, (i) =>
		between(calls[i - 1]?.to ?? headTo, calls[i]?.from ?? source.length)
	)) {
		const from = calls[at]?.from ?? headTo;
		at += run.calls;
		const to = calls[at - 1]?.to ?? from;
		steps.push({ step: run.step, text: source.slice(from, to), from, to, off: false });
	}
	return {
		name: chain.name?.text ?? null,
		head,
		headText: source.slice(chain.headFrom, headTo),
		headFrom: chain.headFrom,
		headTo,
		steps: steps.sort((a, b) => a.from - b.from)
	};
}

/** The steps of a cell; null where it is anything else than one chain over a table. Throws nothing. */
export function parsePipeline(source: string): Pipeline | null {
	try {
		return read(source);
	} catch (error) {
		// It does not parse, or is too deep to be read.
		if (error instanceof SyntaxError || error instanceof RangeError) return null;
		throw error;
	}
}

/** A cell in its usual form: one call a line. What the panel does not know is as it was written. */
export function printPipeline({
	name,
	headText,
	steps
}: Pick<Pipeline, 'name' | 'headText' | 'steps'>): string {
	const lines = steps.map(({ step, text, off }) => {
		const calls = step.kind === 'code' ? text : printStep(step);
		return `\n  ${off ? printOff(calls) : calls}`;
	});
	return `${name === null ? '' : `const ${name} = `}${headText}${lines.join('')}${name === null ? '' : ';'}`;
}
