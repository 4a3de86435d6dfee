/** Two people's changes to one text, put together line by line. */
import { mergeItems, type MergedPiece } from './merge-items.ts';

/** The text where nothing is in conflict, else null; `pieces` are its lines, without their line feeds. */
export interface MergedText {
	readonly text: string | null;
	readonly pieces: readonly MergedPiece[];
}

const linesOf = (text: string): string[] => text.split('\n');

/** Changes of neighbouring lines are a conflict: what stands side by side is read together. */
export function mergeText(base: string, ours: string, theirs: string): MergedText {
	const [b, o, t] = [linesOf(base), linesOf(ours), linesOf(theirs)];
	const pieces = mergeItems(b, o, t, {
		neighbours: false,
		both: () => null,
		counted: (line, inBase) => inBase && line.trim() !== ''
	});
	return { text: textOf(pieces), pieces };
}

/** Null where a piece is in conflict. */
function textOf(pieces: readonly MergedPiece[]): string | null {
	const lines: string[] = [];
	for (const piece of pieces) {
		if (piece.kind === 'conflict') return null;
		for (const line of piece.items) lines.push(line);
	}
	return lines.join('\n');
}
