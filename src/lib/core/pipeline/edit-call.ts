/** What changes in the text of a step's calls when the step becomes another: as little as can be. */
import { skipBlank, type ChainCall } from './chain.ts';
import { sameExpression } from './make-expression.ts';
import { entriesOf } from './parse-expression.ts';
import { printKey, printValue } from './print-expression.ts';
import { printCalls } from './print-step.ts';
import type { MadeColumn, Step, TextEdit } from './step.ts';

/** By place; what is put in comes before what stands there. */
export const inOrder = (edits: readonly TextEdit[]): TextEdit[] =>
	edits.toSorted((a, b) => a.at - b.at || Math.sign(a.length) - Math.sign(b.length));

const verbOf = (text: string): string => /^\.([\w$]+)/.exec(text)?.[1] ?? '';

/** Columns that an object of the source says, by the verb that takes it. */
function columnsOf(step: Step): { verb: string; columns: readonly MadeColumn[] } | null {
	switch (step.kind) {
		case 'derive':
		case 'window':
			return { verb: 'derive', columns: step.columns };
		case 'summarise':
			return { verb: 'rollup', columns: step.values };
		case 'fill':
			return { verb: 'impute', columns: step.columns };
		default:
			return null;
	}
}

/**
 * Edits of `text`, in which `calls` stand and which is the step `before`, so that it says `after`.
 * @param printed the calls of `after`, as they would stand here
 * @param gap what stands between two calls
 */
export function callEdits(
	text: string,
	calls: readonly ChainCall[],
	before: Step,
	after: Step,
	printed: readonly string[],
	gap: string
): TextEdit[] {
	const [old, next] = [printCalls(before), printCalls(after)];
	// Another way to write the same number of calls: nothing says which is which.
	if (old.length !== calls.length || calls.some(({ verb }, i) => !alike(verb, old[i] ?? '')))
		return [{ at: 0, length: text.length, insert: printed.join(gap) }];
	let first = 0;
	const same = (a: number, b: number): boolean => verbOf(old[a] ?? '') === verbOf(next[b] ?? '');
	while (first < old.length && first < next.length && same(first, first)) first++;
	let last = 0;
	while (
		last < old.length - first &&
		last < next.length - first &&
		same(old.length - 1 - last, next.length - 1 - last)
	)
		last++;
	const edits: TextEdit[] = [];
	for (let i = 0; i < old.length; i++) {
		const j = i < first ? i : i >= old.length - last ? next.length - old.length + i : -1;
		const call = calls[i];
		if (j < 0 || !call || old[i] === next[j]) continue;
		edits.push(...oneCall(text, call, before, after, printed[j] ?? ''));
	}
	const [goneFrom, goneTo] = [first, old.length - last];
	const made = printed.slice(first, next.length - last);
	if (goneFrom < goneTo) {
		const [from, to] = [calls[goneFrom]?.from ?? 0, calls[goneTo - 1]?.to ?? text.length];
		if (made.length) edits.push({ at: from, length: to - from, insert: made.join(gap) });
		else {
			// Together with the gap on its one side.
			const start = goneFrom > 0 ? (calls[goneFrom - 1]?.to ?? from) : from;
			const end = goneFrom > 0 ? to : (calls[goneTo]?.from ?? to);
			edits.push({ at: start, length: end - start, insert: '' });
		}
	} else if (made.length) {
		const at = goneFrom > 0 ? (calls[goneFrom - 1]?.to ?? 0) : 0;
		const joined = made.join(gap);
		edits.push({ at, length: 0, insert: goneFrom > 0 ? gap + joined : joined + gap });
	}
	return inOrder(edits);
}

/** `rollup` of a count alone is printed as `count`. */
const alike = (verb: string | null, printed: string): boolean => {
	const own = verbOf(printed);
	return (
		verb === own || (verb === 'rollup' && own === 'count') || (verb === 'count' && own === 'rollup')
	);
};

/** Of an object with the same names, the values that differ; what comes behind them; else the whole call. */
function oneCall(
	text: string,
	call: ChainCall,
	before: Step,
	after: Step,
	printed: string
): TextEdit[] {
	const whole = [{ at: call.from, length: call.to - call.from, insert: printed }];
	const [old, next] = [columnsOf(before), columnsOf(after)];
	const object = call.args[0];
	if (!old || !next || !object || old.verb !== next.verb || call.verb !== old.verb) return whole;
	if (verbOf(printed) !== call.verb) return whole;
	const entries = entriesOf(object);
	if (!entries?.length || entries.length !== old.columns.length) return whole;
	if (next.columns.length < old.columns.length) return whole;
	const edits: TextEdit[] = [];
	for (const [i, column] of old.columns.entries()) {
		const wanted = next.columns[i];
		const [name, value] = entries[i] ?? ['', null];
		if (!wanted || !value || wanted.name !== column.name || name !== column.name) return whole;
		if (sameExpression(wanted.value, column.value)) continue;
		edits.push({ ...placeOf(value), insert: printValue(wanted.value) });
	}
	const more = next.columns.slice(old.columns.length);
	let lastEnd = Math.max(...entries.map(([, value]) => value.end)) - SHIFT;
	for (let at = skipBlank(text, lastEnd); text.charAt(at) === ')'; at = skipBlank(text, lastEnd))
		lastEnd = at + 1;
	if (more.length)
		edits.push({
			at: lastEnd,
			length: 0,
			insert: more.map(({ name, value }) => `, ${printKey(name)}: ${printValue(value)}`).join('')
		});
	return edits;
}

/** Calls are read behind the two signs of a name. */
const SHIFT = 2;
const placeOf = ({
	start,
	end
}: {
	start: number;
	end: number;
}): { at: number; length: number } => ({
	at: start - SHIFT,
	length: end - start
});
