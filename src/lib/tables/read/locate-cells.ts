/** Finds again where the cells of a column lie whose texts were changed or lost: texts are not followed row by row. */
import { BLOCK } from './csv-scanner.ts';
import type { FinishedColumn } from './finish-column.ts';
import { openRows, type RowsSource } from './read-rows.ts';
import { cellText } from './text-source.ts';

export interface LocatedCell {
	readonly row: number;
	readonly start: number;
	/** As the scanner gives it. */
	readonly end: number;
	readonly index: number;
}

/** What a text became at last, through the steps that changed it; undefined for one that stayed. */
export function becameOf(
	{ changes }: Pick<FinishedColumn, 'changes'>,
	text: string
): string | null | undefined {
	let now: string | null = text;
	let changed = false;
	for (const step of changes) {
		if (now === null) break;
		const next: string | null | undefined = step.get(now);
		if (next === undefined) continue;
		now = next;
		changed = true;
	}
	return changed ? now : undefined;
}

/** The first cells of a column whose texts became nothing. */
export function locateCells(
	from: RowsSource,
	index: number,
	finished: FinishedColumn,
	most: number
): LocatedCell[] {
	const { source } = from;
	const { scanner, filter } = openRows(from, 0);
	const found: LocatedCell[] = [];
	const known = new Map<string, boolean>();
	for (let row = 0; found.length < Math.min(most, finished.lost);) {
		const count = scanner.next();
		if (count === 0) break;
		const kept = filter.apply(scanner, source.bytes, count);
		for (let i = 0; i < kept && found.length < most; i++) {
			const start = scanner.starts[index * BLOCK + i] as number;
			const end = scanner.ends[index * BLOCK + i] as number;
			const text = cellText(source, start, end);
			let lost = known.get(text);
			if (lost === undefined) {
				const became = becameOf(finished, text);
				lost = became === null || became === '';
				if (known.size < 50_000) known.set(text, lost);
			}
			if (lost) found.push({ row: row + i, start, end, index });
		}
		row += kept;
	}
	return found;
}
