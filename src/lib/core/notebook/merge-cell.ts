/** Two people's changes to one cell, put together: by lines, or by steps where it is a transformation. */
import { parseSource } from '../analysis/syntax.ts';
import { holdsSteps, mergeSteps } from '../pipeline/merge-steps.ts';
import type { MergedPiece } from './merge-items.ts';
import { mergeText } from './merge-text.ts';
import { cellWork, spend, type MergeWork } from './merge-work.ts';
import type { Cell } from './notebook.ts';

export interface MergedCell {
	/** Null where a person has to decide. */
	readonly cell: Cell | null;
	readonly pieces: readonly MergedPiece[];
}

/** Of a value that both may have changed: what one side alone changed, or ours. */
export const oneOf = <T>(base: T, ours: T, theirs: T): T => (base === ours ? theirs : ours);

/**
 * The three are one cell: `id` is theirs all.
 * @param work of many cells; past what is left of it, a person has to decide
 */
export function mergeCell(
	base: Cell,
	ours: Cell,
	theirs: Cell,
	work: MergeWork = cellWork()
): MergedCell {
	const mode = oneOf(base.mode, ours.mode, theirs.mode);
	const pinned = oneOf(base.pinned, ours.pinned, theirs.pinned);
	const [b, o, t] = [base.source, ours.source, theirs.source];
	const whole = (source: string): MergedCell => ({
		cell: { id: ours.id, mode, pinned, source },
		pieces: []
	});
	const disputed = (): MergedCell => ({
		cell: null,
		pieces: [{ kind: 'conflict', base: lines(b), ours: lines(o), theirs: lines(t) }]
	});
	// A text that one wrote for Markdown and the other made into code, or the other way round.
	const crossed =
		ours.mode !== theirs.mode && (ours.mode === base.mode ? o !== b : t !== b) && o !== t;
	if (crossed) return disputed();
	if (o === t || b === t) return whole(o);
	if (b === o) return whole(t);
	if (!spend(work, b, o, t)) return disputed();
	const stepwise = mode === 'js' ? mergeSteps(b, o, t) : null;
	if (stepwise !== null) return whole(stepwise);
	const { text, pieces } = mergeText(b, o, t);
	if (text !== null && (mode === 'md' || sound(b, o, t, text))) return whole(text);
	return text === null ? { cell: null, pieces } : disputed();
}

const lines = (text: string): string[] => text.split('\n');

/** Lines of two sound codes can make one that is not, or a step that is there twice. */
const sound = (base: string, ours: string, theirs: string, merged: string): boolean =>
	(parses(merged) || !parses(ours) || !parses(theirs)) && holdsSteps(base, ours, theirs, merged);

function parses(source: string): boolean {
	try {
		parseSource(source);
		return true;
	} catch {
		// It is no JavaScript, or too deep to be read.
		return false;
	}
}
