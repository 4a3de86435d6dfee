/** What a cell is called where it is not run: the name that it gives, the title of its chart, or its first words. */
import type { Cell } from './notebook.ts';

const NAMED =
	/^(?:export\s+)?(?:const|let|var|class|(?:async\s+)?function\s*\*?)\s+([\p{L}_$][\p{L}\p{N}_$]{0,80})/u;
const CHART = /\bPlot\s*\.\s*[a-z]/;
/** A title that is written out, in double quotes as the settings of a chart write it. */
const TITLE = /\btitle\s*:\s*("(?:[^"\\\n]|\\.){1,200}")/;
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
	const title = mode === 'js' ? chartTitle(source) : '';
	if (title !== '') return { named: false, text: shortened(title) };
	const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
	const words = mode === 'md' ? first.replace(/^(?:#{1,6}|[-*>])\s+/, '') : first;
	return { named: false, text: shortened(words) };
}

function chartTitle(source: string): string {
	const written = CHART.test(source) ? TITLE.exec(source)?.[1] : undefined;
	if (written === undefined) return '';
	try {
		return String(JSON.parse(written)).replace(/\s+/g, ' ').trim();
	} catch {
		// An escape of JavaScript that is none of JSON: the code stands for itself.
		return '';
	}
}

function shortened(words: string): string {
	const letters = [...words.slice(0, 400)];
	return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
}
