/** What a cell is called where it is not run: the name that it gives, or its first words. */
import type { Cell } from './notebook.ts';

const NAMED =
	/^(?:export\s+)?(?:const|let|var|class|(?:async\s+)?function\s*\*?)\s+([\p{L}_$][\p{L}\p{N}_$]{0,80})/u;
const LONGEST = 60;

export interface CellLabel {
	/** A name of the notebook's, rather than words. */
	readonly named: boolean;
	/** '' where nothing is written. */
	readonly text: string;
}

/** It takes a time that follows the length: nothing is parsed. */
export function cellLabel({ mode, source }: Pick<Cell, 'mode' | 'source'>): CellLabel {
	const lines = source.split('\n');
	if (mode === 'js')
		for (const line of lines) {
			const name = NAMED.exec(line)?.[1];
			if (name !== undefined) return { named: true, text: name };
		}
	const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
	const words = mode === 'md' ? first.replace(/^(?:#{1,6}|[-*>])\s+/, '') : first;
	const letters = [...words.slice(0, 400)];
	return {
		named: false,
		text: letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('')
	};
}
