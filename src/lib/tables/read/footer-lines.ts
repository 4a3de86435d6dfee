/** Lines below a table that are no rows of it: « Source : … », « * Données préliminaires ». */
import { separatorOf, type TextSource } from './text-source.ts';

/** Of the end of the text, what is looked at, and how many lines may be no rows. */
const LOOKED_AT = 65_536;
const MOST = 30;
const SAYS_SO =
	/^\W*(?:source|notes?\b|n\.\s?b\.|nb\b|l[ée]gende|donn[ée]es|mise? à jour|extrait|export[ée]|g[ée]n[ée]r[ée]|imprim[ée]|rapport|page \d|fin d|©|\(c\)|\*|\(\d+\)|\[\d+\]|¹|²|r[ée]vis|pr[ée]limin|remarque|prepared|printed|generated)/i;

export interface FooterLine {
	readonly start: number;
	readonly end: number;
}

/**
 * From the last line upwards: each that fills its first cell alone, and says what it is, follows a blank line, or has
 * fewer cells than the table has columns.
 * @param from where the rows begin
 */
export function findFooter(source: TextSource, width: number, from: number): FooterLine[] {
	const { bytes, recordEnd, quotes } = source;
	if (width < 2) return [];
	const separator = separatorOf(source);
	const floor = Math.max(from, bytes.length - LOOKED_AT);
	const lines: (FooterLine & { readonly cells: number; readonly blank: boolean })[] = [];
	let row = false;
	for (let end = bytes.length; end > floor && !row && lines.length < MOST;) {
		const stop = bytes[end - 1] === recordEnd ? end - 1 : end;
		let start = stop;
		while (start > floor && bytes[start - 1] !== recordEnd) start--;
		if (start === floor && floor > from) break;
		let cells = 1;
		let last = 0;
		let marks = 0;
		for (let i = start; i < stop; i++) {
			const byte = bytes[i] as number;
			if (byte === separator) cells++;
			else if (byte > 0x20) last = cells;
			if (byte === 0x22 && quotes) marks++;
		}
		// A mark left open: the line may be part of a cell.
		if (last > 1 || marks % 2) row = true;
		else lines.push({ start, end: stop, cells, blank: last === 0 });
		end = start;
	}
	// Nothing but such lines up to where the rows begin, or farther than is looked at: they are the rows.
	if (!row) return [];
	const footer: FooterLine[] = [];
	for (const [i, line] of lines.entries()) {
		if (line.blank) continue;
		const text = source.decoder
			.decode(bytes.subarray(line.start, Math.min(line.end, line.start + 200)))
			.replace(/^[\p{Cc}"\s]+/u, '');
		// Below a line without even separators: a row of missing values has those.
		const above = lines[i + 1];
		const apart = above?.blank === true && above.cells === 1;
		const short = width > 2 && line.cells < width && !source.rewritten;
		if (!SAYS_SO.test(text) && !((apart || short) && /\p{L}{3}/u.test(text))) break;
		footer.unshift(line);
	}
	return footer;
}
