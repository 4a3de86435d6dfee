/** A table that a page looks at, all of it at hand. */
import type { TableSummary } from '../../core/protocol/messages.ts';
import { summarySteps } from '../profile/summary.ts';
import type { Column } from '../column.ts';
import { runSteps } from './steps.ts';
import { TableExploration } from './table-exploration.ts';
import { wholeTable } from './viewed-table.ts';

export class TableSession extends TableExploration {
	/** Of the whole table, in its own order. */
	readonly columns: readonly Column[];
	readonly #pause: () => Promise<void> | undefined;

	/** @param pause lets the worker hear messages, when it is time to: nothing to wait for otherwise */
	constructor(columns: readonly Column[], pause: () => Promise<void> | undefined) {
		super(wholeTable(columns), pause);
		this.columns = columns;
		this.#pause = pause;
	}

	/** Of the whole table, whatever is filtered. */
	summary(): Promise<TableSummary> {
		return runSteps(summarySteps(this.columns), this.#pause);
	}
}
