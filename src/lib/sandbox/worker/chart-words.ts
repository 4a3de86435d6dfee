/** The description of a chart whose author gave none, said from its source and its data when it is drawn. */
import { ColumnTable } from 'arquero';
import { describeCell } from '../../core/chart/describe-chart.ts';
import { mayTellFigures, type Lineage } from '../../core/governance/terms.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { LIMITS, type Picture } from '../../core/protocol/messages.ts';

/** The cell that draws. */
export interface DrawingCell {
	readonly source: string;
	input(name: string): unknown;
	lineage(): Lineage;
}

/** A longer table is not gone through each time that its chart is drawn. */
export const MOST_ROWS = 10_000;
/** Nor is a longer source read again. */
const MOST_CHARS = 20_000;

/**
 * A few sentences, '' where there is nothing to say. A description is published with its chart, and nothing counts the
 * rows behind what it tells: it has figures only where all that the cell was given may be published as rows.
 */
export function chartWords({ data }: Picture, cell: DrawingCell, lang: Lang): string {
	if (cell.source.length > MOST_CHARS) return '';
	// A legend draws no data, and neither does a chart of an empty table.
	if (!data.length && /\blegend\s*\(/.test(cell.source)) return '';
	try {
		const open = mayTellFigures(cell.lineage().sources);
		const tableOf = (name: string): ColumnTable | null => {
			const value = open ? cell.input(name) : null;
			return value instanceof ColumnTable && value.numRows() <= MOST_ROWS ? value : null;
		};
		return (describeCell(cell.source, tableOf, lang) ?? '').slice(0, LIMITS.textChars);
	} catch {
		// The chart is drawn: it is shown, without words.
		return '';
	}
}
