/** The smallest groups that plain code had at hand in a cell: whatever it makes of them may be one of these. */
import type { ColumnTable } from 'arquero';
import type { Lineage, LineageSource } from '../../core/governance/terms.ts';
import { filesAsking, smallestGroup } from './group-strands.ts';

/** What code could read in a cell: tables, directly or by way of other cells' values, and files as they are. */
export interface Given {
	readonly tables: ReadonlySet<ColumnTable>;
	readonly files: readonly LineageSource[];
}

/** A cell, as far as its groups are concerned. */
export interface GroupContext {
	lineage(): Lineage;
	given(): Given;
}

/**
 * For each file whose terms ask it, the smallest group of all that the cell was given; 1 where it was given rows, or
 * where what it was given cannot be told.
 */
export function floorsOf(cell: GroupContext): Map<string, number> {
	const floors = new Map<string, number>();
	const files = filesAsking(cell.lineage().sources);
	if (!files.length) return floors;
	const given = cell.given();
	const read = new Set(filesAsking(given.files));
	for (const file of files) {
		const sizes = [...given.tables].flatMap((table) => {
			const found = smallestGroup(table, file);
			return found && found.size > 0 ? [found.size] : [];
		});
		floors.set(file, read.has(file) || !sizes.length ? 1 : Math.min(...sizes));
	}
	return floors;
}
