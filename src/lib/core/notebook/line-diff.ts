/** What changed between two texts, by whole lines: to be shown, and to be written as few small edits. */

export interface LineRun {
	readonly kind: 'same' | 'removed' | 'added';
	/** Each with its line feed, if it has one: put together they are the text. */
	readonly lines: readonly string[];
}

/** Pairs of lines that are compared at most; past it, all that lies between the common ends is one change. */
const MAX_PAIRS = 1_000_000;

/** Pairs that may still be compared, of several texts together; counted down. */
export interface DiffWork {
	left: number;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/));

/** The runs of `before` and `after` in order; a change lists what it removed before what it added. */
export const lineDiff = (before: string, after: string, work?: DiffWork): LineRun[] =>
	itemDiff(linesOf(before), linesOf(after), work);

/**
 * The same of lists whose items are compared whole: lines, steps.
 * @param work of many lists: past what is left of it, too, all that lies between the common ends is one change
 */
export function itemDiff(
	a: readonly string[],
	b: readonly string[],
	work: DiffWork = { left: MAX_PAIRS }
): LineRun[] {
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start++;
	let end = 0;
	while (
		end < a.length - start &&
		end < b.length - start &&
		a[a.length - 1 - end] === b[b.length - 1 - end]
	)
		end++;
	const runs: LineRun[] = [];
	const put = (kind: LineRun['kind'], lines: readonly string[]): void => {
		if (lines.length > 0) runs.push({ kind, lines });
	};
	put('same', a.slice(0, start));
	for (const { kind, lines } of middle(
		a.slice(start, a.length - end),
		b.slice(start, b.length - end),
		work
	))
		put(kind, lines);
	put('same', a.slice(a.length - end));
	return runs;
}

/** By a longest common subsequence. */
function middle(a: readonly string[], b: readonly string[], work: DiffWork): LineRun[] {
	const pairs = a.length * b.length;
	if (pairs === 0 || pairs > Math.min(MAX_PAIRS, work.left))
		return [
			{ kind: 'removed', lines: a },
			{ kind: 'added', lines: b }
		];
	work.left -= pairs;
	const width = b.length + 1;
	/** Length of the common subsequence of what follows each pair. */
	const longest = new Uint32Array((a.length + 1) * width);
	const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			longest[i * width + j] =
				a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	const runs: LineRun[] = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) {
		const [fromA, fromB] = [i, j];
		while (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
		if (i > fromA) {
			runs.push({ kind: 'same', lines: a.slice(fromA, i) });
			continue;
		}
		while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
			if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) i++;
			else j++;
		}
		runs.push({ kind: 'removed', lines: a.slice(fromA, i) });
		runs.push({ kind: 'added', lines: b.slice(fromB, j) });
	}
	return runs;
}

export interface TextEdit {
	/** Where in the text as it was. */
	readonly at: number;
	readonly length: number;
	readonly insert: string;
}

/** The edits that make `to` of `from`, the last place first: done in that order, the places stay true. */
export function textEdits(from: string, to: string, work?: DiffWork): TextEdit[] {
	const edits: TextEdit[] = [];
	let at = 0;
	let [removed, added] = ['', ''];
	const close = (): void => {
		if (removed !== added) edits.push(trimmed(at - removed.length, removed, added));
		[removed, added] = ['', ''];
	};
	for (const { kind, lines } of lineDiff(from, to, work)) {
		const text = lines.join('');
		if (kind === 'same') {
			close();
			at += text.length;
		} else if (kind === 'removed') {
			removed += text;
			at += text.length;
		} else added += text;
	}
	close();
	return edits.reverse();
}

/** Without what both ends share; a character of two code units is never cut. */
function trimmed(at: number, removed: string, added: string): TextEdit {
	const most = Math.min(removed.length, added.length);
	let start = 0;
	while (start < most && removed[start] === added[start]) start++;
	if (start > 0 && isHigh(removed.charCodeAt(start - 1))) start--;
	let end = 0;
	while (end < most - start && removed[removed.length - 1 - end] === added[added.length - 1 - end])
		end++;
	if (end > 0 && isLow(removed.charCodeAt(removed.length - end))) end--;
	return {
		at: at + start,
		length: removed.length - end - start,
		insert: added.slice(start, added.length - end)
	};
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
